"""Fills blank cells of the team's, and changes nothing else, whatever people move meanwhile.

A cell is claimed by a mark that stands nowhere else: `findReplace` of `^$` on that one cell, which leaves a
cell that is not blank any more alone. Then the sheet is read. Where a mark stands beside the row id it is
meant for, the mark becomes the value; anywhere else it becomes blank again. Both replace the mark and nothing
but the mark, so a row that has moved in between is missed, never hit. A cell counts as filled when a later
read finds the value beside the right row id.
"""

from __future__ import annotations

import itertools
import re
import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from backend.errors import AnswerUnclear, RequestRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.core.fields.field import Cell
    from backend.core.filling import BlankFill
    from backend.core.snapshot import TabRead

CLAIMS_A_BATCH = 200
"""Most cells claimed by one request (row-safety.md, section 1)."""

_SPARE_ROUNDS = 12
"""Rounds beyond those that a sheet nobody edits takes."""

_TRIES = 3
"""How often one cell is claimed, and how often a request is sent whose answer gets lost."""

_START = "Steward:"
_MARK = re.compile(r"Steward:[0-9a-f]{8}:[0-9]+")

Request = dict[str, Any]
Spot = tuple[int, str]
"""Row and field id."""


def fill_blank_cells(
    client: SheetsClient,
    spreadsheet_id: str,
    read: Callable[[], TabRead],
    fills: Sequence[BlankFill],
    *,
    told: Callable[[int, int], None],
) -> tuple[Sequence[BlankFill], Sequence[BlankFill]]:
    """Fill cells of the Customers tab that are blank, and look whether the values stand where they belong.

    Each round reads the tab and sends one atomic request; as many cells as fit are claimed while those
    claimed the round before are filled. No mark is left when it returns.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        read: Reads the Customers tab.
        fills: One a cell.
        told: Called after each request that wrote, or may have, with cells settled and cells to fill.

    Returns:
        Those that were filled, read again beside the right row id; and those that were not: somebody was
        there first, the row is gone, or people moved it too often.

    Raises:
        AnswerUnclear: Marks may be left, and the request that takes them away got no answer.
        RequestRefused: The service refused twice in a row; no mark is left.
    """
    filling = _Filling(fills=fills)
    rounds = -(-len(fills) // CLAIMS_A_BATCH) + _SPARE_ROUNDS if fills else 0
    try:
        for left in reversed(range(rounds)):
            requests = filling.requests(read())
            if not requests or not left:
                break
            filling.refused = not _sent(client, spreadsheet_id, requests, again=not filling.refused)
            if not filling.refused:
                told(len(filling.settled), len(fills))
    finally:
        if filling.customers is not None and filling.may_be_left:
            take_marks_away(client, spreadsheet_id, filling.customers)
    return (
        [fill for fill in fills if fill.place in filling.settled],
        [fill for fill in fills if fill.place not in filling.settled],
    )


def marks_in(customers: TabRead) -> list[tuple[Spot, str]]:
    """Give the marks that stand in the team's columns: left by a run that was killed, or just set."""
    return [
        ((row, column.id), cell)
        for column in customers.tab.team_columns
        if customers.has(column.id)
        for row, cell in zip(customers.frame.index, customers.frame[column.id], strict=True)
        if isinstance(cell, str) and cell.startswith(_START) and _MARK.fullmatch(cell)
    ]


def take_marks_away(client: SheetsClient, spreadsheet_id: str, customers: TabRead) -> None:
    """Make every cell of the Customers tab that holds a mark blank again, wherever it is: one request.

    Raises:
        AnswerUnclear: It got no answer several times.
    """
    sheets = [{"sheetId": sheet.sheet_id} for sheet in customers.sheets]
    requests = [_replacement(_MARK.pattern, "", sheet, regex=True) for sheet in sheets]
    for tried in range(_TRIES):
        try:
            client.batch_update(spreadsheet_id, {"requests": requests})
        except AnswerUnclear:
            if tried == _TRIES - 1:
                raise
        else:
            return


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
class _Filling:
    """How far a filling is. What it does next depends on the last read and on nothing that it sent.

    Attributes:
        settled: Places whose value was read again beside the right row id.
        over: Places about which nothing more is to be done.
        written: Places whose mark was told to become the value.
        claims: The fill each mark is for.
        unseen: Marks that were sent and have not been read yet.
        standing: Whether the last read saw a mark.
        refused: Whether the last request was refused as a whole.
        customers: The tab as it was read last; None before the first read.
    """

    fills: Sequence[BlankFill]
    settled: set[tuple[str, str]] = field(default_factory=set)
    over: set[tuple[str, str]] = field(default_factory=set)
    written: set[tuple[str, str]] = field(default_factory=set)
    tries: Counter[tuple[str, str]] = field(default_factory=Counter)
    claims: dict[str, BlankFill] = field(default_factory=dict)
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

    def requests(self, customers: TabRead) -> list[Request]:
        """Give what is to be sent after a read."""
        self.customers = customers
        rows = _row_of_each_id(customers)
        marks = marks_in(customers)
        held: set[tuple[str, str]] = set()
        result: list[Request] = []
        self.standing = bool(marks)
        for spot, mark in marks:
            self.unseen.discard(mark)
            fill = self.claims.get(mark)
            if fill is not None and spot == (rows.get(fill.row_id), fill.column):
                held.add(fill.place)
                self.written.add(fill.place)
                result += _value_requests(customers, spot, mark, fill)
            else:
                result.append(_replacement(mark, "", _one_cell(customers, spot)))
        return result + self._next_claims(customers, rows, held)

    def _next_claims(
        self, customers: TabRead, rows: Mapping[str, int], held: set[tuple[str, str]]
    ) -> list[Request]:
        result: list[Request] = []
        for fill in self.fills:
            if fill.place in held or fill.place in self.over:
                continue
            spot = (rows.get(fill.row_id, 0), fill.column)
            cell = _cell_at(customers, spot)
            if cell != "" or self.tries[fill.place] == _TRIES:
                self.over.add(fill.place)
                if fill.place in self.written and cell in fill.stands_as:
                    self.settled.add(fill.place)
            elif len(result) < CLAIMS_A_BATCH:
                result.append(self._claim(customers, spot, fill))
        return result

    def _claim(self, customers: TabRead, spot: Spot, fill: BlankFill) -> Request:
        mark = f"{_START}{self._token}:{next(self._numbers)}"
        self.claims[mark] = fill
        self.unseen.add(mark)
        self.tries[fill.place] += 1
        return _replacement("^$", mark, _one_cell(customers, spot), regex=True)


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


def _value_requests(customers: TabRead, spot: Spot, mark: str, fill: BlankFill) -> Iterator[Request]:
    """Give the requests that make a mark the value; what no text cell gets may be parsed."""
    cell = _one_cell(customers, spot)
    if fill.as_text:
        number_format = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
        yield {
            "repeatCell": {
                **cell,
                "cell": {"userEnteredFormat": number_format},
                "fields": "userEnteredFormat.numberFormat",
            }
        }
    yield _replacement(mark, fill.text, cell)


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
