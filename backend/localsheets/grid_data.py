"""The `data` of a sheet in spreadsheets.get: cells with formats and notes, sizes of rows and columns."""

from collections.abc import Iterator
from typing import Any

from backend.localsheets.cells import effective_value, entered_value
from backend.localsheets.field_mask import Mask, below, wants
from backend.localsheets.formats import effective
from backend.localsheets.grid import Area
from backend.localsheets.metadata import shown_metadata
from backend.localsheets.problems import Json
from backend.localsheets.rendering import show_formatted
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook

ROW_HEIGHT = 21
COLUMN_WIDTH = 100
VALUE_FIELDS = ("userEnteredValue", "effectiveValue", "formattedValue", "effectiveFormat")
CELL_FIELDS = (*VALUE_FIELDS, "userEnteredFormat", "note", "dataValidation")


def grid_data(book: Workbook, sheet: Sheet, area: Area, mask: Mask) -> Json:
    """Give the GridData of an area, as far as the mask wants it."""
    data: Json = {}
    if area.top:
        data["startRow"] = area.top
    if area.left:
        data["startColumn"] = area.left
    if wants(mask, "rowData"):
        rows = _row_data(book, sheet, area, below(mask, "rowData"))
        if rows:
            data["rowData"] = rows
    if wants(mask, "rowMetadata"):
        rows_mask = below(mask, "rowMetadata")
        data["rowMetadata"] = _dimension_data(book, sheet, "ROWS", (area.top, area.bottom), rows_mask)
        for row in _filtered_rows(sheet, area):
            place = row - area.top
            data["rowMetadata"][place] = data["rowMetadata"][place] | {"hiddenByFilter": True}
    if wants(mask, "columnMetadata"):
        columns_mask = below(mask, "columnMetadata")
        data["columnMetadata"] = _dimension_data(
            book, sheet, "COLUMNS", (area.left, area.right), columns_mask
        )
    return data


def _row_data(book: Workbook, sheet: Sheet, area: Area, mask: Mask) -> list[Json]:
    if not wants(mask, "values"):
        return []
    values_mask = below(mask, "values")
    names = [name for name in CELL_FIELDS if wants(values_mask, name)]
    bottom, right = _extent(sheet, area, names)
    rows = [
        [_cell_data(book, sheet, row, column, names) for column in range(area.left, right)]
        for row in range(area.top, bottom)
    ]
    for cells in rows:
        while cells and not cells[-1]:
            cells.pop()
    while rows and not rows[-1]:
        rows.pop()
    return [{"values": cells} if cells else {} for cells in rows]


def _extent(sheet: Sheet, area: Area, names: list[str]) -> tuple[int, int]:
    corners = []
    if any(name in VALUE_FIELDS for name in names):
        rows = sheet.read(area)
        corners.append((area.top + len(rows), area.left + max(map(len, rows), default=0)))
    if "userEnteredFormat" in names or "effectiveFormat" in names:
        corners.append(sheet.formats.extent(area))
    if "note" in names:
        corners.append(sheet.notes.extent(area))
    if "dataValidation" in names:
        corners.append(sheet.validations.extent(area))
    bottoms, rights = zip((area.top, area.left), *corners, strict=True)
    return max(bottoms), max(rights)


def _cell_data(book: Workbook, sheet: Sheet, row: int, column: int, names: list[str]) -> Json:
    cell = sheet.cell(row, column)
    cell_format = sheet.formats.at(row, column)
    parts: dict[str, Any] = {}
    if cell != "":
        parts["userEnteredValue"] = entered_value(cell)
        parts["effectiveValue"] = effective_value(cell)
        if "formattedValue" in names:
            parts["formattedValue"] = show_formatted(cell, cell_format, book.properties["locale"])
    parts["userEnteredFormat"] = cell_format
    if cell != "" or cell_format:
        parts["effectiveFormat"] = effective(cell_format)
    parts["note"] = sheet.notes.at(row, column)
    parts["dataValidation"] = sheet.validations.at(row, column)
    return {name: parts[name] for name in names if parts.get(name)}


def _dimension_data(
    book: Workbook, sheet: Sheet, dimension: str, span: tuple[int, int], mask: Mask
) -> list[Json]:
    sizes, default = (
        (sheet.row_sizes, ROW_HEIGHT) if dimension == "ROWS" else (sheet.column_sizes, COLUMN_WIDTH)
    )
    result: list[Json] = []
    for start, stop, properties in sizes.pieces(*span):
        full = {"pixelSize": default, **(properties or {})}
        shown = {name: value for name, value in full.items() if value and wants(mask, name)}
        result += [shown] * (stop - start)
    for metadata in book.metadata:
        place = metadata["location"].get("dimensionRange")
        if place and place["sheetId"] == sheet.sheet_id and place["dimension"] == dimension:
            index = place["startIndex"] - span[0]
            if 0 <= index < len(result):
                known = result[index].get("developerMetadata", [])
                result[index] = result[index] | {"developerMetadata": [*known, shown_metadata(metadata)]}
    return result


def _filtered_rows(sheet: Sheet, area: Area) -> Iterator[int]:
    """Give the 0-based rows of an area that the tab's filter hides, by the text of their cells."""
    filtered = sheet.basic_filter
    hidden = {
        int(spec.get("columnIndex") or 0): set((spec.get("filterCriteria") or {}).get("hiddenValues") or ())
        for spec in (filtered or {}).get("filterSpecs") or ()
    }
    if filtered is None or not any(hidden.values()):
        return
    below = sheet.area(filtered["range"])
    for row in range(max(area.top, below.top + 1), min(area.bottom, below.bottom)):
        if any(str(sheet.cell(row, column)) in values for column, values in hidden.items() if values):
            yield row
