"""Looks at a spreadsheet somebody else laid out: cells, merges, filters, bandings, tables. Two reads."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from backend.adapters.google.layout_names import TAB_KEY, tab_of
from backend.adapters.google.reader import Sheet, Structure, read_every_cell
from backend.core.seen import Area, Banding, FilterView, SheetSeen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.adapters.google.client import SheetsClient

_FIELDS = (
    "properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),developerMetadata,merges,"
    "basicFilter,filterViews(filterViewId,title,range,namedRangeId,tableId),bandedRanges(bandedRangeId,range),tables(name),"
    "conditionalFormats(ranges),columnGroups(range))"
)


def look(client: SheetsClient, spreadsheet_id: str) -> tuple[str, list[SheetSeen]]:
    """Give a spreadsheet's title and its sheets with everything that lies on them."""
    answer = client.fetch_sheet_metadata(spreadsheet_id, params={"fields": _FIELDS})
    sheets = answer.get("sheets", [])
    title: str = answer["properties"]["title"]
    structure = Structure(title=title, sheets=tuple(_sheet(sheet["properties"]) for sheet in sheets))
    cells = read_every_cell(client, spreadsheet_id, structure)
    seen = [_seen(sheet, rows) for sheet, (_, rows) in zip(sheets, cells, strict=True)]
    return title, seen


def _sheet(properties: Mapping[str, Any]) -> Sheet:
    grid = properties.get("gridProperties", {})
    return Sheet(
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
    )


def _seen(sheet: Mapping[str, Any], rows: list[list[Any]]) -> SheetSeen:
    plain = _sheet(sheet["properties"])
    tags = [
        tab_of(one["metadataValue"], plain.sheet_id)
        for one in sheet.get("developerMetadata", ())
        if one.get("metadataKey") == TAB_KEY
    ]
    found = sheet.get("basicFilter", {})
    groups = [one["range"] for one in sheet.get("columnGroups", ())]
    return SheetSeen(
        title=plain.title,
        rows=rows,
        sheet_id=plain.sheet_id,
        grid_rows=plain.rows,
        grid_columns=plain.columns,
        hidden=bool(sheet["properties"].get("hidden")),
        tab_tag=tags[0] if tags else "",
        merges=tuple(_area(one, plain) for one in sheet.get("merges", ())),
        filter=MappingProxyType(found),
        filter_area=_area(found.get("range", {}), plain) if found else None,
        bandings=tuple(
            Banding(banding_id=one["bandedRangeId"], area=_area(one["range"], plain))
            for one in sheet.get("bandedRanges", ())
        ),
        filter_views=tuple(_filter_view(one, plain) for one in sheet.get("filterViews", ())),
        tables=tuple(one.get("name", "?") for one in sheet.get("tables", ())),
        conditional_formats=len(sheet.get("conditionalFormats", ())),
        groups_at_left=any(not one.get("startIndex") for one in groups),
    )


def _filter_view(view: Mapping[str, Any], sheet: Sheet) -> FilterView:
    free = not (view.get("namedRangeId") or view.get("tableId"))
    return FilterView(
        view_id=view["filterViewId"],
        title=view.get("title", "?"),
        area=_area(view.get("range", {}), sheet) if free else None,
    )


def _area(grid_range: Mapping[str, int], sheet: Sheet) -> Area:
    return Area.of(grid_range, sheet.rows, sheet.columns)
