"""Takes rows out of Customers, and brings them back: never without a copy, and only the right ones.

One atomic request copies rows to the Archive tab and deletes them. People may have moved rows since the last
look, so the next look judges each copy: a row that is not the one that was meant, or not as it was to be, is
put back with another atomic request, as it was. Until then its line says so, also to a run after a crash.
"""

from __future__ import annotations

import secrets
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

from backend.adapters.google import layout
from backend.adapters.google.archive_look import Found, View, look
from backend.adapters.google.fenced import old_fences, send_once
from backend.core.archived import COPY, HEADERS, proof, spans, team_cells, unjudged
from backend.core.archived import names as names_of
from backend.errors import RequestRefused
from sheets_schema.headers import HeaderLanguage, bind_row, tab_title
from sheets_schema.tabs.archive import ARCHIVE
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from backend.adapters.google.client import SheetsClient
    from backend.adapters.google.reader import Sheet
    from backend.core.archived import Line
    from backend.core.fields.field import Cell
    from backend.core.snapshot import TabRead
    from backend.ports import Leave

BATCH = 200
"""Most rows one request takes out."""

_SPARE_ROUNDS = 24
"""Rounds beyond those that a sheet nobody edits takes."""

_TRIES = 3
"""How often one row is taken out, or brought back."""

_SPARE_COLUMNS = 20
_ROWS = 200

Request = dict[str, Any]


class Archive:
    """The Archive tab of one spreadsheet, and the way there and back.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        clock: Gives the moment, UTC.
        told: Called before each request that writes.
    """

    def __init__(
        self,
        client: SheetsClient,
        spreadsheet_id: str,
        clock: Callable[[], datetime],
        told: Callable[[], object] = lambda: None,
    ) -> None:
        self._client = client
        self._spreadsheet_id = spreadsheet_id
        self._clock = clock
        self._told = told
        self._first: list[Request] | None = None
        self._refused = False

    def settle(self) -> View:
        """Judge what a run that was killed left unjudged; give the last look.

        A line that is still not verified in it was moved too often.
        """
        return self._rounds(lambda _view: [], 0)

    def take_out(self, rows: Mapping[str, Mapping[str, Cell]], leave: Leave) -> View:
        """Take rows out whose team's cells are exactly these.

        Args:
            rows: The team's cells that are not blank, by name, by row id.
            leave: Why.

        Returns:
            The last look: what was taken out stands in the Archive tab, verified, and not among its rows.

        Raises:
            RequestRefused: The service refused twice in a row.
            AnswerUnclear: It gave no answer several times; the next run settles what is left.
        """
        tries: Counter[str] = Counter()

        def requests(view: View) -> list[Request]:
            wanted = [
                (row_id, view.rows[row_id])
                for row_id, cells in rows.items()
                if row_id in view.rows
                and tries[row_id] < _TRIES
                and team_cells(view.rows[row_id].cells) == dict(cells)
            ]
            part = wanted[0][1].part if wanted else 0
            chosen = list(islice((one for one in wanted if one[1].part == part), BATCH))
            tries.update(row_id for row_id, _ in chosen)
            return _removal(view, view.customers[part], chosen, leave) if chosen else []

        return self._rounds(requests, len(rows))

    def bring_back(self, row_ids: Collection[str]) -> View:
        """Bring rows back below the last row of the sheet they came from; give the last look.

        Raises:
            RequestRefused, AnswerUnclear: As `take_out`.
        """
        tries: Counter[str] = Counter()

        def requests(view: View) -> list[Request]:
            waiting = {
                line.cells["row_id"]: line
                for line in view.lines
                if line.is_verified and not line.is_headers and line.cells["row_id"] in row_ids
            }
            lines = [
                line
                for row_id, line in waiting.items()
                if row_id not in view.rows and row_id not in view.twice and tries[row_id] < _TRIES
            ][:BATCH]
            tries.update(line.cells["row_id"] for line in lines)
            return _putting_back(view, lines, below=True)

        return self._rounds(requests, len(row_ids))

    def _rounds(self, next_requests: Callable[[View], list[Request]], rows: int) -> View:
        """Look, judge and send, until nothing is left to do or people have moved rows too often."""
        for _ in range(3 * -(-rows // BATCH) + _SPARE_ROUNDS):
            view = look(self._client, self._spreadsheet_id)
            requests = _judging(view)
            if not requests and view.customers:
                requests = next_requests(view)
            if not requests:
                return view
            self._told()
            self._send([*self._room(view), *requests])
        return look(self._client, self._spreadsheet_id)

    def _send(self, requests: list[Request]) -> None:
        now = self._clock()
        if self._first is None:
            self._first = old_fences(self._client, self._spreadsheet_id, now)
        try:
            send_once(self._client, self._spreadsheet_id, [*self._first, *requests], now)
        except RequestRefused:
            if self._refused:
                raise
            self._refused = True
        else:
            self._refused, self._first = False, []

    def _room(self, view: View) -> list[Request]:
        """Give the requests that make the Archive tab wide enough."""
        widest = max(
            (sheet.columns for sheet in view.structure.sheets if sheet is not view.archive), default=0
        )
        if view.archive is None or view.archive.columns >= COPY + widest:
            return []
        length = COPY + widest + _SPARE_COLUMNS - view.archive.columns
        return [
            {
                "appendDimension": {
                    "sheetId": view.archive.sheet_id,
                    "dimension": "COLUMNS",
                    "length": length,
                }
            }
        ]


def _judging(view: View) -> list[Request]:
    """Give the requests that verify lines which are right, and put back rows that were hit by mistake."""
    open_lines = [line for line in view.lines if not line.is_verified and not line.is_headers][:BATCH]
    wrong = [line for line in open_lines if not line.is_right]
    verified = [_verified(view, line) for line in open_lines if line.is_right]
    return [*verified, *_putting_back(view, wrong)]


def _verified(view: View, line: Line) -> Request:
    """Take the mark off a line, wherever in the Archive tab it is by then."""
    place = [column.id for column in ARCHIVE.columns].index("state")
    return {
        "findReplace": {
            "find": line.cells["state"],
            "replacement": "",
            "matchCase": True,
            "matchEntireCell": True,
            "range": {
                "sheetId": _id_of(view.archive),
                "startColumnIndex": place,
                "endColumnIndex": place + 1,
            },
        }
    }


def _removal(view: View, sheet: TabRead, rows: Sequence[tuple[str, Found]], leave: Leave) -> list[Request]:
    """Give the batch that copies rows and their header row to the Archive tab and deletes them."""
    archive, making = _archive_of(view)
    first = max(view.archive_rows, 1)
    count = len(rows) + 1
    batch = secrets.token_hex(4)
    lines = [
        _own_cells(leave, place=f"{batch}:{sheet.sheet_id}:{HEADERS}"),
        *(_line_for(sheet, row_id, found, leave, batch) for row_id, found in rows),
    ]
    sources = [sheet.binding.header_row, *(found.row for _, found in rows)]
    width = next(one.columns for one in view.structure.sheets if one.sheet_id == sheet.sheet_id)
    grid = view.archive.rows if view.archive else _ROWS
    return [
        *making,
        *[_append(archive)] * (first >= grid),
        _insert(archive, first, count),
        {
            "updateCells": {
                "start": {"sheetId": archive, "rowIndex": first, "columnIndex": 0},
                "rows": [{"values": line} for line in lines],
                "fields": "userEnteredValue",
            }
        },
        *(
            _copy((sheet.sheet_id, row - 1, 0), (archive, first + place, COPY), width)
            for place, row in enumerate(sources)
        ),
        *[_append(sheet.sheet_id)] * (sheet.rows_in_grid - sheet.binding.header_row <= len(rows)),
        *(_delete(sheet.sheet_id, row - 1) for row in sorted(sources[1:], reverse=True)),
    ]


def _line_for(sheet: TabRead, row_id: str, found: Found, leave: Leave, batch: str) -> list[Request]:
    place = f"{batch}:{sheet.sheet_id}:{found.row}"
    by_name = names_of(sheet)
    cells = [found.cells.get(name, "") for name in by_name]
    beyond = [cell for name, cell in found.cells.items() if name not in set(by_name)]
    return _own_cells(
        leave,
        row_id=row_id,
        customer=str(found.cells.get("full_name", "")),
        place=place,
        proof=proof(sheet.headers, [*cells, *beyond]),
        state=unjudged(place),
    )


def _own_cells(leave: Leave, **cells: str) -> list[Request]:
    given = {
        "why": leave.why,
        "removed_by": leave.removed_by,
        "removed_at": leave.removed_at,
        "run_id": leave.run_id,
        **cells,
    }
    texts = [given.get(column.id, "") for column in ARCHIVE.columns]
    return [{"userEnteredValue": {"stringValue": text}} if text else {} for text in texts]


def _archive_of(view: View) -> tuple[int, list[Request]]:
    """Give the sheet id of the Archive tab, and the requests that make it where it is missing."""
    if view.archive is not None:
        return view.archive.sheet_id, []
    sheet_id = max(sheet.sheet_id for sheet in view.structure.sheets) + 1
    widest = max(sheet.columns for sheet in view.structure.sheets)
    title = tab_title(ARCHIVE.label, HeaderLanguage.BOTH)
    properties = layout.sheet_properties(title, _ROWS, COPY + widest + _SPARE_COLUMNS)
    protected = {
        "range": {"sheetId": sheet_id},
        "warningOnly": True,
        "description": "客户管家 / Sheet Steward",
    }
    return sheet_id, [
        {"addSheet": {"properties": {**properties, "sheetId": sheet_id}}},
        *layout.tab_requests(ARCHIVE, sheet_id, HeaderLanguage.BOTH, ()),
        {"addProtectedRange": {"protectedRange": protected}},
    ]


def _putting_back(view: View, lines: Sequence[Line], *, below: bool = False) -> list[Request]:
    """Give the batch that moves rows back: to the place each came from, or below the last row."""
    if not lines or view.archive is None:
        return []
    requests: list[Request] = []
    added: Counter[int] = Counter()
    for line in sorted(lines, key=lambda line: line.came_from):
        sheet = view.sheet(line.sheet_id) or view.sheet(view.customers[0].sheet_id)
        if sheet is None:
            continue
        read = next((one for one in view.customers if one.sheet_id == sheet.sheet_id), None)
        end = sheet.rows if read is None else read.sheets[0].last_row
        start = end if below or line.came_from < 1 else min(line.came_from - 1, end)
        start += added[sheet.sheet_id] if start == end else 0
        requests += [_append(sheet.sheet_id)] * (start >= sheet.rows + added[sheet.sheet_id])
        requests.append(_insert(sheet.sheet_id, start, 1))
        added[sheet.sheet_id] += 1
        then = line.headers if "row_id" in dict(bind_row(CUSTOMERS, 1, line.headers).positions) else ()
        now = read.headers if read else ()
        requests += [
            _copy(
                (view.archive.sheet_id, line.row - 1, COPY + source), (sheet.sheet_id, start, target), width
            )
            for source, target, width in spans(then, now, sheet.columns)
        ]
    return [*requests, *(_delete(view.archive.sheet_id, row - 1) for row in _emptied(view, lines))]


def _emptied(view: View, lines: Sequence[Line]) -> list[int]:
    """Give the rows of the Archive tab that go when lines go, from below: header rows without lines too."""
    gone = {line.row for line in lines}
    used = {line.batch for line in view.lines if not line.is_headers and line.row not in gone}
    heads = {line.row for line in view.lines if line.is_headers and line.batch not in used}
    return sorted(gone | heads, reverse=True)


def _id_of(sheet: Sheet | None) -> int:
    return -1 if sheet is None else sheet.sheet_id


def _rows(sheet_id: int, start: int, count: int) -> dict[str, Any]:
    return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": start, "endIndex": start + count}


def _append(sheet_id: int) -> Request:
    return {"appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": 1}}


def _insert(sheet_id: int, start: int, count: int) -> Request:
    return {"insertDimension": {"range": _rows(sheet_id, start, count), "inheritFromBefore": False}}


def _delete(sheet_id: int, start: int) -> Request:
    return {"deleteDimension": {"range": _rows(sheet_id, start, 1)}}


def _copy(source: tuple[int, int, int], target: tuple[int, int, int], width: int) -> Request:
    """Copy one row: sheet id, 0-based row and first column of both ends, and how many columns."""
    ends = [
        {
            "sheetId": sheet_id,
            "startRowIndex": row,
            "endRowIndex": row + 1,
            "startColumnIndex": column,
            "endColumnIndex": column + width,
        }
        for sheet_id, row, column in (source, target)
    ]
    return {"copyPaste": {"source": ends[0], "destination": ends[1], "pasteType": "PASTE_NORMAL"}}
