"""What a sheet must be like: headers that are clear, a tool block that is whole, cells we may write."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from backend.core.checks.facts import READ
from backend.core.identity import is_row_id
from backend.core.merged import merged_block, merged_headers
from backend.core.seen import Area
from backend.core.snapshot import MOST_ROWS, data_rows
from backend.errors import (
    BlockMerged,
    BlockMissing,
    BlockTorn,
    CellsProtected,
    HeadersMerged,
    HeadersMoved,
    NameColumnMissing,
    RegisterEmpty,
    SheetTooLarge,
)
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from backend.adapters.google.reader import Sheet, Structure
    from backend.core.plan import Plan
    from backend.core.snapshot import Snapshot, TabRead
    from sheets_schema.headers import Binding


MOST_CELLS = 5_000_000
"""Most cells that are read together: half of what Google lets a spreadsheet have."""


def refuse_too_large(sheets: Sequence[Sheet]) -> None:
    """Refuse to read sheets whose grids have more cells together than fit into memory for certain.

    They cannot be read in parts: a row that somebody moves meanwhile would be seen twice, or not at all.

    Raises:
        SheetTooLarge: Names the largest.
    """
    cells = sum(sheet.rows * sheet.columns for sheet in sheets)
    if cells > MOST_CELLS:
        largest = max(sheets, key=lambda sheet: sheet.rows * sheet.columns)
        raise SheetTooLarge(largest.title, largest.rows, largest.columns, cells, MOST_CELLS)


def refuse_unclear(reads: Mapping[str, TabRead], *, may_be_empty: bool) -> None:
    """Refuse tabs, by tab id, that cannot be read for certain.

    Raises:
        HeadersMerged: Headers are merged.
        NameColumnMissing, BlockMissing, BlockTorn, BlockMerged: Customers lacks columns, or they are torn.
        RegisterEmpty: There are no customers, and there should be.
    """
    for read in reads.values():
        _check_headers(read)
    if "Customers" in reads:
        _check_customers(reads["Customers"], may_be_empty=may_be_empty)


def _check_headers(read: TabRead) -> None:
    if read.tab.id in READ:
        for sheet in read.sheets:
            merged = merged_headers(sheet)
            if merged is not None:
                raise HeadersMerged(sheet.title, merged.name)


def refuse_customers_above(title: str, binding: Binding, rows: Sequence[Sequence[object]]) -> None:
    """Refuse a sheet whose header row was moved or sorted below customers, which would be passed over.

    Raises:
        HeadersMoved: A row above it has a row id.
    """
    place = dict(binding.positions).get("row_id")
    for number, row in enumerate(rows[: binding.header_row - 1], start=1):
        if place is not None and place < len(row) and is_row_id(row[place]):
            raise HeadersMoved(title, binding.header_row, number)


def block_places(customers: TabRead) -> tuple[int, ...]:
    """Give the 0-based positions of the tool block's columns in one sheet, in the order of the schema.

    Raises:
        BlockMissing: A column of the block is not in the sheet.
        BlockTorn: A foreign column stands inside the block.
    """
    places = dict(customers.binding.positions)
    missing = [column.label.both for column in customers.tab.block if column.id not in places]
    if missing:
        raise BlockMissing(customers.title, missing)
    positions = tuple(places[column.id] for column in customers.tab.block)
    for one, after in itertools.pairwise(positions):
        if after != one + 1:
            raise BlockTorn(customers.title, f"{column_letters(one + 1)}{customers.binding.header_row}")
    return positions


def _check_customers(customers: TabRead, *, may_be_empty: bool) -> None:
    for sheet in customers.sheets:
        if not sheet.has("full_name"):
            texts = [text for text, _ in sheet.binding.unknown]
            bound = [sheet.tab.column(column_id).label.both for column_id, _ in sheet.binding.positions]
            raise NameColumnMissing(sheet.title, [*bound, *texts])
        block_places(sheet)
        block = merged_block(sheet)
        if block is not None:
            raise BlockMerged(sheet.title, block.name)
    if not may_be_empty and not data_rows(customers).any():
        raise RegisterEmpty(customers.title)


def refuse_protected(
    structure: Structure, snapshot: Snapshot, plan: Plan, lines: Mapping[str, pd.DataFrame], account: str
) -> None:
    """Refuse a plan of which something would be written into cells that are protected from us.

    Args:
        structure: The spreadsheet as read.
        snapshot: Its cells.
        plan: What is to be written into the tool block.
        lines: What is to be written into tool tabs, by tab id.
        account: Who we are.

    Raises:
        CellsProtected: Names the first such range.
    """
    sheets = {sheet.sheet_id: sheet for sheet in structure.sheets}
    for read, wanted in _areas_to_write(snapshot, plan, lines):
        for area in sheets[read.sheet_id].locked if read.sheet_id in sheets else ():
            if area.meets(wanted):
                raise CellsProtected(read.title, area.name, account)


def _areas_to_write(
    snapshot: Snapshot, plan: Plan, lines: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[TabRead, Area]]:
    for number, sheet in enumerate(snapshot["Customers"].sheets):
        rows = plan.after.index[plan.after.index // MOST_ROWS == number] - number * MOST_ROWS
        if len(rows):
            places = block_places(sheet)
            yield sheet, Area(top=rows.min() - 1, left=places[0], bottom=rows.max(), right=places[-1] + 1)
    for tab_id, frame in lines.items():
        if len(frame):
            width = len(snapshot[tab_id].tab.columns)
            yield (
                snapshot[tab_id],
                Area(top=frame.index.min() - 1, left=0, bottom=frame.index.max(), right=width),
            )
