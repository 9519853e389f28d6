"""Columns that were read before in this process: a cell that has not changed is not read again.

A normaliser is pure, so a field depends on the normaliser, the context and the cell alone; those three are
what an answer is kept by. The context holds the day and the team's rules: when one changes, all is read anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from backend.core.fields.field import State

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from backend.core.fields.field import Cell, Context, Field, Normaliser

Codes = np.ndarray[Any, np.dtype[np.intp]]
Cells = np.ndarray[Any, np.dtype[np.object_]]
Fields = np.ndarray[Any, np.dtype[np.object_]]
"""Of `Field`. An array: Python's search for cycles walks through every tuple, and not through these."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Marks = np.ndarray[Any, np.dtype[np.uint8]]

MOST_CELLS = 6_000_000
"""Cells that are kept at most, of all columns together; the column that was read longest ago goes first."""

WORTH_KEEPING = 100
"""Rows of the shortest column that is kept."""

FINDING, SUGGESTION, EMPTY, VALUE = 1, 2, 4, 8
"""Marks of a field: something is to be said about it, it could be written better, is blank, has a value."""

_BLOCKS = count()
_BLOCK = 32
"""Bits of a number that count within one reading; those above count the readings of the process."""

_MOST_CHANGED = 10
"""A column of which more than one cell in so many is another is numbered anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadColumn:
    """A column that was read.

    Attributes:
        cells: Its raw cells; equal cells are one object, so that what was read before is not held twice.
        kinds: For each cell the id of its type; None when all are text.
        codes: For each cell, which of `fields` it is.
        distinct: The cells that `fields` were read from.
        fields: Their fields; some may belong to no cell any more.
        numbers: A number for each of `fields`, that no other cell, kind or context has in this process.
        about: What follows from `fields`, worked out when somebody asks.
    """

    cells: Cells
    kinds: Codes | None
    codes: Codes
    distinct: Cells
    fields: Fields
    numbers: Numbers
    about: About

    def marks(self) -> Marks:
        """Give the marks of each of `fields`."""
        return self.about.marks(self.fields)

    def hashes(self) -> Numbers:
        """Give the hash of the value of each of `fields`; values that differ in case only have the same."""
        return self.about.hashes(self.fields)


class About:
    """What follows from fields, kept; it serves a column and those that were made of it by adding fields."""

    def __init__(self) -> None:
        self._marks: Marks = np.empty(0, dtype=np.uint8)
        self._hashes: Numbers = np.empty(0, dtype=np.int64)

    def marks(self, fields: Fields) -> Marks:
        """Give the marks of fields; see `FINDING`."""
        marks = self._marks
        if len(marks) < len(fields):
            marks = self._marks = np.concatenate((marks, _marks(fields[len(marks) :])))
        return marks[: len(fields)]

    def hashes(self, fields: Fields) -> Numbers:
        """Give the hashes of the values of fields."""
        hashes = self._hashes
        if len(hashes) < len(fields):
            hashes = self._hashes = np.concatenate((hashes, _hashes(fields[len(hashes) :])))
        return hashes[: len(fields)]


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

        if len(cells) < WORTH_KEEPING:
            return read_anew(cells, read_one)
        key = (normalise, context, name)
        with self._lock:
            before = self._columns.pop(key, None)
        column = read_again(cells, before, read_one) if before else read_anew(cells, read_one)
        with self._lock:
            self._columns[key] = column
            self._forget()
        return column

    def _forget(self) -> None:
        kept = sum(len(column.cells) for column in self._columns.values())
        while kept > self._most_cells:
            kept -= len(self._columns.pop(next(iter(self._columns))).cells)


def read_anew(cells: Cells, read: Callable[[Cell], Field], before: ReadColumn | None = None) -> ReadColumn:
    """Read each distinct cell of a column once, but for those that were read before."""
    kinds = _kinds(cells)
    codes, distinct = _factorise(cells, kinds)
    known = {_key(cell): place for place, cell in enumerate(before.distinct)} if before else {}
    places = [known.get(_key(cell), -1) for cell in distinct] if before else [-1] * len(distinct)
    fields = [
        before.fields[place] if before and place >= 0 else read(cell)
        for cell, place in zip(distinct, places, strict=True)
    ]
    return ReadColumn(
        cells=distinct[codes],
        kinds=kinds,
        codes=codes,
        distinct=distinct,
        fields=objects(fields),
        numbers=_numbers(places, before),
        about=About(),
    )


def read_again(cells: Cells, before: ReadColumn, read: Callable[[Cell], Field]) -> ReadColumn:
    """Read a column of which most cells stand where they stood; when they do not, those that are new."""
    kinds = _kinds(cells) if before.kinds is not None else None
    changed = _changed(cells, kinds, before)
    if changed is None or len(before.fields) > len(cells) + len(changed):
        return read_anew(cells, read, before)
    if not len(changed):
        return before
    news = read_anew(cells[changed], read)
    codes, kept = before.codes.copy(), before.cells.copy()
    codes[changed], kept[changed] = news.codes + len(before.fields), news.cells
    return ReadColumn(
        cells=kept,
        kinds=_kinds(cells) if kinds is None and news.kinds is not None else kinds,
        codes=codes,
        distinct=np.concatenate((before.distinct, news.distinct)),
        fields=np.concatenate((before.fields, news.fields)),
        numbers=np.concatenate((before.numbers, news.numbers)),
        about=before.about,
    )


def _marks(fields: Iterable[Field]) -> Marks:
    blank = State.BLANK
    marks = [
        (FINDING if field.findings else 0)
        | (SUGGESTION if field.suggestion else 0)
        | (EMPTY if field.state is blank else 0)
        | (VALUE if field.value != "" else 0)
        for field in fields
    ]
    return np.array(marks, dtype=np.uint8)


def _hashes(fields: Iterable[Field]) -> Numbers:
    values = [field.value for field in fields]
    return np.array(
        [hash(value.casefold() if type(value) is str else value) for value in values], dtype=np.int64
    )


def _numbers(places: list[int], before: ReadColumn | None) -> Numbers:
    """Give the numbers of cells: those they had, and new ones."""
    new = (next(_BLOCKS) << _BLOCK) + np.arange(len(places), dtype=np.int64)
    if before is None:
        return new
    known = np.array(places, dtype=np.intp)
    return np.where(known >= 0, before.numbers[known], new) if len(before.numbers) else new


def _changed(cells: Cells, kinds: Codes | None, before: ReadColumn) -> Codes | None:
    """Give the places of the cells that are others than before; None when too many are."""
    if len(cells) != len(before.cells):
        return None
    same = np.asarray(cells == before.cells, dtype=bool)
    if before.kinds is not None:
        # The number 1, the number 1.0 and TRUE are equal in Python, and are different cells.
        same = same & (kinds == before.kinds) if kinds is not None else np.zeros(len(cells), dtype=bool)
    changed = np.flatnonzero(~same)
    return changed if len(changed) * _MOST_CHANGED <= len(cells) else None


def _key(cell: Cell) -> Hashable:
    """Tell cells apart that are equal in Python."""
    return cell if type(cell) is str else (type(cell), cell)


def objects(ones: Sequence[object]) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Give objects as an array that does not look into them."""
    made = np.empty(len(ones), dtype=object)
    made[:] = ones
    return made


def _kinds(cells: Cells) -> Codes | None:
    """Give the id of the type of each cell; None when all are text."""
    kinds = list(map(type, cells.tolist()))
    if set(kinds) <= {str}:
        return None
    return np.fromiter(map(id, kinds), dtype=np.intp, count=len(cells))


def _factorise(cells: Cells, kinds: Codes | None) -> tuple[Codes, Cells]:
    """Number the distinct cells; 1, 1.0 and TRUE are equal in Python and are kept apart here."""
    if kinds is None:
        return pd.factorize(cells, use_na_sentinel=False)
    codes = np.empty(len(cells), dtype=np.intp)
    everything: list[Any] = []
    for kind in np.unique(kinds):
        rows = np.flatnonzero(kinds == kind)
        part, distinct = pd.factorize(cells[rows], use_na_sentinel=False)
        codes[rows] = part + len(everything)
        everything.extend(distinct)
    return codes, objects(everything)


MEMORY = Memory(MOST_CELLS)
"""The memory of this process."""
