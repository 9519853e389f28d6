"""What the runner needs of the outside world: a register, a ledger of runs, a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime, timedelta

    import pandas as pd

    from backend.core.fields.field import Cell
    from backend.core.guarded_change import GuardedChange
    from backend.core.journal import JournalEntry
    from backend.core.plan import Plan
    from backend.core.snapshot import Snapshot, TabRead


class RunState(StrEnum):
    """How far a run is. Every run ends in one of the last five."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PARTLY_DONE = "partly_done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is.

    Attributes:
        stage: Code of the stage it is in; '' before the first.
        done: Rows of the stage that are done.
        total: Rows of the stage; 0 where they are not counted.
    """

    stage: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run as the ledger keeps it.

    Attributes:
        job: Name of the job.
        arguments: What the job was given besides the register, as JSON holds it.
        spreadsheet_id: The spreadsheet it works on; one run at a time for each.
        register: Name the register goes by.
        requested_by: Who asked, as people are shown it.
        caller: Who asked, as the token of the request says; '' from the command line.
        preview: Whether it was only to say what it would do.
        created: When it was asked for, UTC.
        started: When it began, UTC; when it was asked for, as long as it waits.
        ended: When it ended, UTC; None until then.
        worker: Name of the process that carries it out; '' until then.
        token: Goes up each time somebody takes the run; who holds an older one no longer holds the run.
        attempt: How often it was begun.
        cancel_asked: Whether somebody wants it to stop.
        counts: Figures of its summary, by name.
        message: Code of the reason why it was refused or failed; '' otherwise.
    """

    run_id: str
    job: str
    spreadsheet_id: str
    register: str
    requested_by: str
    created: datetime
    started: datetime
    arguments: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    caller: str = ""
    preview: bool = False
    state: RunState = RunState.QUEUED
    ended: datetime | None = None
    worker: str = ""
    token: int = 0
    attempt: int = 0
    cancel_asked: bool = False
    progress: RunProgress = RunProgress()
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    plan_hash: str = ""
    rules_hash: str = ""
    message: str = ""

    @property
    def title(self) -> str:
        """What people are shown as the job: an undo says of which run."""
        return " ".join(map(str, (self.job, *filter(None, [self.arguments.get("run_id")]))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Why rows are taken out: what stands beside each of them in the Archive tab."""

    why: str
    removed_by: str
    removed_at: str
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRows:
    """The rows of Customers and of the Archive tab.

    Attributes:
        cells: The team's cells of each row that are not blank, by name, by row id. A name is a field id, or
            # and the header of a column of the team's own.
        twice: Row ids that stand in several rows.
        archived: The run that took each archived row out, by row id.
        names: The names of all columns there are.
        unsettled: Lines of the Archive tab that could not be verified yet.
    """

    cells: Mapping[str, Mapping[str, Cell]]
    twice: frozenset[str]
    archived: Mapping[str, str]
    names: frozenset[str]
    unsettled: int = 0


class Register(Protocol):
    """A customer register in a spreadsheet."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def spreadsheet_id(self) -> str:
        """The id of its spreadsheet."""

    @property
    def api_calls(self) -> int:
        """Requests sent so far."""

    def read(self, *, may_be_empty: bool = False, hidden: bool = False) -> Snapshot:
        """Read all tabs, maybe with the rows that are hidden. Raises SheetError when a tab is not clear."""

    def read_customers(self) -> TabRead:
        """Read the Customers tab again, after a write."""

    def write(
        self, plan: Plan, *, run_id: str, run_line: pd.DataFrame, told: Callable[[int, int], None]
    ) -> Sequence[int]:
        """Write a plan made from the last read; give the sheet rows that were missed.

        `told` is called with rows written and rows to write.
        """

    def bring_in(
        self, rows: Sequence[Mapping[int, Cell]], ids: Sequence[str], *, told: Callable[[int, int], None]
    ) -> Sequence[str]:
        """Write new customers below the last row, cells by position; give the row ids not found again."""

    def change_cells(
        self, changes: Sequence[GuardedChange], *, told: Callable[[int, int], None]
    ) -> tuple[Sequence[GuardedChange], Sequence[GuardedChange]]:
        """Change cells of the team's that hold what they are to hold; give those changed, and the others."""

    def settle(self) -> bool:
        """Finish what a run that was killed left half done in the team's cells; say whether there was any.

        Without anything to finish it costs no request: the last read shows it.
        """

    def whole_rows(self, *, settle: bool) -> WholeRows:
        """Read every row with all cells of the team's, by id; first settle what a killed run left."""

    def take_out(
        self, rows: Mapping[str, Mapping[str, Cell]], leave: Leave, *, told: Callable[[], object]
    ) -> WholeRows:
        """Move rows whose team's cells are exactly these to the Archive tab; give what is there then."""

    def bring_back(self, row_ids: Collection[str], *, told: Callable[[], object]) -> WholeRows:
        """Move rows of the Archive tab back; give what is there then."""

    def add_lines(self, tab_id: str, lines: Sequence[Mapping[str, Cell]]) -> None:
        """Add lines below the last one of a tab."""


class RunLedger(Protocol):
    """The truth about runs. Whoever carries a run out holds it by its token, until its lease runs out."""

    @property
    def lease(self) -> timedelta:
        """How long a run is held without a sign of life."""

    def begin(self, run: RunRecord) -> RunRecord:
        """Record a run and take it at once. Raises AlreadyRunning when another run holds the spreadsheet."""

    def request(self, run: RunRecord, idempotency_key: str = "") -> RunRecord:
        """Record a run that is to be carried out; give it, or the one that was asked for already.

        The same key of the same caller gives the run of then; the same job with the same arguments on the
        same spreadsheet gives the run that waits or is being carried out.
        """

    def claim(self, run_id: str | None, worker: str) -> RunRecord | None:
        """Take this waiting run, or any whose spreadsheet is free; None when there is none."""

    def beat(self, run_id: str, token: int, progress: RunProgress | None = None) -> None:
        """Renew the lease. Raises LeaseLost when the token is old, RunCancelled when it is to stop."""

    def finish(self, run: RunRecord, token: int) -> None:
        """Record how a run ended and let go of the spreadsheet. Raises LeaseLost when the token is old."""

    def hand_back(self, run_id: str, token: int) -> None:
        """Let somebody else carry a run out; the attempt is not counted. Raises LeaseLost."""

    def put_off(self, run_id: str, token: int) -> bool:
        """Let a run be tried again in a while; False when it was tried often enough, and is still held."""

    def cancel(self, run_id: str) -> RunRecord:
        """Let a waiting run end, and ask one that is being carried out to stop. Raises RunMissing."""

    def keep_result(self, run_id: str, token: int, result: Mapping[str, object]) -> None:
        """Keep what a run shows to who asked for it, for some hours. Raises LeaseLost."""

    def result(self, run_id: str) -> Mapping[str, object] | None:
        """Give what a run shows; None when there is nothing, or no longer."""

    def recent(
        self, most: int, spreadsheet_id: str | None = None, *, but: Collection[str] = ()
    ) -> Sequence[RunRecord]:
        """Give the last runs, of one spreadsheet or of all, but for some jobs, the newest first."""

    def find(self, run_id: str) -> RunRecord:
        """Give one run. Raises RunMissing when there is none."""


class RunQueue(Protocol):
    """Hands the ids of runs to workers. It may lose one or give one twice: the ledger is the truth."""

    def put(self, run_id: str) -> None:
        """Let a worker know of a run. Raises QueueUnusable when the queue does not answer."""

    def take(self) -> str | None:
        """Give the id of a run, waiting up to a second for one; None when there is none."""


class Journal(Protocol):
    """What runs were about to change, so that it can be taken back."""

    def intend(self, run_id: str, entries: Sequence[JournalEntry]) -> None:
        """Write down what is about to be changed, so that it outlives a crash."""

    def entries(self, run_id: str) -> Sequence[JournalEntry]:
        """Give what a run changed, in order. Raises JournalUnreadable when the key does not fit."""

    def knows(self, run_id: str) -> bool:
        """Say whether a run was ever about to change anything."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Give the moment, in UTC."""

    def today(self, time_zone: str) -> date:
        """Give the day in a time zone."""
