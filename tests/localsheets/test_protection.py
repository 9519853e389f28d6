"""Whom protected ranges let through, which requests touch them, and who sees their editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench

OWNER = "steward@localhost"
ANN, BOB = "ann@shop.test", "bob@shop.test"
FILES = "https://www.googleapis.com/drive/v3/files"
# Source: theoephraim/node-google-spreadsheet#20 for the sentence.
REFUSED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
    "protection if you need to edit."
)


@pytest.fixture
def ann(bench: Bench) -> Bench:
    """Ann and Bob may edit the spreadsheet; nothing is protected yet. B2:C3 holds text."""
    bench.share(ANN, "writer")
    bench.share(BOB, "writer")
    bench.write("B2", [["p", "q"], ["r", "s"]])
    return bench.called_by(ANN)


def protect(bench: Bench, area: dict[str, int], **more: Any) -> int:
    """Protect a range; without more, for its owner and who protects it alone."""
    given = {"editors": {"users": []}, **more}
    given = {name: value for name, value in given.items() if value is not None}
    reply = bench.change({"addProtectedRange": {"protectedRange": {"range": area, **given}}})[0]
    return int(reply["addProtectedRange"]["protectedRange"]["protectedRangeId"])


def listed(bench: Bench) -> dict[str, Any]:
    """The only protected range, as who asks sees it."""
    return dict(bench.get("sheets.protectedRanges")["sheets"][0]["protectedRanges"][0])


def everything(bench: Bench) -> Any:
    return bench.ask("GET", bench.url(includeGridData=True))


B2_C3 = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 3}
B_TO_C = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 3}
A1 = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
IN_B = {"startColumnIndex": 1, "endColumnIndex": 2}
IN_ROW_2 = {"startRowIndex": 1, "endRowIndex": 2}
WHOLE = {"sheetId": 0}
ROW_2 = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
ROW_5 = {"sheetId": 0, "dimension": "ROWS", "startIndex": 4, "endIndex": 5}
CELL = {"userEnteredValue": {"stringValue": "x"}}
SORT = [{"dimensionIndex": 0}]
RULE = {"ranges": [B2_C3], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}


TOUCHING = [
    {"updateCells": {"range": B2_C3, "rows": [{"values": [CELL]}], "fields": "userEnteredValue"}},
    {
        "updateCells": {
            "start": {"sheetId": 0, "rowIndex": 0, "columnIndex": 1},
            "rows": [{"values": [CELL]}, {"values": [CELL]}],
            "fields": "userEnteredValue",
        }
    },
    {"repeatCell": {"range": B2_C3, "cell": {"note": "n"}, "fields": "note"}},
    {"setDataValidation": {"range": B2_C3, "rule": {"condition": {"type": "BOOLEAN"}}}},
    {"sortRange": {"range": {**B2_C3, "startColumnIndex": 0}, "sortSpecs": SORT}},
    {"mergeCells": {"range": B2_C3, "mergeType": "MERGE_ALL"}},
    {"unmergeCells": {"range": B2_C3}},
    {
        "copyPaste": {
            "source": {**A1, "endRowIndex": 2},
            "destination": {**B2_C3, "startRowIndex": 0, "endRowIndex": 1},
        }
    },
    {"cutPaste": {"source": B2_C3, "destination": {"sheetId": 0, "rowIndex": 8, "columnIndex": 8}}},
    {"cutPaste": {"source": A1, "destination": {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}}},
    {"findReplace": {"find": "p", "replacement": "x", "allSheets": True}},
    {"deleteDimension": {"range": ROW_2}},
    {"insertDimension": {"range": {**ROW_2, "startIndex": 2, "endIndex": 3}}},
    {"moveDimension": {"source": ROW_2, "destinationIndex": 9}},
    {"moveDimension": {"source": ROW_5, "destinationIndex": 2}},
    {"updateDimensionProperties": {"range": ROW_2, "properties": {"pixelSize": 9}, "fields": "pixelSize"}},
    {"setBasicFilter": {"filter": {"range": B2_C3}}},
    {"addConditionalFormatRule": {"rule": RULE}},
    {"addBanding": {"bandedRange": {"range": B2_C3, "rowProperties": {"firstBandColor": {"red": 1}}}}},
    {"deleteSheet": {"sheetId": 0}},
    {"insertRange": {"range": {**A1, **IN_B}, "shiftDimension": "ROWS"}},
    {"insertRange": {"range": {**A1, **IN_ROW_2}, "shiftDimension": "COLUMNS"}},
    {"deleteRange": {"range": {**A1, **IN_B}, "shiftDimension": "ROWS"}},
    {"deleteRange": {"range": {**A1, **IN_ROW_2}, "shiftDimension": "COLUMNS"}},
]
BESIDE = [
    {"updateCells": {"range": A1, "rows": [{"values": [CELL]}], "fields": "userEnteredValue"}},
    {"appendCells": {"sheetId": 0, "rows": [{"values": [CELL, CELL]}], "fields": "userEnteredValue"}},
    {"repeatCell": {"range": A1, "cell": {"note": "n"}, "fields": "note"}},
    {"copyPaste": {"source": B2_C3, "destination": {**A1, "startRowIndex": 6, "endRowIndex": 7}}},
    {"findReplace": {"find": "nowhere", "replacement": "x", "allSheets": True}},
    {"deleteDimension": {"range": ROW_5}},
    {"insertDimension": {"range": ROW_2}},
    {"insertDimension": {"range": {**ROW_2, "startIndex": 3, "endIndex": 4}}},
    {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 2}},
    {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "New"}, "fields": "title"}},
    {"addNamedRange": {"namedRange": {"name": "block", "range": B2_C3}}},
    {"addProtectedRange": {"protectedRange": {"range": B2_C3, "warningOnly": True}}},
    {"duplicateSheet": {"sourceSheetId": 0}},
    {"addSheet": {"properties": {"title": "Other"}}},
    {"deleteSheet": {"sheetId": 7}},
    {"insertRange": {"range": A1, "shiftDimension": "ROWS"}},
    {"insertRange": {"range": A1, "shiftDimension": "COLUMNS"}},
    {"deleteRange": {"range": {**A1, **IN_ROW_2}, "shiftDimension": "ROWS"}},
    {"deleteRange": {"range": {**A1, **IN_B}, "shiftDimension": "COLUMNS"}},
]


def kind_of(change: dict[str, Any]) -> str:
    return next(iter(change))


# Source: AppSheet help 11494252 (a write with one protected cell fails as a whole). Cells, rows and tabs
# are documented; formats, filters and sizes are the stricter reading.
@pytest.mark.parametrize("change", TOUCHING, ids=kind_of)
def test_who_is_no_editor_of_a_range_does_not_touch_it(bench: Bench, ann: Bench, change: Any) -> None:
    protect(bench, B2_C3)
    before = everything(bench)

    refusal = ann.refused_change({"addSheet": {}}, change)

    assert refusal == (400, f"Invalid requests[1].{kind_of(change)}: {REFUSED}")
    assert everything(bench) == before
    assert bench.change(change) is not None, "the owner is never locked out"


@pytest.mark.parametrize("change", BESIDE, ids=kind_of)
def test_what_lies_beside_a_protected_range_is_everybodys(bench: Bench, ann: Bench, change: Any) -> None:
    protect(bench, B2_C3)

    assert len(ann.change(change)) == 1


def test_values_are_not_written_over_protected_cells(bench: Bench, ann: Bench) -> None:
    protect(bench, B2_C3)
    raw = {"valueInputOption": "RAW"}

    assert ann.refusal("PUT", ann.range_url("A1", **raw), {"values": [[1, 2], [3, 4]]}) == (400, REFUSED)
    assert ann.refusal("POST", ann.range_url("A1:D4", ":clear")) == (400, REFUSED)
    assert ann.refusal("POST", ann.url("/values:batchClear"), {"ranges": ["A1", "C3"]}) == (400, REFUSED)
    # Source: this refusal in public code, in Spanish and English, with the place of the data before it.
    data = [{"range": "A1", "values": [[1]]}, {"range": "C3", "values": [[1]]}]
    assert ann.refusal("POST", ann.url("/values:batchUpdate"), {**raw, "data": data}) == (
        400,
        f"Invalid data[1]: {REFUSED}",
    )
    # Unverified: null leaves a cell alone, and is refused over a protected one all the same.
    assert ann.refusal("PUT", ann.range_url("A2", **raw), {"values": [[1, None]]}) == (400, REFUSED)
    ann.write("A1", [[1]])
    ann.write("D3", [[1]])
    assert ann.raw("A1:D4") == [[1], ["", "p", "q"], ["", "r", "s", 1]]


def test_rows_are_appended_below_a_protected_block_and_not_into_a_protected_column(
    bench: Bench, ann: Bench
) -> None:
    first = protect(bench, B2_C3)
    ann.append("B2", [["t", "u"]])
    bench.change({"deleteProtectedRange": {"protectedRangeId": first}})
    protect(bench, B_TO_C)

    url = ann.range_url("B2", ":append", valueInputOption="RAW")
    assert ann.refusal("POST", url, {"values": [["v"]]}) == (400, REFUSED)
    more = {"sheetId": 0, "rows": [{"values": [CELL, CELL]}], "fields": "userEnteredValue"}
    assert ann.refused_change({"appendCells": more})[1].endswith(REFUSED)
    assert bench.read("B4:C5") == [["t", "u"]]


# Source: question 104684 at webapps.stackexchange.com.
@pytest.mark.parametrize(
    "change",
    [
        {"insertDimension": {"range": ROW_5}},
        {"insertDimension": {"range": {**ROW_5, "startIndex": 0}}},
        {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 1}},
    ],
)
def test_protected_columns_keep_others_from_adding_rows(bench: Bench, ann: Bench, change: Any) -> None:
    protect(bench, B_TO_C)

    assert ann.refused_change(change)[1].endswith(REFUSED)
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 4, "endIndex": 5}
    assert ann.change({"insertDimension": {"range": column}}) == [{}]


# Source: discovery document, ProtectedRange.range ("fully unbounded") and unprotectedRanges.
def test_a_protected_tab_has_holes_where_it_says_so(bench: Bench, ann: Bench) -> None:
    hole = {**B2_C3, "endColumnIndex": 2}
    protect(bench, WHOLE, unprotectedRanges=[hole, A1])

    ann.write("A1", [["in"]])
    ann.write("B2:B3", [["in"], ["in"]])

    for name in ("A2", "B1", "B4", "C2"):
        url = ann.range_url(name, valueInputOption="RAW")
        assert ann.refusal("PUT", url, {"values": [["out"]]}) == (400, REFUSED), name
    url = ann.range_url("A1:B1", valueInputOption="RAW")
    assert ann.refusal("PUT", url, {"values": [["in", "out"]]}) == (400, REFUSED)
    rename = {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "New"}, "fields": "title"}}
    for change in (rename, {"clearBasicFilter": {"sheetId": 0}}, {"insertDimension": {"range": ROW_5}}):
        assert ann.refused_change(change)[1].endswith(REFUSED), change
    assert ann.write("客户!A1", [["another tab"]])["updatedCells"] == 1


# Source: discovery document, ProtectedRange.warningOnly; gspread#1437 for the refusal.
def test_a_warning_protects_nobody(bench: Bench, ann: Bench) -> None:
    number = protect(bench, B2_C3, warningOnly=True, editors=None)
    bench.share("late@shop.test", "writer")

    bench.called_by("late@shop.test").write("B2", [["changed"]])
    ann.change({"deleteProtectedRange": {"protectedRangeId": number}})

    given = {"range": B2_C3, "warningOnly": True, "editors": {"users": [ANN]}}
    assert bench.refused_change({"addProtectedRange": {"protectedRange": given}})[1].endswith(
        "ProtectedRange is warningOnly. Editors cannot be set on it."
    )


def test_editors_may_edit_what_is_protected_and_the_protection_itself(bench: Bench, ann: Bench) -> None:
    number = protect(bench, B2_C3, editors={"users": [ANN.upper()]})
    bob = bench.called_by(BOB)
    widened = {"protectedRange": {"protectedRangeId": number, "description": "d"}, "fields": "description"}

    ann.write("B2", [["ann"]])
    for change in ({"updateProtectedRange": widened}, {"deleteProtectedRange": {"protectedRangeId": number}}):
        assert bob.refused_change(change)[1].endswith(REFUSED)
    ann.change({"updateProtectedRange": widened})

    assert listed(bench)["description"] == "d"
    ann.change({"deleteProtectedRange": {"protectedRangeId": number}})
    assert bob.write("B2", [["bob"]])["updatedCells"] == 1


def test_who_loses_the_file_loses_the_range_with_it(bench: Bench, ann: Bench) -> None:
    number = protect(bench, B2_C3, editors={"users": [ANN]})
    assert number
    bench.ask("PATCH", f"{FILES}/{bench.id}/permissions/{bench.share(ANN, 'reader')}", {"role": "reader"})

    assert ann.refusal("PUT", ann.range_url("B2", valueInputOption="RAW"), {}) == (
        403,
        "The caller does not have permission",
    )
    assert "editors" not in listed(ann)


# Sources: recording WorksheetTest.test_add_protected_range_normal (reply and listing of the owner); discovery
# document, ProtectedRange.editors ("only visible to users with edit access to the protected range").
def test_editors_are_shown_to_editors_alone(bench: Bench, ann: Bench) -> None:
    given = {"range": B2_C3, "editors": {"users": [BOB]}}
    reply = ann.change({"addProtectedRange": {"protectedRange": given}})[0]["addProtectedRange"]
    bench.share("cat@shop.test", "writer")

    assert (reply["protectedRange"]["requestingUserCanEdit"], reply["protectedRange"]["editors"]) == (
        True,
        {},
    )
    for account in (OWNER, ANN, BOB):
        seen = listed(bench.called_by(account))
        assert seen["requestingUserCanEdit"]
        assert seen["editors"] == {"users": [ANN, OWNER, BOB]}
    assert not {"requestingUserCanEdit", "editors"} & listed(bench.called_by("cat@shop.test")).keys()


def test_a_domain_may_be_the_editor(bench: Bench, ann: Bench) -> None:
    bench.share("dan@localhost", "writer")
    protect(bench, B2_C3, editors={"domainUsersCanEdit": True})

    assert bench.called_by("dan@localhost").write("B2", [["x"]])["updatedCells"] == 1
    assert ann.refusal("PUT", ann.range_url("B2", valueInputOption="RAW"), {"values": [[1]]}) == (
        400,
        REFUSED,
    )


# Source: discovery document, ProtectedRange.warningOnly (editors then are all editors of the document).
def test_a_warning_that_becomes_a_protection_has_all_editors_of_the_file(bench: Bench, ann: Bench) -> None:
    number = protect(bench, B2_C3, warningOnly=True, editors=None)
    bench.share("late@shop.test", "writer")
    new = {"protectedRangeId": number, "warningOnly": False}
    bench.change({"updateProtectedRange": {"protectedRange": new, "fields": "warningOnly"}})

    assert set(listed(bench)["editors"]["users"]) == {OWNER, ANN, BOB, "late@shop.test"}
    new = {"protectedRangeId": number, "editors": {"users": []}}
    bench.change({"updateProtectedRange": {"protectedRange": new, "fields": "editors"}})
    assert listed(bench)["editors"]["users"] == [OWNER]
    assert ann.refusal("PUT", ann.range_url("B2", valueInputOption="RAW"), {"values": [[1]]}) == (
        400,
        REFUSED,
    )


def test_a_warning_can_be_given_another_description(bench: Bench) -> None:
    number = protect(bench, B2_C3, warningOnly=True, editors=None)
    new = {"protectedRangeId": number, "description": "block"}

    bench.change({"updateProtectedRange": {"protectedRange": new, "fields": "description"}})

    assert (listed(bench)["description"], listed(bench)["warningOnly"]) == ("block", True)


def test_a_new_owner_is_not_locked_out_either(bench: Bench) -> None:
    protect(bench, B2_C3)
    new = {"type": "user", "role": "owner", "emailAddress": "new@localhost"}

    bench.ask("POST", f"{FILES}/{bench.id}/permissions?transferOwnership=true", new)

    assert bench.called_by("new@localhost").write("B2", [["x"]])["updatedCells"] == 1


# Source: burnash/gspread#1072.
def test_in_a_copy_who_made_it_alone_edits_what_is_protected(bench: Bench, ann: Bench) -> None:
    protect(bench, B2_C3, editors={"users": [BOB]})

    twin = ann.ask("POST", f"{FILES}/{bench.id}/copy", {})["id"]

    url = f"https://sheets.googleapis.com/v4/spreadsheets/{twin}?fields=sheets.protectedRanges"
    assert ann.ask("GET", url)["sheets"][0]["protectedRanges"][0]["editors"] == {"users": [ANN]}


def test_protection_moves_with_the_rows(bench: Bench, ann: Bench) -> None:
    protect(bench, B2_C3)
    ann.change({"insertDimension": {"range": {**ROW_2, "startIndex": 0, "endIndex": 2}}})

    ann.write("B2:B3", [["free"], ["now"]])

    url = ann.range_url("B4", valueInputOption="RAW")
    assert ann.refusal("PUT", url, {"values": [[1]]}) == (400, REFUSED)


def test_alternating_colours_over_protected_cells_stay(bench: Bench, ann: Bench) -> None:
    colours = {"range": B2_C3, "rowProperties": {"firstBandColor": {"red": 1}}}
    reply = bench.change({"addBanding": {"bandedRange": colours}})[0]["addBanding"]["bandedRange"]
    protect(bench, B2_C3)

    assert ann.refused_change({"deleteBanding": {"bandedRangeId": reply["bandedRangeId"]}})[1].endswith(
        REFUSED
    )
