"""Dates: sheet numbers and typed text; two readings are refused, impossible days are never rolled."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.core.fields.clean import halfwidth
from backend.core.fields.date_text import Parts, Shape, take_apart
from backend.core.fields.field import Cell, Context, DateOrder, Field, State
from backend.core.fields.lunar import read_lunar
from backend.core.fields.reading import excerpt, finding, invalid, is_number, look, read

if TYPE_CHECKING:
    from collections.abc import Iterable

_EPOCH = date(1899, 12, 30)
_YEARS = range(1900, 2201)
_SERIALS = range(2, (date(2201, 1, 1) - _EPOCH).days)
_SMALL_SERIALS = range(2, 1900)
_BARE_YEARS = range(1900, 2101)
_COMPACT = range(19_000_101, 22_010_101)
_CENTURY = 100
_PIVOT_YEARS = 20
_MONTHS = 12
_ISO_LIKE = re.compile(r"\d{4}([-/])\d{1,2}\1\d{1,2}", re.ASCII)
_EMPTY_DATE = re.compile(r"(?:0000[-/.]0?0[-/.]0?0|1900[-/.]0?1[-/.]0?0|1899[-/.]12[-/.]30)(?!\d).*")

_Ymd = tuple[int, int, int]


def to_serial(iso: str) -> int:
    """Give the sheet number of a date in ISO form: days since 1899-12-30.

    Raises:
        ValueError: The text is no date in ISO form.

    Source:
        Google Sheets API, DateTimeRenderOption SERIAL_NUMBER.
    """
    return (date.fromisoformat(iso) - _EPOCH).days


def from_serial(serial: float) -> str:
    """Give the date in ISO form of a sheet number; the time of day is dropped.

    Raises:
        OverflowError: The number lies beyond the calendar.
    """
    return (_EPOCH + timedelta(days=int(serial // 1))).isoformat()


def vote(cells: Iterable[Cell]) -> DateOrder:
    """Tell how a column writes numeric dates: a part above 12 decides, contradiction does not.

    Args:
        cells: The cells of one column.

    Returns:
        The order that all deciding cells agree on; unknown without one, or where they contradict.
    """
    texts = {cell for cell in cells if isinstance(cell, str)}
    orders = {_order_of(text) for text in texts} - {DateOrder.UNKNOWN}
    return orders.pop() if len(orders) == 1 else DateOrder.UNKNOWN


def _order_of(text: str) -> DateOrder:
    seen = look(text)
    parts = take_apart(halfwidth(seen)) if isinstance(seen, str) else None
    if parts is None or parts.shape is not Shape.YEAR_LAST:
        return DateOrder.UNKNOWN
    first, second = parts.first <= _MONTHS, parts.second <= _MONTHS
    if first is second:
        return DateOrder.UNKNOWN
    return DateOrder.MONTH_FIRST if first else DateOrder.DAY_FIRST


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a date.

    Args:
        cell: A sheet number (days since 1899-12-30) or text.
        context: Its day of the run, date order, rule for two-digit years and placeholders are used.

    Returns:
        The ISO date (`2024-03-04`) as value, within 1900 to 2200. `03/04/2024` is invalid
        (`date-ambiguous`) until the context says which number stands first. A time of day is
        dropped, a zone is not converted.

    Source:
        fields.md 2.3.
    """
    if not isinstance(cell, str) and is_number(cell):
        return _read_number(cell, context)
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    field = _read_text(text, context)
    if field.state is State.INVALID or _ISO_LIKE.fullmatch(str(cell)):
        return field
    return replace(field, suggestion=field.display)


def _read_text(text: str, context: Context) -> Field:
    if _EMPTY_DATE.fullmatch(text):
        return invalid("date-empty", value=excerpt(text))
    parts = take_apart(text)
    if parts is None:
        return invalid("date-unreadable", value=excerpt(text))
    return _read_parts(parts, text, context)


def _read_number(cell: float, context: Context) -> Field:
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    days = int(cell // 1)
    if days == 0 or days in _BARE_YEARS:
        return invalid("date-incomplete" if days else "date-empty", value=excerpt(text))
    if days in _COMPACT:
        return _read_ymd((days // 10_000, days // _CENTURY % _CENTURY, days % _CENTURY), text)
    if days not in _SERIALS:
        return invalid("date-out-of-range", value=excerpt(text))
    iso = from_serial(days)
    if days in _SMALL_SERIALS:
        return _doubtful(iso, "date-small-number", text)
    return Field(value=iso, display=iso, state=State.VALID)


def _read_parts(parts: Parts, text: str, context: Context) -> Field:
    match parts.shape:
        case Shape.LUNAR:
            return _read_lunar(text)
        case Shape.YEAR | Shape.YEAR_MONTH:
            return invalid("date-incomplete", value=excerpt(text))
        case Shape.MONTH_DAY:
            return _read_birthday(parts, text)
        case Shape.SERIAL:
            return _doubtful(from_serial(parts.year), "date-number-as-text", text)
        case Shape.FULL:
            return _read_full(parts, text, context)
        case _:
            return _choose(parts, text, context)


def _read_lunar(text: str) -> Field:
    """Turn a lunar date with a year into the common calendar, to be looked at; refuse any other."""
    solar = read_lunar(text)
    if solar is None:
        return invalid("date-lunar", value=excerpt(text))
    return _doubtful(solar.isoformat(), "date-lunar-read", text)


def _read_birthday(parts: Parts, text: str) -> Field:
    """Refuse a month and a day: they are no date; name the day where no year has it."""
    leap_year = 2000
    off = _off_the_calendar((leap_year, parts.first, parts.second))
    return invalid(off, value=excerpt(text)) if off else invalid("date-no-year", value=excerpt(text))


def _read_full(parts: Parts, text: str, context: Context) -> Field:
    month_day = (parts.first, parts.second)
    year = _full_year(parts.year, month_day, context) if parts.two_digits else parts.year
    field = _read_ymd((year, *month_day), text)
    if field.state is State.INVALID or not (parts.two_digits or parts.minguo):
        return field
    return _doubtful(str(field.value), "date-minguo" if parts.minguo else "date-two-digit-year", text)


def _choose(parts: Parts, text: str, context: Context) -> Field:
    """Choose between the readings of numbers in a row: the column's order, or the only one there is."""
    readings = _readings(parts, context)
    possible = {order: ymd for order, ymd in readings.items() if not _off_the_calendar(ymd)}
    if not possible:
        return _read_ymd(
            readings[DateOrder.DAY_FIRST if parts.first > _MONTHS else DateOrder.MONTH_FIRST], text
        )
    chosen = None if context.date_order is DateOrder.UNKNOWN else possible.get(context.date_order)
    dates = sorted({_iso(ymd) for ymd in possible.values()})
    if chosen is None and len(dates) > 1:
        return invalid("date-ambiguous", value=excerpt(text), one=dates[0], other=dates[1])
    field = _read_ymd(chosen or next(iter(possible.values())), text)
    if field.state is State.INVALID:
        return field
    if chosen is None and context.date_order is not DateOrder.UNKNOWN:
        return _doubtful(str(field.value), "date-other-order", text)
    return _doubtful(str(field.value), "date-two-digit-year", text) if parts.two_digits else field


def _readings(parts: Parts, context: Context) -> dict[DateOrder, _Ymd]:
    """Give what three numbers may be, by order; unknown stands for the year in front."""
    a, b, c = parts.first, parts.second, parts.year
    if parts.shape is Shape.YEAR_LAST:
        return {DateOrder.MONTH_FIRST: (c, a, b), DateOrder.DAY_FIRST: (c, b, a)}
    return {
        DateOrder.UNKNOWN: (_full_year(a, (b, c), context), b, c),
        DateOrder.MONTH_FIRST: (_full_year(c, (a, b), context), a, b),
        DateOrder.DAY_FIRST: (_full_year(c, (b, a), context), b, a),
    }


def _full_year(short: int, month_day: tuple[int, int], context: Context) -> int:
    """Give the century to a two-digit year: the latest that does not lie ahead (too far)."""
    today = context.today
    this_century = today.year // _CENTURY * _CENTURY + short
    if context.two_digit_future:
        ahead = this_century > today.year + _PIVOT_YEARS
    else:
        ahead = (this_century, *month_day) > (today.year, today.month, today.day)
    return this_century - _CENTURY if ahead else this_century


def _read_ymd(ymd: _Ymd, text: str) -> Field:
    off = _off_the_calendar(ymd)
    if off:
        return invalid(off, value=excerpt(text))
    if ymd[0] not in _YEARS:
        return invalid("date-out-of-range", value=excerpt(text))
    return Field(value=_iso(ymd), display=_iso(ymd), state=State.VALID)


def _off_the_calendar(ymd: _Ymd) -> str:
    """Give the code of what is impossible about a date, or the empty string."""
    year, month, day = ymd
    if not 1 <= month <= _MONTHS:
        return "date-no-such-month"
    if not 1 <= year <= date.max.year or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return "date-no-such-day"
    return ""


def _iso(ymd: _Ymd) -> str:
    return date(*ymd).isoformat()


def _doubtful(iso: str, code: str, text: str) -> Field:
    remark = finding(code, value=excerpt(text), date=iso)
    return Field(value=iso, display=iso, state=State.POSSIBLE, findings=(remark,))
