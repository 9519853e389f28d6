"""The real gspread, unpatched, against the local server; and the Drive methods it uses."""

from __future__ import annotations

import csv
from threading import Thread
from typing import TYPE_CHECKING

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

from backend.localsheets import LocalSheets, LocalSheetsAdapter

if TYPE_CHECKING:
    from conftest import Bench

NOT_HERE = "The local Sheets server does not implement"
FILES = "https://www.googleapis.com/drive/v3/files"


@pytest.fixture
def client(bench: Bench) -> gspread.Client:
    return gspread.Client(auth=None, session=bench.session())


def test_a_register_is_made_filled_found_and_read(client: gspread.Client) -> None:
    book = client.create("客户管家")
    sheet = book.add_worksheet("客户", rows=50, cols=5)
    sheet.update([["编号", "姓名"], ["001", "王小明"]], "A1", value_input_option=ValueInputOption.raw)
    sheet.append_row(["002", "李雷"])
    sheet.format("A1:B1", {"textFormat": {"bold": True}})
    sheet.freeze(rows=1)
    sheet.update_note("A1", "the key")

    again = client.open("客户管家").worksheet("客户")

    assert again.get_all_values() == [["编号", "姓名"], ["001", "王小明"], ["002", "李雷"]]
    assert again.col_values(2) == ["姓名", "王小明", "李雷"]
    assert again.find("李雷").address == "B3"
    assert again.frozen_row_count == 1
    assert again.get_note("A1") == "the key"
    assert client.open_by_key(book.id).title == "客户管家"


def test_rows_come_and_go_by_the_methods_of_gspread(client: gspread.Client) -> None:
    sheet = client.create("rows").sheet1
    sheet.update([["b", 2], ["a", 1]], "A1")
    sheet.insert_row(["c", 3], 1)
    sheet.sort((1, "asc"), range="A1:B3")
    sheet.delete_rows(2)
    sheet.add_rows(5)
    sheet.add_cols(1)
    sheet.batch_update([{"range": "C1", "values": [["x"]]}, {"range": "C2", "values": [["y"]]}])

    rows = sheet.get_values(value_render_option=ValueRenderOption.unformatted)

    assert rows == [["a", 1, "x"], ["c", 3, "y"]]
    assert (sheet.row_count, sheet.col_count) == (1005, 27)


def test_a_copy_has_the_values_and_the_original_stays(client: gspread.Client) -> None:
    book = client.create("Original")
    book.sheet1.update([["x"]], "A1")

    twin = client.copy(book.id, title="Twin")
    twin.sheet1.update([["y"]], "A1")

    assert (book.sheet1.acell("A1").value, twin.sheet1.acell("A1").value) == ("x", "y")
    assert {each["name"] for each in client.list_spreadsheet_files()} == {"Register", "Original", "Twin"}
    client.del_spreadsheet(book.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(book.id)


# Source: recording test_client_export_spreadsheet (facts page, row "misc").
def test_the_export_pads_rows_and_has_no_last_line_end(client: gspread.Client) -> None:
    book = client.create("csv")
    book.sheet1.update([["a", "b,c"], ["d"]], "A1")

    exported = client.export(book.id, format=gspread.utils.ExportFormat.CSV)

    assert exported == b'a,"b,c"\r\nd,'
    assert list(csv.reader(exported.decode().splitlines())) == [["a", "b,c"], ["d", ""]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Register"]),
        ('mimeType="application/vnd.google-apps.spreadsheet"', ["Register"]),
        ("name = 'Register' and trashed = false", ["Register"]),
        ("name contains 'reg'", ["Register"]),
        ("name = 'Other'", []),
        ("mimeType = 'text/csv'", []),
    ],
)
def test_files_are_listed_by_kind_and_name(bench: Bench, query: str, names: list[str]) -> None:
    url = requests_url(query)

    assert [each["name"] for each in bench.ask("GET", url)["files"]] == names


def requests_url(query: str) -> str:
    return FILES + "?q=" + query.replace(" ", "+").replace('"', "%22").replace("'", "%27")


@pytest.mark.parametrize(
    ("method", "url", "refusal"),
    [
        ("GET", f"{FILES}/none", (404, "File not found: none.")),
        (
            "GET",
            "https://sheets.googleapis.com/v4/spreadsheets/none",
            (404, "Requested entity was not found."),
        ),
        (
            "POST",
            f"{FILES}/upload",
            (404, "File not found: upload."),
        ),
        (
            "GET",
            "https://www.googleapis.com/drive/v3/drives",
            (501, "The local Sheets server does not implement GET /drive/v3/drives."),
        ),
        (
            "GET",
            requests_url("starred = true"),
            (501, f"{NOT_HERE} drive files.list with the query 'starred = true'."),
        ),
    ],
)
def test_what_is_not_there_says_so(bench: Bench, method: str, url: str, refusal: tuple[int, str]) -> None:
    assert bench.refusal(method, url) == refusal


def test_the_adapter_counts_calls(bench: Bench) -> None:
    session = bench.session()
    client = gspread.Client(auth=None, session=session)
    adapter = session.get_adapter("https://sheets.googleapis.com/v4")
    assert isinstance(adapter, LocalSheetsAdapter)

    client.open_by_key(bench.id).sheet1.acell("A1")

    assert adapter.calls[-1] == ("GET", f"/v4/spreadsheets/{bench.id}/values/%27Sheet1%27%21A1")


def test_writers_at_once_lose_no_row() -> None:
    server = LocalSheets(None)
    session_bench = gspread.Client(auth=None, session=_session(server))
    book = session_bench.create("many")

    def work(name: str) -> None:
        sheet = gspread.Client(auth=None, session=_session(server)).open_by_key(book.id).sheet1
        for number in range(20):
            sheet.append_row([f"{name}{number}"])

    threads = [Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = book.sheet1.col_values(1)
    server.close()
    assert sorted(found) == sorted(f"{name}{number}" for name in "abcd" for number in range(20))


def _session(server: LocalSheets) -> gspread.http_client.Session:
    session = gspread.http_client.Session()
    for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
        session.mount(host, LocalSheetsAdapter(server))
    return session
