"""batchUpdate requests about the basic filter and filter views.

Source: discovery documents BasicFilter, FilterView and their requests; recording
WorksheetTest.test_basic_filters. The texts of refusals are unverified.
"""

from collections.abc import Iterator

from backend.localsheets.field_mask import update_mask, updated
from backend.localsheets.filters import with_both_forms
from backend.localsheets.problems import Json, invalid
from backend.localsheets.sheet import Sheet
from backend.localsheets.spreadsheets import shown_object
from backend.localsheets.workbook import Workbook


def set_basic_filter(book: Workbook, request: Json) -> None:
    """Give a tab its filter; a range without edges is the whole grid."""
    given = request.get("filter") or {}
    sheet = book.sheet_of(given.get("range") or {})
    area = sheet.area(given.get("range") or {})
    sheet.basic_filter = {**with_both_forms(given), "range": area.grid_range()}


def clear_basic_filter(book: Workbook, request: Json) -> None:
    """Take the filter of a tab away."""
    book.sheet_of(request).basic_filter = None


def add_filter_view(book: Workbook, request: Json) -> Json:
    """Add a filter view; reply with it, its id and its title."""
    given = request.get("filter") or {}
    view_id = given.get("filterViewId") or book.outside.new_sheet_id()
    if any(each["filterViewId"] == view_id for _, each in _views(book)):
        raise invalid(message=f"A filter view with id {view_id} already exists.")
    named = {**given, "filterViewId": view_id, "title": given.get("title") or _free_title(book)}
    sheet, view = _placed(book, with_both_forms(named))
    sheet.filter_views = [*sheet.filter_views, view]
    return {"filter": shown_object(view, sheet)}


def _views(book: Workbook) -> Iterator[tuple[Sheet, Json]]:
    return ((sheet, view) for sheet in book.sheets for view in sheet.filter_views)


def _free_title(book: Workbook) -> str:
    titles, number = {view["title"] for _, view in _views(book)}, 1
    while f"Filter {number}" in titles:
        number += 1
    return f"Filter {number}"


def _placed(book: Workbook, view: Json) -> tuple[Sheet, Json]:
    """Give the tab a filter view lies on, and the view with all edges of its range."""
    grid_range = view.get("range") or {}
    if view.get("namedRangeId") is not None:
        named = [each for each in book.named_ranges if each["namedRangeId"] == view["namedRangeId"]]
        if not named:
            raise invalid(message=f"Cannot find named range with id {view['namedRangeId']}")
        grid_range = named[0]["range"]
    sheet = book.sheet_of(grid_range)
    return sheet, {**view, "range": sheet.area(grid_range).grid_range()}


def _view(book: Workbook, view_id: object) -> tuple[Sheet, Json]:
    for sheet, view in _views(book):
        if view["filterViewId"] == view_id:
            return book.sheet(sheet.sheet_id), view
    raise invalid(message=f"No filter view with id: {view_id}")


def update_filter_view(book: Workbook, request: Json) -> None:
    """Change title, range, criteria or sort order of a filter view, as the mask says."""
    given, mask = request.get("filter") or {}, update_mask(request)
    sheet, old = _view(book, given.get("filterViewId"))
    shown = {**old, "range": {**old["range"], "sheetId": sheet.sheet_id}}
    if "range" in mask:
        shown.pop("namedRangeId", None)
    new = with_both_forms(updated(shown, given, mask), mask)
    target, new = _placed(book, {**new, "filterViewId": old["filterViewId"]})
    if not new.get("title"):
        raise invalid(message="The title of a filter view cannot be empty.")
    if target is sheet:
        sheet.filter_views = [new if each is old else each for each in sheet.filter_views]
        return
    sheet.filter_views = [each for each in sheet.filter_views if each is not old]
    target.filter_views = [*target.filter_views, new]


def duplicate_filter_view(book: Workbook, request: Json) -> Json:
    """Copy a filter view; reply with the copy."""
    sheet, view = _view(book, request.get("filterId"))
    twin = {**view, "filterViewId": book.outside.new_sheet_id(), "title": f"Copy of {view['title']}"}
    sheet.filter_views = [*sheet.filter_views, twin]
    return {"filter": shown_object(twin, sheet)}


def delete_filter_view(book: Workbook, request: Json) -> None:
    """Take a filter view away."""
    sheet, view = _view(book, request.get("filterId"))
    sheet.filter_views = [each for each in sheet.filter_views if each is not view]
