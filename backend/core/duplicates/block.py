"""Which pairs of rows are worth comparing: those that share a key, or are neighbours in a sorted list.

Rows are positions in one order that depends on what they hold, so a window over a large block does not
depend on how the sheet is sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates import lexicon
from backend.core.duplicates.chinese import given_and_family, has_cjk
from backend.core.duplicates.columns import BLANK, as_texts, distinct, marks_of
from backend.core.duplicates.levels import marked
from backend.core.duplicates.normalise import PART
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import Tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.rules import MatchRules

    Change = Callable[[str], str]
    Marks = Callable[[Values, Change], Ints]

ALL_PAIRS_UP_TO = 1_500
"""Rows up to which every pair is compared."""
NEIGHBOURS_UP_TO = 50_000
"""Rows up to which neighbours in a sorted list are compared."""
NEIGHBOURS = 7
WINDOW, NARROW = 8, 3
"""Next rows of a large block that a row is compared with; the second where a key has too many pairs."""
PAIRS_A_ROW, LEAST_BUDGET = 2, 300_000
"""Pairs that one key may bring, by row, and in any case."""
RARE_WORDS = 3
RARE_UP_TO = 25
_MIX = 0x9E3779B97F4A7C15 - 2**64
"""An odd number of 64 bits: two keys times it are far apart."""
_TAIL = 7
_LOCAL_PART = 5

_NAMES = (FieldKind.PERSON_NAME, FieldKind.NAME, FieldKind.COMPANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of rows to compare.

    Attributes:
        a: Row positions, each smaller than its partner in `b`.
        b: Row positions.
        not_compared: Pairs that shared a key and were left out by a cap.
    """

    a: Ints
    b: Ints
    not_compared: int


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of rows; a row may stand under several. Equal keys of two registers mean the same.

    Attributes:
        rows: Row positions.
        keys: The key of each.
        weak: Whether many share a key who are nothing to one another: a large block is not worth a window.
    """

    rows: Ints
    keys: Ints
    weak: bool = False

    def parted(self, codes: Ints) -> Keys:
        """Key the rows by their key and what they share beside it; a blank code gives no key.

        Args:
            codes: For each of these rows the code of its value in another column.
        """
        known = np.flatnonzero(codes != BLANK)
        return Keys(self.rows[known], self.keys[known] * _MIX + codes[known], weak=True)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Rows sorted by key, and how many partners in its block each row has.

    Attributes:
        rows: Row positions, by key and then by position.
        keys: The key of each.
        starts: For each place where its block begins.
        after: For each place how many rows of its block come after it.
        limit: Up to which size the rows of a block are compared each with each.
        window: Next rows of a larger block that a row is compared with; none where the keys are weak.
    """

    rows: Ints
    keys: Ints
    starts: Ints
    after: Ints
    limit: int
    window: int

    @property
    def sizes(self) -> Ints:
        """Give for each place how many rows its block has."""
        return np.arange(len(self.rows)) - self.starts + self.after + 1


def _limit(sizes: Ints, after: Ints, max_block: int, budget: int) -> int:
    """Give up to which size blocks are compared each with each, so that all of them stay in the budget."""
    by_size = np.bincount(np.minimum(sizes, max_block + 1), after, max_block + 2)
    return int(np.searchsorted(np.cumsum(by_size[: max_block + 1]), budget, side="right")) - 1


def blocks_of(keys: Keys, max_block: int, budget: int) -> Blocks:
    """Sort rows into blocks.

    Args:
        keys: Rows and keys.
        max_block: Rows up to which each is compared with each.
        budget: Pairs for the whole key; where it would take more, smaller blocks count as large too.
    """
    order = np.argsort(keys.keys, kind="stable")
    rows, sorted_keys = keys.rows[order], keys.keys[order]
    starts = np.flatnonzero(np.append(True, sorted_keys[1:] != sorted_keys[:-1]))[: len(rows)]
    counts = np.diff(np.append(starts, len(rows)))
    after = np.repeat(starts + counts, counts) - np.arange(len(rows)) - 1
    limit = _limit(np.repeat(counts, counts), after, max_block, budget)
    window = 0 if keys.weak else WINDOW if limit == max_block else NARROW
    return Blocks(rows, sorted_keys, np.repeat(starts, counts), after, limit, window)


def pairs_within(blocks: Blocks) -> tuple[Ints, Ints, int]:
    """Pair the rows of each key: each with each, or each with the next ones in a large block.

    Returns:
        Positions `a`, positions `b`, and how many pairs were left out.
    """
    rows, after, place = blocks.rows, blocks.after, np.arange(len(blocks.rows))
    taken = np.where(blocks.sizes <= blocks.limit, after, np.minimum(after, blocks.window))
    first, second = ranges(place + 1, taken)
    return rows[first], rows[second], int(after.sum() - taken.sum())


def blocks_and_parts(keys: Keys, columns: Sequence[Values], max_block: int, budget: int) -> Iterator[Blocks]:
    """Sort rows into blocks; those of blocks too large once more by what they share beside, by column.

    Args:
        keys: Rows and keys.
        columns: The columns, normalised.
        max_block: Rows up to which each is compared with each.
        budget: Pairs for the whole key, and for each column of its parts.
    """
    blocks = blocks_of(keys, max_block, budget)
    yield blocks
    large = np.flatnonzero(blocks.sizes > blocks.limit)
    crowded = Keys(blocks.rows[large], blocks.keys[large])
    for values in parting(columns) if len(large) else ():
        yield blocks_of(crowded.parted(values.codes[crowded.rows]), max_block, budget)


def parting(columns: Sequence[Values]) -> list[Values]:
    """Give the columns by which blocks too large are parted."""
    return [values for values in columns if values.field.kind is not FieldKind.CHOICE]


def ranges(begin: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Give (which range, number in it) for ranges of numbers that begin somewhere and have so many."""
    which = np.repeat(np.arange(len(begin)), count)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(begin, count)


def marks_made(values: Values, change: Change) -> Ints:
    """Give the mark of what is made of each value; -1 for ''."""
    return marks_of(values.texts) if change is _whole else marked(values.texts, change)


def _of_rows(codes: Ints, marks: Ints) -> Ints:
    """Give each row the mark of its value, -1 where it is blank."""
    found, filled = np.full(len(codes), BLANK, dtype=np.int64), np.flatnonzero(codes != BLANK)
    found[filled] = marks[codes[filled]]
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one column, by which rows are keyed."""

    values: Values
    tokens: Tokens

    @property
    def keys(self) -> Ints:
        """Give the key that each word makes."""
        return (self.tokens.hashes >> np.uint64(1)).astype(np.int64)

    @property
    def spread(self) -> Ints:
        """Give how many rows have each word."""
        owner = np.repeat(np.arange(len(self.values.texts)), np.diff(self.tokens.starts))
        rows = np.bincount(self.tokens.words, self.values.rows[owner], len(self.tokens.hashes))
        return rows.astype(np.int64)

    def rare(self, spread: Ints) -> Keys:
        """Key each row by its three rarest words that two to twenty-five rows share.

        Args:
            spread: How many rows have each word.
        """
        owner = np.repeat(np.arange(len(self.values.texts)), np.diff(self.tokens.starts))
        usable = (spread[self.tokens.words] >= 2) & (spread[self.tokens.words] <= RARE_UP_TO)  # noqa: PLR2004  # a pair is two
        owner, words = owner[usable], self.tokens.words[usable]
        order = np.lexsort((words, spread[words], owner))
        owner, words = owner[order], words[order]
        nth = np.arange(len(owner)) - np.searchsorted(owner, owner, side="left")
        return self._of_values(owner[nth < RARE_WORDS], words[nth < RARE_WORDS])

    def lone(self, spread: Ints) -> Keys:
        """Key each row by the words that no other row has, as far as `spread` knows."""
        owner = np.repeat(np.arange(len(self.values.texts)), np.diff(self.tokens.starts))
        alone = spread[self.tokens.words] <= 1
        return self._of_values(owner[alone], self.tokens.words[alone])

    def _of_values(self, owner: Ints, words: npt.NDArray[np.int32]) -> Keys:
        """Give every row that has a value the value's words as keys."""
        by_value = np.argsort(self.values.codes, kind="stable")
        begin = np.searchsorted(self.values.codes[by_value], owner, side="left")
        which, place = ranges(begin, self.values.rows[owner])
        return Keys(by_value[place], self.keys[words[which]])


def _own_local_part(text: str) -> str:
    local = text.partition("@")[0]
    return local if len(local) >= _LOCAL_PART and local not in lexicon.ROLE_MAILBOXES else ""


def _digits_tail(text: str) -> str:
    return text[-_TAIL:]


def _sorted_head(text: str) -> str:
    return " ".join(sorted(text.partition(PART)[0].split()))


def _whole(text: str) -> str:
    return text


def _family_name(text: str) -> str:
    return "" if has_cjk(text) else given_and_family(text)[1]


_EXACT: tuple[tuple[FieldKind, Callable[[str], str]], ...] = (
    (FieldKind.IDENTIFIER, _whole),
    (FieldKind.PHONE, _digits_tail),
    (FieldKind.EMAIL, _whole),
    (FieldKind.EMAIL, _own_local_part),
    (FieldKind.COMPANY, _sorted_head),
    (FieldKind.NAME, _sorted_head),
    (FieldKind.PERSON_NAME, _sorted_head),
    (FieldKind.ADDRESS, _whole),
    (FieldKind.DATE, _whole),
)
_WEAK: tuple[tuple[FieldKind, Callable[[str], str]], ...] = (
    (FieldKind.FAMILY_NAME, _whole),
    (FieldKind.PERSON_NAME, _family_name),
)
"""Weak keys."""


def _full_names(columns: Sequence[Values], marks: Marks) -> Iterator[Keys]:
    """Key the rows by family and given name together, in either order."""
    given = [values for values in columns if values.field.kind is FieldKind.GIVEN_NAME]
    family = [values for values in columns if values.field.kind is FieldKind.FAMILY_NAME]
    for first, last in zip(given, family, strict=False):
        left, right = (_of_rows(part.codes, marks(part, _whole)) for part in (first, last))
        rows = np.flatnonzero((left != BLANK) & (right != BLANK))
        yield Keys(rows, left[rows] + right[rows])


def keys_of(columns: Sequence[Values], marks: Marks = marks_made) -> Iterator[Keys]:
    """Give every set of keys but the words.

    Args:
        columns: The columns.
        marks: Gives the marks of a column's values.
    """
    for kind, change in (*_EXACT, *_WEAK):
        for values in columns:
            if values.field.kind is kind:
                keys = _of_rows(values.codes, marks(values, change))
                rows = np.flatnonzero(keys != BLANK)
                yield Keys(rows, keys[rows], weak=(kind, change) in _WEAK)
    yield from _full_names(columns, marks)


def words_of(columns: Sequence[Values]) -> Iterator[Words]:
    """Give the words of the columns whose rare words are keys."""
    for values in columns:
        if values.field.kind in {*_NAMES, FieldKind.ADDRESS}:
            yield Words(values, tokenise(_map_heads(values.texts)))


def _map_heads(texts: Texts) -> Texts:
    return as_texts([text.partition(PART)[0] for text in texts])


def sort_keys(columns: Sequence[Values]) -> Iterator[Ints]:
    """Give the codes by which rows are listed to find neighbours."""
    given = [values for values in columns if values.field.kind is FieldKind.GIVEN_NAME]
    family = [values for values in columns if values.field.kind is FieldKind.FAMILY_NAME]
    for first, last in zip(given, family, strict=False):
        yield last.codes * (2 * len(first.texts) + 2) + first.codes
        yield first.codes * (2 * len(last.texts) + 2) + last.codes
    for values in columns:
        if values.field.kind in {*_NAMES, FieldKind.EMAIL, FieldKind.PHONE}:
            yield values.codes


def _neighbours(codes: Ints) -> tuple[Ints, Ints]:
    """Pair each row with the next six in the order of a code; blank ones are not listed."""
    order = np.argsort(codes, kind="stable")
    listed = order[np.searchsorted(codes[order], 0) :]
    near = [(listed[:-step], listed[step:]) for step in range(1, NEIGHBOURS) if len(listed) > step]
    if not near:
        return listed[:0], listed[:0]
    return np.concatenate([left for left, _ in near]), np.concatenate([right for _, right in near])


def _distinct(a: Ints, b: Ints, rows: int) -> Ints:
    return distinct(np.minimum(a, b) * rows + np.maximum(a, b))


def budget_of(rows: int) -> int:
    """Give how many pairs one key may bring."""
    return max(PAIRS_A_ROW * rows, LEAST_BUDGET)


def find_candidates(columns: Sequence[Values], rows: int, rules: MatchRules) -> Candidates:
    """Give the pairs of rows to compare.

    Args:
        columns: The columns, normalised, rows in the order of what they hold.
        rows: How many rows there are.
        rules: Caps on blocks and pairs.
    """
    if rows <= ALL_PAIRS_UP_TO:
        a, b = np.triu_indices(rows, 1)
        return _cap(a.astype(np.int64) * max(rows, 1) + b, rows, rules.max_pairs, 0)
    left_out, found = 0, []
    rare = (words.rare(words.spread) for words in words_of(columns))
    for keys in chain(keys_of(columns), rare):
        for blocks in blocks_and_parts(keys, columns, rules.max_block, budget_of(rows)):
            a, b, skipped = pairs_within(blocks)
            left_out += skipped if blocks.window else 0
            found.append(_distinct(a, b, rows))
    if rows <= NEIGHBOURS_UP_TO:
        found.extend(_distinct(*_neighbours(codes), rows) for codes in sort_keys(columns))
    every = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    found.clear()
    return _cap(distinct(every), rows, rules.max_pairs, left_out)


def _cap(found: Ints, rows: int, max_pairs: int, left_out: int) -> Candidates:
    a, b = np.divmod(found[:max_pairs], max(rows, 1))
    return Candidates(a=a, b=b, not_compared=left_out + max(len(found) - max_pairs, 0))
