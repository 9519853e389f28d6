"""Kinds of value: what each may look like, and its one right form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.fields import (
    choice,
    date,
    email,
    identifier,
    money,
    name,
    number,
    phone,
    tax_id,
    text,
)
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.core.fields.field import Normaliser

NORMALISERS: Mapping[Kind, Normaliser] = MappingProxyType(
    {
        Kind.TEXT: text.normalise,
        Kind.IDENTIFIER: identifier.normalise,
        Kind.REFERENCE: identifier.normalise,
        Kind.NAME: name.normalise,
        Kind.PHONE: phone.normalise,
        Kind.EMAIL: email.normalise,
        Kind.DATE: date.normalise,
        Kind.MONEY: money.normalise,
        Kind.NUMBER: number.normalise,
        Kind.INTEGER: number.normalise_integer,
        Kind.CHOICE: choice.normalise,
        Kind.BOOLEAN: choice.normalise_boolean,
        Kind.TAX_ID: tax_id.normalise,
    }
)
"""How a cell of each kind is read."""
