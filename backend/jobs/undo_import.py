"""Undo of what went into the team's own columns: rows that were added, cells that were filled.

A row goes to the Archive tab if all its cells of the team's are exactly what the run wrote; a cell goes back
to what it held if it still holds what the run wrote. Everything else stays, and is counted. The undo is a run
with a journal of its own: undone, it brings rows back with their ids, and the cells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.guarded_change import GuardedChange, change_to, may_stand_as, same
from backend.core.journal import Deed, JournalEntry
from backend.core.rules import read_settings
from backend.core.wording import say
from backend.errors import RegisterMade
from backend.jobs.job import Outcome
from backend.ports import Leave, RunState, WholeRows
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.jobs.recording import Progress
    from backend.ports import Journal, Register, RunRecord

Cells = dict[str, "Cell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """What is to be done to take a run back, as far as people have left it as it was.

    Attributes:
        out: Rows to take out: their cells, by row id.
        back: Rows to bring back: the cells they had, by row id.
        changes: Cells to change back.
        counts: Cells that stay: `edited` since, or on rows or in columns that are `gone`.
    """

    out: Mapping[str, Mapping[str, Cell]]
    back: Mapping[str, Mapping[str, Cell]]
    changes: Sequence[GuardedChange]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def cells(self) -> int:
        """How many cells are to go back."""
        return sum(map(len, (*self.out.values(), *self.back.values()))) + len(self.changes)

    @property
    def rows(self) -> int:
        """On how many rows."""
        return len({*self.out, *self.back, *(change.row_id for change in self.changes)})

    def entries(self) -> Iterator[JournalEntry]:
        """Give what is about to be done, for the journal."""
        for row_id, cells in self.back.items():
            yield _entry(row_id, {}, cells, Deed.ADDED)
        for row_id, cells in self.out.items():
            yield _entry(row_id, cells, {}, Deed.REMOVED)
        for one in self.changes:
            yield _entry(one.row_id, {one.column: one.before}, {one.column: one.stands_as[0]}, Deed.CHANGED)


def way_back(entries: Sequence[JournalEntry], seen: WholeRows) -> WayBack:
    """Say what can be taken back of a run, and count what cannot.

    Args:
        entries: What the run did to the team's cells, in order.
        seen: The rows as they are.
    """
    rows = {entry.row_id: entry for entry in entries if entry.deed is not Deed.CHANGED}
    counts: Counter[str] = Counter()
    out: dict[str, Mapping[str, Cell]] = {}
    back: dict[str, Mapping[str, Cell]] = {}
    for row_id, entry in rows.items():
        now = seen.cells.get(row_id)
        if entry.deed is Deed.REMOVED:
            if row_id in seen.archived and now is None and row_id not in seen.twice:
                back[row_id] = entry.before
            elif now is None and row_id not in seen.twice:
                counts["gone"] += len(entry.before)
        elif now is not None and _all_same(now, entry.after):
            out[row_id] = now
        else:
            counts[_why(row_id, seen)] += len(entry.after)
    changes = [change for change in _changes(entries, seen, counts) if change.row_id not in out]
    return WayBack(out=out, back=back, changes=changes, counts=counts)


def _changes(
    entries: Sequence[JournalEntry], seen: WholeRows, counts: Counter[str]
) -> Iterator[GuardedChange]:
    cells = {
        (entry.row_id, name): (entry.before.get(name, ""), after)
        for entry in entries
        if entry.deed is Deed.CHANGED
        for name, after in entry.after.items()
    }
    for (row_id, name), (before, after) in cells.items():
        if row_id not in seen.cells or name not in seen.names:
            counts["gone" if name not in seen.names else _why(row_id, seen)] += 1
            continue
        column, now = CUSTOMERS.column(name), seen.cells[row_id].get(name, "")
        stands = may_stand_as(column, after) if isinstance(after, str) else ()
        stands = stands or change_to(row_id, column, "", after).stands_as
        if any(same(now, one) for one in stands) and not same(now, before):
            yield change_to(row_id, column, now, before)
        elif not same(now, before):
            counts["edited"] += 1


def _why(row_id: str, seen: WholeRows) -> str:
    return "edited" if row_id in seen.cells or row_id in seen.twice else "gone"


def _all_same(now: Mapping[str, Cell], then: Mapping[str, Cell]) -> bool:
    return now.keys() == then.keys() and all(same(cell, then[name]) for name, cell in now.items())


def _entry(row_id: str, before: Mapping[str, Cell], after: Mapping[str, Cell], deed: Deed) -> JournalEntry:
    return JournalEntry(tab="Customers", row_id=row_id, before=before, after=after, deed=deed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndo:
    """Takes imports back, and brings back what was taken."""

    journal: Journal

    def carry_out(
        self,
        entries: Sequence[JournalEntry],
        register: Register,
        record: RunRecord,
        progress: Progress,
    ) -> Outcome:
        """Take a run back, as part of a run that holds the register.

        Args:
            entries: What the run did that `record` takes back.
            register: Where.
            record: This undo.
            progress: Who is told how far it is.

        Raises:
            RegisterMade: The run made the register.
        """
        run_id = str(record.arguments["run_id"])
        if any(entry.deed is Deed.MADE for entry in entries):
            raise RegisterMade(run_id, record.register)
        calls_before = register.api_calls
        progress.begin("stage-read")
        snapshot = register.read(may_be_empty=True)
        if not record.preview:
            register.settle()
        way = way_back(entries, register.whole_rows(settle=False))
        if record.preview or not way.cells:
            return _outcome(record, way, way, left=None, api_calls=register.api_calls - calls_before)
        progress.begin("stage-write")
        self.journal.intend(record.run_id, list(way.entries()))
        settings, _ = read_settings(snapshot)
        leave = Leave(
            why=say("undo-why", settings.language, run_id=run_id),
            removed_by=record.requested_by,
            removed_at=f"{record.started:%Y-%m-%d %H:%M:%S}",
            run_id=record.run_id,
        )
        seen = self._write(way, register, leave, progress)
        done = way_back(entries, seen)
        outcome = _outcome(
            record, way, done, left=seen.unsettled, api_calls=register.api_calls - calls_before
        )
        register.add_lines("Runs", [_line(record, len(seen.cells), outcome)])
        return outcome

    def _write(self, way: WayBack, register: Register, leave: Leave, progress: Progress) -> WholeRows:
        def beat() -> None:
            progress.count(0, 0)

        if way.back:
            register.bring_back(way.back.keys(), told=beat)
        if way.out:
            register.take_out(way.out, leave, told=beat)
        if way.changes:
            register.change_cells(way.changes, told=progress.count)
        progress.begin("stage-verify")
        return register.whole_rows(settle=True)


def _outcome(record: RunRecord, way: WayBack, done: WayBack, *, left: int | None, api_calls: int) -> Outcome:
    """Give what an undo came to.

    Args:
        record: The undo.
        way: What was to be done.
        done: What would still be to do afterwards.
        left: Lines of the Archive tab that are not verified; None when nothing was written.
        api_calls: Requests sent.
    """
    open_cells = 0 if left is None else done.cells
    more = {name: max(done.counts[name] - way.counts[name], 0) for name in ("edited", "gone")}
    counts = {
        "read": 0,
        "undone": way.cells - open_cells - (0 if left is None else more["edited"]),
        "edited": way.counts["edited"] + more["edited"],
        "gone": way.counts["gone"],
        "changed": way.rows,
        "taken_out": len(way.out),
        "brought_back": len(way.back),
        "conflicts": 0,
    }
    unsettled = 0 if left is None else left + done.rows
    return Outcome(
        run_id=record.run_id,
        job=record.title,
        register=record.register,
        state=RunState.PARTLY_DONE if unsettled else RunState.DONE,
        preview=record.preview,
        rules_hash="",
        plan_hash="",
        counts=MappingProxyType(counts),
        unsettled=tuple(range(unsettled)),
        api_calls=api_calls,
    )


def _line(record: RunRecord, rows: int, outcome: Outcome) -> dict[str, Cell]:
    return {
        "run_id": record.run_id,
        "job": record.title,
        "started": f"{record.started:%Y-%m-%d %H:%M:%S}",
        "requested_by": record.requested_by,
        "rows_read": rows,
        "rows_changed": outcome.counts["changed"],
        "problems": outcome.counts["edited"],
    }
