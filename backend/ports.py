"""What the runner needs of the outside world: a register, a ledger of runs, a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime

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
class RunRecord:
    """One run as the ledger keeps it.

    Attributes:
        spreadsheet_id: The spreadsheet it works on; one run at a time for each.
        register: Name the register goes by.
        preview: Whether it was only to say what it would do.
        started: When it began, UTC.
        ended: When it ended, UTC; None while it is running.
        counts: Figures of its summary, by name.
        message: Why it was refused or failed; '' otherwise.
    """

    run_id: str
    job: str
    spreadsheet_id: str
    register: str
    requested_by: str
    started: datetime
    preview: bool = False
    state: RunState = RunState.RUNNING
    ended: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    plan_hash: str = ""
    rules_hash: str = ""
    message: str = ""


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

    def read(self, *, may_be_empty: bool = False) -> Snapshot:
        """Read all tabs. Raises SheetError when the register is not as it must be."""

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
    """The truth about runs."""

    def begin(self, run: RunRecord) -> None:
        """Record a run and take the spreadsheet. Raises AlreadyRunning when another run holds it."""

    def beat(self, run_id: str) -> None:
        """Renew a run's hold on its spreadsheet. Raises LeaseLost when another run has taken it over."""

    def finish(self, run: RunRecord) -> None:
        """Record how a run ended and let go of the spreadsheet."""

    def recent(self, most: int) -> Sequence[RunRecord]:
        """Give the last runs, the newest first."""

    def find(self, run_id: str) -> RunRecord:
        """Give one run. Raises RunMissing when there is none."""


class Journal(Protocol):
    """What runs were about to change, so that it can be taken back."""

    def intend(self, run_id: str, entries: Sequence[JournalEntry]) -> None:
        """Write down what is about to be changed, so that it outlives a crash."""

    def entries(self, run_id: str) -> Sequence[JournalEntry]:
        """Give what a run changed, in order. Raises JournalUnreadable when the key does not fit."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Give the moment, in UTC."""

    def today(self, time_zone: str) -> date:
        """Give the day in a time zone."""
