"""Dates of the Chinese lunar calendar: 农历一九八五年八月十五, 2012年正月初8."""

from __future__ import annotations

import re
from datetime import date

from backend.core.fields.chinese import CHARACTERS, read_numeral

IS_LUNAR = re.compile(
    "农历|農曆|阴历|陰曆|旧历|舊曆|正月|腊月|臘月|冬月|闰.{1,3}月|閏.{1,3}月|初[一二三四五六七八九十\\d]|月[廿卅]"
)
"""A word that only a lunar date has."""

_CALENDAR = re.compile(r"农历|農曆|阴历|陰曆|旧历|舊曆|\s|\(|\)")
_NUMBER = f"[{CHARACTERS}\\d廿卅]"
_FORM = re.compile(
    f"(?P<year>[{CHARACTERS}\\d]{{4}})年?(?P<leap>[闰閏])?(?P<month>正|冬|腊|臘|{_NUMBER}{{1,2}})月初?(?P<day>{_NUMBER}{{1,3}})"
    "[日号號]?"
)
_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_TWENTY, _THIRTY = "二十", "三十"


def read_lunar(text: str) -> date | None:
    """Give the day of the common calendar that a lunar date with a year is, or None.

    >>> read_lunar("农历二〇一二年正月初八")
    datetime.date(2012, 1, 30)

    Source:
        The tables of the package `borax`, years 1900 to 2100.
    """
    match = _FORM.fullmatch(_CALENDAR.sub("", text))
    if match is None:
        return None
    year, day = _number(match["year"]), _number(match["day"])
    month = _MONTHS.get(match["month"]) or _number(match["month"])
    # Imported here: few columns hold a lunar date.
    from borax.calendars.lunardate import LunarDate  # noqa: PLC0415

    try:
        solar = LunarDate(year, month, day, int(match["leap"] is not None)).to_solar_date()
    except (ValueError, IndexError):
        return None
    return date(solar.year, solar.month, solar.day)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    spelt = text.replace("廿", _TWENTY).replace("卅", _THIRTY)
    return int(read_numeral(spelt) or 0)
