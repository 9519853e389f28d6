"""batchUpdate requests about rows and columns: insert, delete, move, append, size, hide, group."""

from backend.localsheets.cells import Formula
from backend.localsheets.field_mask import Mask, update_mask, updated
from backend.localsheets.grid import Dimension, Shift
from backend.localsheets.problems import Json, invalid
from backend.localsheets.rendering import show_formatted
from backend.localsheets.runs import Runs
from backend.localsheets.sheet import Sheet
from backend.localsheets.spreadsheets import groups
from backend.localsheets.workbook import Workbook

LETTER_WIDTH = 8.48
CELL_PADDING = 7


def _dimension(place: Json) -> Dimension:
    if place.get("dimension") == "ROWS":
        return "ROWS"
    if place.get("dimension") == "COLUMNS":
        return "COLUMNS"
    raise invalid(message="dimension must be ROWS or COLUMNS")


def _size(sheet: Sheet, dimension: Dimension) -> int:
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def _span(sheet: Sheet, place: Json) -> tuple[Dimension, int, int]:
    dimension = _dimension(place)
    size = _size(sheet, dimension)
    start = int(place.get("startIndex") or 0)
    end = size if place.get("endIndex") is None else int(place["endIndex"])
    if start < 0:
        raise invalid(message=f"range.startIndex[{start}] must not be negative")
    if end <= start:
        raise invalid(message=f"range.endIndex[{end}] must be greater than range.startIndex[{start}]")
    return dimension, start, end


def insert_dimension(book: Workbook, request: Json) -> None:
    """Insert rows or columns; they take format, validation and size from before or from after.

    Raises:
        RefusedError: They would stand outside the grid, or inherit from before the first one.
    """
    place = request.get("range") or {}
    sheet = book.sheet_of(place)
    dimension, start, end = _span(sheet, place)
    if start > _size(sheet, dimension):
        raise invalid(
            message=f"range.startIndex[{start}] is after last index in grid[{_size(sheet, dimension)}]"
        )
    before = bool(request.get("inheritFromBefore"))
    if before and not start:
        raise invalid(message="inheritFromBefore cannot be true if inserting at the beginning of the sheet")
    shift = Shift(kind="insert", dimension=dimension, start=start, count=end - start)
    book.shift(sheet, shift, start - 1 if before else start)


def delete_dimension(book: Workbook, request: Json) -> None:
    """Delete rows or columns with all that lies on them; one must stay."""
    place = request.get("range") or {}
    sheet = book.sheet_of(place)
    dimension, start, end = _span(sheet, place)
    size = _size(sheet, dimension)
    one, many = ("row", "rows") if dimension == "ROWS" else ("column", "columns")
    if start >= size:
        raise invalid(
            message=f"Cannot delete a {one} that doesn't exist. "
            f"Tried to delete {one} index {start} but there are only {size} {many}."
        )
    end = min(end, size)
    if end - start == size:
        raise invalid(message=f"You can't delete all the {many} on the sheet.")
    book.shift(sheet, Shift(kind="delete", dimension=dimension, start=start, count=end - start))


def move_dimension(book: Workbook, request: Json) -> None:
    """Move rows or columns before the index `destinationIndex`, counted before the move."""
    place = request.get("source") or {}
    sheet = book.sheet_of(place)
    dimension, start, end = _span(sheet, place)
    target, size = int(request.get("destinationIndex") or 0), _size(sheet, dimension)
    if end > size or target > size:
        raise invalid(message=f"Cannot move {dimension.lower()} outside the grid of {size}.")
    if start <= target <= end:
        return
    shift = Shift(kind="move", dimension=dimension, start=start, count=end - start, target=target)
    book.shift(sheet, shift)


def append_dimension(book: Workbook, request: Json) -> None:
    """Add rows or columns at the end."""
    sheet = book.sheet_of(request)
    dimension, length = _dimension(request), int(request.get("length") or 0)
    if length < 1:
        raise invalid(message="length must be greater than 0")
    rows, columns = (length, 0) if dimension == "ROWS" else (0, length)
    book.resize(sheet, sheet.row_count + rows, sheet.column_count + columns)


def _sizes(sheet: Sheet, dimension: Dimension) -> Runs:
    return sheet.row_sizes if dimension == "ROWS" else sheet.column_sizes


def update_dimension_properties(book: Workbook, request: Json) -> None:
    """Change pixel size or visibility of rows or columns, as the mask says."""
    place = request.get("range") or {}
    sheet = book.sheet_of(place)
    dimension, start, end = _span(sheet, place)
    mask, new = update_mask(request), request.get("properties") or {}
    _sizes(sheet, dimension).change(start, end, lambda old: updated(old or {}, new, mask) or None)


def auto_resize_dimensions(book: Workbook, request: Json) -> None:
    """Make columns as wide as their longest text, rows as high as usual.

    An estimate: there are no fonts here. Source: the one width in recording test_auto_resize_columns.
    """
    place = request.get("dimensions") or {}
    sheet = book.sheet_of(place)
    dimension, start, end = _span(sheet, place)
    sizes = _sizes(sheet, dimension)
    for index in range(start, end):
        size = None if dimension == "ROWS" else {"pixelSize": _text_width(book, sheet, index)}
        hidden = {"hiddenByUser": True} if (sizes.at(index) or {}).get("hiddenByUser") else {}
        sizes.put(index, index + 1, {**hidden, **(size or {})} or None)


def _text_width(book: Workbook, sheet: Sheet, column: int) -> int:
    cells = [(row, cells[column]) for row, cells in enumerate(sheet.rows) if len(cells) > column]
    locale = book.properties["locale"]
    texts = [
        show_formatted(cell, sheet.formats.at(row, column), locale)
        for row, cell in cells
        if cell != "" or isinstance(cell, Formula)
    ]
    return round(max(map(len, texts), default=0) * LETTER_WIDTH) + CELL_PADDING


def add_dimension_group(book: Workbook, request: Json) -> Json:
    """Group rows or columns one level deeper; reply with all groups of that dimension.

    Source: discovery document, AddDimensionGroupRequest (depths add up where ranges overlap).
    """
    return _change_depth(book, request, 1)


def delete_dimension_group(book: Workbook, request: Json) -> Json:
    """Group rows or columns one level less deep; reply with all groups of that dimension.

    Raises:
        RefusedError: Nothing in the range is grouped.
    """
    return _change_depth(book, request, -1)


def _change_depth(book: Workbook, request: Json, step: int) -> Json:
    place = request.get("range") or {}
    sheet = book.sheet_of(place)
    dimension, start, end = _span(sheet, place)
    depths = sheet.row_depths if dimension == "ROWS" else sheet.column_depths
    if step < 0 and not any(depth for _, _, depth in depths.pieces(start, end)):
        raise invalid(message=f"Cannot delete a {dimension.lower()} group that does not exist.")
    depths.change(start, end, lambda old: max((old or 0) + step, 0) or None)
    control = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    if step > 0:
        sheet.grid_properties = {control: True, **sheet.grid_properties}
    found = groups(sheet, dimension)
    return {"dimensionGroups": found} if found else {}


def update_dimension_group(book: Workbook, request: Json) -> None:
    """Collapse or expand a group; its rows or columns are hidden or shown with it.

    Raises:
        RefusedError: There is no group with this range and depth.
    """
    group = request.get("dimensionGroup") or {}
    place = group.get("range") or {}
    sheet = book.sheet_of(place)
    update_mask(request)
    dimension, start, end = _span(sheet, place)
    mark = {
        "dimension": dimension,
        "startIndex": start,
        "endIndex": end,
        "depth": int(group.get("depth") or 0),
    }
    known = [{**each["range"], "depth": each["depth"]} for each in groups(sheet, dimension)]
    if mark not in [{name: each[name] for name in mark} for each in known]:
        raise invalid(message="There is no group with this range and depth.")
    collapsed = bool(group.get("collapsed"))
    rest = [each for each in sheet.collapsed_groups if each != mark]
    sheet.collapsed_groups = [*rest, mark] if collapsed else rest
    hidden = {"hiddenByUser": True} if collapsed else {}
    mask: Mask = {"hiddenByUser": {}}
    _sizes(sheet, dimension).change(start, end, lambda old: updated(old or {}, hidden, mask) or None)
