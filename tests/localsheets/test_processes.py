"""Several processes on one file: each sees what the others wrote, and no write is lost."""

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backend.localsheets import LocalSheets

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "https://sheets.googleapis.com/v4/spreadsheets"
WRITER = """
import json, sys
from pathlib import Path
from backend.localsheets import LocalSheets
path, book, column, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
server = LocalSheets(path)
for number in range(1, count + 1):
    body = json.dumps({"values": [[number]]}).encode()
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{book}/values/{column}{number}?valueInputOption=RAW"
    assert server.handle("PUT", url, body).status == 200
"""


@pytest.fixture
def servers(tmp_path: Any) -> Any:
    opened = [LocalSheets(tmp_path / "sheets.db") for _ in range(2)]
    yield opened
    for one in opened:
        one.close()


def ask(server: Any, method: str, path: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    answer = server.handle(method, HOST + path, data)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def put(server: Any, book: str, cell: str, value: object) -> None:
    ask(server, "PUT", f"/{book}/values/{cell}?valueInputOption=RAW", {"values": [[value]]})


def values(server: Any, book: str, cells: str) -> Any:
    return ask(server, "GET", f"/{book}/values/{cells}").get("values", [])


def test_each_sees_what_the_other_wrote_and_overwrites_none_of_it(servers: Any) -> None:
    one, two = servers
    book = ask(one, "POST", "", {})["spreadsheetId"]
    put(one, book, "A1", "first")
    seen = values(two, book, "A1:A9")
    put(one, book, "A2", "second")
    put(two, book, "A3", "third")

    assert seen == [["first"]]
    assert values(one, book, "A1:A9") == values(two, book, "A1:A9") == [["first"], ["second"], ["third"]]


def test_a_refused_request_leaves_what_others_wrote(servers: Any) -> None:
    one, two = servers
    book = ask(one, "POST", "", {})["spreadsheetId"]
    put(one, book, "A1", "old")
    values(two, book, "A1")
    put(one, book, "A1", "new")
    refused = two.handle(
        "POST", f"{HOST}/{book}:batchUpdate", b'{"requests": [{"deleteSheet": {"sheetId": 9}}]}'
    )

    assert refused.status == 400
    assert values(two, book, "A1") == [["new"]]
    put(two, book, "B1", "more")
    assert values(one, book, "A1:B1") == [["new", "more"]]


def test_a_spreadsheet_that_was_deleted_is_gone_for_all(servers: Any) -> None:
    one, two = servers
    book = ask(one, "POST", "", {})["spreadsheetId"]
    put(two, book, "A1", "here")
    assert one.handle("DELETE", f"https://www.googleapis.com/drive/v3/files/{book}", None).status == 204

    assert two.handle("GET", f"{HOST}/{book}/values/A1", None).status == 404


def test_no_write_of_three_processes_is_lost(tmp_path: Path) -> None:
    server = LocalSheets(tmp_path / "sheets.db")
    book = ask(server, "POST", "", {})["spreadsheetId"]
    command = [sys.executable, "-c", WRITER, str(tmp_path / "sheets.db"), book]
    started = [subprocess.Popen([*command, column, "60"]) for column in "ABC"]  # noqa: S603 - our own program

    ended = [one.wait(60) for one in started]

    assert ended == [0, 0, 0]
    assert values(server, book, "A1:C60") == [[str(number)] * 3 for number in range(1, 61)]
    server.close()


def test_nobody_writes_between_what_a_request_reads_and_what_it_saves(tmp_path: Path) -> None:
    deeds: list[Callable[[], object]] = []

    def clock() -> datetime:
        """Tell the time, which a request asks for in its midst; there, let the other server begin a write."""
        for deed in deeds:
            deed()
        deeds.clear()
        return datetime.now(UTC)

    one, two = LocalSheets(tmp_path / "sheets.db", clock=clock), LocalSheets(tmp_path / "sheets.db")
    book = ask(one, "POST", "", {})["spreadsheetId"]
    other = threading.Thread(target=put, args=(two, book, "B1", "two"))
    deeds += [other.start, lambda: other.join(0.5)]

    put(one, book, "A1", "one")
    other.join()

    assert (deeds, values(one, book, "A1:B1")) == ([], [["one", "two"]])
    one.close()
    two.close()
