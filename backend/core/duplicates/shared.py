"""Values that too many different customers carry: a reception desk, `info@`, an office building."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.columns import BLANK, as_texts, distinct
from backend.core.duplicates.normalise import PART
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values

_SHAREABLE = frozenset({FieldKind.PHONE, FieldKind.EMAIL, FieldKind.IDENTIFIER, FieldKind.ADDRESS})
_NAMES = (
    FieldKind.PERSON_NAME,
    FieldKind.NAME,
    FieldKind.GIVEN_NAME,
    FieldKind.COMPANY,
    FieldKind.FAMILY_NAME,
)
_HEAD = 4


def _head(text: str) -> str:
    return text.partition(PART)[0].replace(" ", "")[:_HEAD]


def _named(columns: Sequence[Values], rows: int) -> Ints:
    """Number the rows by the first name column that is filled; a row that names nobody stands for itself."""
    found = np.full(rows, BLANK, dtype=np.int64)
    for kind in _NAMES:
        for values in columns:
            if values.field.kind is not kind:
                continue
            heads = pd.factorize(as_texts([_head(text) for text in values.texts]))[0]
            own = np.append(heads, BLANK)[values.codes]
            empty = (found == BLANK) & (own != BLANK)
            found[empty] = own[empty] + found.max(initial=BLANK) + 1
    empty = found == BLANK
    found[empty] = np.arange(np.count_nonzero(empty)) + found.max(initial=BLANK) + 1
    return found


def count_contents(columns: Sequence[Values], rows: int) -> list[Values]:
    """Count each value once for rows that are the same in every column: a copy does not make it common.

    A row without phone, mail, identifier or address is no copy: two people may have the same name.

    Args:
        columns: The columns, rows in the order of what they hold.
        rows: How many rows there are.
    """
    first = np.zeros(rows, dtype=np.bool_)
    first[:1] = True
    reachable = np.zeros(rows, dtype=np.bool_)
    for values in columns:
        first[1:] |= values.codes[1:] != values.codes[:-1]
        if values.field.kind in _SHAREABLE:
            reachable |= values.codes != BLANK
    first |= ~reachable
    return [
        replace(
            values,
            contents=np.bincount(values.codes[first & (values.codes != BLANK)], minlength=len(values.texts)),
        )
        for values in columns
    ]


def _carriers(values: Values, names: Ints) -> Ints:
    """Give by how many different names each value is carried."""
    filled = values.codes != BLANK
    size = int(names.max(initial=0)) + 1
    carriers = distinct(values.codes[filled] * size + names[filled]) // size
    return np.bincount(carriers, minlength=len(values.texts))


def find_shared(columns: Sequence[Values], rows: int, max_shared: int) -> list[Ints]:
    """Give, for each column, the codes of the values that say nothing about who a customer is.

    Rows are counted by the first four letters of the name in them, so that one customer entered ten
    times does not make its own phone a shared one.

    Args:
        columns: The columns, normalised.
        rows: How many rows there are.
        max_shared: Customers that may carry a value, where the column has no limit of its own.
    """
    names = _named(columns, rows)
    return [
        np.flatnonzero(_carriers(values, names) > (values.field.max_shared or max_shared))
        if values.field.kind in _SHAREABLE
        else np.zeros(0, dtype=np.int64)
        for values in columns
    ]
