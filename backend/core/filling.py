"""Blank cells of the team's that something can fill: which, with what, and what stands there afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from backend.core.arrivals import Fate
from backend.core.fields import date
from backend.core.fields.reading import text_of
from backend.core.guarded_change import GuardedChange, could_be_read, may_stand_as
from backend.core.merged import is_merged
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.core.arrivals import Difference
    from backend.core.checks.facts import Table
    from backend.core.fields.field import Cell
    from backend.core.incoming import Incoming
    from sheets_schema.model import Column

_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillable:
    """What the rows of a file can fill.

    Attributes:
        fills: The cells to fill, one fill a cell.
        left: Rows of the file that could fill a cell that cannot be written: the customer has no row id yet,
            or stands in a sheet without the column, the cell is merged with others, two rows of the file say
            different things, or the text would be a formula.
    """

    fills: tuple[GuardedChange, ...]
    left: tuple[int, ...]


NOTHING_TO_FILL = Fillable(fills=(), left=())
"""What a file fills in a register that is still to be made."""


def fillable(incoming: Incoming, register: Table) -> Fillable:
    """Give the blank cells of the register that the updates among a file's rows fill.

    Args:
        incoming: The file as judged.
        register: The Customers tab it was judged against.
    """
    ids = _unique_ids(register)
    wanted: dict[tuple[str, str], GuardedChange | None] = {}
    asked: list[tuple[int, tuple[str, str]]] = []
    for arrival in incoming.arrivals.told:
        if arrival.fate is not Fate.UPDATE:
            continue
        row_id = ids.get(arrival.belongs, "")
        for one in arrival.differences:
            sheet, row = register.read.at(arrival.belongs)
            has_cell = sheet.has(one.column) and not is_merged(sheet, row, one.column)
            fill = _fill(row_id, one, incoming.table, arrival.row) if has_cell else None
            place = (row_id or f"row {arrival.belongs}", one.column)
            asked.append((arrival.row, place))
            wanted[place] = fill if wanted.get(place, fill) == fill else None
    left = dict.fromkeys(row for row, place in asked if wanted[place] is None)
    return Fillable(fills=tuple(fill for fill in wanted.values() if fill is not None), left=tuple(left))


def _unique_ids(register: Table) -> Mapping[int, str]:
    """Give the row id of each sheet row that has one which no other row has."""
    cells = register.read.cells("row_id")
    counts = cells.value_counts()
    return {
        row: cell
        for row, cell in zip(cells.index.tolist(), cells.tolist(), strict=True)
        if isinstance(cell, str) and cell and counts[cell] == 1
    }


def _fill(row_id: str, difference: Difference, file: Table, row: int) -> GuardedChange | None:
    """Give the fill for one cell; None where it cannot be addressed or might come to life as a formula."""
    column = file.tab.column(difference.column)
    value = cast("Any", file.columns[difference.column].values.at[row])
    text, stands_as = _text_for(column, difference.theirs, value)
    if not row_id or text.startswith("=") or not text:
        return None
    return GuardedChange(
        row_id=row_id,
        column=column.id,
        text=text,
        as_text=len(stands_as) == 1 and could_be_read(text),
        stands_as=stands_as,
    )


def _text_for(column: Column, cell: Cell, value: Cell) -> tuple[str, tuple[Cell, ...]]:
    """Give what is typed, and what may stand there then: a date or a number may become one, or stay text."""
    text = text_of(cell)
    if isinstance(cell, bool):
        return text, (text, cell)
    if column.kind is Kind.DATE and isinstance(value, str) and value:
        return value, (value, date.to_serial(value))
    return text, may_stand_as(column, text) if column.kind in _NUMBERS else (text,)
