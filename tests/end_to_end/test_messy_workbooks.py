"""Spreadsheets as teams keep them: bound right or refused with the reason, and never touched otherwise."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from backend.adapters.google.adopter import AddedTab, Side, adopt
from backend.adapters.google.looking import look
from backend.adapters.google.register import SheetRegister
from backend.core.adoption import Wishes, recognise_spreadsheet
from backend.core.new_register import first_lines, in_columns
from backend.core.team_settings import defaults
from backend.errors import RegisterEmpty
from sheets_schema.headers import HeaderLanguage, column_letters
from sheets_schema.model import Language, Preset
from sheets_schema.presets import laid_out, register
from tests.builders import TODAY
from tests.end_to_end.workbooks import BOUND, REFUSED

API = "https://sheets.googleapis.com/v4/spreadsheets"
WIDTH = 9
CELL = ("formattedValue", "userEnteredValue", "note", "userEnteredFormat", "dataValidation")
FIELDS = (
    "sheets(properties,merges,basicFilter,filterViews,bandedRanges,data(columnMetadata(developerMetadata),"
    f"rowData(values({','.join(CELL)}))))"
)
REFERENCE = re.compile(r"(?<![A-Z])[A-Z]{1,3}(?P<row>[0-9]+|(?=\)))")
SIDES = [(book, side) for book in BOUND for side in Side]


def ask(desk: Any, method: str, path: str, body: Any = None) -> Any:
    answer = desk.server.handle(method, API + path, None if body is None else json.dumps(body).encode())
    assert answer.status == 200, answer.body.decode()
    return json.loads(answer.body)


def make(desk: Any, book: Any) -> str:
    """Type a workbook in as a person does, and lay on it what lies on it."""
    sheets = [
        {"properties": {"sheetId": number, "title": tab.title, "hidden": tab.hidden}}
        for number, tab in enumerate(book.tabs)
    ]
    made = ask(desk, "POST", "", {"properties": {"title": "Team"}, "sheets": sheets})["spreadsheetId"]
    for number, tab in enumerate(book.tabs):
        if tab.rows:
            name = f"/{made}/values/'{tab.title}'!A1?valueInputOption=USER_ENTERED"
            ask(desk, "PUT", name, {"values": tab.rows})
        requests = [on_sheet(request, number) for request in tab.requests]
        if requests:
            ask(desk, "POST", f"/{made}:batchUpdate", {"requests": requests})
    return str(made)


def on_sheet(request: Any, number: int) -> Any:
    """Say in a request which sheet it is about."""
    text = json.dumps(request)
    for name in ("range", "properties"):
        text = text.replace(f'"{name}": {{', f'"{name}": {{"sheetId": {number}, ')
    document = json.loads(text)
    resized = document.get("updateDimensionProperties")
    if resized:
        del resized["properties"]["sheetId"]
    return document


def whole(desk: Any, made: str, book: Any) -> dict[str, Any]:
    """The team's tabs with all their cells in the first forty rows, more than any of them fills."""
    ranges = "".join(f"&ranges='{tab.title}'!1:40" for tab in book.tabs)
    answer = ask(desk, "GET", f"/{made}?includeGridData=true&fields={FIELDS}{ranges}")
    return {sheet["properties"]["title"]: sheet for sheet in answer["sheets"]}


def cells(sheet: Any, skipped: range = range(0)) -> dict[str, Any]:
    """Every cell that holds or shows anything, by its name before columns were inserted at `skipped`.

    The columns a formula refers to are left out: the sheet itself moves them along.
    """
    found = {}
    for row, line in enumerate(sheet["data"][0].get("rowData", ()), start=1):
        for place, cell in enumerate(line.get("values", ())):
            kept = {name: cell[name] for name in CELL if name in cell}
            if "formulaValue" in kept.get("userEnteredValue", {}):
                text = kept["userEnteredValue"]["formulaValue"]
                kept["userEnteredValue"] = REFERENCE.sub(r"?\g<row>", text)
            if kept and place not in skipped:
                before = place - len(skipped) if place >= skipped.stop else place
                found[f"{column_letters(before)}{row}"] = kept
    return found


def merges(sheet: Any, moved: int = 0) -> list[Any]:
    return [
        {
            **one,
            "startColumnIndex": one["startColumnIndex"] - moved,
            "endColumnIndex": one["endColumnIndex"] - moved,
        }
        for one in sheet.get("merges", ())
    ]


def filters(sheet: Any, moved: int = 0) -> list[Any]:
    """What each filter says about which column, by the column's place before columns were inserted."""
    found = [sheet[name] for name in ("basicFilter",) if name in sheet]
    return [
        (
            one.get("title"),
            {int(place) - moved: said for place, said in one.get("criteria", {}).items()},
            [
                (sort.get("dimensionIndex", 0) - moved, sort.get("sortOrder"))
                for sort in one.get("sortSpecs", ())
            ],
        )
        for one in (*found, *sheet.get("filterViews", ()))
    ]


def recognised(desk: Any, made: str, book: Any) -> tuple[list[Any], Any]:
    _, sheets = look(desk.client, made)
    context = defaults().context(today=TODAY)
    wishes = Wishes(mapping=book.mapping, tabs=book.tabs_named)
    return sheets, recognise_spreadsheet(sheets, register(Preset.RETAIL), context, wishes)


def take_over(desk: Any, made: str, book: Any, side: Any = Side.LEFT) -> Any:
    sheets, adoption = recognised(desk, made, book)
    tabs = [laid_out(tab, Preset.RETAIL) for tab in adoption.missing]
    added = [AddedTab(tab=tab, rows=in_columns(tab, first_lines(tab, Language.ZH, {}))) for tab in tabs]
    adopt(desk.client, made, sheets, adoption, added, side=side, language=HeaderLanguage.ZH)
    return adoption


def test_there_are_at_least_thirty() -> None:
    assert len({book.name for book in (*BOUND, *REFUSED)}) == len(BOUND) + len(REFUSED) >= 30


@pytest.mark.parametrize("book", BOUND, ids=[book.name for book in BOUND])
def test_a_messy_workbook_is_bound_right(desk: Any, book: Any) -> None:
    _, adoption = recognised(desk, make(desk, book), book)

    assert [one.code for one in adoption.obstacles] == []
    customers, *more = [one for one in adoption.sheets if one.tab.id == "Customers"]
    orders = [one for one in adoption.sheets if one.tab.id == "Transactions"]
    said = {
        "fields": {column_letters(place): name for _, name, place in customers.bound},
        "header_row": customers.header_row,
        "rows": sum(one.lines for one in (customers, *more)),
        "totals": customers.totals,
        "orders": "".join(one.seen.title for one in orders),
        "more": tuple(one.seen.title for one in more),
        "left": adoption.left,
    }
    wanted = {name: getattr(book, name) for name in said}
    assert said == wanted
    assert {column_letters(place) for _, place in customers.kept} == set(book.kept)


@pytest.mark.parametrize(("book", "side"), SIDES, ids=[f"{book.name}-{side}" for book, side in SIDES])
def test_nothing_of_the_teams_changes_and_a_second_run_writes_nothing(
    desk: Any, book: Any, side: Any
) -> None:
    made = make(desk, book)
    before = whole(desk, made, book)

    adoption = take_over(desk, made, book, side)

    titles = [one.seen.title for one in adoption.sheets if one.tab.id == "Customers"]
    after_init = whole(desk, made, book)
    blocks = {title: ours(after_init[title]) for title in titles}
    for block in blocks.values():
        assert (len(block), block.start == 0) == (WIDTH, side is Side.LEFT)
    assert_as_before(before, after_init, blocks)
    team = SheetRegister(desk.client, made, "team")
    if not book.rows:
        with pytest.raises(RegisterEmpty):
            desk.run(team)
        return
    first, second = desk.run(team), desk.run(team)
    assert (first.state, first.counts["read"], first.counts["changed"]) == ("done", book.rows, book.rows)
    assert (second.counts["cells"], second.counts["lines"]) == (0, 0)
    assert [sent for sent in desk.wire.sent if sent.writes] == []
    assert_as_before(before, whole(desk, made, book), blocks)


def ours(sheet: Any) -> range:
    """The columns of the tool block, by their tags."""
    names = [
        "".join(one["metadataValue"] for one in column.get("developerMetadata", ()))
        for column in sheet["data"][0]["columnMetadata"]
    ]
    return range(names.index("Customers.row_id"), names.index("Customers.sig") + 1)


def assert_as_before(before: Any, after: Any, blocks: dict[str, range]) -> None:
    """Every cell, merge and property of the team's is what it was, but for the columns put in."""
    for name, sheet in before.items():
        skipped = blocks.get(name, range(1, 1))
        moved = WIDTH if skipped.start == 0 else 0
        assert cells(after[name], skipped) == cells(sheet), name
        assert merges(after[name], moved) == merges(sheet), name
        assert filters(after[name], moved) == filters(sheet), name
        assert_over_the_block(sheet, after[name], skipped)
        grid = {key: value for key, value in sheet["properties"].items() if key != "gridProperties"}
        assert grid.items() <= after[name]["properties"].items()
        frozen_before = sheet["properties"]["gridProperties"].get("frozenRowCount")
        assert after[name]["properties"]["gridProperties"].get("frozenRowCount") == frozen_before


def assert_over_the_block(before: Any, after: Any, block: range) -> None:
    """What lay on the team's names and phones lies on the block too; what lay elsewhere does not."""
    for kind in ("filterViews", "bandedRanges"):
        for one, other in zip(before.get(kind, ()), after.get(kind, ()), strict=True):
            old, new = one["range"], other["range"]
            left, right = new.get("startColumnIndex", 0), new["endColumnIndex"]
            meets = bool(block) and old.get("startRowIndex", 0) < 6 and old.get("startColumnIndex", 0) < 3
            assert (left <= block.start and block.stop <= right and bool(block)) == meets, (kind, new)
            if not meets:
                assert right - left == old["endColumnIndex"] - old.get("startColumnIndex", 0)


@pytest.mark.parametrize("book", REFUSED, ids=[book.name for book in REFUSED])
def test_what_cannot_be_bound_is_refused_with_the_place(desk: Any, book: Any) -> None:
    made = make(desk, book)

    _, adoption = recognised(desk, made, book)

    assert tuple(one.code for one in adoption.obstacles) == book.refused
    for language in Language:
        assert book.cell in " ".join(one.message(language) for one in adoption.obstacles)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("book", BOUND, ids=[book.name for book in BOUND])
def test_taking_it_over_again_changes_nothing(desk: Any, book: Any, side: Any) -> None:
    made = make(desk, book)
    take_over(desk, made, book, side)
    desk.wire.forget()

    adoption = take_over(desk, made, book, side)

    assert adoption.nothing_to_do
    assert [sent for sent in desk.wire.sent if sent.writes] == []
