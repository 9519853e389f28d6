"""Undo: what a run wrote goes back, what people or later runs changed stays."""

from __future__ import annotations

from typing import Any

import pytest

from backend.adapters.store.journal import SqlJournal
from backend.errors import JournalUnreadable, JournalUnwritable, NothingToUndo
from backend.ports import RunState

TEAM = slice(9, None)
ID, TIER, STATUS, SIG = 0, 1, 2, 8


def team_cells(person: Any) -> list[Any]:
    return [row[TEAM] for row in person.rows()]


def answers(person: Any) -> dict[str, list[Any]]:
    return {row[ID]: row[1:8] for row in person.rows()[1:] if row and row[ID]}


def lines(desk: Any, register: Any, tab: str) -> list[Any]:
    rows = desk.person(register, tab).rows(tab)[1:]
    return sorted(row for row in rows if any(cell != "" for cell in row))


@pytest.fixture
def faulty(people: Any) -> Any:
    return people(6, {2: {"mobile": "123"}, 4: {"email": "x"}})


def test_a_first_run_is_taken_back_whole_and_the_ids_stay(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    person = desk.person(register)
    before = team_cells(person)
    run = desk.run(register)
    ids = person.cells("row_id")

    outcome = desk.undo(run.run_id, register)

    assert (outcome.state, outcome.counts["edited"], outcome.counts["gone"]) == (RunState.DONE, 0, 0)
    in_lines = sum(one.changed_cells for one in desk.journal.entries(run.run_id) if not one.row_id)
    assert outcome.counts["undone"] == run.counts["cells"] - 6 + in_lines
    assert (person.cells("row_id"), team_cells(person)) == (ids, before)
    assert set(map(tuple, answers(person).values())) == {("",) * 7}
    assert lines(desk, register, "Issues") == []
    again = desk.run(register)
    assert (again.state, again.counts["changed"]) == (RunState.DONE, 6)


def test_an_undo_is_undone_by_an_undo(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    person = desk.person(register)
    run = desk.run(register)
    wrote, issues = answers(person), lines(desk, register, "Issues")

    first = desk.undo(run.run_id, register)
    second = desk.undo(first.run_id, register)

    assert (second.state, answers(person), lines(desk, register, "Issues")) == (RunState.DONE, wrote, issues)
    assert desk.run(register).counts["cells"] == 0


def test_a_preview_writes_nothing(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    run = desk.run(register)
    before = desk.person(register).rows()

    outcome = desk.undo(run.run_id, register, preview=True)

    assert (outcome.counts["changed"], desk.person(register).rows()) == (6, before)
    assert [sent for sent in desk.wire.sent if sent.writes] == []


def test_what_a_later_run_wrote_stays(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    person = desk.person(register)
    first = desk.run(register)
    person.type_in(3, "mobile", "13800000123")
    desk.run(register)
    repaired = person.rows()[2]

    outcome = desk.undo(first.run_id, register)

    assert outcome.counts["edited"] > 0
    assert person.rows()[2][STATUS] == repaired[STATUS]
    assert person.rows()[3][STATUS] == ""


def test_rows_are_found_by_id_after_people_sorted_and_deleted(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    person = desk.person(register)
    run = desk.run(register)
    person.sort("mobile", "DESCENDING")
    person.delete("ROWS", 2)
    before = team_cells(person)

    outcome = desk.undo(run.run_id, register)

    assert (outcome.state, outcome.counts["gone"] > 0) == (RunState.DONE, True)
    assert set(map(tuple, answers(person).values())) == {("",) * 7}
    assert team_cells(person) == before


def test_a_row_that_was_edited_since_gets_its_answers_back_and_is_checked_by_the_next_run(
    desk: Any, faulty: Any
) -> None:
    register = desk.make(faulty)
    person = desk.person(register)
    run = desk.run(register)
    person.type_in(5, "notes", "called")

    outcome = desk.undo(run.run_id, register)

    assert (outcome.state, person.rows()[4][1:8]) == (RunState.DONE, [""] * 7)
    assert desk.run(register).state == RunState.DONE


def test_a_line_with_a_word_of_the_team_is_not_taken_away(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    run = desk.run(register)
    issues = desk.person(register, "Issues")
    tab = issues.rows("Issues")
    place = next(
        at for at, text in enumerate(tab[0]) if "备注" in text or "Comment" in text or "comment" in text
    )
    letter = chr(ord("A") + place)
    issues.ask(
        "PUT",
        f"/values/'{issues.sheet('Issues')['properties']['title']}'!{letter}2?valueInputOption=RAW",
        {"values": [["mine"]]},
    )

    desk.undo(run.run_id, register)

    (left,) = lines(desk, register, "Issues")
    assert "mine" in left


def test_people_who_act_meanwhile_lose_nothing(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    person = desk.person(register)
    run = desk.run(register)
    desk.wire.forget()
    desk.wire.before = {3: lambda: person.insert("ROWS", 3), 4: lambda: person.sort("mobile", "DESCENDING")}
    outcome = desk.runner.undo(run.run_id, register, requested_by="ann")

    assert outcome.state == RunState.DONE
    assert set(map(tuple, answers(person).values())) == {("",) * 7}


def test_a_run_that_wrote_nothing_has_nothing_to_undo(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    desk.run(register)
    second = desk.run(register)

    with pytest.raises(NothingToUndo):
        desk.undo(second.run_id, register)


def test_the_journal_is_sealed_and_needs_its_key(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    run = desk.run(register)
    with desk.journal.engine.connect() as connection:
        stored = connection.exec_driver_sql("select run_id, number, sealed from journal").all()

    assert [number for _, number, _ in stored] == list(range(len(stored)))
    assert b"Customers" not in b"".join(bytes(sealed) for *_, sealed in stored)
    other = SqlJournal(desk.journal.engine, desk.clock, b"o" * 32, 90)
    with pytest.raises(JournalUnreadable):
        other.entries(run.run_id)
    with desk.journal.engine.begin() as connection:
        connection.exec_driver_sql("update journal set number = number + 1")
    with pytest.raises(JournalUnreadable):
        desk.journal.entries(run.run_id)


def test_the_journal_forgets_after_its_days(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    run = desk.run(register)
    desk.clock.forward(days=91)
    desk.person(register).type_in(2, "notes", "x")
    desk.run(register)

    with pytest.raises(NothingToUndo):
        desk.undo(run.run_id, register)


def test_nothing_is_written_when_the_journal_cannot_be(desk: Any, faulty: Any) -> None:
    register = desk.make(faulty)
    before = desk.person(register).rows()
    with desk.journal.engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger full before insert on journal begin select raise(abort, 'disk is full'); end"
        )

    with pytest.raises(JournalUnwritable):
        desk.run(register)

    assert desk.person(register).rows() == before
