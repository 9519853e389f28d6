"""What we believe about a column before we see it: how often one customer's values agree, and others' do.

The figures are rounded and the same for every register. The later issue refines them by what is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from backend.core.duplicates.rules import FieldKind


class Group(StrEnum):
    """Columns that say the same thing twice, and are counted once."""

    PERSON = "person"
    COMPANY = "company"
    CONTACT = "contact"
    PLACE = "place"
    OWN = "own"
    """A column that depends on no other."""
    TRAIT = "trait"
    """A text or choice that no housemates share: one of few values, that depends on no other column."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed about a kind of column.

    Attributes:
        group: Which columns it depends on.
        agree: How often two rows of one customer are different, far, part, near, exact; sums to 1.
        chance: How often two different customers have the same value, on top of what is counted.
        household: How many other customers one finds with the same value, a person's family or a
            company's colleagues.
        near: How often the values of two different customers are near by chance, before any are seen.
    """

    group: Group
    agree: tuple[float, float, float, float, float]
    chance: float
    household: float
    near: float


COMPANY_HOUSEHOLD = 0.1
"""How many other companies one finds with the very same name; few, for it is a registered one."""
PRIORS: MappingProxyType[FieldKind, Prior] = MappingProxyType(
    {
        FieldKind.PERSON_NAME: Prior(Group.PERSON, (0.05, 0.05, 0.02, 0.16, 0.72), 1e-5, 1.0, 3e-3),
        FieldKind.FAMILY_NAME: Prior(Group.PERSON, (0.06, 0.03, 0.04, 0.15, 0.72), 3e-3, 1.0, 3e-3),
        FieldKind.GIVEN_NAME: Prior(Group.PERSON, (0.08, 0.04, 0.04, 0.14, 0.70), 2e-3, 1.0, 3e-3),
        FieldKind.NAME: Prior(Group.PERSON, (0.08, 0.12, 0.02, 0.18, 0.60), 0.0, 1.0, 3e-3),
        FieldKind.COMPANY: Prior(Group.COMPANY, (0.08, 0.12, 0.02, 0.18, 0.60), 0.0, COMPANY_HOUSEHOLD, 3e-3),
        FieldKind.PHONE: Prior(Group.CONTACT, (0.20, 0.01, 0.05, 0.08, 0.66), 0.0, 0.3, 1e-4),
        FieldKind.EMAIL: Prior(Group.CONTACT, (0.20, 0.01, 0.07, 0.10, 0.62), 0.0, 0.15, 2e-4),
        FieldKind.DATE: Prior(Group.OWN, (0.04, 0.06, 0.01, 0.13, 0.76), 5e-5, 1.0, 5e-3),
        FieldKind.IDENTIFIER: Prior(Group.OWN, (0.04, 0.01, 0.01, 0.12, 0.82), 0.0, 0.01, 1e-4),
        FieldKind.ADDRESS: Prior(Group.PLACE, (0.12, 0.13, 0.01, 0.24, 0.50), 0.0, 0.5, 1e-3),
        FieldKind.POSTCODE: Prior(Group.PLACE, (0.12, 0.02, 0.01, 0.10, 0.75), 1e-3, 1.0, 5e-3),
        FieldKind.TEXT: Prior(Group.PLACE, (0.22, 0.05, 0.01, 0.14, 0.58), 1e-2, 1.0, 5e-3),
        FieldKind.CHOICE: Prior(Group.PLACE, (0.25, 0.01, 0.01, 0.03, 0.70), 0.1, 1.0, 1e-3),
    }
)
LEAST_APART = 0.4
"""Share of the belief about unlike names that no register talks the model out of: they teach nothing."""
FAR_BY_CHANCE = 0.012
"""How often the values of two customers are far rather than different, before any are seen."""
PART_BY_CHANCE = 0.1
"""How often the end of a number agrees by chance, against how often all of it is near."""
PARTNERS = 0.3
"""How many other rows of the same customer a row is expected to have."""
BASE_ROWS = 1_000
"""Rows a register is thought to be drawn from at least: a shared phone is telling among ten rows too."""
