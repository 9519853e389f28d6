"""Kinds of value: what each may look like, and its one right form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.fields import (
    address,
    age,
    choice,
    company,
    consent,
    date,
    email,
    iban,
    identifier,
    money,
    name,
    number,
    percent,
    phone,
    postcode,
    resident_id,
    social,
    tax_id,
    text,
    url,
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
        Kind.COMPANY: company.normalise,
        Kind.ADDRESS: address.normalise,
        Kind.POSTCODE: postcode.normalise,
        Kind.RESIDENT_ID: resident_id.normalise,
        Kind.IBAN: iban.normalise,
        Kind.PERCENT: percent.normalise,
        Kind.AGE: age.normalise,
        Kind.URL: url.normalise,
        Kind.DOMAIN: url.normalise_domain,
        Kind.WECHAT: social.normalise_wechat,
        Kind.QQ: social.normalise_qq,
        Kind.CONSENT: consent.normalise,
    }
)
"""How a cell of each kind is read."""
