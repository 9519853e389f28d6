"""XLSX out: text stays text, dates look like dates, the header row stands still."""

from __future__ import annotations

import math
import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from backend import errors
from backend.adapters.files.atomic import replacing
from backend.adapters.files.table import CellFormat

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backend.adapters.files.table import Scalar, Sheet

MOST_ROWS = 1_048_576
"""Rows of an XLSX sheet."""

MOST_CHARACTERS = 32_767
"""Characters of an XLSX cell."""

_CUT = " … (cut: an Excel cell holds 32,767 characters)"
_EXACT_BELOW = 10**15
_TITLE_LENGTH = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = MappingProxyType(
    {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
)
_NUMBER_FORMATS = MappingProxyType({CellFormat.DATE: "yyyy-mm-dd", CellFormat.MONEY: "#,##0.00"})
_ROWS_MEASURED = 200
_NARROWEST, _WIDEST = 8, 48


def write_xlsx(path: Path, sheets: Mapping[str, Sheet]) -> None:
    """Write tables as the tabs of one workbook, whole or not at all.

    Every text is written as text: no phone becomes a number, nothing becomes a formula or a link. A number of
    more than 15 digits is written as text too, since Excel would round it.

    Args:
        path: The file; it is replaced when it exists.
        sheets: Tabs by title, in order; a title that Excel does not allow is shortened or cleaned.

    Raises:
        FileIsFolder: A folder has that name.
        FileTooLarge: A tab has more rows than XLSX holds.
        FileUnwritable: The system says no; what stood at `path` is unharmed.
    """
    for title, sheet in sheets.items():
        if len(sheet.rows) >= MOST_ROWS:
            en = f'the tab "{title}" has {len(sheet.rows):,} rows, and XLSX holds {MOST_ROWS - 1:,}'
            zh = f"工作表“{title}”有 {len(sheet.rows):,} 行，XLSX 上限为 {MOST_ROWS - 1:,} 行"
            raise errors.FileTooLarge(path, (en, zh))
    with replacing(path) as file:
        _write_book(path, file, sheets)


def _write_book(path: Path, file: Any, sheets: Mapping[str, Sheet]) -> None:
    book = xlsxwriter.Workbook(file, dict(_OPTIONS))
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    formats = _Formats(book)
    taken: set[str] = set()
    for title, sheet in sheets.items():
        _write_tab(book.add_worksheet(_title(title, taken)), sheet, bold, formats)
    try:
        book.close()
    except XlsxWriterException as error:
        raise errors.FileUnwritable(path, str(error)) from error


class _Formats:
    """The formats of a workbook, each made once: a kind of number, with or without a background."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[CellFormat, str], Any] = {(CellFormat.PLAIN, ""): None}

    def give(self, kind: CellFormat, colour: str) -> Any:
        """Give the format of a kind on a background; '' is none."""
        if (kind, colour) not in self._made:
            number = {"num_format": _NUMBER_FORMATS[kind]} if kind in _NUMBER_FORMATS else {}
            background = {"bg_color": colour} if colour else {}
            self._made[kind, colour] = self._book.add_format({**number, **background})
        return self._made[kind, colour]


def _write_tab(tab: Any, sheet: Sheet, bold: Any, formats: _Formats) -> None:
    for position in range(len(sheet.headers)):
        tab.set_column(position, position, _width(sheet, position))
    for position, header in enumerate(sheet.headers):
        tab.write_string(0, position, _fitted(header), bold)
    kinds = [sheet.format_of(position) for position in range(sheet.width)]
    for number, row in enumerate(sheet.rows):
        for position, cell in enumerate(row):
            colour = sheet.colours.get((number, position), "")
            if cell != "" or colour:
                shown = formats.give(kinds[position], colour)
                _write_cell(tab, (number + 1, position), cell, shown)
    tab.freeze_panes(1, 0)
    if sheet.headers:
        tab.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)


def _write_cell(tab: Any, place: tuple[int, int], cell: Scalar, shown: Any) -> None:
    match cell:
        case "":
            tab.write_blank(*place, None, shown)
        case str():
            tab.write_string(*place, _fitted(cell), shown)
        case bool():
            tab.write_boolean(*place, cell, shown)
        case int() | float() if math.isfinite(cell) and abs(cell) < _EXACT_BELOW:
            tab.write_number(*place, cell, shown)
        case _:
            tab.write_string(*place, str(cell), shown)


def _fitted(text: str) -> str:
    """Give text that XLSX can hold: no lone surrogates, not over its length."""
    whole = text.encode("utf-8", "replace").decode()
    return whole if len(whole) <= MOST_CHARACTERS else whole[: MOST_CHARACTERS - len(_CUT)] + _CUT


def _title(title: str, taken: set[str]) -> str:
    """Give a title that Excel allows and no other tab has."""
    clean = _NOT_IN_TITLE.sub(" ", title).strip(" '")[:_TITLE_LENGTH] or "Sheet"
    allowed, number = clean, 1
    while allowed.casefold() in taken:
        number += 1
        allowed = f"{clean[: _TITLE_LENGTH - len(str(number)) - 1]} {number}"
    taken.add(allowed.casefold())
    return allowed


def _width(sheet: Sheet, position: int) -> int:
    """Give a column's width in characters, from its header and first cells; a Chinese one counts twice."""
    texts = [sheet.headers[position]]
    texts += [str(row[position]) for row in sheet.rows[:_ROWS_MEASURED] if position < len(row)]
    if sheet.format_of(position) is not CellFormat.PLAIN:
        texts.append("2026-11-21 ")
    widest = max(sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text) for text in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)
