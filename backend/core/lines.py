"""Lines of a tool tab, kept by key: a line stays in its row, and one that is settled says so."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.core.snapshot import TabRead

Line = tuple[object, ...]


def update_lines(
    read: TabRead,
    wanted: pd.DataFrame,
    *,
    key: Sequence[str],
    keep: Sequence[str] = (),
    settled: str,
) -> pd.DataFrame:
    """Give the lines of a tool tab that have to be written so that it shows what is wanted.

    The team's columns of a line are never written and stay beside what they were written about: a line
    keeps its row as long as its key is wanted, and a line that is not wanted any more is marked as settled.
    A settled line without a word of the team is used again for a new one.

    Args:
        read: The tab as read.
        wanted: The lines the tab should show, columns = Steward's columns of the tab, texts and numbers.
        key: Columns that identify a line.
        keep: Columns whose first value stays (the day a problem was first seen).
        settled: What the column `state` of a settled line says.

    Returns:
        Only the lines that differ, whole: index = sheet row, columns as `wanted`.
    """
    columns = list(wanted.columns)
    present = read.frame.reindex(columns=columns, fill_value="").astype(object)
    before = dict(zip(present.index, present.itertuples(index=False, name=None), strict=True))
    places = [columns.index(name) for name in key]
    rows = {_at(line, places): row for row, line in reversed(before.items())}
    kept = {columns.index(name) for name in keep}
    placed: dict[int, Line] = {}
    new: list[Line] = []
    for line in wanted.itertuples(index=False, name=None):
        row = rows.pop(_at(line, places), None)
        if row is None:
            new.append(line)
        else:
            placed[row] = tuple(before[row][at] if at in kept else cell for at, cell in enumerate(line))
    state = columns.index("state")
    leftover = [row for row in before if row not in placed]
    over = [row for row in leftover if before[row][state] == settled]
    placed.update(
        zip(itertools.chain(_silent(read, over), itertools.count(read.last_row + 1)), new, strict=False)
    )
    for row in leftover:
        placed.setdefault(row, (*before[row][:state], settled, *before[row][state + 1 :]))
    differing = {row: line for row, line in sorted(placed.items()) if before.get(row) != line}
    return pd.DataFrame(list(differing.values()), index=list(differing), columns=columns, dtype=object)


def _at(line: Line, places: Sequence[int]) -> Line:
    return tuple(line[place] for place in places)


def _silent(read: TabRead, rows: Sequence[int]) -> Iterator[int]:
    """Give those of the rows beside which the team wrote nothing."""
    team = [read.frame[column.id] for column in read.tab.team_columns if read.has(column.id)]
    return (row for row in rows if all(cells.at[row] == "" for cells in team))
