"""One tab: its rows of cells, and everything that lies on them and moves with them."""

import copy
from collections.abc import Callable
from typing import Any

from backend.localsheets.cells import Scalar
from backend.localsheets.filters import shift_filter
from backend.localsheets.grid import (
    Area,
    Shift,
    area_of,
    shift_areas,
    shift_objects,
)
from backend.localsheets.problems import Json
from backend.localsheets.runs import Layer, Runs

BLOCK_ROWS = 64
"""Rows that are stored together."""

ROWS_BY_DEFAULT = 1000
COLUMNS_BY_DEFAULT = 26


class Sheet:
    """One tab.

    `rows` is ragged: a row ends with its last cell that is not blank, and rows after the last one with
    content may be missing. A row, a value in a layer and a JSON object are never changed in place but
    replaced, so a copy of a sheet shares them and costs one list of pointers.
    """

    def __init__(self, sheet_id: int, title: str, row_count: int, column_count: int) -> None:
        self.sheet_id = sheet_id
        self.title = title
        self.row_count = row_count
        self.column_count = column_count
        self.properties: Json = {}
        self.grid_properties: Json = {}
        self.rows: list[list[Scalar]] = []
        self.formats = Layer()
        self.notes = Layer()
        self.validations = Layer()
        self.row_sizes = Runs()
        self.column_sizes = Runs()
        self.row_depths = Runs()
        self.column_depths = Runs()
        self.collapsed_groups: list[Json] = []
        self.merges: list[Area] = []
        self.conditional_formats: list[Json] = []
        self.protected_ranges: list[Json] = []
        self.banded_ranges: list[Json] = []
        self.basic_filter: Json | None = None
        self.filter_views: list[Json] = []
        self.last_table: Area | None = None
        self.touched_blocks: set[int] = set()
        self.settings_touched = True
        self.is_stored = False

    def copy(self) -> "Sheet":
        """Give a sheet that can be changed without changing this one, and that nothing has touched yet."""
        twin = copy.copy(self)
        twin.rows = self.rows.copy()
        for name in ("formats", "notes", "validations"):
            setattr(twin, name, getattr(self, name).copy())
        for name in ("row_sizes", "column_sizes", "row_depths", "column_depths"):
            setattr(twin, name, getattr(self, name).copy())
        twin.touched_blocks = set()
        twin.settings_touched = False
        return twin

    @property
    def whole(self) -> Area:
        """All cells of the grid."""
        return Area(0, self.row_count, 0, self.column_count)

    @property
    def cell_count(self) -> int:
        """Cells the grid has, blank ones too; they count against Google's ten million."""
        return self.row_count * self.column_count

    def area(self, grid_range: Json) -> Area:
        """Give the cells of a GridRange on this sheet; see `area_of` for what is refused."""
        return area_of(grid_range, self.row_count, self.column_count)

    def cell(self, row: int, column: int) -> Scalar:
        """Give one cell; blank is the empty string."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def read(self, area: Area) -> list[list[Scalar]]:
        """Give the cells of an area, row by row; a row may be short, rows at the end may be missing."""
        rows = self.rows[area.top : area.bottom]
        if area.left == 0 and area.right >= self.column_count:
            return rows
        return [row[area.left : area.right] for row in rows]

    def put_row(self, row: int, cells: list[Scalar]) -> None:
        """Replace a row; the list is taken over and cut after its last cell that is not blank."""
        while cells and cells[-1] == "":
            cells.pop()
        missing = row + 1 - len(self.rows)
        if missing > 0:
            if not cells:
                return
            self.rows.extend([] for _ in range(missing))
        self.last_table = None
        self.rows[row] = cells
        self.touched_blocks.add(row // BLOCK_ROWS)

    def put_cells(self, row: int, left: int, cells: list[Scalar]) -> None:
        """Replace the cells of a row from a column on."""
        old = self.rows[row] if row < len(self.rows) else []
        padding: list[Scalar] = [""] * (left - len(old))
        self.put_row(row, [*old[:left], *padding, *cells, *old[left + len(cells) :]])

    def clear(self, area: Area) -> None:
        """Make the cells of an area blank; formats, notes and validation stay."""
        for row in range(area.top, min(area.bottom, len(self.rows))):
            if len(self.rows[row]) > area.left:
                self.put_cells(row, area.left, [""] * area.width)

    def last_row_with_content(self) -> int:
        """Give the number of rows up to and with the last one that has a cell; 0 when all are blank."""
        count = len(self.rows)
        while count and not self.rows[count - 1]:
            count -= 1
        return count

    def touch_rows_from(self, row: int, old_length: int) -> None:
        """Note that every row from here on may have changed."""
        last = max(old_length, len(self.rows))
        self.touched_blocks.update(range(row // BLOCK_ROWS, last // BLOCK_ROWS + 1))

    def shift(self, shift: Shift, inherit: int | None = None) -> None:
        """Insert, delete or move rows or columns, with everything that lies on them.

        Args:
            shift: What happens.
            inherit: For an insertion, the index whose format, validation and size the new ones get.
        """
        self.last_table = None
        self._shift_cells(shift)
        self._shift_layers(shift, inherit)
        self.shift_objects(shift)
        growth = {"insert": shift.count, "delete": -shift.count, "move": 0}[shift.kind]
        if shift.dimension == "ROWS":
            self.row_count += growth
        else:
            self.column_count += growth
        self.settings_touched = True

    def _shift_cells(self, shift: Shift) -> None:
        old_length = len(self.rows)
        if shift.dimension == "ROWS":
            if shift.start < old_length or shift.kind == "move":
                self.rows = shifted(self.rows, shift, lambda count: [[] for _ in range(count)])
                self.touch_rows_from(min(shift.start, shift.target or shift.start), old_length)
            return
        for row, cells in enumerate(self.rows):
            if len(cells) > shift.start or (shift.kind == "move" and len(cells) > shift.target):
                self.put_row(row, shifted(cells, shift, lambda count: [""] * count))

    def _shift_layers(self, shift: Shift, inherit: int | None) -> None:
        self.formats.shift(shift, inherit)
        self.validations.shift(shift, inherit)
        self.notes.shift(shift)
        if shift.dimension == "ROWS":
            self.row_sizes.shift(shift, inherit)
            self.row_depths.shift(shift)
        else:
            self.column_sizes.shift(shift, inherit)
            self.column_depths.shift(shift)

    def shift_objects(self, shift: Shift) -> None:
        """Let what has a range follow: merges, rules, protections, banding, filters."""
        self.merges = shift_areas(shift, self.merges)
        self.conditional_formats = shift_objects(shift, self.conditional_formats)
        self.protected_ranges = shift_objects(shift, self.protected_ranges)
        self.banded_ranges = shift_objects(shift, self.banded_ranges)
        if self.basic_filter is not None:
            self.basic_filter = shift_filter(shift, self.basic_filter)
        views = (shift_filter(shift, each) for each in self.filter_views)
        self.filter_views = [each for each in views if each is not None]


def shifted(items: list[Any], shift: Shift, blanks: Callable[[int], list[Any]]) -> list[Any]:
    """Give what stands along a dimension after a shift; `blanks` makes what is inserted."""
    if shift.kind == "insert":
        return [*items[: shift.start], *blanks(shift.count), *items[shift.start :]]
    if shift.kind == "delete":
        return [*items[: shift.start], *items[shift.end :]]
    reach = max(shift.end, shift.target)
    items = [*items, *blanks(max(reach - len(items), 0))]
    block, rest = items[shift.start : shift.end], [*items[: shift.start], *items[shift.end :]]
    return [*rest[: shift.landing], *block, *rest[shift.landing :]]
