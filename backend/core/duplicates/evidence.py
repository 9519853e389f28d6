"""What each column said about a pair, ready to be put into words; contact values masked."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import phonenumbers

from backend.core.duplicates.answer import Evidence
from backend.core.duplicates.columns import among
from backend.core.duplicates.levels import Level
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.field_model import Bits
    from backend.core.duplicates.levels import Levels
    from backend.core.duplicates.score import Scored
    from backend.core.fields.field import Params

STARS = "****"
_SHOWN_END = 4
_SHOWN_START = 3
_LONG_NUMBER = 10
_LONGEST_CODE = 3
_COUNTRY_CODES = frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
_LONG_CODE = 8
_SHOWN_TEXT = 6

_VALUED = frozenset({FieldKind.PHONE, FieldKind.EMAIL, FieldKind.IDENTIFIER})
_BY_LEVEL = MappingProxyType(
    {
        Level.DIFFERENT: "match-different",
        Level.FAR: "match-far",
        Level.PART: "match-part",
        Level.NEAR: "match-near",
        Level.EXACT: "match-same",
    }
)
_PART = MappingProxyType(
    {
        FieldKind.PHONE: "match-same-end",
        FieldKind.EMAIL: "match-same-mailbox",
        FieldKind.GIVEN_NAME: "match-turned",
        FieldKind.FAMILY_NAME: "match-turned",
        FieldKind.PERSON_NAME: "match-sound",
        FieldKind.NAME: "match-sound",
        FieldKind.COMPANY: "match-sound",
    }
)


def _country_code(number: str) -> str:
    """Give `+` and the country code of a number; `+` alone where there is no such country."""
    codes = (number[1:size] for size in range(2, _LONGEST_CODE + 2))
    return "+" + next((code for code in codes if code in _COUNTRY_CODES), "")


def mask_phone(number: str) -> str:
    """Keep the country code, three digits and the last four; a short number keeps the last four.

    >>> mask_phone("+8613812348000")
    '+86138****8000'
    >>> mask_phone("65551234")
    '****1234'
    """
    country = _country_code(number) if number.startswith("+") else ""
    national = number[len(country) :]
    start = national[:_SHOWN_START] if len(national) >= _LONG_NUMBER else ""
    return f"{country}{start}{STARS}{national[-_SHOWN_END:]}"


def mask_email(address: str) -> str:
    """Keep the first letter and the domain.

    >>> mask_email("wei.zhang@example.com")
    'w****@example.com'
    """
    local, at, domain = address.partition("@")
    return f"{local[:1]}{STARS}{at}{domain}"


def mask(value: str, kind: FieldKind) -> str:
    """Give a value as whoever reads the sheet may see it: phones, mail, codes and addresses cut short."""
    if kind is FieldKind.PHONE:
        return mask_phone(value)
    if kind is FieldKind.EMAIL:
        return mask_email(value)
    if kind is FieldKind.ADDRESS:
        return f"{value[:_SHOWN_TEXT]}{STARS}"
    return f"{STARS}{value[-_SHOWN_END:]}" if len(value) >= _LONG_CODE else f"{STARS}{value[-1:]}"


def _of_field(
    values: Values, shared: Ints, codes: tuple[Ints, Ints], levels: Levels, bits: Bits
) -> list[Evidence]:
    """Give what one column says of each pair, by its codes on both sides; in no pair is it blank."""
    column, kind = values.field.column, values.field.kind
    said = [
        Evidence(column, _BY_LEVEL[level], more)
        for level, more in zip(levels.tolist(), bits.tolist(), strict=True)
    ]
    exact, part = np.flatnonzero(levels == Level.EXACT), np.flatnonzero(levels == Level.PART)
    if kind in _VALUED:
        for place, text in zip(exact.tolist(), values.texts[codes[0][exact]], strict=True):
            said[place] = Evidence(
                column, "match-same-value", said[place].bits, (("value", mask(text, kind)),)
            )
    if kind in _PART:
        texts = values.texts[codes[0][part]], values.texts[codes[1][part]]
        for place, one, other in zip(part.tolist(), *texts, strict=True):
            shown: Params = (("value", mask(min(one, other, key=len), kind)),) if kind in _VALUED else ()
            said[place] = Evidence(column, _PART[kind], said[place].bits, shown)
    if len(shared):
        lost = exact[among(codes[0][exact], shared) | among(codes[1][exact], shared)]
        carried = values.texts[codes[0][lost]], values.rows[codes[0][lost]].tolist()
        for place, text, rows in zip(lost.tolist(), *carried, strict=True):
            by_many: Params = (("value", mask(text, kind)), ("rows", str(rows)))
            said[place] = Evidence(column, "match-shared", said[place].bits, by_many)
    return said


def evidence_of(
    columns: Sequence[Values], shared: Sequence[Ints], prior: float, scored: Scored, rows: tuple[Ints, Ints]
) -> list[tuple[Evidence, ...]]:
    """Give the evidence of each pair; its bits add up to the pair's log-odds.

    Args:
        columns: The columns, normalised.
        shared: For each column, the codes that lost their weight.
        prior: Bits of any two rows being one customer.
        scored: The pairs, weighed.
        rows: Row positions of the pairs: the left ones, the right ones.
    """
    any_two = Evidence(column="", code="match-prior", bits=prior)
    found: list[list[Evidence]] = [[any_two] for _ in rows[0]]
    for i, (values, lost) in enumerate(zip(columns, shared, strict=True)):
        told = np.flatnonzero(scored.levels[:, i] != Level.MISSING)
        codes = values.codes[rows[0][told]], values.codes[rows[1][told]]
        said = _of_field(values, lost, codes, scored.levels[told, i], scored.bits[told, i])
        for pair, reason in zip(told.tolist(), said, strict=True):
            found[pair].append(reason)
    return [tuple(reasons) for reasons in found]
