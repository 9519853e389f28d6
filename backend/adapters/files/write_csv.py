"""CSV out: UTF-8 with its mark, so that Excel shows Chinese, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.adapters.files.atomic import replacing
from backend.adapters.files.table import CellFormat

if TYPE_CHECKING:
    from pathlib import Path

    from backend.adapters.files.table import Scalar, Sheet

_FIRST_DAY = date(1899, 12, 30)
_SECONDS_OF_DAY = 86_400
_EXACT_BELOW = 10**15
_LAST_SERIAL = (date.max - _FIRST_DAY).days
_FORMULA_STARTS = tuple("=+-@\t\r\n\x00＝＋－＠")
_PHONE_OR_NUMBER = re.compile(r"[+-]?[\d\s().-]{1,32}")


def write_csv(path: Path, sheet: Sheet) -> None:
    """Write a table as CSV, whole or not at all.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, except a phone or a number.
    A date is written as 2026-11-21, with 13:30:00 behind it where the cell has a time of day.

    Args:
        path: The file; it is replaced when it exists.
        sheet: What is written.

    Raises:
        FileIsFolder: A folder has that name.
        FileUnwritable: The system says no; what stood at `path` is unharmed.

    Source: OWASP ASVS 1.2.10 (CSV and formula injection).
    """
    kinds = [sheet.format_of(position) for position in range(sheet.width)]
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow([harmless(header) for header in sheet.headers])
        for row in sheet.rows:
            writer.writerow([_written(cell, kind) for cell, kind in zip(row, kinds, strict=False)])
        text.detach()


def harmless(text: str) -> str:
    """Give text that no spreadsheet runs as a formula: `=1+1` becomes `'=1+1`, `+86 138...` stays."""
    bare = text.lstrip("'")
    return f"'{text}" if bare.startswith(_FORMULA_STARTS) and not _PHONE_OR_NUMBER.fullmatch(bare) else text


def meant(cell: Scalar) -> Scalar:
    """Take back what `harmless` did to a cell of a CSV, and nothing else: `'=1+1` was `=1+1`."""
    if isinstance(cell, str) and cell.startswith("'") and harmless(cell[1:]) == cell:
        return cell[1:]
    return cell


def _written(cell: Scalar, kind: CellFormat) -> str:
    match cell:
        case str():
            return harmless(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float() if kind is CellFormat.DATE:
            return str(date_text(cell))
        case int() | float() if kind is CellFormat.MONEY:
            return f"{cell:.2f}"
        case float() if cell.is_integer() and abs(cell) < _EXACT_BELOW:
            return str(int(cell))
        case _:
            return str(cell)


def date_text(serial: float) -> Scalar:
    """Give a serial number as 2026-11-21, with its time of day; itself when it is no date."""
    if not 0 < serial <= _LAST_SERIAL:
        return int(serial) if float(serial).is_integer() else serial
    day = (_FIRST_DAY + timedelta(days=int(serial))).isoformat()
    minutes, second = divmod(round(serial % 1 * _SECONDS_OF_DAY), 60)
    return f"{day} {minutes // 60:02}:{minutes % 60:02}:{second:02}" if minutes or second else day
