"""Every public method of gspread's Worksheet, unpatched, with the effect it has on the sheet.

A method of a later gspread fails here until it has its line in the table.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import gspread
import pytest
from gspread.utils import Dimension, MergeType, PasteType, TableDirection, ValidationConditionType

if TYPE_CHECKING:
    from conftest import Bench

Worksheet: TypeAlias = gspread.Worksheet
Step: TypeAlias = Callable[[Worksheet], Any]
ROWS = [["name", "spend"], ["Li", 30], ["Wu", 10]]
SHOWN = [["name", "spend"], ["Li", "30"], ["Wu", "10"]]
ITALIC = {"textFormat": {"italic": True}}


def nothing(_: Worksheet) -> None:
    """A method that only reads."""


def rows(sheet: Worksheet) -> Any:
    return sheet.get_all_values()


def message(sheet: Worksheet, *names: str) -> Any:
    """A part of the tab's own message, as spreadsheets.get shows it."""
    book = sheet.spreadsheet.fetch_sheet_metadata()
    found: Any = next(each for each in book["sheets"] if each["properties"]["sheetId"] == sheet.id)
    for name in names:
        found = found.get(name)
        if found is None:
            return None
    return found


def grid(sheet: Worksheet, part: str, cells: str = "A1:C3") -> Any:
    """A part of the tab's grid data."""
    params = {"fields": f"sheets.data.{part}", "ranges": f"'register'!{cells}"}
    return sheet.spreadsheet.fetch_sheet_metadata(params=params)["sheets"][0]["data"][0]


def hidden(sheet: Worksheet, kind: str) -> list[int]:
    found = grid(sheet, kind)[kind]
    return [place for place, each in enumerate(found) if each.get("hiddenByUser")]


def italic(sheet: Worksheet) -> list[tuple[int, int]]:
    found = grid(sheet, "rowData.values.userEnteredFormat").get("rowData", [])
    return [
        (row, column)
        for row, cells in enumerate(found)
        for column, cell in enumerate(cells.get("values", []))
        if cell.get("userEnteredFormat") == ITALIC
    ]


def corners(sheet: Worksheet) -> list[tuple[int, int]]:
    return [(each["startRowIndex"], each["endRowIndex"]) for each in message(sheet, "merges") or []]


def named(sheet: Worksheet) -> list[str]:
    return [each["name"] for each in sheet.spreadsheet.list_named_ranges()]


def groups(sheet: Worksheet, kind: str) -> list[tuple[int, int]]:
    found = message(sheet, kind) or []
    return [(each["range"]["startIndex"], each["range"]["endIndex"]) for each in found]


def noted(sheet: Worksheet) -> Any:
    return sheet.get_notes()


def cell(row: int, column: int, value: object) -> gspread.Cell:
    return gspread.Cell(row, column, str(value))


def drop_protection(sheet: Worksheet) -> None:
    sheet.add_protected_range("A1:B1")
    sheet.delete_protected_range(message(sheet, "protectedRanges")[0]["protectedRangeId"])


def drop_name(sheet: Worksheet) -> None:
    reply = sheet.define_named_range("A1:B1", "head")["replies"][0]
    sheet.delete_named_range(reply["addNamedRange"]["namedRange"]["namedRangeId"])


def copy_to_another(sheet: Worksheet) -> None:
    other = sheet.spreadsheet.client.request  # the HTTP client of gspread
    made = other("post", "https://sheets.googleapis.com/v4/spreadsheets", json={}).json()["spreadsheetId"]
    assert sheet.copy_to(made)["title"] == "Copy of register"


READ: dict[str, tuple[Step, Any]] = {
    "id": (lambda sheet: sheet.id, 101),
    "spreadsheet": (lambda sheet: sheet.spreadsheet.title, "book"),
    "title": (lambda sheet: sheet.title, "register"),
    "url": (lambda sheet: sheet.url.rpartition("#")[2], "gid=101"),
    "index": (lambda sheet: sheet.index, 1),
    "isSheetHidden": (lambda sheet: sheet.isSheetHidden, False),
    "row_count": (lambda sheet: sheet.row_count, 9),
    "col_count": (lambda sheet: sheet.col_count, 6),
    "column_count": (lambda sheet: sheet.column_count, 6),
    "frozen_row_count": (lambda sheet: sheet.frozen_row_count, 0),
    "frozen_col_count": (lambda sheet: sheet.frozen_col_count, 0),
    "is_gridlines_hidden": (lambda sheet: sheet.is_gridlines_hidden, False),
    "acell": (lambda sheet: sheet.acell("B2").value, "30"),
    "cell": (lambda sheet: sheet.cell(3, 1).value, "Wu"),
    "range": (lambda sheet: [each.value for each in sheet.range("A1:B2")], ["name", "spend", "Li", "30"]),
    "get": (lambda sheet: sheet.get("A2:B2"), [["Li", "30"]]),
    "get_values": (lambda sheet: sheet.get_values("A2:B3"), SHOWN[1:]),
    "get_all_values": (rows, SHOWN),
    "get_all_records": (
        lambda sheet: sheet.get_all_records(),
        [{"name": "Li", "spend": 30}, {"name": "Wu", "spend": 10}],
    ),
    "get_all_cells": (lambda sheet: len(sheet.get_all_cells()), 9 * 6),
    "row_values": (lambda sheet: sheet.row_values(2), ["Li", "30"]),
    "col_values": (lambda sheet: sheet.col_values(1), ["name", "Li", "Wu"]),
    "batch_get": (lambda sheet: sheet.batch_get(["A1", "B2:B3"]), [[["name"]], [["30"], ["10"]]]),
    "find": (lambda sheet: sheet.find("Wu").address, "A3"),
    "findall": (lambda sheet: [each.address for each in sheet.findall("Li")], ["A2"]),
    "expand": (lambda sheet: sheet.expand("A2", TableDirection.down), [["Li"], ["Wu"]]),
}

Seen: TypeAlias = tuple[Step, Step, Any]
VALUES: dict[str, Seen] = {
    "update": (lambda sheet: sheet.update([["Hu"]], "A2"), rows, [SHOWN[0], ["Hu", "30"], SHOWN[2]]),
    "update_acell": (lambda sheet: sheet.update_acell("A2", "=1+1"), rows, [SHOWN[0], ["2", "30"], SHOWN[2]]),
    "update_cell": (lambda sheet: sheet.update_cell(2, 1, "7"), lambda sheet: sheet.get("A2"), [["7"]]),
    "update_cells": (
        lambda sheet: sheet.update_cells([cell(2, 1, "x"), cell(3, 2, 4)]),
        rows,
        [SHOWN[0], ["x", "30"], ["Wu", "4"]],
    ),
    "batch_update": (
        lambda sheet: sheet.batch_update([{"range": "A4", "values": [["x"]]}]),
        rows,
        [*SHOWN, ["x", ""]],
    ),
    "append_row": (lambda sheet: sheet.append_row(["Hu", 5]), rows, [*SHOWN, ["Hu", "5"]]),
    "append_rows": (
        lambda sheet: sheet.append_rows([["Hu"], ["Qi"]]),
        rows,
        [*SHOWN, ["Hu", ""], ["Qi", ""]],
    ),
    "insert_row": (lambda sheet: sheet.insert_row(["Hu"], 2), rows, [SHOWN[0], ["Hu", ""], *SHOWN[1:]]),
    "insert_rows": (
        lambda sheet: sheet.insert_rows([["a"], ["b"]], 3),
        rows,
        [*SHOWN[:2], ["a", ""], ["b", ""], SHOWN[2]],
    ),
    "insert_cols": (
        lambda sheet: sheet.insert_cols([["id", 1, 2]], 1),
        rows,
        [["id", "name", "spend"], ["1", "Li", "30"], ["2", "Wu", "10"]],
    ),
    "delete_rows": (lambda sheet: sheet.delete_rows(2), rows, [SHOWN[0], SHOWN[2]]),
    "delete_columns": (lambda sheet: sheet.delete_columns(1), rows, [["spend"], ["30"], ["10"]]),
    "delete_dimension": (lambda sheet: sheet.delete_dimension(Dimension.rows, 1, 2), rows, [SHOWN[2]]),
    "clear": (lambda sheet: sheet.clear(), rows, [[]]),
    "batch_clear": (lambda sheet: sheet.batch_clear(["A2", "B3"]), rows, [SHOWN[0], ["", "30"], ["Wu", ""]]),
    "sort": (lambda sheet: sheet.sort((2, "asc"), range="A2:B3"), rows, [SHOWN[0], SHOWN[2], SHOWN[1]]),
    "copy_range": (
        lambda sheet: sheet.copy_range("A2:B2", "A5", PasteType.values),
        rows,
        [*SHOWN, ["", ""], SHOWN[1]],
    ),
    "cut_range": (
        lambda sheet: sheet.cut_range("A2:B2", "A4"),
        rows,
        [SHOWN[0], ["", ""], SHOWN[2], SHOWN[1]],
    ),
}
LOOKS: dict[str, Seen] = {
    "format": (lambda sheet: sheet.format("A1:B1", ITALIC), italic, [(0, 0), (0, 1)]),
    "batch_format": (
        lambda sheet: sheet.batch_format(
            [{"range": "A1", "format": ITALIC}, {"range": "B3", "format": ITALIC}]
        ),
        italic,
        [(0, 0), (2, 1)],
    ),
    "resize": (lambda sheet: sheet.resize(2, 1), rows, [["name"], ["Li"]]),
    "add_rows": (lambda sheet: sheet.add_rows(2), lambda sheet: sheet.row_count, 11),
    "add_cols": (lambda sheet: sheet.add_cols(1), lambda sheet: sheet.col_count, 7),
    "update_title": (lambda sheet: sheet.update_title("客户"), lambda sheet: sheet.title, "客户"),
    "update_index": (lambda sheet: sheet.update_index(0), lambda sheet: sheet.index, 0),
    "update_tab_color": (
        lambda sheet: sheet.update_tab_color("#FF0000"),
        lambda sheet: sheet.tab_color,
        "#FF0000",
    ),
    "tab_color": (lambda sheet: sheet.update_tab_color("#0000FF"), lambda sheet: sheet.tab_color, "#0000FF"),
    "get_tab_color": (
        lambda sheet: sheet.update_tab_color("#00FF00"),
        lambda sheet: sheet.get_tab_color(),
        "#00FF00",
    ),
    "clear_tab_color": (
        lambda sheet: (sheet.update_tab_color("#FF0000"), sheet.clear_tab_color()),
        lambda sheet: sheet.tab_color,
        None,
    ),
    "columns_auto_resize": (
        lambda sheet: sheet.columns_auto_resize(0, 1),
        lambda sheet: [each["pixelSize"] != 100 for each in grid(sheet, "columnMetadata")["columnMetadata"]],
        [True, False, False],
    ),
    "rows_auto_resize": (
        lambda sheet: sheet.rows_auto_resize(0, 1),
        lambda sheet: grid(sheet, "rowMetadata")["rowMetadata"][0],
        {"pixelSize": 21},
    ),
    "freeze": (
        lambda sheet: sheet.freeze(rows=1, cols=2),
        lambda sheet: (sheet.frozen_row_count, sheet.frozen_col_count),
        (1, 2),
    ),
    "hide": (lambda sheet: sheet.hide(), lambda sheet: sheet.isSheetHidden, True),
    "show": (lambda sheet: (sheet.hide(), sheet.show()), lambda sheet: sheet.isSheetHidden, False),
    "hide_gridlines": (lambda sheet: sheet.hide_gridlines(), lambda sheet: sheet.is_gridlines_hidden, True),
    "show_gridlines": (
        lambda sheet: (sheet.hide_gridlines(), sheet.show_gridlines()),
        lambda sheet: sheet.is_gridlines_hidden,
        False,
    ),
    "hide_rows": (lambda sheet: sheet.hide_rows(1, 2), lambda sheet: hidden(sheet, "rowMetadata"), [1]),
    "unhide_rows": (
        lambda sheet: (sheet.hide_rows(0, 3), sheet.unhide_rows(1, 2)),
        lambda sheet: hidden(sheet, "rowMetadata"),
        [0, 2],
    ),
    "hide_columns": (
        lambda sheet: sheet.hide_columns(0, 2),
        lambda sheet: hidden(sheet, "columnMetadata"),
        [0, 1],
    ),
    "unhide_columns": (
        lambda sheet: (sheet.hide_columns(0, 2), sheet.unhide_columns(0, 1)),
        lambda sheet: hidden(sheet, "columnMetadata"),
        [1],
    ),
    "merge_cells": (lambda sheet: sheet.merge_cells("A2:B3"), corners, [(1, 3)]),
    "unmerge_cells": (lambda sheet: (sheet.merge_cells("A2:B3"), sheet.unmerge_cells("A2:B3")), corners, []),
    "batch_merge": (
        lambda sheet: sheet.batch_merge(
            [{"range": "A1:B1"}, {"range": "A2:B3", "mergeType": MergeType.merge_rows}]
        ),
        corners,
        [(0, 1), (1, 2), (2, 3)],
    ),
    "set_basic_filter": (
        lambda sheet: sheet.set_basic_filter("A1:B3"),
        lambda sheet: message(sheet, "basicFilter", "range", "endRowIndex"),
        3,
    ),
    "clear_basic_filter": (
        lambda sheet: (sheet.set_basic_filter(), sheet.clear_basic_filter()),
        lambda sheet: message(sheet, "basicFilter"),
        None,
    ),
    "add_validation": (
        lambda sheet: sheet.add_validation(
            "A2", ValidationConditionType.one_of_list, ["Li", "Wu"], strict=True
        ),
        lambda sheet: grid(sheet, "rowData.values.dataValidation.strict")["rowData"],
        [{}, {"values": [{"dataValidation": {"strict": True}}]}],
    ),
    "add_protected_range": (
        lambda sheet: sheet.add_protected_range("A1:B1", description="ours"),
        lambda sheet: [each["description"] for each in message(sheet, "protectedRanges")],
        ["ours"],
    ),
    "delete_protected_range": (drop_protection, lambda sheet: message(sheet, "protectedRanges"), None),
    "define_named_range": (lambda sheet: sheet.define_named_range("A1:B1", "head"), named, ["head"]),
    "delete_named_range": (drop_name, named, []),
    "add_dimension_group_rows": (
        lambda sheet: sheet.add_dimension_group_rows(1, 3),
        lambda sheet: groups(sheet, "rowGroups"),
        [(1, 3)],
    ),
    "add_dimension_group_columns": (
        lambda sheet: sheet.add_dimension_group_columns(0, 2),
        lambda sheet: groups(sheet, "columnGroups"),
        [(0, 2)],
    ),
    "delete_dimension_group_rows": (
        lambda sheet: (sheet.add_dimension_group_rows(1, 3), sheet.delete_dimension_group_rows(1, 2)),
        lambda sheet: groups(sheet, "rowGroups"),
        [(2, 3)],
    ),
    "delete_dimension_group_columns": (
        lambda sheet: (sheet.add_dimension_group_columns(0, 2), sheet.delete_dimension_group_columns(0, 2)),
        lambda sheet: groups(sheet, "columnGroups"),
        [],
    ),
    "list_dimension_group_rows": (
        lambda sheet: sheet.add_dimension_group_rows(1, 3),
        lambda sheet: len(sheet.list_dimension_group_rows()),
        1,
    ),
    "list_dimension_group_columns": (nothing, lambda sheet: sheet.list_dimension_group_columns(), []),
    "duplicate": (
        lambda sheet: sheet.duplicate(new_sheet_name="twin"),
        lambda sheet: sheet.spreadsheet.worksheet("twin").get_all_values(),
        SHOWN,
    ),
    "copy_to": (copy_to_another, rows, SHOWN),
    "update_note": (lambda sheet: sheet.update_note("A1", "x"), noted, [["x"]]),
    "insert_note": (lambda sheet: sheet.insert_note("B1", "x"), noted, [["", "x"]]),
    "update_notes": (lambda sheet: sheet.update_notes({"A1": "x", "A2": "y"}), noted, [["x"], ["y"]]),
    "insert_notes": (lambda sheet: sheet.insert_notes({"A2": "y"}), noted, [[], ["y"]]),
    "get_note": (lambda sheet: sheet.update_note("B2", "x"), lambda sheet: sheet.get_note("B2"), "x"),
    "get_notes": (nothing, noted, [[]]),
    "clear_note": (lambda sheet: (sheet.update_note("A1", "x"), sheet.clear_note("A1")), noted, [[]]),
    "clear_notes": (
        lambda sheet: (sheet.update_notes({"A1": "x", "A2": "y"}), sheet.clear_notes(["A1"])),
        noted,
        [[], ["y"]],
    ),
}
TABLE: dict[str, Seen] = {**{name: (nothing, *each) for name, each in READ.items()}, **VALUES, **LOOKS}


def public(kind: type) -> list[str]:
    """The names of a class that its documentation shows; instance attributes are not among them."""
    return [name for name, _ in inspect.getmembers(kind) if not name.startswith("_")]


@pytest.fixture
def sheet(bench: Bench) -> Worksheet:
    book = gspread.Client(auth=None, session=bench.session()).create("book")
    made = book.add_worksheet("register", rows=9, cols=6)
    made.update(ROWS, "A1")
    return made


@pytest.mark.parametrize("name", sorted({*public(Worksheet), *TABLE}))
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_every_public_method_has_the_effect_it_promises(sheet: Worksheet, name: str) -> None:
    act, look, expected = TABLE[name]

    act(sheet)

    again = sheet.spreadsheet.get_worksheet_by_id(sheet.id)
    assert look(again) == expected
