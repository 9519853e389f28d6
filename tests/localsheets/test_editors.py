"""People on demand: what each kind of edit does, and that the mirror knows every customer all the while."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from backend.localsheets import LocalSheets
from backend.localsheets.edited import EditedService
from backend.localsheets.editors import Editors
from backend.localsheets.edits import DRAWS, ON_COLUMNS, ON_ROWS, ON_TABS, Edit
from backend.localsheets.following import CannotFollowError
from backend.localsheets.truth import NOBODY, TOOL, Event, TrueSheet, What

HOST = "https://sheets.googleapis.com/v4/spreadsheets"
HEADER = ["row_id", "tier", "sig", "name", "phone", "city"]
NAME = 4
"""The number of the column `name`: its place at the start, counted from 1."""

ALIVE = tuple(edit for edit in Edit if edit is not Edit.DELETE_TAB)


class Desk:
    """Customers n1, n2 ... in rows 2, 3 ... of a tab, the tool's three columns before the team's three."""

    def __init__(self, customers: int = 8, *, seed: int = 1, rate: float = 0.0, **options: Any) -> None:
        self.server = LocalSheets(None)
        size = {"rowCount": 60, "columnCount": 10}
        tabs = [
            {"properties": {"sheetId": 7, "title": "Customers", "gridProperties": size}},
            {"properties": {"sheetId": 8, "title": "Other", "gridProperties": size}},
        ]
        self.id = self.send("POST", "", {"sheets": tabs})["spreadsheetId"]
        lines = [[f"C-{n}", "t", f"s{n}", f"n{n}", 100 + n, ""] for n in range(1, customers + 1)]
        self.send("PUT", "/values/Customers!A1?valueInputOption=RAW", {"values": [HEADER, *lines]})
        editors = Editors(seed, rate, **options)
        self.edited = EditedService(self.server, self.id, "Customers", editors, tool_columns=range(3))
        self.truth = self.edited.truth

    def send(self, method: str, path: str, body: object = None, *, by: Any = None) -> Any:
        service = by or self.server
        place = f"{HOST}/{self.id}" if path else HOST
        answer = service.handle(method, place + path, json.dumps(body).encode() if body else None)
        assert answer.status == 200, answer.body.decode()
        return json.loads(answer.body)

    def tool(self, *requests: dict[str, Any]) -> None:
        """A batch of the tool's, by the way people watch."""
        self.send("POST", ":batchUpdate", {"requests": requests}, by=self.edited)

    def names(self) -> list[Any]:
        """The team's first column below the header, as it stands."""
        place = self.truth.place_of(NAME) or 0
        return [self.edited.sheet.cell(row, place) for row in range(1, len(self.edited.sheet.rows))]

    def differences(self) -> list[Any]:
        return self.truth.differences(self.edited.sheet)

    def act(self, edit: Edit) -> Any:
        """One edit of a kind; tried again when chance draws one that cannot be done."""
        return next(deed for _ in range(50) if (deed := self.edited.act(edit)) is not None)


@pytest.fixture
def desk() -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def make(customers: int = 8, **options: Any) -> Desk:
        opened.append(Desk(customers, **options))
        return opened[-1]

    yield make
    for each in opened:
        each.server.close()


def rows(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 7, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def area(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    edges = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"sheetId": 7, **edges}


def test_there_are_at_least_twelve_kinds_and_each_can_be_drawn() -> None:
    assert len(Edit) >= 12
    assert set(DRAWS) == set(Edit)
    assert {*ON_ROWS, *ON_COLUMNS, *ON_TABS} == set(Edit)


def what(deed: Any) -> Counter[tuple[What, bool]]:
    return Counter((event.what, event.by_person) for event in deed.events)


DONE = {
    Edit.INSERT_ROW: {What.ADDED: 1, What.TYPED: 3},
    Edit.APPEND_ROW: {What.ADDED: 1, What.TYPED: 3},
    Edit.CLEAR_ROW: {What.DELETED: 1, What.TYPED: 2},
    Edit.SORT_WHOLE: {},
    Edit.SORT_PART: {},
    Edit.MOVE_ROWS: {},
    Edit.CUT_ROW: {},
    Edit.RETYPE_CELL: {What.TYPED: 1},
    Edit.CLEAR_IDS: {},
    Edit.RETYPE_ID: {},
    Edit.FILTER: {},
    Edit.HIDE_ROWS: {},
    Edit.MOVE_COLUMN: {},
    Edit.RENAME_COLUMN: {What.TYPED: 1},
    Edit.RENAME_TAB: {},
    Edit.DUPLICATE_TAB: {},
    Edit.DELETE_TAB: {},
}


@pytest.mark.parametrize("edit", [edit for edit in Edit if edit in DONE])
def test_the_log_says_what_became_of_customers_and_values(desk: Any, edit: Any) -> None:
    desk = desk()

    deed = desk.act(edit)

    assert (deed.edit, deed.refused) == (edit, "")
    assert what(deed) == {(kind, True): count for kind, count in DONE[edit].items()}
    assert desk.edited.log[-1] is deed


@pytest.mark.parametrize("edit", ALIVE)
@pytest.mark.parametrize("seed", range(3))
def test_an_edit_changes_the_tab_and_the_mirror_alike(desk: Any, edit: Any, seed: Any) -> None:
    desk = desk(seed=seed)
    before = desk.server.book(desk.id)

    for _ in range(5):
        desk.edited.act(edit)

    assert desk.server.book(desk.id) is not before
    assert desk.differences() == []


def test_deleted_customers_are_named_and_their_values_too(desk: Any) -> None:
    desk = desk()
    deed = desk.act(Edit.DELETE_ROWS)
    gone = {event.identity for event in deed.events if event.what is What.DELETED}
    lost = {event.old for event in deed.events if event.what is What.LOST}

    assert lost == {f"n{one}" for one in gone} | {100 + one for one in gone}
    assert set(desk.truth.customers().values()) == set(range(1, 9)) - gone
    with pytest.raises(KeyError):
        desk.truth.values(next(iter(gone)))


def test_a_copy_is_a_customer_of_its_own_that_knows_where_it_comes_from(desk: Any) -> None:
    desk = desk()
    deed = desk.act(Edit.COPY_ROWS)
    copies = [event for event in deed.events if event.what is What.COPIED]

    assert [event.identity for event in copies] == list(range(9, 9 + len(copies)))
    assert [desk.truth.values(one.identity) for one in copies] == [
        {NAME: f"n{one.origin}", 5: 100 + one.origin} for one in copies
    ]


def test_a_sort_of_the_teams_columns_leaves_the_tools_behind_and_takes_the_customers_along(desk: Any) -> None:
    desk = desk(3)
    before = {row: desk.edited.sheet.rows[row][:3] for row in (1, 2, 3)}
    specs = [{"dimensionIndex": 3, "sortOrder": "DESCENDING"}]
    request = {"sortRange": {"range": area(1, 4, 3, 6), "sortSpecs": specs}}
    desk.tool(request)

    assert desk.truth.customers() == {1: 3, 2: 2, 3: 1}
    assert {row: desk.edited.sheet.rows[row][:3] for row in (1, 2, 3)} == before
    assert desk.names() == ["n3", "n2", "n1"]


def test_a_sort_without_the_names_gives_their_values_to_other_customers(desk: Any) -> None:
    desk = desk(3)
    specs = [{"dimensionIndex": 4, "sortOrder": "DESCENDING"}]
    desk.tool({"sortRange": {"range": area(1, 4, 4, 6), "sortSpecs": specs}})

    assert desk.truth.customers() == {1: 1, 2: 2, 3: 3}
    assert desk.truth.values(1) == {NAME: "n1", 5: 103}
    assert desk.differences() == []


def test_who_is_cut_out_of_a_row_lives_where_it_is_pasted(desk: Any) -> None:
    desk = desk(3)
    paste = {"source": area(1, 2, 3, 6), "destination": {"sheetId": 7, "rowIndex": 4, "columnIndex": 3}}
    desk.tool({"cutPaste": paste})

    assert desk.truth.customers() == {2: 2, 3: 3, 4: 1}
    assert (desk.names(), desk.differences()) == (["", "n2", "n3", "n1"], [])


def test_a_paste_over_a_customer_deletes_it(desk: Any) -> None:
    desk = desk(3)
    desk.tool({"copyPaste": {"source": area(1, 2, 0, 10), "destination": area(3, 4, 0, 10)}})

    events = [(event.what, event.identity, event.origin) for event in desk.truth.events]
    assert desk.truth.customers() == {1: 1, 2: 2, 3: 4}
    assert [one for one in events if one[0] is not What.LOST] == [
        (What.DELETED, 3, NOBODY),
        (What.COPIED, 4, 1),
    ]


# The tool's own doings


def test_rows_and_columns_the_tool_moves_are_followed_and_told_apart(desk: Any) -> None:
    desk = desk(4)
    columns = {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    desk.tool(
        {"insertDimension": {"range": rows(1, 3)}},
        {"deleteDimension": {"range": rows(4, 5)}},
        {"insertDimension": {"range": columns}},
        {"moveDimension": {"source": rows(5, 6), "destinationIndex": 1}},
    )

    assert desk.truth.customers() == {1: 4, 4: 1, 5: 3}
    assert desk.truth.columns[:5] == [TOOL, TOOL, TOOL, TOOL, NAME]
    assert [(event.what, event.by_person) for event in desk.truth.events][-1] == (What.DELETED, False)
    assert desk.differences() == []


def test_what_the_tool_writes_into_the_teams_columns_is_a_difference(desk: Any) -> None:
    desk = desk(2)
    body = {"values": [["C-1", "gold", "s", "n1", "changed"], [None, None, None, None, None, "new"]]}
    desk.send("PUT", "/values/Customers!A2?valueInputOption=RAW", body, by=desk.edited)

    assert [(one.row, one.column, one.identity, one.expected, one.found) for one in desk.differences()] == [
        (1, 5, 1, 101, "changed"),
        (2, 6, 2, "", "new"),
    ]


def test_a_header_of_the_teams_the_tool_renames_is_a_difference(desk: Any) -> None:
    desk = desk(1)
    desk.send("PUT", "/values/Customers!E1?valueInputOption=RAW", {"values": [["tel"]]}, by=desk.edited)

    assert [(one.row, one.expected, one.found) for one in desk.differences()] == [(0, "phone", "tel")]


def test_rows_the_tool_cuts_off_the_grid_are_customers_lost(desk: Any) -> None:
    desk = desk(4)
    grid = {"sheetId": 7, "gridProperties": {"rowCount": 3, "columnCount": 4}}
    fields = "gridProperties.rowCount,gridProperties.columnCount"
    desk.tool({"updateSheetProperties": {"properties": grid, "fields": fields}})

    gone = [event.identity for event in desk.truth.events if event.what is What.DELETED]
    assert (gone, desk.truth.customers(), desk.truth.columns) == ([3, 4], {1: 1, 2: 2}, [TOOL] * 3 + [NAME])


@pytest.mark.parametrize(
    "requests",
    [
        [{"insertDimension": {"range": rows(1, 2)}}, {"sortRange": {"range": area(1, 4, 0, 6)}}],
        [{"copyPaste": {"source": area(1, 2, 3, 4), "destination": area(1, 2, 5, 6)}}],
        [{"copyPaste": {"source": area(1, 2, 0, 6), "destination": area(3, 9, 0, 6)}}],
        [{"cutPaste": {"source": area(1, 2, 0, 6), "destination": {"sheetId": 8}}}],
    ],
)
def test_what_the_mirror_cannot_follow_is_said_and_not_guessed(desk: Any, requests: Any) -> None:
    desk = desk(3)

    with pytest.raises(CannotFollowError, match="The true sheet cannot follow"):
        desk.tool(*requests)


def test_what_happens_to_other_tabs_and_files_is_let_through(desk: Any) -> None:
    desk = desk(3, rate=5)
    other = {**rows(0, 1), "sheetId": 8}
    desk.edited.handle("GET", "https://www.googleapis.com/drive/v3/files", None)
    desk.edited.handle("GET", f"{HOST}/another", None)
    quiet = (desk.edited.calls, len(desk.edited.log))
    desk.tool({"deleteDimension": {"range": other}}, {"deleteSheet": {"sheetId": 8}})

    assert quiet == (0, 0)
    assert (desk.edited.calls, desk.differences()) == (1, [])


def test_after_the_tab_is_deleted_nobody_edits_and_the_service_answers(desk: Any) -> None:
    desk = desk(rate=3)
    desk.act(Edit.DELETE_TAB)
    count = len(desk.edited.log)
    desk.send("GET", "/values/Other", by=desk.edited)

    assert (desk.truth.is_gone, desk.edited.act(), len(desk.edited.log)) == (True, None, count)


# Chance


def played(desk: Any, seed: int, rate: float, kinds: Any = ALIVE, calls: int = 20) -> Any:
    """A tool that reads, and writes into its own columns wherever they stand."""
    desk = desk(30, seed=seed, rate=rate, kinds=kinds)
    for call in range(calls):
        if call % 2:
            desk.send("GET", "/values/Other", by=desk.edited)
        else:
            start = {"sheetId": 7, "rowIndex": 3, "columnIndex": desk.truth.columns.index(TOOL)}
            cells = [{"userEnteredValue": {"stringValue": f"w{call}"}}]
            update = {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}
            desk.tool({"updateCells": update})
    return desk


def test_a_seed_a_rate_and_kinds_replay_a_run(desk: Any) -> None:
    first, again, other = (played(desk, seed, 2.0) for seed in (5, 5, 6))

    assert first.edited.log == again.edited.log
    assert first.edited.sheet.rows == again.edited.sheet.rows
    assert [deed.edit for deed in first.edited.log] != [deed.edit for deed in other.edited.log]


@pytest.mark.parametrize("seed", range(20))
def test_through_a_storm_of_edits_the_mirror_knows_every_cell_of_the_team(desk: Any, seed: Any) -> None:
    desk = played(desk, seed, 3.0)

    writes = [one for one in desk.differences() if not str(one.found).startswith("w")]
    assert (writes, [deed for deed in desk.edited.log if deed.refused]) == ([], [])
    assert len(desk.edited.log) > 20


NO_RENAMING = tuple(edit for edit in ALIVE if edit not in {Edit.RETYPE_CELL, Edit.CLEAR_CELL})


@pytest.mark.parametrize("seed", range(20))
def test_each_customer_is_where_its_name_is(desk: Any, seed: Any) -> None:
    """The names of the first 30 stand for who they are; nobody retypes a name here."""
    desk = played(desk, seed, 3.0, kinds=NO_RENAMING)
    origins = {event.identity: event.origin for event in desk.truth.events if event.what is What.COPIED}

    def first(identity: int) -> int:
        return first(origins[identity]) if identity in origins else identity

    place = desk.truth.place_of(NAME)
    known = {row: first(one) for row, one in desk.truth.customers().items()}
    found = {row: desk.edited.sheet.cell(row, place) for row, one in known.items() if one <= 30}
    assert found == {row: f"n{one}" for row, one in known.items() if one <= 30}
    assert len(found) > 5


def test_edits_come_as_often_as_the_rate_says(desk: Any) -> None:
    desk = desk(30, rate=0.5, kinds=[Edit.HIDE_ROWS])
    numbers: Counter[int] = Counter()
    for _ in range(400):
        before = len(desk.edited.log)
        desk.send("GET", "/values/Other", by=desk.edited)
        numbers[len(desk.edited.log) - before] += 1

    assert 160 <= len(desk.edited.log) <= 240
    assert 215 <= numbers[0] <= 270  # 400 / e**0.5 = 243
    assert numbers[2] > 10


def test_people_type_what_they_are_told_to(desk: Any) -> None:
    desk = desk(3, types=lambda header, _chance, number: f"{header}-{number}")
    desk.act(Edit.APPEND_ROW)

    assert desk.edited.sheet.rows[4] == ["", "", "", "name-1", "phone-2", "city-3"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rate": -1}, "rate of edits is -1"),
        ({"rate": 21}, "rate of edits is 21"),
        ({"rate": 1, "kinds": ()}, "no kinds"),
    ],
)
def test_editors_that_cannot_be_are_refused(options: Any, message: Any) -> None:
    with pytest.raises(ValueError, match=message):
        Editors(1, **options)


def test_a_tab_that_is_not_there_or_has_no_anchor_is_refused(desk: Any) -> None:
    desk = desk()

    with pytest.raises(ValueError, match='no tab "客户"'):
        EditedService(desk.server, desk.id, "客户", Editors(1, 1))
    with pytest.raises(ValueError, match="Column 2 is the tool's"):
        TrueSheet(desk.edited.sheet, range(3), 2)


def test_who_may_not_edit_a_protected_tab_is_refused_and_nothing_is_mirrored(desk: Any) -> None:
    desk = desk(kinds=[Edit.RENAME_TAB])
    properties = {"properties": {"sheetId": 8, "title": "renamed 1"}, "fields": "title"}
    desk.tool({"updateSheetProperties": properties})

    deed = desk.edited.act()

    assert ("already exists" in deed.refused, deed.events, desk.differences()) == (True, [], [])


def test_an_event_says_who_and_what() -> None:
    event = Event(what=What.ADDED, by_person=True, identity=1)

    assert (event.origin, event.column, event.old, event.new) == (NOBODY, TOOL, "", "")
