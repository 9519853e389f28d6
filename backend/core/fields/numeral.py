"""A number as people write it: signs, grouping, 万 and k, brackets, Chinese characters."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from backend.core.fields.chinese import read_numeral

_LONGEST = 60
_BRACKETS = re.compile(r"\((.+)\)")
_SIGNED = re.compile(r"(?P<before>[+-]?)\s*(?P<body>.+?)\s*(?P<after>-?)")
_MINUS_IN_WORDS = re.compile(r"^负|^負")
_MULTIPLIERS = {
    "百": 100, "k": 1_000, "千": 1_000, "w": 10**4, "万": 10**4, "萬": 10**4, "十万": 10**5, "百万": 10**6,
    "百萬": 10**6, "千万": 10**7, "千萬": 10**7, "亿": 10**8, "億": 10**8, "万亿": 10**12, "萬億": 10**12,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "千億": 10**11, "千万亿": 10**15, "百万亿": 10**14,
    "十萬": 10**5, "m": 10**6, "million": 10**6, "mn": 10**6, "bn": 10**9, "billion": 10**9,
}  # fmt: skip
_LONGEST_FIRST = "|".join(sorted(_MULTIPLIERS, key=len, reverse=True))
_MULTIPLIED = re.compile(f"(?P<body>.+?)\\s*(?P<pieces>[个個])?(?P<multiplier>{_LONGEST_FIRST})")
_MIXED_PIECE = re.compile(r"(零?)(\d+(?:\.\d+)?)([十百千万萬亿億]*)")
_MIXED = re.compile(r"(?:\d+(?:\.\d+)?[十百千万萬亿億]+零?){1,4}(?:\d+[十百千万萬亿億]*)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?e[+-]?\d{1,2}", re.ASCII)

# Each form, and the characters to take out and the decimal sign that are left then.
_FORMS = tuple(
    (re.compile(pattern, re.ASCII), out, point)
    for pattern, out, point in (
        (r"\d+(?:\.\d*)?|\.\d+", "", "."),
        (r"\d{1,3}(?:,\d{3})+(?:\.\d*)?", ",", "."),
        (r"\d{1,4}(?:,\d{4})+(?:\.\d*)?", ",", "."),
        (r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?", ",", "."),
        (r"\d{1,3}(?:[ '’]\d{3})+(?:\.\d*)?", " '’", "."),
        (r"\d{1,3}(?:[ '’]\d{3})+,\d+", " '’", ","),
        (r"\d{1,3}(?:\.\d{3}){2,}(?:,\d*)?|\d{1,3}\.\d{3},\d*", ".", ","),
        (r"\d+,\d{1,2}", "", ","),
    )
)


def read_amount(text: str) -> Decimal | None:
    """Give the number that a clean half-width text is, or None when it is none.

    `1,234` is one thousand two hundred and thirty-four, `1.234` a little more than one: a point is
    the decimal sign wherever a single one stands, a comma where one or two digits follow it.

    >>> read_amount("-1,234.50"), read_amount("(12)"), read_amount("1.2万"), read_amount("三万五")
    (Decimal('-1234.50'), Decimal('-12'), Decimal('12000.0'), Decimal('35000'))
    """
    lowered = text.strip().casefold()
    if len(lowered) > _LONGEST:
        return None
    if _HAN.search(lowered):
        lowered = "".join(lowered.split())
    bracketed = _BRACKETS.fullmatch(lowered)
    if bracketed:
        size = _read_size(bracketed[1].strip())
        return None if size is None else -size
    signed = _SIGNED.fullmatch(_MINUS_IN_WORDS.sub("-", lowered))
    if signed is None or (signed["before"] and signed["after"]):
        return None
    size = _read_size(signed["body"])
    negative = "-" in (signed["before"], signed["after"])
    return -size if size is not None and negative else size


def _read_size(text: str) -> Decimal | None:
    plain = _read_digits(text)
    if plain is not None:
        return plain
    numeral = read_numeral(text)
    if numeral is not None:
        return numeral
    mixed = _read_mixed(text)
    if mixed is not None:
        return mixed
    multiplied = _MULTIPLIED.fullmatch(text)
    if multiplied is None:
        return None
    body = _read_digits(multiplied["body"])
    if body is None and multiplied["pieces"]:
        body = read_numeral(multiplied["body"])
    return None if body is None else body * _MULTIPLIERS[multiplied["multiplier"]]


def _read_mixed(text: str) -> Decimal | None:
    """Read digits and Chinese units in turn, each unit smaller than the one before: 3万5千, 1亿2000万.

    A last digit without its unit has the next smaller one, as in speech: 3千5 is 3500, 3千零5 is 3005.
    """
    if not _MIXED.fullmatch(text):
        return None
    total, ceiling = Decimal(0), Decimal("Infinity")
    for zero, digits, units in _MIXED_PIECE.findall(text):
        worth = Decimal(math.prod(_MULTIPLIERS.get(unit, 10) for unit in units))
        if not units and not zero and len(digits) == 1:
            worth = ceiling / 10
        piece = Decimal(digits) * worth
        if piece >= ceiling:
            return None
        total, ceiling = total + piece, worth
    return total


def _read_digits(text: str) -> Decimal | None:
    for form, out, point in _FORMS:
        if form.fullmatch(text):
            kept = text.translate({ord(character): None for character in out})
            return Decimal(kept.replace(point, "."))
    return Decimal(text) if _SCIENTIFIC.fullmatch(text) else None
