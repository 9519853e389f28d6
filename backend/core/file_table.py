"""The table that a file holds, and where in the file each of its rows stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from backend.core.snapshot import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.core.fields.field import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class TabRows:
    """What one tab of a file brings to the table.

    Attributes:
        headers: Its own headers by column of the table; '' for a column it lacks.
        rows: Cells below its header row, each row as long as `headers`. Blank rows in between are kept, so
            `rows[0]` is the row below the header row; blank rows at the end are left out.
        header_row: 1-based row of its headers, blank lines counted.
        title: Its title; '' for a file that has no tabs.
    """

    headers: tuple[str, ...]
    rows: list[list[Cell]]
    header_row: int = 1
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTable:
    """A table from a file: the rows of one tab, or of several tabs of one kind, one after the other.

    A row goes by a number: its row in the file, to which the tab at place n adds n * `MOST_ROWS`. So the rows
    keep their numbers in a `TabRead`.

    Attributes:
        headers: One text a column, as written; '' where a column has data and no header.
        tabs: What was read, at least one.
    """

    headers: tuple[str, ...]
    tabs: tuple[TabRows, ...]

    @classmethod
    def of(
        cls,
        headers: Sequence[str],
        rows: list[list[Any]],
        *,
        header_row: int = 1,
        title: str = "",
        **more: Any,
    ) -> Self:
        """Give the table of a single tab."""
        texts = tuple(headers)
        return cls(
            headers=texts,
            tabs=(TabRows(headers=texts, rows=rows, header_row=header_row, title=title),),
            **more,
        )

    @property
    def rows(self) -> list[list[Cell]]:
        """All rows, each as long as `headers`, in their order."""
        if not self.in_several_tabs:
            return self.tabs[0].rows
        return [row for tab in self.tabs for row in tab.rows]

    @property
    def in_several_tabs(self) -> bool:
        """Whether a row must be named with its tab."""
        return len(self.tabs) > 1

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the tabs that were read."""
        return tuple(tab.title for tab in self.tabs)

    def numbers(self) -> Iterator[int]:
        """Give the number of each of `rows`."""
        for place, tab in enumerate(self.tabs):
            first = place * MOST_ROWS + tab.header_row + 1
            yield from range(first, first + len(tab.rows))

    def number(self, title: str, row: int) -> int:
        """Give the number of a row that is known by its tab, '' in a table of one tab, and its row there."""
        return self.titles.index(title) * MOST_ROWS + row if title else row

    def row(self, number: int) -> list[Cell]:
        """Give the cells of a row."""
        place, own = divmod(number, MOST_ROWS)
        return self.tabs[place].rows[own - self.tabs[place].header_row - 1]

    def where(self, number: int) -> dict[str, int | str]:
        """Give `row`, the row in the file, and before it `tab` where there are several; 0 is no row."""
        if not self.in_several_tabs:
            return {"row": number}
        place, own = divmod(number, MOST_ROWS)
        return {"tab": self.tabs[place].title if own else "", "row": own}

    def named(self, number: int) -> int | str:
        """Give what a row is called where it stands alone: 4, or 小李!4 where there are several tabs."""
        return "!".join(map(str, self.where(number).values())) if self.in_several_tabs else number
