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
    from backend.core.duplicates.find import Keys, Search
    from backend.core.duplicates.joined import Array
    from backend.core.duplicates.partly import PartCounts
    from backend.core.duplicates.score import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterColumn:
    """One column of rows that come later.

    Attributes:
        alone: The column by itself, normalised.
        codes: For each row the code of its value in the register; a new value stands behind those.
        new: The values that are new to the register.
        sortable: For each row the code in the register doubled and one more; an even number where the value
            stands between two of the register's.
    """

    alone: Values
    codes: Ints
    new: Values
    sortable: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Rows that come after a register was searched.

    Attributes:
        keys: Their keys.
        before: Which row of the register each of them was; -1 for a new one.
        columns: Their columns.
        rank: For each row how many rows of the register come before it.
    """

    keys: Sequence[RowKey]
    before: Ints
    columns: Sequence[LaterColumn]
    rank: Ints


def numbers_of(register: Sequence[Values]) -> list[Counts]:
    """Give for each column the code of each value plus one, by its mark."""
    return [Counts.of(marks_of(values.texts), np.arange(len(values.texts)) + 1) for values in register]


def read_later(
    frame: pd.DataFrame,
    before: Ints,
    cells: Sequence[Texts],
    register: Sequence[Values],
    numbers: Sequence[Counts],
) -> Later:
    """Read rows that come later.

    Args:
        frame: The rows, the index holding their keys, with the columns of the register.
        before: Which row of the register each of them was; -1 for a new one.
        cells: For each column the cells of the register, before they were normalised.
        register: The columns of the register, normalised.
        numbers: Their values' codes, from `numbers_of`.
    """
    columns = [
        _read(frame[ours.field.column].to_numpy(dtype=object), before, raw, ours, number)
        for raw, ours, number in zip(cells, register, numbers, strict=True)
    ]
    rank = _rank(register, [column.sortable for column in columns], len(frame))
    return Later(keys=frame.index.tolist(), before=before, columns=columns, rank=rank)


def _read(cells: Texts, before: Ints, raw: Texts, ours: Values, number: Counts) -> LaterColumn:
    """Read one column; a cell that is as its row has it in the register is not normalised again."""
    codes = np.full(len(cells), BLANK, dtype=np.int64)
    old, changed = np.flatnonzero(before != BLANK), cells != ""
    codes[old] = ours.codes[before[old]]
    changed[old] = raw[before[old]] != cells[old]
    rest, sortable, new = np.flatnonzero(changed), 2 * codes + 1, cells[:0]
    if len(rest):
        values = read_cells(cells[rest], ours.field)
        known = number[marks_of(values.texts)] - 1
        fresh, between = np.flatnonzero(known == BLANK), 2 * known + 1
        new = values.texts[fresh]
        known[fresh] = len(ours.texts) + np.arange(len(fresh))
        between[fresh] = 2 * ours.texts.searchsorted(new)
        codes[rest] = np.append(known, BLANK)[values.codes]
        sortable[rest] = np.append(between, BLANK)[values.codes]
    none, ones = codes[:0], np.ones(len(new), dtype=np.int64)
    return LaterColumn(
        alone=_alone(codes, ours, joined(ours.texts, new)),
        codes=codes,
        new=replace(ours, codes=none, texts=new, rows=ones, contents=ones),
        sortable=sortable,
    )


def _alone(codes: Ints, ours: Values, texts: Texts) -> Values:
    """Give a column with the values that its rows hold, and no others."""
    filled = np.flatnonzero(codes != BLANK)
    used, own = distinct(codes[filled]), np.full(len(codes), BLANK, dtype=np.int64)
    own[filled] = used.searchsorted(codes[filled])
    rows = np.bincount(own[filled], minlength=len(used))
    return replace(ours, codes=own, texts=texts[used], rows=rows, contents=rows)


def _rank(register: Sequence[Values], codes: Sequence[Ints], count: int) -> Ints:
    """Give for each of the later rows how many rows of the register come before it, by halving."""
    if not register:
        return np.zeros(count, dtype=np.int64)
    first = register[0].codes
    low, high = first.searchsorted(codes[0] // 2), first.searchsorted((codes[0] + 1) // 2)
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
        keys: For each row its key.
        order: For each row its place in the frame: where it stood; new ones come after all others.
        columns: Their columns; values that came later stand behind the register's.
        model: What their pairs are weighed by.
    """

    chosen: Ints
    register: Ints
    later: Ints
    rows: Ints
    keys: Keys
    order: Ints
    columns: Sequence[Values]
    model: Model

    def place_of(self, rows: Ints) -> Ints:
        """Give which rows here some of the register's are."""
        return self.register[self.chosen.searchsorted(rows)]


def put_beside(search: Search, chosen: Ints, later: Later, counts: Sequence[PartCounts]) -> Beside:
    """Put rows of a register and rows that come later together.

    Args:
        search: The register.
        chosen: Rows of the register, ascending.
        later: Rows that come later.
        counts: For each column, how common the parts of the register's values are.
    """
    in_order, here = _content_order(later), np.empty(len(later.rank), dtype=np.int64)
    here[in_order] = chosen.searchsorted(later.rank[in_order]) + np.arange(len(here))
    ours = np.ones(len(chosen) + len(here), dtype=np.bool_)
    ours[here] = False
    register = np.flatnonzero(ours)

    def woven(of_register: Array, of_later: Array) -> Array:
        together = np.empty(len(ours), dtype=of_register.dtype)
        together[register], together[here] = of_register, of_later
        return together

    columns = [
        replace(
            values,
            codes=woven(values.codes[chosen], column.codes),
            texts=joined(values.texts, column.new.texts),
            rows=joined(values.rows, column.new.rows),
        )
        for values, column in zip(search.columns, later.columns, strict=True)
    ]
    return Beside(
        chosen=chosen,
        register=register,
        later=here,
        rows=woven(chosen, np.full(len(here), BLANK)),
        keys=woven(search.keys[chosen], as_texts(later.keys)),
        order=woven(search.order[chosen], _in_frame(later.before, search.order)),
        columns=columns,
        model=search.model.beside(columns, [column.new for column in later.columns], counts),
    )


def _content_order(later: Later) -> Ints:
    """Give the later rows in the order of what they hold, then of their keys."""
    order = np.argsort(later.rank, kind="stable")
    same = np.diff(later.rank[order]) == 0
    if not same.any():
        return order
    places = np.flatnonzero(np.append(same, np.False_) | np.append(np.False_, same))
    tied = order[places]
    names = pd.factorize(as_texts([str(later.keys[row]) for row in tied.tolist()]), sort=True)[0]
    contents = [column.alone for column in reversed(later.columns)]
    ranks = [ranks_of(as_texts([*values.texts, ""])[values.codes[tied]])[0] for values in contents]
    order[places] = tied[np.lexsort((names, *ranks, later.rank[tied]))]
    return order


def _in_frame(before: Ints, order: Ints) -> Ints:
    """Give where later rows stand in the frame: where they stood, or after all others."""
    places, old = len(order) + np.arange(len(before)), np.flatnonzero(before != BLANK)
    places[old] = order[before[old]]
    return places
