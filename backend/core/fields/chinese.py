"""Numbers in Chinese characters: 三万五千, 二〇二四, 叁佰元整, 三点一四."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict(zip("○壱貳參肆伍陸柒捌玖", range(10), strict=True)),
    "两": 2,
    "兩": 2,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_TENS = "十拾"
_ZEROS = "零〇○"
_POINT = re.compile("[点點]")

CHARACTERS = "".join((*_DIGITS, *_UNITS, *_SECTIONS))
"""Characters a whole number is written with."""

_NUMERAL = re.compile(f"[{CHARACTERS}]+")
_LONGEST = 40


def read_numeral(text: str) -> Decimal | None:
    """Give the number that a text in Chinese characters is, or None.

    >>> read_numeral("三万五"), read_numeral("二〇二四"), read_numeral("三点一四")
    (Decimal('35000'), Decimal('2024'), Decimal('3.14'))
    """
    whole, *fraction = _POINT.split(text, maxsplit=1)
    if len(text) > _LONGEST or not _NUMERAL.fullmatch(whole):
        return None
    number = _read_whole(whole)
    if number is None or not fraction:
        return number
    if not fraction[0] or any(character not in _DIGITS for character in fraction[0]):
        return None
    return number + Decimal(f"0.{_spell(fraction[0])}")


def _spell(characters: str) -> str:
    return "".join(str(_DIGITS[character]) for character in characters)


def _read_whole(text: str) -> Decimal | None:
    if all(character in _DIGITS for character in text):
        return Decimal(_spell(text))
    if text[0] not in _DIGITS and text[0] not in _TENS:
        return None
    if any(a in _DIGITS and b in _DIGITS and a not in _ZEROS for a, b in pairwise(text)):
        return None
    return Decimal(_add_up(text))


def _add_up(text: str) -> int:
    """Add up digits and units; a last digit without its unit has the next smaller one (三万五)."""
    total = section = digit = 0
    last_unit = 1
    for place, character in enumerate(text):
        if character in _DIGITS:
            digit = _DIGITS[character]
            if place and text[place - 1] in _ZEROS:
                last_unit = 1
        elif character in _UNITS:
            last_unit = _UNITS[character]
            section += (digit or 1) * last_unit
            digit = 0
        elif total and not section and not digit:
            last_unit = _SECTIONS[character]
            total *= last_unit
        else:
            last_unit = _SECTIONS[character]
            total = (
                (total + section + digit) * last_unit
                if last_unit > 10**4
                else total + (section + digit) * last_unit
            )
            section = digit = 0
    tail = digit * last_unit // 10 if last_unit > _UNITS["十"] else digit
    return total + section + tail
