"""What was acknowledged is in the file, and comes back from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from backend.localsheets import LocalSheets

if TYPE_CHECKING:
    from pathlib import Path

HOST = "https://sheets.googleapis.com/v4/spreadsheets"


def ask(server: LocalSheets, method: str, url: str, body: object = None) -> dict[str, object]:
    answer = server.handle(method, url, None if body is None else json.dumps(body).encode())
    assert answer.status == 200, answer.body
    found: dict[str, object] = json.loads(answer.body)
    return found


def furnished(server: LocalSheets) -> str:
    """A spreadsheet with something of everything that is stored."""
    spreadsheet_id = str(ask(server, "POST", HOST, {"properties": {"title": "名册"}})["spreadsheetId"])
    url = f"{HOST}/{spreadsheet_id}"
    values = [[f"r{row}", row, row / 8, True, "", "=A1"] for row in range(200)]
    ask(server, "PUT", f"{url}/values/A1?valueInputOption=USER_ENTERED", {"values": values})
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "n"}
    rows = {"dimension": "ROWS", "startIndex": 4, "endIndex": 6}
    location = {"dimensionRange": {**rows, "endIndex": 5}}
    metadata = {"metadataKey": "k", "visibility": "DOCUMENT", "location": location}
    condition = {"condition": {"type": "BLANK"}, "format": {}}
    changes = [
        {"repeatCell": {"range": area, "cell": bold, "fields": "userEnteredFormat,note"}},
        {"setDataValidation": {"range": area, "rule": {"condition": {"type": "BOOLEAN"}}}},
        {"mergeCells": {"range": {**area, "startRowIndex": 300, "endRowIndex": 302}}},
        {"addNamedRange": {"namedRange": {"name": "n", "range": area}}},
        {"addProtectedRange": {"protectedRange": {"range": area}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [area], "booleanRule": condition}}},
        {"addBanding": {"bandedRange": {"range": area}}},
        {"setBasicFilter": {"filter": {"range": area}}},
        {"addDimensionGroup": {"range": rows}},
        {"updateDimensionProperties": {"range": rows, "properties": {"pixelSize": 9}, "fields": "pixelSize"}},
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        {"addSheet": {"properties": {"title": "second", "index": 0}}},
        {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
    ]
    ask(server, "POST", f"{url}:batchUpdate", {"requests": changes})
    return spreadsheet_id


def test_a_server_opened_again_shows_the_same_spreadsheets(tmp_path: Path) -> None:
    server = LocalSheets(tmp_path / "deep" / "sheets.db")
    spreadsheet_id = furnished(server)
    url = f"{HOST}/{spreadsheet_id}"
    before = ask(server, "GET", f"{url}?includeGridData=true")
    formulas = ask(server, "GET", f"{url}/values/Sheet1?valueRenderOption=FORMULA")
    server.close()

    again = LocalSheets(tmp_path / "deep" / "sheets.db")

    assert again.spreadsheets() == [(spreadsheet_id, "名册")]
    assert ask(again, "GET", f"{url}?includeGridData=true") == before
    assert ask(again, "GET", f"{url}/values/Sheet1?valueRenderOption=FORMULA") == formulas
    again.close()


def test_a_smaller_sheet_does_not_get_its_old_rows_back(tmp_path: Path) -> None:
    server = LocalSheets(tmp_path / "sheets.db")
    url = f"{HOST}/{furnished(server)}"
    ask(server, "POST", f"{url}/values/Sheet1!A3:Z1000:clear")
    ask(server, "POST", f"{url}:batchUpdate", {"requests": [{"deleteSheet": {"sheetId": 0}}]})
    before = ask(server, "GET", url)
    server.close()

    again = LocalSheets(tmp_path / "sheets.db")

    assert ask(again, "GET", url) == before
    again.close()


def test_a_refused_batch_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    server = LocalSheets(tmp_path / "sheets.db")
    url = f"{HOST}/{furnished(server)}"
    before = ask(server, "GET", f"{url}/values/Sheet1")
    changes = [
        {"deleteDimension": {"range": {"dimension": "ROWS", "endIndex": 50}}},
        {"deleteSheet": {"sheetId": 1}},
    ]
    refused = server.handle("POST", f"{url}:batchUpdate", json.dumps({"requests": changes}).encode())
    server.close()

    again = LocalSheets(tmp_path / "sheets.db")

    assert refused.status == 400
    assert ask(again, "GET", f"{url}/values/Sheet1") == before
    again.close()


@pytest.mark.parametrize("batches", [1, 2])
def test_a_new_tab_with_the_id_of_a_deleted_one_starts_blank(tmp_path: Path, batches: int) -> None:
    server = LocalSheets(tmp_path / "sheets.db")
    url = f"{HOST}/{furnished(server)}"
    changes = [{"deleteSheet": {"sheetId": 0}}, {"addSheet": {"properties": {"sheetId": 0, "title": "new"}}}]
    for requests in [changes] if batches == 1 else [[each] for each in changes]:
        ask(server, "POST", f"{url}:batchUpdate", {"requests": requests})
    server.close()

    again = LocalSheets(tmp_path / "sheets.db")

    assert "values" not in ask(again, "GET", f"{url}/values/new")
    again.close()
