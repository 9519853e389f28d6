"""XLSX in: the cells of its tabs as the Sheets API would give them."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import python_calamine as calamine

from backend import errors
from backend.adapters.files import archive
from backend.adapters.files.table import FileTab, Grid, Scalar, Table, split_header
from backend.core.file_table import TabRows
from backend.core.tabs_alike import header_row_like, like_at_sight, may_be_one, one_table, only_in
from sheets_schema.headers import HEADER_ROWS_SEARCHED, is_aside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from backend.adapters.files.table import HeaderFinder

_Parsed = str | int | float | bool | datetime | date | time | timedelta
_FIRST_DAY = date(1899, 12, 30).toordinal()
_SECONDS_OF_DAY = 86_400
_UNCLEAR = ("its list of tabs is unclear", "工作表列表不明确")
_WHOLE_UP_TO = 1e21
"""Below this JSON writes a whole number without an exponent, and Python reads it as int."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A tab of cells in a workbook: its 0-based place among all tabs, and whether it is in view."""

    position: int
    title: str
    visible: bool


def read(path: Path, data: bytes, *, tabs: Sequence[str], header_row: HeaderFinder) -> Table:
    """Read the table of tabs of an XLSX file; for arguments and errors see `read_table`."""
    worksheets = archive.checked_worksheets(path, data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = _sheets(path, book, known=len(worksheets.parts))
        chosen = _named(path, sheets, tabs) if tabs else _alike(path, book, sheets, header_row)
        cells = [_cells(book, sheet.position, worksheets.error_cells(sheet.position)) for sheet in chosen]
    except calamine.CalamineError as error:
        raise errors.FileNotATable(path, (f"it is damaged ({error})", f"文件已损坏（{error}）")) from error
    grids = [
        Grid(path=path, rows=rows, lines=range(1, len(rows) + 1), tab=sheet.title)
        for sheet, rows in zip(chosen, cells, strict=True)
    ]
    others = () if tabs else tuple(one.title for one in sheets if one.visible and one not in chosen)
    headers, parts = one_table(_parts(grids, header_row))
    return Table(headers=headers, tabs=parts, others=others)


def _parts(grids: Sequence[Grid], header_row: HeaderFinder) -> list[TabRows]:
    """Take the headers of each tab off its rows.

    Raises:
        FileEmpty: A tab holds no cell.
        TabsDiffer: A tab has not enough of the first one's headers.
    """
    parts: list[TabRows] = []
    for grid in grids:
        if not grid.rows:
            raise errors.FileEmpty(grid.path, grid.tab)
        first = parts[0].headers if parts else ()
        row = header_row_like(first, grid.rows) or header_row(grid.rows)
        headers, body = split_header(grid if len(grids) > 1 else replace(grid, tab=""), row)
        if parts and not may_be_one(first, headers):
            only = only_in(headers, first), only_in(first, headers)
            raise errors.TabsDiffer(grid.path, (parts[0].title, grid.tab), only)
        parts.append(TabRows(headers=headers, rows=body, header_row=row, title=grid.tab))
    return parts


def read_tabs(path: Path, data: bytes) -> list[FileTab]:
    """Read all cells of every tab of an XLSX file, in their order; no row is taken as headers."""
    worksheets = archive.checked_worksheets(path, data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        return [
            FileTab(
                title=sheet.title,
                hidden=not sheet.visible,
                rows=_cells(book, sheet.position, worksheets.error_cells(sheet.position)),
            )
            for sheet in _sheets(path, book, known=len(worksheets.parts))
        ]
    except calamine.CalamineError as error:
        raise errors.FileNotATable(path, (f"it is damaged ({error})", f"文件已损坏（{error}）")) from error


def _cells(
    book: calamine.CalamineWorkbook,
    position: int,
    problems: Mapping[tuple[int, int], str],
    *,
    most: int | None = None,
) -> list[list[Scalar]]:
    """Give the cells of a tab, of its first rows only where `most` says how many."""
    lines = book.get_sheet_by_index(position).to_python(skip_empty_area=False, nrows=most)
    return [
        [_scalar(cell, problems, row, column) for column, cell in enumerate(line)]
        for row, line in enumerate(lines)
    ]


def _sheets(path: Path, book: calamine.CalamineWorkbook, *, known: int) -> list[_Sheet]:
    """Give the tabs that hold cells.

    The parser must see the same tabs that were looked at before, or one could have slipped through.
    """
    if len(book.sheets_metadata) != known:
        raise errors.FileNotATable(path, _UNCLEAR)
    return [
        _Sheet(
            position=position,
            title=sheet.name,
            visible=sheet.visible == calamine.SheetVisibleEnum.Visible,
        )
        for position, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _named(path: Path, sheets: Sequence[_Sheet], titles: Sequence[str]) -> list[_Sheet]:
    """Give the tabs of these titles, in their order, each once."""
    known = {sheet.title: sheet for sheet in sheets}
    for title in titles:
        if title not in known:
            raise errors.TabNotInFile(path, title, list(known))
    return [known[title] for title in dict.fromkeys(titles)]


def _alike(
    path: Path, book: calamine.CalamineWorkbook, sheets: Sequence[_Sheet], header_row: HeaderFinder
) -> list[_Sheet]:
    """Give the first tab in view and those in view that have its headers; copies put aside are left out."""
    seen = [sheet for sheet in sheets if sheet.visible]
    if not seen:
        raise errors.TabNotInFile(path, "", [sheet.title for sheet in sheets])
    if len(seen) == 1:
        return seen
    tops = [_cells(book, sheet.position, {}, most=HEADER_ROWS_SEARCHED) for sheet in seen]
    first = _texts(tops[0], header_row(tops[0])) if tops[0] else []
    alike = [
        sheet
        for sheet, top in zip(seen, tops, strict=True)
        if like_at_sight(first, _texts(top, header_row_like(first, top)))
    ]
    return [sheet for sheet in alike if not is_aside(sheet.title)] or seen[:1]


def _texts(rows: Sequence[Sequence[Scalar]], number: int) -> list[str]:
    """Give the headers in a row, none for row 0."""
    return [str(cell) for cell in rows[number - 1]] if number else []


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
