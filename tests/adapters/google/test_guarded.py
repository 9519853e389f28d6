import random
from itertools import islice
from typing import Any

import pytest
import requests

from backend.core.guarded_change import GuardedChange, change_to
from backend.core.identity import row_ids
from backend.errors import AnswerUnclear, RequestRefused
from backend.localsheets.transport import reads
from sheets_schema.tabs.customers import CUSTOMERS

ROWS = 6


def nothing(_done: int, _total: int) -> None:
    pass


def lost(_request: Any, carry_out: Any) -> Any:
    """The service does it, and its answer never comes."""
    carry_out()
    raise requests.ReadTimeout


def dropped(_request: Any, _carry_out: Any) -> Any:
    """The request never reaches the service."""
    raise requests.ReadTimeout


def dropped_if_it_writes(request: Any, carry_out: Any) -> Any:
    return carry_out() if reads(request.method, request.url) else dropped(request, carry_out)


def fill(row_id: str, column: str = "notes", text: str = "", **more: Any) -> GuardedChange:
    text = text or f"for {row_id}"
    return GuardedChange(
        row_id=row_id, column=column, text=text, **{"as_text": True, "stands_as": (text,), **more}
    )


def made(desk: Any, people: Any, count: int = ROWS, changes: Any = None) -> Any:
    """A register whose rows have ids; the last customer's notes are filled already."""
    register = desk.make(people(count, {count: {"notes": "stands"}, **(changes or {})}))
    person = desk.person(register)
    for row, row_id in enumerate(islice(row_ids(b"seed"), count), start=2):
        person.type_at(f"A{row}", row_id)
    register.read()
    desk.wire.forget()
    return register


def ids(desk: Any, register: Any) -> list[str]:
    return [one for one in desk.person(register).cells("row_id") if one]


def by_id(desk: Any, register: Any, column: str = "notes") -> dict[str, Any]:
    person = desk.person(register)
    return dict(zip(person.cells("row_id"), person.cells(column), strict=True))


def test_only_cells_that_are_blank_are_filled(desk: Any, people: Any) -> None:
    register = made(desk, people)
    first, *_, last = ids(desk, register)

    settled, skipped = register.change_cells([fill(first), fill(last), fill("C-GONE0-00000")], told=nothing)

    assert [one.row_id for one in settled] == [first]
    assert [one.row_id for one in skipped] == [last, "C-GONE0-00000"]
    assert {row_id: cell for row_id, cell in by_id(desk, register).items() if cell} == {
        first: f"for {first}",
        last: "stands",
    }


KINDS = {
    "a phone keeps its zero": ("phone_2", "013900139000", True, ("013900139000",), "013900139000"),
    "a formula stays text": ("notes", "=1+1", True, ("=1+1",), "=1+1"),
    "a date becomes one": ("birth_date", "1990-05-07", False, ("1990-05-07", 33_000), 33_000),
    "a number becomes one": ("notes", "12.5", False, ("12.5", 12.5), 12.5),
}


@pytest.mark.parametrize("case", KINDS)
def test_a_value_arrives_as_what_it_is(desk: Any, people: Any, case: Any) -> None:
    column, text, as_text, stands_as, cell = KINDS[case]
    register = made(desk, people)
    person = desk.person(register)
    place = person.place(column)
    area = {"sheetId": person.sheet_id(), "startColumnIndex": place, "endColumnIndex": place + 1}
    fields = "userEnteredFormat.numberFormat"
    person.change(repeatCell={"range": area, "cell": {}, "fields": fields})
    first = ids(desk, register)[0]

    settled, _ = register.change_cells(
        [fill(first, column, text, as_text=as_text, stands_as=stands_as)], told=nothing
    )

    assert (len(settled), by_id(desk, register, column)[first]) == (1, cell)


def test_two_hundred_cells_are_claimed_at_a_time_while_the_last_are_filled(desk: Any, people: Any) -> None:
    count = 450
    register = made(desk, people, count)
    wanted = ids(desk, register)[:-1]

    settled, skipped = register.change_cells([fill(one) for one in wanted], told=nothing)

    writes = [sent for sent in desk.wire.sent if sent.writes]
    claims = [
        sum(one.get("findReplace", {}).get("find") == "^$" for one in sent.body["requests"])
        for sent in writes
    ]
    assert (len(settled), skipped) == (count - 1, [])
    assert claims == [200, 200, 49, 0]


def test_a_cell_somebody_types_into_at_the_last_moment_is_theirs(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person, first = desk.person(register), ids(desk, register)[0]
    desk.wire.before[3] = lambda: person.type_in(2, "notes", "mine")

    settled, skipped = register.change_cells([fill(first)], told=nothing)

    assert (settled, len(skipped), by_id(desk, register)[first]) == ([], 1, "mine")


def test_a_cell_somebody_types_over_while_it_is_claimed_is_theirs(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person, first = desk.person(register), ids(desk, register)[0]
    desk.wire.before[6] = lambda: person.type_in(2, "notes", "mine")

    settled, skipped = register.change_cells([fill(first)], told=nothing)

    assert (settled, len(skipped), by_id(desk, register)[first]) == ([], 1, "mine")


def test_a_mark_that_is_copied_is_taken_away_and_the_cell_filled(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person, first = desk.person(register), ids(desk, register)[0]
    desk.wire.after[3] = lambda: person.type_in(4, "notes", person.cells("notes")[0])

    settled, _ = register.change_cells([fill(first)], told=nothing)

    assert len(settled) == 1
    assert [cell for cell in person.cells("notes") if cell] == [f"for {first}", "stands"]


def test_a_row_that_is_copied_while_its_cell_is_claimed_is_left_blank(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person, first = desk.person(register), ids(desk, register)[0]

    def copy() -> None:
        source = {"sheetId": person.sheet_id(), "startRowIndex": 1, "endRowIndex": 2}
        target = {"sheetId": person.sheet_id(), "startRowIndex": 9, "endRowIndex": 10}
        person.change(copyPaste={"source": source, "destination": target, "pasteType": "PASTE_NORMAL"})

    desk.wire.after[3] = copy

    settled, skipped = register.change_cells([fill(first)], told=nothing)

    assert (settled, len(skipped)) == ([], 1)
    assert [cell for cell in person.cells("notes") if cell] == ["stands"]


def test_a_claim_that_lands_in_a_column_nobody_knows_is_taken_back(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person, first = desk.person(register), ids(desk, register)[0]
    place = person.place("notes")
    desk.wire.before[3] = lambda: person.insert("COLUMNS", place)

    settled, _ = register.change_cells([fill(first)], told=nothing)

    assert (len(settled), by_id(desk, register)[first]) == (1, f"for {first}")
    assert not any("Steward:" in str(cell) for row in person.rows() for cell in row)


@pytest.mark.parametrize("fault", [lost, dropped])
@pytest.mark.parametrize("at", [2, 5])
def test_an_answer_that_got_lost_is_looked_up_in_the_sheet(
    desk: Any, people: Any, fault: Any, at: Any
) -> None:
    register = made(desk, people)
    wanted = ids(desk, register)[:3]
    desk.wire.faults = [*[None] * at, fault]

    settled, _ = register.change_cells([fill(one) for one in wanted], told=nothing)

    assert len(settled) == len(wanted)
    assert [by_id(desk, register)[one] for one in wanted] == [f"for {one}" for one in wanted]


def test_marks_of_a_killed_run_are_taken_away(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person = desk.person(register)
    desk.wire.faults = [None, None, lost, *[dropped] * 20]
    with pytest.raises(Exception, match=r"answer|reach"):
        register.change_cells([fill(ids(desk, register)[0])], told=nothing)
    desk.wire.faults = []
    left = [cell for cell in person.cells("notes") if cell not in ("", "stands")]

    register.read()
    taken = (register.settle(), register.read() and register.settle())

    assert (len(left), taken, [cell for cell in person.cells("notes") if cell]) == (
        1,
        (True, False),
        ["stands"],
    )


def test_a_service_that_refuses_is_told_and_leaves_no_mark(desk: Any, people: Any) -> None:
    register = made(desk, people)

    with pytest.raises(RequestRefused):
        register.change_cells([fill(ids(desk, register)[0], text="x" * 50_001)], told=nothing)

    assert not any("Steward:" in str(cell) for cell in desk.person(register).cells("notes"))


def test_a_request_about_a_row_that_is_gone_is_made_anew(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person, wanted = desk.person(register), ids(desk, register)[0]

    def cut() -> None:
        rows = person.sheet()["properties"]["gridProperties"]["rowCount"]
        grid = {"sheetId": person.sheet_id(), "dimension": "ROWS", "startIndex": 3, "endIndex": rows}
        person.change(deleteDimension={"range": grid})

    desk.wire.before[3] = cut

    settled, _ = register.change_cells(
        [fill(wanted), *[fill(one) for one in ids(desk, register)[3:5]]], told=nothing
    )

    assert [one.row_id for one in settled] == [wanted]


def test_a_service_that_never_answers_is_given_up(desk: Any, people: Any) -> None:
    register = made(desk, people)
    desk.wire.faults = [dropped_if_it_writes] * 60

    with pytest.raises(AnswerUnclear):
        register.change_cells([fill(ids(desk, register)[0])], told=nothing)


CHANGES = {
    "a text": ("notes", "stands", "new", True),
    "a text that looks like a number": ("phone_2", "0012", "0013", True),
    "a date": ("birth_date", 33_000, 33_001, True),
    "a number": ("notes", 12.5, 7, True),
    "to nothing": ("notes", "stands", "", True),
    "a text and no number": ("notes", 12, "x", False),
    "another case": ("notes", "Stands", "x", False),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_cell_is_changed_from_exactly_what_it_holds(desk: Any, people: Any, case: Any) -> None:
    column, before, after, holds = CHANGES[case]
    register = made(desk, people)
    person, first = desk.person(register), ids(desk, register)[0]
    place = person.place(column)
    number_format = (
        {"type": "DATE", "pattern": "yyyy-mm-dd"} if column == "birth_date" else {"type": "NUMBER"}
    )
    area = {"sheetId": person.sheet_id(), "startColumnIndex": place, "endColumnIndex": place + 1}
    cell = {"userEnteredFormat": {"numberFormat": number_format}}
    person.change(repeatCell={"range": area, "cell": cell, "fields": "userEnteredFormat.numberFormat"})
    stands = before if holds else {"x": "stands"}.get(after, before)
    person.type_in(2, column, stands if case != "a text and no number" else "12")
    there = by_id(desk, register, column)[first]

    change = change_to(first, CUSTOMERS.column(column), before, after)
    settled, skipped = register.change_cells([change], told=nothing)

    assert (len(settled), len(skipped)) == ((1, 0) if holds else (0, 1))
    assert by_id(desk, register, column)[first] == (after if holds else there)


def test_a_claim_that_lands_on_an_equal_cell_of_another_row_is_given_back(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person = desk.person(register)
    first, second = ids(desk, register)[:2]
    place = person.place("notes")
    area = {"sheetId": person.sheet_id(), "startColumnIndex": place, "endColumnIndex": place + 1}
    person.change(repeatCell={"range": area, "cell": {}, "fields": "userEnteredFormat.numberFormat"})
    for row in (2, 3):
        person.type_in(row, "notes", "0012")

    def swap() -> None:
        person.change(
            moveDimension={
                "source": {"sheetId": person.sheet_id(), "dimension": "ROWS", "startIndex": 1, "endIndex": 2},
                "destinationIndex": 3,
            }
        )

    desk.wire.before[3] = swap
    change = change_to(first, CUSTOMERS.column("notes"), "0012", "")

    settled, _ = register.change_cells([change], told=nothing)

    notes = by_id(desk, register)
    assert (len(settled), notes[first], notes[second]) == (1, "", "0012")


def test_a_claimed_value_outlives_a_run_that_is_killed(desk: Any, people: Any) -> None:
    register = made(desk, people)
    person, first = desk.person(register), ids(desk, register)[0]
    person.type_in(2, "notes", "0012")
    desk.wire.faults = [None, None, lost, *[dropped] * 20]
    with pytest.raises(Exception, match=r"answer|reach"):
        register.change_cells([change_to(first, CUSTOMERS.column("notes"), "0012", "x")], told=nothing)
    desk.wire.faults = []
    assert by_id(desk, register)[first] != "0012"

    register.read()
    assert register.settle()

    assert by_id(desk, register)[first] == "0012"


class Crowd:
    """People who insert, delete, sort, move, type and copy at random between any two requests."""

    def __init__(self, person: Any, chance: random.Random, busy: float) -> None:
        self.person, self.chance, self.busy = person, chance, busy
        self.typed = 0
        self.columns = 0

    def act(self) -> None:
        while self.chance.random() < self.busy:
            self.chance.choice((self.insert, self.delete, self.sort, self.type_in, self.column))()

    def row(self) -> int:
        return self.chance.randint(2, max(2, len(self.person.rows())))

    def insert(self) -> None:
        row = self.row()
        self.person.insert("ROWS", row)
        self.person.type_in(row, "full_name", f"typed {self.chance.random()}")

    def delete(self) -> None:
        self.person.delete("ROWS", self.row())

    def sort(self) -> None:
        self.person.sort("full_name", self.chance.choice(("ASCENDING", "DESCENDING")))

    def type_in(self) -> None:
        row, place = self.row(), self.person.place("notes")
        cells = self.person.rows()[row - 1 : row] or [[]]
        if len(cells[0]) <= place or not cells[0][place]:
            self.typed += 1
            self.person.type_in(row, "notes", f"hand {self.typed}")

    def column(self) -> None:
        """Once: a reader that finds a column moved between its two looks, and again, gives up."""
        if not self.columns:
            self.columns = 1
            self.person.insert("COLUMNS", self.person.place("notes") + self.chance.randint(0, 1))


INTERLEAVINGS = 60


@pytest.mark.parametrize("busy", [0.3, 0.6])
def test_whatever_people_do_no_value_lands_beside_another_customer(desk: Any, people: Any, busy: Any) -> None:
    filled = 0
    for seed in range(INTERLEAVINGS):
        register = made(desk, people)
        crowd = Crowd(desk.person(register), random.Random(f"{seed} {busy}"), busy)
        wanted = ids(desk, register)[:-1]
        desk.wire.forget()
        desk.wire.before = dict.fromkeys(range(1, 80), crowd.act)

        settled, skipped = register.change_cells([fill(one) for one in wanted], told=nothing)

        desk.wire.before = {}
        rows = crowd.person.rows()
        cells = [str(cell) for row in rows for cell in row]
        notes = by_id(desk, register)
        hands = {cell for cell in cells if cell.startswith("hand ")}
        assert not any("Steward:" in cell for cell in cells), seed
        assert all(cell == f"for {one}" for one, cell in notes.items() if str(cell).startswith("for ")), seed
        assert sum(cell.startswith("for ") for cell in cells) == sum(
            str(cell).startswith("for ") for cell in notes.values()
        ), seed
        assert {one.row_id for one in (*settled, *skipped)} == set(wanted), seed
        assert len(hands) <= crowd.typed, seed
        filled += len(settled)
    assert filled > INTERLEAVINGS
