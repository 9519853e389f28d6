"""Contact details as they may be shown outside their own cell: enough to recognise, not enough to use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.core.fields import date
from backend.core.fields.reading import is_number
from sheets_schema.model import Kind, Privacy

if TYPE_CHECKING:
    from backend.core.fields.field import Cell, Params
    from sheets_schema.model import Column

_KEPT_IN_FRONT = 6
_KEPT_AT_THE_END = 4
_SHORT = 8
_TELLS_SOMEBODY = re.compile(r"@|\.[^\W\d]|(?:\d[\s().-]*){5}")
_LONG_NUMBER = re.compile(r"(?:\d[\s().-]*){5}")
_OF_A_DOMAIN = frozenset({"domain", "proposal"})
"""Parameters that name a mail domain, which tells nobody."""

_LAST_SERIAL = 2_958_465
"""The sheet's number of 9999-12-31."""

_CONTACT = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?!\d)|[\w.%+-]+ ?@ ?[\w.-]+|\+?\d(?:[ ().-]*\d){6,}\w?", re.ASCII
)


def mask(text: str) -> str:
    """Hide the middle: `+8613800138000` becomes `+86138****8000`, `wang@qq.com` becomes `w***@qq.com`."""
    name, at, domain = text.rpartition("@")
    if at:
        return f"{name[:1]}***@{mask(domain) if _LONG_NUMBER.search(domain) else domain}"
    if len(text) <= _SHORT:
        return f"{text[:1]}***"
    head = min(len(text) - 2 * _KEPT_AT_THE_END, _KEPT_IN_FRONT)
    return f"{text[:head]}****{text[-_KEPT_AT_THE_END:]}"


def masked_text(text: str) -> str:
    """Hide the phones and e-mails inside a sentence; dates stay."""
    return _CONTACT.sub(lambda found: found[0] if found["date"] else mask(found[0]), text)


def shown(column: Column, cell: Cell) -> str:
    """Give a cell as it may stand outside its own row: contact details masked, a date as a date."""
    if column.kind is Kind.DATE and is_number(cell) and 1 <= float(cell) <= _LAST_SERIAL:
        return date.from_serial(float(cell))
    text = str(cell)
    return mask(text) if text and column.privacy is Privacy.CONTACT else text


def told(column: Column, cell: Cell) -> str:
    """Give a cell as it may be told elsewhere: as `shown`, and in a text of ours nobody's details."""
    text = shown(column, cell)
    return masked_text(text) if column.kind is Kind.TEXT else text


def _tells_somebody(name: str, text: str) -> bool:
    return _TELLS_SOMEBODY.search(text) is not None and (name not in _OF_A_DOMAIN or "@" in text)


def masked_params(column: Column, params: Params) -> Params:
    """Give the parameters of a sentence about a cell as they may be said outside its own row."""
    if column.privacy is not Privacy.CONTACT:
        return params
    return tuple((name, mask(text) if _tells_somebody(name, text) else text) for name, text in params)
