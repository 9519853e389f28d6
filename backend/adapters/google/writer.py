"""Makes room for a plan, and writes lines of the tool tabs. RAW only: no formula can come to life."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.adapters.google import layout
from backend.adapters.google.client import compact_json
from backend.adapters.google.layout_names import quoted
from backend.adapters.google.unclear import block_places
from backend.core.snapshot import NOT_THERE
from sheets_schema.headers import HeaderLanguage, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from backend.adapters.google.client import SheetsClient
    from backend.adapters.google.reader import Structure
    from backend.core.snapshot import Snapshot, TabRead

CHUNK_BYTES = 1_990_000
"""Most bytes of one request; Google recommends at most 2 MB."""

SPARE_ROWS = 200
"""Rows a tool tab gets beyond those that are needed now."""

Row = list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive rows to write.

    Attributes:
        first: Sheet row of the first one.
        rows: Cells of each, None where a cell is to be left alone, empty where a whole row is.
    """

    first: int
    rows: list[Row]


def prepare(
    client: SheetsClient,
    spreadsheet_id: str,
    structure: Structure,
    snapshot: Snapshot,
    lines: Mapping[str, pd.DataFrame],
) -> None:
    """Make room: tool tabs that are missing, rows they need, the block's named range. One call, or none.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        structure: Its tabs and named ranges as read.
        snapshot: Its cells as read.
        lines: Lines to be written, by tab id.
    """
    requests: list[dict[str, Any]] = []
    free_ids = itertools.count(max(sheet.sheet_id for sheet in structure.sheets) + 1)
    for tab_id, frame in lines.items():
        if frame.empty:
            continue
        read = snapshot[tab_id]
        needed = int(frame.index.max())
        if read.sheet_id == NOT_THERE:
            requests.extend(_new_tab(read, next(free_ids), needed))
        elif needed > read.rows_in_grid:
            length = needed - read.rows_in_grid + SPARE_ROWS
            requests.append(
                {"appendDimension": {"sheetId": read.sheet_id, "dimension": "ROWS", "length": length}}
            )
    if "Customers" in snapshot.tabs:
        for customers in snapshot["Customers"].sheets:
            requests.extend(_block_range(structure, customers))
    if requests:
        client.batch_update(spreadsheet_id, {"requests": requests})


def write_lines(
    client: SheetsClient, spreadsheet_id: str, snapshot: Snapshot, lines: Mapping[str, pd.DataFrame]
) -> bool:
    """Write lines of tool tabs, all tabs together, in as few calls as fit; say whether there were any."""
    ranges = list(_line_ranges(snapshot, lines))
    _put_ranges(client, spreadsheet_id, ranges)
    return bool(ranges)


def write_ranges(
    client: SheetsClient, spreadsheet_id: str, title: str, spans: Sequence[Span], *, first_column: int
) -> None:
    """Write spans of one tab as they are, in as few calls as fit."""
    _put_ranges(client, spreadsheet_id, list(_value_ranges(title, spans, first_column=first_column)))


def rows_in_chunks(rows: Sequence[Sequence[Any]], *, first_row: int) -> Iterator[Span]:
    """Cut consecutive rows into spans that each fit one request."""
    for chunk in _chunks({row: list(cells) for row, cells in enumerate(rows, start=first_row)}):
        yield from _consecutive(chunk)


def _value_ranges(title: str, spans: Sequence[Span], *, first_column: int) -> Iterator[dict[str, Any]]:
    for span in spans:
        width = max(map(len, span.rows))
        corner = f"{column_letters(first_column)}{span.first}"
        end = f"{column_letters(first_column + width - 1)}{span.first + len(span.rows) - 1}"
        yield {"range": f"{quoted(title)}!{corner}:{end}", "values": span.rows}


def _new_tab(read: TabRead, sheet_id: int, needed: int) -> list[dict[str, Any]]:
    properties = layout.sheet_properties(read.title, needed + SPARE_ROWS, len(read.tab.columns))
    return [
        {"addSheet": {"properties": {**properties, "sheetId": sheet_id}}},
        *layout.tab_requests(read.tab, sheet_id, HeaderLanguage.BOTH, ()),
    ]


def _block_range(structure: Structure, customers: TabRead) -> list[dict[str, Any]]:
    """Give the requests that put the named range over the block again, where it is gone or elsewhere."""
    places = block_places(customers)
    wanted = (customers.sheet_id, places[0], places[-1] + 1, 0)
    sheet = next(sheet for sheet in structure.sheets if sheet.sheet_id == customers.sheet_id)
    block = sheet.block
    found = tuple(
        block.get(name, 0) for name in ("sheetId", "startColumnIndex", "endColumnIndex", "startRowIndex")
    )
    if block and found == wanted and "endRowIndex" not in block:
        return []
    return layout.block_range_request(customers.sheet_id, places[0], len(places), replaces=sheet.block_id)


def _put_ranges(client: SheetsClient, spreadsheet_id: str, ranges: Sequence[dict[str, Any]]) -> None:
    for group in _groups(ranges):
        client.values_batch_update(spreadsheet_id, body={"valueInputOption": "RAW", "data": group})


def _chunks(rows: Mapping[int, Row]) -> Iterator[dict[int, Row]]:
    """Cut rows into chunks that fit one request."""
    chunk: dict[int, Row] = {}
    size = 0
    for row, cells in rows.items():
        bytes_here = len(compact_json(cells)) + 1
        if chunk and size + bytes_here > CHUNK_BYTES:
            yield chunk
            chunk, size = {}, 0
        chunk[row] = cells
        size += bytes_here
    if chunk:
        yield chunk


def _line_ranges(snapshot: Snapshot, lines: Mapping[str, pd.DataFrame]) -> Iterator[dict[str, Any]]:
    for tab_id, frame in lines.items():
        if frame.empty:
            continue
        read = snapshot[tab_id]
        places = {name: place for name, place in read.binding.positions if name in frame.columns}
        first, width = min(places.values()), max(places.values()) - min(places.values()) + 1
        rows: dict[int, Row] = {}
        for row, *cells in frame[list(places)].itertuples(name=None):
            line: Row = [None] * width
            for place, cell in zip(places.values(), cells, strict=True):
                line[place - first] = cell
            rows[row] = line
        spans = [span for chunk in _chunks(rows) for span in _consecutive(chunk)]
        yield from _value_ranges(read.title, spans, first_column=first)


def _consecutive(rows: Mapping[int, Row]) -> Iterator[Span]:
    span: Span | None = None
    for row, cells in rows.items():
        if span is not None and row == span.first + len(span.rows):
            span.rows.append(cells)
            continue
        if span is not None:
            yield span
        span = Span(first=row, rows=[cells])
    if span is not None:
        yield span


def _groups(ranges: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Put ranges together into requests that are not too large."""
    group: list[dict[str, Any]] = []
    size = 0
    for one in ranges:
        bytes_here = len(compact_json(one)) + 1
        if group and size + bytes_here > CHUNK_BYTES:
            yield group
            group, size = [], 0
        group.append(one)
        size += bytes_here
    if group:
        yield group
