"""values.append: which table a range means, and where the new rows go.

Source: Google's guide "Append values", whose eight cases are tests here.
"""

from backend.localsheets.a1 import area_name
from backend.localsheets.grid import Area, Shift
from backend.localsheets.problems import Json
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Target, Workbook, reference_of
from backend.localsheets.writing import Entry, Values, Written, content_rows, grow, write


def append(
    book: Workbook, target: Target, values: Values, entry: Entry, *, insert_rows: bool
) -> tuple[Json, Written]:
    """Write rows after the last table in a range; without a table, from the first cell of the range on.

    The grid grows as far as needed.

    Returns:
        `{"tableRange": ...}` when there was a table, otherwise `{}`; and what was written.
    """
    sheet = target.sheet
    table = last_table(sheet, target.area)
    top, left = (target.area.top, target.area.left) if table is None else (table.bottom, table.left)
    height, width = len(values), max(map(len, values), default=0)
    if insert_rows and height and top < sheet.row_count:
        inherit = top - 1 if top else None
        book.shift(sheet, Shift(kind="insert", dimension="ROWS", start=top, count=height), inherit)
    grow(book, sheet, top + max(height, 1), left + max(width, 1))
    first = Area(top, top + 1, left, left + 1)
    written = write(Target(sheet, reference_of(first.grid_range()), first), values, entry)
    if table is not None:
        sheet.last_table = _lengthened(sheet, table, written.area)
    return ({} if table is None else {"tableRange": area_name(sheet.title, table)}), written


def last_table(sheet: Sheet, area: Area) -> Area | None:
    """Give the table that holds the last cell with content in an area; None when the area is blank.

    A table is the smallest rectangle round a cell that has only blank cells around it.
    """
    row = next(content_rows(sheet, area), None)
    if row is None:
        return None
    cells = sheet.rows[row][: area.right]
    column = next(place for place in range(len(cells) - 1, area.left - 1, -1) if cells[place] != "")
    cell = Area(row, row + 1, column, column + 1)
    known = sheet.last_table
    return known if known is not None and known.contains(cell) else _grown(sheet, cell)


def _lengthened(sheet: Sheet, table: Area, rows: Area) -> Area | None:
    """Give a table with the rows just appended to it, to save the next append looking for its edges.

    None when the new rows are wider or touch other cells: then the table has to be looked for again.
    """
    around = Area(rows.top, rows.bottom + 1, max(table.left - 1, 0), table.right + 1)
    fits = rows.top == table.bottom and rows.left == table.left and rows.right <= table.right
    lonely = all(
        not any(
            cell != "" for cell in [*cells[: table.left - around.left], *cells[table.right - around.left :]]
        )
        for cells in sheet.read(around)
    )
    longer = Area(table.top, rows.bottom, table.left, table.right)
    return longer if fits and lonely and not _has_row(sheet, rows.bottom, around) else None


def _has_row(sheet: Sheet, row: int, around: Area) -> bool:
    return row < len(sheet.rows) and _has_content(sheet, row, around.left, around.right)


def _grown(sheet: Sheet, table: Area) -> Area:
    while True:
        larger = _grown_down(sheet, _grown_up(sheet, _grown_sideways(sheet, table)))
        if larger == table:
            return table
        table = larger


def _grown_up(sheet: Sheet, table: Area) -> Area:
    top, left, right = table.top, max(table.left - 1, 0), table.right + 1
    while top and _has_content(sheet, top - 1, left, right):
        top -= 1
    return Area(top, table.bottom, table.left, table.right)


def _grown_down(sheet: Sheet, table: Area) -> Area:
    bottom, left, right = table.bottom, max(table.left - 1, 0), table.right + 1
    while bottom < len(sheet.rows) and _has_content(sheet, bottom, left, right):
        bottom += 1
    return Area(table.top, bottom, table.left, table.right)


def _grown_sideways(sheet: Sheet, table: Area) -> Area:
    rows = sheet.rows[max(table.top - 1, 0) : table.bottom + 1]
    left, right = table.left, table.right
    while left and any(len(row) >= left and row[left - 1] != "" for row in rows):
        left -= 1
    while any(len(row) > right and row[right] != "" for row in rows):
        right += 1
    return Area(table.top, table.bottom, left, right)


def _has_content(sheet: Sheet, row: int, left: int, right: int) -> bool:
    cells = sheet.rows[row][left:right]
    return bool(cells) and any(cell != "" for cell in cells)
