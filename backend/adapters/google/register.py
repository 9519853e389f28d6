"""A customer register in a Google Sheet, or in a local one: what the runner reads and writes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from backend.adapters.clock import SystemClock
from backend.adapters.google import archive, archive_look, arrivals, block_writer, guarded, reader, writer
from backend.adapters.google.unclear import refuse_protected
from backend.core import signature
from backend.core.snapshot import NOT_THERE, Snapshot, empty_tab
from backend.errors import ArchiveTorn, ColumnDisagrees, RequestRefused
from sheets_schema.presets import TABS
from sheets_schema.tabs.archive import ARCHIVE
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.duplicates import DUPLICATES
from sheets_schema.tabs.issues import ISSUES
from sheets_schema.tabs.mappings import MAPPINGS
from sheets_schema.tabs.runs import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.core.fields.field import Cell
    from backend.core.guarded_change import GuardedChange
    from backend.core.plan import Plan
    from backend.core.snapshot import TabRead
    from backend.ports import Leave, WholeRows
    from sheets_schema.model import Tab

_MADE_WHEN_NEEDED = (ISSUES, DUPLICATES, MAPPINGS, RUNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTab:
    """One tab with every cell as it stands, for an export.

    Attributes:
        tab: What it is in the schema; None for a tab of the team's own.
        rows: All rows from the first, ragged.
        fields: Field id of each column by position, '' for one of the team's own.
        header_row: Sheet row of its headers; 1 where they are not known.
    """

    title: str
    tab: Tab | None
    rows: Sequence[Sequence[Any]]
    fields: Sequence[str]
    header_row: int = 1


class SheetRegister:
    """One register, reached through one client.

    Attributes:
        name: What people call it.
        spreadsheet_id: The id of its spreadsheet.
    """

    def __init__(self, client: SheetsClient, spreadsheet_id: str, name: str) -> None:
        self.name = name
        self.spreadsheet_id = spreadsheet_id
        self._client = client
        self._structure = reader.Structure(title="", sheets=())
        self._snapshot = Snapshot(title="")

    @property
    def api_calls(self) -> int:
        """Requests sent so far."""
        return self._client.calls

    def look(self) -> tuple[str, bool]:
        """Give the spreadsheet's title, and whether it has a Customers tab: one call, no cells."""
        structure = reader.read_structure(self._client, self.spreadsheet_id)
        return structure.title, bool(structure.find(CUSTOMERS))

    def customer_sheets(self) -> Mapping[str, int]:
        """Give the sheets of the Customers tab: number by title, in their order; one call, no cells."""
        structure = reader.read_structure(self._client, self.spreadsheet_id)
        return {sheet.title: sheet.sheet_id for sheet in structure.find(CUSTOMERS)}

    def read(self, *, may_be_empty: bool = False, hidden: bool = False) -> Snapshot:
        """Read all tabs but the archive, in two calls; a tool tab that is missing is read as empty.

        It is made when something is written into it.

        Args:
            may_be_empty: Whether there need be no customers.
            hidden: Whether to look which rows are hidden.
        """
        tabs = [tab for tab in TABS if tab is not ARCHIVE]
        snapshot = self._read(tabs, may_be_empty=may_be_empty, hidden=hidden)
        missing = {tab.id: empty_tab(tab) for tab in _MADE_WHEN_NEEDED if tab.id not in snapshot.tabs}
        self._snapshot = replace(snapshot, tabs=MappingProxyType({**snapshot.tabs, **missing}))
        return self._snapshot

    def read_customers(self) -> TabRead:
        """Read the Customers tab again: in one call, or in two more when its columns have moved."""
        seen = self._snapshot.get("Customers")
        with suppress(RequestRefused):
            again = reader.read_again(self._client, self.spreadsheet_id, seen) if seen is not None else None
            if again is not None:
                return again
        return self._read((CUSTOMERS,))["Customers"]

    def _read(self, tabs: Sequence[Tab], *, may_be_empty: bool = False, hidden: bool = False) -> Snapshot:
        """Read structure and cells; once more when somebody moved a column or a tab between the two."""
        try:
            return self._read_once(tabs, may_be_empty=may_be_empty, hidden=hidden)
        except (ColumnDisagrees, RequestRefused):
            return self._read_once(tabs, may_be_empty=may_be_empty, hidden=hidden)

    def _read_once(self, tabs: Sequence[Tab], *, may_be_empty: bool, hidden: bool) -> Snapshot:
        self._structure = reader.read_structure(self._client, self.spreadsheet_id, hidden=hidden)
        return reader.read_snapshot(
            self._client, self.spreadsheet_id, self._structure, tabs, may_be_empty=may_be_empty
        )

    def _read_customers(self) -> TabRead:
        return self._read((CUSTOMERS,), may_be_empty=True)["Customers"]

    def bring_in(
        self, rows: Sequence[Mapping[int, Cell]], ids: Sequence[str], *, told: Callable[[int, int], None]
    ) -> Sequence[str]:
        """Write new customers below the last row, each with its row id, and look whether they stand there.

        Args:
            rows: Cells by 0-based column position, as of the last read.
            ids: One new row id for each row.
            told: Called with rows written and rows to write.

        Returns:
            Those of the ids that do not stand there exactly once.
        """
        return arrivals.bring_in(
            self._client,
            self.spreadsheet_id,
            self._read_customers,
            list(zip(ids, rows, strict=True)),
            told=told,
        )

    def change_cells(
        self, changes: Sequence[GuardedChange], *, told: Callable[[int, int], None]
    ) -> tuple[Sequence[GuardedChange], Sequence[GuardedChange]]:
        """Change cells of the team's that hold what they are to hold; see `guarded.change_cells`.

        Args:
            changes: One a cell.
            told: Called with cells changed and cells to change.

        Returns:
            Those that were changed, and those that were not.
        """
        return guarded.change_cells(
            self._client, self.spreadsheet_id, self._read_customers, changes, told=told
        )

    def settle(self) -> bool:
        """Finish what a run that was killed left half done; say whether the last read showed anything.

        It gives cells back whose marks stand there, and puts back rows in the Archive tab that are not the
        ones that were meant.
        """
        customers = self._snapshot["Customers"]
        marked = bool(guarded.marks_in(customers))
        if marked:
            guarded.take_marks_away(self._client, self.spreadsheet_id, customers)
        if self._snapshot.unjudged:
            with suppress(ArchiveTorn):
                self._archive().settle()
        return marked or self._snapshot.unjudged

    def whole_rows(self, *, settle: bool) -> WholeRows:
        """Read Customers and Archive, every column; see `archive.Archive.settle`.

        Args:
            settle: Whether to judge first what a run that was killed left unjudged.
        """
        if settle:
            return archive_look.whole_rows(self._archive().settle())
        return archive_look.whole_rows(archive_look.look(self._client, self.spreadsheet_id))

    def take_out(
        self, rows: Mapping[str, Mapping[str, Cell]], leave: Leave, *, told: Callable[[], object]
    ) -> WholeRows:
        """Move rows to the Archive tab; see `archive.Archive.take_out`."""
        return archive_look.whole_rows(self._archive(told).take_out(rows, leave))

    def bring_back(self, row_ids: Collection[str], *, told: Callable[[], object]) -> WholeRows:
        """Move rows of the Archive tab back below the last row; see `archive.Archive.bring_back`."""
        return archive_look.whole_rows(self._archive(told).bring_back(row_ids))

    def _archive(self, told: Callable[[], object] = lambda: None) -> archive.Archive:
        return archive.Archive(self._client, self.spreadsheet_id, SystemClock().now, told)

    def add_lines(self, tab_id: str, lines: Sequence[Mapping[str, Cell]]) -> None:
        """Add lines to a tab of the team's, below its last one; the tab is made when it is missing."""
        read = self._snapshot[tab_id]
        frame = pd.DataFrame(lines, index=range(read.last_row + 1, read.last_row + 1 + len(lines)))
        if read.sheet_id == NOT_THERE:
            self._structure = reader.read_structure(self._client, self.spreadsheet_id)
            writer.prepare(
                self._client, self.spreadsheet_id, self._structure, self._snapshot, {tab_id: frame}
            )
            writer.write_lines(self._client, self.spreadsheet_id, self._snapshot, {tab_id: frame})
            return
        places = {name: place for name, place in read.binding.positions if name in frame.columns}
        rows = [{places[name]: cell for name, cell in line.items() if name in places} for line in lines]
        arrivals.insert_rows(self._client, self.spreadsheet_id, read, read.last_row, rows)

    def read_raw(self) -> list[RawTab]:
        """Read every cell of every tab, the team's own tabs too, in two calls."""
        structure = reader.read_structure(self._client, self.spreadsheet_id)
        tabs: list[RawTab] = []
        for sheet, rows in reader.read_every_cell(self._client, self.spreadsheet_id, structure):
            tab, fields, header_row = reader.bound_fields(structure, sheet, rows)
            tabs.append(RawTab(title=sheet.title, tab=tab, rows=rows, fields=fields, header_row=header_row))
        return tabs

    def write(
        self, plan: Plan, *, run_id: str, run_line: pd.DataFrame, told: Callable[[int, int], None]
    ) -> Sequence[int]:
        """Write a plan made from the last read.

        Returns:
            Sheet rows whose echo carried another row's id.
        """
        lines = {**plan.lines, "Runs": run_line}
        refuse_protected(self._structure, self._snapshot, plan, lines, self._client.account)
        writer.prepare(self._client, self.spreadsheet_id, self._structure, self._snapshot, lines)
        signed = plan.after.assign(sig=[sig and signature.signed(sig, run_id) for sig in plan.after["sig"]])
        missed: list[int] = []
        customers = self._snapshot["Customers"]
        written = block_writer.write_block(self._client, self.spreadsheet_id, customers, plan.before, signed)
        for done, rows in written:
            missed.extend(rows)
            told(done, len(signed))
        if writer.write_lines(self._client, self.spreadsheet_id, self._snapshot, lines):
            told(len(signed), len(signed))
        return missed
