"""Cells as an answer shows them: FORMATTED_VALUE, UNFORMATTED_VALUE or FORMULA; dates as numbers or text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from backend.localsheets.cells import Formula, Scalar
from backend.localsheets.grid import Area
from backend.localsheets.number_formats import formatted, general, is_date
from backend.localsheets.problems import Json, invalid
from backend.localsheets.sheet import Sheet

Shown: TypeAlias = list[list[Any]]

VALUE_OPTIONS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
DATE_OPTIONS = ("SERIAL_NUMBER", "FORMATTED_STRING")
DIMENSIONS = ("ROWS", "COLUMNS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """How a request wants its values."""

    values: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    major: str = "ROWS"
    locale: str = "en_US"


def rendering_of(values: str | None, dates: str | None, major: str | None, locale: str) -> Rendering:
    """Give the rendering three options of a request ask for; each may be missing.

    Raises:
        RefusedError: An option has a value Google does not know.
    """
    return Rendering(
        values=_option("value_render_option", values, VALUE_OPTIONS),
        dates=_option("date_time_render_option", dates, DATE_OPTIONS),
        major=_option("major_dimension", major, DIMENSIONS),
        locale=locale,
    )


def _option(name: str, value: str | None, known: tuple[str, ...]) -> str:
    if not value or value == "DIMENSION_UNSPECIFIED":
        return known[0]
    if value not in known:
        raise invalid(message=f"Invalid value at '{name}' (TYPE_ENUM), \"{value}\"")
    return value


def render(sheet: Sheet, area: Area, rendering: Rendering) -> Shown:
    """Give the values of an area without blanks at the end of a row and without blank rows at the end.

    Returns:
        Rows, or columns when the major dimension says so; an inner blank row is `[]`.

    Source: recordings WorksheetTest.test_get_all_values, test_delete_cols (facts page, row "trimming").
    """
    if rendering.major == "COLUMNS":
        return trimmed(_columns(sheet, area, rendering))
    rows = sheet.read(area)
    shown = [_render_line(row, rendering.values) for row in rows]
    for column, spans in _formatted_columns(sheet, area, rendering, area.top + len(rows)):
        place = column - area.left
        for first, end, number_format in spans:
            for row in range(first - area.top, end - area.top):
                if place < len(shown[row]):
                    shown[row][place] = _with_format(
                        rows[row][place], shown[row][place], number_format, rendering
                    )
    return trimmed(shown)


def _columns(sheet: Sheet, area: Area, rendering: Rendering) -> Shown:
    rows = sheet.rows[area.top : area.bottom]
    cells = [
        [row[column] if len(row) > column else "" for row in rows] for column in range(area.left, area.right)
    ]
    shown = [_render_line(column, rendering.values) for column in cells]
    for column, spans in _formatted_columns(sheet, area, rendering, area.top + len(rows)):
        line, old = shown[column - area.left], cells[column - area.left]
        for first, end, number_format in spans:
            for row in range(first - area.top, end - area.top):
                line[row] = _with_format(old[row], line[row], number_format, rendering)
    return shown


def _formatted_columns(
    sheet: Sheet, area: Area, rendering: Rendering, bottom: int
) -> Iterator[tuple[int, list[tuple[int, int, Json]]]]:
    """Give the columns of an area in which number formats change what is shown, with those stretches."""
    dates_only = rendering.values != "FORMATTED_VALUE"
    if dates_only and rendering.dates != "FORMATTED_STRING":
        return
    for column, runs in sheet.formats.columns.items():
        if not area.left <= column < area.right:
            continue
        stretches = (
            (first, end, (value or {}).get("numberFormat") or {})
            for first, end, value in runs.pieces(area.top, bottom)
        )
        yield column, [each for each in stretches if each[2] and not (dates_only and not is_date(each[2]))]


def _with_format(cell: Scalar, shown: object, number_format: Json, rendering: Rendering) -> object:
    number = number_in(cell)
    if number is None or (rendering.values == "FORMULA" and isinstance(cell, Formula)):
        return shown
    return formatted(number, number_format, rendering.locale)


def _render_line(row: list[Scalar], option: str) -> list[Any]:
    if option == "FORMATTED_VALUE":
        return [cell if type(cell) is str else show_plain(cell) for cell in row]
    if option == "FORMULA":
        return [cell.text if type(cell) is Formula else cell for cell in row]
    return [cell.value if type(cell) is Formula else cell for cell in row]


def show_plain(cell: Scalar) -> str:
    """Give a cell without a number format as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Formula):
        return cell.error if cell.number is None else general(cell.number)
    return general(cell)


def number_in(cell: Scalar) -> float | None:
    """Give the number a cell shows, or None when it shows something else."""
    if isinstance(cell, Formula):
        return cell.number
    return None if isinstance(cell, (str, bool)) else cell


def show_formatted(cell: Scalar, cell_format: dict[str, Any] | None, locale: str) -> str:
    """Give a cell with its format as text."""
    number = number_in(cell)
    number_format = (cell_format or {}).get("numberFormat")
    if number is None or not number_format:
        return show_plain(cell)
    return formatted(number, number_format, locale)


def trimmed(rows: Shown) -> Shown:
    """Cut blanks off the end of every row and blank rows off the end, in place."""
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
