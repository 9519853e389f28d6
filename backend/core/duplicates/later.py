"""Rows that come after a register was searched, put beside the rows of the register they may belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.columns import BLANK, marks_of, read_column
from backend.core.duplicates.joined import joined
from backend.core.duplicates.partly import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.answer import RowKey
    from backend.core.duplicates.columns import Ints, Values
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
        columns: Their columns, normalised, by themselves.
        codes: For each column the value of each row: its code in the register; a new one stands behind those.
        new: For each column its values that are new to the register.
        sortable: The columns of the register with the codes of these rows: a code of the register doubled and
            one more; an even number where a value stands between two of the register's.
        rank: For each row how many rows of the register come before it.
    """

    keys: Sequence[RowKey]
    columns: Sequence[Values]
    codes: Sequence[Ints]
    new: Sequence[Values]
    sortable: Sequence[Values]
    rank: Ints


def numbers_of(register: Sequence[Values]) -> list[Counts]:
    """Give for each column the code of each value plus one, by its mark."""
    return [Counts.of(marks_of(values.texts), np.arange(len(values.texts)) + 1) for values in register]


def read_later(
    frame: pd.DataFrame, rules: MatchRules, register: Sequence[Values], numbers: Sequence[Counts]
) -> Later:
    """Read rows that come later.

    Args:
        frame: The rows, the index holding their keys, with the columns that the rules name.
        rules: The rules of the search.
        register: The columns of the register.
        numbers: Their values' codes, from `numbers_of`.
    """
    columns, codes, new, sortable = [], [], [], []
    for field, ours, number in zip(rules.fields, register, numbers, strict=True):
        values = read_column(frame[field.column], field)
        known = number[marks_of(values.texts)] - 1
        fresh = np.flatnonzero(known == BLANK)
        between, ones = 2 * known + 1, np.ones(len(fresh), dtype=np.int64)
        between[fresh] = 2 * ours.texts.searchsorted(values.texts[fresh])
        known[fresh] = len(ours.texts) + np.arange(len(fresh))
        columns.append(values)
        codes.append(np.append(known, BLANK)[values.codes])
        new.append(replace(values, codes=ones[:0], texts=values.texts[fresh], rows=ones, contents=ones))
        sortable.append(replace(ours, codes=np.append(between, BLANK)[values.codes]))
    rank = _rank(register, [values.codes for values in sortable], len(frame))
    return Later(
        keys=frame.index.tolist(), columns=columns, codes=codes, new=new, sortable=sortable, rank=rank
    )


def _rank(register: Sequence[Values], codes: Sequence[Ints], count: int) -> Ints:
    """Give for each of the later rows how many rows of the register come before it, by halving."""
    if not register:
        return np.zeros(count, dtype=np.int64)
    low, high = register[0].codes.searchsorted(codes[0] // 2), register[0].codes.searchsorted((codes[0] + 1) // 2)
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


def put_beside(search: Search, chosen: Ints, later: Later, counts: Sequence[PartCounts]) -> Beside:
    """Put rows of a register and rows that come later together.

    Args:
        search: The register.
        chosen: Rows of the register, ascending.
        later: Rows that come later.
        counts: For each column, how common the parts of the register's values are.
    """
    names = pd.factorize(np.array([str(key) for key in later.keys], dtype=object), sort=True)[0]
    tie = np.lexsort((names, *(values.codes for values in reversed(later.columns)), later.rank))
    here = np.empty(len(tie), dtype=np.int64)
    here[tie] = chosen.searchsorted(later.rank[tie]) + np.arange(len(tie))
    rows = np.zeros(len(chosen) + len(tie), dtype=np.int64)
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
    model = search.model.beside([values.codes for values in columns], later.new, counts)
    return Beside(chosen=chosen, register=register, later=here, rows=rows, columns=columns, model=model)
