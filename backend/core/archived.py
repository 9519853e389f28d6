"""Rows that were taken out of Customers: how a line of the Archive tab shows that it is the right one.

A line holds the copy of a whole row; above the lines of one request stands a copy of the header row, made in
that request. A line is right when its copy carries the row id the line is for, and its team's cells are those
that were to be taken out: their fingerprint is the line's proof.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from backend.core import signature
from sheets_schema.headers import bind_row
from sheets_schema.tabs.archive import ARCHIVE
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.core.snapshot import TabRead

COPY = len(ARCHIVE.columns)
"""0-based position at which the copy of a row begins."""

HEADERS = "headers"
"""Stands in place of a row number in the place of a line that holds a header row."""

_UNJUDGED = "checking "

_BLOCK = replace(CUSTOMERS, columns=CUSTOMERS.block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the Archive tab.

    Attributes:
        row: 1-based sheet row.
        cells: Steward's cells, by field id.
        copy: The cells of the row that was taken out, by 0-based position.
        headers: The headers they stood under, by position; empty when they cannot be told.
    """

    row: int
    cells: Mapping[str, str]
    copy: tuple[Cell, ...]
    headers: tuple[str, ...] = ()

    @property
    def batch(self) -> str:
        """The request it came with."""
        return self.cells["place"].partition(":")[0]

    @property
    def sheet_id(self) -> int:
        """The sheet it came from; -1 when that cannot be told."""
        return _number(self.cells["place"], 1)

    @property
    def came_from(self) -> int:
        """The 1-based sheet row it came from; -1 when that cannot be told."""
        return _number(self.cells["place"], 2)

    @property
    def is_headers(self) -> bool:
        """Whether it holds a header row."""
        return self.cells["place"].endswith(f":{HEADERS}")

    @property
    def is_verified(self) -> bool:
        """Whether it was found to be right."""
        return self.cells["state"] == ""

    @property
    def is_right(self) -> bool:
        """Whether it holds the row it is for, as that was to be."""
        place = dict(bind_row(_BLOCK, 1, self.headers).positions).get("row_id", len(self.copy))
        found = self.copy[place] if place < len(self.copy) else ""
        return found == self.cells["row_id"] and proof(self.headers, self.copy) == self.cells["proof"]


def unjudged(place: str) -> str:
    """Give the state of a line that nobody has looked at yet."""
    return f"{_UNJUDGED}{place}"


def is_unjudged(state: Cell) -> bool:
    """Say whether a cell of the column `state` is that of a line nobody has looked at yet."""
    return isinstance(state, str) and state.startswith(_UNJUDGED)


def lines_in(rows: Sequence[Sequence[Cell]], header_row: int) -> list[Line]:
    """Give the lines of the Archive tab that Steward wrote.

    Args:
        rows: All its rows from row 1, ragged.
        header_row: 1-based row of its headers.
    """
    names = [column.id for column in ARCHIVE.columns]
    lines: list[Line] = []
    for number, row in enumerate(rows[header_row:], start=header_row + 1):
        cells = dict(zip_longest(names, map(str, row[:COPY]), fillvalue=""))
        if ":" in cells["place"]:
            lines.append(Line(row=number, cells=cells, copy=tuple(row[COPY:])))
    heads = {line.batch: trimmed(line.copy) for line in lines if line.is_headers}
    return [replace(line, headers=heads.get(line.batch, ())) for line in lines]


def proof(headers: Sequence[str], cells: Sequence[Cell]) -> str:
    """Give the fingerprint of a row's team's cells; blank cells, and where a column stands, do not count."""
    ours = {place for _, place in bind_row(_BLOCK, 1, headers).positions}
    named = [
        (*key, cell)
        for place, (key, cell) in enumerate(zip(keys(headers, len(cells)), cells, strict=False))
        if place not in ours and cell not in ("", None)
    ]
    return signature.digest(part for one in sorted(named, key=lambda one: one[:2]) for part in one)


def keys(headers: Sequence[str], count: int) -> list[tuple[str, int]]:
    """Give a key for each of so many columns, or more: its header, and the how manieth of that text it is."""
    seen: Counter[str] = Counter()
    result = []
    for text in (*headers, *[""] * (count - len(headers))):
        result.append((text, seen[text]))
        seen[text] += 1
    return result


def names(sheet: TabRead) -> list[str]:
    """Give each column of a sheet of Customers a name: its field id, or # and its header."""
    bound = {place: name for name, place in sheet.binding.positions}
    return [
        bound.get(place) or (f"#{text}" if not number else f"#{text}#{number}")
        for place, (text, number) in enumerate(keys(sheet.headers, len(sheet.headers)))
    ]


def team_cells(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Give the cells of a row, by name, that are the team's and hold anything."""
    ours = {column.id for column in CUSTOMERS.block}
    return {name: cell for name, cell in cells.items() if name not in ours and cell not in ("", None)}


def spans(then: Sequence[str], now: Sequence[str], width: int) -> list[tuple[int, int, int]]:
    """Give what goes where when a row comes back under headers that people may have moved.

    Args:
        then: The headers the row stood under; empty when they are not known.
        now: The headers of today; empty likewise.
        width: Columns of the sheet.

    Returns:
        First position then, first position now, and how many columns.
    """
    if not then or not now or tuple(then) == tuple(now):
        return [(0, 0, width)]
    places = {key: place for place, key in enumerate(keys(then, width))}
    pairs = [(places[key], place) for place, key in enumerate(keys(now, width)) if key in places]
    pairs = [pair for pair in pairs if pair[1] < width]
    starts = [pairs[0], *(b for a, b in pairwise(pairs) if b != (a[0] + 1, a[1] + 1))] if pairs else []
    ends = [*(pairs.index(start) for start in starts[1:]), len(pairs)]
    return [(*start, end - pairs.index(start)) for start, end in zip(starts, ends, strict=True)]


def trimmed(row: Iterable[Cell]) -> tuple[str, ...]:
    """Give a header row as texts, without the blanks at its end."""
    texts = [str(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _number(place: str, part: int) -> int:
    parts = place.split(":")
    return int(parts[part]) if len(parts) > part and parts[part].isdecimal() else -1
