"""The few Drive v3 methods gspread needs: files.list, create, copy, get, update, delete, export; comments."""

import csv
import io
import re
from datetime import UTC, datetime
from typing import Protocol

from backend.localsheets.permissions import finds
from backend.localsheets.problems import Answer, Json, unimplemented
from backend.localsheets.rendering import Rendering, render
from backend.localsheets.workbook import Workbook

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
CLAUSE = re.compile(
    r"""\s*(mimeType|name|trashed)\s*(=|!=|contains)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|true|false)\s*"""
)


class Shelf(Protocol):
    """What the Drive methods ask of the server."""

    def spreadsheets(self) -> list[tuple[str, str]]:
        """Give id and title of all spreadsheets, the newest first."""

    def called_on(self, spreadsheet_id: str) -> Workbook:
        """Give one spreadsheet to the caller."""


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def file_of(book: Workbook) -> Json:
    """Give the File message of a spreadsheet."""
    return {
        "kind": "drive#file",
        "id": book.spreadsheet_id,
        "name": book.title,
        "mimeType": SPREADSHEET,
        "createdTime": _time(book.created),
        "modifiedTime": _time(book.modified),
        "version": str(book.version),
        "trashed": False,
    }


def short_file(book: Workbook) -> Json:
    """Give the four fields of a File that Drive sends when `fields` names none."""
    return {name: file_of(book)[name] for name in ("kind", "id", "name", "mimeType")}


def list_files(shelf: Shelf, query: str, account: str) -> Json:
    """Give the files of an account that a `q` selects: clauses on mimeType, name, trashed, joined by `and`.

    Raises:
        RefusedError: 501, the query has another clause.
    """
    wanted = [_clause(text) for text in re.split(r"\s+and\s+", query)] if query.strip() else []
    books = [shelf.called_on(spreadsheet_id) for spreadsheet_id, _ in shelf.spreadsheets()]
    files = [file_of(book) for book in books if finds(book.permissions, account)]
    found = [each for each in files if all(_holds(each, *clause) for clause in wanted)]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": found}


def _clause(text: str) -> tuple[str, str, str]:
    found = CLAUSE.fullmatch(text)
    if found is None:
        raise unimplemented(what=f"drive files.list with the query {text!r}")
    name, comparison, value = found.groups()
    return name, comparison, re.sub(r"\\(.)", r"\1", value.strip("\"'"))


def _holds(file: Json, name: str, comparison: str, value: str) -> bool:
    actual = str(file[name]).lower() if name == "trashed" else str(file[name])
    if comparison == "contains":
        return value.casefold() in actual.casefold()
    return (actual == value) == (comparison == "=")


def export_csv(book: Workbook) -> Answer:
    """Give the first tab as CSV: every row as wide as the widest, lines end in CRLF, none after the last.

    Source: recording ClientTest.test_client_export_spreadsheet.
    """
    sheet = book.sheets[0]
    rows = render(sheet, sheet.whole, Rendering(locale=book.properties["locale"]))
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([*row, *[""] * (width - len(row))] for row in rows)
    body = text.getvalue().removesuffix("\r\n").encode()
    return Answer(status=200, headers={"Content-Type": "text/csv"}, body=body)
