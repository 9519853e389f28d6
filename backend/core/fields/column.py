"""A whole column read as one kind: each distinct cell once, the answers handed to every row."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from backend.core.fields.memory import EMPTY, FINDING, MEMORY, SUGGESTION, VALUE, objects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.core.fields.field import Context, Field, Normaliser
    from backend.core.fields.memory import Codes, Fields, Marks, Numbers, ReadColumn


@dataclass(frozen=True, kw_only=True)
class FieldColumn:
    """The fields of a column.

    Attributes:
        fields: The distinct fields; some may belong to no row any more.
        codes: For each row, which of `fields` it is.
        index: The index of the cells.
        numbers: For each of `fields` its number: rows with the same number have the same cell, read the same.
        sources: What was read.
        kept: Which of the fields of `sources` these are; None when they are all of them.
    """

    fields: Fields
    codes: Codes
    index: pd.Index[Any]
    numbers: Numbers
    sources: tuple[ReadColumn, ...]
    kept: Codes | None = None

    @cached_property
    def marks(self) -> Marks:
        """For each of `fields` its marks, see `memory`."""
        marks = _joined([source.marks() for source in self.sources])
        return marks if self.kept is None else marks[self.kept]

    @cached_property
    def hashes(self) -> Numbers:
        """For each of `fields` the hash of its value, the same for values that differ in case only."""
        hashes = _joined([source.hashes() for source in self.sources])
        return hashes if self.kept is None else hashes[self.kept]

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
        return self.where(self.marks & FINDING)

    def suggestions(self) -> Iterator[tuple[Any, Field]]:
        """Iterate over (row index, field) of the cells that could be written better."""
        return self.where(self.marks & SUGGESTION)

    def blank(self) -> pd.Series[bool]:
        """Say for each row whether nothing stands in the cell; an error or a wrong value is not blank."""
        return pd.Series((self.marks & EMPTY).astype(bool)[self.codes], index=self.index)

    def maybe_repeated(self) -> Codes:
        """Give the positions of every value that stands more than once, with few others among them."""
        places = np.flatnonzero((self.marks & VALUE)[self.codes])
        hashes = self.hashes[self.codes[places]]
        ordered = np.sort(hashes)
        return places[np.isin(hashes, ordered[1:][ordered[1:] == ordered[:-1]])]

    def take(self, places: Codes) -> FieldColumn:
        """Give some rows, by their positions."""
        kept, codes = np.unique(self.codes[places], return_inverse=True)
        return FieldColumn(
            fields=self.fields[kept],
            codes=codes,
            index=self.index[places],
            numbers=self.numbers[kept],
            sources=self.sources,
            kept=kept if self.kept is None else self.kept[kept],
        )

    def counts(self) -> Codes:
        """Count the rows of each of `fields`."""
        return np.bincount(self.codes, minlength=len(self.fields))

    def field(self, row: int) -> Field:
        """Give the field at a position."""
        field: Field = self.fields[self.codes[row]]
        return field

    def _spread(self, distinct: Sequence[object]) -> pd.Series[Any]:
        return pd.Series(objects(distinct)[self.codes], index=self.index, dtype=object)

    def where(self, wanted: Sequence[bool] | np.ndarray[Any, Any]) -> Iterator[tuple[Any, Field]]:
        """Iterate over (row index, field) of the cells whose field, of `fields`, is wanted."""
        rows = np.flatnonzero(np.array(wanted, dtype=bool)[self.codes])
        labels, fields = self.index.to_numpy()[rows].tolist(), self.fields[self.codes[rows]].tolist()
        return zip(labels, fields, strict=True)


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
    return FieldColumn(
        fields=column.fields,
        codes=column.codes,
        index=cells.index,
        numbers=column.numbers,
        sources=(column,),
    )


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
    columns: list[FieldColumn] = []
    for number, context in enumerate(distinct):
        rows = np.flatnonzero(which == number)
        column = apply(cells.iloc[rows], normalise, context)
        codes[rows] = column.codes + sum(len(one.fields) for one in columns)
        columns.append(column)
    return FieldColumn(
        fields=_joined([column.fields for column in columns]),
        codes=codes,
        index=cells.index,
        numbers=_joined([column.numbers for column in columns]),
        sources=tuple(source for column in columns for source in column.sources),
    )


def _joined(arrays: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=np.int64)


def _number_contexts(contexts: Sequence[Context]) -> tuple[Codes, list[Context]]:
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
