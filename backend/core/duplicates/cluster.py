"""Groups of rows that are one customer, without chaining through one weak pair.

Connected rows come together first; then every pair inside is scored, and a group that does not hold
together on average is cut (average linkage, weights clipped).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.core.duplicates.columns import Ints
    from backend.core.duplicates.field_model import Bits

CUT = -3.0
"""Average bits between two halves below which they are not one customer."""
LIKELY = 2.0
"""Bits that a pair between two groups of several rows must have where the average odds are against them."""
CLIP = 20.0
DECIDED_FROM = 500.0
"""Bits from which a weight is no evidence but a decision: no other weight counts beside it."""
MAX_INSIDE = 150
"""Rows of a group up to which every pair inside is scored."""
_RAISE = 2.0
_HIGHEST = 8.0
"""Bits from which a pair is never taken out of a large group."""


def components(rows: int, a: Ints, b: Ints) -> Ints:
    """Give each row the smallest row it is connected with."""
    labels = np.arange(rows, dtype=np.int64)
    while True:
        low = np.minimum(labels[a], labels[b])
        before = labels.copy()
        np.minimum.at(labels, labels[a], low)
        np.minimum.at(labels, labels[b], low)
        np.minimum.at(labels, a, low)
        np.minimum.at(labels, b, low)
        labels = labels[labels]
        if np.array_equal(before, labels):
            return labels


def _cut(weights: Bits) -> list[list[int]]:
    """Join the closest parts until no two are close: average linkage on a square of bits."""
    size = len(weights)
    sums = np.clip(weights.astype(np.float64), -CLIP, CLIP)
    sums[weights > DECIDED_FROM], sums[weights < -DECIDED_FROM] = DECIDED_FROM * size * size, -np.inf
    best = weights.copy()
    members: list[list[int]] = [[i] for i in range(size)]
    counts = np.ones(size)
    np.fill_diagonal(sums, -np.inf)
    for _ in range(size - 1):
        average = sums / np.outer(counts, counts)
        several = np.flatnonzero(counts > 1)
        if len(several) > 1:
            apart = np.ix_(several, several)
            average[apart] = np.where((average[apart] < 0) & (best[apart] < LIKELY), -np.inf, average[apart])
        i, j = sorted(divmod(int(average.argmax()), size))
        if average[i, j] < CUT:
            break
        best[i] = best[:, i] = np.maximum(best[i], best[j])
        sums[i] += sums[j]
        sums[:, i] = sums[i]
        sums[j] = sums[:, j] = sums[i, i] = -np.inf
        counts[i] += counts[j]
        members[i] += members[j]
        members[j] = []
    return [part for part in members if part]


def inside_groups(labels: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Give every pair of rows that have the same, chosen label."""
    rows = np.flatnonzero(np.isin(labels, chosen))
    rows = rows[np.argsort(labels[rows], kind="stable")]
    own = labels[rows]
    after = np.searchsorted(own, own, side="right") - np.arange(len(rows)) - 1
    first = np.repeat(np.arange(len(rows)), after)
    step = np.arange(len(first)) - np.repeat(np.cumsum(after) - after, after) + 1
    return rows[first], rows[first + step]


def _loosen(rows: int, a: Ints, b: Ints, bits: Bits) -> Ints:
    """Connect rows; a group that is too large to look into keeps only its stronger pairs."""
    labels = components(rows, a, b)
    least = float(bits.min(initial=0))
    while least < _HIGHEST:
        sizes = np.bincount(labels, minlength=rows)
        weak = (sizes[labels[a]] > MAX_INSIDE) & (bits < least)
        if not (sizes > MAX_INSIDE).any():
            break
        if weak.any():
            a, b, bits = a[~weak], b[~weak], bits[~weak]
            labels = components(rows, a, b)
        least += _RAISE
    return labels


def cluster(rows: int, a: Ints, b: Ints, bits: Bits, weigh: Callable[[Ints, Ints], Bits]) -> Ints:
    """Give each row the number of its group: the smallest row in it.

    Args:
        rows: How many rows there are.
        a: Row positions of the pairs that may stand.
        b: Row positions, one for each of `a`.
        bits: Log-odds of the pairs.
        weigh: Gives the log-odds of any pairs of rows.
    """
    labels = _loosen(rows, a, b, bits)
    sizes = np.bincount(labels, minlength=rows)
    edges = np.bincount(labels[a], labels[a] == labels[b], rows)
    loose = np.flatnonzero((sizes > 2) & (sizes <= MAX_INSIDE) & (edges < sizes * (sizes - 1) / 2))  # noqa: PLR2004  # a pair holds
    if not len(loose):
        return labels
    left, right = inside_groups(labels, loose)
    weights = weigh(left, right)
    begins = np.searchsorted(labels[left], loose)
    ends = np.searchsorted(labels[left], loose, side="right")
    for begin, end in zip(begins, ends, strict=True):
        _split(labels, left[begin:end], right[begin:end], weights[begin:end])
    return labels


def _split(labels: Ints, left: Ints, right: Ints, weights: Bits) -> None:
    rows = np.unique(np.concatenate([left, right]))
    square = np.zeros((len(rows), len(rows)), dtype=np.float32)
    i, j = np.searchsorted(rows, left), np.searchsorted(rows, right)
    square[i, j] = square[j, i] = weights
    for part in _cut(square):
        labels[rows[part]] = rows[min(part)]
