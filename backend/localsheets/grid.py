"""Rectangles of cells: half-open, counted from zero, and how they move when rows or columns do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from backend.localsheets.problems import Json, invalid

Dimension: TypeAlias = Literal["ROWS", "COLUMNS"]

EDGES: dict[str, tuple[str, str]] = {
    "ROWS": ("startRowIndex", "endRowIndex"),
    "COLUMNS": ("startColumnIndex", "endColumnIndex"),
}

ACROSS: dict[Dimension, Dimension] = {"ROWS": "COLUMNS", "COLUMNS": "ROWS"}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: rows `top` up to but not `bottom`, columns `left` up to but not `right`."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """Rows in the area."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns in the area."""
        return self.right - self.left

    def overlaps(self, other: "Area") -> bool:
        """Tell whether the two share a cell."""
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def contains(self, other: "Area") -> bool:
        """Tell whether every cell of the other lies in this one."""
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )

    def common(self, other: "Area") -> "Area":
        """Give the cells both have; it may be empty (height or width not positive)."""
        return Area(
            max(self.top, other.top),
            min(self.bottom, other.bottom),
            max(self.left, other.left),
            min(self.right, other.right),
        )

    def grid_range(self) -> Json:
        """Give the area as a GridRange without sheetId."""
        return {
            "startRowIndex": self.top,
            "endRowIndex": self.bottom,
            "startColumnIndex": self.left,
            "endColumnIndex": self.right,
        }


def area_of(grid_range: Json, row_count: int, column_count: int) -> Area:
    """Give the cells of a GridRange; a missing edge is the edge of the grid, an end outside is cut off.

    Raises:
        RefusedError: The range ends before it starts, or starts outside the grid.
    """
    top, bottom = _edge(grid_range, "ROWS", row_count)
    left, right = _edge(grid_range, "COLUMNS", column_count)
    return Area(top, bottom, left, right)


def _edge(grid_range: Json, dimension: str, size: int) -> tuple[int, int]:
    first_name, end_name = EDGES[dimension]
    first = int(grid_range.get(first_name) or 0)
    given_end = grid_range.get(end_name)
    end = size if given_end is None else int(given_end)
    if first < 0 or end < first:
        raise invalid(message=f"range.{end_name}[{end}] must not be before range.{first_name}[{first}]")
    if first >= size and end > first:
        raise invalid(message=f"range.{first_name}[{first}] is after last index in grid[{size}]")
    return first, min(end, size)


def shown_range(grid_range: Json, sheet_id: int) -> Json:
    """Give a GridRange as Google shows it: sheetId 0 is left out, as proto3 does.

    Source: recording WorksheetTest.test_add_protected_range_normal.
    """
    edges = {name: value for name, value in grid_range.items() if name != "sheetId" and value is not None}
    return {"sheetId": sheet_id, **edges} if sheet_id else edges


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A change of rows or columns: insert `count` at `start`, delete them, or move them to `target`.

    `target` is an index from before the move, and never inside the moved block. With a `band` only cells in
    those columns (or rows) move, and a range follows when it lies in the band with its whole width.
    """

    kind: Literal["insert", "delete", "move"]
    dimension: Dimension
    start: int
    count: int
    target: int = 0
    band: tuple[int, int] | None = None

    def reaches(self, first: int | None, end: int | None) -> bool:
        """Tell whether a range that spans these columns (or rows) moves along."""
        if self.band is None:
            return True
        return first is not None and end is not None and self.band[0] <= first and end <= self.band[1]

    @property
    def end(self) -> int:
        """The first index after the block."""
        return self.start + self.count

    @property
    def landing(self) -> int:
        """Where a moved block starts after the move."""
        return self.target if self.target <= self.start else self.target - self.count


def shift_span(shift: Shift, first: int, end: int) -> tuple[int, int] | None:
    """Give where the indexes first..end-1 are after the shift; None when all of them are deleted.

    A range grows when something is inserted strictly inside it; a range inside a moved block moves along.
    """
    if shift.kind == "insert":
        return _inserted(shift.start, shift.count, first, end)
    if shift.kind == "move" and shift.start <= first and end <= shift.end:
        offset = shift.landing - shift.start
        return first + offset, end + offset
    kept = _deleted(shift.start, shift.end, first, end)
    if shift.kind == "delete" or kept is None:
        return kept
    if first <= shift.start and shift.end <= end and first <= shift.target <= end:
        return first, end
    return _inserted(shift.landing, shift.count, *kept)


def _inserted(at: int, count: int, first: int, end: int) -> tuple[int, int]:
    if at <= first:
        return first + count, end + count
    return (first, end + count) if at < end else (first, end)


def _deleted(start: int, stop: int, first: int, end: int) -> tuple[int, int] | None:
    def moved(index: int) -> int:
        return index if index <= start else max(start, index - (stop - start))

    first, end = moved(first), moved(end)
    return (first, end) if first < end else None


def shift_range(shift: Shift, grid_range: Json) -> Json | None:
    """Give a GridRange after the shift; open edges stay open; None when nothing is left of it."""
    first_name, end_name = EDGES[shift.dimension]
    first, end = grid_range.get(first_name), grid_range.get(end_name)
    across = [grid_range.get(name) for name in EDGES[ACROSS[shift.dimension]]]
    if (first is None and end is None) or not shift.reaches(across[0] or 0, across[1]):
        return grid_range
    open_end = 1 << 40
    span = shift_span(shift, first or 0, open_end if end is None else end)
    if span is None:
        return None
    result = dict(grid_range)
    if first is not None:
        result[first_name] = span[0]
    if end is not None:
        result[end_name] = span[1]
    return result


def shift_objects(shift: Shift, objects: Iterable[Json]) -> list[Json]:
    """Give things with a `range` or `ranges` after the shift; what lost all its cells is dropped."""
    shifted = (shift_object(shift, thing) for thing in objects)
    return [thing for thing in shifted if thing is not None]


def shift_object(shift: Shift, thing: Json) -> Json | None:
    """Give one thing with a `range` or `ranges` after the shift; None when it lost all its cells."""
    if "range" in thing:
        moved = shift_range(shift, thing["range"])
        return None if moved is None else {**thing, "range": moved}
    ranges = [moved for each in thing.get("ranges", ()) if (moved := shift_range(shift, each)) is not None]
    if thing.get("ranges") and not ranges:
        return None
    return {**thing, "ranges": ranges} if ranges else thing


def shift_areas(shift: Shift, areas: Iterable[Area]) -> list[Area]:
    """Give areas after the shift, without those that lost all their cells."""
    result = []
    for area in areas:
        along, across = (area.top, area.bottom), (area.left, area.right)
        if shift.dimension == "COLUMNS":
            along, across = across, along
        span = shift_span(shift, *along) if shift.reaches(*across) else along
        if span is not None and shift.dimension == "ROWS":
            result.append(Area(*span, area.left, area.right))
        elif span is not None:
            result.append(Area(area.top, area.bottom, *span))
    return result
