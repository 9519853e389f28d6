"""The names by which Steward finds its things again in a spreadsheet: metadata keys and the block's range."""

from __future__ import annotations

COLUMN_KEY = "steward.column"
"""Developer metadata on a column; its value is `Tab.column`, or `Tab.-` for a column left alone."""

HEADER_KEY = "steward.header"
"""Developer metadata on a column whose header means another field; its value is that header."""

TAB_KEY = "steward.tab"
"""Developer metadata on a tab; its value is the tab id."""

BLOCK_RANGE = "steward_block"
"""Named range over the whole tool block of Customers, all rows."""


def quoted(title: str) -> str:
    """Give a tab title as A1 notation wants it; always quoted, since a title may look like a cell."""
    return "'" + title.replace("'", "''") + "'"
