"""Names turned round: the family name in the column of the given name, written well or with a slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.columns import BLANK, distinct
from backend.core.duplicates.compare_parts import alike_words
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
class _Pairing:
    """A column of given names and one of family names, in one set of codes."""

    given: int
    family: int
    given_codes: Ints
    family_codes: Ints
    texts: Texts

    def _alike(self, left: Ints, right: Ints, *, short: bool = False) -> Mask:
        """Whether two names are the same, a slip apart or short for one another; a blank is like none."""
        known = np.flatnonzero((left != BLANK) & (right != BLANK))
        size = max(len(self.texts), 1)
        pairs = left[known] * size + right[known]
        once = distinct(pairs)
        found = np.zeros(len(left), dtype=np.bool_)
        if len(once):
            one, other = np.divmod(once, size)
            alike = alike_words(self.texts[one], self.texts[other], short=short)
            found[known] = alike[np.searchsorted(once, pairs)]
        return found

    def mark(self, a: Ints, b: Ints, levels: Levels) -> None:
        """Set the level of pairs that are turned round, also where a side has one name only."""
        given_a, given_b = self.given_codes[a], self.given_codes[b]
        family_a, family_b = self.family_codes[a], self.family_codes[b]
        first, last = self._alike(given_a, family_b), self._alike(family_a, given_b)
        turned = first & last
        open_ = np.flatnonzero(first & ~last)
        turned[open_] = self._alike(family_a[open_], given_b[open_], short=True)
        open_ = np.flatnonzero(last & ~first)
        turned[open_] = self._alike(given_a[open_], family_b[open_], short=True)
        turned |= first & ((family_a == BLANK) | (given_b == BLANK))
        turned |= last & ((given_a == BLANK) | (family_b == BLANK))
        for column in (self.given, self.family):
            change = turned & (levels[:, column] != Level.MISSING)
            levels[change, column] = Level.PART


class TurnedNames:
    """Sees given and family names that changed places."""

    def __init__(self, columns: Sequence[Values]) -> None:
        """Number the names of each pair of columns alike."""
        given = [i for i, values in enumerate(columns) if values.field.kind is FieldKind.GIVEN_NAME]
        family = [i for i, values in enumerate(columns) if values.field.kind is FieldKind.FAMILY_NAME]
        self._beside = [i for i, values in enumerate(columns) if values.field.kind in _BESIDE]
        self._pairings = [_pairing(columns, *both) for both in zip(given, family, strict=False)]

    def mark(self, a: Ints, b: Ints, levels: Levels) -> None:
        """Set the level of names that are turned round in pairs of rows.

        Args:
            a: Row positions.
            b: Row positions, one for each of `a`.
            levels: One row a pair, one column a field; is changed.
        """
        beside = (levels[:, self._beside] >= Level.PART).any(axis=1)
        for pairing in self._pairings:
            apart = (levels[:, pairing.given] <= Level.FAR) & (levels[:, pairing.family] <= Level.FAR)
            exact = (pairing.given_codes[a] == pairing.family_codes[b]) & (pairing.given_codes[a] != BLANK)
            rows = np.flatnonzero(apart & (beside | exact))
            part = levels[rows]
            pairing.mark(a[rows], b[rows], part)
            levels[rows] = part


def _pairing(columns: Sequence[Values], given: int, family: int) -> _Pairing:
    first, last = columns[given], columns[family]
    codes, texts = pd.factorize(np.concatenate([first.texts, last.texts]))
    return _Pairing(
        given=given,
        family=family,
        given_codes=np.append(codes[: len(first.texts)], BLANK)[first.codes],
        family_codes=np.append(codes[len(first.texts) :], BLANK)[last.codes],
        texts=texts,
    )
