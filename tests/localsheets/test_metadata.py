"""Developer metadata: created, looked up, changed, deleted, limited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Bench


def column(index: int, sheet: int = 0) -> dict[str, Any]:
    place = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": index, "endIndex": index + 1}
    return {"dimensionRange": place}


def create(key: str, location: dict[str, Any], value: str = "") -> dict[str, Any]:
    body = {"metadataKey": key, "metadataValue": value, "location": location, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": body}}


def keys(bench: Bench, data_filter: dict[str, Any]) -> list[str]:
    body = {"dataFilters": [data_filter]}
    found = bench.ask("POST", bench.url("/developerMetadata:search"), body)
    return [each["developerMetadata"]["metadataKey"] for each in found.get("matchedDeveloperMetadata", [])]


def test_the_reply_shows_the_metadata_with_id_and_kind_of_place(bench: Bench) -> None:
    replies = bench.change(create("field", column(1), "name"), create("schema", {"spreadsheet": True}))

    shown = [each["createDeveloperMetadata"]["developerMetadata"] for each in replies]
    place = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    assert shown == [
        {
            "metadataId": 101,
            "metadataKey": "field",
            "metadataValue": "name",
            "location": {"locationType": "COLUMN", "dimensionRange": place},
            "visibility": "DOCUMENT",
        },
        {
            "metadataId": 102,
            "metadataKey": "schema",
            "location": {"locationType": "SPREADSHEET", "spreadsheet": True},
            "visibility": "DOCUMENT",
        },
    ]
    assert bench.ask("GET", bench.url("/developerMetadata/102")) == shown[1]
    assert bench.refusal("GET", bench.url("/developerMetadata/9")) == (404, "Requested entity was not found.")


@pytest.mark.parametrize(
    ("data_filter", "found"),
    [
        ({"developerMetadataLookup": {}}, ["book", "tab", "first", "second", "other"]),
        ({"developerMetadataLookup": {"metadataKey": "first"}}, ["first"]),
        ({"developerMetadataLookup": {"metadataValue": "v"}}, ["second", "other"]),
        ({"developerMetadataLookup": {"locationType": "COLUMN"}}, ["first", "second", "other"]),
        ({"developerMetadataLookup": {"metadataId": 102}}, ["tab"]),
        ({"developerMetadataLookup": {"metadataLocation": column(1)}}, ["second"]),
        (
            {
                "developerMetadataLookup": {
                    "metadataLocation": {"sheetId": 0},
                    "locationMatchingStrategy": "INTERSECTING_LOCATION",
                }
            },
            ["book", "tab", "first", "second"],
        ),
        ({"a1Range": "Sheet1!B1:C3"}, ["second"]),
        ({"a1Range": "Sheet1"}, ["tab", "first", "second"]),
        ({"gridRange": {"sheetId": 7}}, ["other"]),
    ],
)
def test_metadata_is_found_by_what_it_is_and_where(
    bench: Bench, data_filter: dict[str, Any], found: list[str]
) -> None:
    bench.change(
        create("book", {"spreadsheet": True}),
        create("tab", {"sheetId": 0}),
        create("first", column(0)),
        create("second", column(1), "v"),
        create("other", column(0, 7), "v"),
    )

    assert keys(bench, data_filter) == found


def test_metadata_is_changed_and_deleted_by_filter(bench: Bench) -> None:
    bench.change(create("a", column(0)), create("b", column(1)), create("c", {"sheetId": 7}))
    by_key = {"developerMetadataLookup": {"metadataKey": "a"}}
    new = {"developerMetadata": {"metadataValue": "7"}, "dataFilters": [by_key], "fields": "metadataValue"}

    changed = bench.change({"updateDeveloperMetadata": new})[0]["updateDeveloperMetadata"]
    deleted = bench.change({"deleteDeveloperMetadata": {"dataFilter": by_key}})[0]["deleteDeveloperMetadata"]
    bench.change({"deleteSheet": {"sheetId": 7}})

    assert [each["metadataValue"] for each in changed["developerMetadata"]] == ["7"]
    assert [each["metadataId"] for each in deleted["deletedDeveloperMetadata"]] == [101]
    assert keys(bench, {"developerMetadataLookup": {}}) == ["b"]


# Source: discovery document DeveloperMetadata; metadata guide (facts page, row "developer metadata").
@pytest.mark.parametrize(
    ("changes", "is_refused"),
    [
        ([create("k", {"sheetId": 0}, "x" * 29_999)], False),
        ([create("k", {"sheetId": 0}, "x" * 30_000)], True),
        ([create("k", column(0), "x" * 15_000), create("k", column(1), "x" * 15_000)], True),
        ([create("k", column(0), "x" * 20_000), create("k", column(0, 7), "x" * 20_000)], False),
        (
            [create("k", {"sheetId": 0}, "x" * 20_000), create("k", {"spreadsheet": True}, "x" * 20_000)],
            False,
        ),
        ([create("k", {"dimensionRange": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}})], True),
        ([create("", {"sheetId": 0})], True),
        ([create("k", {})], True),
    ],
)
def test_metadata_has_a_limit_and_one_row_or_column_at_most(
    bench: Bench,
    changes: list[dict[str, Any]],
    is_refused: bool,  # noqa: FBT001 - a column of the table
) -> None:
    answer = bench.send("POST", bench.url(":batchUpdate"), {"requests": changes})

    assert answer.status == (400 if is_refused else 200)
