"""batchUpdate as a whole, and its requests about tabs and cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from backend.localsheets import LocalSheets

if TYPE_CHECKING:
    from conftest import Bench

BOLD = {"textFormat": {"bold": True}}


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


def test_replies_mirror_the_requests(bench: Bench) -> None:
    replies = bench.change(
        {"updateSheetProperties": {"properties": {"sheetId": 7, "title": "名册"}, "fields": "title"}},
        {"addSheet": {"properties": {"title": "new", "index": 0, "gridProperties": {"rowCount": 3}}}},
    )

    added = {"sheetId": 101, "title": "new", "index": 0, "sheetType": "GRID"}
    assert replies == [
        {},
        {"addSheet": {"properties": {**added, "gridProperties": {"rowCount": 3, "columnCount": 26}}}},
    ]


def test_the_spreadsheet_comes_back_when_asked_for(bench: Bench) -> None:
    body = {
        "requests": [{"deleteSheet": {"sheetId": 0}}],
        "includeSpreadsheetInResponse": True,
    }

    answer = bench.ask("POST", bench.url(":batchUpdate"), body)

    titles = [sheet["properties"]["title"] for sheet in answer["updatedSpreadsheet"]["sheets"]]
    assert titles == ["客户"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"deleteSheet": {"sheetId": 5}}, "Invalid requests[0].deleteSheet: No grid with id: 5"),
        (
            {"updateCells": {"start": {}, "rows": []}},
            (
                "Invalid requests[0].updateCells: At least one field must be listed in 'fields'. "
                "(Use '*' to indicate all fields.)"
            ),
        ),
        ({}, "Invalid requests[0]: No request set."),
    ],
)
def test_a_bad_request_is_named_with_its_place(bench: Bench, change: dict[str, Any], message: str) -> None:
    assert bench.refused_change(change) == (400, message)


def test_a_batch_without_requests_is_refused(bench: Bench) -> None:
    assert bench.refused_change() == (400, "Must specify at least one request.")


@pytest.mark.parametrize("kind", ["addChart", "addSlicer", "addTable", "autoFill", "pasteData"])
def test_what_is_not_implemented_answers_501_and_changes_nothing(bench: Bench, kind: str) -> None:
    answer = bench.send(
        "POST",
        bench.url(":batchUpdate"),
        {"requests": [{"deleteSheet": {"sheetId": 7}}, {kind: {}}]},
    )

    assert json.loads(answer.body) == {
        "error": {
            "code": 501,
            "message": f"The local Sheets server does not implement requests[1].{kind}.",
            "status": "UNIMPLEMENTED",
        }
    }
    assert bench.sheet(1)["properties"]["title"] == "客户"


def test_the_last_tab_in_view_can_neither_go_nor_be_hidden(bench: Bench) -> None:
    bench.change(
        {"updateSheetProperties": {"properties": {"sheetId": 7, "hidden": True}, "fields": "hidden"}}
    )
    hide = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}

    # Source: recorded 400 answer "You can't hide all the sheets in a document." (facts page).
    assert bench.refused_change({"updateSheetProperties": hide}) == (
        400,
        "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.",
    )
    assert bench.refused_change({"deleteSheet": {"sheetId": 0}})[0] == 400


def test_a_smaller_grid_loses_what_lay_outside(bench: Bench) -> None:
    bench.write("A1", [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
    small = {"sheetId": 0, "gridProperties": {"rowCount": 2, "columnCount": 2}}
    large = {"sheetId": 0, "gridProperties": {"rowCount": 9, "columnCount": 9}}

    for properties in (small, large):
        bench.change({"updateSheetProperties": {"properties": properties, "fields": "gridProperties"}})

    assert bench.read("Sheet1") == [["a", "b"], ["d", "e"]]


# Source: discovery document, SheetProperties.index.
@pytest.mark.parametrize(("index", "order"), [(0, "ABC"), (1, "ABC"), (2, "BAC"), (3, "BCA")])
def test_a_tab_moves_before_the_one_that_has_the_index_now(bench: Bench, index: int, order: str) -> None:
    bench.change(
        {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "A"}, "fields": "title"}},
        {"updateSheetProperties": {"properties": {"sheetId": 7, "title": "B"}, "fields": "title"}},
        {"addSheet": {"properties": {"title": "C"}}},
        {"updateSheetProperties": {"properties": {"sheetId": 0, "index": index}, "fields": "index"}},
    )

    titles = bench.get("sheets.properties.title")["sheets"]
    assert "".join(each["properties"]["title"] for each in titles) == order


def test_a_duplicate_has_all_its_source_has_and_a_life_of_its_own(bench: Bench) -> None:
    bench.write("A1", [["a", 1]])
    bench.change({"mergeCells": {"range": bench.area(3, 4, 0, 2), "mergeType": "MERGE_ALL"}})

    replies = bench.change({"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 1}})
    bench.write("Sheet1!A1", [["changed"]])

    assert replies[0]["duplicateSheet"]["properties"]["title"] == "Copy of Sheet1"
    assert bench.raw("Copy of Sheet1") == [["a", 1]]
    assert bench.sheet(1)["merges"] == [bench.area(3, 4, 0, 2, 101)]


def test_update_cells_writes_what_the_mask_names_and_clears_what_is_missing(bench: Bench) -> None:
    bench.write("A1", [["a", "b"], ["c", "d"]])
    cells = [
        {"userEnteredValue": {"numberValue": 1.5}, "note": "n", "userEnteredFormat": BOLD},
        {"userEnteredValue": {"boolValue": True}},
    ]
    change = {"range": bench.area(0, 2, 0, 2), "rows": [{"values": cells}], "fields": "userEnteredValue,note"}

    bench.change({"updateCells": change})

    assert bench.raw("Sheet1") == [[1.5, True]]
    assert bench.get("sheets.data.rowData.values(note,userEnteredFormat)", "Sheet1") == {
        "sheets": [{"data": [{"rowData": [{"values": [{"note": "n"}]}]}]}]
    }


def test_update_cells_outside_the_grid_is_refused(bench: Bench) -> None:
    rows = [{"values": [text("x"), text("y")]}]
    change = {"start": {"sheetId": 0, "columnIndex": 9}, "rows": rows, "fields": "userEnteredValue"}

    assert bench.refused_change({"updateCells": change}) == (
        400,
        (
            "Invalid requests[0].updateCells: Attempting to write column: 10, "
            "beyond the last requested column of: 9"
        ),
    )


# Source: recording test_format; colours: recording test_update_tab_color (facts page, row "misc").
def test_repeat_cell_changes_only_the_named_parts_of_a_format(bench: Bench) -> None:
    colour = {"backgroundColor": {"red": 0.5, "green": 1}}
    both = {**colour, "backgroundColorStyle": {"rgbColor": {"red": 0.49803922, "green": 1}}}
    both["backgroundColor"] = {"red": 0.49803922, "green": 1}
    column = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}

    bench.change(
        {"repeatCell": {"range": column, "cell": {"userEnteredFormat": BOLD}, "fields": "userEnteredFormat"}},
        {
            "repeatCell": {
                "range": bench.area(0, 1, 0, 2),
                "cell": {"userEnteredFormat": colour},
                "fields": "userEnteredFormat.backgroundColor",
            }
        },
    )

    found = bench.get("sheets.data.rowData.values.userEnteredFormat", "A1:B2")["sheets"][0]["data"][0][
        "rowData"
    ]
    assert found == [
        {"values": [{"userEnteredFormat": both}, {"userEnteredFormat": {**BOLD, **both}}]},
        {"values": [{}, {"userEnteredFormat": BOLD}]},
    ]


def test_a_number_format_on_a_column_shows_serial_numbers_as_dates(bench: Bench) -> None:
    date = {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}
    column = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}
    bench.change(
        {"repeatCell": {"range": column, "cell": {"userEnteredFormat": date}, "fields": "userEnteredFormat"}}
    )

    bench.write("A1", [[46347, 46347], ["x", "not a date"], [1]])

    assert bench.read("Sheet1") == [["46347", "2026-11-21"], ["x", "not a date"], ["1"]]
    assert bench.read("B1:B2", majorDimension="COLUMNS") == [["2026-11-21", "not a date"]]
    assert bench.raw("B1") == [[46347]]


def test_append_cells_goes_below_the_last_row_with_content(bench: Bench) -> None:
    bench.write("B19", [["last"]])
    rows = [{"values": [text("x")]}, {"values": [text("y")]}]

    bench.change({"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}})

    assert bench.read("A19:B21") == [["", "last"], ["x"], ["y"]]


def test_a_validation_rule_is_kept_and_taken_away(bench: Bench) -> None:
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "gold"}]}, "strict": True}
    area = bench.area(0, 2, 0, 1)
    bench.change({"setDataValidation": {"range": area, "rule": rule}})
    bench.change({"setDataValidation": {"range": bench.area(0, 1, 0, 1)}})

    found = bench.get("sheets.data.rowData.values.dataValidation", "A1:A5")

    assert found == {"sheets": [{"data": [{"rowData": [{}, {"values": [{"dataValidation": rule}]}]}]}]}


def test_grid_data_shows_values_and_formats_of_a_cell(bench: Bench) -> None:
    bench.write("B2", [["=SUM(A1)", "2020-01-01"]], "USER_ENTERED")

    answer = bench.ask("GET", bench.url(includeGridData="true", ranges=["B2:C2"]))

    data = answer["sheets"][0]["data"][0]
    formula, date = data["rowData"][0]["values"]
    assert (data["startRow"], data["startColumn"], data["columnMetadata"]) == (1, 1, [{"pixelSize": 100}] * 2)
    assert formula["userEnteredValue"] == {"formulaValue": "=SUM(A1)"}
    assert formula["effectiveValue"]["errorValue"]["type"] == "NAME"
    assert formula["formattedValue"] == "#NAME?"
    assert date["effectiveFormat"]["numberFormat"] == {"type": "DATE", "pattern": "yyyy-mm-dd"}
    assert date["formattedValue"] == "2020-01-01"


def test_find_replace_counts_what_it_changed(bench: Bench) -> None:
    bench.write("A1", [["Gold gold", "silver"], ["GOLD", 12], ["=gold()", 112]])
    bench.write("A4", [["=GOLD()"]], "USER_ENTERED")

    find = {"find": "gold", "replacement": "vip", "allSheets": True}
    whole = {"find": "12", "replacement": "13", "matchEntireCell": True, "sheetId": 0}
    replies = bench.change({"findReplace": find}, {"findReplace": whole})

    assert replies == [
        {"findReplace": {"valuesChanged": 3, "rowsChanged": 3, "sheetsChanged": 1, "occurrencesChanged": 4}},
        {"findReplace": {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1}},
    ]
    assert bench.read("Sheet1", valueRenderOption="FORMULA") == [
        ["vip vip", "silver"],
        ["vip", 13],
        ["=vip()", 112],
        ["=GOLD()"],
    ]


def test_locale_and_time_zone_of_a_new_spreadsheet_are_kept() -> None:
    server = LocalSheets(None)
    body = {"properties": {"title": "t", "locale": "zh_CN", "timeZone": "Asia/Shanghai"}}

    url = "https://sheets.googleapis.com/v4/spreadsheets"
    answer = json.loads(server.handle("POST", url, json.dumps(body).encode()).body)
    server.close()

    properties = answer["properties"]
    assert (properties["locale"], properties["timeZone"]) == ("zh_CN", "Asia/Shanghai")
    assert answer["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]


def test_formulas_are_written_by_update_cells_and_errors_are_not(bench: Bench) -> None:
    cells = [{"userEnteredValue": {"formulaValue": "=SUM(A1)"}}, {"userEnteredValue": {"stringValue": "=1"}}]
    change = {"start": {"sheetId": 7}, "rows": [{"values": cells}], "fields": "*"}
    bench.change({"updateCells": change})
    wrong = [{"values": [{"userEnteredValue": {"errorValue": {"type": "NAME"}}}]}]

    assert bench.raw("客户") == [["#NAME?", "=1"]]
    assert bench.refused_change({"updateCells": {**change, "rows": wrong}})[0] == 501
    assert bench.refused_change({"updateCells": {**change, "fields": "textFormatRuns"}})[0] == 501


def test_one_value_is_repeated_over_a_range(bench: Bench) -> None:
    cell = {"userEnteredValue": {"numberValue": 2}}
    bench.change(
        {"repeatCell": {"range": bench.area(1, 3, 1, 3), "cell": cell, "fields": "userEnteredValue"}}
    )

    assert bench.raw("Sheet1") == [[], ["", 2, 2], ["", 2, 2]]


def test_a_pattern_is_found_and_its_groups_come_back(bench: Bench) -> None:
    bench.write("A1", [["021-123", "x021-123"], ["021-456"]])
    find = {
        "find": r"(\d+)-(\d+)",
        "replacement": "$2/$1",
        "searchByRegex": True,
        "range": bench.area(0, 1, 0, 2),
    }

    replies = bench.change({"findReplace": {**find, "matchEntireCell": True}})

    assert replies[0]["findReplace"]["occurrencesChanged"] == 1
    assert bench.read("Sheet1") == [["123/021", "x021-123"], ["021-456"]]


@pytest.mark.parametrize("count", ["frozenRowCount", "frozenColumnCount"])
def test_not_all_rows_or_columns_can_be_frozen(bench: Bench, count: str) -> None:
    properties = {"sheetId": 0, "gridProperties": {count: 20}}
    change = {"updateSheetProperties": {"properties": properties, "fields": f"gridProperties.{count}"}}

    assert "You can't freeze all visible" in bench.refused_change(change)[1]


def test_the_colour_of_a_tab_is_kept_in_both_forms_and_cleared(bench: Bench) -> None:
    def paint(colour: object) -> None:
        properties = {"sheetId": 0, "tabColorStyle": {"rgbColor": colour}}
        bench.change({"updateSheetProperties": {"properties": properties, "fields": "tabColorStyle"}})

    paint({"red": 1})
    painted = bench.sheet()["properties"]
    paint(None)

    assert (painted["tabColor"], painted["tabColorStyle"]) == ({"red": 1}, {"rgbColor": {"red": 1}})
    assert "tabColor" not in bench.sheet()["properties"]


# Source: discovery document, ColorStyle (themeColor is a name, not a colour).
def test_a_colour_of_the_theme_stays_what_it_is(bench: Bench) -> None:
    theme = {"themeColor": "ACCENT1"}
    change = {"properties": {"sheetId": 0, "tabColorStyle": theme}, "fields": "tabColorStyle"}
    background = {
        "cell": {"userEnteredFormat": {"backgroundColorStyle": theme}},
        "fields": "userEnteredFormat",
    }

    bench.change(
        {"updateSheetProperties": change}, {"repeatCell": {"range": bench.area(0, 1, 0, 1), **background}}
    )

    shown = bench.get("sheets.data.rowData.values.userEnteredFormat", "A1")["sheets"][0]["data"][0]
    assert bench.sheet()["properties"].get("tabColorStyle") == theme
    assert shown["rowData"][0]["values"][0]["userEnteredFormat"] == {"backgroundColorStyle": theme}


def test_a_spreadsheet_is_read_by_data_filter(bench: Bench) -> None:
    bench.write("客户!B2", [["x"]])
    body = {"dataFilters": [{"a1Range": "客户!B2"}], "includeGridData": True}

    answer = bench.ask("POST", bench.url(":getByDataFilter"), body)

    assert [each["properties"]["title"] for each in answer["sheets"]] == ["客户"]
    assert answer["sheets"][0]["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "x"
