"""The whole service on this machine: Flask over HTTP, a worker, a sheet; tests in Node can act on it."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sqlalchemy import text
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wrappers import Request, Response

from backend.web import create_app
from backend.wiring import Steward
from tests.end_to_end.test_google_mode import make
from tests.web.conftest import API, Bench

CALLS_A_MINUTE = 200
CUSTOMERS = [
    {"customer_id": "K1", "full_name": "王小明", "mobile": "13800000001", "email": "wang@example.com"},
    {"customer_id": "K2", "full_name": "李雷", "mobile": "1380000000", "email": "li@example.com"},
    {"customer_id": "K3", "full_name": "<img src=x onerror=alert(1)>", "mobile": "13800000003"},
    {"customer_id": "K4", "full_name": "王小明", "mobile": "13800000001", "email": "wang@example.com"},
]


@dataclass(slots=True)
class Service:
    """A service people click at, and a second address where a test acts as the rest of the world."""

    bench: Bench
    sheet: str = field(init=False)
    _servers: list[BaseWSGIServer] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _parts: dict[str, object] = field(default_factory=dict)
    _worker: tuple[Steward, threading.Thread, threading.Event] | None = None

    def __post_init__(self) -> None:
        self.bench.open(calls_a_minute=CALLS_A_MINUTE)
        self.sheet = make(self.bench.sheets, "客户登记表", CUSTOMERS)
        self.bench.steward.registers.remember("客户登记表", self.sheet)

    def start(self) -> Mapping[str, object]:
        """Start everything but the worker; gives what the tests in Node have to know."""
        book = self.bench.sheets.book(self.sheet)
        return {
            "backend": self._serve(create_app(self.bench.steward)),
            "control": self._serve(self._control),
            "spreadsheet": self.sheet,
            "sheetId": next(tab.sheet_id for tab in book.sheets if tab.title.startswith("客户")),
            "unknown": "1" * 44,
        }

    def close(self) -> None:
        self.work(on=False)
        vars(self.bench.steward).update(self._parts)
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def _serve(self, application: Any) -> str:
        server = make_server("127.0.0.1", 0, application, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self._servers.append(server)
        self._threads.append(thread)
        return f"http://127.0.0.1:{server.server_port}"

    @Request.application
    def _control(self, request: Request) -> Response:
        """Do what a test asks for: `POST /name` with the arguments as JSON."""
        acts: Mapping[str, Callable[..., object]] = {
            "/token": self.bench.token,
            "/mark": self.mark,
            "/grant": lambda role, name: self.bench.grant(self.sheet, role, name),
            "/work": self.work,
            "/tire": self.tire,
            "/rows": self.rows,
            "/marks": lambda: self.bench.metadata(self.sheet),
            "/break": self.break_part,
        }
        answer = acts[request.path](**json.loads(request.data or b"{}"))
        return Response(json.dumps(answer), content_type="application/json")

    def mark(self, *, key: str, value: str) -> None:
        """Write document metadata as the owner of the sheet, as Google does for the script."""
        metadata = {
            "metadataKey": key,
            "metadataValue": value,
            "visibility": "DOCUMENT",
            "location": {"spreadsheet": True},
        }
        change = {"requests": [{"createDeveloperMetadata": {"developerMetadata": metadata}}]}
        url = f"{API}/{self.sheet}:batchUpdate"
        assert self.bench.sheets.handle("POST", url, json.dumps(change).encode()).status == 200

    def work(self, *, on: bool) -> None:
        """Start or stop the worker, which has a Steward of its own, as a process of its own would."""
        if self._worker is not None:
            steward, thread, left = self._worker
            left.set()
            thread.join()
            steward.close()
            self._worker = None
        if on:
            left = threading.Event()
            steward = Steward(settings=self.bench.steward.settings, clock=self.bench.clock)
            thread = threading.Thread(target=steward.worker.work, args=(left.is_set,), daemon=True)
            thread.start()
            self._worker = (steward, thread, left)

    def tire(self, *, name: str) -> None:
        """Use up the calls somebody has this minute."""
        while (
            self.bench.call("GET", "/runs/20261122-0000-0000", name=name).status_code
            != HTTPStatus.TOO_MANY_REQUESTS
        ):
            pass

    def rows(self) -> list[list[object]]:
        """The Customers tab as it stands."""
        book = self.bench.sheets.book(self.sheet)
        return next(tab.rows for tab in book.sheets if tab.title.startswith("客户"))

    def break_part(self, *, part: str) -> None:
        """Break the service for good: its queue, which nobody expects, or its store, which is told apart."""
        if part == "queue":
            self._parts["queue"] = self.bench.steward.queue
            vars(self.bench.steward)["queue"] = None
            return
        with self.bench.steward._engine.begin() as connection:  # noqa: SLF001 - nothing public breaks it
            connection.execute(text("DROP TABLE runs"))
