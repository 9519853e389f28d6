"""A sheet as somebody else laid it out: its cells and everything that lies on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of cells; positions are 0-based, `bottom` and `right` are not part of it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """Its name in A1 notation."""
        first = f"{column_letters(self.left)}{self.top + 1}"
        return f"{first}:{column_letters(self.right - 1)}{self.bottom}"

    @property
    def corner(self) -> str:
        """Its first cell."""
        return f"{column_letters(self.left)}{self.top + 1}"

    @classmethod
    def of(cls, grid_range: Mapping[str, int], rows: int, columns: int) -> Area:
        """Give a range of the service's with its open edges closed, in a grid of so many rows and columns."""
        return cls(
            top=grid_range.get("startRowIndex", 0),
            left=grid_range.get("startColumnIndex", 0),
            bottom=grid_range.get("endRowIndex", rows),
            right=grid_range.get("endColumnIndex", columns),
        )

    def has_column(self, place: int) -> bool:
        """Say whether it reaches over a column."""
        return self.left <= place < self.right

    def meets(self, other: Area) -> bool:
        """Say whether the two have a cell in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Banding:
    """Alternating colours: the id the service knows them by, and where they lie."""

    banding_id: int
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterView:
    """A filter view.

    Attributes:
        view_id: Its number in the spreadsheet.
        area: Where it lies; None when it lies on a named range or a table.
    """

    view_id: int
    title: str
    area: Area | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSeen:
    """One sheet of a spreadsheet, or one tab of a file.

    Attributes:
        rows: All cells from row 1, ragged.
        grid_rows: How many rows the sheet has, filled or not.
        grid_columns: How many columns.
        hidden: Whether the sheet is hidden.
        tab_tag: Tab id, where it is bound already; '' where it is not.
        merges: Merged cells.
        filter: The basic filter as the service gave it; empty when there is none.
        filter_area: Where the basic filter lies.
        bandings: Alternating colours.
        filter_views: Its filter views.
        tables: Names of its tables.
        conditional_formats: How many it has.
        groups_at_left: Whether column A is in a group of columns.
    """

    title: str
    rows: Sequence[Sequence[object]]
    sheet_id: int = 0
    grid_rows: int = 0
    grid_columns: int = 0
    hidden: bool = False
    tab_tag: str = ""
    merges: tuple[Area, ...] = ()
    filter: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    filter_area: Area | None = None
    bandings: tuple[Banding, ...] = ()
    filter_views: tuple[FilterView, ...] = ()
    tables: tuple[str, ...] = ()
    conditional_formats: int = 0
    groups_at_left: bool = False
