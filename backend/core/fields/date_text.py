"""The forms a date is typed in, and their parts; which part is what is decided in `date`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from backend.core.fields.chinese import CHARACTERS, read_numeral
from backend.core.fields.lunar import IS_LUNAR

LONGEST = 100
"""Characters of the longest text that is read as a date."""


class Shape(StrEnum):
    """What the numbers of a date are."""

    FULL = "full"
    """Year, month and day are told apart by the form."""
    YEAR_LAST = "year_last"
    """Two numbers, then a year of four digits: day and month in either order."""
    SHORT = "short"
    """Three short numbers: any may be the year."""
    YEAR_MONTH = "year_month"
    MONTH_DAY = "month_day"
    YEAR = "year"
    SERIAL = "serial"
    LUNAR = "lunar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The numbers of a typed date.

    Attributes:
        shape: What they are.
        year: The year; of a short date the third number.
        first: The month; where the form does not tell, the first number.
        second: The day; where the form does not tell, the second number.
        two_digits: Whether the year was typed with two digits.
        minguo: Whether the year was counted from 1911 (民国); `year` is of the common era.
    """

    shape: Shape
    year: int = 0
    first: int = 0
    second: int = 0
    two_digits: bool = False
    minguo: bool = False


_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = "(?P<name>" + "|".join((*_MONTH_NAMES, "sept", *_MONTH_NUMBERS)) + r")\.?"
_SAME_SIGN = r"(?P<sign>\s?[-/.]\s?|\s)"
_AFTER_YEAR = r"(?P<sign>\s?[-/.,、_\\]\s?|\s)"
_DAY_SIGN = "[日号號]?"
_ORDINAL = "(?:st|nd|rd|th)?"

_ERA = re.compile(r"公元|西元|[公阳陽西新][历曆]|ad\s|月份")
_LABEL = re.compile(r"^(?:(?:出生|登记|收集|下单)?(?:日期|时间|年月日)|生日|出生|生于)\s?:?\s?|\s?(?:出?生)$")
_MINGUO = re.compile("(?:中华|中華)?民[国國]")
_FIRST_YEAR = re.compile("^元年")
_NUMERAL = re.compile(f"[{CHARACTERS}]+(?=\\s?[年月日号號点點时時分秒])|(?<=月)[{CHARACTERS}]+$")
_WEEKDAY = re.compile(
    r"[\s,(]*(?:星期|周|週|礼拜|禮拜)[一二三四五六日天1-7]\)?|\([一二三四五六日月火水木金土]\)"
    r"|(?:上午|下午|早上|早晨|清晨|凌晨|中午|傍晚|晚上|夜里|夜间)$"
    r"|\(?\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?\)?,?"
)
_DAY_OF_YEAR = re.compile(f"(\\d{{4}})年\\s?第([{CHARACTERS}\\d]{{1,6}})[天日]", re.ASCII)
_LONGEST_YEAR = 366
_GLUED_TIME = re.compile(r"(?:(?<=\d{4}[-/.]\d{2}[-/.]\d{2})|(?<=月\d{2}))(?=\d{2}:\d{2})")
_TIME = re.compile(
    r"[|,\s]*(?:\bat\b|(?<=\d)t)?\s?(?:上午|下午|午后|凌晨|清晨|早上|早晨|中午|傍晚|晚上|夜里|早|晚)?\s?(?<!\d)\d{1,2}"
    r"(?::\d{1,2}(?::\d{1,2}(?:[.,:]\d{1,9})?)?|[点點时時](?:半|整|[一二三]刻|\d{1,2}分?(?:\d{1,2}秒?)?)?)"
    r"\s?(?:[ap]\.?m\.?)?\s?(?:z\b|utc|gmt|[a-z]{1,2}[sd]t\b)?\s?(?:[+-]\d{2}:?\d{2}\b)?"
)
_COMPACT_TIME = re.compile(r"(?<=\d{8})t\d{2}(?:\d{2}){0,2}(?:[.,]\d+)?(?:z|[+-]\d{2}:?\d{2})?$")

_FORMS = tuple(
    (re.compile(pattern, re.ASCII), shape)
    for pattern, shape in (
        (rf"(?P<y>\d{{4}}){_AFTER_YEAR}(?P<m>\d{{1,2}})(?P=sign)(?P<d>\d{{1,2}})[.日号號]?", Shape.FULL),
        (rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?{_DAY_SIGN}", Shape.FULL),
        (rf"(?P<y>\d{{1,4}})\s?年\s?(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?{_DAY_SIGN}", Shape.FULL),
        (r"(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号號]\s?,?\s?(?P<y>\d{4})\s?年?", Shape.FULL),
        (r"(?P<y>(?:1[89]|2[0-2])\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:\d{4}|\d{6})?", Shape.FULL),
        (rf"{_MONTH}\s?(?P<d>\d{{1,2}}){_ORDINAL}\s?,?\s?(?P<y>\d{{4}}|'\d{{2}})", Shape.FULL),
        (
            rf"(?P<d>\d{{1,2}}){_ORDINAL}(?: of)?[-\s./]?{_MONTH}[-\s./,]?\s?(?P<y>\d{{4}}|'?\d{{2}})",
            Shape.FULL,
        ),
        (rf"(?P<y>\d{{4}})[-\s./]?{_MONTH}[-\s./]?(?P<d>\d{{1,2}})", Shape.FULL),
        (rf"(?P<m>\d{{1,2}}){_SAME_SIGN}(?P<d>\d{{1,2}})(?P=sign)(?P<y>\d{{4}})[.]?", Shape.YEAR_LAST),
        (rf"(?P<m>\d{{1,2}}){_SAME_SIGN}(?P<d>\d{{1,2}})(?P=sign)(?P<y>\d{{1,2}})", Shape.SHORT),
        (r"(?P<y>\d{4})\s?[-/.年]\s?(?P<m>\d{1,2})\s?月?|(?:19|20)\d{2}(?:0[1-9]|1[0-2])", Shape.YEAR_MONTH),
        (rf"\d{{1,2}}[-/.]\d{{4}}|{_MONTH}[-\s./,]?\s?\d{{4}}", Shape.YEAR_MONTH),
        (rf"(?P<m>\d{{1,2}})\s?[-/.月]\s?(?P<d>\d{{1,2}})\s?{_DAY_SIGN}", Shape.MONTH_DAY),
        (r"--(?P<m>\d{2})-?(?P<d>\d{2})", Shape.MONTH_DAY),
        (rf"{_MONTH}\s?(?P<d>\d{{1,2}}){_ORDINAL}", Shape.MONTH_DAY),
        (rf"(?P<d>\d{{1,2}}){_ORDINAL}[-\s./]?{_MONTH}", Shape.MONTH_DAY),
        (r"(?P<y>(?:19|20)\d{2})年?", Shape.YEAR),
        (r"(?P<y>[2-7]\d{4})(?:\.\d+)?", Shape.SERIAL),
    )
)
_TWO_DIGITS = 2
_MINGUO_BEFORE = 1911


def take_apart(text: str) -> Parts | None:
    """Give the numbers of a clean half-width text that is typed as a date, or None.

    >>> take_apart("二〇二四年三月四号 星期一 下午3:20")
    Parts(shape=<Shape.FULL: 'full'>, year=2024, first=3, second=4, two_digits=False, minguo=False)
    """
    lowered = text.casefold()
    if len(lowered) > LONGEST:
        return None
    if lowered.isascii() and (parts := _match(lowered)):
        return parts
    if IS_LUNAR.search(lowered):
        return Parts(shape=Shape.LUNAR)
    lowered = _LABEL.sub("", lowered)
    bare = _MINGUO.sub("", _ERA.sub(lambda era: "月" if era[0] == "月份" else "", lowered))
    parts = _match(_without_time(_DAY_OF_YEAR.sub(_month_and_day, _with_digits(bare))))
    if parts is None or not _MINGUO.search(lowered):
        return parts
    return replace(parts, year=parts.year + _MINGUO_BEFORE, two_digits=False, minguo=True)


def _with_digits(text: str) -> str:
    """Write the Chinese numerals before 年, 月 and 日 in digits."""
    started = _FIRST_YEAR.sub("1年", text.strip()).replace("元月", "1月")
    return _NUMERAL.sub(lambda numeral: str(read_numeral(numeral[0]) or numeral[0]), started)


def _month_and_day(match: re.Match[str]) -> str:
    """Write the so-and-so-manieth day of a year as a month and a day."""
    day = int(match[2]) if match[2].isdecimal() else int(read_numeral(match[2]) or 0)
    year = int(match[1])
    if not 1 <= year < date.max.year or not 1 <= day <= _LONGEST_YEAR:
        return match[0]
    found = date(year, 1, 1) + timedelta(days=day - 1)
    return f"{found.year}年{found.month}月{found.day}日" if found.year == year else match[0]


def _without_time(text: str) -> str:
    bare = _COMPACT_TIME.sub("", _TIME.sub(" ", _GLUED_TIME.sub(" ", _WEEKDAY.sub(" ", text))))
    return " ".join(bare.split()).strip(" ,|")


def _match(text: str) -> Parts | None:
    for form, shape in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _parts(match.groupdict(), shape)
    return None


def _parts(found: dict[str, str | None], shape: Shape) -> Parts:
    year = (found.get("y") or "").removeprefix("'")
    name = found.get("name")
    return Parts(
        shape=shape,
        year=int(year or 0),
        first=_MONTH_NUMBERS[name[:3]] if name else int(found.get("m") or 0),
        second=int(found.get("d") or 0),
        two_digits=0 < len(year) <= _TWO_DIGITS,
    )
