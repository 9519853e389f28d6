"""spreadsheets.create with more than titles, sheets.copyTo, and masks that name what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench

HOST = "https://sheets.googleapis.com/v4/spreadsheets"
EDGES = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}


def furnished() -> dict[str, Any]:
    cells = [
        {"userEnteredValue": {"stringValue": "编号"}, "note": "key"},
        {"userEnteredValue": {"numberValue": 7}},
    ]
    rule = {"ranges": [EDGES], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
    place = {"dimension": "ROWS", "startIndex": 4, "endIndex": 5}
    sheet = {
        "properties": {"title": "客户"},
        "data": [{"startRow": 1, "rowData": [{"values": cells}], "columnMetadata": [{"pixelSize": 40}]}],
        "merges": [EDGES],
        "conditionalFormats": [rule],
        "protectedRanges": [{"range": EDGES}],
        "bandedRanges": [{"range": EDGES}],
        "basicFilter": {"range": EDGES},
        "filterViews": [{"title": "f", "range": EDGES}],
        "developerMetadata": [{"metadataKey": "t", "location": {"sheetId": 0}, "visibility": "DOCUMENT"}],
        "rowGroups": [{"range": place, "depth": 1}],
    }
    return {
        "properties": {"title": "book"},
        "sheets": [sheet],
        "namedRanges": [{"name": "n", "range": EDGES}],
        "developerMetadata": [
            {"metadataKey": "b", "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
        ],
    }


# Source: discovery document, spreadsheets.create takes a Spreadsheet message.
def test_a_spreadsheet_is_made_with_all_that_its_message_holds(bench: Bench) -> None:
    made = bench.ask("POST", HOST, furnished())
    book = bench.ask("GET", f"{HOST}/{made['spreadsheetId']}?includeGridData=true&ranges=A1:B3")

    sheet = book["sheets"][0]
    data = sheet["data"][0]
    assert [each["range"] for each in book["namedRanges"]] == [EDGES]
    for name in ("protectedRanges", "bandedRanges", "filterViews"):
        assert [each["range"] for each in sheet[name]] == [EDGES]
    assert (sheet["merges"], sheet["basicFilter"]["range"]) == ([EDGES], EDGES)
    assert sheet["conditionalFormats"][0]["ranges"] == [EDGES]
    assert [each["metadataKey"] for each in (*book["developerMetadata"], *sheet["developerMetadata"])] == [
        "b",
        "t",
    ]
    assert len(sheet["rowGroups"]) == 1
    assert [each["pixelSize"] for each in data["columnMetadata"]] == [40, 100]
    assert data["rowData"][1]["values"][0]["note"] == "key"
    assert data["rowData"][1]["values"][0]["formattedValue"] == "编号"


@pytest.mark.parametrize("name", ["charts", "slicers", "tables"])
def test_a_new_spreadsheet_with_what_is_not_here_is_refused_and_not_made(bench: Bench, name: str) -> None:
    before = bench.server.spreadsheets()

    assert bench.refusal("POST", HOST, {"sheets": [{name: [{}]}]})[0] == 501
    assert bench.server.spreadsheets() == before


# Source: discovery document, spreadsheets.sheets.copyTo.
def test_a_tab_is_copied_to_another_spreadsheet(bench: Bench) -> None:
    bench.write("客户!A1", [["a", 1]])
    other = bench.ask("POST", HOST, {"properties": {"title": "other"}})["spreadsheetId"]

    copied = bench.ask("POST", bench.url("/sheets/7:copyTo"), {"destinationSpreadsheetId": other})
    again = bench.ask("POST", bench.url("/sheets/7:copyTo"), {"destinationSpreadsheetId": other})
    bench.write("客户!A1", [["changed"]])

    assert (copied["title"], copied["index"], again["title"]) == ("Copy of 客户", 1, "Copy of 客户 2")
    read = bench.ask("GET", f"{HOST}/{other}/values/Copy%20of%20%E5%AE%A2%E6%88%B7")
    assert read["values"] == [["a", "1"]]
    url = bench.url("/sheets/9:copyTo")
    assert bench.refusal("POST", url, {"destinationSpreadsheetId": other}) == (400, "No grid with id: 9")
    assert bench.refusal("POST", bench.url("/sheets/7:copyTo"), {"destinationSpreadsheetId": "x"})[0] == 404


@pytest.mark.parametrize(
    ("kind", "request_body"),
    [
        ("repeatCell", {"cell": {}, "fields": "userEnteredFormat.textFormatt"}),
        ("updateSheetProperties", {"properties": {}, "fields": "gridProperties.frozenRows"}),
        ("updateNamedRange", {"namedRange": {}, "fields": "label"}),
        ("updateFilterView", {"filter": {}, "fields": "name"}),
        ("updateDeveloperMetadata", {"dataFilters": [], "developerMetadata": {}, "fields": "key"}),
        ("updateSpreadsheetProperties", {"properties": {}, "fields": "timezone"}),
    ],
)
def test_a_mask_with_a_slip_of_the_pen_is_refused(
    bench: Bench, kind: str, request_body: dict[str, Any]
) -> None:
    message = f"Invalid requests[0].{kind}: Invalid field: {request_body['fields']}"

    assert bench.refused_change({kind: request_body}) == (400, message)
