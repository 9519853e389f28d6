"""Looks at Customers and at the Archive tab for taking rows out and bringing them back: whole rows, by id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.adapters.google import reader
from backend.adapters.google.layout_names import quoted
from backend.core.archived import Line, lines_in, names, team_cells, trimmed
from backend.errors import (
    ArchiveTorn,
    BlockMissing,
    ColumnDisagrees,
    HeadersMissing,
    NameColumnMissing,
    RequestRefused,
    SheetError,
)
from backend.ports import WholeRows
from sheets_schema import headers
from sheets_schema.tabs.archive import ARCHIVE
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.adapters.google.reader import Sheet
    from backend.core.fields.field import Cell
    from backend.core.snapshot import TabRead

_RENDER: dict[str, str | int | bool | float | list[str] | None] = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "SERIAL_NUMBER",
}

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row of Customers.

    Attributes:
        part: Which sheet of Customers, from 0.
        row: 1-based sheet row.
        cells: All its cells by name, those of the team's own columns too.
    """

    part: int
    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Customers and Archive as one look saw them.

    Attributes:
        structure: The tabs.
        customers: The sheets of Customers; none when their headers cannot be found.
        rows: The row of each id that stands in one row only.
        twice: Ids that stand in several.
        archive: The Archive tab; None where there is none yet.
        archive_rows: Rows of the Archive tab that hold anything, header row and rows between included.
        lines: Its lines.
    """

    structure: reader.Structure
    customers: tuple[TabRead, ...]
    rows: Mapping[str, Found]
    twice: frozenset[str]
    archive: Sheet | None
    archive_rows: int
    lines: Sequence[Line]

    def sheet(self, sheet_id: int) -> Sheet | None:
        """Give a tab by its number; None when it is gone."""
        return next((sheet for sheet in self.structure.sheets if sheet.sheet_id == sheet_id), None)


def look(client: SheetsClient, spreadsheet_id: str) -> View:
    """Read both tabs, in three calls; once more when somebody moved a column or a tab meanwhile.

    Raises:
        SheetError: Customers cannot be read, and no row waits in the Archive tab to be put back.
        ArchiveTorn: Steward's columns of the Archive tab are not where they belong.
    """
    try:
        return _look(client, spreadsheet_id)
    except (ColumnDisagrees, RequestRefused):
        return _look(client, spreadsheet_id)


def whole_rows(view: View) -> WholeRows:
    """Give what a look saw, without its places."""
    return WholeRows(
        cells={row_id: team_cells(found.cells) for row_id, found in view.rows.items()},
        twice=view.twice,
        archived={
            line.cells["row_id"]: line.cells["run_id"]
            for line in view.lines
            if line.is_verified and not line.is_headers
        },
        names=frozenset(name for sheet in view.customers for name in names(sheet)),
        unsettled=sum(not line.is_verified for line in view.lines),
    )


def _look(client: SheetsClient, spreadsheet_id: str) -> View:
    structure = reader.read_structure(client, spreadsheet_id)
    problem: SheetError | None = None
    customers: tuple[TabRead, ...] = ()
    try:
        read = reader.read_snapshot(client, spreadsheet_id, structure, (CUSTOMERS,), may_be_empty=True)
        customers = read["Customers"].sheets
    except (HeadersMissing, NameColumnMissing, BlockMissing) as caught:
        problem = caught
    archive = reader.archive_in(structure)
    titles = [sheet.title for sheet in customers] + ([archive.title] if archive else [])
    found = _cells(client, spreadsheet_id, titles)
    archived = found.pop() if archive else []
    lines = _lines(archive.title, archived) if archive else []
    if problem and not any(not line.is_verified for line in lines):
        raise problem
    rows = [pair for part, cells in enumerate(found) for pair in _rows_by_id(part, customers[part], cells)]
    counts = Counter(row_id for row_id, _ in rows)
    return View(
        structure=structure,
        customers=customers,
        rows={row_id: row for row_id, row in rows if counts[row_id] == 1},
        twice=frozenset(row_id for row_id, count in counts.items() if count > 1),
        archive=archive,
        archive_rows=len(archived),
        lines=lines,
    )


def _cells(client: SheetsClient, spreadsheet_id: str, titles: Sequence[str]) -> list[Rows]:
    if not titles:
        return []
    ranges = [quoted(title) for title in titles]
    for _ in range(3):
        answer = client.values_batch_get(spreadsheet_id, ranges, params=_RENDER)
        if len(answer.get("valueRanges", ())) == len(ranges):
            break
    return [one.get("values", []) for one in answer["valueRanges"]]


def _lines(title: str, rows: Rows) -> list[Line]:
    binding = headers.bind(ARCHIVE, rows)
    wanted = tuple((column.id, place) for place, column in enumerate(ARCHIVE.columns))
    if binding is None or binding.positions != wanted:
        raise ArchiveTorn(title)
    return lines_in(rows, binding.header_row)


def _rows_by_id(part: int, sheet: TabRead, rows: Rows) -> list[tuple[str, Found]]:
    """Give the rows of a sheet that have an id; none when its headers have moved since they were read."""
    header_row = sheet.binding.header_row
    if trimmed(rows[header_row - 1] if header_row <= len(rows) else ()) != trimmed(sheet.headers):
        return []
    by_place = names(sheet)
    place = dict(sheet.binding.positions)["row_id"]
    result = []
    for number, row in enumerate(rows[header_row:], start=header_row + 1):
        row_id = row[place] if place < len(row) else ""
        if isinstance(row_id, str) and row_id:
            beyond = [f"##@{position}" for position in range(len(by_place), len(row))]
            cells = dict(zip([*by_place, *beyond], row, strict=False))
            result.append((row_id, Found(part=part, row=number, cells=cells)))
    return result
