"""batchUpdate requests that write cells: updateCells, repeatCell, appendCells, setDataValidation."""

from collections.abc import Callable
from typing import Any

from backend.localsheets.cells import checked_text, scalar_of
from backend.localsheets.changes.moving import corner_of
from backend.localsheets.field_mask import Mask, update_mask, updated
from backend.localsheets.formats import is_colour, with_colour_styles
from backend.localsheets.formula_references import copied
from backend.localsheets.grid import Area
from backend.localsheets.problems import Json, invalid, unimplemented
from backend.localsheets.runs import Layer
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook
from backend.localsheets.writing import grow

WRITABLE = ("userEnteredValue", "userEnteredFormat", "note", "dataValidation")


def _cell_mask(request: Json) -> Mask:
    mask = update_mask(request)
    if "*" in mask:
        return {name: {} for name in WRITABLE}
    for name in mask:
        if name not in WRITABLE:
            raise unimplemented(what=f"writing {name} of a cell")
    return mask


def update_cells(book: Workbook, request: Json) -> None:
    """Write cells, row by row; with a `range`, what the rows lack is cleared in the fields of the mask.

    Raises:
        RefusedError: The rows reach outside the range or the grid.
    """
    mask = _cell_mask(request)
    rows = [row.get("values") or [] for row in request.get("rows") or ()]
    if request.get("range") is not None:
        sheet = book.sheet_of(request["range"])
        area = sheet.area(request["range"])
        _check_inside(rows, area)
        rows = [[*row, *[{}] * (area.width - len(row))] for row in rows]
        rows += [[{}] * area.width] * (area.height - len(rows))
    else:
        start = request.get("start") or {}
        sheet = book.sheet_of(start)
        top, left = corner_of(start)
        width = max(map(len, rows), default=0)
        area = Area(top, top + len(rows), left, left + width)
        _check_inside(rows, area.common(sheet.whole))
    _write_cells(sheet, area.top, area.left, rows, mask)


def _check_inside(rows: list[list[Json]], area: Area) -> None:
    if len(rows) > area.height:
        raise invalid(
            message=f"Attempting to write row: {area.bottom}, "
            f"beyond the last requested row of: {area.bottom - 1}"
        )
    if any(len(row) > area.width for row in rows):
        raise invalid(
            message=f"Attempting to write column: {area.right}, "
            f"beyond the last requested column of: {area.right - 1}"
        )


def _write_cells(sheet: Sheet, top: int, left: int, rows: list[list[Json]], mask: Mask) -> None:
    for row, cells in enumerate(rows, start=top):
        if "userEnteredValue" in mask and cells:
            sheet.put_cells(row, left, [scalar_of(cell.get("userEnteredValue")) for cell in cells])
        for layer, name in _layers(sheet, mask):
            for column, cell in enumerate(cells, start=left):
                spot = Area(row, row + 1, column, column + 1)
                layer.change(spot, rule_for(name, cell.get(name), mask[name]))
    sheet.settings_touched = True


def _layers(sheet: Sheet, mask: Mask) -> list[tuple[Layer, str]]:
    layers = {"userEnteredFormat": sheet.formats, "note": sheet.notes, "dataValidation": sheet.validations}
    return [(layer, name) for name, layer in layers.items() if name in mask]


def rule_for(name: str, value: Any, mask: Mask) -> Callable[[Any], Any]:
    """Give the rule that makes a cell's new format, note or validation from its old one."""
    if name == "note":
        text = checked_text(str(value or ""))
        return lambda _: text or None
    new = with_colour_styles(value or {})
    if name == "dataValidation" or not mask:
        return lambda _: new or None
    paired = _with_pairs(mask)
    return lambda old: updated(old or {}, new, paired) or None


def _with_pairs(mask: Mask) -> Mask:
    """Give a mask in which a colour brings its ColorStyle along, and the other way round."""
    result: Mask = {}
    for name, deeper in mask.items():
        result[name] = _with_pairs(deeper)
        if is_colour(name):
            result[name + "Style"] = {}
        elif name.endswith("ColorStyle"):
            result[name] = result[name.removesuffix("Style")] = {}
    return result


def repeat_cell(book: Workbook, request: Json) -> None:
    """Write one cell to every cell of a range; a formula's references are incremented from cell to cell."""
    mask = _cell_mask(request)
    grid_range = request.get("range") or {}
    sheet = book.sheet_of(grid_range)
    area = sheet.area(grid_range)
    cell = request.get("cell") or {}
    if "userEnteredValue" in mask:
        value = scalar_of(cell.get("userEnteredValue"))
        for row in range(area.top, area.bottom):
            cells = [copied(value, row - area.top, right) for right in range(area.width)]
            sheet.put_cells(row, area.left, cells)
    for layer, name in _layers(sheet, mask):
        layer.change(area, rule_for(name, cell.get(name), mask[name]))
    sheet.settings_touched = True


def append_cells(book: Workbook, request: Json) -> None:
    """Write rows after the last row with content; the grid grows as far as needed."""
    sheet = book.sheet_of(request)
    mask = _cell_mask(request)
    rows = [row.get("values") or [] for row in request.get("rows") or ()]
    top = sheet.last_row_with_content()
    grow(book, sheet, top + len(rows), max(map(len, rows), default=0))
    _write_cells(sheet, top, 0, rows, mask)


def set_data_validation(book: Workbook, request: Json) -> None:
    """Give the cells of a range a validation rule; without a rule, take theirs away."""
    grid_range = request.get("range") or {}
    sheet = book.sheet_of(grid_range)
    rule = request.get("rule")
    sheet.validations.change(sheet.area(grid_range), rule_for("dataValidation", rule, {}))
    sheet.settings_touched = True
