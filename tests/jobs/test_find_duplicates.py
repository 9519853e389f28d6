"""Find duplicates: only what is said of duplicates changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.core import signature
from backend.core.block import unproven_rows, unsettled_rows
from backend.demo import make_register
from backend.ports import RunState

ID, TIER, STATUS, ISSUES, DUPLICATE_OF, EXPLANATION, REASON, SINCE, SIG = range(9)
TWIN = {"full_name": "欧阳晓明", "mobile": "13912345678", "email": "ouyang@example.com"}


def find(desk: Any, register: Any, **options: Any) -> Any:
    return desk.run(register, "find-duplicates", **options)


def blocks(person: Any) -> list[Any]:
    return [(row + [""] * 9)[:9] for row in person.rows()[1:]]


def pairs(desk: Any, register: Any) -> list[Any]:
    return [row for row in desk.person(register).rows("Duplicates")[1:] if any(row)]


@pytest.fixture
def twins(desk: Any, people: Any) -> Any:
    return desk.make(people(8, {2: {**TWIN, "notes": "VIP"}, 4: {"mobile": "123"}, 7: TWIN}))


def test_after_the_main_job_there_is_nothing_to_write(desk: Any) -> None:
    made = make_register(5, 300, 1_500, date(2026, 11, 21))
    register = desk.make(made.customers, Transactions=made.transactions)
    whole = desk.run(register)

    outcome = find(desk, register)

    assert (whole.counts["duplicate_pairs"] > 0, outcome.state) == (True, RunState.DONE)
    assert (outcome.counts["cells"], outcome.counts["changed"], outcome.counts["lines"]) == (0, 0, 0)
    assert outcome.counts["duplicate_pairs"] == whole.counts["duplicate_pairs"]
    assert (outcome.issues, outcome.tiers, outcome.quality) == ((), {}, None)


def test_of_rows_nobody_checked_only_those_of_a_group_get_an_id_and_the_flag(desk: Any, twins: Any) -> None:
    person = desk.person(twins)
    before = person.team_rows()

    outcome = find(desk, twins)

    after = blocks(person)
    flagged = [row for row in after if row[ID]]
    kept = flagged[0][ID]
    assert (outcome.state, outcome.counts["changed"]) == (RunState.DONE, 2)
    assert [number for number, row in enumerate(after, start=2) if row[ID]] == [3, 8]
    assert [row[DUPLICATE_OF] for row in flagged] == ["", kept]
    assert [row[TIER:DUPLICATE_OF] + row[EXPLANATION:SIG] for row in flagged] == [[""] * 6] * 2
    assert [row for row in after if not row[ID]] == [[""] * 9] * 6
    assert [[line[0], line[10]] for line in pairs(desk, twins)] == [[kept, "待处理"]]
    assert person.rows("Issues")[1:] == []
    assert person.team_rows() == before
    assert unproven_rows(twins.read()["Customers"]) == ()
    assert find(desk, twins).counts["cells"] == 0


def test_the_main_job_afterwards_writes_what_is_missing_and_keeps_ids_and_flags(
    desk: Any, twins: Any
) -> None:
    find(desk, twins)
    person = desk.person(twins)
    flagged = {row[ID]: row[DUPLICATE_OF] for row in blocks(person) if row[ID]}
    lines = pairs(desk, twins)

    outcome = desk.run(twins)

    after = {row[ID]: row[DUPLICATE_OF] for row in blocks(person)}
    assert (outcome.state, outcome.counts["changed"]) == (RunState.DONE, 8)
    assert {row_id: after[row_id] for row_id in flagged} == flagged
    assert outcome.changed_cells.get("duplicate_of", 0) == 0
    assert pairs(desk, twins) == lines
    assert desk.run(twins).counts["cells"] == 0


def test_other_answers_of_a_row_stay_though_it_was_edited_since(desk: Any, twins: Any) -> None:
    desk.run(twins)
    person = desk.person(twins)
    for column, cell in TWIN.items():
        person.type_in(5, column, cell)
    before = blocks(person)
    sigs = [signature.parse(row[SIG]) for row in before]

    outcome = find(desk, twins)

    after = blocks(person)
    now = signature.parse(after[3][SIG])
    assert (outcome.counts["changed"], after[3][DUPLICATE_OF][:2]) == (1, before[1][ID][:2])
    assert (before[3][STATUS], after[3][STATUS], after[3][ISSUES]) == ("提醒", "提醒", before[3][ISSUES])
    assert now is not None
    assert sigs[3] is not None
    # It says still what the cells were when they were checked, so that the main job knows it was edited.
    assert (now.inputs, now.block) == (sigs[3].inputs, signature.block_hash(after[3][1:8]))
    assert now.block != sigs[3].block
    assert unproven_rows(twins.read()["Customers"]) == (5,)
    changed = desk.run(twins)
    # The two others are told that a third row has their phone and mail.
    assert changed.counts["changed"] == 3
    assert unsettled_rows(twins.read()["Customers"]) == ()


def test_a_flag_that_is_not_true_any_more_goes(desk: Any, twins: Any) -> None:
    desk.run(twins)
    person = desk.person(twins)
    for column, cell in {"full_name": "孔祥东", "mobile": "13700001111", "email": "k@b.cn"}.items():
        person.type_in(8, column, cell)

    find(desk, twins)

    assert [row[DUPLICATE_OF] for row in blocks(person)] == [""] * 8
    assert [line[10] for line in pairs(desk, twins)] == ["已解决"]


def test_a_decision_is_obeyed_and_one_that_cannot_be_read_is_named(desk: Any, twins: Any) -> None:
    find(desk, twins)
    lines = desk.person(twins, "Duplicates")
    lines.type_in(2, "decision", "不知道")
    unread = find(desk, twins)
    lines.type_in(2, "decision", "不是重复")

    outcome = find(desk, twins)

    assert [issue.code for issue in unread.issues] == ["decision-unreadable"]
    assert (outcome.counts["duplicate_pairs"], outcome.issues) == (0, ())
    assert [row[DUPLICATE_OF] for row in blocks(desk.person(twins))] == [""] * 8


def test_it_is_taken_back_by_an_undo(desk: Any, twins: Any) -> None:
    desk.run(twins)
    person = desk.person(twins)
    for column, cell in TWIN.items():
        person.type_in(5, column, cell)
    before = [row[1:8] for row in blocks(person)]
    run = find(desk, twins)
    assert [row[1:8] for row in blocks(person)] != before

    outcome = desk.undo(run.run_id, twins)

    assert (outcome.state, [row[1:8] for row in blocks(person)]) == (RunState.DONE, before)


def test_a_preview_writes_nothing(desk: Any, twins: Any) -> None:
    outcome = find(desk, twins, preview=True)

    assert (outcome.counts["changed"], outcome.counts["lines"]) == (2, 1)
    assert [sent for sent in desk.wire.sent if sent.writes] == []


@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_a_sort_at_any_moment_leaves_every_flag_with_its_customer(desk: Any, twins: Any, number: int) -> None:
    desk.run(twins)
    person = desk.person(twins)
    for column, cell in TWIN.items():
        person.type_in(5, column, cell)
    place = person.place("customer_id")
    before = {row[place]: row[:8] for row in person.rows()[1:]}
    desk.wire.before[number] = lambda: person.sort("mobile", "ASCENDING")

    outcome = find(desk, twins)

    after = {row[place]: row[:8] for row in person.rows()[1:]}
    survivors = {row[DUPLICATE_OF] for row in after.values()} - {""}
    group = {after[name][ID] for name in ("K00002", "K00004", "K00007")}
    assert (outcome.state, len(survivors), survivors <= group) == (RunState.DONE, 1, True)
    for name, row in after.items():
        assert row[:4] + row[5:] == before[name][:4] + before[name][5:]
        assert bool(row[DUPLICATE_OF]) == (row[ID] in group - survivors)


def test_rows_sorted_under_a_first_search_end_with_their_own_ids(desk: Any, twins: Any) -> None:
    person = desk.person(twins)
    desk.wire.before[3] = lambda: person.sort("mobile", "ASCENDING")

    outcome = find(desk, twins)

    place = person.place("customer_id")
    flagged = {row[place] for row in person.rows()[1:] if row[DUPLICATE_OF]}
    named = {row[0] for row in person.rows()[1:] if row[place] in ("K00002", "K00007")}
    assert (outcome.state, len(flagged), flagged <= {"K00002", "K00007"}) == (RunState.DONE, 1, True)
    assert {line[1] for line in pairs(desk, twins)} | {line[3] for line in pairs(desk, twins)} == named
    desk.run(twins)
    assert unsettled_rows(twins.read()["Customers"]) == ()


def test_a_row_in_doubt_is_marked_before_ids_are_put_right(desk: Any, people: Any) -> None:
    register = desk.make(people(7))
    desk.run(register)
    person = desk.person(register)
    place = person.place("customer_id")
    width = person.sheet()["properties"]["gridProperties"]["columnCount"]
    area = {"sheetId": person.sheet_id(), "startRowIndex": 1, "endRowIndex": 8}
    area |= {"startColumnIndex": SIG + 1, "endColumnIndex": width}
    specs = [{"dimensionIndex": place, "sortOrder": "DESCENDING"}]
    person.change(sortRange={"range": area, "sortSpecs": specs})
    for column, cell in {"full_name": "孔祥东", "mobile": "13700001111", "customer_id": "K00099"}.items():
        person.type_in(5, column, cell)
    rows = person.cells("customer_id")
    blocks_before = {row[ID]: row[1:8] for row in person.rows()[1:]}

    outcome = find(desk, register)

    read = register.read()["Customers"]
    doubted = signature.parse(read.cells("sig").at[5])
    assert (outcome.state, outcome.counts["conflicts"]) == (RunState.PARTLY_DONE, 1)
    assert doubted is not None
    assert (doubted.block, [one.code for one in outcome.issues]) == ("?", ["row-id-doubted"])
    assert rows == person.cells("customer_id")
    others = {row[ID]: row[1:8] for row in person.rows()[1:] if row[place] != "K00099"}
    assert others == {row_id: block for row_id, block in blocks_before.items() if row_id in others}
    assert desk.run(register).counts["conflicts"] == 1
