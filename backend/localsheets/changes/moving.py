"""batchUpdate requests that move or copy cells: sortRange, copyPaste, cutPaste."""

from dataclasses import dataclass
from typing import Any

from backend.localsheets.cells import Formula, Scalar
from backend.localsheets.formula_references import copied
from backend.localsheets.grid import Area
from backend.localsheets.problems import Json, invalid, unimplemented
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook

NUMBER, TEXT, TRUTH, ERROR = range(4)
ALL_LAYERS = ("formats", "notes", "validations")
LAYERS_OF_PASTE = {
    "PASTE_NORMAL": ALL_LAYERS,
    "PASTE_NO_BORDERS": ALL_LAYERS,
    "PASTE_VALUES": (),
    "PASTE_FORMULA": (),
    "PASTE_FORMAT": ("formats",),
    "PASTE_DATA_VALIDATION": ("validations",),
}


def sort_range(book: Workbook, request: Json) -> None:
    """Sort the rows of a range: numbers, then text, then FALSE and TRUE; blanks last in either order.

    Formats, notes and validation move with the cells; named ranges and developer metadata stay.
    """
    sheet = book.sheet_of(request.get("range") or {})
    area, order = sort_order(sheet, request)
    reorder_rows(sheet, area, order)


def sort_order(sheet: Sheet, request: Json) -> tuple[Area, list[int]]:
    """Give what a sortRange sorts, and the rows of it in the order they come to stand in."""
    area = sheet.area(request.get("range") or {})
    order = list(range(area.top, area.bottom))
    for spec in reversed(request.get("sortSpecs") or ()):
        if set(spec) - {"dimensionIndex", "sortOrder"}:
            raise unimplemented(what="sorting by colour or data source")
        order = _sorted_by(sheet, order, spec)
    return area, order


def _sorted_by(sheet: Sheet, order: list[int], spec: Json) -> list[int]:
    column = int(spec.get("dimensionIndex") or 0)
    if not 0 <= column < sheet.column_count:
        raise invalid(message=f"sortSpecs.dimensionIndex[{column}] is outside the grid[{sheet.column_count}]")
    keys = {row: _sort_key(sheet.cell(row, column)) for row in order}
    filled = [row for row in order if keys[row] is not None]
    blank = [row for row in order if keys[row] is None]
    descending = spec.get("sortOrder") == "DESCENDING"
    return [*sorted(filled, key=lambda row: keys[row] or (), reverse=descending), *blank]


def _sort_key(cell: Scalar) -> tuple[Any, ...] | None:
    value = cell.value if isinstance(cell, Formula) else cell
    if value == "":
        return None
    if isinstance(value, bool):
        return (TRUTH, value)
    if isinstance(value, str):
        return (ERROR if isinstance(cell, Formula) else TEXT, value.casefold())
    return (NUMBER, value)


def reorder_rows(sheet: Sheet, area: Area, order: list[int]) -> None:
    """Put row order[k] of an area at its k-th row, with formats, notes and validation."""
    blank: list[Scalar] = [""] * area.width
    parts = [_padded(sheet, row, area, blank) for row in order]
    for row, cells in enumerate(parts, start=area.top):
        sheet.put_cells(row, area.left, cells)
    for name in ALL_LAYERS:
        getattr(sheet, name).reorder(area, order)


def _padded(sheet: Sheet, row: int, area: Area, blank: list[Scalar]) -> list[Scalar]:
    cells = sheet.rows[row][area.left : area.right] if row < len(sheet.rows) else []
    return [*cells, *blank[len(cells) :]]


@dataclass(frozen=True, slots=True)
class Clip:
    """Cells picked up for a paste: values as rows, and the layers as (place, value) lists."""

    rows: list[list[Scalar]]
    layers: dict[str, list[list[Any]]]

    def moved(self, down: int, right: int) -> "Clip":
        """Give the clip with the references of its formulas as they are so far from where they were."""
        return Clip([[copied(cell, down, right) for cell in row] for row in self.rows], self.layers)

    def turned(self) -> "Clip":
        """Give the clip with rows as columns."""
        layers = {name: _turned(rows) for name, rows in self.layers.items()}
        return Clip(_turned(self.rows), layers)


def _turned(rows: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _pick_up(sheet: Sheet, area: Area, kind: str) -> Clip:
    blank: list[Scalar] = [""] * area.width
    rows = [_padded(sheet, row, area, blank) for row in range(area.top, area.bottom)]
    if kind == "PASTE_VALUES":
        rows = [[cell.value if isinstance(cell, Formula) else cell for cell in row] for row in rows]
    layers = {}
    for name in LAYERS_OF_PASTE[kind]:
        layer = getattr(sheet, name)
        layers[name] = [
            [layer.at(row, column) for column in range(area.left, area.right)]
            for row in range(area.top, area.bottom)
        ]
    return Clip(rows, layers)


def _paste(sheet: Sheet, top: int, left: int, clip: Clip, kind: str) -> None:
    if kind not in {"PASTE_FORMAT", "PASTE_DATA_VALIDATION"}:
        for row, cells in enumerate(clip.rows, start=top):
            sheet.put_cells(row, left, cells)
    for name, rows in clip.layers.items():
        for row, values in enumerate(rows, start=top):
            for column, value in enumerate(values, start=left):
                getattr(sheet, name).put(Area(row, row + 1, column, column + 1), value)


def _check_kind(request: Json) -> str:
    kind = request.get("pasteType") or "PASTE_NORMAL"
    if kind not in LAYERS_OF_PASTE:
        raise unimplemented(what=f"pasteType {kind}")
    return str(kind)


def _check_room(sheet: Sheet, top: int, left: int, clip: Clip) -> None:
    height, width = len(clip.rows), max(map(len, clip.rows), default=0)
    if top + height > sheet.row_count or left + width > sheet.column_count:
        raise invalid(message="The data you are trying to paste does not fit into the grid.")


def copy_paste(book: Workbook, request: Json) -> None:
    """Copy cells; a destination some times as large as the source is filled with copies.

    References without $ follow; in a transposed copy formulas stay as they stand.
    """
    kind = _check_kind(request)
    origin, target = request.get("source") or {}, request.get("destination") or {}
    source, sheet = book.sheet_of(origin), book.sheet_of(target)
    start, area = source.area(origin), sheet.area(target)
    clip, is_turned = _pick_up(source, start, kind), request.get("pasteOrientation") == "TRANSPOSE"
    if is_turned:
        clip = clip.turned()
    height, width = len(clip.rows), max(map(len, clip.rows), default=0)
    for down in range(max(area.height // max(height, 1), 1)):
        for right in range(max(area.width // max(width, 1), 1)):
            top, left = area.top + down * height, area.left + right * width
            _check_room(sheet, top, left, clip)
            here = clip if is_turned else clip.moved(top - start.top, left - start.left)
            _paste(sheet, top, left, here, kind)


def corner_of(coordinate: Json) -> tuple[int, int]:
    """Give row and column of a GridCoordinate.

    Raises:
        RefusedError: One of them is negative.
    """
    row, column = int(coordinate.get("rowIndex") or 0), int(coordinate.get("columnIndex") or 0)
    if row < 0 or column < 0:
        raise invalid(message=f"GridCoordinate [{row}, {column}] must not be negative")
    return row, column


def cut_paste(book: Workbook, request: Json) -> None:
    """Move cells: the source is left blank, without formats, notes and validation."""
    kind = _check_kind(request)
    origin, target = request.get("source") or {}, request.get("destination") or {}
    source, sheet = book.sheet_of(origin), book.sheet_of(target)
    area = source.area(origin)
    clip = _pick_up(source, area, kind)
    top, left = corner_of(target)
    _check_room(sheet, top, left, clip)
    if kind not in {"PASTE_FORMAT", "PASTE_DATA_VALIDATION"}:
        source.clear(area)
    for name in LAYERS_OF_PASTE[kind]:
        getattr(source, name).put(area, None)
    _paste(sheet, top, left, clip, kind)


def move_block(sheet: Sheet, area: Area, top: int, left: int) -> None:
    """Move cells with formats, notes and validation within a tab; there must be room."""
    clip = _pick_up(sheet, area, "PASTE_NORMAL")
    sheet.clear(area)
    for name in ALL_LAYERS:
        getattr(sheet, name).put(area, None)
    _paste(sheet, top, left, clip, "PASTE_NORMAL")
