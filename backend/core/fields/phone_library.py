"""What libphonenumber knows of a number: its forms, its kind, by how many digits it is off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberType,
    ValidationResult,
)

if TYPE_CHECKING:
    from backend.core.fields.field import Params

_TYPES = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "landline_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.UAN: "company",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What libphonenumber knows of one number: its forms, and by how many digits it is off."""

    e164: str = ""
    national: str = ""
    valid: bool = False
    local_only: bool = False
    parts: Params = ()
    known_country: bool = True
    digits: int = 0
    expected: int = 0


@lru_cache(maxsize=65_536)
def look_up(dialled: str, country: str) -> Answer:
    """Ask libphonenumber about digits with or without a plus, dialled from a country."""
    try:
        number = phonenumbers.parse(dialled, country or None)
    except NumberParseException as problem:
        unknown = problem.error_type == NumberParseException.INVALID_COUNTRY_CODE
        digits = len(dialled.removeprefix("+"))
        expected = 15 if problem.error_type == NumberParseException.TOO_LONG else max(digits + 1, 7)
        return Answer(known_country=not unknown, digits=digits, expected=expected)
    return _read_valid(number) or _read_invalid(number)


def _read_valid(number: PhoneNumber) -> Answer | None:
    """Give the forms of a number; None when libphonenumber knows no such number."""
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:
        return None
    national = phonenumbers.national_significant_number(number)
    # Of a mobile the area code is not asked for: where it was given out says nothing about the customer.
    area = "" if kind == PhoneNumberType.MOBILE else national[: _area_code_digits(number)]
    pairs = (
        ("country", phonenumbers.region_code_for_number(number) or ""),
        ("type", _TYPES.get(kind, "other")),
        ("area_code", area),
    )
    return Answer(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        national=national,
        valid=True,
        parts=tuple(pair for pair in pairs if pair[1]),
        digits=len(national),
        expected=len(national),
    )


def _area_code_digits(number: PhoneNumber) -> int:
    return int(phonenumbers.length_of_geographical_area_code(number))


def _read_invalid(number: PhoneNumber) -> Answer:
    """Say how far a number is off."""
    national = phonenumbers.national_significant_number(number)
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    possible = phonenumbers.is_possible_number_with_reason(number)
    return Answer(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        national=national,
        local_only=possible == ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
        digits=len(national),
        expected=_nearest_length(len(national), region),
    )


def place_of(value: str, language: str = "zh") -> str:
    """Give the place a number belongs to, in words: `北京市`; of a mobile, where it was given out.

    Args:
        value: The value of a field, E.164.
        language: `zh` or `en`.

    Returns:
        The place; empty when unknown. The first call loads the table of places, which takes a second.
    """
    # Imported here: no check needs it for every row, and it is large.
    from phonenumbers import geocoder  # noqa: PLC0415

    try:
        return str(geocoder.description_for_number(phonenumbers.parse(value, None), language))
    except NumberParseException:
        return ""


def _nearest_length(digits: int, region: str) -> int:
    metadata = PhoneMetadata.metadata_for_region(region, None)
    known = metadata.general_desc if metadata else None
    lengths = known.possible_length if known else (digits,)
    return min(lengths, key=lambda length: abs(length - digits))
