"""The names by which Steward finds its things again in a spreadsheet: metadata keys and the block's range."""

from __future__ import annotations

COLUMN_KEY = "steward.column"
"""Developer metadata on a column; its value is `Tab.column`, or `Tab.-` for a column left alone."""

HEADER_KEY = "steward.header"
"""Developer metadata on a column whose header means another field; its value is that header."""

TAB_KEY = "steward.tab"
"""Developer metadata on a tab; its value is `Tab#sheet id`, so that the copy of a tab is none of ours."""

BLOCK_RANGES = "steward_block_"
"""How the names of the ranges over tool blocks begin."""


def tab_value(tab_id: str, sheet_id: int) -> str:
    """Give the value of a tab's tag."""
    return f"{tab_id}#{sheet_id}"


def tab_of(value: str, sheet_id: int) -> str:
    """Give the tab id that a tag says; '' when it was copied from another sheet."""
    tab_id, _, tagged = value.partition("#")
    return tab_id if tagged == str(sheet_id) else ""


def block_range(sheet_id: int) -> str:
    """Give the name of the range over the whole tool block of a sheet of Customers, all rows."""
    return f"{BLOCK_RANGES}{sheet_id}"


def quoted(title: str) -> str:
    """Give a tab title as A1 notation wants it; always quoted, since a title may look like a cell."""
    return "'" + title.replace("'", "''") + "'"
