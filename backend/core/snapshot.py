"""The tabs as read: raw cells, the sheet row as index, the field id as column. Read-only by convention."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from backend.core.fields.clean import clean
from backend.core.repeated_headers import repeated_header_rows
from backend.core.totals import total_rows
from sheets_schema import headers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.core.seen import Area
    from sheets_schema.model import Tab


_LONG = 13
"""Digits of the shortest number that may be a card's or an id's."""

_LONG_NUMBER = re.compile(rf"\d(?:\W{{0,2}}\d){{{_LONG - 1}}}")

MOST_ROWS = 10_000_000
"""No sheet has more rows: as many as a spreadsheet may have cells. Rows of a second sheet count from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabRead:
    """One tab as it was read.

    A team may keep a tab in several sheets, one for each salesperson or month. Title, sheet id, binding and
    grid are then those of the first, and a row of the sheet at place n stands at n * `MOST_ROWS` + its row.

    Attributes:
        tab: The tab of the schema.
        title: Its title in the spreadsheet.
        sheet_id: The number the spreadsheet knows it by; 0 where it came from a file.
        binding: Where the header row is and which column stands where.
        frame: Cells as raw JSON scalars (blank is ''), object dtype, index = sheet row,
            columns = field ids of the bound columns. Rows without any cell are left out.
        rows_in_grid: How many rows the sheet has, filled or not.
        totals: Sheet rows that sum up the others; they are no lines of their own.
        headers: Texts of the header row by position.
        repeated: Sheet rows that repeat the header row; nor are they.
        parts: Each of the sheets by itself, where there are several.
        long_numbers: Cells of columns that are not recognised in which a long number stands, as sheet row,
            header and cell.
        others: Cells of the columns that are not bound, as in `frame`, by 0-based position.
        merges: Cells of the first sheet that are merged, wherever they are.
        hidden: Sheet rows that are hidden, by a filter, a group or by hand, where that was asked for.
    """

    tab: Tab
    title: str
    sheet_id: int
    binding: headers.Binding
    frame: pd.DataFrame
    rows_in_grid: int = 0
    totals: frozenset[int] = frozenset()
    headers: tuple[str, ...] = ()
    repeated: frozenset[int] = frozenset()
    parts: tuple[TabRead, ...] = ()
    long_numbers: tuple[tuple[int, str, Cell], ...] = ()
    others: Mapping[int, Sequence[object]] = field(default_factory=lambda: MappingProxyType({}))
    merges: tuple[Area, ...] = ()
    hidden: frozenset[int] = frozenset()

    @property
    def sheets(self) -> tuple[TabRead, ...]:
        """Each sheet by itself: as many as the team keeps the tab in."""
        return self.parts or (self,)

    def has(self, column_id: str) -> bool:
        """Say whether the sheet has this column."""
        return column_id in self.frame.columns

    def cells(self, column_id: str) -> pd.Series[Any]:
        """Give a column's cells, blank throughout where the sheet has no such column."""
        if column_id in self.frame.columns:
            return self.frame[column_id]
        return pd.Series("", index=self.frame.index, dtype=object)

    def cells_at(self, place: int) -> Mapping[int, Any]:
        """Give the cells of a column, bound or not, by row; none where there is no column."""
        name = next((name for name, at in self.binding.positions if at == place), None)
        cells = self.others.get(place, ()) if name is None else self.frame[name].tolist()
        return dict(zip(self.frame.index.tolist(), cells, strict=False))

    def at(self, row: int) -> tuple[TabRead, int]:
        """Give the sheet a row of the frame stands in, and its row there."""
        place, own = divmod(row, MOST_ROWS)
        return self.sheets[place], own

    def spot(self, row: int) -> str:
        """Name a row as people do: its number, after the sheet's title where there are several."""
        sheet, own = self.at(row)
        return f"{sheet.title}!{own}" if self.parts else str(own)

    @property
    def last_row(self) -> int:
        """The last row of the first sheet that holds anything, or is merged with one that does.

        The header row when there is none.
        """
        rows = self.sheets[0].frame.index
        last = int(rows[-1]) if len(rows) else self.binding.header_row
        return max([last, *(area.bottom for area in self.merges if area.top < last)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The register as one read saw it.

    Attributes:
        title: The spreadsheet's title.
        tabs: What was read, by tab id. A tab the spreadsheet lacks is not there.
        unjudged: Whether a run that was killed while it took rows out left some in the Archive tab of which
            nobody has seen whether they are the right ones.
    """

    title: str
    tabs: Mapping[str, TabRead] = field(default_factory=lambda: MappingProxyType({}))
    unjudged: bool = False

    def get(self, tab_id: str) -> TabRead | None:
        """Give a tab as read, or None when the spreadsheet has no such tab."""
        return self.tabs.get(tab_id)

    def __getitem__(self, tab_id: str) -> TabRead:
        """Give a tab as read.

        Raises:
            KeyError: The spreadsheet has no such tab.
        """
        return self.tabs[tab_id]


def read_tab(
    tab: Tab,
    binding: headers.Binding,
    rows: Sequence[Sequence[object]],
    *,
    title: str = "",
    sheet_id: int = 0,
    rows_in_grid: int = 0,
) -> TabRead:
    """Turn the rows of a sheet into a tab as read.

    Args:
        tab: The tab of the schema.
        binding: Where its columns stand.
        rows: All rows from row 1, ragged as the API gives them (trailing blanks cut).
        title: The tab's title in the spreadsheet.
        sheet_id: The tab's number in the spreadsheet.
        rows_in_grid: How many rows the sheet has.
    """
    header = rows[binding.header_row - 1] if binding.header_row <= len(rows) else ()
    data = rows[binding.header_row :]
    numbered = enumerate(data, start=binding.header_row + 1)
    filled = [(number, row) for number, row in numbered if _filled(row)]
    numbers, kept = [number for number, _ in filled], [row for _, row in filled]
    bound = {place for _, place in binding.positions}
    cells = {column_id: _column(kept, place) for column_id, place in binding.positions}
    frame = pd.DataFrame(cells, index=pd.Index(numbers, dtype="int64", name="row"), dtype=object)
    return TabRead(
        tab=tab,
        title=title,
        sheet_id=sheet_id,
        binding=binding,
        frame=frame,
        rows_in_grid=rows_in_grid,
        totals=total_rows(tab, binding, filled),
        headers=tuple(map(str, header)),
        repeated=repeated_header_rows(header, filled),
        long_numbers=_long_numbers(header, binding, filled),
        others={place: _column(kept, place) for place in range(len(header)) if place not in bound},
    )


def _column(rows: Sequence[Sequence[object]], place: int) -> list[object]:
    return [row[place] if place < len(row) and row[place] is not None else "" for row in rows]


def joined(parts: Sequence[TabRead]) -> TabRead:
    """Give the sheets of one tab as one; a cell of a column that a sheet lacks is blank."""
    first = parts[0]
    if len(parts) == 1:
        return first
    frames = [part.frame.set_axis(part.frame.index + n * MOST_ROWS) for n, part in enumerate(parts)]
    return replace(
        first,
        frame=pd.concat(frames).rename_axis("row").astype(object).fillna(""),
        totals=frozenset(row + n * MOST_ROWS for n, part in enumerate(parts) for row in part.totals),
        repeated=frozenset(row + n * MOST_ROWS for n, part in enumerate(parts) for row in part.repeated),
        hidden=frozenset(row + n * MOST_ROWS for n, part in enumerate(parts) for row in part.hidden),
        parts=tuple(parts),
        long_numbers=tuple(
            (row + n * MOST_ROWS, header, cell)
            for n, part in enumerate(parts)
            for row, header, cell in part.long_numbers
        ),
    )


def _long_numbers(
    header: Sequence[object], binding: headers.Binding, rows: Sequence[tuple[int, Sequence[Any]]]
) -> tuple[tuple[int, str, Cell], ...]:
    bound = {place for _, place in binding.positions}
    others = [place for place in range(max((len(row) for _, row in rows), default=0)) if place not in bound]
    return tuple(
        (number, str(header[place]) if place < len(header) else "", row[place])
        for place in others
        for number, row in rows
        if place < len(row) and _may_hold_long_number(row[place])
    )


def _may_hold_long_number(cell: object) -> bool:
    if isinstance(cell, str):
        return len(cell) >= _LONG and _LONG_NUMBER.search(cell) is not None
    return isinstance(cell, int | float) and abs(cell) >= 10 ** (_LONG - 1)


def _filled(row: Sequence[object]) -> bool:
    return any(cell not in ("", None) for cell in row)


NOT_THERE = -1
"""The sheet id of a tab that the spreadsheet lacks."""


def empty_tab(tab: Tab) -> TabRead:
    """Give a tab that the spreadsheet lacks as one without rows, its columns as a new one would have them."""
    positions = tuple((column.id, place) for place, column in enumerate(tab.columns))
    title = headers.tab_title(tab.label, headers.HeaderLanguage.BOTH)
    return read_tab(
        tab, headers.Binding(header_row=1, positions=positions), [], title=title, sheet_id=NOT_THERE
    )


def data_rows(read: TabRead) -> pd.Series[bool]:
    """Say for each row whether it holds data: at least one team cell that is not blank.

    A row in which only Steward's own cells are left is a ghost: it gets nothing. Nor does a row of totals, or
    one that repeats the headers.
    """
    filled = np.zeros(len(read.frame), dtype=bool)
    for column in read.tab.team_columns:
        if read.has(column.id):
            rest = np.flatnonzero(~filled)
            cells = read.frame[column.id].to_numpy(dtype=object)[rest]
            # Most cells are plain text, which is told without a call.
            filled[rest] = [
                (type(cell) is str and "0" <= cell[:1] <= "z") or holds_something(cell) for cell in cells
            ]
    if read.totals or read.repeated:
        filled &= ~read.frame.index.isin([*read.totals, *read.repeated])
    return pd.Series(filled, index=read.frame.index, dtype=bool)


def holds_something(cell: object) -> bool:
    """Say whether a cell holds more than spaces and unseen characters, or a box nobody has ticked."""
    if isinstance(cell, str):
        return "!" <= cell[:1] <= "~" or "一" <= cell[:1] <= "鿿" or bool(clean(cell))
    return cell is not False
