"""The keys of a register, kept: which of its rows a row that comes later is to be compared with.

What a full search compares, this finds too: the same blocks, windows and neighbours, with the row put where
it would stand. In a block too large to be compared each with each it may find a few more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from backend.core.duplicates.block import (
    ALL_PAIRS_UP_TO,
    NEIGHBOURS,
    NEIGHBOURS_UP_TO,
    blocks_of,
    budget_of,
    keys_of,
    pairs_within,
    ranges,
    sort_keys,
    words_of,
)
from backend.core.duplicates.columns import distinct
from backend.core.duplicates.partly import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.core.duplicates.block import Blocks, Keys, Words
    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.later import Later
    from backend.core.duplicates.rules import MatchRules


@dataclass(frozen=True, slots=True)
class _Posting:
    """Blocks that are kept, and where in them a row would stand."""

    blocks: Blocks
    places: Ints
    size: int

    @classmethod
    def of(cls, blocks: Blocks, rows: int) -> _Posting:
        """Keep blocks of a register with so many rows."""
        return cls(blocks, blocks.starts * (rows + 1) + blocks.rows, rows + 1)

    def near(self, keys: Keys, rank: Ints) -> tuple[Ints, Ints]:
        """Give pairs: a row that comes later, and a row of the register in its block."""
        blocks = self.blocks
        if not (len(keys.rows) and len(blocks.rows)):
            return keys.rows[:0], blocks.rows[:0]
        begin = blocks.keys.searchsorted(keys.keys)
        known = np.flatnonzero(blocks.keys.take(begin, mode="clip") == keys.keys)
        rows, begin = keys.rows[known], begin[known]
        end = begin + blocks.after[begin] + 1
        large = np.flatnonzero(end - begin > blocks.limit)
        place = self.places.searchsorted(begin[large] * self.size + rank[rows[large]])
        begin[large] = np.maximum(begin[large], place - blocks.window)
        end[large] = np.minimum(end[large], place + blocks.window + 1)
        which, found = ranges(begin, end - begin)
        return rows[which], blocks.rows[found]


@dataclass(frozen=True, slots=True)
class _List:
    """Rows in the order of one code, and where among them a row would stand."""

    places: Ints
    rows: Ints
    size: int

    @classmethod
    def of(cls, codes: Ints) -> _List:
        """List the rows of a register; blank ones are not listed."""
        order = np.argsort(codes, kind="stable")
        listed = order[np.searchsorted(codes[order], 0) :]
        return cls(codes[listed] * (len(codes) + 1) + listed, listed, len(codes) + 1)

    def pairs(self, codes: Ints, rank: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Give pairs of neighbours: later rows and rows of the register, then later rows among themselves."""
        listed = np.flatnonzero(codes >= 0)
        listed = listed[np.lexsort((rank[listed], codes[listed]))]
        place = np.searchsorted(self.places, codes[listed] * self.size + rank[listed])
        begin = np.maximum(place - NEIGHBOURS + 1, 0)
        which, found = ranges(begin, np.minimum(place + NEIGHBOURS, len(self.rows)) - begin)
        first, second = ranges(np.arange(len(listed)) + 1, np.minimum(NEIGHBOURS - 1, _after(len(listed))))
        close = place[second] - place[first] < NEIGHBOURS
        return listed[which], self.rows[found], listed[first[close]], listed[second[close]]


def _after(count: int) -> Ints:
    """Give for each of so many places how many come after it."""
    return np.arange(count, dtype=np.int64)[::-1]


class Postings:
    """The keys of one register."""

    def __init__(self, columns: Sequence[Values], rows: int, rules: MatchRules) -> None:
        """Keep the keys.

        Args:
            columns: The columns, normalised, rows in the order of what they hold.
            rows: How many rows there are.
            rules: The rules of the search.
        """
        self._rows, self._rules = rows, rules
        self._all, self._listing = rows <= ALL_PAIRS_UP_TO, ALL_PAIRS_UP_TO < rows <= NEIGHBOURS_UP_TO
        words = [] if self._all else list(words_of(columns))
        self._spread = [_spread_of(word) for word in words]
        keys = [] if self._all else list(self._keys(columns, words))
        self._postings = [_Posting.of(blocks_of(one, rules.max_block, budget_of(rows)), rows) for one in keys]
        self._columns = columns if self._listing else []
        self._lists = [_List.of(codes) for codes in self._sort_keys([2 * v.codes + 1 for v in columns])]

    def pairs(self, later: Later) -> tuple[Ints, Ints, Ints, Ints]:
        """Give the pairs to compare for rows that come later.

        Returns:
            Rows that come later and rows of the register, pair by pair; then pairs of rows that come later.
        """
        count = len(later.rank)
        if self._all:
            row, other = np.divmod(np.arange(count * self._rows), max(self._rows, 1))
            a, b = np.triu_indices(count, 1)
            return row, other, a.astype(np.int64), b.astype(np.int64)
        near, among = [], [(later.rank[:0], later.rank[:0])]
        columns = [column.alone for column in later.columns]
        keys = self._keys(columns, list(words_of(columns)))
        for posting, one in zip(self._postings, keys, strict=True):
            near.append(posting.near(one, later.rank))
            if count > 1:
                among.append(pairs_within(blocks_of(one, self._rules.max_block, budget_of(0)))[:2])
        for listed, codes in zip(
            self._lists, self._sort_keys([column.sortable for column in later.columns]), strict=True
        ):
            row, other, a, b = listed.pairs(codes, later.rank)
            near.append((row, other))
            among.append((a, b))
        found = distinct(np.concatenate([other * count + row for row, other in near]))
        own = distinct(np.concatenate([np.minimum(a, b) * count + np.maximum(a, b) for a, b in among]))
        other, row = np.divmod(found, max(count, 1))
        return row, other, *np.divmod(own, max(count, 1))

    def _sort_keys(self, sortable: Sequence[Ints]) -> Iterator[Ints]:
        """Give the codes by which rows are listed, from a number for each cell; none of too many rows."""
        return sort_keys(
            [replace(values, codes=codes) for values, codes in zip(self._columns, sortable, strict=False)]
        )

    def _keys(self, columns: Sequence[Values], words: Sequence[Words]) -> Iterator[Keys]:
        """Give every set of keys, of this register or of rows that come later; words are as rare as here."""
        yield from keys_of(columns)
        for counts, word in zip(self._spread, words, strict=True):
            spread = counts[word.keys]
            yield word.rare(spread)
            yield word.lone(spread)


def _spread_of(words: Words) -> Counts:
    keys = words.keys
    order = np.argsort(keys)
    return Counts(keys[order], words.spread[order])
