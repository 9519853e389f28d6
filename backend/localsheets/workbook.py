"""One spreadsheet: its tabs in order, its named ranges and its developer metadata."""

import copy
import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from backend.localsheets.a1 import Reference, parse_reference, reference_name, split_title
from backend.localsheets.formula_references import follow_shift
from backend.localsheets.grid import Area, Dimension, Shift, shift_object, shift_span
from backend.localsheets.permissions import owned_by
from backend.localsheets.problems import Json, exceeds_grid, invalid
from backend.localsheets.sheet import Sheet

CELL_LIMIT = 10_000_000
ID_LETTERS = string.ascii_letters + string.digits + "-_"


def random_spreadsheet_id() -> str:
    """Give an id that looks like Google's: 44 characters, the first a 1."""
    return "1" + "".join(secrets.choice(ID_LETTERS) for _ in range(43))


def random_number_id() -> int:
    """Give an id for a tab, a protected range or the like: positive, below 2**31."""
    return secrets.randbelow(2**31 - 1) + 1


def current_time() -> datetime:
    """Give the time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the server takes from the world: the clock, ids, and who is calling."""

    clock: Callable[[], datetime] = current_time
    new_id: Callable[[], str] = random_spreadsheet_id
    new_sheet_id: Callable[[], int] = random_number_id
    caller: str = "steward@localhost"


@dataclass(frozen=True, slots=True)
class Target:
    """A range that was looked up: its sheet, what was asked for, and the cells of it on the grid."""

    sheet: Sheet
    reference: Reference
    area: Area


class Workbook:
    """One spreadsheet. Named ranges, metadata, permissions: JSON objects that are replaced, never changed."""

    def __init__(self, spreadsheet_id: str, properties: Json, outside: Outside) -> None:
        self.spreadsheet_id = spreadsheet_id
        self.properties = properties
        self.outside = outside
        self.sheets: list[Sheet] = []
        self.named_ranges: list[Json] = []
        self.metadata: list[Json] = []
        self.permissions = owned_by(outside.caller)
        self.created = outside.clock()
        self.modified = self.created
        self.version = 0
        self._drafted: set[int] | None = None

    def seen_by(self, caller: str) -> "Workbook":
        """Give the same workbook, called by an account."""
        twin = copy.copy(self)
        twin.outside = replace(self.outside, caller=caller)
        return twin

    def draft(self) -> "Workbook":
        """Give a workbook to change: it shares all sheets and copies one when it is asked for."""
        twin = copy.copy(self)
        twin.sheets = self.sheets.copy()
        twin._drafted = set()  # noqa: SLF001 - the same class
        twin.version += 1
        twin.modified = self.outside.clock()
        return twin

    def settle(self) -> None:
        """End a draft: what it holds is now how things are."""
        for sheet in self.changed_sheets():
            sheet.is_stored = True
        self._drafted = None

    @property
    def title(self) -> str:
        """The name of the spreadsheet."""
        return str(self.properties.get("title", ""))

    def sheet(self, sheet_id: int) -> Sheet:
        """Give a tab by its id; in a draft, a copy that may be changed.

        Raises:
            RefusedError: No tab has this id.
        """
        for place, sheet in enumerate(self.sheets):
            if sheet.sheet_id == sheet_id:
                return self._own(place)
        raise invalid(message=f"No grid with id: {sheet_id}")

    def sheet_of(self, grid_range: Json) -> Sheet:
        """Give the tab of a GridRange, DimensionRange or GridCoordinate; a missing sheetId is 0."""
        return self.sheet(int(grid_range.get("sheetId") or 0))

    def _own(self, place: int) -> Sheet:
        sheet = self.sheets[place]
        if self._drafted is not None and sheet.sheet_id not in self._drafted:
            sheet = self.sheets[place] = sheet.copy()
            self._drafted.add(sheet.sheet_id)
        return sheet

    def adopt(self, sheet: Sheet, place: int) -> None:
        """Put a new tab at a place."""
        self.sheets.insert(place, sheet)
        if self._drafted is not None:
            self._drafted.add(sheet.sheet_id)

    def changed_sheets(self) -> list[Sheet]:
        """Give the tabs a draft copied or added."""
        return [sheet for sheet in self.sheets if sheet.sheet_id in (self._drafted or ())]

    def sheet_titled(self, title: str) -> Sheet | None:
        """Give a tab by its title in any case, or None."""
        wanted = title.casefold()
        for place, sheet in enumerate(self.sheets):
            if sheet.title.casefold() == wanted:
                return self._own(place)
        return None

    def find(self, range_name: str) -> Target:
        """Look up a range in A1 notation, a tab title or a named range; that may stand after a tab's title.

        Source: gspread's Spreadsheet.named_range asks for 'first tab'!name and promises all tabs.

        Raises:
            RefusedError: Nothing is called this, or it starts outside the grid.
        """
        sheet, reference = self._look_up(range_name)
        area = reference.area(sheet.row_count, sheet.column_count)
        if area is None:
            shown = reference_name(sheet.title, reference)
            raise exceeds_grid(shown, sheet.row_count, sheet.column_count)
        return Target(sheet, reference, area)

    def _look_up(self, range_name: str) -> tuple[Sheet, Reference]:
        title, rest = split_title(range_name)
        if title is None:
            reference = parse_reference(rest)
            if reference is not None:
                return self._own(0), reference
            named = self._named(rest)
            if named is not None:
                return named
            title, rest = rest, ""
        sheet = self.sheet_titled(title)
        reference = Reference() if not rest and "!" not in range_name[-1:] else parse_reference(rest)
        if sheet is not None and reference is None and (named := self._named(rest)) is not None:
            return named
        if sheet is None or reference is None:
            raise invalid(message=f"Unable to parse range: {range_name}")
        return sheet, reference

    def _named(self, name: str) -> tuple[Sheet, Reference] | None:
        for each in self.named_ranges:
            if each["name"].casefold() == name.casefold():
                return self.sheet_of(each["range"]), reference_of(each["range"])
        return None

    def target(self, grid_range: Json) -> Target:
        """Look up a GridRange.

        Raises:
            RefusedError: It starts outside the grid, or its tab does not exist.
        """
        sheet = self.sheet_of(grid_range)
        return Target(sheet, reference_of(grid_range), sheet.area(grid_range))

    def check_cell_limit(self, more: int = 0) -> None:
        """Refuse a workbook with more than ten million cells, those about to be added counted in.

        Source: nithinmurali/pygsheets#589 (facts page, row "10M cells").
        """
        if sum(sheet.cell_count for sheet in self.sheets) + more > CELL_LIMIT:
            raise invalid(
                message="This action would increase the number of cells in the workbook above the limit of "
                f"{CELL_LIMIT} cells."
            )

    def resize(self, sheet: Sheet, row_count: int, column_count: int) -> None:
        """Give a grid another size, rows before columns; what lies outside the new one is gone.

        Raises:
            RefusedError: The size is not positive, or the workbook would have too many cells. Rows are
                counted before columns: robin900/gspread-dataframe#37 (facts page, row "10M cells").
        """
        if row_count < 1 or column_count < 1:
            wrong = "rowCount" if row_count < 1 else "columnCount"
            raise invalid(message=f"gridProperties.{wrong} must be greater than 0")
        self._shrink(sheet, "ROWS", row_count, sheet.row_count)
        sheet.row_count = row_count
        self.check_cell_limit()
        self._shrink(sheet, "COLUMNS", column_count, sheet.column_count)
        sheet.column_count = column_count
        self.check_cell_limit()
        sheet.settings_touched = True

    def _shrink(self, sheet: Sheet, dimension: Dimension, size: int, old_size: int) -> None:
        if size < old_size:
            self.shift(sheet, Shift(kind="delete", dimension=dimension, start=size, count=old_size - size))

    def shift(self, sheet: Sheet, shift: Shift, inherit: int | None = None) -> None:
        """Insert, delete or move rows or columns of a tab, with all that refers to them."""
        if shift.kind == "insert":
            width = sheet.column_count if shift.dimension == "ROWS" else sheet.row_count
            self.check_cell_limit(shift.count * width)
        sheet.shift(shift, inherit)
        follow_shift(self, sheet, shift)
        self.shift_named_ranges(sheet, shift)
        metadata = (self._shifted_metadata(each, sheet, shift) for each in self.metadata)
        self.metadata = [each for each in metadata if each is not None]

    def shift_named_ranges(self, sheet: Sheet, shift: Shift) -> None:
        """Let the named ranges of a tab follow."""
        named = (self._shifted_range(each, sheet, shift) for each in self.named_ranges)
        self.named_ranges = [each for each in named if each is not None]

    def _shifted_range(self, named: Json, sheet: Sheet, shift: Shift) -> Json | None:
        if int(named["range"].get("sheetId") or 0) != sheet.sheet_id:
            return named
        return shift_object(shift, named)

    def _shifted_metadata(self, metadata: Json, sheet: Sheet, shift: Shift) -> Json | None:
        place = metadata["location"].get("dimensionRange")
        if not place or place["sheetId"] != sheet.sheet_id or place["dimension"] != shift.dimension:
            return metadata
        span = shift_span(shift, place["startIndex"], place["endIndex"])
        if span is None:
            return None
        moved = {**place, "startIndex": span[0], "endIndex": span[1]}
        return {**metadata, "location": {**metadata["location"], "dimensionRange": moved}}


def reference_of(grid_range: Json) -> Reference:
    """Give a GridRange as a reference, open edges left open."""
    edges: dict[str, Any] = {
        "top": grid_range.get("startRowIndex"),
        "bottom": grid_range.get("endRowIndex"),
        "left": grid_range.get("startColumnIndex"),
        "right": grid_range.get("endColumnIndex"),
    }
    if edges["bottom"] is not None and edges["top"] is None:
        edges["top"] = 0
    if edges["right"] is not None and edges["left"] is None:
        edges["left"] = 0
    return Reference(**edges)
