"""A desk for tests: the real gspread client over a server in memory, a ledger, a person at the sheet."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import requests

from backend.adapters.google.client import Patience, SheetsClient
from backend.adapters.google.creator import NewTab, create_register
from backend.adapters.google.register import SheetRegister
from backend.adapters.store.journal import SqlJournal
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.opening import open_store
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.jobs.catalogue import find_job
from backend.jobs.job import Outcome
from backend.jobs.runner import Runner
from backend.localsheets import LocalSheets, LocalSheetsAdapter
from backend.localsheets.transport import reads
from sheets_schema.headers import HeaderLanguage, column_letters, columns_of, is_tab
from sheets_schema.model import Language, Preset
from sheets_schema.presets import TABS
from tests.contracts.watching import taken, watch
from tests.google_desk import GoogleDesk, open_google_desk

pytest_plugins = ["tests.servers"]

API = "https://sheets.googleapis.com/v4/spreadsheets"
Fault = Callable[[requests.PreparedRequest, Callable[[], requests.Response]], requests.Response]
"""What happens to one request: given the request, and how to carry it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request as it went over the wire."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    body: Any
    size: int
    timeout: Any

    @property
    def writes(self) -> bool:
        return not reads(self.method, self.path)

    @property
    def input_options(self) -> list[str]:
        """How the values of this request are taken; none when it carries no values."""
        named = self.query.get("valueInputOption", [])
        return [*named, *([self.body["valueInputOption"]] if "valueInputOption" in (self.body or {}) else [])]


class Wire(LocalSheetsAdapter):
    """The way to the local server, where requests are kept, faults happen and people act in between.

    `faults` are used up one a request, None meaning none; `before` and `after` hold what people do around
    the request of that number, counted from 1 since the last `forget`.
    """

    def __init__(self, server: LocalSheets) -> None:
        super().__init__(server)
        self.sent: list[Sent] = []
        self.faults: list[Fault | None] = []
        self.before: dict[int, Callable[[], object]] = {}
        self.after: dict[int, Callable[[], object]] = {}

    def forget(self) -> None:
        self.sent.clear()

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        self.sent.append(_sent(request, options.get("timeout")))
        number = len(self.sent)
        self.before.pop(number, lambda: None)()
        fault = self.faults.pop(0) if self.faults else None
        send = super().send
        response = fault(request, lambda: send(request)) if fault else send(request)
        self.after.pop(number, lambda: None)()
        return response


def _sent(request: requests.PreparedRequest, timeout: Any) -> Sent:
    parts = urlsplit(str(request.url))
    body: Any = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    return Sent(
        method=str(request.method),
        path=unquote(parts.path),
        query=parse_qs(parts.query),
        body=json.loads(body) if body else None,
        size=len(body),
        timeout=timeout,
    )


@dataclass(slots=True)
class StoppedClock:
    """A clock that goes on only when it is told to."""

    moment: datetime = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self, _time_zone: str) -> date:
        return self.moment.date()

    def forward(self, **time: int) -> None:
        self.moment += timedelta(**time)


@dataclass(slots=True)
class Person:
    """Somebody with the sheet open: acts on one tab, past the wire, by field id and sheet row."""

    server: LocalSheets
    spreadsheet_id: str
    tab_id: str = "Customers"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        answer = self.server.handle(method, f"{API}/{self.spreadsheet_id}{path}", data)
        assert answer.status == 200, answer.body.decode()
        return json.loads(answer.body)

    def change(self, **request: Any) -> Any:
        return self.ask("POST", ":batchUpdate", {"requests": [request]})

    def sheet(self, tab_id: str = "") -> dict[str, Any]:
        tab = next(tab for tab in TABS if tab.id == (tab_id or self.tab_id))
        fields = "sheets(properties,conditionalFormats,columnGroups,protectedRanges)"
        sheets = self.ask("GET", f"?fields={fields}")["sheets"]
        return next(sheet for sheet in sheets if is_tab(tab, sheet["properties"]["title"]))

    def sheet_id(self) -> int:
        return int(self.sheet()["properties"].get("sheetId", 0))

    def rows(self, tab_id: str = "") -> list[list[Any]]:
        """All rows as they stand, from row 1, ragged."""
        title = self.sheet(tab_id)["properties"]["title"]
        answer = self.ask("GET", f"/values/'{title}'?valueRenderOption=UNFORMATTED_VALUE")
        return list(answer.get("values", []))

    def place(self, field_id: str) -> int:
        """0-based position of a column, by its header."""
        tab = next(tab for tab in TABS if tab.id == self.tab_id)
        return next(
            place for place, text in enumerate(self.rows()[0]) if columns_of(tab, text)[:1] == (field_id,)
        )

    def cells(self, field_id: str) -> list[Any]:
        """A column below its header, one cell for each row that the tab holds."""
        place = self.place(field_id)
        return [row[place] if place < len(row) else "" for row in self.rows()[1:]]

    def team_rows(self) -> list[list[Any]]:
        """The team's columns, header included, padded."""
        first = self.place("sig") + 1
        rows = self.rows()
        width = max(map(len, rows))
        return [[*row, *[""] * (width - len(row))][first:] for row in rows]

    def type_in(self, row: int, field_id: str, value: object) -> None:
        self.type_at(f"{column_letters(self.place(field_id))}{row}", value)

    def type_at(self, cell: str, value: object) -> None:
        name = f"'{self.sheet()['properties']['title']}'!{cell}"
        self.ask("PUT", f"/values/{name}?valueInputOption=RAW", {"values": [[value]]})

    def insert(self, dimension: str, at: int) -> None:
        """Insert a row (by sheet row) or a column (by 0-based position) before another."""
        self.change(insertDimension={"range": self._span(dimension, at)})

    def delete(self, dimension: str, at: int) -> None:
        self.change(deleteDimension={"range": self._span(dimension, at)})

    def move_column(self, start: int, to: int) -> None:
        self.change(moveDimension={"source": self._span("COLUMNS", start), "destinationIndex": to})

    def sort(self, field_id: str, order: str = "DESCENDING") -> None:
        area = {"sheetId": self.sheet_id(), "startRowIndex": 1, "startColumnIndex": 0}
        width = self.sheet()["properties"]["gridProperties"]["columnCount"]
        rows = len(self.rows())
        area |= {"endRowIndex": rows, "endColumnIndex": width}
        specs = [{"dimensionIndex": self.place(field_id), "sortOrder": order}]
        self.change(sortRange={"range": area, "sortSpecs": specs})

    def rename_tab(self, title: str) -> None:
        properties = {"sheetId": self.sheet_id(), "title": title}
        self.change(updateSheetProperties={"properties": properties, "fields": "title"})

    def delete_tab(self) -> None:
        self.change(deleteSheet={"sheetId": self.sheet_id()})

    def _span(self, dimension: str, at: int) -> dict[str, Any]:
        start = at - 1 if dimension == "ROWS" else at
        return {
            "sheetId": self.sheet_id(),
            "dimension": dimension,
            "startIndex": start,
            "endIndex": start + 1,
        }


@dataclass(slots=True)
class Desk:
    """Everything a run needs, in memory."""

    server: LocalSheets = field(default_factory=lambda: LocalSheets(None))
    clock: StoppedClock = field(default_factory=StoppedClock)
    slept: list[float] = field(default_factory=list)
    wire: Wire = field(init=False)
    client: SheetsClient = field(init=False)
    ledger: SqlRunLedger = field(init=False)
    journal: SqlJournal = field(init=False)

    def __post_init__(self) -> None:
        self.wire = Wire(self.server)
        self.client = self.new_client()
        self.ledger = SqlRunLedger(open_store(None), self.clock)
        self.journal = SqlJournal(self.ledger.engine, self.clock, b"k" * 32, 90)

    def new_client(self, **options: Any) -> SheetsClient:
        """A client over the wire that never really sleeps."""
        session = requests.Session()
        for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
            session.mount(host, self.wire)
        options.setdefault("patience", Patience(sleep=self.slept.append, jitter=lambda _low, high: high))
        return SheetsClient(None, session, **options)

    def make(
        self,
        customers: Sequence[Mapping[str, Any]],
        *,
        preset: Preset = Preset.RETAIL,
        language: HeaderLanguage = HeaderLanguage.BOTH,
        settings: Mapping[str, str] | None = None,
        **lines: Sequence[Mapping[str, Any]],
    ) -> SheetRegister:
        """Make a register as an import or a demo does; `lines` are those of other tabs, by tab id."""
        given = {"Customers": customers, **lines}
        tabs = [
            NewTab(
                tab=tab,
                rows=in_columns(tab, given.get(tab.id) or first_lines(tab, Language.ZH, settings or {})),
            )
            for tab in new_tabs(preset)
        ]
        made = create_register(
            self.client, "Register", tabs, language=language, told=lambda _done, _all: None
        )
        self.wire.forget()
        return SheetRegister(self.client, made, "shop")

    def person(self, register: SheetRegister, tab_id: str = "Customers") -> Person:
        return Person(self.server, register.spreadsheet_id, tab_id)

    def run(self, register: SheetRegister, job: str = "validate-and-tier", **options: Any) -> Outcome:
        """Run a job, the main one if none is named; the wire's calls are counted from here."""
        self.wire.forget()
        return self.runner.run(find_job(job), register, requested_by="ann", **options)

    def undo(self, run_id: str, register: SheetRegister, **options: Any) -> Outcome:
        """Undo a run; the wire's calls are counted from here."""
        self.wire.forget()
        return self.runner.undo(run_id, register, requested_by="ann", **options)

    @property
    def runner(self) -> Runner:
        return Runner(ledger=self.ledger, journal=self.journal, clock=self.clock)


def customer(number: int, **cells: Any) -> dict[str, Any]:
    """A customer whose row is well formed and like no other's."""
    return {
        "customer_id": f"K{number:05d}",
        "full_name": f"{'赵钱孙李周吴郑王'[number % 8]}{'伟芳娜敏静强磊洋'[number // 8 % 8]}{number}",
        "mobile": f"1380{number * 7919 % 10_000_000:07d}",
        "collected_at": 45_000,
        **cells,
    }


def pytest_configure() -> None:
    LocalSheets.watch = watch


@pytest.fixture(autouse=True)
def _contract_holds() -> Iterator[None]:
    """Every request and every answer of a test keeps to Google's documents."""
    yield
    assert not taken()


@pytest.fixture
def people() -> Callable[..., list[dict[str, Any]]]:
    """Gives so many well-formed customers; those of some numbers with other cells."""

    def make(count: int, changes: Mapping[int, Mapping[str, Any]] | None = None) -> list[dict[str, Any]]:
        return [customer(number, **(changes or {}).get(number, {})) for number in range(1, count + 1)]

    return make


def _open_desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.server.close()
    desk.ledger.engine.dispose()


desk = pytest.fixture(_open_desk, name="desk")
module_desk = pytest.fixture(_open_desk, name="module_desk", scope="module")


@pytest.fixture(scope="module", name="google_desk")
def _google_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoogleDesk]:
    yield from open_google_desk(tmp_path_factory.mktemp("google"))
