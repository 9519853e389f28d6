"""The facts page's table "Semantics that must be right", row by row; each test says where its fact is from.

RAW / USER_ENTERED, USER_ENTERED danger    here; the grammar of typed text: test_typing_in.py
render options, trimming, null in values   here
A1, non-ASCII tab echo                     here; the grammar: test_a1.py
write outside grid, append table detection here
cell limit, 10M cells, batchUpdate atomic  here
quotas, 429 body                           test_quota.py
503 / concurrency                          test_faults.py
error JSON                                 here; over HTTP: test_http.py; wrong shapes: test_request_shapes.py
developer metadata                         here; limits: test_metadata.py; every way to move: test_moves.py
protected ranges                           test_protection.py, test_ranges.py, test_permissions.py
misc found by replay                       here; all recordings: test_recordings.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench

HOST = "https://sheets.googleapis.com/v4/spreadsheets"
GUIDE = [["x", "y", "z"], ["x", "y", "z"], [], ["", "x", "y", "z"], ["", "x", "y", "z"], ["", "x", "y", "z"]]
AFTER = {"userEnteredValue": {"stringValue": "after"}}


def test_every_row_of_the_facts_page_is_named_at_the_top() -> None:
    page = Path(__file__).parents[3] / "shared" / "design" / "google-sheets-facts.md"
    if not page.exists():
        pytest.skip(f"The facts page is not at {page}")
    table = page.read_text("utf-8").partition("## Semantics that must be right")[2].partition("\n\n**")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")][2:]

    assert len(rows) > 15
    assert [row for row in rows if row not in str(__doc__)] == []


# ---- RAW / USER_ENTERED


# Source: discovery document, enumDescriptions of valueInputOption (facts page, row "RAW / USER_ENTERED").
def test_raw_values_are_stored_as_they_are(bench: Bench) -> None:
    sent = ["007", "=1+1", "2020-01-01", "TRUE", "'x", "1,5", 7, True, 0.5]

    bench.write("A1", [sent])

    assert bench.raw("A1:I1") == [sent]
    assert bench.read("A1:I1", valueRenderOption="FORMULA") == [sent]


# Source: discovery document, enumDescriptions of valueInputOption (facts page, row "RAW / USER_ENTERED").
def test_user_entered_values_are_taken_as_if_typed(bench: Bench) -> None:
    bench.write("A1", [["=4/2", "2020-01-01", "TRUE", "12%", 7, True]], "USER_ENTERED")

    assert bench.raw("A1:F1") == [[2, 43831, True, 0.12, 7, True]]
    assert bench.read("A1:F1") == [["2", "2020-01-01", "TRUE", "12%", "7", "TRUE"]]


# ---- USER_ENTERED danger


# Source: google/hyou#4, vlucas/sheetquery#20, theoephraim/node-google-spreadsheet#696 (facts page, row
# "USER_ENTERED danger"). The whole grammar, mostly unverified: test_typing_in.py.
def test_typed_codes_lose_their_zeros_and_spaces_unless_quoted(bench: Bench) -> None:
    bench.write("A1", [["007", "22 34", "'007"]], "USER_ENTERED")

    assert bench.raw("A1:C1") == [[7, 2234, "007"]]


# ---- render options


# Source: recordings test_get_all_values_date_time_render_options (facts page, row "render options").
@pytest.mark.parametrize(
    ("value_option", "date_option", "shown"),
    [
        ("FORMATTED_VALUE", "SERIAL_NUMBER", ["2", "2020-01-01", "text", "53", "TRUE"]),
        ("FORMATTED_VALUE", "FORMATTED_STRING", ["2", "2020-01-01", "text", "53", "TRUE"]),
        ("UNFORMATTED_VALUE", "SERIAL_NUMBER", [2, 43831, "text", 53, True]),
        ("UNFORMATTED_VALUE", "FORMATTED_STRING", [2, "2020-01-01", "text", 53, True]),
        ("FORMULA", "SERIAL_NUMBER", ["=4/2", 43831, "text", 53, True]),
        ("FORMULA", "FORMATTED_STRING", ["=4/2", "2020-01-01", "text", 53, True]),
    ],
)
@pytest.mark.parametrize("major", ["ROWS", "COLUMNS"])
def test_render_options_show_a_cell_in_each_way(
    bench: Bench, value_option: str, date_option: str, shown: list[Any], major: str
) -> None:
    bench.write("A1", [["=4/2", "2020-01-01", "text", 53, "true"]], "USER_ENTERED")

    found = bench.read(
        "A1:E1", valueRenderOption=value_option, dateTimeRenderOption=date_option, majorDimension=major
    )

    assert found == ([shown] if major == "ROWS" else [[each] for each in shown])


# ---- trimming


# Source: recordings test_batch_get, test_get_all_values (facts page, row "trimming").
def test_blank_cells_and_rows_at_the_end_are_left_out(bench: Bench) -> None:
    bench.write("A1", [["a", "", "c", ""], ["", "", "", ""], ["", "b", "", ""], ["", "", "", ""]])

    assert bench.read("Sheet1") == [["a", "", "c"], [], ["", "b"]]
    assert bench.read("Sheet1", majorDimension="COLUMNS") == [["a"], ["", "", "b"], ["c"]]
    assert bench.ask("GET", bench.range_url("D1:D4")) == {"range": "Sheet1!D1:D4", "majorDimension": "ROWS"}


# ---- null in values


# Source: recordings test_update_cells_noncontiguous, test_update_cell_objects (row "null in values").
def test_null_leaves_a_cell_alone_and_only_touched_cells_count(bench: Bench) -> None:
    bench.write("A1", [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])

    answer = bench.write("A1:C3", [["A", None, None], [], [None, None, ""]])

    assert answer == {
        "spreadsheetId": bench.id,
        "updatedRange": "Sheet1!A1:C3",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 2,
    }
    assert bench.read("A1:C3") == [["A", "b", "c"], ["d", "e", "f"], ["g", "h"]]


# Source: recording test_batch_update (facts page, row "null in values").
def test_totals_of_a_batch_count_each_row_and_column_once(bench: Bench) -> None:
    data = [
        {"range": "A1:B1", "values": [[1, 2]]},
        {"range": "B1:B2", "values": [[3], [4]]},
        {"range": "客户!A1", "majorDimension": "COLUMNS", "values": [["x", None, "y"]]},
    ]
    answer = bench.ask("POST", bench.url("/values:batchUpdate"), {"valueInputOption": "RAW", "data": data})

    del answer["responses"]
    assert answer == {
        "spreadsheetId": bench.id,
        "totalUpdatedRows": 4,
        "totalUpdatedColumns": 3,
        "totalUpdatedCells": 6,
        "totalUpdatedSheets": 2,
    }
    assert bench.raw("A1:B2") == [[1, 3], ["", 4]]
    assert bench.read("客户!A1:A3") == [["x"], [], ["y"]]


# ---- A1


# Source: measured on the real service (facts page, row "A1"); robin900/gspread-dataframe#54.
@pytest.mark.parametrize(
    ("name", "echo"),
    [
        ("A1", "Sheet1!A1"),
        ("sheet1", "Sheet1!A1:J20"),
        ("'SHEET1'!b2:a1", "Sheet1!A1:B2"),
        ("客户!A:B", "'客户'!A1:B20"),
        ("客户!19:99", "'客户'!A19:J20"),
        ("C18:Z99", "Sheet1!C18:J20"),
    ],
)
def test_a_range_is_found_in_any_case_and_cut_at_the_edge_of_the_grid(
    bench: Bench, name: str, echo: str
) -> None:
    assert bench.ask("GET", bench.range_url(name))["range"] == echo


def test_a_tab_named_like_a_cell_must_be_quoted(bench: Bench) -> None:
    bench.change({"addSheet": {"properties": {"title": "A1"}}})
    bench.write("'A1'!A1", [["tab"]])
    bench.write("A1", [["cell"]])

    assert bench.read("A1") == [["cell"]]
    assert bench.read("'A1'") == [["tab"]]


# Source: measured on the real service (facts page, row "A1").
def test_a_title_with_an_exclamation_mark_or_like_a_cell_is_found_and_echoed_quoted(bench: Bench) -> None:
    bench.change(
        {"addSheet": {"properties": {"title": "a!b"}}}, {"addSheet": {"properties": {"title": "CRM26"}}}
    )

    echoes = [
        bench.ask("GET", bench.range_url(name))["range"] for name in ("'a!b'!A1", "a!b!A1", "'CRM26'!A1")
    ]

    assert echoes == ["'a!b'!A1", "'a!b'!A1", "'CRM26'!A1"]


# ---- non-ASCII tab echo


# Source: none found (facts page, row "non-ASCII tab echo"), so that the product quotes and compares no echo.
def test_a_chinese_title_is_understood_quoted_and_bare_and_its_echo_is_a_range(bench: Bench) -> None:
    bench.write("客户!A1", [["x"]])

    answers = [bench.ask("GET", bench.range_url(name)) for name in ("客户!A1", "'客户'!A1")]
    echoed = [bench.read(answer["range"]) for answer in answers]

    assert [answer["values"] for answer in answers] == echoed == [[["x"]], [["x"]]]


# ---- write outside grid


# Source: home-assistant/core#104198 (facts page, row "write outside grid").
@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("K1", [["x"]], "Range (Sheet1!K1) exceeds grid limits. Max rows: 20, max columns: 10"),
        ("A21", [["x"]], "Range (Sheet1!A21) exceeds grid limits. Max rows: 20, max columns: 10"),
        ("A20", [["x"], ["y"]], "Range (Sheet1!A20:A21) exceeds grid limits. Max rows: 20, max columns: 10"),
        (
            "A1:B2",
            [[1], [2], [3]],
            "Requested writing within range [Sheet1!A1:B2], but tried writing to row [3]",
        ),
        (
            "A1:B2",
            [[1, 2, 3]],
            "Requested writing within range [Sheet1!A1:B2], but tried writing to column [C]",
        ),
        ("A1", [[{"a": 1}]], "Invalid values: struct_value cannot be stored in a cell"),
    ],
)
def test_a_write_that_does_not_fit_is_refused(bench: Bench, name: str, values: object, message: str) -> None:
    url = bench.range_url(name, valueInputOption="RAW")

    assert bench.refusal("PUT", url, {"values": values}) == (400, message)
    assert bench.read("Sheet1") == []


# Source: discovery document, insertDataOption (facts page, row "write outside grid").
def test_append_makes_the_grid_larger_where_it_has_to(bench: Bench) -> None:
    bench.write("A20", [["last"]])

    answer = bench.append("Sheet1", [["a"] * 12, ["b"]])

    assert answer["updates"]["updatedRange"] == "Sheet1!A21:L22"
    assert bench.sheet()["properties"]["gridProperties"] == {"rowCount": 22, "columnCount": 12}


# ---- append table detection


# Source: Google's guide "Append values", the table of eight cases (facts page, row "append table detection").
@pytest.mark.parametrize(
    ("name", "table", "first"),
    [
        ("Sheet1", "Sheet1!B4:D6", "B7"),
        ("B4", "Sheet1!B4:D6", "B7"),
        ("C5:D5", "Sheet1!B4:D6", "B7"),
        ("B2:D4", "Sheet1!B4:D6", "B7"),
        ("A3:G10", "Sheet1!B4:D6", "B7"),
        ("A1", "Sheet1!A1:C2", "A3"),
        ("E4", None, "E4"),
        ("A4", None, "A4"),
    ],
)
def test_rows_go_after_the_table_the_range_means(
    bench: Bench, name: str, table: str | None, first: str
) -> None:
    bench.write("A1", GUIDE)

    answer = bench.append(name, [["new"]])

    assert answer.get("tableRange") == table
    assert answer["updates"]["updatedRange"] == f"Sheet1!{first}"


# ---- cell limit


# Source: freelabz/secator#96 (facts page, row "cell limit").
@pytest.mark.parametrize("option", ["RAW", "USER_ENTERED"])
def test_a_cell_holds_fifty_thousand_characters_and_not_one_more(bench: Bench, option: str) -> None:
    url = bench.range_url("A1", valueInputOption=option)

    assert bench.refusal("PUT", url, {"values": [["x" * 50_001]]}) == (
        400,
        "Your input contains more than the maximum of 50000 characters in a single cell.",
    )
    assert bench.write("A1", [["x" * 50_000]], option)["updatedCells"] == 1


# ---- 10M cells


# Source: nithinmurali/pygsheets#589, robin900/gspread-dataframe#37 (facts page, row "10M cells").
@pytest.mark.parametrize("size", [{"rowCount": 1_000_000}, {"rowCount": 1_000_000, "columnCount": 1}])
def test_ten_million_cells_are_the_limit_and_rows_count_before_columns(
    bench: Bench, size: dict[str, int]
) -> None:
    fields = ",".join(f"gridProperties.{name}" for name in size)
    change = {"properties": {"sheetId": 0, "gridProperties": size}, "fields": fields}

    assert bench.refused_change({"updateSheetProperties": change}) == (
        400,
        (
            "Invalid requests[0].updateSheetProperties: This action would increase the number of cells "
            "in the workbook above the limit of 10000000 cells."
        ),
    )


# ---- batchUpdate atomic


# Source: discovery document, batchUpdate; recording test_hide_show_worksheet (row "batchUpdate atomic").
def test_one_bad_request_undoes_the_whole_batch(bench: Bench) -> None:
    bench.write("A1", [["before"]])
    before = bench.ask("GET", bench.url(includeGridData="true"))

    refusal = bench.refused_change(
        {"updateCells": {"start": {}, "rows": [{"values": [AFTER]}], "fields": "userEnteredValue"}},
        {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}}},
        {
            "repeatCell": {
                "range": {},
                "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}},
                "fields": "userEnteredFormat",
            }
        },
        {"addNamedRange": {"namedRange": {"name": "here", "range": {"sheetId": 0}}}},
        {"addSheet": {"properties": {"title": "new"}}},
        {"addSheet": {"properties": {"title": "SHEET1"}}},
    )

    assert refusal == (
        400,
        (
            'Invalid requests[5].addSheet: A sheet with the name "SHEET1" already exists. '
            "Please enter another name."
        ),
    )
    assert bench.ask("GET", bench.url(includeGridData="true")) == before


# ---- error JSON


# Source: recordings (404 and 403 texts); google.rpc.BadRequest in recording test_add_validation.
def test_a_refusal_has_code_message_status_and_details(bench: Bench) -> None:
    shape = json.loads(bench.send("POST", bench.url(":batchUpdate"), {"requests": 1}).body)["error"]
    missing = json.loads(bench.send("GET", f"{HOST}/nowhere").body)["error"]

    assert (shape["code"], shape["status"], len(shape["details"][0]["fieldViolations"])) == (
        400,
        "INVALID_ARGUMENT",
        1,
    )
    assert missing == {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}


# ---- developer metadata


# Source: discovery document, DeveloperMetadata (facts page, row "developer metadata"). Every way of moving:
# test_moves.py; the limit of 30,000 characters and "one row or column at most": test_metadata.py.
def test_metadata_follows_its_row_and_goes_with_it(bench: Bench) -> None:
    location = {"dimensionRange": {"dimension": "ROWS", "startIndex": 4, "endIndex": 5}}
    metadata = {"metadataKey": "k", "location": location, "visibility": "DOCUMENT"}
    bench.change({"createDeveloperMetadata": {"developerMetadata": metadata}})
    by_key = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "k"}}]}

    def place() -> Any:
        found = bench.ask("POST", bench.url("/developerMetadata:search"), by_key)
        matched = found.get("matchedDeveloperMetadata", [])
        return [each["developerMetadata"]["location"]["dimensionRange"]["startIndex"] for each in matched]

    bench.change({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}}})
    moved = place()
    bench.change({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 6, "endIndex": 7}}})

    assert (moved, place()) == ([6], [])


# ---- misc found by replay


# Source: recording test_update_tab_color; the rest from the facts page, row "misc found by replay". The CSV
# of that row: test_gspread.py.
def test_colours_come_in_steps_zeros_are_left_out_and_a_group_sets_its_control(bench: Bench) -> None:
    colour = {"properties": {"sheetId": 0, "tabColor": {"red": 0.5, "green": 0}}, "fields": "tabColor"}
    group = {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}}

    bench.change({"updateSheetProperties": colour}, {"addDimensionGroup": group})

    properties = bench.sheet()["properties"]
    assert properties["tabColor"] == {"red": 0.49803922}
    assert properties["gridProperties"] == {"rowCount": 20, "columnCount": 10, "rowGroupControlAfter": True}
    assert bench.sheet()["rowGroups"] == [{**group, "depth": 1}]
