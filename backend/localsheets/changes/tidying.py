"""batchUpdate requests that tidy up cells: deleteDuplicates, trimWhitespace.

Source: discovery documents DeleteDuplicatesRequest and TrimWhitespaceRequest.
"""

from typing import Any

from backend.localsheets.cells import Formula
from backend.localsheets.changes.moving import reorder_rows
from backend.localsheets.grid import Area
from backend.localsheets.problems import Json, invalid
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook


def delete_duplicates(book: Workbook, request: Json) -> Json:
    """Remove rows of a range that repeat an earlier one; the rows below move up within the range.

    Case, format and the formula behind a value make no difference.
    """
    grid_range = request.get("range") or {}
    sheet = book.sheet_of(grid_range)
    area = sheet.area(grid_range)
    area = Area(
        area.top, max(min(area.bottom, sheet.last_row_with_content()), area.top), area.left, area.right
    )
    columns = _columns(request.get("comparisonColumns") or [], area)
    seen: set[tuple[Any, ...]] = set()
    kept: list[int] = []
    gone: list[int] = []
    for row in range(area.top, area.bottom):
        key = tuple(_compared(sheet, row, column) for column in columns)
        (gone if key in seen else kept).append(row)
        seen.add(key)
    reorder_rows(sheet, area, [*kept, *gone])
    sheet.clear(Area(area.bottom - len(gone), area.bottom, area.left, area.right))
    return {"duplicatesRemovedCount": len(gone)} if gone else {}


def _columns(ranges: list[Json], area: Area) -> list[int]:
    if not ranges:
        return list(range(area.left, area.right))
    columns: list[int] = []
    for each in ranges:
        first, end = int(each.get("startIndex") or 0), each.get("endIndex")
        last = area.right if end is None else int(end)
        if each.get("dimension") != "COLUMNS" or not area.left <= first < last <= area.right:
            raise invalid(message="comparisonColumns must be columns of the range.")
        columns += range(first, last)
    return columns


def _compared(sheet: Sheet, row: int, column: int) -> tuple[str, object]:
    cell = sheet.cell(row, column)
    value = cell.value if isinstance(cell, Formula) else cell
    return type(value).__name__.replace("float", "int"), value.casefold() if isinstance(value, str) else value


def trim_whitespace(book: Workbook, request: Json) -> Json:
    """Take white space off both ends of every text in a range, and leave one space of each stretch inside."""
    grid_range = request.get("range") or {}
    sheet = book.sheet_of(grid_range)
    area, count = sheet.area(grid_range), 0
    for row in range(area.top, min(area.bottom, len(sheet.rows))):
        old = sheet.rows[row][area.left : area.right]
        new = [" ".join(cell.split()) if isinstance(cell, str) else cell for cell in old]
        changed = sum(one != other for one, other in zip(old, new, strict=True))
        if changed:
            sheet.put_cells(row, area.left, new)
            count += changed
    return {"cellsChangedCount": count} if count else {}
