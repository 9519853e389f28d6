"""Words of distinct values, and how much of their rare words two values share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates.chinese import has_cjk
from backend.core.duplicates.columns import distinct
from backend.core.duplicates.joined import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Texts

Floats = npt.NDArray[np.float32]
_Hashes = npt.NDArray[np.uint64]

_PAIRS_AT_ONCE, _VALUES_AT_ONCE = 200_000, 50_000
_NEW_LINE = 10
_NO_WORD, _SPACE, _DIGIT, _LETTER, _OTHER, _CHINESE = range(6)
"""What a character is to the splitting of a Chinese value; `_LETTER` is a to z."""
_BEYOND = 0x10000
_BASE = 0x9E3779B97F4A7C15
"""An odd number of 64 bits; a word is hashed as a polynomial of it."""
_INVERSE = pow(_BASE, -1, 2**64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The words of each distinct value, as numbers.

    Attributes:
        starts: Where the words of value i begin in `words`; one more than there are values.
        words: Word numbers, each once a value, ascending inside a value.
        hashes: The hash of each word, ascending; the same in every run.
        weights: Weight of each word: log2 of how rare it is among the values.
        spread: In how many values each word occurs.
    """

    starts: Ints
    words: npt.NDArray[np.int32]
    hashes: _Hashes
    weights: Floats
    spread: Ints

    def followed_by(self, more: Tokens) -> Tokens:
        """Give these words and those of more values, to be asked by place; a new word is as rare as can be.

        Args:
            more: Words of other values, in numbers of their own.
        """
        place = np.minimum(np.searchsorted(self.hashes, more.hashes), max(len(self.hashes) - 1, 0))
        known = self.hashes[place] == more.hashes if len(self.hashes) else np.zeros(len(place), dtype=bool)
        numbers = np.where(known, place, len(self.hashes) + np.cumsum(~known) - 1)
        size, new = len(self.hashes) + len(more.hashes), int(np.count_nonzero(~known))
        owner = np.repeat(np.arange(len(more.starts) - 1), np.diff(more.starts))
        later = np.sort(owner * size + numbers[more.words]) % max(size, 1)
        return Tokens(
            starts=joined(self.starts, more.starts[1:] + len(self.words)),
            words=joined(self.words, later.astype(np.int32)),
            hashes=joined(self.hashes, more.hashes[~known]),
            weights=joined(self.weights, np.full(new, self.rarest, dtype=np.float32)),
            spread=joined(self.spread, np.ones(new, dtype=np.int64)),
        )

    @property
    def rarest(self) -> float:
        """The weight of a word that only one value has."""
        return float(np.log2(len(self.starts)) + 0.1)


def tokenise(texts: Texts) -> Tokens:
    """Number the words of each distinct value: Latin words, numbers, Chinese by pairs of characters.

    A value without Chinese is split at its spaces; 中山路88号 is 中山, 山路, 88 and 号.
    """
    bags = [_split(texts[i : i + _VALUES_AT_ONCE]) for i in range(0, len(texts), _VALUES_AT_ONCE)]
    hashes = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *(np.unique(bag[1]) for bag in bags)]))
    lengths, words = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    size = max(len(hashes), 1)
    for i, (owner, found) in enumerate(bags):
        keys = distinct(owner * size + np.searchsorted(hashes, found))
        owners, numbers = np.divmod(keys, size)
        values = min(_VALUES_AT_ONCE, len(texts) - i * _VALUES_AT_ONCE)
        lengths.append(np.bincount(owners, minlength=values))
        words.append(numbers.astype(np.int32))
    every = np.concatenate(words)
    spread = np.bincount(every, minlength=len(hashes)).astype(np.int64)
    weights = np.log2((len(texts) + 1) / np.maximum(spread, 1)).astype(np.float32) + np.float32(0.1)
    starts = _starts_of(np.concatenate(lengths))
    return Tokens(starts=starts, words=every, hashes=hashes, weights=weights, spread=spread)


def _starts_of(lengths: Ints) -> Ints:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Give what each character of the first plane is."""
    kinds = np.array([_OTHER if chr(i).isalnum() else _NO_WORD for i in range(_BEYOND)], dtype=np.uint8)
    kinds[[i for i in range(_BEYOND) if has_cjk(chr(i))]] = _CHINESE
    kinds[ord("0") : ord("9") + 1], kinds[ord("a") : ord("z") + 1] = _DIGIT, _LETTER
    kinds[[ord(" "), _NEW_LINE]] = _SPACE
    return kinds


def _split(texts: Texts) -> tuple[Ints, _Hashes]:
    """Give (place in `texts`, hash) for every word of the values."""
    lines = "\n".join([*texts, ""])
    letters = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.where(letters < _BEYOND, _kinds()[np.minimum(letters, _BEYOND - 1)], _OTHER)
    owner = np.cumsum(letters == _NEW_LINE) - (letters == _NEW_LINE)
    chinese = np.zeros(len(texts) + 1, dtype=np.bool_)
    chinese[owner[kinds == _CHINESE]] = True
    runs = np.where(chinese[owner], np.minimum(kinds, _OTHER), np.where(kinds == _SPACE, _SPACE, _OTHER))
    runs[runs == _NO_WORD] = _SPACE
    change = np.flatnonzero(np.diff(runs, prepend=_SPACE, append=_SPACE))
    begin, end = change, np.append(change[1:], len(letters))
    wordy = runs[np.minimum(begin, len(runs) - 1)] != _SPACE if len(runs) else begin > 0
    begin, end = begin[wordy], end[wordy]
    paired = chinese[owner[begin]] & (runs[begin] == _OTHER) & (end - begin > 1)
    pairs = _pair_starts(begin[paired], end[paired])
    begin = np.concatenate([begin[~paired], pairs])
    end = np.concatenate([end[~paired], pairs + 2])
    return owner[begin], _hashes(letters, begin, end)


def _pair_starts(begin: Ints, end: Ints) -> Ints:
    """Give the place of each pair of neighbours in runs of characters."""
    count = end - begin - 1
    return np.repeat(begin - (np.cumsum(count) - count), count) + np.arange(count.sum())


def _hashes(letters: npt.NDArray[np.uint32], begin: Ints, end: Ints) -> _Hashes:
    """Give the hash of each stretch of letters, wherever it stands: a polynomial modulo 2 to the 64th."""
    powers = np.cumprod(np.append(np.uint64(1), np.full(len(letters), _BASE, dtype=np.uint64)))
    back = np.cumprod(np.append(np.uint64(1), np.full(len(letters), _INVERSE, dtype=np.uint64)))
    sums = np.append(np.uint64(0), np.cumsum(letters * powers[:-1], dtype=np.uint64))
    hashes = np.asarray((sums[end] - sums[begin]) * back[begin], dtype=np.uint64)
    hashes ^= hashes >> np.uint64(32)
    return hashes * np.uint64(_BASE)


def _spread_out(tokens: Tokens, values: Ints) -> tuple[Ints, npt.NDArray[np.int32]]:
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
        _overlap_chunk(tokens, left[i : i + _PAIRS_AT_ONCE], right[i : i + _PAIRS_AT_ONCE])
        for i in range(0, max(len(left), 1), _PAIRS_AT_ONCE)
    ]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
