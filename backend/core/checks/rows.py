"""What was found in the rows before in this process: a row that has not changed is not judged again.

A check of one row depends on the cells of the row, the settings, the day and the columns there are. The last
three are what an answer is kept by; rows are compared cell by cell, by the numbers of `fields.memory`, where
they stood, or wherever they stand now after a sort, an insert or a delete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from backend.core.fields.memory import MOST_CELLS, WORTH_KEEPING
from backend.core.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from backend.core.checks.facts import Facts, Table
    from backend.core.fields.memory import Codes, Numbers

Check = Callable[["Facts"], Iterable[Issue]]

_MOST_CHANGED = 10
"""A tab of which more than one row in so many stands elsewhere is compared by content."""

_CELLS_OF_AN_ISSUE = 20
"""An issue that is kept takes as much room as so many cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a tab as they were.

    Attributes:
        index: Their sheet rows.
        columns: For each column the numbers of its distinct cells, and for each row which of them it has.
    """

    index: pd.Index[Any]
    columns: tuple[tuple[Numbers, Codes], ...]

    @property
    def cells(self) -> int:
        """How many cells they are."""
        return len(self.index) * len(self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A register that was checked.

    Attributes:
        rows: Its rows, by tab id.
        issues: What each check found, by tab, column and row.
    """

    rows: Mapping[str, Rows]
    issues: tuple[tuple[Issue, ...], ...]

    @property
    def size(self) -> int:
        """How many cells it counts as."""
        cells = sum(rows.cells for rows in self.rows.values())
        return cells + _CELLS_OF_AN_ISSUE * sum(map(len, self.issues))


class RowMemory:
    """The last registers that were checked, as many as fit into `most_cells`."""

    def __init__(self, most_cells: int) -> None:
        self._most_cells = most_cells
        self._judged: dict[Hashable, Judged] = {}
        self._lock = Lock()

    def find(self, facts: Facts, checks: Sequence[Check]) -> tuple[tuple[Issue, ...], ...]:
        """Run checks of one row; rows that were judged before are not judged again.

        Where only some rows of a tab are looked at, these are judged, and nothing is remembered.

        Returns:
            What each check found, by tab, column and row.
        """
        if any(table.whole is not None for table in facts.tables.values()):
            return _judge(facts, checks)
        key = _key(facts, checks)
        rows = {tab_id: _rows_of(table) for tab_id, table in facts.tables.items()}
        with self._lock:
            before = self._judged.pop(key, None)
        issues = _judge_again(facts, checks, before, rows) if before else _judge(facts, checks)
        if any(len(one.index) >= WORTH_KEEPING for one in rows.values()):
            with self._lock:
                self._judged[key] = Judged(rows=rows, issues=issues)
                self._forget()
        return issues

    def _forget(self) -> None:
        kept = sum(judged.size for judged in self._judged.values())
        while kept > self._most_cells:
            kept -= self._judged.pop(next(iter(self._judged))).size


def places_before(now: Rows, before: Rows) -> Codes:
    """Give the position at which each row stood before; -1 for a row that is new or has another cell."""
    if now.index.equals(before.index):
        pairs = zip(now.columns, before.columns, strict=True)
        changed = np.zeros(len(now.index), dtype=bool)
        for (numbers, codes), (old_numbers, old_codes) in pairs:
            if codes is not old_codes or numbers is not old_numbers:
                changed |= numbers[codes] != old_numbers[old_codes]
        if changed.sum() * _MOST_CHANGED <= len(changed):
            return np.where(changed, -1, np.arange(len(changed)))
    known = {row: place for place, row in enumerate(_contents(before))}
    return np.array([known.get(row, -1) for row in _contents(now)], dtype=np.intp)


def _key(facts: Facts, checks: Sequence[Check]) -> Hashable:
    bound = tuple((tab_id, table.read.title, *table.columns) for tab_id, table in facts.tables.items())
    return (
        facts.snapshot.title, bound, facts.rules.settings, facts.today, tuple(facts.said_once), *checks
    )  # fmt: skip


def _rows_of(table: Table) -> Rows:
    columns = tuple((column.numbers, column.codes) for column in table.columns.values())
    return Rows(index=table.raw.index, columns=columns)


def _contents(rows: Rows) -> list[bytes]:
    """Give each row as the numbers of its cells."""
    width = len(rows.columns)
    table = np.empty((len(rows.index), width), dtype=np.int64)
    for place, (numbers, codes) in enumerate(rows.columns):
        table[:, place] = numbers[codes]
    whole: list[bytes] = table.view(f"V{8 * width}").ravel().tolist() if width else [b""] * len(table)
    return whole


def _judge(facts: Facts, checks: Sequence[Check]) -> tuple[tuple[Issue, ...], ...]:
    order = _order(facts)
    return tuple(tuple(sorted(find(facts), key=order)) for find in checks)


def _judge_again(
    facts: Facts, checks: Sequence[Check], before: Judged, rows: Mapping[str, Rows]
) -> tuple[tuple[Issue, ...], ...]:
    stood = {tab_id: places_before(one, before.rows[tab_id]) for tab_id, one in rows.items()}
    new = {tab_id: np.flatnonzero(places < 0) for tab_id, places in stood.items()}
    if 2 * sum(map(len, new.values())) > sum(map(len, stood.values())):
        return _judge(facts, checks)
    changed, targets, order = facts.of_rows(new), _targets(before, rows, stood), _order(facts)
    return tuple(
        tuple(sorted([*_kept(kept, targets), *find(changed)], key=order))
        for kept, find in zip(before.issues, checks, strict=True)
    )


def _targets(
    before: Judged, rows: Mapping[str, Rows], stood: Mapping[str, Codes]
) -> dict[tuple[str, int], list[int]]:
    """Give the sheet rows in which each row with an issue stands now, by tab and former sheet row."""
    named = {(issue.tab, issue.row) for found in before.issues for issue in found}
    targets: dict[tuple[str, int], list[int]] = {place: [] for place in named}
    for tab_id, places in stood.items():
        was = before.rows[tab_id].index.to_numpy()
        wanted = np.isin(was, [row for tab, row in named if tab == tab_id])
        now = np.flatnonzero((places >= 0) & wanted[places])
        new = rows[tab_id].index.to_numpy()[now].tolist()
        for old_row, new_row in zip(was[places[now]].tolist(), new, strict=True):
            targets[tab_id, old_row].append(new_row)
    return targets


def _kept(issues: Iterable[Issue], targets: Mapping[tuple[str, int], list[int]]) -> Iterable[Issue]:
    return (
        issue if row == issue.row else replace(issue, row=row)
        for issue in issues
        for row in targets[issue.tab, issue.row]
    )


def _order(facts: Facts) -> Callable[[Issue], tuple[int, int]]:
    """Give the key by which the issues of a check are listed: tab, column, row."""
    names = [
        (table.tab.id, column.id) for table in facts.tables.values() for column in table.tab.team_columns
    ]
    places = {name: place for place, name in enumerate(names)}
    return lambda issue: (places[issue.tab, issue.column], issue.row)


ROWS = RowMemory(MOST_CELLS)
"""The memory of this process."""
