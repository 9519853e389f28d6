"""Takes a team's spreadsheet over: one atomic batch adds the tool block, tags and the missing tabs.

Nothing of the team's is moved among itself, renamed or rewritten: columns are inserted beside its own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from backend.adapters.google import layout
from backend.core.adoption_obstacles import data_area
from sheets_schema.headers import HeaderLanguage, columns_of, header_text, tab_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.core.adoption import Adoption, SheetAdoption
    from backend.core.fields.field import Cell
    from backend.core.seen import Area, SheetSeen
    from sheets_schema.model import Tab

Request = dict[str, Any]

_ROWS_OF_NEW_TAB = 1_000


class Side(StrEnum):
    """Where the tool block is put: before the team's columns or after them."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedTab:
    """A tab to be added: its columns, and its first rows in the order of the columns."""

    tab: Tab
    rows: Sequence[Sequence[Cell]] = ()


def adopt(
    client: SheetsClient,
    spreadsheet_id: str,
    sheets: Sequence[SheetSeen],
    adoption: Adoption,
    added: Sequence[AddedTab],
    *,
    side: Side,
    language: HeaderLanguage,
) -> None:
    """Carry an adoption out: all of it, or nothing. There is no call when there is nothing to do.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        sheets: Its sheets as they were seen.
        adoption: What they were recognised as, without obstacles.
        added: The tabs that have to be added.
        side: Where the tool block is put.
        language: Language of our headers, titles and notes.
    """
    requests = [
        request
        for sheet in adoption.sheets
        for request in _sheet_requests(sheet, side=side, language=language)
    ]
    requests.extend(_new_tabs(sheets, added, language))
    if requests:
        client.batch_update(spreadsheet_id, {"requests": requests})


def _sheet_requests(sheet: SheetAdoption, *, side: Side, language: HeaderLanguage) -> Iterator[Request]:
    """Give the requests that bind one sheet, with the tool block when it holds the customers."""
    tab, seen = sheet.tab, sheet.seen
    block = len(tab.block)
    at = _after_everything(sheet) if side is Side.RIGHT else 0
    moved = block if block and side is Side.LEFT else 0
    if block:
        yield from _insertion(seen, at, block)
        yield from layout.block_requests(
            tab,
            seen.sheet_id,
            language,
            first=at,
            header_row=sheet.header_row,
            grouped=not (seen.groups_at_left and side is Side.LEFT),
        )
        places = {column.id: at + place for place, column in enumerate(tab.block)}
        places |= {field_id: place + moved for _, field_id, place in sheet.bound}
        yield from layout.conditional_formats(
            tab, seen.sheet_id, places, header_row=sheet.header_row, index=seen.conditional_formats
        )
        yield from _widened(sheet, at, block)
    yield layout.tab_tag(tab, seen.sheet_id)
    for place, field_id in enumerate(sheet.fields):
        if sheet.used[place]:
            yield layout.column_tag(tab, field_id, seen.sheet_id, place + moved)
            meanings = columns_of(tab, sheet.texts[place])
            if field_id and meanings and field_id not in meanings:
                yield layout.header_tag(sheet.texts[place], seen.sheet_id, place + moved)


def _after_everything(sheet: SheetAdoption) -> int:
    """Give the first column to the right of everything that lies on a sheet."""
    seen = sheet.seen
    areas: list[Area] = [*seen.merges, *(banding.area for banding in seen.bandings)]
    areas.extend(view.area for view in seen.filter_views if view.area is not None)
    if seen.filter_area is not None:
        areas.append(seen.filter_area)
    cells = max((len(row) for row in seen.rows), default=0)
    return max([cells, *(area.right for area in areas)])


def _insertion(seen: SheetSeen, at: int, block: int) -> Iterator[Request]:
    if at >= seen.grid_columns:
        yield {"appendDimension": {"sheetId": seen.sheet_id, "dimension": "COLUMNS", "length": block}}
        return
    span = {"sheetId": seen.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + block}
    yield {"insertDimension": {"range": span, "inheritFromBefore": False}}


def _widened(sheet: SheetAdoption, at: int, block: int) -> Iterator[Request]:
    """Extend the filter, filter views and bandings that lie on the customers over the block."""
    seen, data = sheet.seen, data_area(sheet)
    moved = block if at == 0 else 0
    if seen.filter_area is not None and seen.filter_area.meets(data):
        span = _over_block(seen, seen.filter_area, at, block)
        yield {"setBasicFilter": {"filter": _moved_filter(seen.filter, span, moved)}}
    for view in seen.filter_views:
        if view.area is not None and view.area.meets(data):
            span = _over_block(seen, view.area, at, block)
            wider = {"filterViewId": view.view_id, "range": span}
            yield {"updateFilterView": {"filter": wider, "fields": "range"}}
    for banding in seen.bandings:
        if banding.area.meets(data):
            span = _over_block(seen, banding.area, at, block)
            banded = {"bandedRangeId": banding.banding_id, "range": span}
            yield {"updateBanding": {"bandedRange": banded, "fields": "range"}}


def _over_block(seen: SheetSeen, area: Area, at: int, block: int) -> dict[str, int]:
    left, right = (0, area.right + block) if at == 0 else (area.left, at + block)
    return {
        "sheetId": seen.sheet_id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def _moved_filter(found: Mapping[str, Any], span: dict[str, int], moved: int) -> dict[str, Any]:
    """Give a basic filter over another range, what it shows and how it sorts staying with their columns."""
    new: dict[str, Any] = {"range": span}
    if "sortSpecs" in found:
        new["sortSpecs"] = [
            {**one, "dimensionIndex": one.get("dimensionIndex", 0) + moved} for one in found["sortSpecs"]
        ]
    if "filterSpecs" in found:
        new["filterSpecs"] = [
            {**one, "columnIndex": one.get("columnIndex", 0) + moved} for one in found["filterSpecs"]
        ]
    elif "criteria" in found:
        new["criteria"] = {str(int(place) + moved): one for place, one in found["criteria"].items()}
    return new


def _new_tabs(
    sheets: Sequence[SheetSeen], added: Sequence[AddedTab], language: HeaderLanguage
) -> Iterator[Request]:
    ids = itertools.count(max((sheet.sheet_id for sheet in sheets), default=0) + 1)
    taken = {sheet.title.casefold() for sheet in sheets}
    for new in added:
        title, sheet_id = _free_title(new.tab, language, taken), next(ids)
        rows = max(_ROWS_OF_NEW_TAB, len(new.rows) + 1)
        properties = layout.sheet_properties(title, rows, len(new.tab.columns))
        yield {"addSheet": {"properties": {**properties, "sheetId": sheet_id}}}
        yield from layout.tab_requests(new.tab, sheet_id, language, ())
        if new.rows:
            yield _first_rows(sheet_id, new.rows)


def _free_title(tab: Tab, language: HeaderLanguage, taken: set[str]) -> str:
    """Give the title of a new tab: in one language, in both, or with a number, the first that is free."""
    both = tab_title(tab.label, HeaderLanguage.BOTH)
    numbered = (f"{both} {number}" for number in itertools.count(2))
    wishes = itertools.chain((header_text(tab.label, language).replace(" / ", " "), both), numbered)
    title = next(wish for wish in wishes if wish.casefold() not in taken)
    taken.add(title.casefold())
    return title


def _first_rows(sheet_id: int, rows: Sequence[Sequence[Cell]]) -> Request:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": 1, "columnIndex": 0},
            "rows": [{"values": [_cell(cell) for cell in row]} for row in rows],
            "fields": "userEnteredValue",
        }
    }


def _cell(value: Cell) -> dict[str, Any]:
    match value:
        case "":
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case int() | float():
            return {"userEnteredValue": {"numberValue": value}}
        case _:
            return {"userEnteredValue": {"stringValue": value}}
