"""Merged cells of a tab: only the first cell of each holds a value, the service keeps none in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from backend.core.seen import Area
    from backend.core.snapshot import TabRead


def merged_data(sheet: TabRead) -> Iterator[tuple[Area, str]]:
    """Give the merged cells below the header row that hide cells of the team's, and their first column.

    Args:
        sheet: One sheet as read.

    Returns:
        Where they are, and the field id of the leftmost column that is bound.
    """
    ours = {column.id for column in sheet.tab.team_columns}
    for area in sheet.merges:
        if area.top >= sheet.binding.header_row:
            bound = [
                name for name, place in sheet.binding.positions if name in ours and area.has_column(place)
            ]
            if bound:
                yield area, bound[0]


def merged_headers(sheet: TabRead) -> Area | None:
    """Give the first merged cells that make it unclear which column is which; None where there are none.

    A title above the headers may be merged, and a header over two lines; not headers side by side, and no
    header with a row that holds something.
    """
    header = sheet.binding.header_row - 1
    places = [place for _, place in sheet.binding.positions]
    for area in sheet.merges:
        if area.top <= header < area.bottom and _has_any(area, places):
            reaches_down = bool(sheet.frame.index.isin(range(header + 2, area.bottom + 1)).any())
            if area.right - area.left > 1 or reaches_down:
                return area
    return None


def merged_block(sheet: TabRead) -> Area | None:
    """Give the first merged cells from the header row on that reach into the tool block; None without any."""
    block = {column.id for column in sheet.tab.block}
    places = [place for name, place in sheet.binding.positions if name in block]
    header = sheet.binding.header_row - 1
    return next((area for area in sheet.merges if area.bottom > header and _has_any(area, places)), None)


def is_merged(sheet: TabRead, row: int, column_id: str) -> bool:
    """Say whether a cell is part of merged ones, the first of them too."""
    place = dict(sheet.binding.positions)[column_id]
    return any(area.top < row <= area.bottom and area.has_column(place) for area in sheet.merges)


def _has_any(area: Area, places: Collection[int]) -> bool:
    return any(area.has_column(place) for place in places)
