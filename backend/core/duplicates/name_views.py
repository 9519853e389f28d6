"""Names that stand in a row twice: as a full name, and as given and family name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.core.duplicates.levels import Level
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Values
    from backend.core.duplicates.levels import Levels

_FULL = frozenset({FieldKind.PERSON_NAME, FieldKind.NAME})
_PARTS = frozenset({FieldKind.GIVEN_NAME, FieldKind.FAMILY_NAME})


class NameViews:
    """Chooses one of the ways in which a row tells the name: what it says twice is heard once."""

    def __init__(self, columns: Sequence[Values]) -> None:
        """Find the ways: given and family names together are one, each column of full names is one."""
        parts = [i for i, values in enumerate(columns) if values.field.kind in _PARTS]
        full = [[i] for i, values in enumerate(columns) if values.field.kind in _FULL]
        self._views = [parts, *full] if parts else full

    def choose(self, levels: Levels) -> None:
        """Leave each pair the way in which its names agree best; the other ways are missing.

        Args:
            levels: One row a pair, one column a field; is changed.
        """
        if len(self._views) < 2:  # noqa: PLR2004  # there is nothing to choose from
            return
        ranks = []
        for view in self._views:
            own = levels[:, view]
            known = (own != Level.MISSING).sum(axis=1)
            worst = np.where(own == Level.MISSING, Level.EXACT, own).min(axis=1)
            ranks.append(np.where(known > 0, worst + known / len(view) * 0.5, Level.MISSING))
        chosen = np.argmax(ranks, axis=0)
        for number, view in enumerate(self._views):
            levels[np.ix_(chosen != number, view)] = Level.MISSING
