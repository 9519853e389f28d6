"""Undo of imports: rows go to the Archive tab and come back, filled cells become blank, the rest stays."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

import pytest

from backend.adapters.google.register import SheetRegister
from backend.core.team_settings import defaults
from backend.errors import JournalUnwritable, NothingToUndo, RegisterMade, StewardError
from backend.jobs.importer import Importer
from backend.localsheets.edited import EditedService
from backend.localsheets.editors import Editors
from backend.localsheets.faults import Fault, Faults
from backend.localsheets.faulty import FaultyService
from backend.localsheets.transport import ProcessKilledError
from backend.ports import RunState
from sheets_schema.headers import HeaderLanguage, tab_title
from sheets_schema.tabs.archive import ARCHIVE
from tests.conftest import Desk
from tests.jobs.test_importer import bring_in, delivery, row_of

BLOCK = 9
NEW = [
    (f"N{number}", f"新客户{number}", f"01390013{number:04d}", f"note {number}", "") for number in range(4)
]
ARCHIVE_TITLE = tab_title(ARCHIVE.label, HeaderLanguage.BOTH)


@pytest.fixture
def team(people: Any) -> Any:
    return people(5, {4: {"notes": "stands"}})


@pytest.fixture
def register(desk: Any, team: Any) -> Any:
    made = desk.make(team)
    desk.run(made)
    return made


def imported(desk: Any, register: Any, team: Any) -> Any:
    """An import that adds four rows and fills three cells: a text, a date, a phone."""
    fills = [
        row_of(2, team, notes="老客户"),
        row_of(3, team, birth_date="1990-05-07"),
        row_of(5, team, notes="0012"),
    ]
    done = bring_in(desk, register, delivery(*NEW, *fills))
    assert (done.written, len(done.filled)) == (len(NEW), len(fills))
    return done


def by_id(desk: Any, register: Any) -> dict[str, list[Any]]:
    """The team's cells of each row, by row id."""
    rows = desk.person(register).rows()
    width = max(map(len, rows))
    return {row[0]: [*row, *[""] * (width - len(row))][BLOCK:] for row in rows[1:] if row and row[0]}


def archived(desk: Any, register: Any) -> list[list[Any]]:
    return list(desk.person(register, "Archive").rows("Archive")[1:])


def kept(counts: Any) -> tuple[int, int]:
    return counts["edited"], counts["gone"]


def test_an_import_is_taken_back_and_the_undo_too(desk: Any, register: Any, team: Any) -> None:
    before = by_id(desk, register)
    done = imported(desk, register, team)
    wrote = by_id(desk, register)

    undone = desk.undo(done.run_id, register)

    assert (undone.state, kept(undone.counts), undone.counts["taken_out"]) == (RunState.DONE, (0, 0), 4)
    assert undone.counts["undone"] == 4 * 4 + 3
    assert by_id(desk, register) == before
    lines = archived(desk, register)
    assert [line[0] for line in lines[1:]] == list(done.plan.row_ids)
    name = 11 + desk.person(register).place("full_name")
    assert [line[name] for line in lines[1:]] == [row[1] for row in NEW]
    assert {line[10] for line in lines} <= {""}
    assert {(line[2], line[3], line[5]) for line in lines} == {(f"撤销 {done.run_id}", "ann", undone.run_id)}

    again = desk.undo(undone.run_id, register)

    assert (again.state, again.counts["brought_back"], kept(again.counts)) == (RunState.DONE, 4, (0, 0))
    assert by_id(desk, register) == wrote
    assert archived(desk, register) == []
    third = desk.undo(again.run_id, register)
    assert (third.state, by_id(desk, register)) == (RunState.DONE, before)


def test_a_run_in_between_changes_nothing_of_it(desk: Any, register: Any, team: Any) -> None:
    before = by_id(desk, register)
    done = imported(desk, register, team)
    desk.run(register)

    assert desk.undo(done.run_id, register).state is RunState.DONE
    assert by_id(desk, register) == before
    assert desk.run(register).state is RunState.DONE


def test_what_people_changed_since_stays_and_is_counted(desk: Any, register: Any, team: Any) -> None:
    done = imported(desk, register, team)
    person = desk.person(register)
    person.type_in(7, "notes", "called")
    person.type_in(3, "notes", "mine")
    person.delete("ROWS", 8)

    undone = desk.undo(done.run_id, register)

    assert undone.state is RunState.DONE
    assert (undone.counts["taken_out"], kept(undone.counts)) == (2, (4 + 1, 4))
    names, notes = person.cells("full_name"), person.cells("notes")
    assert [name for name in names if name.startswith("新客户")] == ["新客户0"]
    assert (notes[1], "called" in notes) == ("mine", True)


def test_a_word_in_a_column_of_the_teams_own_keeps_the_row(desk: Any, register: Any, team: Any) -> None:
    done = imported(desk, register, team)
    person = desk.person(register)
    place = max(map(len, person.rows()))
    person.insert("COLUMNS", place)
    letter = chr(ord("A") + place % 26)
    cell = letter if place < 26 else f"A{letter}"
    person.type_at(f"{cell}1", "熟人")
    person.type_at(f"{cell}7", "yes")

    undone = desk.undo(done.run_id, register)

    assert (undone.counts["taken_out"], kept(undone.counts)) == (3, (4, 0))
    assert person.cells("full_name")[5] == "新客户0"


def test_a_preview_changes_nothing(desk: Any, register: Any, team: Any) -> None:
    done = imported(desk, register, team)
    before = desk.person(register).rows()

    seen = desk.undo(done.run_id, register, preview=True)

    assert (seen.counts["taken_out"], seen.counts["undone"], seen.preview) == (4, 19, True)
    assert not any(sent.writes and "batchUpdate" in sent.path for sent in desk.wire.sent)
    assert desk.person(register).rows() == before


def test_a_register_that_an_import_made_is_not_taken_away(desk: Any) -> None:
    importer = Importer(ledger=desk.ledger, journal=desk.journal, clock=desk.clock)
    done = importer.make(delivery(NEW[0]), "shop", defaults(), lambda *_: "sheet", requested_by="ann")

    with pytest.raises(RegisterMade, match="made the register"):
        desk.undo(done.run_id, SheetRegister(desk.client, "sheet", "shop"))


def test_an_import_that_wrote_nothing_has_nothing_to_undo(desk: Any, register: Any, team: Any) -> None:
    done = bring_in(desk, register, delivery(row_of(2, team)))

    with pytest.raises(NothingToUndo):
        desk.undo(done.run_id, register)


def test_a_row_that_is_hit_by_mistake_is_put_back_where_it_was(desk: Any, register: Any, team: Any) -> None:
    done = imported(desk, register, team)
    person = desk.person(register)
    desk.wire.forget()

    def insert_above() -> None:
        person.insert("ROWS", 2)
        person.type_in(2, "full_name", "typed")

    fired = _before_removal(desk, insert_above)
    undone = desk.runner.undo(done.run_id, register, requested_by="ann")

    assert (fired, undone.state, undone.counts["taken_out"]) == ([True], RunState.DONE, 4)
    assert person.cells("full_name") == ["typed", *(one["full_name"] for one in team)]
    assert len(archived(desk, register)) == 1 + 4


def test_headers_that_are_hit_by_mistake_are_put_back(desk: Any, people: Any) -> None:
    register = desk.make(people(1))
    desk.run(register)
    done = bring_in(desk, register, delivery(NEW[0], row_of(1, people(1), notes="x")))
    person = desk.person(register)
    header = person.rows()[0]
    desk.wire.forget()

    def move_down() -> None:
        person.insert("ROWS", 1)
        person.insert("ROWS", 1)

    _before_removal(desk, move_down)
    undone = desk.runner.undo(done.run_id, register, requested_by="ann")

    assert undone.state is RunState.DONE
    rows = [row for row in person.rows() if row]
    assert (rows[0], len(rows)) == (header, 2)


class Between:
    """Somebody acts once, just before the request that takes rows out."""

    def __init__(self, server: Any, act: Any) -> None:
        self.server, self.act = server, act
        self.fired: list[bool] = []

    def book(self, spreadsheet_id: str) -> Any:
        return self.server.book(spreadsheet_id)

    def handle(self, method: str, url: str, body: bytes | None, **more: Any) -> Any:
        if not self.fired and body and b"deleteDimension" in body and b"updateCells" in body:
            self.fired.append(True)
            self.act()
        return self.server.handle(method, url, body, **more)


def _before_removal(desk: Any, act: Any) -> list[bool]:
    between = Between(desk.server, act)
    desk.wire.server = between
    return between.fired


SEEDS = int(os.environ.get("STEWARD_UNDO_SEEDS", "6"))
"""Runs of each test of chance; more of them: STEWARD_UNDO_SEEDS=40."""

FILLED = {"老客户", "1990-05-07", 33_000, "0012"}


def _edited(desk: Any, register: Any, seed: int, rate: float) -> EditedService:
    """People who edit Customers from now on, before each call."""
    title = desk.person(register).sheet()["properties"]["title"]
    service = EditedService(
        desk.server,
        register.spreadsheet_id,
        title,
        Editors(seed, rate),
        tool_columns=range(BLOCK),
        anchor=BLOCK,
    )
    desk.wire.server = service
    return service


def _taken_out(service: EditedService) -> list[dict[int, Any]]:
    return [row.cells for row in service.truth.aside if row.cells]


def _new_rows(service: EditedService) -> list[dict[int, Any]]:
    """The rows the import added, as the mirror first saw them."""
    names = {row[1] for row in NEW}
    return [dict(row.cells) for row in service.truth.rows if names & set(map(str, row.cells.values()))]


def test_a_row_comes_back_under_its_headers_wherever_they_stand_by_now(
    desk: Any, register: Any, team: Any
) -> None:
    done = imported(desk, register, team)
    undone = desk.undo(done.run_id, register)
    person = desk.person(register)
    person.insert("COLUMNS", person.place("full_name"))
    person.move_column(person.place("notes"), BLOCK)

    again = desk.undo(undone.run_id, register)

    assert again.state is RunState.DONE
    assert person.cells("full_name")[5:] == [row[1] for row in NEW]
    assert person.cells("mobile")[5:] == [row[2] for row in NEW]
    assert person.cells("notes")[5:] == [row[3] for row in NEW]


def test_columns_that_move_while_a_row_is_taken_out_change_no_cell(
    desk: Any, register: Any, team: Any
) -> None:
    done = imported(desk, register, team)
    person = desk.person(register)

    def move() -> None:
        person.insert("ROWS", 3)
        person.insert("COLUMNS", BLOCK)

    fired = _before_removal(desk, move)
    undone = desk.runner.undo(done.run_id, register, requested_by="ann")

    assert (fired, undone.state) == ([True], RunState.DONE)
    names = [one["full_name"] for one in team]
    assert [cell for cell in person.cells("full_name") if cell] == names
    assert [str(cell) for cell in person.cells("mobile") if cell] == [one["mobile"] for one in team]


def test_nothing_is_added_when_the_journal_cannot_be_written(desk: Any, register: Any, team: Any) -> None:
    before = desk.person(register).rows()
    with desk.journal.engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger full before insert on journal begin select raise(abort, 'disk is full'); end"
        )

    with pytest.raises(JournalUnwritable):
        bring_in(desk, register, delivery(NEW[0], row_of(2, team, notes="x")))

    assert desk.person(register).rows() == before


@pytest.mark.parametrize("rate", [0.2, 0.6])
@pytest.mark.parametrize("part", range(4))
def test_whatever_people_do_only_what_the_import_wrote_goes(people: Any, part: int, rate: float) -> None:
    gone = 0
    for seed in range(part * SEEDS, (part + 1) * SEEDS):
        desk = Desk()
        team = people(5, {4: {"notes": "stands"}})
        register = desk.make(team)
        desk.run(register)
        done = imported(desk, register, team)
        service = _edited(desk, register, seed, rate)
        added = _new_rows(service)

        undone = desk.runner.undo(done.run_id, register, requested_by="ann")

        desk.wire.server = desk.server
        differences = service.truth.differences(service.sheet)
        assert all(one.expected in FILLED and one.found == "" for one in differences), (seed, differences)
        out = _taken_out(service)
        assert all(cells in added for cells in out), (seed, out)
        if undone.state is RunState.DONE:
            lines = archived(desk, register) if out else []
            assert sum(line[0] != "" for line in lines) == len(out), seed
            assert not any("checking" in str(cell) for line in lines for cell in line), seed
        assert not any("Steward:" in str(cell) for row in desk.person(register).rows() for cell in row)
        gone += len(out)
        desk.server.close()
        desk.ledger.engine.dispose()
    assert gone > SEEDS


class Killed:
    """One undo in a sheet of its own, which is killed at one call, and then done again."""

    def __init__(self, people: Any) -> None:
        self.desk = Desk()
        team = people(5, {4: {"notes": "stands"}})
        self.register = self.desk.make(team)
        self.desk.run(self.register)
        self.run_id = imported(self.desk, self.register, team).run_id

    def undo(self, faults: dict[int, Fault], *, moved: bool) -> int:
        """Undo with faults, and again without when it was killed; give the calls of the first."""
        person, server = self.desk.person(self.register), self.desk.server
        between: Any = Between(server, lambda: person.insert("ROWS", 4)) if moved else server
        faulty = self.desk.wire.server = FaultyService(between, Faults.scripted(faults))
        try:
            self.desk.undo(self.run_id, self.register)
        except ProcessKilledError:
            self.desk.wire.server = between
            self.desk.clock.forward(minutes=30)
            self.desk.undo(self.run_id, SheetRegister(self.desk.client, self.register.spreadsheet_id, "shop"))
        self.desk.wire.server = server
        return faulty.calls

    def sheet(self) -> Any:
        """What stands in Customers, beside each id, and what of it in the Archive tab."""
        lines = [(line[0], *line[11:]) for line in archived(self.desk, self.register)]
        rows = [row for row in self.desk.person(self.register).rows() if row]
        here = sorted(row[self.desk.person(self.register).place("full_name")] for row in rows)
        cells = sorted(map(str, (row[BLOCK:] for row in by_id(self.desk, self.register).values())))
        names = sorted(cell for _, *copy in lines for cell in copy if str(cell).startswith("新客户"))
        states = {line[10] for line in archived(self.desk, self.register)}
        return here, cells, names, len(lines), states

    def close(self) -> None:
        self.desk.server.close()
        self.desk.ledger.engine.dispose()


@pytest.mark.parametrize(
    ("fault", "moved"),
    [
        (Fault.KILLED_AFTER_APPLY, False),
        (Fault.KILLED_AFTER_APPLY, True),
        (Fault.KILLED_BEFORE_APPLY, True),
    ],
)
def test_an_undo_that_is_killed_at_any_call_and_done_again_is_one_undo(
    people: Any, fault: Fault, moved: Any
) -> None:
    whole = Killed(people)
    calls = whole.undo({}, moved=moved)
    expected = whole.sheet()
    whole.close()
    for number in range(1, calls + 1):
        one = Killed(people)
        one.undo({number: fault}, moved=moved)
        assert one.sheet() == expected, number
        one.close()
    assert calls > 20


LOST = (
    Fault.RESET_AFTER_APPLY,
    Fault.TIME_OUT_BEFORE_APPLY,
    Fault.TIME_OUT_AFTER_APPLY,
    Fault.LATE_APPLY,
    Fault.DUPLICATE_DELIVERY,
    Fault.UNAVAILABLE_AFTER_APPLY,
)


@pytest.mark.parametrize("seed", range(16))
def test_answers_that_get_lost_come_late_or_twice_do_no_harm(people: Any, seed: int) -> None:
    one = Killed(people)
    before = Killed(people)
    before.undo({}, moved=False)
    expected = before.sheet()
    before.close()
    faulty = one.desk.wire.server = FaultyService(one.desk.server, Faults.seeded(seed, 0.15, LOST))
    with suppress(StewardError):
        one.desk.runner.undo(one.run_id, one.register, requested_by="ann")
    faulty.settle()
    one.desk.wire.server = one.desk.server
    one.desk.undo(one.run_id, one.register)

    assert one.sheet() == expected
    one.close()
