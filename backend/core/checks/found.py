"""How a check names a cell, and how it judges what several cells of a row say together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from backend.core.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    import pandas as pd

    from backend.core.checks.facts import Table

Verdict = tuple[tuple[str, str], ...] | None
"""Parameters of the sentence about cells that do not agree; None where they do."""


def at_cell(table: Table, row: int, column_id: str, code: str, **params: object) -> Issue:
    """Give the issue of one cell; parameters become text."""
    return Issue(
        tab=table.tab.id,
        row=row,
        column=column_id,
        code=code,
        value=table.cell(row, column_id),
        params=tuple((name, str(value)) for name, value in params.items()),
    )


def repeats(table: Table, column_id: str, key: Callable[[int], Hashable]) -> Iterator[tuple[int, int, int]]:
    """Give the values of a column that stand more than once in the tab, those of the table's own rows.

    Args:
        table: The table.
        column_id: The column.
        key: Gives what is compared, by position among all rows of the tab; different only where the values
            differ in more than case.

    Returns:
        Position among all rows of the tab, sheet row, how often.
    """
    whole = table.everywhere
    keys = {place: key(place) for place in whole.columns[column_id].maybe_repeated().tolist()}
    counts = Counter(keys.values())
    own = whole.raw.index.isin(table.raw.index)
    numbers = whole.raw.index
    return (
        (place, int(numbers[place]), counts[one])
        for place, one in keys.items()
        if counts[one] > 1 and own[place]
    )


def disagreements(
    said: Sequence[pd.Series[Any]], judge: Callable[..., Verdict]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows whose cells do not agree, with the parameters of the sentence about them.

    Args:
        said: What each of the cells says, by row; all on the same index. A row in which one of them says
            nothing ('') is not judged.
        judge: Is asked once for each distinct combination.
    """
    arrays = [one.to_numpy(dtype=object) for one in said]
    filled = np.flatnonzero(np.logical_and.reduce([array != "" for array in arrays]))
    rows = list(zip(*(array[filled].tolist() for array in arrays), strict=True))
    verdicts = {row: judge(*row) for row in set(rows)}
    for row, number in zip(rows, said[0].index[filled].tolist(), strict=True):
        verdict = verdicts[row]
        if verdict is not None:
            yield number, dict(verdict)
