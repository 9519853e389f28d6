"""One trial: a register, people who edit it between any two calls, runs, and what has to be true then."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from dataclasses import dataclass, field, fields
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import requests

from backend.adapters.google.client import Patience, SheetsClient
from backend.adapters.google.register import SheetRegister
from backend.adapters.store.journal import SqlJournal
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.opening import open_store
from backend.core import signature
from backend.core.block import block_frame, differing
from backend.core.ownership import DOUBTED, assign
from backend.core.plan import Plan
from backend.errors import SheetError, StewardError
from backend.jobs.job import Job
from backend.jobs.runner import Runner
from backend.localsheets import LocalSheets, LocalSheetsAdapter
from backend.localsheets.edited import EditedService
from backend.localsheets.editors import Editors
from backend.localsheets.edits import Edit
from backend.localsheets.faults import Fault, Faults
from backend.localsheets.faulty import FaultyService
from backend.localsheets.transport import ProcessKilledError
from backend.localsheets.truth import What
from sheets_schema.headers import columns_of
from sheets_schema.model import Text
from sheets_schema.tabs.customers import CUSTOMERS
from tests.conftest import Desk, StoppedClock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.core.snapshot import Snapshot
    from backend.jobs.job import Task

BLOCK = len(CUSTOMERS.block)
ROW_ID, STATUS, SIG = 0, 2, BLOCK - 1
HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")

ALL_DAY: tuple[Edit, ...] = tuple(
    edit
    for edit in Edit
    if edit
    not in (Edit.DELETE_COLUMN, Edit.DELETE_TAB, Edit.DUPLICATE_TAB, Edit.INSERT_COLUMN, Edit.MOVE_COLUMN)
)
"""What people do at rates up to 2 a call: everything but what rightly stops a run."""

ON_COLUMNS = (Edit.INSERT_COLUMN, Edit.MOVE_COLUMN, Edit.RENAME_COLUMN, Edit.DELETE_COLUMN, Edit.RETYPE_CELL)
"""What people do to columns: a run is refused as long as one of them stands inside the block."""

NARROW = Job(name="narrow", label=Text(zh="", en=""), plan=f"{__name__}.narrow_plan")
"""A job that decides as little as possible: what is tried is how it is written."""


def narrow_plan(snapshot: Snapshot, task: Task) -> Plan:
    """Give each row a status that follows from its own cells alone."""
    read = snapshot["Customers"]
    identities = assign(read, seed=task.seed, known=task.known, placed=task.placed)
    hashed = dict(zip(read.frame.index, signature.hashes(read).itertuples(index=False), strict=True))
    team = read.frame[[column.id for column in read.tab.team_columns if read.has(column.id)]]
    cells = dict(zip(read.frame.index, team.itertuples(index=False), strict=True))
    lines: dict[int, tuple[object, ...]] = {}
    for row, row_id in identities.ids.items():
        if row in identities.doubted:
            sig = identities.doubted[row]
            marked = signature.unsigned(sig.row_id, (sig.inputs, sig.name, sig.contact), DOUBTED)
            lines[row] = (sig.row_id, *[""] * (BLOCK - 2), marked)
        elif row_id:
            block = ("", status_of(cells[row]), *[""] * (BLOCK - 4))
            sig_text = signature.unsigned(row_id, hashed[row], signature.block_hash(block))
            lines[row] = (row_id, *block, sig_text)
    before, after = differing(read, block_frame(read, identities, lines))
    counts = Counter(read=len(read.frame), conflicts=len(identities.unclear))
    return Plan(
        job="narrow",
        before=before,
        after=after,
        counts=MappingProxyType(counts | dict.fromkeys(("duplicate_groups", "restored"), 0)),
    )


def status_of(cells: Iterable[Any]) -> str:
    """Give the status that follows from what a row holds, in whatever order its columns stand."""
    text = "|".join(sorted(str(cell) for cell in cells if cell != ""))
    return f"s{zlib.crc32(text.encode()):08x}"


def typing(header: str, chance: Random, number: int) -> Any:
    """What people type: names and numbers nobody has had before, now and then an odd one."""
    columns = columns_of(CUSTOMERS, header)
    if "full_name" in columns:
        return f"{chance.choice('赵钱孙李周吴郑王')}{chance.choice('伟芳娜敏静强磊洋')}{number}"
    if "mobile" in columns:
        return f"139{number:08d}" if chance.random() < 0.9 else number
    return f"v{number}"


@dataclass(slots=True)
class Template:
    """A register to copy: making one takes longer than a run."""

    server: LocalSheets
    spreadsheet_id: str
    rows: int
    wide: bool

    def copy(self) -> str:
        url = f"{HOSTS[1]}/drive/v3/files/{self.spreadsheet_id}/copy"
        answer = self.server.handle("POST", url, b'{"name": "copy"}')
        return str(json.loads(answer.body)["id"])


def template(rows: int, *, wide: bool = False) -> Template:
    """Make a register of so many customers; without `wide` it has few columns, so that a run is quick."""
    desk = Desk()
    people = [
        {"full_name": f"客户{number}", "mobile": f"138{number:08d}", "notes": f"n{number}"}
        | ({"customer_id": f"K{number}", "email": f"k{number}@example.com"} if wide else {})
        for number in range(rows)
    ]
    register = desk.make(people)
    return Template(desk.server, register.spreadsheet_id, rows, wide)


MUST_BE_NONE = (
    "team_cells",
    "ids_given_away",
    "ids_twice",
    "wrong_at_the_end",
    "not_settled_later",
    "wrote_again",
)


@dataclass(slots=True)
class Findings:
    """What was counted over many trials; what `MUST_BE_NONE` names has to stay 0."""

    trials: int = 0
    runs: int = 0
    calls: int = 0
    edits: int = 0
    faults: int = 0
    partly_done: int = 0
    refused: int = 0
    stopped: Counter[str] = field(default_factory=Counter)
    team_cells: int = 0
    ids_given_away: int = 0
    ids_twice: int = 0
    wrong_at_the_end: int = 0
    not_settled_later: int = 0
    wrote_again: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in MUST_BE_NONE if getattr(self, name)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Findings:
        """Give findings back from their `figures`."""
        return cls(**{**kept, "stopped": Counter(kept["stopped"])})

    def add(self, other: Findings) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


class Trial:
    """A copy of a template, people at it, a faulty line, and a runner.

    Args:
        made: What is copied.
        seed: What all chance of this trial starts from.
        rate: Edits before each call, on average.
        fault_rate: Part of the calls that meet with a fault.
        script: Faults of single calls, by number.
    """

    def __init__(
        self,
        made: Template,
        seed: int,
        rate: float,
        *,
        fault_rate: float = 0.0,
        script: Mapping[int, Fault] = MappingProxyType({}),
        kinds: Sequence[Edit] = ALL_DAY,
        job: Job = NARROW,
    ) -> None:
        self.made, self.job, self.seed = made, job, seed
        self.spreadsheet_id = made.copy()
        sheet = made.server.book(self.spreadsheet_id).sheets[0]
        self.people = EditedService(
            made.server,
            self.spreadsheet_id,
            sheet.title,
            Editors(seed, rate, tuple(kinds), types=typing),
            tool_columns=range(BLOCK),
            anchor=next(
                place
                for place, text in enumerate(sheet.rows[0])
                if "full_name" in columns_of(CUSTOMERS, str(text))
            ),
        )
        faults = Faults(script=script, seed=seed, rate=fault_rate)
        self.line = FaultyService(self.people, faults, wait=lambda _: None)
        self.clock = StoppedClock()
        self.ledger = SqlRunLedger(open_store(None), self.clock)
        self.journal = SqlJournal(self.ledger.engine, self.clock, b"k" * 32, 90)
        self.register = SheetRegister(self._client(self.line), self.spreadsheet_id, "trial")
        self.quiet = SheetRegister(self._client(made.server), self.spreadsheet_id, "trial")
        chance = Random(f"{seed}/ids")
        self.runner = Runner(
            ledger=self.ledger, journal=self.journal, clock=self.clock, draw=chance.randbytes
        )
        self.births: dict[str, int] = {}
        self.found = Findings(trials=1)

    @staticmethod
    def _client(service: Any) -> SheetsClient:
        session = requests.Session()
        for host in HOSTS:
            session.mount(host, LocalSheetsAdapter(service))
        return SheetsClient(None, session, patience=Patience(sleep=lambda _: None, jitter=lambda low, _: low))

    def close(self) -> None:
        self.ledger.engine.dispose()
        url = f"{HOSTS[1]}/drive/v3/files/{self.spreadsheet_id}"
        self.made.server.handle("DELETE", url, None)

    def run(self, register: SheetRegister | None = None) -> Any:
        """Run the job; give the outcome, or the error it ended with. A run that was killed is taken over."""
        try:
            return self.runner.run(self.job, register or self.register, requested_by="ann")
        except StewardError as problem:
            return problem
        except ProcessKilledError as problem:
            self.clock.forward(hours=1)
            return problem

    def undo(self, run_id: str, register: SheetRegister | None = None) -> Any:
        try:
            return self.runner.undo(run_id, register or self.register, requested_by="ann")
        except StewardError as problem:
            return problem

    def note(self, outcome: Any) -> None:
        self.found.runs += 1
        self.found.partly_done += getattr(outcome, "state", "") == "partly_done"
        if isinstance(outcome, BaseException):
            name = type(outcome.__cause__ or outcome).__name__
            self.found.stopped[name] = self.found.stopped.get(name, 0) + 1

    # What has to be true

    def check_team_cells(self) -> None:
        """Every cell of the team's holds what people wrote."""
        self.found.team_cells += len(self.people.truth.differences(self.people.sheet))

    def check_ids(self, outcome: Any) -> None:
        """An id stays with the customer it was given to; a copy may keep that of an original edited since."""
        if getattr(outcome, "state", "") != "done" or self._were_customers_torn():
            return
        here: dict[str, int] = {}
        customers = self.people.truth.customers()
        for row, cells in enumerate(self.people.sheet.rows):
            row_id = str(cells[ROW_ID]) if cells else ""
            sig = signature.parse(cells[SIG]) if len(cells) > SIG else None
            if row and row in customers and sig and sig.row_id == row_id and sig.block != DOUBTED:
                self.found.ids_twice += row_id in here
                here[row_id] = customers[row]
        for row_id, identity in here.items():
            born = self.births.setdefault(row_id, identity)
            if born not in self._lineage(identity):
                self.found.ids_given_away += 1
                self.found.lost.append(f"seed {self.seed}: {row_id} of {born} is on {identity}")

    def _were_customers_torn(self) -> bool:
        """Say whether somebody sorted a part of the team's columns: nobody knows then who is whose name."""
        width = len([column for column in self.people.truth.columns if column])
        sorts = (
            deed.requests[0]["sortRange"]["range"] for deed in self.people.log if deed.edit is Edit.SORT_PART
        )
        return any(area["endColumnIndex"] - area["startColumnIndex"] < width for area in sorts)

    def _lineage(self, identity: int) -> set[int]:
        """Give a customer and those it was copied from, and copies of the same one."""
        origins = {
            event.identity: event.origin for event in self.people.truth.events if event.what is What.COPIED
        }

        def root(one: int) -> int:
            while one in origins:
                one = origins[one]
            return one

        mine = root(identity)
        return {one for one in (*origins, *origins.values(), identity) if root(one) == mine}

    def was_shown_the_past(self, befallen: int) -> bool:
        """Say whether a read was stale since so many faults: a run that saw it speaks of an earlier sheet."""
        return any(one.fault is Fault.STALE_READ for one in self.line.befallen[befallen:])

    def check_statuses(self, outcome: Any) -> None:
        """Where a run said that it is done, a second one finds nothing to write."""
        if getattr(outcome, "state", "") == "done":
            self.found.wrong_at_the_end += len(self.wrong_rows())

    def wrong_rows(self) -> list[int]:
        """Give the rows that do not show what follows from what people wrote there: a status, or nothing."""
        truth, sheet = self.people.truth, self.people.sheet
        wrong = []
        for row in range(1, len(sheet.rows)):
            shown = [str(sheet.cell(row, place)) for place in (ROW_ID, STATUS)]
            cells = truth.row(row).cells.values()
            status = status_of(cells) if cells else ""
            if shown[1] != status or bool(shown[0]) != bool(status):
                wrong.append(row)
        return wrong

    def check_settles(self) -> Any:
        """A run that nobody disturbs settles all, and the next writes nothing; give what it came to."""
        first = self.run(self.quiet)
        if isinstance(first, SheetError):
            self.found.refused += 1
            return first
        second = self.run(self.quiet)
        self.found.not_settled_later += len(first.unsettled)
        self.check_statuses(second)
        self.found.wrote_again += second.counts["cells"]
        return first

    def counted(self) -> Findings:
        self.found.calls = self.people.calls
        self.found.edits = len(self.people.log)
        self.found.faults = len(self.line.befallen)
        return self.found


def interleaved(made: Template, seed: int, rate: float, *, runs: int = 2, **options: Any) -> Findings:
    """Some runs while people edit, then quiet: what was wrong at any time."""
    trial = Trial(made, seed, rate, **options)
    try:
        for _ in range(runs):
            befallen = len(trial.line.befallen)
            outcome = trial.run()
            trial.note(outcome)
            trial.check_team_cells()
            if not trial.was_shown_the_past(befallen):
                trial.check_ids(outcome)
            if not options.get("fault_rate"):
                trial.check_statuses(outcome)
        trial.check_ids(trial.check_settles())
        trial.check_team_cells()
        return trial.counted()
    finally:
        trial.close()


def totals(findings: Iterable[Findings]) -> Findings:
    whole = Findings()
    for one in findings:
        whole.add(one)
    return whole


def figures(found: Findings) -> Mapping[str, Any]:
    return {each.name: getattr(found, each.name) for each in fields(found) if each.name != "lost"}
