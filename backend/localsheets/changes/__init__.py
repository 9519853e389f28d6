"""spreadsheets.batchUpdate: what each kind of request does to a draft of the workbook."""

from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias

from backend.localsheets.changes import (
    borders,
    cell_shifts,
    cells,
    conditional,
    dimensions,
    filters,
    metadata,
    moving,
    ranges,
    searching,
    tabs,
    tidying,
)
from backend.localsheets.changes.masks import check_mask
from backend.localsheets.changes.touching import check_change
from backend.localsheets.problems import Json, RefusedError, invalid, unimplemented
from backend.localsheets.workbook import Workbook

Change: TypeAlias = Callable[[Workbook, Json], Json | None]
"""Changes the draft it is given; returns the inside of its reply, or None for an empty one."""

CHANGES: MappingProxyType[str, Change] = MappingProxyType(
    {
        "addSheet": tabs.add_sheet,
        "deleteSheet": tabs.delete_sheet,
        "duplicateSheet": tabs.duplicate_sheet,
        "updateSheetProperties": tabs.update_sheet_properties,
        "updateSpreadsheetProperties": tabs.update_spreadsheet_properties,
        "updateCells": cells.update_cells,
        "repeatCell": cells.repeat_cell,
        "appendCells": cells.append_cells,
        "setDataValidation": cells.set_data_validation,
        "insertDimension": dimensions.insert_dimension,
        "deleteDimension": dimensions.delete_dimension,
        "moveDimension": dimensions.move_dimension,
        "appendDimension": dimensions.append_dimension,
        "updateDimensionProperties": dimensions.update_dimension_properties,
        "autoResizeDimensions": dimensions.auto_resize_dimensions,
        "addDimensionGroup": dimensions.add_dimension_group,
        "updateDimensionGroup": dimensions.update_dimension_group,
        "deleteDimensionGroup": dimensions.delete_dimension_group,
        "sortRange": moving.sort_range,
        "copyPaste": moving.copy_paste,
        "cutPaste": moving.cut_paste,
        "insertRange": cell_shifts.insert_range,
        "deleteRange": cell_shifts.delete_range,
        "deleteDuplicates": tidying.delete_duplicates,
        "trimWhitespace": tidying.trim_whitespace,
        "updateBorders": borders.update_borders,
        "findReplace": searching.find_replace,
        "mergeCells": ranges.merge_cells,
        "unmergeCells": ranges.unmerge_cells,
        "addNamedRange": ranges.add_named_range,
        "updateNamedRange": ranges.update_named_range,
        "deleteNamedRange": ranges.delete_named_range,
        "addProtectedRange": ranges.add_protected_range,
        "updateProtectedRange": ranges.update_protected_range,
        "deleteProtectedRange": ranges.delete_protected_range,
        "setBasicFilter": filters.set_basic_filter,
        "clearBasicFilter": filters.clear_basic_filter,
        "addFilterView": filters.add_filter_view,
        "updateFilterView": filters.update_filter_view,
        "duplicateFilterView": filters.duplicate_filter_view,
        "deleteFilterView": filters.delete_filter_view,
        "addBanding": ranges.add_banding,
        "updateBanding": ranges.update_banding,
        "deleteBanding": ranges.delete_banding,
        "addConditionalFormatRule": conditional.add_conditional_format_rule,
        "updateConditionalFormatRule": conditional.update_conditional_format_rule,
        "deleteConditionalFormatRule": conditional.delete_conditional_format_rule,
        "createDeveloperMetadata": metadata.create_developer_metadata,
        "updateDeveloperMetadata": metadata.update_developer_metadata,
        "deleteDeveloperMetadata": metadata.delete_developer_metadata,
    }
)


def apply_changes(book: Workbook, requests: list[Json]) -> list[Json]:
    """Apply requests in order to a draft and give their replies; the caller drops the draft on a refusal.

    Raises:
        RefusedError: A request is not valid (`Invalid requests[i].kind: ...`), or 501 for a kind that is
            not implemented.

    Source: recording WorksheetTest.test_hide_show_worksheet (facts page, row "batchUpdate atomic").
    """
    if not requests:
        raise invalid(message="Must specify at least one request.")
    replies = [_apply(book, place, request) for place, request in enumerate(requests)]
    for sheet in book.changed_sheets():
        sheet.settings_touched = True
    return replies


def _apply(book: Workbook, place: int, request: Json) -> Json:
    kind = next(iter(request), "")
    if not kind:
        raise invalid(message=f"Invalid requests[{place}]: No request set.")
    change = CHANGES.get(kind)
    if change is None:
        raise unimplemented(what=f"requests[{place}].{kind}")
    try:
        check_mask(kind, request[kind] or {})
        check_change(book, kind, request[kind] or {})
        reply = change(book, request[kind] or {})
    except RefusedError as error:
        if error.code != 400:  # noqa: PLR2004 - only a bad request is told with its place
            raise
        raise invalid(message=f"Invalid requests[{place}].{kind}: {error.message}") from error
    return {} if reply is None else {kind: reply}
