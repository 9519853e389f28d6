"""Contact details as they may be shown outside their own cell: enough to recognise, not enough to use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.core.fields import date
from sheets_schema.model import Kind, Privacy

if TYPE_CHECKING:
    from backend.core.fields.field import Cell, Params
    from sheets_schema.model import Column

_KEPT_AT_THE_END = 4
_SHORT = 8
_TELLS_SOMEBODY = re.compile(r"@|(?:\d[\s().-]*){5}")


def mask(text: str) -> str:
    """Hide the middle: `+8613800138000` becomes `+86138****8000`, `wang@qq.com` becomes `w***@qq.com`."""
    name, at, domain = text.rpartition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    if len(text) <= _SHORT:
        return f"{text[:1]}***"
    head = len(text) - 2 * _KEPT_AT_THE_END
    return f"{text[:head]}****{text[-_KEPT_AT_THE_END:]}"


def shown(column: Column, cell: Cell) -> str:
    """Give a cell as it may stand outside its own row: contact details masked, a date as a date."""
    if column.kind is Kind.DATE and isinstance(cell, int | float):
        return date.from_serial(int(cell))
    text = str(cell)
    return mask(text) if text and column.privacy is Privacy.CONTACT else text


def masked_params(column: Column, params: Params) -> Params:
    """Give the parameters of a sentence about a cell as they may be said outside its own row."""
    if column.privacy is not Privacy.CONTACT:
        return params
    return tuple((name, mask(text) if _TELLS_SOMEBODY.search(text) else text) for name, text in params)
