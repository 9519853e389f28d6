"""Every public method of gspread's Spreadsheet and Client, unpatched, with the effect it has.

A method of a later gspread fails here until it has its line in a table.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, TypeAlias

import gspread
import pytest
from google.auth.credentials import AnonymousCredentials
from gspread.exceptions import APIError
from gspread.utils import ExportFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Bench

Book: TypeAlias = gspread.Spreadsheet
Client: TypeAlias = gspread.Client
RAW = {"valueInputOption": "RAW"}
GUEST = "wang@example.com"
SHOWN = [["a", "1"], ["b", "2"]]
NOT_HERE = 501
NOT_ALLOWED = 403


def nothing(_: Any) -> None:
    """A method that only reads."""


def rows(book: Book) -> Any:
    return book.sheet1.get_all_values()


def titles(book: Book) -> list[str]:
    return [each.title for each in book.worksheets()]


def roles(book: Book) -> Any:
    return sorted((each.get("emailAddress"), each["role"]) for each in book.list_permissions())


def guest(book: Book) -> str:
    book.share(GUEST, "user", "writer", notify=False)
    return next(str(each["id"]) for each in book.list_permissions() if each.get("emailAddress") == GUEST)


def role_of_guest(book: Book) -> Any:
    return [role for address, role in roles(book) if address == GUEST]


def protect(book: Book) -> None:
    book.sheet1.add_protected_range("A1:B1", description="head")


SPREADSHEET: dict[str, tuple[Callable[[Book], Any], Callable[[Book], Any], Any]] = {
    "id": (nothing, lambda book: len(book.id), 44),
    "title": (nothing, lambda book: book.title, "book"),
    "url": (nothing, lambda book: book.url.partition("/d/")[2] == book.id, True),
    "creationTime": (nothing, lambda book: book.creationTime, "2026-11-21T07:00:00.000Z"),
    "lastUpdateTime": (nothing, lambda book: book.lastUpdateTime, "2026-11-21T07:00:00.000Z"),
    "get_lastUpdateTime": (nothing, lambda book: book.get_lastUpdateTime(), "2026-11-21T07:00:00.000Z"),
    "update_drive_metadata": (
        lambda book: book.update_title("new"),
        lambda book: (book.update_drive_metadata(), book.client.get_file_drive_metadata(book.id)["name"])[1],
        "new",
    ),
    "timezone": (nothing, lambda book: book.timezone, "Etc/GMT"),
    "locale": (nothing, lambda book: book.locale, "en_US"),
    "update_timezone": (
        lambda book: book.update_timezone("Asia/Shanghai"),
        lambda book: book.timezone,
        "Asia/Shanghai",
    ),
    "update_locale": (lambda book: book.update_locale("zh_CN"), lambda book: book.locale, "zh_CN"),
    "update_title": (lambda book: book.update_title("new"), lambda book: book.title, "new"),
    "sheet1": (nothing, lambda book: book.sheet1.title, "Sheet1"),
    "worksheet": (nothing, lambda book: book.worksheet("Sheet1").id, 0),
    "worksheets": (
        lambda book: book.add_worksheet("b", 3, 3).hide(),
        lambda book: len(book.worksheets(exclude_hidden=True)),
        1,
    ),
    "get_worksheet": (nothing, lambda book: book.get_worksheet(0).title, "Sheet1"),
    "get_worksheet_by_id": (nothing, lambda book: book.get_worksheet_by_id(0).title, "Sheet1"),
    "add_worksheet": (lambda book: book.add_worksheet("客户", 3, 3, index=0), titles, ["客户", "Sheet1"]),
    "del_worksheet": (lambda book: book.del_worksheet(book.add_worksheet("b", 3, 3)), titles, ["Sheet1"]),
    "del_worksheet_by_id": (
        lambda book: book.del_worksheet_by_id(book.add_worksheet("b", 3, 3).id),
        titles,
        ["Sheet1"],
    ),
    "duplicate_sheet": (
        lambda book: book.duplicate_sheet(0, new_sheet_name="twin"),
        lambda book: book.worksheet("twin").get_all_values(),
        SHOWN,
    ),
    "reorder_worksheets": (
        lambda book: book.reorder_worksheets([book.add_worksheet("b", 3, 3), book.sheet1]),
        titles,
        ["b", "Sheet1"],
    ),
    "batch_update": (
        lambda book: book.batch_update({"requests": [{"addSheet": {"properties": {"title": "b"}}}]}),
        titles,
        ["Sheet1", "b"],
    ),
    "fetch_sheet_metadata": (
        nothing,
        lambda book: book.fetch_sheet_metadata()["properties"]["title"],
        "book",
    ),
    "values_get": (nothing, lambda book: book.values_get("A1:B2")["values"], SHOWN),
    "values_batch_get": (
        nothing,
        lambda book: [each["values"] for each in book.values_batch_get(["A1", "B2"])["valueRanges"]],
        [[["a"]], [["2"]]],
    ),
    "values_update": (
        lambda book: book.values_update("A1", RAW, {"values": [["x"]]}),
        rows,
        [["x", "1"], SHOWN[1]],
    ),
    "values_batch_update": (
        lambda book: book.values_batch_update({**RAW, "data": [{"range": "B2", "values": [["x"]]}]}),
        rows,
        [SHOWN[0], ["b", "x"]],
    ),
    "values_append": (
        lambda book: book.values_append("A1", RAW, {"values": [["c", 3]]}),
        rows,
        [*SHOWN, ["c", "3"]],
    ),
    "values_clear": (lambda book: book.values_clear("A1:A2"), rows, [["", "1"], ["", "2"]]),
    "values_batch_clear": (
        lambda book: book.values_batch_clear(body={"ranges": ["A1", "B2"]}),
        rows,
        [["", "1"], ["b", ""]],
    ),
    "named_range": (
        lambda book: book.sheet1.define_named_range("A2:B2", "second"),
        lambda book: [each.value for each in book.named_range("second")],
        ["b", "2"],
    ),
    "list_named_ranges": (
        lambda book: book.sheet1.define_named_range("A2:B2", "second"),
        lambda book: [each["name"] for each in book.list_named_ranges()],
        ["second"],
    ),
    "list_protected_ranges": (
        protect,
        lambda book: [each["description"] for each in book.list_protected_ranges(0)],
        ["head"],
    ),
    "export": (nothing, lambda book: book.export(ExportFormat.CSV), b"a,1\r\nb,2"),
    "share": (guest, role_of_guest, ["writer"]),
    "list_permissions": (nothing, role_of_guest, []),
    "remove_permissions": (lambda book: (guest(book), book.remove_permissions(GUEST)), role_of_guest, []),
    "transfer_ownership": (
        lambda book: book.transfer_ownership(guest(book)),
        lambda book: [each["emailAddress"] for each in book.list_permissions() if each.get("pendingOwner")],
        [GUEST],
    ),
    "accept_ownership": (lambda book: book.accept_ownership(guest(book)), role_of_guest, NOT_ALLOWED),
}
CLIENT: dict[str, tuple[Callable[[Client, Book], Any], Any]] = {
    "create": (lambda client, _: client.open(client.create("new").title).title, "new"),
    "open": (lambda client, book: client.open("book").id == book.id, True),
    "open_by_key": (lambda client, book: client.open_by_key(book.id).title, "book"),
    "open_by_url": (lambda client, book: client.open_by_url(book.url).title, "book"),
    "openall": (lambda client, _: sorted(each.title for each in client.openall()), ["Register", "book"]),
    "copy": (lambda client, book: client.copy(book.id, title="twin").sheet1.get_all_values(), SHOWN),
    "del_spreadsheet": (
        lambda client, book: (client.del_spreadsheet(book.id), [each.title for each in client.openall()])[1],
        ["Register"],
    ),
    "export": (lambda client, book: client.export(book.id, ExportFormat.CSV), b"a,1\r\nb,2"),
    "get_file_drive_metadata": (lambda client, book: client.get_file_drive_metadata(book.id)["name"], "book"),
    "list_spreadsheet_files": (
        lambda client, _: sorted(each["name"] for each in client.list_spreadsheet_files()),
        ["Register", "book"],
    ),
    "import_csv": (lambda client, book: client.import_csv(book.id, "x,y"), NOT_HERE),
    "insert_permission": (
        lambda client, book: (
            client.insert_permission(book.id, GUEST, "user", "reader"),
            role_of_guest(book),
        )[1],
        ["reader"],
    ),
    "list_permissions": (lambda client, book: len(client.list_permissions(book.id)) > 0, True),
    "remove_permission": (
        lambda client, book: (client.remove_permission(book.id, guest(book)), role_of_guest(book))[1],
        [],
    ),
    "set_timeout": (
        lambda client, book: (client.set_timeout(5), client.open_by_key(book.id).title)[1],
        "book",
    ),
    "expiry": (lambda client, _: client.expiry, None),
}


def public(kind: type) -> list[str]:
    """The names of a class that its documentation shows."""
    return [name for name, _ in inspect.getmembers(kind) if not name.startswith("_")]


@pytest.fixture
def client(bench: Bench) -> Client:
    made = gspread.Client(auth=AnonymousCredentials())
    for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
        made.http_client.session.mount(host, bench.session().get_adapter(host))
    return made


@pytest.fixture
def book(client: Client) -> Book:
    made = client.create("book")
    made.sheet1.update([["a", 1], ["b", 2]], "A1")
    return made


def found_or_refused(look: Callable[[], Any]) -> Any:
    """What a method gives, or the code it is refused with."""
    try:
        return look()
    except APIError as error:
        return error.code


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
@pytest.mark.parametrize("name", sorted({*public(Book), *SPREADSHEET}))
def test_every_public_method_of_a_spreadsheet(client: Client, book: Book, name: str) -> None:
    act, look, expected = SPREADSHEET[name]

    found = found_or_refused(lambda: (act(book), look(client.open_by_key(book.id)))[1])

    assert found == expected


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
@pytest.mark.parametrize("name", sorted({*public(Client), *CLIENT}))
def test_every_public_method_of_a_client(client: Client, book: Book, name: str) -> None:
    do, expected = CLIENT[name]

    assert found_or_refused(lambda: do(client, book)) == expected


@pytest.mark.parametrize("kind", [ExportFormat.PDF, ExportFormat.EXCEL, ExportFormat.TSV])
def test_other_forms_of_export_say_that_they_are_not_here(book: Book, kind: ExportFormat) -> None:
    with pytest.raises(APIError, match="501"):
        book.export(kind)
