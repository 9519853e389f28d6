"""Words of distinct values, and how much of their rare words two values share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from backend.core.duplicates.chinese import has_cjk
from backend.core.duplicates.columns import as_texts, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Texts

Floats = npt.NDArray[np.float32]

_RUNS = re.compile(r"[0-9]+|[a-z]+|[^\W0-9a-z]+")
_CHUNK = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The words of each distinct value, as numbers.

    Attributes:
        starts: Where the words of value i begin in `words`; one more than there are values.
        words: Word numbers, each once a value, ascending inside a value.
        weights: Weight of each word: log2 of how rare it is among the values.
        spread: In how many values each word occurs.
    """

    starts: Ints
    words: Ints
    weights: Floats
    spread: Ints


def words_of(text: str) -> list[str]:
    """Split a value: Latin words as they are, numbers, Chinese by pairs of characters.

    >>> words_of("10 kedzie ave")
    ['10', 'kedzie', 'ave']
    >>> words_of("中山路88号")
    ['中山', '山路', '88', '号']
    """
    if not has_cjk(text):
        return text.split()
    found: list[str] = []
    for run in _RUNS.findall(text):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


def tokenise(texts: Texts) -> Tokens:
    """Number the words of each distinct value."""
    bags = [words_of(text) for text in texts]
    owner = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    numbers, found = pd.factorize(as_texts(list(chain.from_iterable(bags))))
    size = max(len(found), 1)
    keys = distinct(owner.astype(np.int64) * size + numbers)
    owners, words = np.divmod(keys, size)
    spread = np.bincount(words, minlength=size).astype(np.int64)
    weights = np.log2((len(bags) + 1) / np.maximum(spread, 1)).astype(np.float32) + np.float32(0.1)
    starts = np.searchsorted(owners, np.arange(len(bags) + 1)).astype(np.int64)
    return Tokens(starts=starts, words=words, weights=weights, spread=spread)


def _spread_out(tokens: Tokens, values: Ints) -> tuple[Ints, Ints]:
    """Give (place in `values`, word number) for every word of the values."""
    lengths = tokens.starts[values + 1] - tokens.starts[values]
    ends = np.cumsum(lengths)
    offset = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
    place = np.repeat(np.arange(len(values), dtype=np.int64), lengths)
    return place, tokens.words[np.repeat(tokens.starts[values], lengths) + offset]


def _overlap_chunk(tokens: Tokens, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    size = len(tokens.weights)
    left_place, left_word = _spread_out(tokens, left)
    right_place, right_word = _spread_out(tokens, right)
    left_key, right_key = left_place * size + left_word, right_place * size + right_word
    at = np.minimum(np.searchsorted(right_key, left_key), max(len(right_key) - 1, 0))
    both = right_key[at] == left_key if len(right_key) else np.zeros(len(left_key), dtype=bool)
    count = len(left)
    shared = np.bincount(left_place, tokens.weights[left_word] * both, count)
    left_all = np.bincount(left_place, tokens.weights[left_word], count)
    right_all = np.bincount(right_place, tokens.weights[right_word], count)
    jaccard = shared / np.maximum(left_all + right_all - shared, 1e-6)
    inside = shared / np.maximum(np.minimum(left_all, right_all), 1e-6)
    return jaccard.astype(np.float32), inside.astype(np.float32)


def overlap(tokens: Tokens, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Give the weighted Jaccard and the share of the smaller value found in the larger, 0 to 1.

    Args:
        tokens: Words of the distinct values.
        left: Value numbers.
        right: Value numbers, one for each on the left.
    """
    parts: Sequence[tuple[Floats, Floats]] = [
        _overlap_chunk(tokens, left[i : i + _CHUNK], right[i : i + _CHUNK])
        for i in range(0, max(len(left), 1), _CHUNK)
    ]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
