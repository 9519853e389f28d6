"""A batch is applied whole or not at all, whatever it holds; one lock, one version counter."""

import json
import threading
from typing import Any

import pytest

from backend.localsheets.changes import CHANGES

AREA = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
ROWS = {"sheetId": 0, "dimension": "ROWS", "startIndex": 4, "endIndex": 6}
COLUMNS = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
RULE = {"ranges": [AREA], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
BOLD = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "n"}
CELL = {"values": [{"userEnteredValue": {"stringValue": "x"}}]}
NEW = {"developerMetadata": {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"sheetId": 0}}}
FOUND = {"developerMetadataLookup": {"metadataKey": "here"}}
TAB_7 = {"sheetId": 7, "title": "other", "index": 0, "gridProperties": {"rowCount": 3, "columnCount": 3}}
TAB_FIELDS = "title,index,gridProperties.rowCount,gridProperties.columnCount"

REQUESTS: dict[str, dict[str, Any]] = {
    "addSheet": {"properties": {"title": "new"}},
    "deleteSheet": {"sheetId": 7},
    "duplicateSheet": {"sourceSheetId": 0},
    "updateSheetProperties": {"properties": TAB_7, "fields": TAB_FIELDS},
    "updateSpreadsheetProperties": {
        "properties": {"title": "t", "locale": "zh_CN"},
        "fields": "title,locale",
    },
    "updateCells": {"range": AREA, "rows": [CELL], "fields": "*"},
    "repeatCell": {"range": AREA, "cell": BOLD, "fields": "userEnteredFormat,note"},
    "appendCells": {"sheetId": 0, "rows": [CELL], "fields": "userEnteredValue"},
    "setDataValidation": {"range": AREA, "rule": {"condition": {"type": "BOOLEAN"}}},
    "insertDimension": {"range": ROWS},
    "deleteDimension": {"range": COLUMNS},
    "moveDimension": {"source": ROWS, "destinationIndex": 0},
    "appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5},
    "updateDimensionProperties": {"range": ROWS, "properties": {"pixelSize": 9}, "fields": "pixelSize"},
    "autoResizeDimensions": {"dimensions": COLUMNS},
    "addDimensionGroup": {"range": COLUMNS},
    "updateDimensionGroup": {
        "dimensionGroup": {
            "range": {**ROWS, "startIndex": 10, "endIndex": 12},
            "depth": 1,
            "collapsed": True,
        },
        "fields": "collapsed",
    },
    "deleteDimensionGroup": {"range": {**ROWS, "startIndex": 10, "endIndex": 12}},
    "sortRange": {"range": AREA, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]},
    "copyPaste": {"source": AREA, "destination": {**AREA, "startRowIndex": 6, "endRowIndex": 8}},
    "cutPaste": {"source": AREA, "destination": {"sheetId": 7, "rowIndex": 1, "columnIndex": 1}},
    "findReplace": {"find": "r", "replacement": "q", "allSheets": True},
    "mergeCells": {"range": AREA},
    "unmergeCells": {"range": {**AREA, "startRowIndex": 14, "endRowIndex": 16}},
    "addNamedRange": {"namedRange": {"name": "n", "range": AREA}},
    "updateNamedRange": {"namedRange": {"namedRangeId": "1", "name": "m"}, "fields": "name"},
    "deleteNamedRange": {"namedRangeId": "1"},
    "addProtectedRange": {"protectedRange": {"range": AREA}},
    "updateProtectedRange": {
        "protectedRange": {"protectedRangeId": 2, "description": "d"},
        "fields": "description",
    },
    "deleteProtectedRange": {"protectedRangeId": 2},
    "setBasicFilter": {"filter": {"range": {**AREA, "endRowIndex": 5}}},
    "clearBasicFilter": {"sheetId": 0},
    "addBanding": {"bandedRange": {"range": {**AREA, "startRowIndex": 8, "endRowIndex": 9}}},
    "updateBanding": {"bandedRange": {"bandedRangeId": 3, "range": AREA}, "fields": "range"},
    "deleteBanding": {"bandedRangeId": 3},
    "addConditionalFormatRule": {"rule": RULE, "index": 0},
    "updateConditionalFormatRule": {
        "sheetId": 0,
        "index": 0,
        "rule": {**RULE, "ranges": [{**AREA, "endRowIndex": 4}]},
    },
    "deleteConditionalFormatRule": {"sheetId": 0, "index": 0},
    "createDeveloperMetadata": NEW,
    "updateDeveloperMetadata": {
        "dataFilters": [FOUND],
        "developerMetadata": {"metadataValue": "v"},
        "fields": "metadataValue",
    },
    "deleteDeveloperMetadata": {"dataFilter": FOUND},
}
"""One request of each kind that changes the furnished spreadsheet."""

KNOWN = [kind for kind in CHANGES if kind in REQUESTS]
REFUSED = {"deleteSheet": {"sheetId": 999}}


@pytest.fixture
def furnished(bench: Any) -> Any:
    """A spreadsheet with something of everything, so that each kind of request has something to change."""
    bench.write("A1", [[f"r{row}", f"q{row}", row] for row in range(10)])
    here = {**NEW["developerMetadata"], "metadataKey": "here"}
    far = {**AREA, "startRowIndex": 14, "endRowIndex": 16}
    bench.change(
        {"addNamedRange": {"namedRange": {"namedRangeId": "1", "name": "old", "range": AREA}}},
        {"addProtectedRange": {"protectedRange": {"protectedRangeId": 2, "range": AREA}}},
        {"addBanding": {"bandedRange": {"bandedRangeId": 3, "range": far}}},
        {"addConditionalFormatRule": {"rule": RULE, "index": 0}},
        {"createDeveloperMetadata": {"developerMetadata": here}},
        {"mergeCells": {"range": far}},
        {"setBasicFilter": {"filter": {"range": AREA}}},
        {"addDimensionGroup": {"range": {**ROWS, "startIndex": 10, "endIndex": 12}}},
        {"repeatCell": {"range": AREA, "cell": {"note": "old"}, "fields": "note"}},
    )
    return bench


def state(bench: Any) -> Any:
    """All that a spreadsheet holds, without Drive's version."""
    whole = bench.ask("GET", bench.url(includeGridData="true"))
    search = {"dataFilters": [{"developerMetadataLookup": {"visibility": "DOCUMENT"}}]}
    return whole, bench.ask("POST", bench.url("/developerMetadata:search"), search)


def test_every_kind_of_request_has_a_case() -> None:
    assert set(REQUESTS) <= set(CHANGES)
    assert len(KNOWN) >= 41


@pytest.mark.parametrize("kind", KNOWN)
def test_a_request_before_a_refused_one_leaves_no_trace(furnished: Any, kind: Any) -> None:
    before = state(furnished)

    status, _ = furnished.refused_change({kind: REQUESTS[kind]}, REFUSED)

    assert (status, state(furnished)) == (400, before)
    furnished.change({kind: REQUESTS[kind]})
    assert state(furnished) != before


@pytest.mark.parametrize("kind", KNOWN)
def test_what_was_given_out_before_a_change_is_not_changed_by_it(furnished: Any, kind: Any) -> None:
    """A stale read is answered from it, and so is a read that is under way."""
    old = furnished.server.book(furnished.id)
    shown = json.dumps(state(furnished)[0])

    furnished.change({kind: REQUESTS[kind]})

    again = furnished.server.showing(old)
    answer = again.handle("GET", furnished.url(includeGridData="true"), None)
    again.close()
    assert json.dumps(json.loads(answer.body)) == shown


def test_a_refused_range_of_many_leaves_the_others_unwritten(furnished: Any) -> None:
    before = state(furnished)
    data = [{"range": name, "values": [["x"]]} for name in ("A1", "B5", "Nowhere!A1")]
    body = {"valueInputOption": "RAW", "data": data}

    status, _ = furnished.refusal("POST", furnished.url("/values:batchUpdate"), body)

    assert (status, state(furnished)) == (400, before)


def test_the_version_counts_what_was_carried_out_and_nothing_else(bench: Any) -> None:
    def version() -> int:
        return bench.server.book(bench.id).version

    first = version()
    bench.read("A1")
    bench.refused_change(REFUSED)
    bench.write("A1", [["x"]])
    bench.change({"addSheet": {}}, {"addSheet": {}})

    assert version() == first + 2


def test_threads_that_write_at_once_lose_nothing(bench: Any) -> None:
    first = bench.server.book(bench.id).version

    def append() -> None:
        for _ in range(25):
            bench.append("A1", [["x"]])

    threads = [threading.Thread(target=append) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(bench.read("Sheet1")) == 200
    assert bench.server.book(bench.id).version == first + 200
