"""Named and protected ranges, conditional formats, filters, banding, groups, sizes of rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench

EDGES = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}


def rule(text: str, sheet: int = 0) -> dict[str, Any]:
    condition = {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": text}]}
    body = {"condition": condition, "format": {"backgroundColor": {"red": 1}}}
    return {"ranges": [{"sheetId": sheet, **EDGES}], "booleanRule": body}


def texts(bench: Bench) -> list[str]:
    rules = bench.sheet().get("conditionalFormats", [])
    return [each["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for each in rules]


def test_a_named_range_is_added_changed_and_deleted(bench: Bench) -> None:
    added = bench.change({"addNamedRange": {"namedRange": {"name": "ids", "range": EDGES}}})
    named_id = added[0]["addNamedRange"]["namedRange"]["namedRangeId"]
    bench.change(
        {"updateNamedRange": {"namedRange": {"namedRangeId": named_id, "name": "keys"}, "fields": "name"}}
    )

    shown = bench.ask("GET", bench.url())["namedRanges"]
    refusal = bench.refused_change({"addNamedRange": {"namedRange": {"name": "KEYS", "range": EDGES}}})
    bench.change({"deleteNamedRange": {"namedRangeId": named_id}})

    assert added == [
        {"addNamedRange": {"namedRange": {"namedRangeId": "101", "name": "ids", "range": EDGES}}}
    ]
    assert shown == [{"namedRangeId": "101", "name": "keys", "range": EDGES}]
    assert refusal[0] == 400
    assert "namedRanges" not in bench.ask("GET", bench.url())


@pytest.mark.parametrize("name", ["", "A1", "r1c1", "1st", "two words", "true"])
def test_a_name_that_reads_as_something_else_is_refused(bench: Bench, name: str) -> None:
    assert bench.refused_change({"addNamedRange": {"namedRange": {"name": name, "range": EDGES}}})[0] == 400


# Source: recordings test_add_protected_range_normal, test_add_protected_range_warning; gspread#1437.
def test_the_reply_hides_the_editors_a_later_get_shows(bench: Bench) -> None:
    given = {"range": EDGES, "warningOnly": False, "description": None, "editors": {"users": ["a@x.cn"]}}
    replies = bench.change({"addProtectedRange": {"protectedRange": given}})

    fixed = {"protectedRangeId": 101, "range": EDGES, "requestingUserCanEdit": True}
    assert replies == [{"addProtectedRange": {"protectedRange": {**fixed, "editors": {}}}}]
    editors = {"users": ["steward@localhost", "a@x.cn"]}
    assert bench.sheet()["protectedRanges"] == [{**fixed, "editors": editors}]


# Source: theoephraim/node-google-spreadsheet#20 (facts page, row "protected ranges").
def test_a_warning_cannot_have_editors(bench: Bench) -> None:
    given = {"range": EDGES, "warningOnly": True, "editors": {"users": ["a@x.cn"]}}

    assert bench.refused_change({"addProtectedRange": {"protectedRange": given}}) == (
        400,
        "Invalid requests[0].addProtectedRange: ProtectedRange is warningOnly. Editors cannot be set on it.",
    )


def test_a_protected_range_is_changed_and_deleted(bench: Bench) -> None:
    bench.change({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 7, **EDGES}}}})
    new = {"protectedRangeId": 101, "description": "ours", "warningOnly": True}

    bench.change({"updateProtectedRange": {"protectedRange": new, "fields": "description"}})
    shown = bench.sheet(1)["protectedRanges"][0]
    bench.change({"deleteProtectedRange": {"protectedRangeId": 101}})

    assert (shown["description"], shown["range"]) == ("ours", {"sheetId": 7, **EDGES})
    assert "warningOnly" not in shown
    assert "protectedRanges" not in bench.sheet(1)
    assert bench.refused_change({"deleteProtectedRange": {"protectedRangeId": 101}})[0] == 400


# Source: discovery documents AddConditionalFormatRuleRequest and UpdateConditionalFormatRuleResponse.
def test_conditional_formats_are_inserted_replaced_moved_and_deleted(bench: Bench) -> None:
    for text in "cba":
        bench.change({"addConditionalFormatRule": {"rule": rule(text), "index": 0}})
    steps = []
    for change in (
        {"updateConditionalFormatRule": {"index": 0, "rule": rule("A")}},
        {"updateConditionalFormatRule": {"index": 0, "newIndex": 2, "sheetId": 0}},
        {"deleteConditionalFormatRule": {"index": 1, "sheetId": 0}},
    ):
        reply = bench.change(change)[0]
        steps.append(("".join(texts(bench)), sorted(next(iter(reply.values())))))

    assert steps == [
        ("Abc", ["newRule", "oldRule"]),
        ("bcA", ["newIndex", "newRule"]),
        ("bA", ["rule"]),
    ]
    shown = bench.sheet()["conditionalFormats"][0]
    assert shown["ranges"] == [EDGES]
    assert shown["booleanRule"]["format"]["backgroundColorStyle"] == {"rgbColor": {"red": 1}}
    refusal = bench.refused_change({"deleteConditionalFormatRule": {"index": 2, "sheetId": 0}})
    assert refusal[1].endswith("No conditional format on sheet: 0 at index: 2")


# Source: recording test_basic_filters.
def test_a_filter_without_edges_covers_the_grid(bench: Bench) -> None:
    bench.change({"setBasicFilter": {"filter": {"range": {"sheetId": 7}}}})
    shown = bench.sheet(1)["basicFilter"]
    bench.change({"clearBasicFilter": {"sheetId": 7}})

    assert shown == {"range": bench.area(0, 20, 0, 10, 7)}
    assert "basicFilter" not in bench.sheet(1)


def test_banding_is_added_once_and_deleted(bench: Bench) -> None:
    colours = {"headerColor": {"blue": 1}}
    banding = {"addBanding": {"bandedRange": {"range": EDGES, "rowProperties": colours}}}

    replies = bench.change(banding)

    banded = replies[0]["addBanding"]["bandedRange"]
    assert banded["rowProperties"] == {**colours, "headerColorStyle": {"rgbColor": {"blue": 1}}}
    assert bench.sheet()["bandedRanges"] == [banded]
    assert bench.refused_change(banding)[0] == 400
    bench.change({"deleteBanding": {"bandedRangeId": banded["bandedRangeId"]}})
    assert "bandedRanges" not in bench.sheet()


def test_banding_is_moved_but_not_over_another(bench: Bench) -> None:
    first, second = ({"sheetId": 0, "startColumnIndex": at, "endColumnIndex": at + 2} for at in (0, 2))
    replies = bench.change(*({"addBanding": {"bandedRange": {"range": one}}} for one in (first, second)))
    number = replies[0]["addBanding"]["bandedRange"]["bandedRangeId"]

    def moved(left: int, right: int) -> dict[str, object]:
        place = {"sheetId": 0, "startColumnIndex": left, "endColumnIndex": right, "endRowIndex": 9}
        banded = {"bandedRangeId": number, "range": place}
        return {"updateBanding": {"bandedRange": banded, "fields": "range"}}

    bench.change(moved(1, 2))

    areas = {one["bandedRangeId"]: one["range"] for one in bench.sheet()["bandedRanges"]}
    assert (areas[number]["startColumnIndex"], areas[number]["endRowIndex"]) == (1, 9)
    assert bench.refused_change(moved(1, 3))[0] == 400
    nowhere = {"updateBanding": {"bandedRange": {"bandedRangeId": 1}, "fields": "range"}}
    assert bench.refused_change(nowhere)[0] == 400


# Source: discovery document, AddDimensionGroupRequest (its example of overlapping groups).
def test_groups_that_overlap_are_one_deeper_where_they_do(bench: Bench) -> None:
    first = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 4}
    second = {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 5}

    bench.change({"addDimensionGroup": {"range": first}})
    replies = bench.change({"addDimensionGroup": {"range": second}})

    groups = [
        {"range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 5}, "depth": 1},
        {"range": {"dimension": "COLUMNS", "startIndex": 2, "endIndex": 4}, "depth": 2},
    ]
    assert replies == [{"addDimensionGroup": {"dimensionGroups": groups}}]
    assert bench.sheet()["columnGroups"] == groups
    assert bench.sheet()["properties"]["gridProperties"]["columnGroupControlAfter"] is True


def test_a_collapsed_group_hides_its_columns_and_a_deleted_one_is_gone(bench: Bench) -> None:
    place = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}
    group = {"range": place, "depth": 1, "collapsed": True}
    bench.change({"addDimensionGroup": {"range": place}})
    bench.change({"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}})

    columns = bench.get("sheets.data.columnMetadata", "Sheet1!A1:D1")["sheets"][0]["data"][0][
        "columnMetadata"
    ]
    assert bench.sheet()["columnGroups"] == [group]
    assert [each.get("hiddenByUser", False) for each in columns] == [False, True, True, False]

    replies = bench.change({"deleteDimensionGroup": {"range": place}})
    assert replies == [{"deleteDimensionGroup": {}}]
    assert "columnGroups" not in bench.sheet()


def test_sizes_and_visibility_of_rows_and_columns_are_kept(bench: Bench) -> None:
    changes = [("COLUMNS", {"pixelSize": 40}), ("ROWS", {"hiddenByUser": True})]
    for dimension, properties in changes:
        place = {"dimension": dimension, "startIndex": 1, "endIndex": 2}
        body = {"range": place, "properties": properties, "fields": ",".join(properties)}
        bench.change({"updateDimensionProperties": body})

    data = bench.get("sheets.data(rowMetadata,columnMetadata)", "Sheet1!A1:B2")["sheets"][0]["data"]

    rows = [{"pixelSize": 21}, {"pixelSize": 21, "hiddenByUser": True}]
    assert data == [{"rowMetadata": rows, "columnMetadata": [{"pixelSize": 100}, {"pixelSize": 40}]}]
