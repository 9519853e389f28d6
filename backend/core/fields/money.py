"""Amounts of money: in any notation, kept as whole minor units of one currency."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.numeral import read_amount
from backend.core.fields.reading import excerpt, finding, invalid, is_number, read

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPONENTS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF"), 0),
        **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    }
)
"""Decimals of the currencies that have not two (ISO 4217)."""

_ORDINARY_EXPONENT = 2

# A sign that several currencies share is the register's own when that is among them, else the first.
_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "¥": ("CNY", "JPY"), "rmb": ("CNY",), "人民币": ("CNY",), "人民幣": ("CNY",), "cn¥": ("CNY",),
        "元": ("CNY", "TWD", "HKD", "MOP", "USD", "JPY"), "元人民币": ("CNY",), "圆": ("CNY", "JPY"),
        "圓": ("CNY", "TWD", "HKD", "JPY"), "块": ("CNY",), "块钱": ("CNY",), "塊": ("TWD", "CNY"),
        "$": ("USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MXN", "MOP"), "us$": ("USD",),
        "美元": ("USD",), "美金": ("USD",), "hk$": ("HKD",), "港币": ("HKD",), "港元": ("HKD",),
        "港幣": ("HKD",), "nt$": ("TWD",), "新台币": ("TWD",), "新臺幣": ("TWD",), "台币": ("TWD",),
        "a$": ("AUD",), "澳元": ("AUD",), "c$": ("CAD",), "加元": ("CAD",), "s$": ("SGD",),
        "新加坡元": ("SGD",), "€": ("EUR",), "欧元": ("EUR",), "歐元": ("EUR",), "£": ("GBP",),
        "英镑": ("GBP",), "英鎊": ("GBP",), "日元": ("JPY",), "日圆": ("JPY",), "日圓": ("JPY",),
        "円": ("JPY",), "日币": ("JPY",), "₩": ("KRW",), "韩元": ("KRW",), "₹": ("INR",),
        "₽": ("RUB",), "卢布": ("RUB",), "฿": ("THB",), "泰铢": ("THB",), "₫": ("VND",),
        "mop$": ("MOP",), "澳门元": ("MOP",), "瑞士法郎": ("CHF",), "₱": ("PHP",), "₺": ("TRY",),
        "₴": ("UAH",),
        **{
            code.casefold(): (code,)
            for code in (
                "CNY", "CNH", "USD", "HKD", "TWD", "MOP", "EUR", "GBP", "JPY", "KRW", "SGD", "AUD", "CAD",
                "NZD", "CHF", "INR", "RUB", "THB", "VND", "MYR", "IDR", "PHP", "AED", "SAR", "BRL", "MXN",
                "ZAR", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "TRY", "UAH", "KWD",
            )
        },
    }
)  # fmt: skip
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_SIGN_BEFORE = re.compile(f"(?P<lead>[-+(]?)\\s*(?P<sign>{_SIGN})\\s*(?P<rest>.+)")
_SIGN_AFTER = re.compile(f"(?P<rest>.+?)\\s*(?P<sign>{_SIGN})(?P<tail>[-)]?)")
_DIGIT = "[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸]"
_YUAN = re.compile(
    rf"(?P<minus>[负負-]?)(?P<yuan>.+?)[元圆圓块塊](?:(?P<jiao>{_DIGIT})[角毛])?"
    rf"(?:零?(?P<fen>{_DIGIT})分|(?P<odd>{_DIGIT}))?[整正]?钱?"
)
_TWO_READINGS = re.compile(r"[^\d.,]*[1-9]\d{0,2}\.\d{3}\D*", re.ASCII)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_LARGEST_MINOR = 2**63 - 1
_NOISE = Decimal("1e-6")


def exponent(currency: str) -> int:
    """Give how many decimals a currency has: 2 for most, 0 for the yen."""
    return EXPONENTS.get(currency, _ORDINARY_EXPONENT)


def format_minor(minor: int, currency: str) -> str:
    """Give minor units as people read them: 1234550 of CNY is `12,345.50`."""
    decimals = exponent(currency)
    return f"{Decimal(minor).scaleb(-decimals):,.{decimals}f}"


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as an amount of money.

    Args:
        cell: Any cell.
        context: Its currency and placeholders are used.

    Returns:
        Whole minor units of the context's currency (int, within int64) as value. An amount that
        names another currency is refused. In text, `1,234` is one thousand two hundred and
        thirty-four; `1.234` has two readings and is refused (`money-ambiguous`).

    Source:
        ISO 4217 for the decimals; fields.md 2.6.
    """
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    amount = Decimal(str(cell)) if is_number(cell) else _read_text(text, context.currency)
    return amount if isinstance(amount, Field) else _field(cell, amount, context.currency)


def _read_text(text: str, currency: str) -> Decimal | Field:
    if "%" in text:
        return invalid("money-percent", value=excerpt(text))
    if exponent(currency) <= _ORDINARY_EXPONENT and _TWO_READINGS.fullmatch(text):
        return _ambiguous(text)
    sign, bare = _split_sign(text)
    if sign and currency not in _SIGNS[sign]:
        named = _SIGNS[sign][0]
        return invalid("money-other-currency", found=named, expected=currency, value=excerpt(text))
    amount = read_amount(bare)
    if amount is None:
        amount = _read_yuan(text)
    return invalid("money-unreadable", value=excerpt(text)) if amount is None else amount


def _ambiguous(text: str) -> Field:
    digits = re.sub(r"[^\d.]", "", text)
    return invalid("money-ambiguous", value=excerpt(text), small=digits, large=digits.replace(".", ""))


def _split_sign(text: str) -> tuple[str, str]:
    """Take the currency off a text: its sign and the number that is left."""
    lowered = text.casefold()
    before = _SIGN_BEFORE.fullmatch(lowered)
    if before:
        rest = before["lead"] + before["rest"]
        again = _SIGN_AFTER.fullmatch(rest)
        same = again is not None and bool(set(_SIGNS[again["sign"]]) & set(_SIGNS[before["sign"]]))
        return before["sign"], again["rest"] + again["tail"] if again and same else rest
    after = _SIGN_AFTER.fullmatch(lowered)
    if after:
        return after["sign"], after["rest"].removesuffix("元") + after["tail"]
    return "", lowered


def _read_yuan(text: str) -> Decimal | None:
    """Read yuan, jiao and fen: 叁佰元整, 十块三毛, 12元5角."""
    match = _YUAN.fullmatch(text)
    if match is None:
        return None
    yuan = read_amount(match["yuan"])
    if yuan is None:
        return None
    small = Decimal(0)
    for part, share in (("jiao", "0.1"), ("fen", "0.01"), ("odd", "0.1")):
        if match[part]:
            small += (read_amount(match[part]) or 0) * Decimal(share)
    return -(yuan + small) if match["minus"] else yuan + small


def _field(cell: Cell, amount: Decimal, currency: str) -> Field:
    decimals = exponent(currency)
    exact = amount.scaleb(decimals) if amount else Decimal(0)
    if abs(exact) > _LARGEST_MINOR:
        return invalid("money-too-large", value=excerpt(f"{amount:f}"))
    minor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    display = f"{Decimal(minor).scaleb(-decimals):.{decimals}f}"
    as_typed = not isinstance(cell, str) or _PLAIN.fullmatch(cell) is not None
    if abs(exact - minor) > _NOISE * max(1, abs(minor)):
        remark = finding("money-rounded", value=excerpt(f"{amount:f}"), rounded=display)
        return Field(
            value=minor, display=display, state=State.POSSIBLE, findings=(remark,), suggestion=display
        )
    return Field(value=minor, display=display, state=State.VALID, suggestion="" if as_typed else display)
