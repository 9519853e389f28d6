"""The text of a phone cell taken apart: labels, extensions, several numbers, letters typed for digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LABEL = re.compile(
    r"^(?:tel|phone|mobile|cell|fax|whatsapp|手机号码|手机号|手机|手機|联系电话|电话号码|电话|電話|座机|固话|传真|联系方式)"
    r"\s*[:：.]?\s*",
    re.IGNORECASE,
)
_TEL_URI = re.compile(r"tel:(?P<number>[+\d().\- ]+)(?P<params>(?:;[^;]*)+)", re.IGNORECASE)
_PHONE_CONTEXT = re.compile(r";phone-context=(\+[\d.\-]+)", re.IGNORECASE)
_FLOAT_TAIL = re.compile(r"(\d{7,})\.0+")
_EXTENSION_WORD = re.compile(
    r"^(?P<number>.*\d.*?)[ ,;(]*(?:转接|转|轉|分机号|分机|分機|内线|內線|extension|extn|ext|x|#)"
    r"\s*[:=.]?\s*(?P<extension>\d{1,7}(?:[/、,]\d{1,7}){0,3})\)?$",
    re.IGNORECASE,
)
_EXTENSION_DASH = re.compile(
    r"^(?P<number>(?:\(?(?:\+?86[- ]?)?0\d{2,3}\)?[- ]?)?[2-9]\d{6,7})-(?P<extension>\d{1,6})$"
)
_BETWEEN = re.compile(r"\s*(?:[/、;,|&]|或者?|和|及|\bor\b|\band\b)\s*", re.IGNORECASE)
_CHINA_MOBILES = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![\d-])")
_NOTE = re.compile(
    r"^(?P<before>[^\d+(]*?)[\s(:]*(?P<number>[+(]?\d[\d\s()+.-]*\d)[\s(]*(?P<after>[^\d()]*)\)?$"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_TYPED_FOR_DIGITS = str.maketrans({"O": "0", "o": "0", "〇": "0", "○": "0", "l": "1", "I": "1", "|": "1"})
_MASKED = re.compile(r"\*|(?<=\d)[xX]{2,}")
_ENOUGH_DIGITS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneText:
    """A phone cell taken apart.

    Attributes:
        numbers: The numbers in it, at least one, as they were typed.
        extension: Digits to dial after the first one; empty when there are none.
        note: Words beside the number (a person's name); empty when there are none.
    """

    numbers: tuple[str, ...]
    extension: str = ""
    note: str = ""


def take_apart(text: str) -> PhoneText:
    """Take a clean half-width phone text apart.

    >>> take_apart("电话：010-65529988转8001")
    PhoneText(numbers=('010-65529988',), extension='8001', note='')
    """
    uri = _TEL_URI.fullmatch(text)
    if uri:
        return PhoneText(numbers=(_from_uri(uri),))
    bare = _FLOAT_TAIL.sub(r"\1", _LABEL.sub("", text)).strip(" ,;:、。")
    numbers = _several(bare)
    if len(numbers) > 1:
        return PhoneText(numbers=numbers)
    extended = _EXTENSION_WORD.match(bare) or _EXTENSION_DASH.match(bare)
    if extended and _count(extended["number"]) >= _ENOUGH_DIGITS:
        return PhoneText(numbers=(extended["number"].strip(" -"),), extension=extended["extension"])
    noted = _NOTE.match(bare)
    if noted and _HAN.search(noted["before"] + noted["after"]) and _count(noted["number"]) >= _ENOUGH_DIGITS:
        note = f"{noted['before']} {noted['after']}".strip(" ,;:-")
        return PhoneText(numbers=(noted["number"],), note=note)
    return PhoneText(numbers=(bare,))


def _from_uri(uri: re.Match[str]) -> str:
    """Give the number of a tel: address (RFC 3966), the country of its context in front."""
    context = _PHONE_CONTEXT.search(uri["params"])
    number = uri["number"].strip()
    return number if context is None or number.startswith("+") else f"{context[1]} {number}"


def has_letters(number: str) -> bool:
    """Tell whether a number holds a letter of any script."""
    return _LETTER.search(number) is not None


def letters_as_digits(number: str) -> str:
    """Give the number with the letters that are typed for digits (O, l, I) as digits."""
    return number.translate(_TYPED_FOR_DIGITS)


def _several(text: str) -> tuple[str, ...]:
    """Give the numbers of a cell: split where each part is long enough to be a number of its own."""
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) > 1 and all(_count(part) >= _ENOUGH_DIGITS for part in parts):
        return tuple(parts)
    mobiles = _CHINA_MOBILES.findall(text)
    if len(mobiles) > 1:
        return tuple(mobiles)
    return (text,)


def _count(text: str) -> int:
    return sum(character.isdecimal() for character in text)


def digits_of(number: str) -> str:
    """Give the digits of a number, those of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(character)) for character in number if character.isdecimal())


def is_masked(number: str) -> bool:
    """Tell whether somebody hid digits: 138****8000, 138xxxx8000."""
    return _MASKED.search(number) is not None
