"""JSON in: a list of flat records, as `steward export` writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from backend import errors
from backend.adapters.files.table import Grid, Table, split_header

if TYPE_CHECKING:
    from pathlib import Path

_NOT_A_LIST = ("it is JSON, but no list of flat records", "它是 JSON，但不是单层记录的列表")


def read(path: Path, data: bytes) -> Table:
    """Read a list of records; the columns are all names that occur, in the order of their first.

    Raises:
        FileNotATable: It is no JSON, or no list of records of texts, numbers, true and false.
    """
    try:
        records = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise errors.FileNotATable(
            path, (f"it is broken JSON ({error})", f"JSON 已损坏（{error}）")
        ) from error
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise errors.FileNotATable(path, _NOT_A_LIST)
    names = list(dict.fromkeys(name for record in records for name in record))
    rows: list[list[Any]] = [
        ["" if record.get(name) is None else record[name] for name in names] for record in records
    ]
    if any(not isinstance(cell, str | int | float | bool) for row in rows for cell in row):
        raise errors.FileNotATable(path, _NOT_A_LIST)
    if not rows:
        raise errors.FileEmpty(path)
    grid = Grid(path=path, rows=[[*names], *rows], lines=range(1, len(rows) + 2))
    headers, body = split_header(grid, 1)
    return Table.of(headers, body)
