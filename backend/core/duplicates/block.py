"""Which pairs of rows are worth comparing: those that share a key, or are neighbours in a sorted list.

Rows are positions in one order that depends on what they hold, so a window over a large block does not
depend on how the sheet is sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates import lexicon
from backend.core.duplicates.columns import BLANK, as_texts, distinct
from backend.core.duplicates.levels import marked
from backend.core.duplicates.normalise import PART
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import Tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.rules import MatchRules

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
class _Keys:
    """Keys of rows; a row may stand under several."""

    rows: Ints
    keys: Ints


def _limit(sizes: Ints, after: Ints, max_block: int, budget: int) -> int:
    """Give up to which size blocks are compared each with each, so that all of them stay in the budget."""
    by_size = np.bincount(np.minimum(sizes, max_block + 1), after, max_block + 2)
    return int(np.searchsorted(np.cumsum(by_size[: max_block + 1]), budget, side="right")) - 1


def pairs_within(keys: _Keys, max_block: int, budget: int) -> tuple[Ints, Ints, int]:
    """Pair the rows of each key: each with each, or each with the next ones in a large block.

    Args:
        keys: Rows and keys.
        max_block: Rows up to which each is compared with each.
        budget: Pairs for the whole key; where it would take more, smaller blocks count as large too.

    Returns:
        Positions `a`, positions `b`, and how many pairs were left out.
    """
    order = np.argsort(keys.keys, kind="stable")
    rows, sorted_keys = keys.rows[order], keys.keys[order]
    starts = np.flatnonzero(np.append(True, sorted_keys[1:] != sorted_keys[:-1]))[: len(rows)]
    counts = np.diff(np.append(starts, len(rows)))
    sizes, ends = np.repeat(counts, counts), np.repeat(starts + counts, counts)
    after = ends - np.arange(len(rows)) - 1
    limit = _limit(sizes, after, max_block, budget)
    window = WINDOW if limit == max_block else NARROW
    taken = np.where(sizes <= limit, after, np.minimum(after, window))
    first = np.repeat(np.arange(len(rows)), taken)
    step = np.arange(len(first)) - np.repeat(np.cumsum(taken) - taken, taken) + 1
    return rows[first], rows[first + step], int(after.sum() - taken.sum())


def _by_text(values: Values, change: Callable[[str], str]) -> _Keys:
    """Key the rows by something made of their value; '' gives no key."""
    keys = np.append(marked(values.texts, change), BLANK)[values.codes]
    rows = np.flatnonzero(keys != BLANK)
    return _Keys(rows, keys[rows])


def _rare_words(values: Values, tokens: Tokens) -> _Keys:
    """Key each row by its three rarest words that two to twenty-five rows share."""
    lengths = np.diff(tokens.starts)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    spread = np.bincount(tokens.words, values.rows[owner], len(tokens.weights)).astype(np.int64)
    usable = (spread[tokens.words] >= 2) & (spread[tokens.words] <= RARE_UP_TO)  # noqa: PLR2004  # a pair is two
    owner, words = owner[usable], tokens.words[usable]
    order = np.lexsort((words, spread[words], owner))
    owner, words = owner[order], words[order]
    nth = np.arange(len(owner)) - np.searchsorted(owner, owner, side="left")
    owner, words = owner[nth < RARE_WORDS], words[nth < RARE_WORDS]
    by_value = np.argsort(values.codes, kind="stable")
    sorted_codes = values.codes[by_value]
    begin = np.searchsorted(sorted_codes, owner, side="left")
    count = values.rows[owner]
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return _Keys(by_value[np.repeat(begin, count) + step], np.repeat(words, count))


def _own_local_part(text: str) -> str:
    local = text.partition("@")[0]
    return local if len(local) >= _LOCAL_PART and local not in lexicon.ROLE_MAILBOXES else ""


def _digits_tail(text: str) -> str:
    return text[-_TAIL:]


def _sorted_head(text: str) -> str:
    return " ".join(sorted(text.partition(PART)[0].split()))


def _whole(text: str) -> str:
    return text


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


def _full_names(columns: Sequence[Values]) -> Iterator[Ints]:
    """Give one code a row for family and given name together, in either order."""
    given = [values for values in columns if values.field.kind is FieldKind.GIVEN_NAME]
    family = [values for values in columns if values.field.kind is FieldKind.FAMILY_NAME]
    for first, last in zip(given, family, strict=False):
        both = pd.factorize(np.concatenate([first.texts, last.texts]))[0]
        left = np.append(both[: len(first.texts)], BLANK)[first.codes]
        right = np.append(both[len(first.texts) :], BLANK)[last.codes]
        size = int(both.max(initial=0)) + 1
        key = np.minimum(left, right) * size + np.maximum(left, right)
        yield np.where((left == BLANK) | (right == BLANK), BLANK, key)


def _keys(columns: Sequence[Values]) -> Iterator[_Keys]:
    """Give every set of keys, the most telling first."""
    for kind, change in _EXACT:
        for values in columns:
            if values.field.kind is kind:
                yield _by_text(values, change)
    for codes in _full_names(columns):
        rows = np.flatnonzero(codes != BLANK)
        yield _Keys(rows, codes[rows])
    for values in columns:
        if values.field.kind in {*_NAMES, FieldKind.ADDRESS}:
            yield _rare_words(values, tokenise(_map_heads(values.texts)))


def _map_heads(texts: Texts) -> Texts:
    return as_texts([text.partition(PART)[0] for text in texts])


def _sort_keys(columns: Sequence[Values]) -> Iterator[Ints]:
    """Give the codes by which rows are listed to find neighbours."""
    given = [values.codes for values in columns if values.field.kind is FieldKind.GIVEN_NAME]
    family = [values.codes for values in columns if values.field.kind is FieldKind.FAMILY_NAME]
    for first, last in zip(given, family, strict=False):
        yield last * (int(first.max(initial=0)) + 2) + first
        yield first * (int(last.max(initial=0)) + 2) + last
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
    for keys in _keys(columns):
        a, b, skipped = pairs_within(keys, rules.max_block, max(PAIRS_A_ROW * rows, LEAST_BUDGET))
        left_out += skipped
        found.append(_distinct(a, b, rows))
    if rows <= NEIGHBOURS_UP_TO:
        found.extend(_distinct(*_neighbours(codes), rows) for codes in _sort_keys(columns))
    every = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    found.clear()
    return _cap(distinct(every), rows, rules.max_pairs, left_out)


def _cap(found: Ints, rows: int, max_pairs: int, left_out: int) -> Candidates:
    a, b = np.divmod(found[:max_pairs], max(rows, 1))
    return Candidates(a=a, b=b, not_compared=left_out + max(len(found) - max_pairs, 0))
