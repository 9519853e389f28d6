"""Rows that come after a register was searched, put beside the rows of the register they may belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.columns import BLANK, as_texts, distinct, marks_of, ranks_of, read_cells
from backend.core.duplicates.joined import joined
from backend.core.duplicates.partly import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.answer import RowKey
    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.find import Search
    from backend.core.duplicates.joined import Array
    from backend.core.duplicates.partly import PartCounts
    from backend.core.duplicates.rules import MatchRules
    from backend.core.duplicates.score import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Rows that come after a register was searched.

    Attributes:
        keys: Their keys.
        before: Which row of the register each of them was; -1 for a new one.
        columns: Their columns, normalised, by themselves.
        codes: For each column the value of each row: its code in the register; a new one stands behind those.
        new: For each column its values that are new to the register.
        sortable: For each column a number for each row: the code in the register doubled and one more; an
            even number where the value stands between two of the register's.
        rank: For each row how many rows of the register come before it.
    """

    keys: Sequence[RowKey]
    before: Ints
    columns: Sequence[Values]
    codes: Sequence[Ints]
    new: Sequence[Values]
    sortable: Sequence[Ints]
    rank: Ints


def numbers_of(register: Sequence[Values]) -> list[Counts]:
    """Give for each column the code of each value plus one, by its mark."""
    return [Counts.of(marks_of(values.texts), np.arange(len(values.texts)) + 1) for values in register]


def read_later(
    frame: pd.DataFrame,
    before: Ints,
    rules: MatchRules,
    register: Sequence[Values],
    numbers: Sequence[Counts],
) -> Later:
    """Read rows that come later.

    Args:
        frame: The rows, the index holding their keys, with the columns that the rules name.
        before: Which row of the register each of them was; -1 for a new one.
        rules: The rules of the search.
        register: The columns of the register.
        numbers: Their values' codes, from `numbers_of`.
    """
    columns = [
        _read(frame[field.column].to_numpy(dtype=object), before, ours, number)
        for field, ours, number in zip(rules.fields, register, numbers, strict=True)
    ]
    return Later(
        keys=frame.index.tolist(),
        before=before,
        columns=[column.alone(ours) for column, ours in zip(columns, register, strict=True)],
        codes=[column.codes for column in columns],
        new=[column.new for column in columns],
        sortable=[column.sortable for column in columns],
        rank=_rank(register, [column.sortable for column in columns], len(frame)),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of rows that come later; see `Later`."""

    codes: Ints
    new: Values
    sortable: Ints

    def alone(self, ours: Values) -> Values:
        """Give the column by itself."""
        filled = np.flatnonzero(self.codes != BLANK)
        used, codes = distinct(self.codes[filled]), np.full(len(self.codes), BLANK, dtype=np.int64)
        codes[filled] = used.searchsorted(self.codes[filled])
        rows = np.bincount(codes[filled], minlength=len(used))
        return replace(
            self.new, codes=codes, texts=joined(ours.texts, self.new.texts)[used], rows=rows, contents=rows
        )


def _read(cells: Texts, before: Ints, ours: Values, number: Counts) -> _Column:
    """Read one column; a cell that is the very value its row has in the register is not normalised again."""
    old = np.flatnonzero(before != BLANK)
    codes = np.full(len(cells), BLANK, dtype=np.int64)
    codes[old] = ours.codes[before[old]]
    filled = np.flatnonzero(codes != BLANK)
    changed = cells != ""
    changed[filled] = ours.texts[codes[filled]] != cells[filled]
    rest = np.flatnonzero(changed)
    if not len(rest):
        return _Column(
            codes, replace(ours, codes=codes[:0], texts=cells[:0], rows=rest, contents=rest), 2 * codes + 1
        )
    values = read_cells(cells[rest], ours.field)
    known = number[marks_of(values.texts)] - 1
    fresh = np.flatnonzero(known == BLANK)
    between, ones = 2 * known + 1, np.ones(len(fresh), dtype=np.int64)
    between[fresh] = 2 * ours.texts.searchsorted(values.texts[fresh])
    known[fresh] = len(ours.texts) + np.arange(len(fresh))
    codes[rest] = np.append(known, BLANK)[values.codes]
    sortable = 2 * codes + 1
    sortable[rest] = np.append(between, BLANK)[values.codes]
    new = replace(values, codes=ones[:0], texts=values.texts[fresh], rows=ones, contents=ones)
    return _Column(codes, new, sortable)


def _rank(register: Sequence[Values], codes: Sequence[Ints], count: int) -> Ints:
    """Give for each of the later rows how many rows of the register come before it, by halving."""
    if not register:
        return np.zeros(count, dtype=np.int64)
    low, high = (
        register[0].codes.searchsorted(codes[0] // 2),
        register[0].codes.searchsorted((codes[0] + 1) // 2),
    )
    while (open_ := (low < high).nonzero()[0]).size:
        middle = (low[open_] + high[open_]) // 2
        before, settled = np.zeros(len(open_), dtype=np.bool_), np.zeros(len(open_), dtype=np.bool_)
        for values, own in zip(register, codes, strict=True):
            ours, theirs = 2 * values.codes[middle] + 1, own[open_]
            before |= ~settled & (ours < theirs)
            settled |= ours != theirs
            if settled.all():
                break
        low[open_[before]] = middle[before] + 1
        high[open_[~before]] = middle[~before]
    return low


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Rows of a register and rows that come later, in the order of what they hold.

    Attributes:
        chosen: The rows of the register, ascending.
        register: Which row each of them is here.
        later: Which row each of the later ones is here.
        rows: For each row its position in the register; -1 for one that comes later.
        columns: Their columns; values that came later stand behind the register's.
        model: What their pairs are weighed by.
    """

    chosen: Ints
    register: Ints
    later: Ints
    rows: Ints
    columns: Sequence[Values]
    model: Model

    def place_of(self, rows: Ints) -> Ints:
        """Give which rows here some of the register's are."""
        return self.register[self.chosen.searchsorted(rows)]

    def woven(self, ours: Array, theirs: Array) -> Array:
        """Give row by row what stands in two arrays, of the register's rows and of the later ones."""
        return _woven(self.register, self.later, ours, theirs)


def _woven(register: Ints, later: Ints, ours: Array, theirs: Array) -> Array:
    together = np.empty(len(register) + len(later), dtype=ours.dtype)
    together[register], together[later] = ours, theirs
    return together


def _content_order(later: Later) -> Ints:
    """Give the later rows in the order of what they hold, then of their keys."""
    order = np.argsort(later.rank, kind="stable")
    same = np.diff(later.rank[order]) == 0
    if not same.any():
        return order
    places = np.flatnonzero(np.append(same, np.False_) | np.append(np.False_, same))
    tied = order[places]
    names = pd.factorize(as_texts([str(later.keys[row]) for row in tied.tolist()]), sort=True)[0]
    contents = [_ranks(values, tied) for values in reversed(later.columns)]
    order[places] = tied[np.lexsort((names, *contents, later.rank[tied]))]
    return order


def _ranks(values: Values, rows: Ints) -> Ints:
    """Number what these rows hold, in the order of the values."""
    return ranks_of(as_texts([*values.texts, ""])[values.codes[rows]])[0]


def put_beside(search: Search, chosen: Ints, later: Later, counts: Sequence[PartCounts]) -> Beside:
    """Put rows of a register and rows that come later together.

    Args:
        search: The register.
        chosen: Rows of the register, ascending.
        later: Rows that come later.
        counts: For each column, how common the parts of the register's values are.
    """
    order = _content_order(later)
    here = np.empty(len(order), dtype=np.int64)
    here[order] = chosen.searchsorted(later.rank[order]) + np.arange(len(order))
    rows = np.zeros(len(chosen) + len(order), dtype=np.int64)
    rows[here] = BLANK
    register = np.flatnonzero(rows != BLANK)
    rows[register] = chosen
    columns = [
        replace(
            values,
            codes=_woven(register, here, values.codes[chosen], codes),
            texts=joined(values.texts, new.texts),
            rows=joined(values.rows, new.rows),
        )
        for values, codes, new in zip(search.columns, later.codes, later.new, strict=True)
    ]
    model = search.model.beside(columns, later.new, counts)
    return Beside(chosen=chosen, register=register, later=here, rows=rows, columns=columns, model=model)
