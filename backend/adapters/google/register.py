"""A customer register in a Google Sheet, or in a local one: what the runner reads and writes."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from backend.adapters.google import reader, writer
from backend.core.snapshot import Snapshot, empty_tab
from backend.errors import ColumnDisagrees, RequestRefused
from sheets_schema.presets import TABS
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.duplicates import DUPLICATES
from sheets_schema.tabs.issues import ISSUES
from sheets_schema.tabs.runs import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from backend.adapters.google.client import SheetsClient
    from backend.core.plan import Plan
    from backend.core.snapshot import TabRead
    from sheets_schema.model import Tab

_TOOL_TABS = (ISSUES, DUPLICATES, RUNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTab:
    """One tab with every cell as it stands, for an export.

    Attributes:
        tab: What it is in the schema; None for a tab of the team's own.
        rows: All rows from the first, ragged.
        fields: Field id of each column by position, '' for one of the team's own.
    """

    title: str
    tab: Tab | None
    rows: Sequence[Sequence[Any]]
    fields: Sequence[str]


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
        return structure.title, structure.find(CUSTOMERS) is not None

    def read(self) -> Snapshot:
        """Read all tabs, in two calls; a tool tab that is missing is read as empty and made when written."""
        snapshot = self._read(TABS)
        missing = {tab.id: empty_tab(tab) for tab in _TOOL_TABS if tab.id not in snapshot.tabs}
        self._snapshot = Snapshot(title=snapshot.title, tabs=MappingProxyType({**snapshot.tabs, **missing}))
        return self._snapshot

    def read_customers(self) -> TabRead:
        """Read the Customers tab again, in two calls: its columns may have moved since the last read."""
        return self._read((CUSTOMERS,))["Customers"]

    def _read(self, tabs: Sequence[Tab]) -> Snapshot:
        """Read structure and cells; once more when somebody moved a column or a tab between the two."""
        try:
            return self._read_once(tabs)
        except (ColumnDisagrees, RequestRefused):
            return self._read_once(tabs)

    def _read_once(self, tabs: Sequence[Tab]) -> Snapshot:
        self._structure = reader.read_structure(self._client, self.spreadsheet_id)
        return reader.read_snapshot(self._client, self.spreadsheet_id, self._structure, tabs)

    def read_raw(self) -> list[RawTab]:
        """Read every cell of every tab, the team's own tabs too, in two calls."""
        structure = reader.read_structure(self._client, self.spreadsheet_id)
        tabs: list[RawTab] = []
        for sheet, rows in reader.read_every_cell(self._client, self.spreadsheet_id, structure):
            tab, fields = reader.bound_fields(structure, sheet, rows)
            tabs.append(RawTab(title=sheet.title, tab=tab, rows=rows, fields=fields))
        return tabs

    def write(
        self, plan: Plan, *, run_id: str, run_line: pd.DataFrame, told: Callable[[int, int], None]
    ) -> Sequence[int]:
        """Write a plan made from the last read.

        Returns:
            Sheet rows whose echo carried another row's id.
        """
        lines = {**plan.lines, "Runs": run_line}
        writer.prepare(self._client, self.spreadsheet_id, self._structure, self._snapshot, lines)
        signed = plan.after.assign(sig=[sig and f"{sig}#{run_id}" for sig in plan.after["sig"]])
        missed: list[int] = []
        for done, rows in writer.write_block(self._client, self.spreadsheet_id, plan.before, signed):
            missed.extend(rows)
            told(done, len(signed))
        if writer.write_lines(self._client, self.spreadsheet_id, self._snapshot, lines):
            told(len(signed), len(signed))
        return missed
