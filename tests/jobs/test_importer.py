"""Imports as runs: what stands in the sheet, in the ledger and in the Runs tab afterwards."""

from typing import Any

import pytest
import requests

from backend.core.file_table import FileTable
from backend.core.import_plan import Delivery
from backend.core.team_settings import defaults
from backend.errors import AccessDenied, AlreadyRunning, NameNotInFile, StoppedMidway
from backend.jobs.importer import Importer
from backend.jobs.recording import Progress
from backend.localsheets.transport import reads
from backend.ports import RunState

HEADERS = ("customer_id", "full_name", "mobile", "notes", "birth_date")
NEW = ("K9", "新客户", "013900139000", "", "")


def delivery(*rows: Any, headers: Any = HEADERS, **options: Any) -> Delivery:
    return Delivery(source="november", table=FileTable.of(headers, [list(row) for row in rows]), **options)


def row_of(number: int, register_people: Any, **cells: Any) -> tuple[Any, ...]:
    """A row of the file about a customer who is there."""
    line = {**register_people[number - 1], **cells}
    return tuple(line.get(name, "") for name in HEADERS)


@pytest.fixture
def team(people: Any) -> Any:
    return people(5)


@pytest.fixture
def register(desk: Any, team: Any) -> Any:
    made = desk.make(team)
    desk.run(made)
    desk.wire.forget()
    return made


def bring_in(desk: Any, register: Any, what: Any, **options: Any) -> Any:
    desk.clock.forward(minutes=1)
    importer = Importer(ledger=desk.ledger, journal=desk.journal, clock=desk.clock)
    return importer.bring_in(what, register, requested_by="ann", **options)


def dropped(_request: Any, _carry_out: Any) -> Any:
    raise requests.ReadTimeout


def test_new_rows_are_added_and_blank_cells_filled(desk: Any, register: Any, team: Any) -> None:
    what = delivery(NEW, row_of(2, team, notes="老客户"), row_of(3, team, birth_date="1990-05-07"))

    done = bring_in(desk, register, what)

    person = desk.person(register)
    assert (done.state, done.written, len(done.filled), done.unfilled) == (RunState.DONE, 1, 2, [])
    assert (person.cells("full_name")[5], person.cells("mobile")[5]) == ("新客户", "013900139000")
    assert (person.cells("notes")[1], person.cells("birth_date")[2]) == ("老客户", 33_000)


def merge_notes(who: Any, first: int, last: int) -> None:
    place = who.place("notes")
    area = {"sheetId": who.sheet_id(), "startColumnIndex": place, "endColumnIndex": place + 1}
    area |= {"startRowIndex": first - 1, "endRowIndex": last}
    who.change(mergeCells={"range": area, "mergeType": "MERGE_ALL"})


def test_nothing_is_written_inside_merged_cells(desk: Any, register: Any, team: Any) -> None:
    person = desk.person(register)
    merge_notes(person, 3, 4)
    merge_notes(person, 6, 8)

    done = bring_in(
        desk, register, delivery(("K9", "新客户", "013900139000", "新", ""), row_of(2, team, notes="老客户"))
    )

    assert (done.written, len(done.filled), len(done.plan.fillable.left)) == (1, 0, 1)
    assert person.cells("notes") == ["", "", "", "", "", "", "", "新"]


def test_what_was_done_stands_in_the_ledger_and_in_the_runs_tab(desk: Any, register: Any, team: Any) -> None:
    done = bring_in(desk, register, delivery(NEW, row_of(2, team, notes="老客户"), row_of(3, team)))

    record = desk.ledger.recent(1)[0]
    line = desk.person(register, "Runs").rows()[-1]
    assert (record.run_id, record.job, record.state, record.requested_by) == (
        done.run_id,
        "import",
        RunState.DONE,
        "ann",
    )
    assert dict(record.counts) == {
        "read": 3,
        "changed": 2,
        "added": 1,
        "filled": 1,
        "conflicts": 0,
        "duplicates": 0,
        "refused": 0,
    }
    assert line[:7] == [done.run_id, "import", "2026-11-21 07:01:00", "ann", 3, 2, 0]


def test_the_same_file_again_writes_nothing(desk: Any, register: Any, team: Any) -> None:
    what = delivery(NEW, row_of(2, team, notes="老客户"), row_of(3, team, mobile="13511112222"))
    bring_in(desk, register, what)
    before = {tab: desk.person(register, tab).rows() for tab in ("Customers", "Mappings", "Runs")}
    desk.wire.forget()

    again = bring_in(desk, register, what)

    assert not any(sent.writes for sent in desk.wire.sent)
    assert (again.state, again.written, again.filled, again.plan.is_empty) == (RunState.DONE, 0, (), True)
    assert {tab: desk.person(register, tab).rows() for tab in before} == before
    assert list(again.plan.incoming.arrivals.counts.values()) == [0, 2, 0, 1, 0, 0]


def test_a_value_that_differs_is_listed_and_stays(desk: Any, register: Any, team: Any) -> None:
    before = desk.person(register).team_rows()

    done = bring_in(desk, register, delivery(row_of(3, team, mobile="13511112222", notes="x")))

    assert (done.counts["conflicts"], done.filled) == (1, [])
    assert desk.person(register).team_rows() == before


def test_a_preview_writes_nothing_and_says_what_it_would(desk: Any, register: Any, team: Any) -> None:
    done = bring_in(desk, register, delivery(NEW, row_of(2, team, notes="老客户")), preview=True)

    assert not any(sent.writes for sent in desk.wire.sent)
    assert (done.written, len(done.plan.fillable.fills), done.filled) == (1, 1, ())
    assert desk.ledger.recent(1)[0].preview


def test_an_import_holds_the_register(desk: Any, register: Any) -> None:
    def meanwhile(_plan: Any) -> None:
        with pytest.raises(AlreadyRunning):
            desk.run(register)

    bring_in(desk, register, delivery(NEW), ready=meanwhile)

    assert desk.run(register).state is RunState.DONE


def test_a_long_import_keeps_its_hold(desk: Any, register: Any) -> None:
    seen = []

    def slow(stage: str, done: int, total: int) -> None:
        desk.clock.forward(minutes=14)
        seen.append((stage, done, total))

    done = bring_in(desk, register, delivery(NEW), progress=Progress(told=slow))

    assert done.state is RunState.DONE
    assert [stage for stage, *_ in seen] == [
        "stage-read",
        "stage-compare",
        "stage-add",
        "stage-add",
        "stage-fill",
    ]


def test_a_file_that_cannot_be_used_is_refused_and_recorded(desk: Any, register: Any) -> None:
    with pytest.raises(NameNotInFile):
        bring_in(desk, register, delivery(["x"], headers=("?",)))

    record = desk.ledger.recent(1)[0]
    assert (record.state, record.message) == (RunState.REFUSED, "name-not-in-file")


def test_an_import_that_stops_halfway_says_so_and_can_be_done_again(
    desk: Any, register: Any, team: Any
) -> None:
    what = delivery(NEW, row_of(2, team, notes="老客户"))
    desk.wire.faults = [None] * 5 + [dropped] * 40

    with pytest.raises(StoppedMidway):
        bring_in(desk, register, what)
    desk.wire.faults = []
    state = desk.ledger.recent(1)[0].state
    again = bring_in(desk, register, what)

    assert (state, again.state, again.written, len(again.filled)) == (
        RunState.PARTLY_DONE,
        RunState.DONE,
        0,
        1,
    )
    assert desk.person(register).cells("full_name").count("新客户") == 1


def forbidden_to_write(request: Any, carry_out: Any) -> Any:
    if reads(request.method, request.url):
        return carry_out()
    response = requests.Response()
    response.status_code = 403
    return response


def test_an_import_that_may_write_nothing_does_not_say_that_it_had_begun(
    desk: Any, register: Any, team: Any
) -> None:
    desk.wire.faults = [forbidden_to_write] * 40

    with pytest.raises(AccessDenied):
        bring_in(desk, register, delivery(row_of(2, team, notes="老客户")))

    assert desk.ledger.recent(1)[0].state is RunState.REFUSED


def test_a_cell_somebody_fills_meanwhile_makes_the_import_partly_done(
    desk: Any, register: Any, team: Any
) -> None:
    person = desk.person(register)
    what = delivery(row_of(2, team, notes="老客户"))

    done = bring_in(desk, register, what, ready=lambda _plan: person.type_in(3, "notes", "mine"))

    assert (done.state, len(done.unfilled), person.cells("notes")[1]) == (RunState.PARTLY_DONE, 1, "mine")


def test_tool_tabs_that_people_deleted_are_made_again(desk: Any, register: Any) -> None:
    for tab in ("Mappings", "Runs"):
        desk.person(register, tab).delete_tab()

    done = bring_in(desk, register, delivery(NEW))

    assert desk.person(register, "Runs").rows()[1][0] == done.run_id
    assert len(desk.person(register, "Mappings").rows()) == 1 + len(HEADERS)


def test_making_a_register_is_a_run_too(desk: Any) -> None:
    made: list[Any] = []
    importer = Importer(ledger=desk.ledger, journal=desk.journal, clock=desk.clock)

    done = importer.make(
        delivery(NEW, ("", "", "x", "", "")),
        "shop",
        defaults(),
        lambda plan, line, _told: made.append((plan.wanted, line["rows_changed"])) or "sheet",
        requested_by="ann",
    )

    record = desk.ledger.recent(1)[0]
    assert (made, record.spreadsheet_id, record.register) == ([([2], 1)], "sheet", "shop")
    assert (record.state, record.counts["refused"], done.run_id) == (RunState.DONE, 1, record.run_id)
