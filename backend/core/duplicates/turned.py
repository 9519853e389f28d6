"""Names turned round: the family name in the column of the given name, written well or with a slip."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.core.duplicates.columns import BLANK, distinct, marks_of
from backend.core.duplicates.compare_parts import alike_words
from backend.core.duplicates.joined import joined
from backend.core.duplicates.levels import Level
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.levels import Levels

    Mask = npt.NDArray[np.bool_]

_BESIDE = frozenset(
    {
        FieldKind.DATE,
        FieldKind.EMAIL,
        FieldKind.PHONE,
        FieldKind.IDENTIFIER,
        FieldKind.ADDRESS,
        FieldKind.POSTCODE,
    }
)
"""Kinds of which one must agree before names are held against each other crosswise."""


@dataclass(frozen=True, slots=True)
class _Names:
    """A column of names: its rows' values, and marks by which values of two columns are the same."""

    place: int
    codes: Ints
    texts: Texts
    marks: Ints

    def beside(self, values: Values, later: Values) -> _Names:
        marks = joined(self.marks, marks_of(later.texts)) if len(later.texts) else self.marks
        return _Names(self.place, values.codes, values.texts, marks)


def _alike(one: _Names, left: Ints, other: _Names, right: Ints, *, short: bool = False) -> Mask:
    """Whether two names are the same, a slip apart or short for one another; a blank one is like none."""
    known = np.flatnonzero((left != BLANK) & (right != BLANK))
    size = max(len(other.texts), 1)
    pairs = left[known] * size + right[known]
    once = distinct(pairs)
    found = np.zeros(len(left), dtype=np.bool_)
    if len(once):
        first, second = np.divmod(once, size)
        alike = alike_words(one.texts[first], other.texts[second], short=short)
        found[known] = alike[np.searchsorted(once, pairs)]
    return found


def _same(one: _Names, left: Ints, other: _Names, right: Ints) -> Mask:
    """Whether two names are the same; a blank one is like none."""
    known = np.flatnonzero((left != BLANK) & (right != BLANK))
    found = np.zeros(len(left), dtype=np.bool_)
    found[known] = one.marks[left[known]] == other.marks[right[known]]
    return found


@dataclass(frozen=True, slots=True)
class _Pairing:
    """A column of given names and one of family names."""

    given: _Names
    family: _Names

    def mark(self, a: Ints, b: Ints, levels: Levels, beside: Mask) -> None:
        """Set the level of pairs that are turned round, also where a side has one name only."""
        given, family = self.given, self.family
        apart = (levels[:, given.place] <= Level.FAR) & (levels[:, family.place] <= Level.FAR)
        rows = np.flatnonzero(apart)
        exact = _same(given, given.codes[a[rows]], family, family.codes[b[rows]])
        rows = rows[beside[rows] | exact]
        given_a, given_b = given.codes[a[rows]], given.codes[b[rows]]
        family_a, family_b = family.codes[a[rows]], family.codes[b[rows]]
        first, last = _alike(given, given_a, family, family_b), _alike(family, family_a, given, given_b)
        turned = first & last
        open_ = np.flatnonzero(first & ~last)
        turned[open_] = _alike(family, family_a[open_], given, given_b[open_], short=True)
        open_ = np.flatnonzero(last & ~first)
        turned[open_] = _alike(given, given_a[open_], family, family_b[open_], short=True)
        turned |= first & ((family_a == BLANK) | (given_b == BLANK))
        turned |= last & ((given_a == BLANK) | (family_b == BLANK))
        for names in (given, family):
            change = rows[turned & (levels[rows, names.place] != Level.MISSING)]
            levels[change, names.place] = Level.PART


class TurnedNames:
    """Sees given and family names that changed places."""

    def __init__(self, columns: Sequence[Values]) -> None:
        """Mark the names of each pair of columns."""
        given, family = _names(columns, FieldKind.GIVEN_NAME), _names(columns, FieldKind.FAMILY_NAME)
        self._beside = [i for i, values in enumerate(columns) if values.field.kind in _BESIDE]
        self._pairings = [_Pairing(*both) for both in zip(given, family, strict=False)]

    def beside(self, columns: Sequence[Values], later: Sequence[Values]) -> TurnedNames:
        """Give the same for other rows, with values that came later.

        Args:
            columns: The columns of these rows; values that came later stand behind those of the register.
            later: For each column the values that came later.
        """
        other = copy(self)
        other._pairings = [  # noqa: SLF001  # a copy of our own
            _Pairing(*(one.beside(columns[one.place], later[one.place]) for one in (both.given, both.family)))
            for both in self._pairings
        ]
        return other

    def mark(self, a: Ints, b: Ints, levels: Levels) -> None:
        """Set the level of names that are turned round in pairs of rows.

        Args:
            a: Row positions.
            b: Row positions, one for each of `a`.
            levels: One row a pair, one column a field; is changed.
        """
        for pairing in self._pairings:
            beside = np.asarray((levels[:, self._beside] >= Level.PART).any(axis=1))
            pairing.mark(a, b, levels, beside)


def _names(columns: Sequence[Values], kind: FieldKind) -> list[_Names]:
    return [
        _Names(i, values.codes, values.texts, marks_of(values.texts))
        for i, values in enumerate(columns)
        if values.field.kind is kind
    ]
