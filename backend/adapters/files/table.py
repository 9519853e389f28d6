"""The tables that come out of a file and that go into one, and what every table must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend import errors
from backend.core.file_table import FileTable
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Scalar = str | int | float | bool
"""A cell as the Sheets API gives it; a blank cell is ''."""

HeaderFinder = Callable[[Sequence[Sequence[Scalar]]], int]
"""Gives the 1-based row of the headers among the rows of a tab."""

MOST_CHARACTERS = 50_000
"""What one cell of a Google Sheet holds."""


def first_row(_rows: Sequence[Sequence[Scalar]]) -> int:
    """Take the first row for the headers."""
    return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(FileTable):
    """A table read from a file, and how it was written there.

    Attributes:
        encoding: Encoding of a CSV, as Python names it; '' for XLSX.
        delimiter: Delimiter of a CSV; '' for XLSX.
        others: Titles of the other tabs that are seen, where nobody said which ones are meant.
    """

    encoding: str = ""
    delimiter: str = ""
    others: tuple[str, ...] = ()


class CellFormat(StrEnum):
    """How a column of a written file shows its cells; a cell that does not fit is written as it is."""

    PLAIN = "plain"
    DATE = "date"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table to be written.

    Attributes:
        headers: One text a column.
        rows: Cells; a date is a serial number (days since 1899-12-30), money is a number in the major unit.
        formats: How each column is shown; columns beyond its end are plain.
        colours: Background of single cells, `#RRGGBB` by 0-based place in `rows` and column; XLSX only.
    """

    headers: Sequence[str]
    rows: Sequence[Sequence[Scalar]]
    formats: Sequence[CellFormat] = ()
    colours: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def width(self) -> int:
        """How many columns the widest row has, the headers among them."""
        return max(map(len, (self.headers, *self.rows)))

    def format_of(self, position: int) -> CellFormat:
        """Give the format of a column by its 0-based position."""
        return self.formats[position] if position < len(self.formats) else CellFormat.PLAIN


def is_blank(cell: Scalar) -> bool:
    """Say whether a cell holds nothing but white space."""
    return isinstance(cell, str) and not cell.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTab:
    """One tab of a file as it is, all rows from the first; a CSV file has one without a title."""

    title: str
    rows: list[list[Scalar]]
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All rows of a file before one of them is taken as the header row.

    Attributes:
        path: The file.
        rows: Cells, rows as long as they are in the file.
        lines: For each row the 1-based line of the file it starts on.
        tab: Title of the tab they are, where several are read.
    """

    path: Path
    rows: list[list[Scalar]]
    lines: Sequence[int]
    tab: str = ""

    @property
    def name(self) -> str:
        """What error messages call it, as spreadsheets write it."""
        return f"{self.path} [{self.tab}]" if self.tab else str(self.path)


def split_header(grid: Grid, header_row: int) -> tuple[tuple[str, ...], list[list[Scalar]]]:
    """Take one row as headers and the rows below as data, and check both.

    Args:
        grid: The rows of the file.
        header_row: 1-based row of the headers.

    Returns:
        Headers and rows as `Table` describes them.

    Raises:
        HeaderMissing: The header row is blank or beyond the end.
        HeaderTwice: Two headers are the same but for white space at the ends.
        RowTooLong: A row has a cell to the right of the last column.
        CellHasNul: A cell holds a NUL character.
        CellTooLong: A cell holds more than 50,000 characters.
    """
    named = grid.rows[header_row - 1] if header_row <= len(grid.rows) else []
    if all(is_blank(cell) for cell in named):
        raise errors.HeaderMissing(grid.name, header_row)
    _check_cells(grid, header_row)
    headers = tuple(str(cell) for cell in named)
    _check_headers(grid.name, headers)
    body = grid.rows[header_row:]
    while body and all(is_blank(cell) for cell in body[-1]):
        body.pop()
    fitted = [
        _fitted(grid.name, row, len(headers), line)
        for row, line in zip(body, grid.lines[header_row:], strict=False)
    ]
    width = _width_used(headers, fitted)
    return headers[:width], [row[:width] for row in fitted]


def _fitted(name: str, row: list[Scalar], width: int, line: int) -> list[Scalar]:
    if len(row) < width:
        return row + [""] * (width - len(row))
    beyond = next((cell for cell in row[width:] if not is_blank(cell)), "")
    if beyond != "":
        raise errors.RowTooLong(name, line=line, cells=len(row), headers=width, first=str(beyond))
    return row[:width]


def _width_used(headers: Sequence[str], rows: Iterable[Sequence[Scalar]]) -> int:
    """Leave out columns at the right end that have neither a header nor a cell."""
    width = max(position for position, header in enumerate(headers, 1) if header.strip())
    if width == len(headers):
        return width
    for row in rows:
        used = (position for position in range(len(headers), width, -1) if not is_blank(row[position - 1]))
        width = next(used, width)
    return width


def _check_headers(name: str, headers: Sequence[str]) -> None:
    texts = [header.strip() for header in headers]
    for text, times in Counter(texts).items():
        if text and times > 1:
            where = [column_letters(position) for position, other in enumerate(texts) if other == text]
            raise errors.HeaderTwice(name, text, where)


def _check_cells(grid: Grid, header_row: int) -> None:
    """Look at the texts of a row together first: hardly ever is one too long, or has a NUL."""
    for number, row in enumerate(grid.rows, 1):
        texts = "".join([cell for cell in row if isinstance(cell, str)])
        if len(texts) > MOST_CHARACTERS or "\x00" in texts:
            _check_row(grid, number, header_row)


def _check_row(grid: Grid, number: int, header_row: int) -> None:
    for position, cell in enumerate(grid.rows[number - 1]):
        if not isinstance(cell, str):
            continue
        place = f"{column_letters(position)}{number}"
        if "\x00" in cell:
            raise errors.CellHasNul(grid.name, place)
        if len(cell) > MOST_CHARACTERS:
            headers = grid.rows[header_row - 1]
            header = str(headers[position]) if position < len(headers) else ""
            raise errors.CellTooLong(grid.name, cell=place, header=header[:40], length=len(cell))
