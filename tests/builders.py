"""Builders of registers for tests: tabs from a few lines, and what the checks see of them."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.checks.facts import READ, Facts, read_table
from backend.core.ownership import assign
from backend.core.rules import read_rules
from backend.core.snapshot import Snapshot, TabRead, read_tab
from sheets_schema import headers
from sheets_schema.presets import TABS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.issues import Issue
    from sheets_schema.model import Tab

TODAY = date(2026, 11, 22)
SEED = b"the same ids in every run"

Line = dict[str, object]


def tab_of(tab_id: str) -> Tab:
    """Give a tab of the schema."""
    return next(tab for tab in TABS if tab.id == tab_id)


def tab_read(tab_id: str, *lines: Line, columns: Sequence[str] = ()) -> TabRead:
    """Give a tab as read: headers in row 1, the lines from row 2; without `columns`, those the lines name."""
    tab = tab_of(tab_id)
    names = list(columns) or list(dict.fromkeys(name for line in lines for name in line))
    names = names or [column.id for column in tab.columns]
    top = [tab.column(name).label.both for name in names]
    return sheet_read(tab_id, top, *([line.get(name, "") for name in names] for line in lines))


def sheet_read(tab_id: str, *rows: Sequence[object]) -> TabRead:
    """Give a tab as read from the rows of a sheet, row 1 first."""
    tab = tab_of(tab_id)
    binding = headers.bind(tab, rows)
    assert binding is not None
    return read_tab(tab, binding, rows, title=tab.label.zh)


def snapshot_of(*reads: TabRead) -> Snapshot:
    """Give a register with these tabs, and with tool tabs that are empty where none is given."""
    tabs = {tab_id: tab_read(tab_id) for tab_id in ("Issues", "Duplicates", "Runs")}
    return Snapshot(title="test", tabs=MappingProxyType(tabs | {read.tab.id: read for read in reads}))


def facts_of(*reads: TabRead, settings: Mapping[str, object] | None = None, today: date = TODAY) -> Facts:
    """Give what checks look at."""
    lines = [{"key": key, "value": value} for key, value in (settings or {}).items()]
    snapshot = snapshot_of(*reads, *([tab_read("Settings", *lines)] if lines else []))
    rules, _ = read_rules(snapshot, today=today)
    tables = {
        tab_id: read_table(snapshot[tab_id], rules.settings, today=today)
        for tab_id in READ
        if tab_id in snapshot.tabs
    }
    identities = assign(snapshot["Customers"], seed=SEED)
    return Facts(snapshot=snapshot, tables=tables, identities=identities, rules=rules, today=today)


def customer(**cells: object) -> Line:
    """Give a customer without a fault, with these cells changed."""
    return {"full_name": "王小明", "mobile": "13812348000", **cells}


def places(issues: Sequence[Issue]) -> list[tuple[int, str, str]]:
    """Give row, column and code of issues."""
    return [(issue.row, issue.column, issue.code) for issue in issues]
