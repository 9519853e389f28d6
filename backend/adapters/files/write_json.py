"""JSON out: a list of records, one a row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from backend.adapters.files.atomic import replacing
from backend.adapters.files.table import CellFormat
from backend.adapters.files.write_csv import date_text
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from backend.adapters.files.table import Scalar, Sheet


def write_json(path: Path, sheet: Sheet, names: Sequence[str]) -> None:
    """Write a table as a list of records, whole or not at all. Dates are ISO text, a blank cell is null.

    Args:
        path: The file; it is replaced when it exists.
        sheet: What is written.
        names: Name of each column; where it is '' the header stands for it.

    Raises:
        FileIsFolder: A folder has that name.
        FileUnwritable: The system says no; what stood at `path` is unharmed.
    """
    keys: list[str] = []
    for position in range(sheet.width):
        name = names[position] if position < len(names) else ""
        header = sheet.headers[position] if position < len(sheet.headers) else ""
        key = name or header.strip() or column_letters(position)
        keys.append(f"{key} ({column_letters(position)})" if key in keys else key)
    kinds = [sheet.format_of(position) for position in range(sheet.width)]
    blank = dict.fromkeys(keys)
    records = [
        blank
        | {key: _written(cell, kind) for key, cell, kind in zip(keys, row, kinds, strict=False) if cell != ""}
        for row in sheet.rows
    ]
    with replacing(path) as file:
        text = json.dumps(records, ensure_ascii=False, indent=1)
        file.write(text.encode("utf-8", "replace") + b"\n")


def _written(cell: Scalar, kind: CellFormat) -> Scalar:
    if kind is CellFormat.DATE and isinstance(cell, int | float) and not isinstance(cell, bool):
        return date_text(cell)
    return cell
