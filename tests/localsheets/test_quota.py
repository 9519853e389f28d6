"""Quotas: so many requests in any minute, of the project and of an account, reads and writes apart."""

import json
from typing import Any

import pytest
import requests

from backend.localsheets import Answer, LocalSheets, LocalSheetsAdapter
from backend.localsheets.quota import Limits, QuotaService
from backend.localsheets.transport import reads, spreadsheet_in

FILES = "https://www.googleapis.com/drive/v3/files"


class Everybody:
    """A service to which whoever asks is its owner, so that quotas alone decide."""

    def __init__(self, server: LocalSheets) -> None:
        self.book = server.book
        self._server = server

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Answer:
        assert caller is None or caller.isalnum()
        return self._server.handle(method, url, body)


class Gate:
    """A bench behind quotas whose clock stands until it is moved."""

    def __init__(self, bench: Any, **limits: int) -> None:
        self.now = 1000.0
        self.bench = bench
        self.quota = QuotaService(Everybody(bench.server), Limits(**limits), clock=lambda: self.now)

    def read(self, account: str = "ann", times: int = 1) -> list[int]:
        return [self.quota.handle("GET", self.bench.url(), None, caller=account).status for _ in range(times)]

    def write(self, account: str = "ann", times: int = 1) -> list[int]:
        url = self.bench.range_url("A1", valueInputOption="RAW")
        body = b'{"values": [["x"]]}'
        return [self.quota.handle("PUT", url, body, caller=account).status for _ in range(times)]


def test_without_being_asked_for_there_is_no_quota(bench: Any) -> None:
    assert {bench.send("GET", bench.url()).status for _ in range(400)} == {200}


def test_an_account_has_sixty_reads_and_sixty_writes_a_minute(bench: Any) -> None:
    gate = Gate(bench)

    assert gate.read(times=61) == [200] * 60 + [429]
    assert gate.write(times=61) == [200] * 60 + [429]


def test_the_project_has_three_hundred_of_each_whoever_asks(bench: Any) -> None:
    gate = Gate(bench)
    accounts = [f"a{number}" for number in range(5)]
    together = [status for account in accounts for status in gate.read(account, times=60)]

    assert together == [200] * 300
    assert (gate.read("another"), gate.write("another")) == ([429], [200])


def test_what_was_asked_a_minute_ago_counts_no_more(bench: Any) -> None:
    gate = Gate(bench, account=2)
    first = gate.read()
    gate.now += 30
    second, third = gate.read(), gate.read()
    gate.now += 29.9
    fourth = gate.read()
    gate.now += 0.1

    assert [*first, *second, *third, *fourth] == [200, 200, 429, 429]
    assert gate.read(times=2) == [200, 429]


def test_a_refusal_is_worded_as_recorded_and_names_no_time_to_come_back(bench: Any) -> None:
    gate = Gate(bench)
    gate.read(times=60)

    answer = gate.quota.handle("GET", bench.url(), None, caller="ann")

    error = json.loads(answer.body)["error"]
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith(
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' "
        "of service 'sheets.googleapis.com' for consumer 'project_number:"
    )
    (info,) = error["details"]
    assert (info["reason"], info["metadata"]["quota_limit"]) == (
        "RATE_LIMIT_EXCEEDED",
        "ReadRequestsPerMinutePerUser",
    )
    assert info["metadata"]["quota_limit_value"] == "60"
    assert "retry-after" not in {name.lower() for name in answer.headers}


def test_the_refusal_of_the_project_names_another_limit(bench: Any) -> None:
    gate = Gate(bench, project=1)
    gate.write("ann")

    url = bench.range_url("A1", valueInputOption="RAW")
    error = json.loads(gate.quota.handle("PUT", url, b"{}", caller="bob").body)["error"]

    assert "'Write requests per minute' of" in error["message"]
    assert error["details"][0]["metadata"]["quota_limit_value"] == "1"


def test_a_batch_counts_once_and_what_is_refused_for_its_sense_counts(bench: Any) -> None:
    gate = Gate(bench, account=2)
    data = [{"range": f"A{row}", "values": [[row]]} for row in range(1, 11)]
    body = json.dumps({"valueInputOption": "RAW", "data": data}).encode()

    batch = gate.quota.handle("POST", bench.url("/values:batchUpdate"), body, caller="ann")
    nonsense = gate.quota.handle("POST", bench.url(":batchUpdate"), b"{}", caller="ann")

    assert (batch.status, nonsense.status, gate.write()) == (200, 400, [429])


def test_a_refused_write_changes_nothing(bench: Any) -> None:
    gate = Gate(bench, account=0)
    gate.write()

    assert (bench.read("A1"), gate.quota.refused) == ([], 1)


def test_files_have_another_quota(bench: Any) -> None:
    gate = Gate(bench, account=0, project=0)

    assert gate.quota.handle("GET", FILES, None, caller="ann").status == 200
    assert gate.quota.book(bench.id).title == "Register"


def test_a_session_is_one_account(bench: Any) -> None:
    gate = Gate(bench, account=1)
    statuses = []
    for caller in ("ann", "bob", None, None):
        with requests.Session() as session:
            session.mount("https://", LocalSheetsAdapter(gate.quota, caller))
            statuses.append(session.get(bench.url()).status_code)

    assert statuses == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("method", "path", "is_read", "spreadsheet_id"),
    [
        ("GET", "/abc", True, "abc"),
        ("get", "/abc/values/A1", True, "abc"),
        ("POST", "/abc/values:batchGetByDataFilter", True, "abc"),
        ("POST", "/abc:getByDataFilter", True, "abc"),
        ("POST", "/abc/developerMetadata:search", True, "abc"),
        ("POST", "/abc:batchUpdate", False, "abc"),
        ("POST", "/abc/values/A1:append", False, "abc"),
        ("POST", "", False, ""),
    ],
)
def test_reads_and_writes_are_told_apart_by_what_they_do(
    bench: Any, method: Any, path: Any, is_read: Any, spreadsheet_id: Any
) -> None:
    assert bench.id
    url = f"https://sheets.googleapis.com/v4/spreadsheets{path}?x=1"

    assert (reads(method, url), spreadsheet_in(url)) == (is_read, spreadsheet_id)


# Sizes


@pytest.mark.parametrize("way", ["write", "batch"])
def test_a_cell_takes_fifty_thousand_characters_and_not_one_more(bench: Any, way: Any) -> None:
    def put(text: str) -> tuple[int, str]:
        if way == "write":
            url = bench.range_url("A1", valueInputOption="RAW")
            answer = bench.send("PUT", url, {"values": [[text]]})
        else:
            cells = {"rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}]}
            change = {"updateCells": {**cells, "fields": "userEnteredValue", "start": {"sheetId": 0}}}
            answer = bench.send("POST", bench.url(":batchUpdate"), {"requests": [change]})
        return answer.status, json.loads(answer.body).get("error", {}).get("message", "")

    assert put("客" * 50_000) == (200, "")
    status, message = put("客" * 50_001)
    assert status == 400
    assert message.endswith("Your input contains more than the maximum of 50000 characters in a single cell.")
    assert bench.raw("A1") == [["客" * 50_000]]


def test_a_workbook_takes_ten_million_cells_and_not_one_row_more(bench: Any) -> None:
    def resize(rows: int) -> dict[str, Any]:
        grid = {"rowCount": rows}
        properties = {"sheetId": 0, "gridProperties": grid}
        return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.rowCount"}}

    others = 20 * 10  # the tab 客户
    most = (10_000_000 - others) // 10
    bench.change(resize(most))
    message = (
        "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
    )

    assert bench.refused_change(resize(most + 1)) == (
        400,
        f"Invalid requests[0].updateSheetProperties: {message}",
    )
    assert bench.sheet()["properties"]["gridProperties"]["rowCount"] == most
