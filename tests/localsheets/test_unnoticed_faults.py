"""Faults no recording and no test of gspread notices: one test for each, named after what must hold.

Source: facts page, L5. `tests/benchmarks/localsheets_mutants.py` puts each fault into the server and shows
that the test of the same name fails then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conftest import Bench

ROWS = {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}
INSERTED = {"insertDimension": {"range": ROWS}}


def sort(bench: Bench, order: str) -> list[Any]:
    """Sort a column of everything a cell can hold."""
    bench.write("A1", [["b"], [""], [2], [True], ["A"], [10], [False]])
    specs = [{"dimensionIndex": 0, "sortOrder": order}]
    bench.change({"sortRange": {"range": bench.area(0, 7, 0, 1), "sortSpecs": specs}})
    rows = bench.raw("A1:A7")
    return [row[0] if row else "" for row in [*rows, *[[]] * (7 - len(rows))]]


def start_of(thing: dict[str, Any]) -> int:
    return int(thing["range"]["startRowIndex"])


def test_raw_is_not_parsed(bench: Bench) -> None:
    bench.write("A1", [["007", "=1+1", "true", "1%"]])
    bench.append("A2", [["2020-01-01"]])

    assert bench.raw("A1:D2") == [["007", "=1+1", "true", "1%"], ["2020-01-01"]]


def test_append_goes_to_the_last_table(bench: Bench) -> None:
    bench.write("A1", [["x"], [], ["", "y"]])

    assert bench.append("Sheet1", [["new"]])["updates"]["updatedRange"] == "Sheet1!B4"


def test_append_inserts_rows_when_asked(bench: Bench) -> None:
    bench.write("A1", [["x", ""], ["", ""], ["", "foot"]])

    bench.append("A1", [["new"]], insertDataOption="INSERT_ROWS")

    assert bench.read("A1:B4") == [["x"], ["new"], [], ["", "foot"]]


def test_the_last_tab_stays(bench: Bench) -> None:
    bench.change({"deleteSheet": {"sheetId": 7}})

    assert bench.refused_change({"deleteSheet": {"sheetId": 0}})[0] == 400
    assert bench.sheet()["properties"]["title"] == "Sheet1"


def test_a_merge_empties_what_it_covers(bench: Bench) -> None:
    bench.write("A1", [["a", "b"], ["c", "d"]])
    area = bench.area(0, 2, 0, 2)

    bench.change({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}, {"unmergeCells": {"range": area}})

    assert bench.read("A1:B2") == [["a"]]


def test_blanks_sort_last_both_ways(bench: Bench) -> None:
    assert [sort(bench, order)[-1] for order in ("ASCENDING", "DESCENDING")] == ["", ""]


def test_numbers_sort_before_text_before_truth(bench: Bench) -> None:
    assert sort(bench, "ASCENDING")[:6] == [2, 10, "A", "b", False, True]


def test_a_refused_batch_of_values_writes_nothing(bench: Bench) -> None:
    data = [{"range": "A1", "values": [["x"]]}, {"range": "A1:A2", "values": [["y"], ["z"], ["too many"]]}]
    body = {"valueInputOption": "RAW", "data": data}

    assert bench.refusal("POST", bench.url("/values:batchUpdate"), body)[0] == 400
    assert bench.read("Sheet1") == []


def test_a_write_does_not_make_the_grid_larger(bench: Bench) -> None:
    for name in ("K1", "A21", "J20:K20"):
        url = bench.range_url(name, valueInputOption="RAW")
        assert bench.refusal("PUT", url, {"values": [["x", "y"]]})[0] == 400

    assert bench.sheet()["properties"]["gridProperties"] == {"rowCount": 20, "columnCount": 10}


def test_a_cell_has_at_most_fifty_thousand_characters(bench: Bench) -> None:
    text = "x" * 50_001
    cell = {"rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}], "fields": "*", "start": {}}

    for option in ("RAW", "USER_ENTERED"):
        url = bench.range_url("A1", valueInputOption=option)
        assert bench.refusal("PUT", url, {"values": [[text]]})[0] == 400
    assert bench.refused_change({"updateCells": cell})[0] == 400


def test_a_workbook_has_at_most_ten_million_cells(bench: Bench) -> None:
    large = {"rowCount": 99_998, "columnCount": 100}

    size = {"properties": {"gridProperties": large}}
    bench.change({"deleteSheet": {"sheetId": 7}}, {"addSheet": size})

    assert bench.refused_change({"appendDimension": {"dimension": "ROWS", "length": 1}})[0] == 400
    assert bench.refused_change(INSERTED)[0] == 400
    assert bench.refused_change({"duplicateSheet": {"sourceSheetId": 0}})[0] == 400


def test_a_title_is_taken_once_in_any_case(bench: Bench) -> None:
    rename = {"properties": {"sheetId": 7, "title": "sheet1"}, "fields": "title"}

    assert bench.refused_change({"addSheet": {"properties": {"title": "SHEET1"}}})[0] == 400
    assert bench.refused_change({"updateSheetProperties": rename})[0] == 400
    assert bench.refused_change({"duplicateSheet": {"sourceSheetId": 7, "newSheetName": "Sheet1"}})[0] == 400


def test_a_tab_is_found_in_any_case(bench: Bench) -> None:
    bench.write("sHEET1!A1", [["x"]])

    assert bench.ask("GET", bench.range_url("'SHEET1'!A1"))["range"] == "Sheet1!A1"


def test_a_named_range_follows_its_rows(bench: Bench) -> None:
    bench.change({"addNamedRange": {"namedRange": {"name": "n", "range": bench.area(3, 5, 0, 1)}}}, INSERTED)

    assert start_of(bench.ask("GET", bench.url())["namedRanges"][0]) == 5


def test_a_protected_range_follows_its_rows(bench: Bench) -> None:
    bench.change({"addProtectedRange": {"protectedRange": {"range": bench.area(3, 5, 0, 1)}}}, INSERTED)

    assert start_of(bench.sheet()["protectedRanges"][0]) == 5


def test_a_filter_follows_its_rows(bench: Bench) -> None:
    place = {"range": bench.area(3, 5, 0, 1)}
    bench.change({"setBasicFilter": {"filter": place}}, {"addFilterView": {"filter": place}}, INSERTED)

    assert (start_of(bench.sheet()["basicFilter"]), start_of(bench.sheet()["filterViews"][0])) == (5, 5)


def metadata_rows(bench: Bench, change: dict[str, Any]) -> list[int]:
    """Where metadata of row 4 is after a change."""
    location = {"dimensionRange": {"dimension": "ROWS", "startIndex": 3, "endIndex": 4}}
    metadata = {"metadataKey": "k", "location": location, "visibility": "DOCUMENT"}
    bench.change({"createDeveloperMetadata": {"developerMetadata": metadata}}, change)
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "k"}}]}
    found = bench.ask("POST", bench.url("/developerMetadata:search"), body).get(
        "matchedDeveloperMetadata", []
    )
    places = [each["developerMetadata"]["location"]["dimensionRange"] for each in found]
    return [place["startIndex"] for place in places]


def test_metadata_follows_its_row(bench: Bench) -> None:
    assert metadata_rows(bench, INSERTED) == [5]


def test_metadata_goes_with_its_row(bench: Bench) -> None:
    assert metadata_rows(bench, {"deleteDimension": {"range": {**ROWS, "endIndex": 4}}}) == []


def test_metadata_has_a_limit_of_characters(bench: Bench) -> None:
    metadata = {"metadataKey": "k", "location": {"sheetId": 0}, "visibility": "DOCUMENT"}
    change = {"developerMetadata": {**metadata, "metadataValue": "x" * 30_000}}

    assert bench.refused_change({"createDeveloperMetadata": change})[0] == 400


def test_clear_leaves_notes_and_formats(bench: Bench) -> None:
    cell = {"note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}
    area = bench.area(0, 1, 0, 1)
    bench.change({"repeatCell": {"range": area, "cell": cell, "fields": "note,userEnteredFormat"}})
    bench.write("A1", [["x"]])

    bench.ask("POST", bench.range_url("A1", ":clear"), {})

    data = bench.get("sheets.data.rowData.values(note,userEnteredFormat)", "A1")["sheets"][0]["data"][0]
    assert data["rowData"] == [{"values": [cell]}]


def test_a_smaller_grid_forgets_what_lay_outside(bench: Bench) -> None:
    bench.write("A1", [["a", "b"], ["c", "d"]])

    for size in ({"rowCount": 1, "columnCount": 1}, {"rowCount": 20, "columnCount": 10}):
        properties = {"sheetId": 0, "gridProperties": size}
        bench.change({"updateSheetProperties": {"properties": properties, "fields": "gridProperties"}})

    assert bench.read("Sheet1") == [["a"]]


def test_truth_is_shown_in_capitals(bench: Bench) -> None:
    bench.write("A1", [[True, False]])

    assert bench.read("A1:B1") == [["TRUE", "FALSE"]]


def test_truth_is_typed_in_any_case(bench: Bench) -> None:
    bench.write("A1", [["true", "FALSE", "yes"]], "USER_ENTERED")

    assert bench.raw("A1:C1") == [[True, False, "yes"]]


def test_formulas_follow_their_rows(bench: Bench) -> None:
    bench.write("A5", [["=SUM(A1:A4)"]], "USER_ENTERED")

    bench.change(INSERTED)

    assert bench.read("A7", valueRenderOption="FORMULA") == [["=SUM(A3:A6)"]]


def test_formulas_are_not_searched_unless_asked(bench: Bench) -> None:
    bench.write("A1", [["=SUM(B1)"]], "USER_ENTERED")

    bench.change({"findReplace": {"find": "SUM", "replacement": "MAX", "allSheets": True}})

    assert bench.read("A1", valueRenderOption="FORMULA") == [["=SUM(B1)"]]


def test_a_copied_tab_has_ids_of_its_own(bench: Bench) -> None:
    bench.change({"addProtectedRange": {"protectedRange": {"range": bench.area(0, 1, 0, 1)}}})
    bench.change({"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 1}})

    first, second = (bench.sheet(place)["protectedRanges"][0]["protectedRangeId"] for place in (0, 1))
    assert first != second


def test_a_name_nobody_knows_is_refused(bench: Bench) -> None:
    assert bench.refused_change({"addSheet": {"properties": {"titel": "x"}}})[0] == 400
    assert bench.refusal("POST", bench.url("/values:batchClear"), {"range": ["A1"]})[0] == 400
