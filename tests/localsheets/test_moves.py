"""Rows and columns that are inserted, deleted, moved or sorted, and all that lies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench

DATE = {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}


def dimension(kind: str, start: int, end: int, sheet: int = 0) -> dict[str, Any]:
    return {"sheetId": sheet, "dimension": kind, "startIndex": start, "endIndex": end}


def insert(kind: str, start: int, end: int, *, before: bool = False) -> dict[str, Any]:
    return {"insertDimension": {"range": dimension(kind, start, end), "inheritFromBefore": before}}


def delete(kind: str, start: int, end: int) -> dict[str, Any]:
    return {"deleteDimension": {"range": dimension(kind, start, end)}}


def move(kind: str, start: int, end: int, target: int) -> dict[str, Any]:
    return {"moveDimension": {"source": dimension(kind, start, end), "destinationIndex": target}}


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (insert("ROWS", 1, 3), [["a1", "b1", "c1"], [], [], ["a2", "b2", "c2"], ["a3", "b3", "c3"]]),
        (insert("COLUMNS", 0, 1), [["", "a1", "b1", "c1"], ["", "a2", "b2", "c2"], ["", "a3", "b3", "c3"]]),
        (delete("ROWS", 0, 2), [["a3", "b3", "c3"]]),
        (delete("COLUMNS", 1, 2), [["a1", "c1"], ["a2", "c2"], ["a3", "c3"]]),
        (move("ROWS", 0, 1, 3), [["a2", "b2", "c2"], ["a3", "b3", "c3"], ["a1", "b1", "c1"]]),
        (move("ROWS", 1, 3, 0), [["a2", "b2", "c2"], ["a3", "b3", "c3"], ["a1", "b1", "c1"]]),
        (move("ROWS", 0, 1, 5), [["a2", "b2", "c2"], ["a3", "b3", "c3"], [], [], ["a1", "b1", "c1"]]),
        (move("COLUMNS", 2, 3, 0), [["c1", "a1", "b1"], ["c2", "a2", "b2"], ["c3", "a3", "b3"]]),
        (move("COLUMNS", 0, 1, 4), [["b1", "c1", "", "a1"], ["b2", "c2", "", "a2"], ["b3", "c3", "", "a3"]]),
    ],
)
def test_cells_go_where_their_row_or_column_goes(
    bench: Bench, change: dict[str, Any], rows: list[list[str]]
) -> None:
    bench.write("A1", [["a1", "b1", "c1"], ["a2", "b2", "c2"], ["a3", "b3", "c3"]])

    bench.change(change)

    assert bench.read("Sheet1") == rows


# Source: discovery documents NamedRange, DeveloperMetadata, ProtectedRange (row "developer metadata");
# what a move of part of a range does is documented nowhere: here the range keeps what is left of it.
@pytest.mark.parametrize(
    ("change", "rows", "metadata_row"),
    [
        (insert("ROWS", 0, 1), (5, 9), 6),
        (insert("ROWS", 4, 5), (5, 9), 6),
        (insert("ROWS", 5, 6), (4, 9), 6),
        (insert("ROWS", 7, 9), (4, 10), 5),
        (insert("ROWS", 8, 9), (4, 8), 5),
        (delete("ROWS", 0, 2), (2, 6), 3),
        (delete("ROWS", 3, 5), (3, 6), 3),
        (delete("ROWS", 5, 6), (4, 7), None),
        (delete("ROWS", 4, 8), None, None),
        (move("ROWS", 4, 8, 0), (0, 4), 1),
        (move("ROWS", 3, 9, 12), (7, 11), 8),
        (move("ROWS", 5, 6, 8), (4, 8), 7),
        (move("ROWS", 5, 6, 15), (4, 7), 14),
        (move("ROWS", 0, 2, 6), (2, 8), 3),
        (move("ROWS", 0, 2, 20), (2, 6), 3),
    ],
)
def test_ranges_and_metadata_follow_their_rows(
    bench: Bench, change: dict[str, Any], rows: tuple[int, int] | None, metadata_row: int | None
) -> None:
    area = bench.area(4, 8, 1, 3)
    location = {"dimensionRange": dimension("ROWS", 5, 6)}
    metadata = {"metadataKey": "k", "location": location, "visibility": "DOCUMENT"}
    rule = {"ranges": [area], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
    bench.change(
        {"addNamedRange": {"namedRange": {"name": "n", "range": area}}},
        {"addProtectedRange": {"protectedRange": {"range": area}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {"setBasicFilter": {"filter": {"range": area}}},
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
    )

    bench.change(change)

    book = bench.ask("GET", bench.url())
    sheet = book["sheets"][0]
    ranges = [each["range"] for each in [*book.get("namedRanges", []), *sheet.get("protectedRanges", [])]]
    ranges += [each for rule in sheet.get("conditionalFormats", []) for each in rule["ranges"]]
    ranges += [*sheet.get("merges", []), *([sheet["basicFilter"]["range"]] if "basicFilter" in sheet else [])]
    found = {(each["startRowIndex"], each["endRowIndex"]) for each in ranges}
    assert found == ({rows} if rows else set())
    assert len(ranges) == (5 if rows else 0)
    assert [each["startIndex"] for each in _metadata_places(bench)] == (
        [metadata_row] if metadata_row else []
    )


def _metadata_places(bench: Bench) -> list[dict[str, Any]]:
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "k"}}]}
    found = bench.ask("POST", bench.url("/developerMetadata:search"), body)
    places = [each["developerMetadata"]["location"] for each in found.get("matchedDeveloperMetadata", [])]
    return [place["dimensionRange"] for place in places]


def _column_keys(bench: Bench) -> str:
    mask = "sheets.data.columnMetadata.developerMetadata.metadataValue"
    columns = bench.get(mask, "Sheet1")["sheets"][0]["data"][0]["columnMetadata"]
    return "".join(each["developerMetadata"][0]["metadataValue"] if each else "." for each in columns).rstrip(
        "."
    )


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        (insert("COLUMNS", 1, 2, before=True), "a.bc"),
        (delete("COLUMNS", 1, 2), "ac"),
        (move("COLUMNS", 0, 1, 3), "bca"),
        (move("COLUMNS", 2, 3, 1), "acb"),
        ({"sortRange": {"range": {"sheetId": 0}, "sortSpecs": [{"dimensionIndex": 0}]}}, "abc"),
    ],
)
def test_the_key_of_a_column_follows_its_column(bench: Bench, change: dict[str, Any], keys: str) -> None:
    for place, key in enumerate("abc"):
        location = {"dimensionRange": dimension("COLUMNS", place, place + 1)}
        metadata = {
            "metadataKey": "field",
            "metadataValue": key,
            "location": location,
            "visibility": "PROJECT",
        }
        bench.change({"createDeveloperMetadata": {"developerMetadata": metadata}})

    bench.change(change)

    assert _column_keys(bench) == keys


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (insert("ROWS", 2, 3, before=True), ["1899-12-31", "1900-01-01", "", "3", "4"]),
        (insert("ROWS", 1, 2), ["1899-12-31", "", "1900-01-01", "3", "4"]),
        (delete("ROWS", 0, 1), ["1900-01-01", "3", "4"]),
        (move("ROWS", 0, 1, 4), ["1900-01-01", "3", "4", "1899-12-31"]),
        (
            {
                "sortRange": {
                    "range": {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4},
                    "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}],
                }
            },
            ["4", "3", "1900-01-01", "1899-12-31"],
        ),
    ],
)
def test_formats_and_notes_follow_their_cells(bench: Bench, change: dict[str, Any], shown: list[str]) -> None:
    bench.write("A1", [[1], [2], [3], [4]])
    dated = {"range": bench.area(0, 2, 0, 1), "cell": {"userEnteredFormat": DATE, "note": "dated"}}
    bench.change({"repeatCell": {**dated, "fields": "userEnteredFormat,note"}})

    bench.change(change)

    assert bench.read("A1:A9", majorDimension="COLUMNS") == [shown]
    mask = "sheets.data.rowData.values.note"
    rows = bench.get(mask, "A1:A9")["sheets"][0]["data"][0]["rowData"]
    noted = [place for place, row in enumerate(rows) if row]
    assert noted == [place for place, each in enumerate(shown) if each.startswith("1")]


def test_inserted_rows_take_the_format_from_the_side_asked_for(bench: Bench) -> None:
    dated = {"range": bench.area(0, 1, 0, 1), "cell": {"userEnteredFormat": DATE}}
    bench.change({"repeatCell": {**dated, "fields": "userEnteredFormat"}})

    bench.change(insert("ROWS", 1, 2, before=True), insert("ROWS", 2, 3))
    bench.write("A1", [[1], [1], [1]])

    assert bench.read("A1:A3") == [["1899-12-31"], ["1899-12-31"], ["1"]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (delete("ROWS", 0, 20), "You can't delete all the rows on the sheet."),
        (
            delete("COLUMNS", 10, 11),
            (
                "Cannot delete a column that doesn't exist. "
                "Tried to delete column index 10 but there are only 10 columns."
            ),
        ),
        (
            insert("ROWS", 0, 1, before=True),
            "inheritFromBefore cannot be true if inserting at the beginning of the sheet",
        ),
        (move("ROWS", 0, 1, 21), "Cannot move rows outside the grid of 20."),
    ],
)
def test_rows_and_columns_that_are_not_there_are_refused(
    bench: Bench, change: dict[str, Any], message: str
) -> None:
    kind = next(iter(change))

    assert bench.refused_change(change) == (400, f"Invalid requests[0].{kind}: {message}")


@pytest.mark.parametrize("column", [-1, -(2**31), 10])
def test_rows_are_not_sorted_by_a_column_that_is_not_there(bench: Bench, column: int) -> None:
    bench.write("A1", [["b", 1], ["a", 2]])
    change = {"range": bench.area(0, 2, 0, 2), "sortSpecs": [{"dimensionIndex": column}]}

    assert bench.refused_change({"sortRange": change})[0] == 400
    assert bench.read("A1:A2") == [["b"], ["a"]]


# Source: facts page, L5 ("sort order of blanks/text"); recording test_sort.
@pytest.mark.parametrize(
    ("order", "column"),
    [
        ("ASCENDING", [-1, 2, 10, "10", "apple", "Banana", "cherry", False, True]),
        ("DESCENDING", [True, False, "cherry", "Banana", "apple", "10", 10, 2, -1]),
    ],
)
def test_numbers_come_before_text_before_truth_and_blanks_last(
    bench: Bench, order: str, column: list[Any]
) -> None:
    cells = ["", "Banana", True, 10, "apple", 2, "", "10", False, "cherry", -1]
    bench.write("A1", [[each] for each in cells])
    spec = {"dimensionIndex": 0, "sortOrder": order}

    bench.change({"sortRange": {"range": bench.area(0, 11, 0, 1), "sortSpecs": [spec]}})

    assert bench.read("A1:A11", majorDimension="COLUMNS", valueRenderOption="UNFORMATTED_VALUE") == [column]


def test_a_sort_touches_only_the_cells_of_its_range(bench: Bench) -> None:
    bench.write("A1", [["head", "x", "1"], ["b", "x", "2"], ["a", "", "3"], ["tail", "x", "4"]])

    bench.change({"sortRange": {"range": bench.area(1, 3, 0, 2), "sortSpecs": [{"dimensionIndex": 0}]}})

    assert bench.read("A1:C4") == [["head", "x", "1"], ["a", "", "2"], ["b", "x", "3"], ["tail", "x", "4"]]


def test_equal_keys_keep_their_order_and_later_specs_decide(bench: Bench) -> None:
    bench.write("A1", [["b", 1, "first"], ["a", 2, "second"], ["b", 0, "third"], ["a", 2, "fourth"]])
    specs = [{"dimensionIndex": 0}, {"dimensionIndex": 1, "sortOrder": "DESCENDING"}]

    bench.change({"sortRange": {"range": bench.area(0, 4, 0, 3), "sortSpecs": specs}})

    assert bench.read("C1:C4", majorDimension="COLUMNS") == [["second", "fourth", "first", "third"]]


def test_a_copy_fills_the_destination_and_a_cut_leaves_nothing(bench: Bench) -> None:
    bench.write("A1", [["a", 1]])
    dated = {"range": bench.area(0, 1, 1, 2), "cell": {"userEnteredFormat": DATE, "note": "n"}}
    bench.change({"repeatCell": {**dated, "fields": "userEnteredFormat,note"}})
    source = bench.area(0, 1, 0, 2)

    bench.change(
        {"copyPaste": {"source": source, "destination": bench.area(2, 4, 0, 4), "pasteType": "PASTE_VALUES"}},
        {
            "copyPaste": {
                "source": source,
                "destination": bench.area(5, 6, 0, 1),
                "pasteType": "PASTE_NORMAL",
                "pasteOrientation": "TRANSPOSE",
            }
        },
        {"cutPaste": {"source": source, "destination": {"sheetId": 7, "rowIndex": 1, "columnIndex": 1}}},
    )

    assert bench.read("Sheet1") == [
        [],
        [],
        ["a", "1", "a", "1"],
        ["a", "1", "a", "1"],
        [],
        ["a"],
        ["1899-12-31"],
    ]
    assert bench.read("客户") == [[], ["", "a", "1899-12-31"]]
    assert bench.get("sheets.data.rowData.values.note", "Sheet1!A1:B1") == {"sheets": [{"data": [{}]}]}


# Source: recording test_get_merge_cells_and_unmerge_cells; facts page, L5 ("merge keeps covered cells").
def test_merged_cells_keep_only_the_first_value(bench: Bench) -> None:
    bench.write("A1", [["a", "b"], ["c", "d"], ["e", "f"]])

    bench.change(
        {"mergeCells": {"range": bench.area(0, 2, 0, 2), "mergeType": "MERGE_ROWS"}},
        {"mergeCells": {"range": bench.area(2, 3, 0, 2), "mergeType": "MERGE_ALL"}},
    )

    assert bench.read("A1:B3") == [["a"], ["c"], ["e"]]
    assert bench.sheet()["merges"] == [
        {"startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": 0, "endColumnIndex": 2}
        for row in range(3)
    ]


def test_a_part_of_a_merge_can_neither_be_merged_nor_taken_apart(bench: Bench) -> None:
    bench.change({"mergeCells": {"range": bench.area(0, 2, 0, 2), "mergeType": "MERGE_ALL"}})
    message = "You must select all cells in a merged range to merge or unmerge them."

    merge = {"range": bench.area(1, 3, 0, 1), "mergeType": "MERGE_ALL"}
    unmerge = {"range": bench.area(0, 1, 0, 2)}

    assert bench.refused_change({"mergeCells": merge})[1] == f"Invalid requests[0].mergeCells: {message}"
    assert (
        bench.refused_change({"unmergeCells": unmerge})[1] == f"Invalid requests[0].unmergeCells: {message}"
    )


def test_rows_and_columns_are_added_at_the_end(bench: Bench) -> None:
    bench.change(
        {"appendDimension": {"sheetId": 7, "dimension": "ROWS", "length": 5}},
        {"appendDimension": {"sheetId": 7, "dimension": "COLUMNS", "length": 2}},
    )

    assert bench.sheet(1)["properties"]["gridProperties"] == {"rowCount": 25, "columnCount": 12}
    assert bench.sheet(0)["properties"]["gridProperties"] == {"rowCount": 20, "columnCount": 10}


def test_a_named_range_loses_the_rows_a_smaller_grid_lost(bench: Bench) -> None:
    bench.change({"addNamedRange": {"namedRange": {"name": "n", "range": bench.area(4, 20, 0, 1)}}})
    small = {"sheetId": 0, "gridProperties": {"rowCount": 10}}

    bench.change({"updateSheetProperties": {"properties": small, "fields": "gridProperties.rowCount"}})

    assert bench.ask("GET", bench.url())["namedRanges"][0]["range"]["endRowIndex"] == 10
