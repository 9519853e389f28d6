"""The basic filter and filter views: added, shown, changed, followed, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench

SILVER = {"hiddenValues": ["silver"]}
GOLD = {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "gold"}]}}


def view(bench: Bench, **parts: Any) -> dict[str, Any]:
    return {"addFilterView": {"filter": {"range": bench.area(0, 5, 1, 4, 7), **parts}}}


def views(bench: Bench, place: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = bench.sheet(place).get("filterViews", [])
    return found


# Source: discovery documents AddFilterViewResponse and FilterView (both forms of the criteria in answers).
def test_a_filter_view_is_added_with_an_id_and_shown_by_a_get(bench: Bench) -> None:
    specs = [{"columnIndex": 2, "filterCriteria": GOLD}, {"columnIndex": 1, "filterCriteria": SILVER}]
    order = [{"dimensionIndex": 3, "sortOrder": "DESCENDING"}]

    replies = bench.change(view(bench, title="VIP", filterSpecs=specs, sortSpecs=order), view(bench))

    shown = {
        "filterViewId": 101,
        "title": "VIP",
        "range": bench.area(0, 5, 1, 4, 7),
        "sortSpecs": order,
        "criteria": {"1": SILVER, "2": GOLD},
        "filterSpecs": [specs[1], specs[0]],
    }
    assert replies[0] == {"addFilterView": {"filter": shown}}
    assert replies[1]["addFilterView"]["filter"]["title"] == "Filter 1"
    assert [each["filterViewId"] for each in views(bench)] == [101, 102]
    assert views(bench)[0] == shown
    assert views(bench, 0) == []


def test_a_filter_view_lies_on_its_named_range(bench: Bench) -> None:
    named = {"namedRangeId": "n", "name": "people", "range": bench.area(0, 3, 0, 2)}
    bench.change(
        {"addNamedRange": {"namedRange": named}}, {"addFilterView": {"filter": {"namedRangeId": "n"}}}
    )

    edges = {name: value for name, value in bench.area(0, 3, 0, 2).items() if name != "sheetId"}
    assert (views(bench, 0)[0]["namedRangeId"], views(bench, 0)[0]["range"]) == ("n", edges)
    assert bench.refused_change({"addFilterView": {"filter": {"namedRangeId": "m"}}})[0] == 400


@pytest.mark.parametrize(
    ("new", "fields", "changed"),
    [
        ({"title": "B", "sortSpecs": []}, "title", {"title": "B"}),
        ({"criteria": {"3": GOLD}}, "criteria", {"criteria": {"3": GOLD}}),
        (
            {"filterSpecs": [{"columnIndex": 3, "filterCriteria": GOLD}]},
            "filterSpecs",
            {"criteria": {"3": GOLD}},
        ),
        ({}, "criteria", {"criteria": None, "filterSpecs": None}),
        (
            {"sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]},
            "sortSpecs",
            {"sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]},
        ),
    ],
)
def test_only_what_the_mask_names_is_changed(
    bench: Bench, new: dict[str, Any], fields: str, changed: dict[str, Any]
) -> None:
    bench.change(view(bench, title="A", criteria={"1": SILVER}, sortSpecs=[{"dimensionIndex": 2}]))
    before = views(bench)[0]

    replies = bench.change({"updateFilterView": {"filter": {"filterViewId": 101, **new}, "fields": fields}})

    after = views(bench)[0]
    assert replies == [{}]
    assert {name: after.get(name) for name in changed} == changed
    kept = set(before) - set(changed) - {"filterSpecs", "criteria"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_a_filter_view_moves_to_another_tab_with_its_range(bench: Bench) -> None:
    bench.change(view(bench))
    moved = {"filterViewId": 101, "range": bench.area(0, 2, 0, 2)}

    bench.change({"updateFilterView": {"filter": moved, "fields": "range"}})

    assert (len(views(bench, 0)), len(views(bench, 1))) == (1, 0)


def test_a_filter_view_is_duplicated_and_deleted(bench: Bench) -> None:
    bench.change(view(bench, title="A", criteria={"1": SILVER}))

    twin = bench.change({"duplicateFilterView": {"filterId": 101}})[0]["duplicateFilterView"]["filter"]
    bench.change({"deleteFilterView": {"filterId": 101}})

    assert (twin["filterViewId"], twin["title"], twin["criteria"]) == (102, "Copy of A", {"1": SILVER})
    assert views(bench) == [twin]
    for kind in ("deleteFilterView", "duplicateFilterView"):
        assert bench.refused_change({kind: {"filterId": 101}})[0] == 400
    gone = {"updateFilterView": {"filter": {"filterViewId": 101}, "fields": "title"}}
    assert bench.refused_change(gone)[0] == 400


def test_a_copied_tab_has_filter_views_of_its_own(bench: Bench) -> None:
    bench.change(view(bench, title="A"), {"duplicateSheet": {"sourceSheetId": 7, "insertSheetIndex": 2}})

    assert [each["title"] for each in views(bench, 2)] == ["A"]
    assert views(bench, 2)[0]["filterViewId"] != views(bench, 1)[0]["filterViewId"]


def dimension(kind: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 7, "dimension": kind, "startIndex": start, "endIndex": end}


# Source: discovery document, FilterView.criteria: "the map's key is the column index".
@pytest.mark.parametrize(
    ("change", "rows", "columns", "filtered"),
    [
        ({"insertDimension": {"range": dimension("ROWS", 0, 2)}}, (2, 7), (1, 4), [1, 2]),
        ({"deleteDimension": {"range": dimension("ROWS", 4, 9)}}, (0, 4), (1, 4), [1, 2]),
        ({"insertDimension": {"range": dimension("COLUMNS", 0, 1)}}, (0, 5), (2, 5), [2, 3]),
        ({"insertDimension": {"range": dimension("COLUMNS", 2, 3)}}, (0, 5), (1, 5), [1, 3]),
        ({"deleteDimension": {"range": dimension("COLUMNS", 1, 2)}}, (0, 5), (1, 3), [1]),
        (
            {"moveDimension": {"source": dimension("COLUMNS", 2, 3), "destinationIndex": 1}},
            (0, 5),
            (1, 4),
            [1, 2],
        ),
    ],
)
def test_filters_and_their_criteria_follow_rows_and_columns(
    bench: Bench, change: dict[str, Any], rows: tuple[int, int], columns: tuple[int, int], filtered: list[int]
) -> None:
    parts = {"criteria": {"1": SILVER, "2": GOLD}, "sortSpecs": [{"dimensionIndex": 2}]}
    basic = {"setBasicFilter": {"filter": {"range": bench.area(0, 5, 1, 4, 7), **parts}}}
    bench.change(view(bench, **parts), basic)

    bench.change(change)

    for found in (views(bench)[0], bench.sheet(1)["basicFilter"]):
        assert found["range"] == bench.area(*rows, *columns, 7)
        assert [each["columnIndex"] for each in found["filterSpecs"]] == filtered
        assert sorted(map(int, found["criteria"])) == filtered
        gold = next(column for column, each in found["criteria"].items() if each == GOLD)
        assert [each["dimensionIndex"] for each in found["sortSpecs"]] == [int(gold)]


def test_a_filter_view_goes_with_the_last_of_its_rows_and_with_its_tab(bench: Bench) -> None:
    bench.change(view(bench), {"deleteDimension": {"range": dimension("ROWS", 0, 6)}})
    assert views(bench) == []

    bench.change(view(bench), {"deleteSheet": {"sheetId": 7}})
    assert [views(bench, 0)] == [[]]
    assert bench.refused_change({"deleteFilterView": {"filterId": 102}})[0] == 400
