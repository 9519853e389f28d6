"""The Archive tab in the sheet: what it takes, and what it is not mistaken for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.adapters.google.archive import Archive
from backend.errors import ArchiveTorn
from backend.ports import Leave

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LEAVE = Leave(why="a test", removed_by="ann", removed_at="2026-11-21 00:00:00", run_id="r1")


def ids(desk: Any, register: Any) -> list[str]:
    return [cell for cell in desk.person(register).cells("row_id") if cell]


@pytest.fixture
def register(desk: Any, people: Any) -> Any:
    made = desk.make(people(4, {2: {"notes": "x"}}))
    desk.run(made)
    return made


def take_out(desk: Any, register: Any, wanted: Any, now: datetime = NOW) -> Any:
    cells = register.whole_rows(settle=False).cells
    archive = Archive(desk.client, register.spreadsheet_id, lambda: now)
    return archive.take_out({row_id: cells[row_id] for row_id in wanted}, LEAVE)


def test_a_formula_and_a_format_come_back_as_they_were(desk: Any, register: Any) -> None:
    person = desk.person(register)
    first = ids(desk, register)[0]
    place = person.place("notes")
    cell = {"userEnteredValue": {"formulaValue": "=1+1"}, "note": "ask"}
    start = {"sheetId": person.sheet_id(), "rowIndex": 1, "columnIndex": place}
    person.change(
        updateCells={"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue,note"}
    )

    take_out(desk, register, [first])
    assert first not in ids(desk, register)
    register.bring_back([first], told=lambda: None)

    title = person.sheet()["properties"]["title"]
    fields = "sheets.data.rowData.values(userEnteredValue,note)"
    letter = chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
    found = person.ask("GET", f"?ranges='{title}'!{letter}5&fields={fields}")
    assert found["sheets"][0]["data"][0]["rowData"][0]["values"][0] == cell


def test_every_row_of_a_sheet_without_spare_rows_can_go(desk: Any, register: Any) -> None:
    person = desk.person(register)
    rows = person.sheet()["properties"]["gridProperties"]["rowCount"]
    grid = {"sheetId": person.sheet_id(), "dimension": "ROWS", "startIndex": 5, "endIndex": rows}
    person.change(deleteDimension={"range": grid})
    wanted = ids(desk, register)

    view = take_out(desk, register, wanted)

    assert (ids(desk, register), [line.cells["row_id"] for line in view.lines[1:]]) == ([], wanted)


def test_a_tab_of_the_teams_own_with_that_title_is_left_alone(desk: Any, register: Any) -> None:
    person = desk.person(register)
    person.change(addSheet={"properties": {"title": "归档"}})
    person.ask("PUT", "/values/归档!A1?valueInputOption=RAW", {"values": [["mine"]]})

    take_out(desk, register, ids(desk, register)[:1])

    assert person.ask("GET", "/values/归档")["values"] == [["mine"]]
    assert len(person.ask("GET", "/values/归档 Archive")["values"]) == 3


def test_an_archive_whose_columns_were_moved_is_refused(desk: Any, register: Any) -> None:
    take_out(desk, register, ids(desk, register)[:1])
    archive = desk.person(register, "Archive")
    archive.move_column(0, 3)
    before = desk.person(register).rows()

    with pytest.raises(ArchiveTorn, match="first eleven columns"):
        take_out(desk, register, ids(desk, register)[:1])

    assert desk.person(register).rows() == before


def test_fences_do_not_pile_up(desk: Any, register: Any) -> None:
    for day in (1, 2, 3):
        take_out(desk, register, ids(desk, register)[:1], datetime(2026, 11, day, tzinfo=UTC))

    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "steward.fence"}}]}
    found = desk.person(register).ask("POST", "/developerMetadata:search", body)["matchedDeveloperMetadata"]
    assert {one["developerMetadata"]["metadataValue"] for one in found} == {"2026-11-03 00:00"}


def test_a_request_for_many_rows_takes_them_out_by_the_hundreds(desk: Any, people: Any) -> None:
    register = desk.make(people(450))
    desk.run(register)
    desk.wire.forget()

    take_out(desk, register, ids(desk, register)[:-1])

    assert len(ids(desk, register)) == 1
    assert sum(sent.writes and ":batchUpdate" in sent.path for sent in desk.wire.sent) == 6
