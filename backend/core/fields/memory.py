"""Columns that were read before in this process: a cell that has not changed is not read again.

A normaliser is pure, so a field depends on the normaliser, the context and the cell alone; those three are
what an answer is kept by. The context holds the day and the team's rules: when one changes, all is read anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from backend.core.fields.field import Cell, Context, Field, Normaliser

Codes = np.ndarray[Any, np.dtype[np.intp]]
Cells = np.ndarray[Any, np.dtype[np.object_]]

MOST_CELLS = 6_000_000
"""Cells that are kept at most, of all columns together; the column that was read longest ago goes first."""

_WORTH_KEEPING = 1_000
_MOST_CHANGED = 10
"""A column of which more than one cell in so many is another is numbered anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadColumn:
    """A column that was read.

    Attributes:
        cells: Its raw cells.
        kinds: For each cell the id of its type; None when all are text.
        codes: For each cell, which of `fields` it is.
        distinct: The cells that `fields` were read from.
        fields: Their fields; some may belong to no cell any more.
    """

    cells: Cells
    kinds: Codes | None
    codes: Codes
    distinct: tuple[Cell, ...]
    fields: tuple[Field, ...]


class Memory:
    """The last columns that were read, at most `most_cells` of them."""

    def __init__(self, most_cells: int) -> None:
        self._most_cells = most_cells
        self._columns: dict[Hashable, ReadColumn] = {}
        self._lock = Lock()

    def read(self, cells: Cells, name: Hashable, normalise: Normaliser, context: Context) -> ReadColumn:
        """Read a column; what was read before under this name, normaliser and context is not read again.

        Args:
            cells: Raw cells.
            name: Of the column: where the cells to compare with are found, and nothing else.
            normalise: How to read one of them.
            context: What is known about the column.
        """

        def read_one(cell: Cell) -> Field:
            return normalise(cell, context)

        if len(cells) < _WORTH_KEEPING:
            return read_anew(cells, {}, read_one)
        key = (normalise, context, name)
        with self._lock:
            before = self._columns.pop(key, None)
        column = read_again(cells, before, read_one) if before else read_anew(cells, {}, read_one)
        with self._lock:
            self._columns[key] = column
            self._forget()
        return column

    def _forget(self) -> None:
        kept = sum(len(column.cells) for column in self._columns.values())
        while kept > self._most_cells:
            kept -= len(self._columns.pop(next(iter(self._columns))).cells)


def read_anew(cells: Cells, known: Mapping[str, Field], read: Callable[[Cell], Field]) -> ReadColumn:
    """Read each distinct cell of a column once, but for the texts that are known."""
    kinds = _kinds(cells)
    codes, distinct = _factorise(cells, kinds)
    fields = tuple([_known(cell, known) or read(cell) for cell in distinct])
    return ReadColumn(cells=cells, kinds=kinds, codes=codes, distinct=tuple(distinct), fields=fields)


def read_again(cells: Cells, before: ReadColumn, read: Callable[[Cell], Field]) -> ReadColumn:
    """Read a column of which most cells stand where they stood; when they do not, those that are new."""
    changed = _changed(cells, before)
    if changed is None or len(before.fields) > len(cells) + len(changed):
        known = {
            cell: field
            for cell, field in zip(before.distinct, before.fields, strict=True)
            if type(cell) is str
        }
        return read_anew(cells, known, read)
    if not len(changed):
        return before
    news = read_anew(cells[changed], {}, read)
    codes = before.codes.copy()
    codes[changed] = news.codes + len(before.fields)
    return ReadColumn(
        cells=cells,
        kinds=_kinds(cells) if before.kinds is not None or news.kinds is not None else None,
        codes=codes,
        distinct=before.distinct + news.distinct,
        fields=before.fields + news.fields,
    )


def _changed(cells: Cells, before: ReadColumn) -> Codes | None:
    """Give the places of the cells that are others than before; None when too many are."""
    if len(cells) != len(before.cells):
        return None
    same = np.asarray(cells == before.cells, dtype=bool)
    if before.kinds is not None:
        # The number 1, the number 1.0 and TRUE are equal in Python, and are different cells.
        kinds = _kinds(cells)
        same = same & (kinds == before.kinds) if kinds is not None else np.zeros(len(cells), dtype=bool)
    changed = np.flatnonzero(~same)
    return changed if len(changed) * _MOST_CHANGED <= len(cells) else None


def _known(cell: Cell, known: Mapping[str, Field]) -> Field | None:
    return known.get(cell) if type(cell) is str else None


def _kinds(cells: Cells) -> Codes | None:
    """Give the id of the type of each cell; None when all are text."""
    if set(map(type, cells)) <= {str}:
        return None
    return np.fromiter(map(id, map(type, cells)), dtype=np.intp, count=len(cells))


def _factorise(cells: Cells, kinds: Codes | None) -> tuple[Codes, list[Any]]:
    """Number the distinct cells; 1, 1.0 and TRUE are equal in Python and are kept apart here."""
    if kinds is None:
        codes, distinct = pd.factorize(cells, use_na_sentinel=False)
        return codes, list(distinct)
    codes = np.empty(len(cells), dtype=np.intp)
    everything: list[Any] = []
    for kind in np.unique(kinds):
        rows = np.flatnonzero(kinds == kind)
        part, distinct = pd.factorize(cells[rows], use_na_sentinel=False)
        codes[rows] = part + len(everything)
        everything.extend(distinct)
    return codes, everything


MEMORY = Memory(MOST_CELLS)
"""The memory of this process."""
