"""A bench for tests: a local server in memory with one spreadsheet, spoken to as over HTTP."""

import copy
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import requests

from backend.localsheets import Answer, LocalSheets, LocalSheetsAdapter
from tests.contracts.watching import by_hand

HOST = "https://sheets.googleapis.com/v4/spreadsheets"
FILES = "https://www.googleapis.com/drive/v3/files"


class ClientsOwn(LocalSheetsAdapter):
    """The way of a real client: its requests are checked, other than those these tests write themselves."""

    def send(self, *arguments: Any, **options: Any) -> requests.Response:
        with by_hand(on=False):
            return super().send(*arguments, **options)


class Bench:
    """One server, one spreadsheet of two tabs: Sheet1 (id 0) and 客户 (id 7), both 20 rows by 10 columns."""

    def __init__(self, server: LocalSheets) -> None:
        self.server = server
        self.caller: str | None = None
        size = {"rowCount": 20, "columnCount": 10}
        tabs = [("Sheet1", 0), ("客户", 7)]
        sheets = [
            {"properties": {"title": title, "sheetId": number, "gridProperties": size}}
            for title, number in tabs
        ]
        created = self.ask("POST", HOST, {"properties": {"title": "Register"}, "sheets": sheets})
        self.id = created["spreadsheetId"]

    def called_by(self, account: str) -> "Bench":
        """The same spreadsheet, asked for by another account."""
        twin = copy.copy(self)
        twin.caller = account
        return twin

    def share(self, account: str, role: str, kind: str = "user", **more: object) -> str:
        """Give somebody access; the id of the permission."""
        name = "domain" if kind == "domain" else "emailAddress"
        body = {"type": kind, "role": role, **({} if kind == "anyone" else {name: account}), **more}
        return str(self.ask("POST", f"{FILES}/{self.id}/permissions", body)["id"])

    def send(self, method: str, url: str, body: object = None) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        return self.server.handle(method, url, data, caller=self.caller)

    def ask(self, method: str, url: str, body: object = None) -> Any:
        answer = self.send(method, url, body)
        assert answer.status == 200, answer.body.decode()
        return json.loads(answer.body)

    def refusal(self, method: str, url: str, body: object = None) -> tuple[int, str]:
        answer = self.send(method, url, body)
        error = json.loads(answer.body)["error"]
        assert error["code"] == answer.status
        return answer.status, error["message"]

    def url(self, path: str = "", **query: object) -> str:
        return f"{HOST}/{self.id}{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")

    def range_url(self, name: str, action: str = "", **query: object) -> str:
        return self.url(f"/values/{quote(name, safe='')}{action}", **query)

    def write(self, name: str, values: object, option: str = "RAW", **query: object) -> Any:
        return self.ask("PUT", self.range_url(name, valueInputOption=option, **query), {"values": values})

    def read(self, name: str, **query: object) -> Any:
        return self.ask("GET", self.range_url(name, **query)).get("values", [])

    def raw(self, name: str) -> Any:
        return self.read(name, valueRenderOption="UNFORMATTED_VALUE")

    def append(self, name: str, values: object, **query: object) -> Any:
        url = self.range_url(name, ":append", valueInputOption="RAW", **query)
        return self.ask("POST", url, {"values": values})

    def change(self, *changes: dict[str, Any]) -> Any:
        return self.ask("POST", self.url(":batchUpdate"), {"requests": changes})["replies"]

    def refused_change(self, *changes: dict[str, Any]) -> tuple[int, str]:
        return self.refusal("POST", self.url(":batchUpdate"), {"requests": changes})

    def get(self, fields: str, *ranges: str) -> Any:
        return self.ask("GET", self.url(fields=fields, ranges=list(ranges)))

    def sheet(self, place: int = 0) -> Any:
        return self.ask("GET", self.url())["sheets"][place]

    @staticmethod
    def area(top: int, bottom: int, left: int, right: int, sheet: int = 0) -> dict[str, int]:
        return {
            "sheetId": sheet,
            "startRowIndex": top,
            "endRowIndex": bottom,
            "startColumnIndex": left,
            "endColumnIndex": right,
        }

    def session(self) -> requests.Session:
        session = requests.Session()
        adapter = ClientsOwn(self.server, self.caller)
        session.mount("https://sheets.googleapis.com", adapter)
        session.mount("https://www.googleapis.com", adapter)
        return session


@pytest.fixture(autouse=True)
def _written_by_hand() -> Iterator[None]:
    """What these tests write themselves may be wrong or lenient; its answers are checked."""
    with by_hand():
        yield


@pytest.fixture
def bench() -> Iterator[Bench]:
    numbers = itertools.count(101)
    server = LocalSheets(
        None, clock=lambda: datetime(2026, 11, 21, 7, tzinfo=UTC), new_sheet_id=lambda: next(numbers)
    )
    yield Bench(server)
    server.close()
