"""batchUpdate requests that insert or delete cells and let the others in their columns or rows move.

Source: discovery documents InsertRangeRequest and DeleteRangeRequest; that the grid grows for cells pushed
over its edge, and that what has a range follows when it lies in the moved columns or rows, is unverified.
"""

from dataclasses import replace

from backend.localsheets.changes.moving import move_block
from backend.localsheets.formula_references import follow_shift
from backend.localsheets.grid import Area, Dimension, Shift
from backend.localsheets.problems import Json, invalid
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook
from backend.localsheets.writing import grow


def _place(book: Workbook, request: Json) -> tuple[Sheet, Area, Shift]:
    dimension = request.get("shiftDimension")
    if dimension not in {"ROWS", "COLUMNS"}:
        raise invalid(message="shiftDimension must be ROWS or COLUMNS")
    way: Dimension = "ROWS" if dimension == "ROWS" else "COLUMNS"
    grid_range = request.get("range") or {}
    sheet = book.sheet_of(grid_range)
    area = sheet.area(grid_range)
    start, count, band = area.top, area.height, (area.left, area.right)
    if way == "COLUMNS":
        start, count, band = area.left, area.width, (area.top, area.bottom)
    return sheet, area, Shift(kind="insert", dimension=way, start=start, count=count, band=band)


def _rest(sheet: Sheet, shift: Shift, start: int) -> Area:
    """Give the cells from an index on, in the band of the shift, as far as anything lies there."""
    first, end = shift.band or (0, 0)
    if shift.dimension == "ROWS":
        cells = Area(start, sheet.row_count, first, end)
    else:
        cells = Area(first, end, start, sheet.column_count)
    last = max(len(row) for row in [*sheet.rows[cells.top : cells.bottom], []])
    filled = Area(cells.top, min(cells.bottom, len(sheet.rows)), cells.left, min(cells.right, last))
    layers = [layer.extent(cells) for layer in (sheet.formats, sheet.notes, sheet.validations)]
    bottom = max(filled.bottom, *(each[0] for each in layers))
    right = max(filled.right, *(each[1] for each in layers))
    if shift.dimension == "ROWS":
        return Area(start, max(min(bottom, sheet.row_count), start), first, end)
    return Area(first, end, start, max(min(right, sheet.column_count), start))


def insert_range(book: Workbook, request: Json) -> None:
    """Insert blank cells; those at and after them move down or right."""
    sheet, area, shift = _place(book, request)
    rest = _rest(sheet, shift, shift.start)
    _refuse_cut_merges(sheet, shift)
    down, right = (shift.count, 0) if shift.dimension == "ROWS" else (0, shift.count)
    grow(book, sheet, rest.bottom + down, rest.right + right)
    move_block(sheet, rest, area.top + down, area.left + right)
    _follow(book, sheet, shift)


def delete_range(book: Workbook, request: Json) -> None:
    """Delete cells; those after them move up or left."""
    sheet, area, shift = _place(book, request)
    shift = replace(shift, kind="delete")
    _refuse_cut_merges(sheet, shift)
    sheet.clear(area)
    for layer in (sheet.formats, sheet.notes, sheet.validations):
        layer.put(area, None)
    move_block(sheet, _rest(sheet, shift, shift.end), area.top, area.left)
    _follow(book, sheet, shift)


def _refuse_cut_merges(sheet: Sheet, shift: Shift) -> None:
    first, end = shift.band or (0, 0)
    for merge in sheet.merges:
        across, along = (merge.left, merge.right), (merge.top, merge.bottom)
        if shift.dimension == "COLUMNS":
            across, along = along, across
        touched = along[1] > shift.start and across[0] < end and first < across[1]
        if touched and not shift.reaches(*across):
            raise invalid(message="You can't insert or delete cells over a part of a merge.")


def _follow(book: Workbook, sheet: Sheet, shift: Shift) -> None:
    sheet.shift_objects(shift)
    follow_shift(book, sheet, shift)
    book.shift_named_ranges(sheet, shift)
    sheet.settings_touched = True
