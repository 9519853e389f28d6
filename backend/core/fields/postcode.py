"""Postcodes: six digits in mainland China, each country's own form elsewhere."""

from __future__ import annotations

import re

from backend.core.fields.field import Cell, Context, Field, Finding, State
from backend.core.fields.postcode_forms import example_of, is_known, province_of, read_form
from backend.core.fields.reading import excerpt, finding, invalid, is_number, read_exact, text_of

_MAINLAND = "CN"
_DIGITS = 6
_LABEL = re.compile(
    r"^(?:邮政编码|邮编|郵遞區號|zip(?: code)?|postcode|postal code)\s*[:：]?\s*", re.IGNORECASE
)
_FLOAT_TAIL = re.compile(r"(\d{3,})\.0+", re.ASCII)
_COUNTRY_IN_FRONT = re.compile(r"(?P<country>[A-Z]{1,2})-(?P<code>[0-9A-Z -]{3,})")
_ANY = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 \-]{1,9}", re.ASCII)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a postcode.

    Args:
        cell: Any cell; a number of the sheet may have lost its leading noughts.
        context: Its country and placeholders are used.

    Returns:
        The code in the form of its country as value (`SW1A 1AA`, `100-0001`). In China the first two digits
        must be in use. Parts: `province` of a Chinese code. Of a country without known postcodes any
        code is valid.

    Source:
        The national forms as published in libaddressinput and by the Universal Postal Union.
    """
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    code = _FLOAT_TAIL.sub(r"\1", _LABEL.sub("", text)).upper()
    country = context.country
    if not is_known(country):
        return _field(code, cell) if _ANY.fullmatch(code) else invalid("postcode-form", value=excerpt(text))
    value = read_form(code, country) or _without_country(code, country)
    if not value:
        return _unreadable(code, cell, country)
    if country == _MAINLAND and not province_of(value):
        return invalid("postcode-unknown", value=value)
    return _field(value, cell, country=country)


def _without_country(code: str, country: str) -> str:
    """Read a code with its country in front: CH-8000, D-80331."""
    match = _COUNTRY_IN_FRONT.fullmatch(code)
    if match is None or not country.startswith(match["country"][0]):
        return ""
    return read_form(match["code"], country)


def _unreadable(code: str, cell: Cell, country: str) -> Field:
    """Put leading noughts back that a number lost; refuse everything else."""
    padded = read_form(code.zfill(_DIGITS), country) if is_number(cell) and code.isdecimal() else ""
    if padded and country == _MAINLAND and province_of(padded):
        remark = finding("postcode-zero-lost", value=code, postcode=padded)
        return _field(padded, cell, country=country, state=State.POSSIBLE, findings=(remark,))
    if country == _MAINLAND and code.isdecimal():
        return invalid("postcode-length", digits=len(code), expected=_DIGITS)
    return invalid("postcode-of-country", value=excerpt(code), country=country, example=example_of(country))


def _field(
    value: str,
    cell: Cell,
    *,
    country: str = "",
    state: State = State.VALID,
    findings: tuple[Finding, ...] = (),
) -> Field:
    province = province_of(value) if country == _MAINLAND else ""
    return Field(
        value=value,
        display=value,
        state=state,
        findings=findings,
        suggestion="" if value == text_of(cell) else value,
        parts=(("province", province),) if province else (),
    )
