"""Percentages: 12%, 百分之十二, 七五折, 三成; the value is the share, as a sheet keeps it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.numeral import read_amount
from backend.core.fields.reading import excerpt, finding, invalid, is_number, read_exact

_HAN = re.compile(r"[\u3400-\u9fff]")
_SIGN = re.compile(r"(?P<body>.+?)\s*(?P<unit>[个個]?百分[点點]|%|percent(?:s|age)?|pct|per\s?cent|‰)")
_OUT_OF = re.compile(r"(?P<minus>[负負-]?)(?P<base>百万|百萬|百|佰|千|仟|万|萬)分之(?P<body>.+)")
_TENTHS = re.compile(r"(?P<body>.+?)\s*成(?P<half>半)?(?:(?P<more>[1-9一二三四五六七八九]))?")
_OFF = re.compile(r"打?\s*(?P<body>[^打折]+?)\s*折")
_HALF = ("半", "半价", "半價", "对半", "對半", "五成", "对折", "對折", "打对折", "打對折", "半折")
_HALF_A_TENTH = "半成"
_BASES = {
    **dict.fromkeys("百佰", Decimal(1)),
    **dict.fromkeys("千仟", Decimal("0.1")),
    **dict.fromkeys("万萬", Decimal("0.01")),
    **dict.fromkeys(("百万", "百萬"), Decimal("0.0001")),
}
_TEN = 10
_WHOLE = 100
_LARGEST = Decimal(10) ** 12


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a percentage.

    Args:
        cell: Any cell. A sheet keeps 12% as the number 0.12: a number of the sheet is a share.
        context: Its placeholders are used.

    Returns:
        The share as value (float): 0.12 for `12%`, `百分之十二`, the number 0.12. A text with no sign is
        possible (`percent-no-sign`) and read in percent: 0.12 and 12 are both in use.
    """
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    if is_number(cell):
        return replace(_field(Decimal(str(cell)) * 100, text), suggestion="")
    percent = _read("".join(text.casefold().split()) if _HAN.search(text) else text.casefold())
    if percent is not None:
        return _field(percent, text, as_typed=text == cell)
    bare = read_amount(text)
    if bare is None:
        return invalid("percent-unreadable", value=excerpt(text))
    return _field(bare, text, code="percent-no-sign")


def _read(text: str) -> Decimal | None:
    """Give the percent of a text that says it is a percentage, or None."""
    signed = _SIGN.fullmatch(text)
    if signed:
        body = _number(signed["body"])
        return body / _TEN if body is not None and signed["unit"] == "‰" else body
    out_of = _OUT_OF.fullmatch(text)
    if out_of:
        body = _number(out_of["body"])
        sign = -1 if out_of["minus"] else 1
        return None if body is None else body * _BASES[out_of["base"]] * sign
    if text in _HALF or text == _HALF_A_TENTH:
        return Decimal(5) if text == _HALF_A_TENTH else Decimal(50)
    return _read_tenths(text)


def _read_tenths(text: str) -> Decimal | None:
    off = _OFF.fullmatch(text)
    if off:
        return _discount(off["body"])
    tenths = _TENTHS.fullmatch(text)
    body = _number(tenths["body"]) if tenths else None
    if tenths is None or body is None or (tenths["half"] and tenths["more"]):
        return None
    more = Decimal(5) if tenths["half"] else _number(tenths["more"] or "0") or Decimal(0)
    return body * _TEN + more


def _discount(text: str) -> Decimal | None:
    """Give what is left to pay: 七五折 is 75 percent, 8折 is 80."""
    body = _number(text.removesuffix("半"))
    if body is None or body <= 0 or body >= _WHOLE:
        return None
    left = body * _TEN if body < _TEN else body
    return left + 5 if text.endswith("半") and body < _TEN else left


def _number(text: str) -> Decimal | None:
    return None if "%" in text else read_amount(text)


def _field(percent: Decimal, text: str, *, code: str = "", as_typed: bool = True) -> Field:
    if abs(percent) >= _LARGEST:
        return invalid("number-too-large", value=excerpt(text))
    display = f"{_plain(percent)}%"
    return Field(
        value=float(percent / _WHOLE),
        display=display,
        state=State.POSSIBLE if code else State.VALID,
        findings=(finding(code, value=excerpt(text), percent=display),) if code else (),
        suggestion=display if code or (not as_typed) or display != text else "",
    )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
