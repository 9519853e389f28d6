"""Chinese mobiles and landlines the fast way: our own pattern, and one look-up for each prefix."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from backend.core.fields.field import Cell, Context, Field, Params, State
from backend.core.fields.phone_library import look_up
from backend.core.fields.reading import digits_lost, text_of

if TYPE_CHECKING:
    from backend.core.fields.phone_library import Answer

_MAINLAND = "CN"
_MOBILE = re.compile(r" *((?:\+|00)86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4}) *", re.ASCII)
_MOBILE_PARTS: Params = (("country", "CN"), ("type", "mobile"))
_FAKE_MOBILE = re.compile(r"1[3-9]\d?0{8,9}", re.ASCII)
_LANDLINE = re.compile(r"0(10|2\d|[3-9]\d\d)-?([2-8]\d{6,7})", re.ASCII)
_LARGE_CITY = 2
"""Digits of the area code of a large city; there the next digits matter, elsewhere only the first of them."""


def read_by_prefix(cell: Cell, context: Context) -> Field | None:
    """Read a cell that holds nothing but a mainland mobile or landline; None for every other cell."""
    text = cell if isinstance(cell, str) else "" if digits_lost(cell) else text_of(cell)
    match = _MOBILE.fullmatch(text)
    if match is not None:
        return _mobile(text, match, context)
    match = _LANDLINE.fullmatch(text)
    return _landline(match[1], match[2], context) if match is not None else None


def _mobile(text: str, match: re.Match[str], context: Context) -> Field | None:
    if not (match[1] or context.country == _MAINLAND):
        return None
    digits = match[2] + match[3] + match[4]
    if digits in context.placeholders or _FAKE_MOBILE.fullmatch(digits) or not _is_mobile_prefix(digits[:5]):
        return None
    e164 = f"+86{digits}"
    return Field(
        value=e164,
        display=e164,
        state=State.VALID,
        suggestion="" if text in (digits, e164) else e164,
        parts=_MOBILE_PARTS,
    )


def _landline(area: str, local: str, context: Context) -> Field | None:
    """Give the field of a landline as people type it, which needs no suggestion."""
    if context.country != _MAINLAND or f"0{area}{local}" in context.placeholders:
        return None
    known = _by_area(area, local[: 3 if len(area) == _LARGE_CITY else 1], len(local))
    if known is None:
        return None
    e164 = f"+86{area}{local}"
    return Field(value=e164, display=e164, state=State.VALID, parts=known.parts)


@lru_cache(maxsize=16_384)
def _is_mobile_prefix(prefix: str) -> bool:
    """Tell whether mainland mobiles begin with these five digits."""
    return look_up(f"+86{prefix}000000", "").valid


@lru_cache(maxsize=65_536)
def _by_area(area: str, start: str, digits: int) -> Answer | None:
    """Give what is known of the landlines of an area that begin with these digits; None where none do."""
    answer = look_up(f"+86{area}{start}{'1' * (digits - len(start))}", "")
    return answer if answer.valid and dict(answer.parts).get("type") == "landline" else None
