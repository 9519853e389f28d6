"""References in formulas: what counts as one, and how they follow rows, columns, copies and titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.localsheets.formula_references import copied_formula, shifted_reference
from backend.localsheets.grid import Shift

if TYPE_CHECKING:
    from conftest import Bench

INSERT = Shift(kind="insert", dimension="ROWS", start=2, count=3)
DELETE = Shift(kind="delete", dimension="ROWS", start=2, count=2)
MOVE = Shift(kind="move", dimension="COLUMNS", start=0, count=1, target=3)


@pytest.mark.parametrize(
    ("reference", "shift", "expected"),
    [
        ("A1", INSERT, "A1"),
        ("A3", INSERT, "A6"),
        ("$A$3", INSERT, "$A$6"),
        ("A1:B2", INSERT, "A1:B2"),
        ("A2:B3", INSERT, "A2:B6"),
        ("A2:B", INSERT, "A2:B"),
        ("A5:B", INSERT, "A8:B"),
        ("3:4", INSERT, "6:7"),
        ("A:C", INSERT, "A:C"),
        ("A3", DELETE, "#REF!"),
        ("A5", DELETE, "A3"),
        ("A1:A9", DELETE, "A1:A7"),
        ("A3:A4", DELETE, "#REF!"),
        ("A2:A3", DELETE, "A2:A2"),
        ("A1", MOVE, "C1"),
        ("C$1", MOVE, "B$1"),
        ("D:E", MOVE, "D:E"),
    ],
)
def test_a_reference_follows_what_it_points_at(reference: str, shift: Shift, expected: str) -> None:
    assert shifted_reference(reference, shift) == expected


# Source: discovery document, RepeatCellRequest (references are incremented).
@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("=A1", "=C2"),
        ("=$A1+A$1+$A$1", "=$A2+C$1+$A$1"),
        ("=SUM(A1:B2)*2", "=SUM(C2:D3)*2"),
        ("=SUM(A:A,3:3)", "=SUM(C:C,4:4)"),
        ("=LOG10(A1)", "=LOG10(C2)"),
        ('="A1"&A1', '="A1"&C2'),
        ("='客 户'!A1+Sheet1!B2", "='客 户'!C2+Sheet1!D3"),
        ("=A1_total+x.A1+TRUE+1.5", "=A1_total+x.A1+TRUE+1.5"),
    ],
)
def test_a_copied_formula_points_as_far_away_as_before(text: str, copy: str) -> None:
    assert copied_formula(text, 1, 2) == copy


def test_a_copy_that_would_point_outside_the_grid_is_an_error() -> None:
    assert copied_formula("=A1+B2", -1, 0) == "=#REF!+B1"


@given(st.text(alphabet="=A1B2:$!'\"()+ ,x.", max_size=20))
def test_no_text_is_too_odd_and_a_copy_to_the_same_place_changes_no_reference(text: str) -> None:
    same = copied_formula(text, 0, 0)

    assert copied_formula(same, 0, 0) == same


def formulas(bench: Bench, name: str) -> Any:
    return bench.read(name, valueRenderOption="FORMULA")


def test_formulas_of_all_tabs_follow_the_rows_of_one(bench: Bench) -> None:
    bench.write("Sheet1!A5", [["=A4+客户!A4"]], "USER_ENTERED")
    bench.write("客户!A5", [["=A4+SHEET1!A4+'sheet1'!A1:A4"]], "USER_ENTERED")

    place = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    bench.change({"insertDimension": {"range": place}})

    assert formulas(bench, "Sheet1!A6") == [["=A5+客户!A4"]]
    assert formulas(bench, "客户!A5") == [["=A4+SHEET1!A5+'sheet1'!A1:A5"]]


def test_a_refused_batch_leaves_formulas_as_they_were(bench: Bench) -> None:
    bench.write("客户!A1", [["=Sheet1!A4"]], "USER_ENTERED")
    place = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}

    assert (
        bench.refused_change({"insertDimension": {"range": place}}, {"deleteSheet": {"sheetId": 9}})[0] == 400
    )
    assert formulas(bench, "客户!A1") == [["=Sheet1!A4"]]


def test_formulas_take_on_the_new_title_of_a_tab(bench: Bench) -> None:
    bench.write("A1", [["=客户!B2+Sheet1!C3"]], "USER_ENTERED")
    new = {"properties": {"sheetId": 7, "title": "VIP's"}, "fields": "title"}

    bench.change({"updateSheetProperties": new})

    assert formulas(bench, "A1") == [["='VIP''s'!B2+Sheet1!C3"]]


def test_repeated_and_copied_formulas_are_incremented_and_cut_ones_are_not(bench: Bench) -> None:
    cell = {"userEnteredValue": {"formulaValue": "=A1+$A$1"}}
    area = {"range": bench.area(0, 2, 1, 3), "fields": "userEnteredValue"}
    copy = {"source": bench.area(1, 2, 2, 3), "pasteType": "PASTE_FORMULA"}

    bench.change(
        {"repeatCell": {**area, "cell": cell}},
        {"copyPaste": {**copy, "destination": bench.area(5, 6, 3, 4)}},
        {"cutPaste": {"source": bench.area(0, 1, 1, 2), "destination": {"rowIndex": 9}}},
    )

    assert formulas(bench, "B1:D6") == [
        ["", "=B1+$A$1"],
        ["=A2+$A$1", "=B2+$A$1"],
        [],
        [],
        [],
        ["", "", "=C6+$A$1"],
    ]
    assert formulas(bench, "A10") == [["=A1+$A$1"]]
