"""What each column said about a pair, ready to be put into words; contact values masked."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import phonenumbers

from backend.core.duplicates.answer import Evidence
from backend.core.duplicates.levels import Level
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values
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


class _FieldEvidence:
    """Turns the levels of one column into evidence."""

    def __init__(self, values: Values, shared: Ints) -> None:
        self._values = values
        self._shared = frozenset(shared.tolist())
        self._masked: dict[int, str] = {}

    def _value(self, code: int) -> str:
        if code not in self._masked:
            self._masked[code] = mask(str(self._values.texts[code]), self._values.field.kind)
        return self._masked[code]

    def of(self, code: int, other: int, level: int, bits: float) -> Evidence:
        """Give the evidence of one pair; the codes are those of the two values."""
        field = self._values.field
        if level == Level.EXACT and (code in self._shared or other in self._shared):
            params: Params = (("value", self._value(code)), ("rows", str(self._values.rows[code])))
            return Evidence(column=field.column, code="match-shared", bits=bits, params=params)
        if level == Level.EXACT and field.kind in _VALUED:
            params = (("value", self._value(code)),)
            return Evidence(column=field.column, code="match-same-value", bits=bits, params=params)
        if level == Level.PART and field.kind in _PART:
            shown = min(code, other, key=lambda c: len(self._values.texts[c]))
            params = (("value", self._value(shown)),) if field.kind in _VALUED else ()
            return Evidence(column=field.column, code=_PART[field.kind], bits=bits, params=params)
        return Evidence(column=field.column, code=_BY_LEVEL[Level(level)], bits=bits)


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
    for i, (values, codes) in enumerate(zip(columns, shared, strict=True)):
        field = _FieldEvidence(values, codes)
        told = (scored.levels[:, i] != Level.MISSING).nonzero()[0]
        left, right = values.codes[rows[0][told]].tolist(), values.codes[rows[1][told]].tolist()
        levels, bits = scored.levels[told, i].tolist(), scored.bits[told, i].tolist()
        for pair, *reason in zip(told.tolist(), left, right, levels, bits, strict=True):
            found[pair].append(field.of(*reason))
    return [tuple(reasons) for reasons in found]
