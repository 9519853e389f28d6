"""spreadsheets.values: what is read, written, counted and refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Bench


def test_a_formula_shows_an_error_and_keeps_its_text(bench: Bench) -> None:
    bench.write("A1", [["=SUM(B1:B3)", "=1/0"]], "USER_ENTERED")

    assert bench.read("A1:B1") == [["#NAME?", "#DIV/0!"]]
    assert bench.raw("A1:B1") == [["#NAME?", "#DIV/0!"]]
    assert bench.read("A1:B1", valueRenderOption="FORMULA") == [["=SUM(B1:B3)", "=1/0"]]


def test_a_batch_with_one_bad_range_writes_nothing(bench: Bench) -> None:
    data = [{"range": "A1", "values": [["x"]]}, {"range": "Nowhere!A1", "values": [["y"]]}]

    refusal = bench.refusal(
        "POST", bench.url("/values:batchUpdate"), {"valueInputOption": "RAW", "data": data}
    )

    assert refusal == (400, "Invalid data[1]: Unable to parse range: Nowhere!A1")
    assert bench.read("Sheet1") == []


# Source: discovery document, UpdateValuesResponse.updatedData.
def test_the_echo_covers_the_requested_range_where_that_was_larger(bench: Bench) -> None:
    bench.write("A1", [["a", "b", "c"], ["d", "e", ""], ["g", "", ""]])

    larger = bench.write("A1:C4", [["A"]], includeValuesInResponse="true")
    anchor = bench.write(
        "B2",
        [["2020-01-01", 7]],
        "USER_ENTERED",
        includeValuesInResponse="True",
        responseValueRenderOption="UNFORMATTED_VALUE",
    )

    assert larger["updatedRange"] == "Sheet1!A1"
    assert larger["updatedData"] == {
        "range": "Sheet1!A1:C4",
        "majorDimension": "ROWS",
        "values": [["A", "b", "c"], ["d", "e"], ["g"]],
    }
    assert anchor["updatedData"] == {
        "range": "Sheet1!B2:C2",
        "majorDimension": "ROWS",
        "values": [[43831, 7]],
    }


# Source: recording test_add_validation; message of a missing option from the public service.
def test_values_that_are_no_list_and_a_missing_option_are_refused(bench: Bench) -> None:
    url = bench.range_url("A1", valueInputOption="RAW")
    sentence = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    answer = bench.send("PUT", url, {"values": "X"})
    violations = json.loads(answer.body)["error"]["details"][0]["fieldViolations"]

    assert violations == [{"field": "data.values", "description": sentence}]
    assert bench.refusal("PUT", bench.range_url("A1"), {"values": [["x"]]}) == (
        400,
        "'valueInputOption' is required but not specified",
    )


def test_clear_empties_cells_and_keeps_their_formats_and_notes(bench: Bench) -> None:
    bench.write("A1", [["2020-01-01", "b"]], "USER_ENTERED")
    note = {"values": [{"note": "keep"}]}
    bench.change({"updateCells": {"start": {"sheetId": 0}, "rows": [note], "fields": "note"}})

    answer = bench.ask("POST", bench.range_url("A:A", ":clear"), {})
    bench.write("A1", [[43831]])

    assert answer == {"spreadsheetId": bench.id, "clearedRange": "Sheet1!A1:A20"}
    assert bench.read("A1:B1") == [["2020-01-01", "b"]]
    assert bench.get("sheets.data.rowData.values.note", "A1") == {
        "sheets": [{"data": [{"rowData": [{"values": [{"note": "keep"}]}]}]}]
    }


def test_several_ranges_are_cleared_at_once(bench: Bench) -> None:
    bench.write("A1", [["a", "b", "c"]])

    answer = bench.ask("POST", bench.url("/values:batchClear"), {"ranges": ["A1", "C1:D1"]})

    assert answer == {"spreadsheetId": bench.id, "clearedRanges": ["Sheet1!A1", "Sheet1!C1:D1"]}
    assert bench.read("Sheet1") == [["", "b"]]


def test_values_are_read_and_written_by_data_filter(bench: Bench) -> None:
    bench.write("客户!A1", [["id", "name"], [1, "Li"]])
    location = {"dimensionRange": {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}}
    metadata = {
        "metadataKey": "field",
        "metadataValue": "name",
        "location": location,
        "visibility": "DOCUMENT",
    }
    bench.change({"createDeveloperMetadata": {"developerMetadata": metadata}})
    by_key = {"developerMetadataLookup": {"metadataKey": "field", "metadataValue": "name"}}
    by_area = {"gridRange": {"sheetId": 7, "startRowIndex": 1, "endRowIndex": 2, "endColumnIndex": 1}}

    data = [{"dataFilter": by_key, "majorDimension": "COLUMNS", "values": [[None, "Wang"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    written = bench.ask("POST", bench.url("/values:batchUpdateByDataFilter"), body)
    url = bench.url("/values:batchGetByDataFilter")
    read = bench.ask("POST", url, {"dataFilters": [by_key, by_area, {"a1Range": "客户!A1:B1"}]})
    cleared = bench.ask("POST", bench.url("/values:batchClearByDataFilter"), {"dataFilters": [by_area]})

    assert written["responses"] == [
        {
            "updatedRange": "'客户'!B1:B2",
            "updatedRows": 1,
            "updatedColumns": 1,
            "updatedCells": 1,
            "dataFilter": by_key,
        }
    ]
    assert [each["valueRange"]["values"] for each in read["valueRanges"]] == [
        [["name"], ["Wang"]],
        [["1"]],
        [["id", "name"]],
    ]
    assert cleared["clearedRanges"] == ["'客户'!A2"]


def test_a_null_that_is_written_to_two_places_leaves_each_its_own_value(bench: Bench) -> None:
    bench.write("客户!A3", [["kept", "old"]])
    places = [{"gridRange": {"sheetId": 7, "startRowIndex": row, "endRowIndex": row + 1}} for row in (1, 2)]
    data = [{"dataFilter": place, "values": [[None, "new"]]} for place in places]
    both = {"metadataKey": "both", "visibility": "DOCUMENT"}
    rows = [{"sheetId": 7, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1} for row in (4, 5)]
    bench.write("客户!A6", [["kept too"]])
    bench.change(
        *(
            {"createDeveloperMetadata": {"developerMetadata": {**both, "location": {"dimensionRange": row}}}}
            for row in rows
        )
    )
    found = {"developerMetadataLookup": {"metadataKey": "both"}}
    data.append({"dataFilter": found, "values": [[None, "twice"]]})

    body = {"valueInputOption": "RAW", "data": data}
    bench.ask("POST", bench.url("/values:batchUpdateByDataFilter"), body)

    assert bench.raw("客户!A2:B6") == [["", "new"], ["kept", "new"], [], ["", "twice"], ["kept too", "twice"]]


def test_an_answer_of_many_rows_is_the_json_a_small_one_is(bench: Bench) -> None:
    bench.change({"appendDimension": {"sheetId": 7, "dimension": "ROWS", "length": 2_500}})
    values = [[row, f"客户{row}", row % 2 == 0] if row % 7 else [] for row in range(1, 2_501)]
    bench.write("客户!A1", values)

    one = bench.ask("GET", bench.range_url("客户!A1:C2500", valueRenderOption="UNFORMATTED_VALUE"))
    many = bench.ask(
        "GET",
        bench.url(
            "/values:batchGet", ranges=["客户!A1:C2500", "客户!A1"], valueRenderOption="UNFORMATTED_VALUE"
        ),
    )

    assert one == {"range": "'客户'!A1:C2500", "majorDimension": "ROWS", "values": values}
    assert many["valueRanges"] == [
        one,
        {"range": "'客户'!A1", "majorDimension": "ROWS", "values": [[1]]},
    ]


def test_equal_short_texts_of_a_write_are_one_object(bench: Bench) -> None:
    bench.write("客户!A1", [["微信", "x" * 17], ["微信", "x" * 17]])

    first, second = bench.server.book(bench.id).sheets[1].rows[:2]
    assert (first[0] is second[0], first == second) == (True, True)
