"""Reads the register: one look at its structure, one batch read of its cells; columns by tag or header."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from backend.adapters.google.layout_names import (
    COLUMN_KEY,
    HEADER_KEY,
    TAB_KEY,
    block_range,
    tab_of,
)
from backend.adapters.google.unclear import refuse_customers_above, refuse_too_large, refuse_unclear
from backend.core.archived import is_unjudged
from backend.core.seen import Area
from backend.core.snapshot import Snapshot, TabRead, joined, read_tab
from backend.errors import (
    ColumnDisagrees,
    ColumnTwice,
    HeadersMissing,
    ServiceUnreachable,
    TabMissing,
)
from sheets_schema import headers
from sheets_schema.headers import column_letters
from sheets_schema.model import Owner
from sheets_schema.presets import TABS
from sheets_schema.tabs.archive import ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from backend.adapters.google.client import SheetsClient
    from sheets_schema.model import Tab

_STRUCTURE = (
    "properties(title,locale,timeZone),namedRanges,"
    "sheets(properties(sheetId,title,index,gridProperties(rowCount,columnCount)),developerMetadata,merges,"
    "protectedRanges(range,unprotectedRanges,warningOnly,requestingUserCanEdit),"
    "data(startColumn,columnMetadata(developerMetadata)%s))"
)
_HIDDEN = ",startRow,rowMetadata(hiddenByUser,hiddenByFilter)"
"""An entry for each row of the grid, so it is asked for once a run."""

_RENDER = MappingProxyType(
    {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
)
_IMPORTANT = ("full_name",)
_TRIES = 3
"""How often a read is made whose answer holds fewer tabs than were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One tab of a spreadsheet as its structure shows it.

    Attributes:
        tags: Field id by 0-based column position, from developer metadata.
        tab_tag: Tab id, from developer metadata; '' where there is none.
        headers: Header texts by position that somebody said mean what the tag says.
        block: The named range over its tool block as the service gave it; empty when it has none.
        block_id: Id of that named range; '' when it has none.
        merges: Cells that are merged.
        locked: Cells that are protected from us, without those that have exceptions.
        hidden: 1-based rows that are hidden, where that was asked for.
    """

    sheet_id: int
    title: str
    rows: int
    columns: int
    tab_tag: str = ""
    tags: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    headers: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    block: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    block_id: str = ""
    merges: tuple[Area, ...] = ()
    locked: tuple[Area, ...] = ()
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A spreadsheet's tabs and named ranges, without its cells; tabs in their order."""

    title: str
    sheets: tuple[Sheet, ...]

    def find(self, tab: Tab) -> tuple[Sheet, ...]:
        """Give the sheets that are this tab: by their tags, else the first by its title."""
        tagged = [sheet for sheet in self.sheets if sheet.tab_tag == tab.id]
        named = [sheet for sheet in self.sheets if not sheet.tab_tag and headers.is_tab(tab, sheet.title)]
        return tuple(tagged or named[:1])


def read_structure(client: SheetsClient, spreadsheet_id: str, *, hidden: bool = False) -> Structure:
    """Look at a spreadsheet's tabs, tags, named ranges, merged cells, and maybe its hidden rows: one read."""
    fields = _STRUCTURE % (_HIDDEN if hidden else "")
    answer = client.fetch_sheet_metadata(spreadsheet_id, params={"fields": fields})
    names = {one["name"]: one for one in answer.get("namedRanges", ())}
    return Structure(
        title=answer["properties"]["title"],
        sheets=tuple(_sheet(sheet, names) for sheet in answer.get("sheets", ())),
    )


def read_snapshot(
    client: SheetsClient,
    spreadsheet_id: str,
    structure: Structure,
    tabs: Sequence[Tab] = TABS,
    *,
    may_be_empty: bool = False,
) -> Snapshot:
    """Read the cells of the register's tabs: one batch read.

    Raises:
        TabMissing: There is no Customers tab.
        HeadersMissing: A tab has no header row.
        HeadersMoved: Customers stand above it.
        HeadersMerged, BlockMerged: Cells are merged that have to stand by themselves.
        NameColumnMissing, ColumnTwice, ColumnDisagrees: Its headers are not clear.
        BlockMissing, BlockTorn: The tool block is not whole.
        RegisterEmpty: There are no customers, and there should be.
        SheetTooLarge: The tabs have too many cells together.
    """
    found = [(tab, sheet) for tab in tabs for sheet in structure.find(tab)]
    known = {tab.id for tab, _ in found}
    if "Customers" in {tab.id for tab in tabs} - known:
        msg = "Customers"
        raise TabMissing(msg, [sheet.title for sheet in structure.sheets])
    refuse_too_large([sheet for _, sheet in found])
    areas = [{"sheetId": sheet.sheet_id} for _, sheet in found]
    ranges = _grids(client, spreadsheet_id, [*areas, *_unjudged_area(structure)])
    parts: dict[str, list[TabRead]] = {}
    for (tab, sheet), rows in zip(found, ranges, strict=False):
        parts.setdefault(tab.id, []).append(_tab_read(tab, sheet, rows))
    reads = {tab_id: joined(sheets) for tab_id, sheets in parts.items()}
    refuse_unclear(reads, may_be_empty=may_be_empty)
    unjudged = any(is_unjudged(cell) for rows in ranges[len(found) :] for row in rows for cell in row)
    return Snapshot(title=structure.title, tabs=MappingProxyType(reads), unjudged=unjudged)


def archive_in(structure: Structure) -> Sheet | None:
    """Give the Archive tab that Steward made; a tab of the team's own with that title is none."""
    return next((sheet for sheet in structure.sheets if sheet.tab_tag == ARCHIVE.id), None)


def _unjudged_area(structure: Structure) -> list[dict[str, int]]:
    """Give the column of the Archive tab that is blank but for lines a killed run left; none without one."""
    archive = archive_in(structure)
    if archive is None:
        return []
    place = [column.id for column in ARCHIVE.columns].index("state")
    return [{"sheetId": archive.sheet_id, "startColumnIndex": place, "endColumnIndex": place + 1}]


def read_every_cell(
    client: SheetsClient, spreadsheet_id: str, structure: Structure
) -> list[tuple[Sheet, list[list[Any]]]]:
    """Read all tabs, known or not: one batch read. Rows are ragged, as the service gives them.

    Raises:
        SheetTooLarge: They have too many cells together.
    """
    refuse_too_large(structure.sheets)
    areas = [{"sheetId": sheet.sheet_id} for sheet in structure.sheets]
    return list(zip(structure.sheets, _grids(client, spreadsheet_id, areas), strict=True))


def read_grid(client: SheetsClient, spreadsheet_id: str, sheet_id: int) -> list[list[Any]]:
    """Read every cell of one sheet: one call. Rows are ragged."""
    return _grids(client, spreadsheet_id, [{"sheetId": sheet_id}])[0]


def read_column(
    client: SheetsClient, spreadsheet_id: str, sheet: TabRead, column: int
) -> tuple[dict[int, Any], list[Any]]:
    """Read one column of a sheet again, and its header row: one call.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        sheet: One sheet as read.
        column: 0-based position.

    Returns:
        The cells of the column by sheet row, of the rows below the header row, none when another header
        stands there by now; and the header row from this column on.
    """
    header_row = sheet.binding.header_row
    below = {"startColumnIndex": column, "endColumnIndex": column + 1}
    across = {"startRowIndex": header_row - 1, "endRowIndex": header_row, "startColumnIndex": column}
    ranges = [{"sheetId": sheet.sheet_id, **where} for where in (below, across)]
    rows, top = _grids(client, spreadsheet_id, ranges)
    headers_now = top[0] if top else []
    if headers_now[:1] != [sheet.headers[column]]:
        return {}, headers_now
    cells = enumerate((row[0] if row else "" for row in rows), start=1)
    return {row: cell for row, cell in cells if row > header_row}, headers_now


def read_again(client: SheetsClient, spreadsheet_id: str, read: TabRead) -> TabRead | None:
    """Read a tab again by what is known of its sheets: one call.

    Returns:
        The tab; None when a header row is not what it was, so that columns may have moved.
    """
    ranges = [{"sheetId": sheet.sheet_id} for sheet in read.sheets]
    parts: list[TabRead] = []
    for sheet, rows in zip(read.sheets, _grids(client, spreadsheet_id, ranges), strict=True):
        part = read_tab(
            sheet.tab,
            sheet.binding,
            rows,
            title=sheet.title,
            sheet_id=sheet.sheet_id,
            rows_in_grid=sheet.rows_in_grid,
        )
        if part.headers != sheet.headers:
            return None
        parts.append(part)
    return joined(parts)


def _grids(
    client: SheetsClient, spreadsheet_id: str, ranges: Sequence[Mapping[str, int]]
) -> list[list[list[Any]]]:
    """Give the rows of areas, by sheet id: they are found whatever the tabs are called by now.

    They are asked for again when the answer holds fewer than were asked for.

    Raises:
        ServiceUnreachable: The answer never holds them all.
    """
    url = f"{SPREADSHEETS_API_V4_BASE_URL}/{spreadsheet_id}/values:batchGetByDataFilter"
    body = {"dataFilters": [{"gridRange": where} for where in ranges], **_RENDER}
    for _ in range(_TRIES):
        found = client.request("post", url, json=body).json().get("valueRanges", [])
        if len(found) == len(ranges):
            return [one["valueRange"].get("values", []) for one in found]
    reason = f"{len(found)} of {len(ranges)} ranges"
    raise ServiceUnreachable(reason)


def bound_fields(
    structure: Structure, sheet: Sheet, rows: Sequence[Sequence[object]]
) -> tuple[Tab | None, list[str], int]:
    """Say which tab a sheet is, the field id of each column, '' where none claims it, and its header row."""
    tab = next((tab for tab in TABS if sheet in structure.find(tab)), None)
    by_header = _bound_by_header(tab, sheet, rows) if tab is not None else None
    if tab is None or by_header is None:
        return tab, [], 1
    places = {place: name for name, place in by_header.positions} | dict(sheet.tags)
    known = {column.id for column in tab.columns}
    fields = [places.get(place, "") for place in range(sheet.columns)]
    return tab, [name if name in known else "" for name in fields], by_header.header_row


def _sheet(sheet: Mapping[str, Any], names: Mapping[str, Any]) -> Sheet:
    properties = sheet["properties"]
    sheet_id = properties.get("sheetId", 0)
    grid = properties.get("gridProperties", {})
    block = names.get(block_range(sheet_id), {})

    def areas(ranges: Iterable[Mapping[str, int]]) -> tuple[Area, ...]:
        rows, columns = grid.get("rowCount", 0), grid.get("columnCount", 0)
        return tuple(Area.of(one, rows, columns) for one in ranges)

    tab_tag = [
        tab_of(one["metadataValue"], sheet_id)
        for one in sheet.get("developerMetadata", ())
        if one.get("metadataKey") == TAB_KEY
    ]
    return Sheet(
        sheet_id=sheet_id,
        title=properties["title"],
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
        tab_tag=tab_tag[0] if tab_tag else "",
        tags=MappingProxyType(
            {place: value.rpartition(".")[2] for place, value in _column_tags(sheet, COLUMN_KEY).items()}
        ),
        headers=MappingProxyType(_column_tags(sheet, HEADER_KEY)),
        block=MappingProxyType(block.get("range", {})),
        block_id=block.get("namedRangeId", ""),
        merges=areas(sheet.get("merges", ())),
        locked=areas(one.get("range", {}) for one in sheet.get("protectedRanges", ()) if _locks(one)),
        hidden=frozenset(_hidden_rows(sheet)),
    )


def _locks(protected: Mapping[str, Any]) -> bool:
    """Say whether a protected range keeps us out; one with exceptions is left to the service to judge."""
    lets_in = protected.get("warningOnly") or protected.get("requestingUserCanEdit")
    return not (lets_in or protected.get("unprotectedRanges"))


def _hidden_rows(sheet: Mapping[str, Any]) -> Iterator[int]:
    """Give the rows nobody sees, 1-based; a filter view, which hides them from one person, does not count."""
    for data in sheet.get("data", ()):
        for row, shown in enumerate(data.get("rowMetadata", ()), start=data.get("startRow", 0) + 1):
            if shown:
                yield row


def _column_tags(sheet: Mapping[str, Any], key: str) -> dict[int, str]:
    """Give the values of one key by 0-based position of the column."""
    return {
        data.get("startColumn", 0) + place: one["metadataValue"]
        for data in sheet.get("data", ())
        for place, column in enumerate(data.get("columnMetadata", ()))
        for one in column.get("developerMetadata", ())
        if one.get("metadataKey") == key
    }


def _tab_read(tab: Tab, sheet: Sheet, rows: Sequence[Sequence[object]]) -> TabRead:
    by_header = _bound_by_header(tab, sheet, rows)
    if by_header is None:
        raise HeadersMissing(sheet.title)
    header_row = rows[by_header.header_row - 1]
    binding = _with_tags(tab, sheet, by_header, header_row)
    for column_id, places in binding.twice:
        column = tab.column(column_id)
        if column in tab.block or column.required or column_id in _IMPORTANT:
            cells = [f"{column_letters(place)}{binding.header_row}" for place in places]
            raise ColumnTwice(sheet.title, column.label.both, cells)
    refuse_customers_above(sheet.title, binding, rows)
    read = read_tab(tab, binding, rows, title=sheet.title, sheet_id=sheet.sheet_id, rows_in_grid=sheet.rows)
    return replace(read, merges=sheet.merges, hidden=sheet.hidden)


def _bound_by_header(tab: Tab, sheet: Sheet, rows: Sequence[Sequence[object]]) -> headers.Binding | None:
    """Bind by header; in a tab that is tagged, the headers of Steward's own columns say which row it is."""
    if sheet.tags and tab.owner is Owner.TEAM and tab.block:
        ours = headers.bind(replace(tab, columns=tab.block), rows)
        if ours is not None and len(ours.positions) > 1:
            return headers.bind_row(tab, ours.header_row, rows[ours.header_row - 1])
    return headers.bind(tab, rows)


def _with_tags(
    tab: Tab, sheet: Sheet, by_header: headers.Binding, header_row: Sequence[object]
) -> headers.Binding:
    """Let tags win over header texts; a header that names another column than its tag is refused."""
    if not sheet.tags:
        return by_header
    known = {column.id for column in tab.columns}
    tags = {place: column_id for place, column_id in sheet.tags.items() if column_id in known}
    for place, column_id in tags.items():
        header = str(header_row[place]) if place < len(header_row) else ""
        meanings = headers.columns_of(tab, header)
        agreed = headers.plain(sheet.headers.get(place, "")) == headers.plain(header)
        if meanings and column_id not in meanings and not agreed:
            cell = f"{column_letters(place)}{by_header.header_row}"
            raise ColumnDisagrees(sheet.title, cell, header, tab.column(column_id).label.both)
    tagged = set(tags.values())
    untagged = [
        (column_id, place)
        for column_id, place in by_header.positions
        if place not in sheet.tags and column_id not in tagged
    ]
    positions = sorted(list(tags.items()) + [(p, one) for one, p in untagged])
    return headers.Binding(
        header_row=by_header.header_row,
        positions=tuple((column_id, place) for place, column_id in positions),
        unknown=tuple(one for one in by_header.unknown if one[1] not in tags),
        twice=tuple(
            (column_id, places)
            for column_id, places in by_header.twice
            if column_id not in tagged and sheet.tags.keys().isdisjoint(places)
        ),
    )
