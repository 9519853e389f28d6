"""A whole column read as one kind: each distinct cell once, the answers handed to every row."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from backend.core.fields.memory import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.core.fields.field import Context, Field, Normaliser


@dataclass(frozen=True, kw_only=True)
class FieldColumn:
    """The fields of a column.

    Attributes:
        fields: The distinct fields; some may belong to no row any more.
        codes: For each row, which of `fields` it is.
        index: The index of the cells.
    """

    fields: tuple[Field, ...]
    codes: np.ndarray[Any, np.dtype[np.intp]]
    index: pd.Index[Any]

    @cached_property
    def values(self) -> pd.Series[Any]:
        """Values, by row (object): the one form everything is compared in; blank is ''."""
        return self._spread([field.value for field in self.fields])

    @cached_property
    def states(self) -> pd.Series[Any]:
        """States, by row (object)."""
        return self._spread([field.state for field in self.fields])

    def parts(self, name: str) -> pd.Series[Any]:
        """What the cells say under a name (see `Field.parts`), by row (object); '' where they say nothing."""
        return self._spread([field.part(name) for field in self.fields])

    def findings(self) -> Iterator[tuple[Any, Field]]:
        """Iterate over (row index, field) of the cells that something is to be said about."""
        return self.where([bool(field.findings) for field in self.fields])

    def suggestions(self) -> Iterator[tuple[Any, Field]]:
        """Iterate over (row index, field) of the cells that could be written better."""
        return self.where([bool(field.suggestion) for field in self.fields])

    def counts(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        """Count the rows of each of `fields`."""
        return np.bincount(self.codes, minlength=len(self.fields))

    def field(self, row: int) -> Field:
        """Give the field at a position."""
        return self.fields[int(self.codes[row])]

    def _spread(self, distinct: Sequence[object]) -> pd.Series[Any]:
        answers = np.empty(len(distinct), dtype=object)
        answers[:] = distinct
        return pd.Series(answers[self.codes], index=self.index, dtype=object)

    def where(self, wanted: Sequence[bool]) -> Iterator[tuple[Any, Field]]:
        """Iterate over (row index, field) of the cells whose field, of `fields`, is wanted."""
        rows = np.flatnonzero(np.array(wanted, dtype=bool)[self.codes]).tolist()
        return ((self.index[row], self.field(row)) for row in rows)


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep Python from looking for cycles among fields, of which there are many and which form none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def apply(cells: pd.Series[Any], normalise: Normaliser, context: Context) -> FieldColumn:
    """Read the cells of a column as one kind.

    Args:
        cells: Raw cells (str, int, float, bool), any index.
        normalise: How to read one of them.
        context: What is known about the column.

    Returns:
        One field for each cell, on the index of the cells.
    """
    raw = np.asarray(cells, dtype=object)
    with without_collection():
        column = MEMORY.read(raw, cells.name, normalise, context)
    return FieldColumn(fields=column.fields, codes=column.codes, index=cells.index)


def apply_each(cells: pd.Series[Any], normalise: Normaliser, contexts: Sequence[Context]) -> FieldColumn:
    """Read the cells of a column as one kind, each row in its own context (its country, its currency).

    Args:
        cells: Raw cells, any index.
        normalise: How to read one of them.
        contexts: One context for each row; few of them are distinct.

    Returns:
        One field for each cell, on the index of the cells.
    """
    which, distinct = _number_contexts(contexts)
    codes = np.zeros(len(cells), dtype=np.intp)
    fields: list[Field] = []
    for number, context in enumerate(distinct):
        rows = np.flatnonzero(which == number)
        column = apply(cells.iloc[rows], normalise, context)
        codes[rows] = column.codes + len(fields)
        fields.extend(column.fields)
    return FieldColumn(fields=tuple(fields), codes=codes, index=cells.index)


def _number_contexts(contexts: Sequence[Context]) -> tuple[np.ndarray[Any, np.dtype[np.intp]], list[Context]]:
    """Number the distinct contexts; the same object is hashed once only."""
    distinct: dict[Context, int] = {}
    by_identity: dict[int, int] = {}
    which = np.empty(len(contexts), dtype=np.intp)
    for row, context in enumerate(contexts):
        number = by_identity.get(id(context))
        if number is None:
            number = by_identity[id(context)] = distinct.setdefault(context, len(distinct))
        which[row] = number
    return which, list(distinct)
