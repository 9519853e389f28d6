"""Rows that come after a register was searched, put beside the rows of the register they may belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.columns import BLANK, Values, marks_of, read_column
from backend.core.duplicates.partly import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.answer import RowKey
    from backend.core.duplicates.columns import Ints
    from backend.core.duplicates.find import Search
    from backend.core.duplicates.partly import PartCounts
    from backend.core.duplicates.rules import MatchRules
    from backend.core.duplicates.score import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Rows that come after a register was searched.

    Attributes:
        keys: Their keys.
        columns: Their columns, normalised, by themselves.
        known: For each column and each of its values its code in the register; -1 where it is new.
        sortable: The columns of the register with the codes of these rows: a code of the register doubled and
            one more; an even number where a value stands between two of the register's.
        rank: For each row how many rows of the register come before it.
    """

    keys: Sequence[RowKey]
    columns: Sequence[Values]
    known: Sequence[Ints]
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
    columns = [read_column(frame[field.column], field) for field in rules.fields]
    known = [codes[marks_of(values.texts)] - 1 for values, codes in zip(columns, numbers, strict=True)]
    sortable = []
    for values, ours, place in zip(columns, register, known, strict=True):
        codes, new = 2 * place + 1, place == BLANK
        codes[new] = 2 * np.searchsorted(ours.texts, values.texts[new])
        sortable.append(replace(ours, codes=np.append(codes, BLANK)[values.codes]))
    rows = len(register[0].codes) if register else 0
    rank = _rank(register, [values.codes for values in sortable], len(frame), rows)
    return Later(keys=frame.index.tolist(), columns=columns, known=known, sortable=sortable, rank=rank)


def _rank(register: Sequence[Values], codes: Sequence[Ints], count: int, rows: int) -> Ints:
    """Give for each of the later rows how many rows of the register come before it, by halving."""
    low, high = np.zeros(count, dtype=np.int64), np.full(count, rows, dtype=np.int64)
    while (open_ := low < high).any():
        middle = np.minimum((low + high) // 2, rows - 1)
        before, settled = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
        for values, own in zip(register, codes, strict=True):
            ours = 2 * values.codes[middle] + 1
            ours[ours < 0] = BLANK
            before |= ~settled & (ours < own)
            settled |= ours != own
            if settled.all():
                break
        low = np.where(open_ & before, middle + 1, low)
        high = np.where(open_ & ~before, middle, high)
    return low


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Rows of a register and rows that come later, in the order of what they hold.

    Attributes:
        rows: For each row its position in the register; for one that comes later -1 less its number.
        register: Which row each of the register's is here, in their order.
        later: Which row each of the later ones is here.
        columns: Their columns.
        shared: For each column, the codes that lost their weight.
        model: What their pairs are weighed by.
    """

    rows: Ints
    register: Ints
    later: Ints
    columns: Sequence[Values]
    shared: Sequence[Ints]
    model: Model


def put_beside(search: Search, chosen: Ints, later: Later, counts: Sequence[PartCounts]) -> Beside:
    """Put rows of a register and rows that come later together.

    Args:
        search: The register.
        chosen: Rows of the register, ascending.
        later: Rows that come later.
        counts: For each column, how common the parts of the register's values are.
    """
    number = np.arange(len(later.rank))
    names = pd.factorize(np.array([str(key) for key in later.keys], dtype=object), sort=True)[0]
    tie = np.lexsort((names, *(values.codes for values in reversed(later.columns))))
    tied = np.empty(len(tie), dtype=np.int64)
    tied[tie] = number
    place = np.concatenate([2 * chosen + 1, 2 * later.rank])
    order = np.lexsort((np.concatenate([np.zeros(len(chosen), dtype=np.int64), tied]), place))
    here = np.empty(len(order), dtype=np.int64)
    here[order] = np.arange(len(order))
    columns, known, new, shared = [], [], [], []
    for i, (ours, values) in enumerate(zip(search.columns, later.columns, strict=True)):
        together, old, fresh = _together(ours, chosen, values, later.known[i])
        columns.append(replace(together, codes=together.codes[order]))
        known.append(old)
        new.append(fresh)
        shared.append(np.flatnonzero(np.isin(old, search.shared[i])))
    return Beside(
        rows=np.concatenate([chosen, -1 - number])[order],
        register=here[: len(chosen)],
        later=here[len(chosen) :],
        columns=columns,
        shared=shared,
        model=search.model.part(columns, known, new, counts),
    )


def _together(ours: Values, chosen: Ints, values: Values, known: Ints) -> tuple[Values, Ints, Values]:
    """Give one column of the chosen rows and the later ones, which known values it has, and the new ones."""
    codes, theirs = ours.codes[chosen], np.append(known, BLANK)[values.codes]
    present = np.zeros(len(ours.texts) + 1, dtype=np.bool_)
    present[codes] = present[theirs] = True
    old, fresh = np.flatnonzero(present[:-1]), np.flatnonzero(known == BLANK)
    here = np.empty(len(ours.texts) + 1, dtype=np.int64)
    here[old], here[BLANK] = np.arange(len(old)), BLANK
    place = np.append(here[known], BLANK)
    place[fresh] = len(old) + np.arange(len(fresh))
    ones = np.ones(len(fresh), dtype=np.int64)
    new = replace(values, codes=ones[:0], texts=values.texts[fresh], rows=ones, contents=ones)
    together = Values(
        field=ours.field,
        codes=np.concatenate([here[codes], place[values.codes]]),
        texts=np.concatenate([ours.texts[old], new.texts]),
        rows=np.concatenate([ours.rows[old], values.rows[fresh]]),
        contents=np.concatenate([ours.contents[old], ones]),
    )
    return together, old, new
