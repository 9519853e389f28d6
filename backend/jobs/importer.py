"""Imports as runs: the only procedure that brings a file into a register, from the lock to the record."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.arrivals import Fate
from backend.core.import_plan import plan_into_new_register, plan_into_register
from backend.core.journal import Deed, JournalEntry
from backend.core.rules import read_settings
from backend.jobs.recording import Progress, Recorder
from backend.ports import RunState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.core.guarded_change import GuardedChange
    from backend.core.import_plan import Delivery, ImportPlan
    from backend.core.team_settings import TeamSettings
    from backend.ports import Clock, Journal, Register, RunLedger, RunRecord

JOB = "import"
"""What an import is called in the ledger and the Runs tab."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import came to; what it added and filled is what an undo would have to take back.

    Attributes:
        state: How it ended.
        preview: Whether nothing was to be written.
        plan: What it wanted to write.
        missing: Row ids of new rows that were not found again.
        filled: Cells that were filled.
        unfilled: Cells that were to be filled and were not: people were there first.
    """

    run_id: str
    register: str
    state: RunState
    preview: bool
    plan: ImportPlan
    missing: Sequence[str] = ()
    filled: Sequence[GuardedChange] = ()
    unfilled: Sequence[GuardedChange] = ()

    @property
    def written(self) -> int:
        """New rows that stand there, or that would."""
        return len(self.plan.wanted) - len(self.missing)

    @property
    def counts(self) -> Mapping[str, int]:
        """Figures for the ledger: `read` rows of the file; `changed` rows of the register."""
        fates = self.plan.incoming.arrivals.counts
        return MappingProxyType(
            {
                "read": sum(fates.values()),
                "changed": self.written + len({fill.row_id for fill in self.filled}),
                "added": self.written,
                "filled": len(self.filled),
                "conflicts": fates[Fate.CONFLICT],
                "duplicates": fates[Fate.DUPLICATE],
                "refused": fates[Fate.REFUSED],
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """Brings files into registers."""

    ledger: RunLedger
    journal: Journal
    clock: Clock

    def bring_in(
        self,
        delivery: Delivery,
        register: Register,
        *,
        requested_by: str,
        preview: bool = False,
        progress: Progress | None = None,
        ready: Callable[[ImportPlan], object] = lambda _plan: None,
    ) -> Imported:
        """Bring a file into a register that is there.

        Args:
            delivery: The file.
            register: Where.
            requested_by: Who asked, for the ledger.
            preview: Stop before anything is written, and say what would be.
            progress: Who is told how far it is.
            ready: Called with the plan before anything is written.

        Raises:
            AlreadyRunning: Another run holds the register.
            StoppedMidway: Something ended the import after it had begun to write.
            StewardError: The import was refused or failed; the ledger says which, and why.
        """
        progress = progress or Progress()
        record = self._recorder.new_record(
            JOB, register.spreadsheet_id, register.name, requested_by=requested_by, preview=preview
        )
        record = self.ledger.begin(record)
        with self._recorder.recording(record, progress):
            plan = self._plan(delivery, register, record, progress)
            ready(plan)
            imported = self._write(plan, register, record, progress)
            self._end(record, imported)
        return imported

    def make(  # noqa: PLR0913 - the same
        self,
        delivery: Delivery,
        name: str,
        settings: TeamSettings,
        create: Callable[[ImportPlan, Mapping[str, Cell], Callable[[int, int], None]], str],
        *,
        requested_by: str,
        preview: bool = False,
        progress: Progress | None = None,
        ready: Callable[[ImportPlan], object] = lambda _plan: None,
    ) -> Imported:
        """Make a register of a file.

        Args:
            delivery: The file.
            name: What the register is called.
            settings: Its settings.
            create: Makes it and gives its spreadsheet id, from the plan, the line for the Runs tab, and what
                is told rows written and rows to write.
            requested_by: Who asked, for the ledger.
            preview: Stop before anything is made.
            progress: Who is told how far it is.
            ready: Called with the plan before anything is made.

        Raises:
            StoppedMidway: Something ended the import after it had begun to write.
            StewardError: The import was refused or failed; the ledger says which, and why.
        """
        progress = progress or Progress()
        record = self._recorder.new_record(JOB, "", name, requested_by=requested_by, preview=preview)
        record = self.ledger.begin(record)
        with self._recorder.recording(record, progress):
            progress.begin("stage-compare")
            today = self.clock.today(settings.time_zone)
            plan = plan_into_new_register(delivery, settings, today=today)
            ready(plan)
            imported = _imported(record, plan)
            made = ""
            if not preview:
                progress.begin("stage-make")
                made_entry = JournalEntry(tab="", row_id="", before={}, after={}, deed=Deed.MADE)
                self.journal.intend(record.run_id, [made_entry])
                line = _line_cells(record, imported)
                made = create(plan, line, progress.count)
            self._end(record, imported, spreadsheet_id=made or record.spreadsheet_id)
        return imported

    @property
    def _recorder(self) -> Recorder:
        return Recorder(ledger=self.ledger, clock=self.clock)

    def _plan(
        self, delivery: Delivery, register: Register, record: RunRecord, progress: Progress
    ) -> ImportPlan:
        progress.begin("stage-read")
        snapshot = register.read(may_be_empty=True)
        if not record.preview and register.settle():
            snapshot = register.read(may_be_empty=True)
        settings, _ = read_settings(snapshot)
        progress.begin("stage-compare")
        today = self.clock.today(settings.time_zone)
        return plan_into_register(delivery, snapshot, today=today, seed=secrets.token_bytes(16))

    def _write(self, plan: ImportPlan, register: Register, record: RunRecord, progress: Progress) -> Imported:
        """Add rows, fill cells, note the mapping, and say in the Runs tab that it was done."""
        if record.preview or plan.is_empty:
            return _imported(record, plan)
        self.journal.intend(record.run_id, list(_entries(plan)))
        progress.begin("stage-add")
        missing = register.bring_in(plan.rows, plan.row_ids, told=progress.count) if plan.wanted else ()
        progress.begin("stage-fill")
        filled, unfilled = register.change_cells(plan.fillable.fills, told=progress.count)
        imported = _imported(record, plan, missing=missing, filled=filled, unfilled=unfilled)
        if plan.mapping_lines:
            register.add_lines("Mappings", plan.mapping_lines)
        register.add_lines("Runs", [_line_cells(record, imported)])
        return imported

    def _end(self, record: RunRecord, imported: Imported, **figures: object) -> None:
        self._recorder.end(
            record,
            state=imported.state,
            counts=imported.counts,
            plan_hash=imported.plan.hash,
            **figures,
        )


def _entries(plan: ImportPlan) -> Iterator[JournalEntry]:
    """Give what an import is about to write into the team's columns."""
    for row_id, cells in zip(plan.row_ids, plan.named_rows, strict=True):
        yield JournalEntry(tab="Customers", row_id=row_id, before={}, after=cells, deed=Deed.ADDED)
    for one in plan.fillable.fills:
        yield JournalEntry(
            tab="Customers",
            row_id=one.row_id,
            before={one.column: one.before},
            after={one.column: one.stands_as[0]},
        )


def _imported(record: RunRecord, plan: ImportPlan, **effects: Sequence[object]) -> Imported:
    partly = effects.get("missing") or effects.get("unfilled")
    return Imported(
        run_id=record.run_id,
        register=record.register,
        state=RunState.PARTLY_DONE if partly else RunState.DONE,
        preview=record.preview,
        plan=plan,
        **effects,  # type: ignore[arg-type]
    )


def _line_cells(record: RunRecord, imported: Imported) -> dict[str, Cell]:
    counts = imported.counts
    return {
        "run_id": record.run_id,
        "job": record.job,
        "started": f"{record.started:%Y-%m-%d %H:%M:%S}",
        "requested_by": record.requested_by,
        "rows_read": counts["read"],
        "rows_changed": counts["changed"],
        "problems": counts["conflicts"] + counts["refused"],
        "plan_hash": imported.plan.hash,
    }
