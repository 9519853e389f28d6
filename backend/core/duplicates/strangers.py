"""Pairs of rows that are surely two customers: what agrees among them agrees by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.core.duplicates.columns import BLANK, distinct
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values

_TELLING = frozenset({FieldKind.PHONE, FieldKind.EMAIL, FieldKind.IDENTIFIER})
_SAMPLE = 20_000
_STRIDE = 0.6180339887


def sample_pairs(rows: int) -> tuple[Ints, Ints]:
    """Give pairs of rows that are as good as random: the same for the same number of rows."""
    if rows < 2:  # noqa: PLR2004  # a pair is two
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    strides = max(_SAMPLE // rows, 20)
    starts = np.linspace(0, rows - 1, min(rows, _SAMPLE // strides), dtype=np.int64)
    steps = 1 + (rows - 1) * (np.arange(1, strides + 1) * _STRIDE % 1)
    a = np.repeat(starts, strides)
    b = (a + np.tile(steps.astype(np.int64), len(starts))) % rows
    pairs = distinct(np.minimum(a, b) * rows + np.maximum(a, b))
    a, b = np.divmod(pairs, rows)
    return a[a != b], b[a != b]


def strangers(columns: Sequence[Values], rows: int) -> tuple[Ints, Ints]:
    """Give pairs of rows as good as random that share no contact: two customers, mostly."""
    a, b = sample_pairs(rows)
    apart = np.ones(len(a), dtype=np.bool_)
    for values in columns:
        if values.field.kind in _TELLING:
            apart &= (values.codes[a] != values.codes[b]) | (values.codes[a] == BLANK)
    return a[apart], b[apart]
