"""The keys of a register, kept: which of its rows a row that comes later is to be compared with.

What a full search compares, this finds too: the same blocks, windows and neighbours, with the row put where
it would stand. In a block too large to be compared each with each it may find a few more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates.block import (
    ALL_PAIRS_UP_TO,
    NEIGHBOURS,
    NEIGHBOURS_UP_TO,
    Keys,
    blocks_and_parts,
    budget_of,
    keys_of,
    marks_made,
    pairs_within,
    parting,
    ranges,
    sort_keys,
    words_of,
)
from backend.core.duplicates.columns import distinct
from backend.core.duplicates.joined import joined
from backend.core.duplicates.partly import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.core.duplicates.block import Blocks, Change, Words
    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.later import Later
    from backend.core.duplicates.rules import MatchField, MatchRules


Half = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """What a posting knows of keys.

    Attributes:
        row: Rows that come later.
        other: Rows of the register, one for each of these.
        among: The keys by which the later rows may be compared among themselves.
        crowded: The keys whose blocks are too large to be compared each with each.
    """

    row: Ints
    other: Ints
    among: Keys
    crowded: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class _Posting:
    """Blocks that are kept, and where in them a row would stand; numbers of rows in half the memory.

    Attributes:
        keys: The key of each place, ascending.
        rows: The row at each place.
        after: For each place how many rows of its block come after it.
        limit: Up to which size the rows of a block are compared each with each.
        window: Next rows of a larger block that a row is compared with.
        places: Where each row stands, a number that grows with block and row; none without a window, and none
            where blocks list their rows otherwise: those of rare words, which are small, are taken whole.
        size: What such a number grows by from place to place.
        parts: The rows of larger blocks by what they share beside the key, column by column.
    """

    keys: Ints
    rows: Half
    after: Half
    limit: int
    window: int
    places: Ints
    size: int
    parts: Sequence[_Posting]

    @classmethod
    def of(cls, rows: int, blocks: Blocks, *parts: Blocks) -> _Posting:
        """Keep blocks of a register with so many rows, and the parts of the large ones."""
        places = blocks.starts * (rows + 1) + blocks.rows
        ordered = blocks.window > 0 and bool((places[1:] > places[:-1]).all())
        return cls(
            keys=blocks.keys,
            rows=blocks.rows.astype(np.int32),
            after=blocks.after.astype(np.int32),
            limit=blocks.limit,
            window=blocks.window,
            places=places if ordered else places[:0],
            size=rows + 1,
            parts=[cls.of(rows, part) for part in parts],
        )

    def near(self, keys: Keys, rank: Ints) -> _Near:
        """Give the rows of the register to compare with rows that come later.

        Args:
            keys: Keys of rows that come later.
            rank: For each of the later rows how many rows of the register come before it.
        """
        nobody = keys.rows[:0]
        if not (len(keys.rows) and len(self.rows)):
            return _Near(row=nobody, other=nobody, among=keys, crowded=Keys(nobody, nobody))
        begin = self.keys.searchsorted(keys.keys)
        known = np.flatnonzero(self.keys.take(begin, mode="clip") == keys.keys)
        rows, begin = keys.rows[known], begin[known]
        end = begin + self.after[begin] + 1
        large = np.flatnonzero(end - begin > self.limit)
        among, crowded = keys, Keys(rows[large], keys.keys[known[large]])
        if len(self.places):
            place = self.places.searchsorted(begin[large] * self.size + rank[rows[large]])
            begin[large] = np.maximum(begin[large], place - self.window)
            end[large] = np.minimum(end[large], place + self.window + 1)
        elif not self.window and len(large):
            end[large] = begin[large]
            among = Keys(np.delete(keys.rows, known[large]), np.delete(keys.keys, known[large]), keys.weak)
        which, found = ranges(begin, end - begin)
        return _Near(row=rows[which], other=self.rows[found].astype(np.int64), among=among, crowded=crowded)

    def all_near(self, keys: Keys, rank: Ints, beside: Sequence[Ints]) -> Iterator[_Near]:
        """Give the same, and of blocks too large those rows that share a value beside the key.

        Args:
            keys: Keys of rows that come later.
            rank: For each of the later rows how many rows of the register come before it.
            beside: For each column that parts blocks, the codes of the later rows.
        """
        near = self.near(keys, rank)
        yield near
        if len(near.crowded.rows):
            for part, codes in zip(self.parts, beside, strict=True):
                yield part.near(near.crowded.parted(codes[near.crowded.rows]), rank)


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
        self._marks: dict[tuple[MatchField, Change], Ints] = {}
        self._all, self._listing = rows <= ALL_PAIRS_UP_TO, ALL_PAIRS_UP_TO < rows <= NEIGHBOURS_UP_TO
        words = [] if self._all else list(words_of(columns))
        self._spread = [_spread_of(word) for word in words]
        keys = [] if self._all else chain(keys_of(columns, self._keep_marks), self._words(words))
        size = rules.max_block, budget_of(rows)
        self._postings = [_Posting.of(rows, *blocks_and_parts(one, columns, *size)) for one in keys]
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
        as_here = [replace(column.new, codes=column.codes) for column in later.columns]
        keys = chain(keys_of(as_here, self._marks_beside), self._words(list(words_of(columns))))
        beside = [values.codes for values in parting(as_here)]
        size = self._rules.max_block, budget_of(0)
        for posting, one in zip(self._postings, keys, strict=True):
            for keyed in posting.all_near(one, later.rank, beside):
                near.append((keyed.row, keyed.other))
                if count > 1:
                    blocks = blocks_and_parts(keyed.among, columns, *size)
                    among.extend(pairs_within(block)[:2] for block in blocks)
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

    def _keep_marks(self, values: Values, change: Change) -> Ints:
        """Give the marks of a column of the register, and keep them for rows that come later."""
        return self._marks.setdefault((values.field, change), marks_made(values, change))

    def _marks_beside(self, new: Values, change: Change) -> Ints:
        """Give the marks of a column of the register, and behind them those of values new to it."""
        return joined(self._marks[new.field, change], marks_made(new, change))

    def _words(self, words: Sequence[Words]) -> Iterator[Keys]:
        """Give the keys that words make, of this register or of rows that come later, as rare as here."""
        for counts, word in zip(self._spread, words, strict=True):
            spread = counts[word.keys]
            yield word.rare(spread)
            yield word.lone(spread)


def _spread_of(words: Words) -> Counts:
    keys = words.keys
    order = np.argsort(keys)
    return Counts(keys[order], words.spread[order])
