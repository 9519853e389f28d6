"""XLSX in: one tab's cells as the Sheets API would give them."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import python_calamine as calamine

from backend import errors
from backend.adapters.files import archive
from backend.adapters.files.table import FileTab, Grid, Scalar, Table, split_header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_Parsed = str | int | float | bool | datetime | date | time | timedelta
_FIRST_DAY = date(1899, 12, 30).toordinal()
_SECONDS_OF_DAY = 86_400
_UNCLEAR = ("its list of tabs is unclear", "工作表列表不明确")
_WHOLE_UP_TO = 1e21
"""Below this JSON writes a whole number without an exponent, and Python reads it as int."""


def read(path: Path, data: bytes, *, tab: str, header_row: int) -> Table:
    """Read the table of one tab of an XLSX file; for arguments and errors see `read_table`."""
    worksheets = archive.checked_worksheets(path, data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        position, title = _chosen(path, book, tab, known=len(worksheets.parts))
        others = () if tab else _others(path, book, position, header_row)
        cells = book.get_sheet_by_index(position).to_python(skip_empty_area=False)
    except calamine.CalamineError as error:
        raise errors.FileNotATable(path, (f"it is damaged ({error})", f"文件已损坏（{error}）")) from error
    if not cells:
        raise errors.FileEmpty(path, title)
    problems = worksheets.error_cells(position)
    rows = [
        [_scalar(cell, problems, row, column) for column, cell in enumerate(line)]
        for row, line in enumerate(cells)
    ]
    grid = Grid(path=path, rows=rows, lines=range(1, len(rows) + 1))
    headers, body = split_header(grid, header_row)
    return Table(headers=headers, rows=body, header_row=header_row, tab=title, others=others)


def read_tabs(path: Path, data: bytes) -> list[FileTab]:
    """Read all cells of every tab of an XLSX file, in their order; no row is taken as headers."""
    worksheets = archive.checked_worksheets(path, data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        if len(book.sheets_metadata) != len(worksheets.parts):
            raise errors.FileNotATable(path, _UNCLEAR)
        return [
            FileTab(
                title=sheet.name,
                hidden=sheet.visible != calamine.SheetVisibleEnum.Visible,
                rows=_cells(book, position, worksheets.error_cells(position)),
            )
            for position, sheet in enumerate(book.sheets_metadata)
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.CalamineError as error:
        raise errors.FileNotATable(path, (f"it is damaged ({error})", f"文件已损坏（{error}）")) from error


def _cells(
    book: calamine.CalamineWorkbook, position: int, problems: Mapping[tuple[int, int], str]
) -> list[list[Scalar]]:
    lines = book.get_sheet_by_index(position).to_python(skip_empty_area=False)
    return [
        [_scalar(cell, problems, row, column) for column, cell in enumerate(line)]
        for row, line in enumerate(lines)
    ]


def _chosen(path: Path, book: calamine.CalamineWorkbook, tab: str, *, known: int) -> tuple[int, str]:
    """Give position and title of the tab asked for, or of the first that is visible.

    The parser must see the same tabs that were looked at before, or one could have slipped through.
    """
    if len(book.sheets_metadata) != known:
        raise errors.FileNotATable(path, _UNCLEAR)
    sheets = [
        (position, sheet.name, sheet.visible == calamine.SheetVisibleEnum.Visible)
        for position, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    for position, title, visible in sheets:
        if title == tab or (not tab and visible):
            return position, title
    raise errors.TabNotInFile(path, tab, [title for _, title, _ in sheets])


def _others(path: Path, book: calamine.CalamineWorkbook, chosen: int, header_row: int) -> tuple[str, ...]:
    """Give the titles of the other visible tabs.

    Raises:
        TabsAlike: One of them has the headers of the chosen one: it would be left out unseen.
    """
    seen = [
        (position, sheet.name)
        for position, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    if len(seen) > 1:
        headers = {position: _header_texts(book, position, header_row) for position, _ in seen}
        alike = [title for position, title in seen if headers[position] == headers[chosen]]
        if len(alike) > 1 and headers[chosen]:
            raise errors.TabsAlike(path, alike)
    return tuple(title for position, title in seen if position != chosen)


def _header_texts(book: calamine.CalamineWorkbook, position: int, header_row: int) -> tuple[str, ...]:
    """Give the headers of a tab, sorted: columns may stand in another order."""
    lines = book.get_sheet_by_index(position).to_python(skip_empty_area=False, nrows=header_row)
    texts = (str(cell).strip() for cell in lines[header_row - 1]) if len(lines) >= header_row else ()
    return tuple(sorted(text for text in texts if text))


def _scalar(cell: _Parsed, problems: Mapping[tuple[int, int], str], row: int, column: int) -> Scalar:
    match cell:
        case str():
            return cell or problems.get((row, column), "")
        case bool():
            return cell
        case int() | float():
            return _number(float(cell))
        case _:
            return _number(float(_serial(cell)))


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < _WHOLE_UP_TO else value


def _serial(moment: datetime | date | time | timedelta) -> float:
    """Give a date, a time or a duration in days since 1899-12-30; the time of day is the fraction."""
    match moment:
        case datetime():
            return moment.toordinal() - _FIRST_DAY + _part_of_day(moment.time())
        case date():
            return moment.toordinal() - _FIRST_DAY
        case time():
            return _part_of_day(moment)
        case timedelta():
            return moment.days + moment.seconds / _SECONDS_OF_DAY


def _part_of_day(clock: time) -> float:
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / _SECONDS_OF_DAY
