"""Lines of a tool tab, kept by key: a line stays in its row, and one that is settled says so."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    Lines with the same key are told apart by what else they say. A settled line without a word of the team is
    used again for a new one.

    Args:
        read: The tab as read.
        wanted: The lines the tab should show, columns = Steward's columns of the tab, texts and numbers.
        key: Columns that identify a line, as far as one has an id.
        keep: Columns whose first value stays (the day a problem was first seen).
        settled: What the column `state` of a settled line says.

    Returns:
        Only the lines that differ, whole: index = sheet row, columns as `wanted`.
    """
    columns = list(wanted.columns)
    state = columns.index("state")
    before = _present(read, columns)
    kept = {columns.index(name) for name in keep}
    whole = [place for place in range(len(columns)) if place != state and place not in kept]
    placed: dict[int, Line] = {}
    absent = frozenset(place for place, name in enumerate(columns) if not read.has(name))
    lines = [_without(absent, line) for line in wanted.itertuples(index=False, name=None)]
    changed = _place(lines, before, placed, whole)
    new = _place(changed, before, placed, [columns.index(name) for name in key])
    for row, line in placed.items():
        placed[row] = tuple(before[row][at] if at in kept else cell for at, cell in enumerate(line))
    leftover = [row for row in before if row not in placed]
    over = [row for row in leftover if before[row][state] == settled]
    placed.update(
        zip(itertools.chain(_silent(read, over), itertools.count(read.last_row + 1)), new, strict=False)
    )
    for row in leftover:
        placed.setdefault(row, (*before[row][:state], settled, *before[row][state + 1 :]))
    shown = {row: _without(absent, line) for row, line in sorted(placed.items())}
    differing = {row: line for row, line in shown.items() if before.get(row) != line}
    return pd.DataFrame(list(differing.values()), index=list(differing), columns=columns, dtype=object)


def _without(absent: frozenset[int], line: Line) -> Line:
    """Give a line as a tab can show it from which people took columns away."""
    return tuple("" if place in absent else cell for place, cell in enumerate(line)) if absent else line


def _present(read: TabRead, columns: list[str]) -> dict[int, Line]:
    """Give the lines that stand in the tab, by sheet row; one that only the team wrote is none of ours."""
    frame = read.frame.reindex(columns=columns, fill_value="").astype(object)
    lines = zip(frame.index, frame.itertuples(index=False, name=None), strict=True)
    return {row: line for row, line in lines if any(cell != "" for cell in line)}


def _place(
    lines: Iterable[Line], before: dict[int, Line], placed: dict[int, Line], places: Sequence[int]
) -> list[Line]:
    """Put each line into the uppermost free row that says the same at some places; give those without one."""
    free: dict[Line, list[int]] = {}
    for number, present in reversed(before.items()):
        if number not in placed:
            free.setdefault(_at(present, places), []).append(number)
    homeless: list[Line] = []
    for line in lines:
        rows = free.get(_at(line, places))
        if rows:
            placed[rows.pop()] = line
        else:
            homeless.append(line)
    return homeless


def _at(line: Line, places: Sequence[int]) -> Line:
    return tuple(line[place] for place in places)


def _silent(read: TabRead, rows: Sequence[int]) -> Iterator[int]:
    """Give those of the rows beside which the team wrote nothing."""
    team = [read.frame[column.id] for column in read.tab.team_columns if read.has(column.id)]
    return (row for row in rows if all(cells.at[row] == "" for cells in team))
