"""People of one given name and day of birth whose family names differ: who marries is renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.core.duplicates.levels import Level
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints
    from backend.core.duplicates.field_model import Bits, FieldModel, Mask
    from backend.core.duplicates.levels import Levels

_FULL = frozenset({FieldKind.PERSON_NAME, FieldKind.NAME})


def renamed(fields: Sequence[FieldModel], a: Ints, b: Ints, levels: Levels) -> Mask:
    """Whether the day of birth and the given name agree in a pair, and the family name does not.

    Args:
        fields: The models of the columns.
        a: Row positions.
        b: Row positions, one for each of `a`.
        levels: One row a pair, one column a field.
    """
    found, unlike = np.zeros(len(a), dtype=np.bool_), np.zeros(len(a), dtype=np.bool_)
    for i, field in enumerate(fields):
        if field.kind is FieldKind.DATE:
            found |= levels[:, i] >= Level.NEAR
        if field.kind is FieldKind.FAMILY_NAME or field.kind in _FULL:
            unlike |= levels[:, i] == Level.DIFFERENT
    place = np.flatnonzero(found & unlike)
    same, other = np.zeros(len(place), dtype=np.bool_), np.zeros(len(place), dtype=np.bool_)
    for i, field in enumerate(fields):
        known = levels[place, i]
        if field.kind is FieldKind.GIVEN_NAME:
            same |= known >= Level.NEAR
            other |= (known >= Level.DIFFERENT) & (known < Level.NEAR)
        elif field.kind in _FULL:
            told = np.flatnonzero(known != Level.MISSING)
            given = field.given_levels(a[place[told]], b[place[told]])
            same[told] |= given >= Level.NEAR
            other[told] |= given < Level.NEAR
    found[:] = False
    found[place[same & ~other]] = True
    return found


def spare_names(fields: Sequence[FieldModel], levels: Levels, bits: Bits, rows: Mask) -> None:
    """Let the full names of those who were renamed say nothing against them.

    Args:
        fields: The models of the columns.
        levels: One row a pair, one column a field.
        bits: What each column adds; is changed.
        rows: Which pairs were renamed.
    """
    for i, field in enumerate(fields):
        if field.kind in _FULL:
            bits[rows & (levels[:, i] == Level.DIFFERENT), i] = 0
