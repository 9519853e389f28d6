"""Writing blocks of values into a sheet: what is touched, what is left alone, what is counted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from backend.localsheets.a1 import area_name, column_letters
from backend.localsheets.cells import Scalar, TextPool, checked_text, whole
from backend.localsheets.grid import Area
from backend.localsheets.problems import Json, exceeds_grid, invalid
from backend.localsheets.sheet import Sheet
from backend.localsheets.typing_in import typed
from backend.localsheets.workbook import Target, Workbook

Values = list[list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How values are taken: parsed as typed by a person, or stored as they are."""

    parsed: bool
    locale: str


@dataclass(slots=True)
class Written:
    """What one write did: the cells it spans, and the rows, columns and cells it touched."""

    sheet: Sheet
    area: Area
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: int = 0
    texts: TextPool = field(default_factory=TextPool)

    def counts(self) -> Json:
        """Give the answer's range and counts; zero is left out, as proto3 does."""
        numbers = {
            "updatedRows": len(self.rows),
            "updatedColumns": len(self.columns),
            "updatedCells": self.cells,
        }
        shown = {"updatedRange": area_name(self.sheet.title, self.area)}
        return {**shown, **{name: number for name, number in numbers.items() if number}}


def entry_of(option: str | None, locale: str) -> Entry:
    """Give the way of entry a `valueInputOption` names.

    Raises:
        RefusedError: It is missing or unknown.
    """
    if not option or option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise invalid(message="'valueInputOption' is required but not specified")
    if option not in {"RAW", "USER_ENTERED"}:
        raise invalid(message=f"Invalid value at 'value_input_option' (TYPE_ENUM), \"{option}\"")
    return Entry(parsed=option == "USER_ENTERED", locale=locale)


def rows_of(value_range: Json) -> Values:
    """Give the values of a ValueRange as rows; null stands for "leave alone"."""
    rows: Values = value_range.get("values") or []
    if value_range.get("majorDimension") != "COLUMNS":
        return rows
    width = max(map(len, rows), default=0)
    padded = [row + [None] * (width - len(row)) for row in rows]
    return [list(row) for row in zip(*padded, strict=True)]


def write(target: Target, values: Values, entry: Entry) -> Written:
    """Write rows of values from the first cell of a target on.

    A null and what a short row lacks leave the cell alone; an empty text makes it blank. The rows are taken
    over: the caller uses them no more.

    Raises:
        RefusedError: The values do not fit into the range or the grid, or a value is none a cell can hold.

    Source: recordings test_update_cells_noncontiguous, test_update_cell_objects.
    """
    area = target.area
    span = _span_of(area, values)
    _check_fits(target, span)
    written = Written(target.sheet, span)
    for place, row in enumerate(values):
        if row:
            _write_row(written, area.top + place, row, entry)
    return written


def _span_of(area: Area, values: Values) -> Area:
    height, width = max(len(values), 1), max(max(map(len, values), default=1), 1)
    return Area(area.top, area.top + height, area.left, area.left + width)


def _check_fits(target: Target, span: Area) -> None:
    sheet, area = target.sheet, target.area
    if not target.reference.is_cell:
        shown = area_name(sheet.title, area)
        if span.bottom > area.bottom:
            raise invalid(
                message=f"Requested writing within range [{shown}], "
                f"but tried writing to row [{area.bottom + 1}]"
            )
        if span.right > area.right:
            letters = column_letters(area.right)
            raise invalid(
                message=f"Requested writing within range [{shown}], but tried writing to column [{letters}]"
            )
    if span.bottom > sheet.row_count or span.right > sheet.column_count:
        raise exceeds_grid(area_name(sheet.title, span), sheet.row_count, sheet.column_count)


def _write_row(written: Written, row: int, values: list[Any], entry: Entry) -> None:
    sheet, left = written.sheet, written.area.left
    old = sheet.rows[row] if row < len(sheet.rows) else []
    blank: list[Scalar] = [""]
    cells = old + blank * max(left + len(values) - len(old), 0) if old or left else values
    touched = 0
    for column, value in enumerate(values, start=left):
        if value is None:
            cells[column] = "" if cells is values else cells[column]
            continue
        cell = _stored(value) if not entry.parsed else _parsed(sheet, row, column, value, entry)
        cells[column] = written.texts.share(cell) if type(cell) is str else cell
        written.columns.add(column)
        touched += 1
    if touched:
        written.rows.add(row)
        written.cells += touched
        sheet.put_row(row, cells)


def _stored(value: object) -> Scalar:
    if isinstance(value, str):
        return checked_text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return whole(value)
    kind = "struct_value" if isinstance(value, dict) else "list_value"
    raise invalid(message=f"Invalid values: {kind} cannot be stored in a cell")


def _parsed(sheet: Sheet, row: int, column: int, value: object, entry: Entry) -> Scalar:
    if not isinstance(value, str):
        return _stored(value)
    old_format = sheet.formats.at(row, column) or {}
    number_format = old_format.get("numberFormat") or {}
    result = typed(value, entry.locale, text_cell=number_format.get("type") == "TEXT")
    if result.number_format is not None and not number_format:
        cell = Area(row, row + 1, column, column + 1)
        sheet.formats.put(cell, {**old_format, "numberFormat": result.number_format})
        sheet.settings_touched = True
    return result.cell


def grow(book: Workbook, sheet: Sheet, bottom: int, right: int) -> None:
    """Make the grid at least so many rows and columns large.

    Raises:
        RefusedError: The workbook would have more than ten million cells.
    """
    if bottom > sheet.row_count or right > sheet.column_count:
        sheet.row_count = max(sheet.row_count, bottom)
        sheet.column_count = max(sheet.column_count, right)
        sheet.settings_touched = True
        book.check_cell_limit()


def totals(writes: list[Written]) -> Json:
    """Give the totals of several writes: rows, columns and cells that are not the same one.

    Source: recording WorksheetTest.test_batch_update (facts page, row "null in values").
    """
    rows = {(each.sheet.sheet_id, row) for each in writes for row in each.rows}
    columns = {(each.sheet.sheet_id, column) for each in writes for column in each.columns}
    numbers = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(each.cells for each in writes),
        "totalUpdatedSheets": len({each.sheet.sheet_id for each in writes if each.cells}),
    }
    return {name: number for name, number in numbers.items() if number}


def content_rows(sheet: Sheet, area: Area) -> Iterator[int]:
    """Give the rows of an area that have a cell in it, from the last to the first."""
    for row in range(min(area.bottom, len(sheet.rows)) - 1, area.top - 1, -1):
        if any(cell != "" for cell in sheet.rows[row][area.left : area.right]):
            yield row
