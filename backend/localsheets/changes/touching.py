"""What a batchUpdate request touches, and whether a protected range forbids it to who is calling.

A request that is not known here touches every range it names: a new kind is refused rather than let through.
That cells, rows and tabs are refused is documented; which of the other kinds Google refuses is not, and the
stricter reading is taken (docs/local-sheets.md lists them).
"""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any, TypeAlias

from backend.localsheets.changes.searching import find_replace
from backend.localsheets.grid import EDGES, Area
from backend.localsheets.problems import Json
from backend.localsheets.protection import (
    check_cells,
    is_whole_sheet,
    lets_edit,
    locked_parts,
    locks_on,
    refused_edit,
)
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook

FREE = frozenset(
    {
        *("addSheet", "duplicateSheet", "updateSpreadsheetProperties", "addProtectedRange"),
        *("addNamedRange", "updateNamedRange", "deleteNamedRange"),
        *("createDeveloperMetadata", "updateDeveloperMetadata", "deleteDeveloperMetadata"),
        *("addFilterView", "updateFilterView", "duplicateFilterView", "deleteFilterView"),
    }
)
"""Kinds that change no cell and no tab that exists."""

Spot: TypeAlias = tuple[Sheet, Area]


def check_change(book: Workbook, kind: str, request: Json) -> None:
    """Refuse a request that touches what is protected from the caller; to be asked before it is applied.

    Raises:
        RefusedError: 400, it touches protected cells, or a tab that is protected as a whole.
    """
    if kind in FREE or all(lets_edit(book, each) for sheet in book.sheets for each in sheet.protected_ranges):
        return
    check = CHECKS.get(kind)
    if check is not None:
        check(book, request)
        return
    for sheet, area in _named_ranges(book, request):
        check_cells(book, sheet, area)
    if not list(_named_ranges(book, request)):
        _check_tab(book, request)


def _named_ranges(book: Workbook, request: Any) -> Iterator[Spot]:
    """Give every range a request names, wherever it stands in it."""
    if isinstance(request, list):
        for each in request:
            yield from _named_ranges(book, each)
    elif isinstance(request, dict):
        for name, each in request.items():
            if name in {"range", "source", "destination", "dimensions"} and isinstance(each, dict):
                yield _spot(book, each)
            elif name == "ranges":
                yield from (_spot(book, one) for one in each)
            else:
                yield from _named_ranges(book, each)


def _spot(book: Workbook, place: Json) -> Spot:
    """Give the cells of a GridRange, or of the rows or columns of a DimensionRange."""
    sheet = book.sheet_of(place)
    if "dimension" not in place:
        return sheet, sheet.area(place)
    first, end = EDGES["COLUMNS" if place["dimension"] == "COLUMNS" else "ROWS"]
    return sheet, sheet.area({first: place.get("startIndex"), end: place.get("endIndex")})


def _check_tab(book: Workbook, request: Json) -> None:
    place = request if "sheetId" in request else request.get("properties") or {}
    if any(is_whole_sheet(each) for each in locks_on(book, book.sheet_of(place))):
        raise refused_edit()


def _check_banding(book: Workbook, request: Json) -> None:
    given = request.get("bandedRange") or {}
    wanted = given.get("bandedRangeId") or request.get("bandedRangeId")
    old = [
        (sheet, sheet.area(each["range"]))
        for sheet in book.sheets
        for each in sheet.banded_ranges
        if each["bandedRangeId"] == wanted
    ]
    for sheet, area in [*old, *_named_ranges(book, given)]:
        check_cells(book, sheet, area)


def _check_delete_sheet(book: Workbook, request: Json) -> None:
    if locks_on(book, book.sheet_of(request)):
        raise refused_edit()


def _check_protection(book: Workbook, request: Json) -> None:
    """Refuse to change a protection to who may not edit what it protects."""
    wanted = (request.get("protectedRange") or request).get("protectedRangeId")
    for sheet in book.sheets:
        if any(each["protectedRangeId"] == wanted for each in locks_on(book, sheet)):
            raise refused_edit()


def _check_update_cells(book: Workbook, request: Json) -> None:
    if request.get("range") is not None:
        check_cells(book, *_spot(book, request["range"]))
        return
    start, rows = request.get("start") or {}, request.get("rows") or ()
    top, left = int(start.get("rowIndex") or 0), int(start.get("columnIndex") or 0)
    _check_block(book, start, top, left, rows)


def _check_append_cells(book: Workbook, request: Json) -> None:
    top = book.sheet_of(request).last_row_with_content()
    _check_block(book, request, top, 0, request.get("rows") or ())


def _check_block(book: Workbook, place: Json, top: int, left: int, rows: Any) -> None:
    width = max((len(row.get("values") or ()) for row in rows), default=0)
    check_cells(book, book.sheet_of(place), Area(top, top + len(rows), left, left + width))


def _check_copy_paste(book: Workbook, request: Json) -> None:
    """Check the destination, which is at least as large as the source."""
    _, source = _spot(book, request.get("source") or {})
    sheet, area = _spot(book, request.get("destination") or {})
    height, width = source.height, source.width
    if request.get("pasteOrientation") == "TRANSPOSE":
        height, width = width, height
    bottom, right = area.top + max(height, area.height), area.left + max(width, area.width)
    check_cells(book, sheet, Area(area.top, bottom, area.left, right))


def _check_cut_paste(book: Workbook, request: Json) -> None:
    sheet, area = _spot(book, request.get("source") or {})
    check_cells(book, sheet, area)
    target = request.get("destination") or {}
    top, left = int(target.get("rowIndex") or 0), int(target.get("columnIndex") or 0)
    check_cells(book, book.sheet_of(target), Area(top, top + area.height, left, left + area.width))


def _check_insert(book: Workbook, request: Json) -> None:
    place = request.get("range") or {}
    _check_no_split(book, place, int(place.get("startIndex") or 0))


def _check_append(book: Workbook, request: Json) -> None:
    sheet = book.sheet_of(request)
    size = sheet.column_count if request.get("dimension") == "COLUMNS" else sheet.row_count
    _check_no_split(book, request, size)


def _check_no_split(book: Workbook, place: Json, index: int) -> None:
    """Refuse new rows or columns inside a protection, or where it is open to all of them.

    Source: webapps.stackexchange.com/questions/104684 (protected columns keep people from inserting rows).
    """
    first, end = EDGES["COLUMNS" if place.get("dimension") == "COLUMNS" else "ROWS"]
    for each in locks_on(book, book.sheet_of(place)):
        start, stop = each["range"].get(first), each["range"].get(end)
        if (start is None or start < index) and (stop is None or index < stop):
            raise refused_edit()


def _check_move(book: Workbook, request: Json) -> None:
    place = request.get("source") or {}
    check_cells(book, *_spot(book, place))
    _check_no_split(book, place, int(request.get("destinationIndex") or 0))


def _check_shift(book: Workbook, request: Json) -> None:
    """Check insertRange and deleteRange: all that lies behind the range moves."""
    sheet, area = _spot(book, request.get("range") or {})
    if request.get("shiftDimension") == "COLUMNS":
        area = Area(area.top, area.bottom, area.left, sheet.column_count)
    else:
        area = Area(area.top, sheet.row_count, area.left, area.right)
    check_cells(book, sheet, area)


def _check_find_replace(book: Workbook, request: Json) -> None:
    """Refuse a replacement that would change a protected cell; tried on a draft of its own."""
    trial = book.draft()
    find_replace(trial, request)
    for before, after in zip(book.sheets, trial.sheets, strict=True):
        for each in locks_on(book, before):
            for part in locked_parts(before, each):
                if before.read(part) != after.read(part):
                    raise refused_edit()


CHECKS: MappingProxyType[str, Callable[[Workbook, Json], None]] = MappingProxyType(
    {
        "updateSheetProperties": _check_tab,
        "deleteSheet": _check_delete_sheet,
        "updateBanding": _check_banding,
        "deleteBanding": _check_banding,
        "updateProtectedRange": _check_protection,
        "deleteProtectedRange": _check_protection,
        "updateCells": _check_update_cells,
        "appendCells": _check_append_cells,
        "copyPaste": _check_copy_paste,
        "cutPaste": _check_cut_paste,
        "insertDimension": _check_insert,
        "appendDimension": _check_append,
        "moveDimension": _check_move,
        "insertRange": _check_shift,
        "deleteRange": _check_shift,
        "findReplace": _check_find_replace,
    }
)
