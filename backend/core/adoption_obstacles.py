"""What keeps a sheet from being taken over: merged cells, names twice, tables and what lies on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.seen import Area
from backend.core.wording import say
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.adoption import SheetAdoption
    from sheets_schema.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One reason why a spreadsheet cannot be taken over.

    Attributes:
        code: Code of the sentence.
        params: What fills its places.
    """

    code: str
    params: tuple[tuple[str, object], ...] = ()

    @staticmethod
    def of(code: str, **params: object) -> Obstacle:
        """Give an obstacle with its parameters by name."""
        return Obstacle(code=code, params=tuple(params.items()))

    def message(self, language: Language) -> str:
        """Give the sentence in one language."""
        return say(self.code, language, **dict(self.params))


def obstacles_of(sheet: SheetAdoption) -> Iterator[Obstacle]:
    """Give what keeps a recognised sheet from being taken over."""
    yield from _names_twice(sheet)
    yield from _merged_cells(sheet)
    if sheet.tab.id != "Customers":
        return
    seen = sheet.seen
    views = [view.title for view in seen.filter_views if view.area is None]
    if views:
        yield Obstacle.of("init-filter-views", tab=seen.title, names=", ".join(views))
    if seen.tables:
        yield Obstacle.of("init-tables", tab=seen.title, names=", ".join(seen.tables))
    rows = [banding.area for banding in seen.bandings if banding.area.meets(data_area(sheet))]
    for place, area in enumerate(rows):
        if any(area.top < other.bottom and other.top < area.bottom for other in rows[place + 1 :]):
            yield Obstacle.of("init-banding", tab=seen.title, range=area.name)


def data_area(sheet: SheetAdoption) -> Area:
    """Give the cells of a sheet from its header row to its last row, all columns that hold anything."""
    last = max(len(sheet.seen.rows), sheet.header_row)
    return Area(top=sheet.header_row - 1, left=0, bottom=last, right=max(len(sheet.fields), 1))


def _names_twice(sheet: SheetAdoption) -> Iterator[Obstacle]:
    names = {"Customers": "full_name", "Transactions": "customer_id"}
    for field_id, places in sheet.twice:
        if field_id == names[sheet.tab.id]:
            cells = ", ".join(f"{column_letters(place)}{sheet.header_row}" for place in places)
            letter = column_letters(places[-1])
            label = sheet.tab.column(field_id).label
            yield Obstacle.of(
                "init-twice", tab=sheet.seen.title, column=label.both, cells=cells, letter=letter
            )


def _merged_cells(sheet: SheetAdoption) -> Iterator[Obstacle]:
    """Name merged cells that hide cells: in the header row side by side, in the lines anywhere.

    A title above the headers, a header over two lines and a row of totals may be merged.
    """
    header, title = sheet.header_row - 1, sheet.seen.title
    bound = [place for _, _, place in sheet.bound]
    for area in sheet.seen.merges:
        if area.bottom <= header or not any(area.left <= place < area.right for place in bound):
            continue
        if area.top <= header:
            if area.right - area.left > 1 or _filled_below(sheet, area):
                yield Obstacle.of("init-merged-header", tab=title, cell=area.corner, range=area.name)
        elif not all(row + 1 in sheet.totals or _blank(sheet, row) for row in range(area.top, area.bottom)):
            yield Obstacle.of("init-merged", tab=title, cell=area.corner, range=area.name)


def _filled_below(sheet: SheetAdoption, area: Area) -> bool:
    """Say whether a merged header reaches down into a row that holds something."""
    return not all(_blank(sheet, row) for row in range(sheet.header_row, area.bottom))


def _blank(sheet: SheetAdoption, row: int) -> bool:
    rows = sheet.seen.rows
    return row >= len(rows) or all(cell in ("", None) for cell in rows[row])
