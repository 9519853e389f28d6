"""What a new spreadsheet holds from its first moment, when spreadsheets.create says so."""

from collections.abc import Iterator

from backend.localsheets.changes import apply_changes
from backend.localsheets.problems import Json
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook

OBJECTS = (
    ("merges", "mergeCells", "range"),
    ("conditionalFormats", "addConditionalFormatRule", "rule"),
    ("protectedRanges", "addProtectedRange", "protectedRange"),
    ("bandedRanges", "addBanding", "bandedRange"),
    ("filterViews", "addFilterView", "filter"),
    ("developerMetadata", "createDeveloperMetadata", "developerMetadata"),
    ("rowGroups", "addDimensionGroup", "dimensionGroup"),
    ("columnGroups", "addDimensionGroup", "dimensionGroup"),
)


def furnish(book: Workbook, message: Json) -> None:
    """Fill a new workbook with the cells, ranges, rules and metadata its Spreadsheet message holds.

    Raises:
        RefusedError: The same as for the batchUpdate request that would add the thing.
    """
    sheets = zip(book.sheets.copy(), message.get("sheets") or [{}], strict=True)
    requests = [request for sheet, given in sheets for request in _requests(sheet, given)]
    requests += [{"addNamedRange": {"namedRange": each}} for each in message.get("namedRanges") or ()]
    requests += [
        {"createDeveloperMetadata": {"developerMetadata": each}}
        for each in message.get("developerMetadata") or ()
    ]
    if requests:
        apply_changes(book, requests)


def _requests(sheet: Sheet, given: Json) -> Iterator[Json]:
    for data in given.get("data") or ():
        yield from _data_requests(sheet, data)
    if given.get("basicFilter"):
        yield {"setBasicFilter": {"filter": given["basicFilter"]}}
    for name, kind, inner in OBJECTS:
        for each in given.get(name) or ():
            is_group = kind == "addDimensionGroup"
            yield {kind: {"range": each.get("range")} if is_group else {inner: each}}


def _data_requests(sheet: Sheet, data: Json) -> Iterator[Json]:
    start = {
        "sheetId": sheet.sheet_id,
        "rowIndex": data.get("startRow"),
        "columnIndex": data.get("startColumn"),
    }
    if data.get("rowData"):
        yield {"updateCells": {"start": start, "rows": data["rowData"], "fields": "*"}}
    for name, dimension, first in (
        ("rowMetadata", "ROWS", data.get("startRow")),
        ("columnMetadata", "COLUMNS", data.get("startColumn")),
    ):
        for place, properties in enumerate(data.get(name) or (), start=int(first or 0)):
            span = {"startIndex": place, "endIndex": place + 1}
            spot = {"sheetId": sheet.sheet_id, "dimension": dimension, **span}
            fields = "pixelSize,hiddenByUser"
            yield {"updateDimensionProperties": {"range": spot, "properties": properties, "fields": fields}}
