"""Gives a column back what a write took from it, when somebody dragged it between Steward's own columns.

The write cannot know: the named range has grown over the column. The echo shows it, and whose rows were hit;
what the cells held is known from the last read. They go back like any change of the team's cells: only where
the cell still holds what landed in it, beside the row id it belongs to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backend.adapters.google import guarded
from backend.adapters.google.reader import read_grid
from backend.core.guarded_change import change_to, same
from backend.core.snapshot import read_tab
from backend.errors import BlockTorn
from sheets_schema.headers import Binding, column_letters
from sheets_schema.model import Kind, column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.core.fields.field import Cell
    from backend.core.guarded_change import GuardedChange
    from backend.core.snapshot import TabRead

_TRIES = 3
"""How often what is left is begun anew, when people move rows meanwhile."""

_UNKNOWN = column("unknown", "", "", Kind.TEXT, "", "")


def put_back(
    client: SheetsClient,
    spreadsheet_id: str,
    sheet: TabRead,
    header: str,
    landed: Mapping[str, Cell],
    ids: Mapping[int, str],
) -> None:
    """Put back what a column held; a column that was not there at the last read becomes blank again.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        sheet: The sheet as it was read before the write.
        header: The column's header.
        landed: What was written into it, by the id of the row that was hit.
        ids: Row ids that this write has given, by row of the last read.
    """
    place = sheet.headers.index(header) if header in sheet.headers else -1
    names = {at: name for name, at in sheet.binding.positions}
    foreign = sheet.tab.column(names[place]) if place in names else _UNKNOWN
    cells = sheet.cells_at(place)
    rows: dict[Any, str] = sheet.cells("row_id").to_dict()
    held = {ids.get(row, row_id): cells.get(row, "") for row, row_id in rows.items()}
    changes = [
        change_to(row_id, foreign, found, held.get(row_id, ""))
        for row_id, found in landed.items()
        if row_id and not same(found, held.get(row_id, ""))
    ]
    two = replace(sheet.tab, columns=(sheet.tab.column("row_id"), foreign))
    top, ours = sheet.binding.header_row, sheet.headers[dict(sheet.binding.positions)["row_id"]]

    def read() -> TabRead:
        rows = read_grid(client, spreadsheet_id, sheet.sheet_id)
        texts = rows[top - 1] if top <= len(rows) else []
        if ours not in texts or header not in texts:
            raise BlockTorn(sheet.title, f"{column_letters(0)}{top}")
        positions = (("row_id", texts.index(ours)), (foreign.id, texts.index(header)))
        binding = Binding(header_row=top, positions=positions)
        return read_tab(two, binding, rows, title=sheet.title, sheet_id=sheet.sheet_id)

    left: Sequence[GuardedChange] = changes
    for _ in range(_TRIES):
        _, left = guarded.change_cells(client, spreadsheet_id, read, left, told=lambda _done, _total: None)
        if not left:
            break
