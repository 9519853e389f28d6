"""`steward init` at a terminal: what is asked, and what an answer means."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.files import Sheet, write_xlsx
from backend.localsheets import LocalSheets
from tests.conftest import API, Person
from tests.google_desk import EMAIL

FILES = "https://www.googleapis.com/drive/v3/files"
ROWS = [["张伟", "13800138001", "x"], ["王芳", "13900139002", "y"]]


INSERT_A_COLUMN = {
    "requests": [
        {"insertDimension": {"range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}}
    ]
}


class Terminal(io.StringIO):
    """Somebody at the keyboard: each answer is a line, or what they do before they type it."""

    def __init__(self, *answers: Any) -> None:
        super().__init__()
        self.answers = list(answers)

    def isatty(self) -> bool:
        return True

    def readline(self, *_: Any) -> str:
        answer = self.answers.pop(0) if self.answers else ""
        return answer() if callable(answer) else str(answer)


@pytest.fixture
def answer(monkeypatch: Any) -> Callable[..., Terminal]:
    def sit_down(*answers: Any) -> Terminal:
        terminal = Terminal(*answers)
        monkeypatch.setattr("sys.stdin", terminal)
        return terminal

    return sit_down


@pytest.fixture
def book(tmp_path: Path, request: Any) -> Path:
    """A workbook whose name no other test has used."""
    file = tmp_path / f"{request.node.name[-40:]}.xlsx"
    write_xlsx(file, {"客户": Sheet(headers=["姓名", "手机", "我的列"], rows=ROWS)})
    return file


def spreadsheets(home: Path) -> dict[str, str]:
    if not (home / "sheets.db").exists():
        return {}
    server = LocalSheets(home / "sheets.db")
    try:
        return {title: spreadsheet_id for spreadsheet_id, title in server.spreadsheets()}
    finally:
        server.close()


def test_yes_takes_it_over(steward: Any, book: Any, answer: Any, home: Any) -> None:
    answer("y\n")

    said = steward("init", book, "--lang", "en")

    assert (said.code, book.stem in spreadsheets(home)) == (0, True)
    assert steward("run", "validate-and-tier", "--register", book.stem).code == 0


@pytest.mark.parametrize(("answers", "code"), [(["n\n"], 0), (["\n"], 0), ([], 130), (["?\n", "n\n"], 0)])
def test_anything_else_writes_nothing(
    steward: Any, book: Any, answer: Any, home: Any, answers: Any, code: Any
) -> None:
    answer(*answers)

    said = steward("init", book, "--lang", "en")

    assert (said.code, book.stem in spreadsheets(home)) == (code, False)
    assert ("Nothing was written" in said.out) == (code == 0)


def test_json_never_asks(steward: Any, book: Any, answer: Any, home: Any) -> None:
    terminal = answer("y\n")

    said = steward("init", book, "--json")

    assert (said.json["written"], terminal.answers, book.stem in spreadsheets(home)) == (
        False,
        ["y\n"],
        False,
    )


@pytest.fixture
def person(google_desk: Any) -> Person:
    """Somebody with a sheet of Google's open that is no register yet."""
    desk = google_desk.sheets
    body = {"properties": {"title": "team"}, "sheets": [{"properties": {"title": "客户"}}]}
    answer = desk.handle("POST", API, json.dumps(body).encode())
    someone = Person(desk, json.loads(answer.body)["spreadsheetId"])
    put(someone, "A1", ["姓名", "手机", "我的列"], *ROWS)
    share = json.dumps({"type": "user", "role": "writer", "emailAddress": EMAIL}).encode()
    desk.handle("POST", f"{FILES}/{someone.spreadsheet_id}/permissions", share)
    return someone


def put(person: Person, cell: str, *rows: Any) -> None:
    person.ask("PUT", f"/values/'客户'!{cell}?valueInputOption=RAW", {"values": list(rows)})


@pytest.fixture
def init(steward: Any, person: Any, google_desk: Any, request: Any) -> Callable[[], Any]:
    """Takes that sheet over in Google mode."""
    name = request.node.name[-40:]
    return lambda: steward(
        "init",
        person.spreadsheet_id,
        "--register",
        name,
        "--lang",
        "en",
        env=google_desk.environment(),
    )


def header(person: Person) -> list[Any]:
    return list(person.ask("GET", "/values/'客户'!1:1")["values"][0])


def first(act: Callable[[], object], then: str) -> Callable[[], str]:
    """Do something while the question stands, then answer it."""

    def go() -> str:
        act()
        return then

    return go


def test_a_sheet_that_changed_meanwhile_is_shown_and_asked_about_again(
    init: Any, person: Any, answer: Any
) -> None:
    terminal = answer(first(lambda: put(person, "C1", ["邮箱"]), "y\n"), "n\n")

    said = init()

    assert "has changed since it was shown, and nothing was written" in said.out
    assert said.out.count('"手机" → Mobile') == 2
    assert (said.code, terminal.answers, header(person)) == (0, [], ["姓名", "手机", "邮箱"])


def test_a_second_yes_is_about_what_stands_there_now(init: Any, person: Any, answer: Any) -> None:
    answer(first(lambda: person.ask("POST", ":batchUpdate", INSERT_A_COLUMN), "y\n"), "y\n")

    said = init()

    assert (said.code, header(person)[9:]) == (0, ["", "姓名", "手机", "我的列"])
    assert "Row ID" in header(person)[0]


def test_a_sheet_that_cannot_be_taken_over_any_more_is_refused(init: Any, person: Any, answer: Any) -> None:
    answer(first(lambda: put(person, "A1", ["?"]), "y\n"))

    said = init()

    assert (said.code, header(person)) == (3, ["?", "手机", "我的列"])


def test_a_customer_more_is_no_change(init: Any, person: Any, answer: Any) -> None:
    terminal = answer(first(lambda: put(person, "A4", ["李雷", "13700137000"]), "y\n"))

    said = init()

    assert (said.code, terminal.answers, len(header(person))) == (0, [], 12)
    assert "has changed" not in said.out
