"""Cells that are inserted, deleted, tidied up or bordered within a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench

GRID = [["a1", "b1", "c1"], ["a2", "b2", "c2"], ["a3", "b3", "c3"]]
SOLID = {"style": "SOLID", "color": {"red": 1}}


# Source: discovery documents InsertRangeRequest and DeleteRangeRequest.
@pytest.mark.parametrize(
    ("kind", "area", "way", "rows"),
    [
        (
            "insertRange",
            (1, 2, 0, 2),
            "ROWS",
            [["a1", "b1", "c1"], ["", "", "c2"], ["a2", "b2", "c3"], ["a3", "b3"]],
        ),
        (
            "insertRange",
            (1, 3, 1, 2),
            "COLUMNS",
            [["a1", "b1", "c1"], ["a2", "", "b2", "c2"], ["a3", "", "b3", "c3"]],
        ),
        ("deleteRange", (0, 1, 1, 2), "ROWS", [["a1", "b2", "c1"], ["a2", "b3", "c2"], ["a3", "", "c3"]]),
        ("deleteRange", (0, 2, 0, 2), "COLUMNS", [["c1"], ["c2"], ["a3", "b3", "c3"]]),
    ],
)
def test_cells_beside_the_range_stay_and_those_behind_it_move(
    bench: Bench, kind: str, area: tuple[int, int, int, int], way: str, rows: list[list[str]]
) -> None:
    bench.write("A1", GRID)

    bench.change({kind: {"range": bench.area(*area), "shiftDimension": way}})

    assert bench.read("Sheet1") == rows
    assert bench.sheet()["properties"]["gridProperties"] == {"rowCount": 20, "columnCount": 10}


def test_notes_and_ranges_in_the_moved_columns_follow(bench: Bench) -> None:
    bench.change(
        {"repeatCell": {"range": bench.area(4, 5, 0, 1), "cell": {"note": "n"}, "fields": "note"}},
        {"addNamedRange": {"namedRange": {"name": "inside", "range": bench.area(4, 6, 0, 2)}}},
        {"addNamedRange": {"namedRange": {"name": "wider", "range": bench.area(4, 6, 0, 3)}}},
        {"mergeCells": {"range": bench.area(7, 8, 0, 2), "mergeType": "MERGE_ALL"}},
    )

    bench.change({"insertRange": {"range": bench.area(1, 4, 0, 2), "shiftDimension": "ROWS"}})

    named = bench.ask("GET", bench.url())["namedRanges"]
    assert [each["range"]["startRowIndex"] for each in named] == [7, 4]
    assert bench.sheet()["merges"][0]["startRowIndex"] == 10
    rows = bench.get("sheets.data.rowData.values.note", "A1:A20")["sheets"][0]["data"][0]["rowData"]
    assert [place for place, row in enumerate(rows) if row] == [7]


def test_cells_are_not_torn_out_of_a_merge_and_a_direction_must_be_named(bench: Bench) -> None:
    bench.change({"mergeCells": {"range": bench.area(3, 4, 0, 3), "mergeType": "MERGE_ALL"}})
    place = {"range": bench.area(0, 1, 0, 1)}

    for kind in ("insertRange", "deleteRange"):
        assert bench.refused_change({kind: {**place, "shiftDimension": "ROWS"}})[0] == 400
        assert bench.refused_change({kind: place})[0] == 400


def test_the_grid_grows_for_cells_pushed_over_its_edge(bench: Bench) -> None:
    bench.write("A20", [["last", "beside"]])

    bench.change({"insertRange": {"range": bench.area(0, 2, 0, 1), "shiftDimension": "ROWS"}})

    assert bench.read("A20:B22") == [["", "beside"], [], ["last"]]
    assert bench.sheet()["properties"]["gridProperties"]["rowCount"] == 22


# Source: discovery document, DeleteDuplicatesRequest.
def test_the_first_of_equal_rows_stays_and_the_rest_moves_up(bench: Bench) -> None:
    bench.write("A1", [["Li", 1, "x"], ["li", 1, "y"], ["Li", "1", "z"], ["Wu", 2, "q"], ["Li", 1.0, "r"]])

    replies = bench.change({"deleteDuplicates": {"range": bench.area(0, 20, 0, 2)}})

    assert replies == [{"deleteDuplicates": {"duplicatesRemovedCount": 2}}]
    assert bench.raw("Sheet1") == [
        ["Li", 1, "x"],
        ["Li", "1", "y"],
        ["Wu", 2, "z"],
        ["", "", "q"],
        ["", "", "r"],
    ]


def test_only_the_columns_asked_for_are_compared(bench: Bench) -> None:
    bench.write("A1", [["Li", 1], ["Li", 2], ["Wu", 1]])
    column = {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    change = {"range": bench.area(0, 3, 0, 2), "comparisonColumns": [column]}

    bench.change({"deleteDuplicates": change})

    assert bench.raw("Sheet1") == [["Li", 1], ["Wu", 1]]
    outside = {**change, "comparisonColumns": [{**column, "startIndex": 2, "endIndex": 3}]}
    assert bench.refused_change({"deleteDuplicates": outside})[0] == 400


# Source: discovery document, TrimWhitespaceRequest.
def test_white_space_is_trimmed_and_text_stays_text(bench: Bench) -> None:
    bench.write("A1", [["  王  小明\t", "ok", 7], [" =1+1", " 7 ", "  "]])

    replies = bench.change({"trimWhitespace": {"range": bench.area(0, 20, 0, 3)}})

    assert replies == [{"trimWhitespace": {"cellsChangedCount": 4}}]
    assert bench.raw("Sheet1") == [["王 小明", "ok", 7], ["=1+1", "7"]]


def borders(bench: Bench) -> dict[str, str]:
    mask = "sheets.data.rowData.values.userEnteredFormat.borders"
    rows = bench.get(mask, "A1:C3")["sheets"][0]["data"][0]["rowData"]
    return {
        f"{row}{column}": " ".join(sorted(cell["userEnteredFormat"]["borders"]))
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells.get("values", []))
        if cell
    }


# Source: discovery document, UpdateBordersRequest; where Google keeps an inner line is unverified.
def test_borders_are_drawn_where_they_are_named_and_taken_away_by_none(bench: Bench) -> None:
    area = {"range": bench.area(0, 2, 0, 2)}
    bench.change({"updateBorders": {**area, "top": SOLID, "left": SOLID, "innerVertical": SOLID}})
    drawn = borders(bench)
    bench.change({"updateBorders": {**area, "left": {"style": "NONE"}, "innerHorizontal": SOLID}})

    assert drawn == {"00": "left right top", "01": "top", "10": "left right"}
    assert borders(bench) == {"00": "bottom right top", "01": "bottom top", "10": "right"}
    cell: Any = bench.get("sheets.data.rowData.values.userEnteredFormat", "A1")["sheets"][0]["data"][0]
    top = cell["rowData"][0]["values"][0]["userEnteredFormat"]["borders"]["top"]
    assert top == {**SOLID, "colorStyle": {"rgbColor": {"red": 1}}}
