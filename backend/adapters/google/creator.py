"""Makes a new spreadsheet for a register: tabs, layout, first rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from backend.adapters.google import layout
from backend.adapters.google.writer import rows_in_chunks, write_ranges
from sheets_schema.headers import HeaderLanguage, tab_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.adapters.google.client import SheetsClient
    from backend.core.fields.field import Cell
    from backend.core.seen import SheetSeen
    from sheets_schema.model import Tab

_ROWS_AT_LEAST = 1_000
_SPARE_ROWS = 200
_COLUMNS_AT_LEAST = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTab:
    """A tab to be made.

    Attributes:
        tab: Its columns, in the order they are to stand; a column without an id is not tagged.
        rows: Its first rows below the headers, from `in_columns`.
        headers: Header texts by position; '' or none where the schema's own is to be used.
    """

    tab: Tab
    rows: Sequence[Sequence[Cell]] = ()
    headers: Sequence[str] = ()


def create_register(
    client: SheetsClient,
    title: str,
    tabs: Sequence[NewTab],
    *,
    language: HeaderLanguage,
    told: Callable[[int, int], None],
) -> str:
    """Make a spreadsheet with these tabs and fill in their rows.

    Args:
        client: The service.
        title: Title of the spreadsheet.
        tabs: Its tabs, in their order.
        language: Language of titles, headers and notes.
        told: Called with rows written and rows to write.

    Returns:
        The id of the spreadsheet.
    """
    sheets = [
        {
            "properties": layout.sheet_properties(
                tab_title(new.tab.label, language),
                max(_ROWS_AT_LEAST, len(new.rows) + 1 + _SPARE_ROWS),
                len(new.tab.columns),
            )
        }
        for new in tabs
    ]
    body = {"properties": {"title": title, "locale": "en_US"}, "sheets": sheets}
    made = client.request("post", SPREADSHEETS_API_V4_BASE_URL, json=body).json()
    spreadsheet_id: str = made["spreadsheetId"]
    sheet_ids = [sheet["properties"].get("sheetId", 0) for sheet in made["sheets"]]
    requests = [
        request
        for new, sheet_id in zip(tabs, sheet_ids, strict=True)
        for request in layout.tab_requests(new.tab, sheet_id, language, new.headers)
    ]
    client.batch_update(spreadsheet_id, {"requests": requests})
    _fill(client, spreadsheet_id, tabs, language, told)
    return spreadsheet_id


def create_copy(client: SheetsClient, title: str, sheets: Sequence[SheetSeen]) -> str:
    """Make a spreadsheet of the tabs of a file as they are: their cells, nothing else; give its id."""
    properties = [
        {
            **layout.sheet_properties(
                sheet.title,
                max(_ROWS_AT_LEAST, len(sheet.rows) + _SPARE_ROWS),
                max(_COLUMNS_AT_LEAST, *(len(row) for row in sheet.rows), 0),
            ),
            "hidden": sheet.hidden,
        }
        for sheet in sheets
    ]
    body = {
        "properties": {"title": title, "locale": "en_US"},
        "sheets": [{"properties": one} for one in properties],
    }
    spreadsheet_id: str = client.request("post", SPREADSHEETS_API_V4_BASE_URL, json=body).json()[
        "spreadsheetId"
    ]
    for sheet in sheets:
        spans = list(rows_in_chunks(sheet.rows, first_row=1)) if sheet.rows else []
        write_ranges(client, spreadsheet_id, sheet.title, spans, first_column=0)
    return spreadsheet_id


def _fill(
    client: SheetsClient,
    spreadsheet_id: str,
    tabs: Sequence[NewTab],
    language: HeaderLanguage,
    told: Callable[[int, int], None],
) -> None:
    total = sum(len(new.rows) for new in tabs)
    done = 0
    told(done, total)
    for new in tabs:
        for span in rows_in_chunks(new.rows, first_row=2):
            title = tab_title(new.tab.label, language)
            first = len(new.tab.block) if new.tab.team_columns else 0
            write_ranges(client, spreadsheet_id, title, [span], first_column=first)
            done += len(span.rows)
            told(done, total)
