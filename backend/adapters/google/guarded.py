"""Changes cells of the team's from what they hold, and nothing else, whatever people move meanwhile.

A cell is claimed by a mark that stands nowhere else: `findReplace` on that one cell of exactly what it is to
hold, blank or not, which leaves a cell that holds something else by now alone. Then the sheet is read. Where
a mark stands beside the row id it is meant for, the mark becomes the value; anywhere else it becomes again
what was there, which the mark itself says. Both replace the mark and nothing but the mark, so a row that has
moved in between is missed, never hit. A cell counts as changed when a later read finds the value beside the
right row id.

If the service compares how a number or a date is shown, then of two that are shown alike, one typed over the
other between two calls is taken for it.
"""

from __future__ import annotations

import itertools
import re
import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from backend.adapters.google.layout_names import quoted
from backend.core.fields.reading import text_of
from backend.core.guarded_change import could_be_read, same
from backend.core.snapshot import MOST_ROWS
from backend.errors import AnswerUnclear, RequestRefused
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.core.fields.field import Cell
    from backend.core.guarded_change import GuardedChange
    from backend.core.snapshot import TabRead

CLAIMS_A_BATCH = 200
"""Most cells claimed by one request (row-safety.md, section 1)."""

_SPARE_ROUNDS = 12
"""Rounds beyond those that a sheet nobody edits takes."""

_TRIES = 3
"""How often one cell is claimed, and how often a request is sent whose answer gets lost."""

_START = "Steward:"
_MARK = re.compile(r"Steward:[0-9a-f]{8}:[0-9]+:('?)(.*)", re.DOTALL)
_ANY_MARK = r"Steward:[0-9a-f]{8}:[0-9]+:'?([\s\S]*)"
_LONGEST = 49_900
"""Most characters of a cell that can be claimed: the mark keeps them."""

Request = dict[str, Any]
Spot = tuple[int, str]
"""Row and field id."""


def change_cells(
    client: SheetsClient,
    spreadsheet_id: str,
    read: Callable[[], TabRead],
    changes: Sequence[GuardedChange],
    *,
    told: Callable[[int, int], None],
) -> tuple[Sequence[GuardedChange], Sequence[GuardedChange]]:
    """Change cells of the Customers tab, and look whether the values stand where they belong.

    Each round reads the tab and sends one atomic request; as many cells as fit are claimed while those
    claimed the round before are changed. No mark is left when it returns.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        read: Reads the Customers tab.
        changes: One a cell.
        told: Called after each request that wrote, or may have, with cells settled and cells to change.

    Returns:
        Those that were made, read again beside the right row id; and those that were not: the cell holds
        something else, the row is gone, or people moved it too often.

    Raises:
        AnswerUnclear: Marks may be left, and the request that takes them away got no answer.
        RequestRefused: The service refused twice in a row; no mark is left.
    """
    changing = _Changing(changes=changes)
    rounds = -(-len(changes) // CLAIMS_A_BATCH) + _SPARE_ROUNDS if changes else 0
    try:
        for left in reversed(range(rounds)):
            customers = read()
            shown = _shown(client, spreadsheet_id, customers, changing.open_numbers(customers))
            requests = changing.requests(customers, shown)
            if not requests or not left:
                break
            changing.refused = not _sent(client, spreadsheet_id, requests, again=not changing.refused)
            if not changing.refused:
                told(len(changing.settled), len(changes))
    finally:
        if changing.customers is not None and changing.may_be_left:
            take_marks_away(client, spreadsheet_id, changing.customers)
    return (
        [change for change in changes if change.place in changing.settled],
        [change for change in changes if change.place not in changing.settled],
    )


def marks_in(customers: TabRead) -> list[tuple[Spot, str]]:
    """Give the marks that stand in the team's columns: left by a run that was killed, or just set."""
    return [
        ((row, column.id), cell)
        for column in customers.tab.team_columns
        if customers.has(column.id)
        for row, cell in zip(customers.frame.index, customers.frame[column.id].tolist(), strict=True)
        if isinstance(cell, str) and cell.startswith(_START) and _MARK.fullmatch(cell)
    ]


def take_marks_away(client: SheetsClient, spreadsheet_id: str, customers: TabRead) -> None:
    """Give every cell of the Customers tab that holds a mark back what it held, wherever it is: one request.

    Raises:
        AnswerUnclear: It got no answer several times.
    """
    sheets = [{"sheetId": sheet.sheet_id} for sheet in customers.sheets]
    requests = [one for spot, mark in marks_in(customers) for one in _given_back(customers, spot, mark)]
    requests += [_replacement(_ANY_MARK, "$1", sheet, regex=True) for sheet in sheets]
    for tried in range(_TRIES):
        try:
            client.batch_update(spreadsheet_id, {"requests": requests})
        except AnswerUnclear:
            if tried == _TRIES - 1:
                raise
        else:
            return


def _given_back(customers: TabRead, spot: Spot, mark: str) -> Iterator[Request]:
    """Give the requests that make a mark what it took the place of, wherever the row is by now."""
    found = _MARK.fullmatch(mark)
    is_text, text = (found[1] != "", found[2]) if found else (False, "")
    if is_text and could_be_read(text):
        yield _text_cell(_one_cell(customers, spot))
    yield _replacement(mark, text, {"sheetId": _sheet_of(customers, spot[0]).sheet_id})


def _shown(
    client: SheetsClient, spreadsheet_id: str, customers: TabRead, changes: Mapping[Spot, Cell]
) -> dict[Spot, str]:
    """Read how numbers and dates are shown which still hold what they are to hold; one call, or none."""
    if not changes:
        return {}
    ranges = []
    for row, column in changes:
        sheet, place = _sheet_of(customers, row), column_letters(_place_of(customers, row, column))
        ranges.append(f"{quoted(sheet.title)}!{place}{row % MOST_ROWS}")
    values = "rowData(values(effectiveValue,formattedValue))"
    fields = f"sheets(properties(sheetId),data(startRow,startColumn,{values}))"
    answer = client.fetch_sheet_metadata(spreadsheet_id, params={"ranges": ranges, "fields": fields})
    cells: dict[tuple[int, int, int], Any] = {}
    for tab in answer.get("sheets", ()):
        for part in tab.get("data", ()):
            found = (part.get("rowData") or [{}])[0].get("values") or [{}]
            spot = (part.get("startRow", 0) + 1, part.get("startColumn", 0))
            cells[tab["properties"].get("sheetId", 0), *spot] = found[0]
    result: dict[Spot, str] = {}
    for (row, column), wanted in changes.items():
        sheet_id = _sheet_of(customers, row).sheet_id
        cell = cells.get((sheet_id, row % MOST_ROWS, _place_of(customers, row, column)), {})
        if same(next(iter(cell.get("effectiveValue", {}).values()), ""), wanted):
            result[row, column] = cell.get("formattedValue", "")
    return result


def _sent(client: SheetsClient, spreadsheet_id: str, requests: list[Request], *, again: bool) -> bool:
    """Send requests; say whether they were taken, or may have been. A row they name may be gone by now.

    Raises:
        RequestRefused: They were not taken, and nobody wants to try again.
    """
    try:
        with suppress(AnswerUnclear):
            client.batch_update(spreadsheet_id, {"requests": requests})
    except RequestRefused:
        if not again:
            raise
        return False
    return True


@dataclass(slots=True, kw_only=True)
class _Changing:
    """How far a changing is. What it does next depends on the last read and on nothing that it sent.

    Attributes:
        settled: Places whose value was read again beside the right row id.
        over: Places about which nothing more is to be done.
        written: Places whose mark was told to become the value.
        claims: The change each mark is for.
        unseen: Marks that were sent and have not been read yet.
        standing: Whether the last read saw a mark.
        refused: Whether the last request was refused as a whole.
        customers: The tab as it was read last; None before the first read.
    """

    changes: Sequence[GuardedChange]
    settled: set[tuple[str, str]] = field(default_factory=set)
    over: set[tuple[str, str]] = field(default_factory=set)
    written: set[tuple[str, str]] = field(default_factory=set)
    tries: Counter[tuple[str, str]] = field(default_factory=Counter)
    claims: dict[str, GuardedChange] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    standing: bool = False
    refused: bool = False
    customers: TabRead | None = None
    _token: str = field(default_factory=lambda: secrets.token_hex(4))
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def may_be_left(self) -> bool:
        """Whether a mark may stand somewhere: the last read saw one, or one was never seen."""
        return self.standing or bool(self.unseen)

    def open_numbers(self, customers: TabRead) -> dict[Spot, Cell]:
        """Give the cells to be claimed next that hold a number, a date or a tick, and what they hold."""
        rows = _row_of_each_id(customers)
        wanted: dict[Spot, Cell] = {}
        for change in self.changes:
            spot = (rows.get(change.row_id, 0), change.column)
            if isinstance(change.before, str) or change.place in self.over or len(wanted) == CLAIMS_A_BATCH:
                continue
            if same(_cell_at(customers, spot), change.before):
                wanted[spot] = change.before
        return wanted

    def requests(self, customers: TabRead, shown: Mapping[Spot, str]) -> list[Request]:
        """Give what is to be sent after a read.

        Args:
            customers: The tab as read.
            shown: How the cells of `open_numbers` are shown.
        """
        self.customers = customers
        rows = _row_of_each_id(customers)
        marks = marks_in(customers)
        held: set[tuple[str, str]] = set()
        result: list[Request] = []
        self.standing = bool(marks)
        for spot, mark in marks:
            self.unseen.discard(mark)
            change = self.claims.get(mark)
            if change is not None and spot == (rows.get(change.row_id), change.column):
                held.add(change.place)
                self.written.add(change.place)
                result += _value_requests(customers, spot, mark, change)
            else:
                result += _given_back(customers, spot, mark)
        return result + self._next_claims(customers, rows, held, shown)

    def _next_claims(
        self,
        customers: TabRead,
        rows: Mapping[str, int],
        held: set[tuple[str, str]],
        shown: Mapping[Spot, str],
    ) -> list[Request]:
        result: list[Request] = []
        for change in self.changes:
            if change.place in held or change.place in self.over:
                continue
            spot = (rows.get(change.row_id, 0), change.column)
            cell = _cell_at(customers, spot)
            if cell in self.claims:
                continue  # hit by the claim of a row that moved: it is given back with this request
            if not same(cell, change.before) or self.tries[change.place] == _TRIES or _is_long(cell):
                self.over.add(change.place)
                if change.place in self.written and any(same(cell, one) for one in change.stands_as):
                    self.settled.add(change.place)
            elif len(result) < CLAIMS_A_BATCH and (isinstance(cell, str) or shown.get(spot)):
                result.append(self._claim(customers, spot, change, shown.get(spot)))
        return result

    def _claim(self, customers: TabRead, spot: Spot, change: GuardedChange, shown: str | None) -> Request:
        """Claim a cell; a number or a date first by its value, then as it is shown.

        Which of them the service compares is not known (row-safety.md, V5).
        """
        if shown is not None and not self.tries[change.place]:
            shown = text_of(change.before)
        find = str(change.before) if shown is None else shown
        kept = f"'{find}" if shown is None and find else find
        mark = f"{_START}{self._token}:{next(self._numbers)}:{kept}"
        self.claims[mark] = change
        self.unseen.add(mark)
        self.tries[change.place] += 1
        return _replacement(find or "^$", mark, _one_cell(customers, spot), regex=not find)


def _is_long(cell: Cell | None) -> bool:
    return isinstance(cell, str) and len(cell) > _LONGEST


def _row_of_each_id(customers: TabRead) -> Mapping[str, int]:
    """Give the sheet row of each row id that stands in one row only."""
    ids = customers.cells("row_id")
    counts = Counter(ids.tolist())
    return {
        str(row_id): int(row)
        for row, row_id in zip(ids.index, ids, strict=True)
        if row_id != "" and counts[row_id] == 1
    }


def _cell_at(customers: TabRead, spot: Spot) -> Cell | None:
    """Give a cell as read; None where the row or the column is gone."""
    row, column = spot
    if not row or not customers.at(row)[0].has(column):
        return None
    cell: Cell = cast("Any", customers.frame[column].at[row])
    return cell


def _value_requests(customers: TabRead, spot: Spot, mark: str, change: GuardedChange) -> Iterator[Request]:
    """Give the requests that make a mark the value; what no text cell gets may be parsed."""
    cell = _one_cell(customers, spot)
    if change.as_text:
        yield _text_cell(cell)
    yield _replacement(mark, change.text, cell)


def _text_cell(cell: Request) -> Request:
    number_format = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
    return {
        "repeatCell": {
            **cell,
            "cell": {"userEnteredFormat": number_format},
            "fields": "userEnteredFormat.numberFormat",
        }
    }


def _sheet_of(customers: TabRead, row: int) -> TabRead:
    return customers.sheets[row // MOST_ROWS]


def _place_of(customers: TabRead, row: int, column: str) -> int:
    return dict(_sheet_of(customers, row).binding.positions)[column]


def _one_cell(customers: TabRead, spot: Spot) -> Request:
    sheet, row = customers.at(spot[0])
    place = dict(sheet.binding.positions)[spot[1]]
    return {
        "range": {
            "sheetId": sheet.sheet_id,
            "startRowIndex": row - 1,
            "endRowIndex": row,
            "startColumnIndex": place,
            "endColumnIndex": place + 1,
        }
    }


def _replacement(find: str, text: str, area: Request, *, regex: bool = False) -> Request:
    """Give the request that replaces the cells of an area which hold exactly this."""
    return {
        "findReplace": {
            "find": find,
            "replacement": text,
            "matchCase": True,
            "matchEntireCell": True,
            "searchByRegex": regex,
            "includeFormulas": False,
            **area,
        }
    }
