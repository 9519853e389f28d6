"""Ages in whole years: 35, 35岁, 三十五周岁; months and weeks of a baby too."""

from __future__ import annotations

import re
from decimal import Decimal

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.numeral import read_amount
from backend.core.fields.reading import excerpt, finding, invalid, is_number, read_exact

_AGE = re.compile(
    r"(?:年龄|年齡|age)?\s*[:：]?\s*(?P<body>.+?)\s*(?P<unit>周岁|周歲|岁半|歲半|岁|歲|虚岁|个月|個月|月|周|星期|天|日"
    r"|[ -]?(?:years?|yrs?|months?|weeks?|days?))?\s*(?:大|[ -]?old|of age)?",
)
_PER_YEAR = {
    "个": 12,
    "個": 12,
    "月": 12,
    "mo": 12,
    "周": 52,
    "星": 52,
    "we": 52,
    "天": 365,
    "日": 365,
    "da": 365,
}
_YEARS = ("周岁", "周歲", "岁", "歲", "虚岁", "岁半", "歲半", "")
_OLDEST = 130
_UNUSUAL = 110
_PLAIN = re.compile(r"\d{1,3}", re.ASCII)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as an age.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        Completed years as value (int). Beyond 130 is invalid, beyond 110 possible. Parts: `amount` and
        `unit` (`year`, `month`, `week`, `day`) as typed.
    """
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    amount, unit = _read(text, cell)
    if amount is None or amount < 0:
        return invalid("age-unreadable", value=excerpt(text))
    years = int(amount / _in_a_year(unit))
    if years > _OLDEST:
        return invalid("age-out-of-range", value=excerpt(text))
    remarks = (finding("age-unusual", value=years),) if years > _UNUSUAL else ()
    as_typed = is_number(cell) or _PLAIN.fullmatch(str(cell)) is not None
    return Field(
        value=years,
        display=str(years),
        state=State.POSSIBLE if remarks else State.VALID,
        findings=remarks,
        suggestion="" if as_typed and str(years) == text else str(years),
        parts=(("amount", _plain(amount)), ("unit", _unit_name(unit))),
    )


def _read(text: str, cell: Cell) -> tuple[Decimal | None, str]:
    if is_number(cell):
        return Decimal(str(cell)), ""
    match = _AGE.fullmatch(text.casefold())
    if match is None:
        return None, ""
    unit = (match["unit"] or "").strip(" -")
    amount = read_amount(match["body"])
    if amount is not None and unit.endswith("半"):
        amount += Decimal("0.5")
    return amount, unit


def _in_a_year(unit: str) -> int:
    if unit in _YEARS:
        return 1
    return next((count for start, count in _PER_YEAR.items() if unit.startswith(start)), 1)


def _unit_name(unit: str) -> str:
    return {1: "year", 12: "month", 52: "week", 365: "day"}[_in_a_year(unit)]


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
