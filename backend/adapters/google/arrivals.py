"""Writes new rows below the last one: rows are inserted and filled in one atomic batch.

Rows that are inserted are blank whatever people did since the last look: nothing that was typed can lie under
them, wherever they land. A cell goes in as what it is: `userEnteredValue` parses nothing, a formula stays
text. Every new customer has its row id from the start, so that an answer that got lost is looked up by id
before anything is sent again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from backend.adapters.google.client import compact_json
from backend.adapters.google.unclear import block_places
from backend.adapters.google.writer import CHUNK_BYTES
from backend.errors import AnswerUnclear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.core.fields.field import Cell
    from backend.core.snapshot import TabRead

_TRIES = 3

Arriving = tuple[str, "Mapping[int, Cell]"]
"""A new row id, and cells by 0-based column position."""


def bring_in(
    client: SheetsClient,
    spreadsheet_id: str,
    read: Callable[[], TabRead],
    rows: Sequence[Arriving],
    *,
    told: Callable[[int, int], None],
) -> list[str]:
    """Write new customers and look whether they stand there; for arguments see `SheetRegister.bring_in`.

    Raises:
        AnswerUnclear: An answer got lost again and again.
    """
    customers = read()
    place = block_places(customers)[0]
    waiting = list(rows)
    done = 0
    for tried in range(_TRIES):
        try:
            for chunk in _chunks(waiting):
                lines = [{place: row_id, **cells} for row_id, cells in chunk]
                insert_rows(client, spreadsheet_id, customers, customers.last_row + done, lines)
                done += len(chunk)
                told(done, len(rows))
            break
        except AnswerUnclear:
            if tried == _TRIES - 1:
                raise
            customers, done = read(), 0
            there = set(customers.cells("row_id"))
            waiting = [one for one in rows if one[0] not in there]
    found = Counter(read().cells("row_id"))
    return [row_id for row_id, _ in rows if found[row_id] != 1]


def insert_rows(
    client: SheetsClient,
    spreadsheet_id: str,
    read: TabRead,
    after_row: int,
    rows: Sequence[Mapping[int, Cell]],
) -> None:
    """Insert rows after a sheet row and fill them, in one atomic batch.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        read: The tab as read.
        after_row: 1-based sheet row after which they go.
        rows: Cells by 0-based column position; the others stay blank.
    """
    sheet_id = read.sheet_id
    width = 1 + max(max(cells, default=0) for cells in rows)
    span = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": after_row}
    requests: list[dict[str, Any]] = [
        {"appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": 1}}
    ] * (after_row >= read.rows_in_grid)
    requests += [
        {
            "insertDimension": {
                "range": {**span, "endIndex": after_row + len(rows)},
                "inheritFromBefore": after_row > read.binding.header_row,
            }
        },
        {
            "updateCells": {
                "rows": [
                    {"values": [_value(cells.get(place, "")) for place in range(width)]} for cells in rows
                ],
                "fields": "userEnteredValue",
                "start": {"sheetId": sheet_id, "rowIndex": after_row, "columnIndex": 0},
            }
        },
    ]
    client.batch_update(spreadsheet_id, {"requests": requests})


def _value(cell: Cell) -> dict[str, Any]:
    if cell == "":
        return {}
    kind = (
        "boolValue" if isinstance(cell, bool) else "stringValue" if isinstance(cell, str) else "numberValue"
    )
    return {"userEnteredValue": {kind: cell}}


def _chunks(rows: Sequence[Arriving]) -> Iterator[list[Arriving]]:
    """Cut rows into chunks that fit one request each."""
    chunk: list[Arriving] = []
    size = 0
    for row_id, cells in rows:
        bytes_here = (
            60 + sum(45 + len(compact_json(cell)) for cell in cells.values()) + 3 * max(cells, default=0)
        )
        if chunk and size + bytes_here > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
        chunk.append((row_id, cells))
        size += bytes_here
    if chunk:
        yield chunk
