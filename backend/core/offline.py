"""A file as a snapshot, so that the same job that runs on a register runs on a file, and writes nowhere."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.core.snapshot import Snapshot, empty_tab, joined, read_tab
from sheets_schema.headers import Binding, bind, bind_row, is_tab
from sheets_schema.tabs.duplicates import DUPLICATES
from sheets_schema.tabs.match_rules import MATCH_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.core.file_table import FileTable
    from backend.core.snapshot import TabRead
    from sheets_schema.model import Language, Preset, Tab


def file_snapshot(
    customers: TabRead,
    *,
    preset: Preset,
    language: Language,
    settings: Mapping[str, str],
    policy: Mapping[str, TabRead] = MappingProxyType({}),
) -> Snapshot:
    """Give the register a file would be: its customers, and the other tabs as a new register has them.

    Args:
        customers: The file, from `file_tab`.
        preset: Which columns are required.
        language: Language of the answers.
        settings: Texts for the Settings tab that differ from the defaults, by key.
        policy: Tabs of the file that say how duplicates are found, from `policy_tabs`.
    """
    tabs = {
        tab.id: _with_first_lines(tab, language, settings)
        for tab in new_tabs(preset)
        if tab.id != "Customers"
    }
    return Snapshot(title=customers.title, tabs=MappingProxyType({**tabs, **policy, "Customers": customers}))


def policy_tabs(sheets: Iterable[tuple[str, Sequence[Sequence[Cell]]]]) -> dict[str, TabRead]:
    """Give the tabs of a workbook that say how duplicates are found: MatchRules, and decisions in Duplicates.

    Args:
        sheets: Title and rows of each tab of the workbook.
    """
    found: dict[str, TabRead] = {}
    for title, rows in sheets:
        for tab in (MATCH_RULES, DUPLICATES):
            binding = bind(tab, rows) if is_tab(tab, title) else None
            if binding is not None:
                found.setdefault(tab.id, read_tab(tab, binding, rows, title=title))
    return found


def file_tab(tab: Tab, table: FileTable, fields: Sequence[str], *, title: str = "") -> TabRead:
    """Give the rows of a file as a tab that was read; of an export of ours the row ids too.

    Args:
        tab: The tab of the schema.
        table: What the file holds.
        fields: Field id of each of its columns; '' for one that is not read.
        title: What messages call the file.
    """
    bound = dict(bind_row(tab, 1, table.headers).positions)
    ids = [("row_id", bound["row_id"])] if {column.id for column in tab.block} <= set(bound) else []
    positions = (*ids, *((field, place) for place, field in enumerate(fields) if field))
    parts = [
        read_tab(
            tab,
            Binding(header_row=one.header_row, positions=positions),
            [*[()] * (one.header_row - 1), one.headers, *one.rows],
            title=one.title,
        )
        for one in table.tabs
    ]
    return replace(joined(parts), title=title)


def _with_first_lines(tab: Tab, language: Language, settings: Mapping[str, str]) -> TabRead:
    lines = in_columns(tab, first_lines(tab, language, settings))
    positions = tuple((column.id, place) for place, column in enumerate(tab.team_columns))
    if not lines:
        return empty_tab(tab)
    return read_tab(tab, Binding(header_row=1, positions=positions), [[], *lines], title=tab.label.both)
