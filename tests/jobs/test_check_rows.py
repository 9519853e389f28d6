"""Check selected rows says of them what the main job says, and writes nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from backend.core.block import unsettled_rows
from backend.demo import make_register
from backend.errors import JobArgumentsWrong
from backend.jobs import check_rows, validate_and_tier
from backend.jobs.runner import task_for
from backend.ports import RunState
from sheets_schema.headers import column_letters

TODAY = date(2026, 11, 21)
ID, TIER, STATUS, ISSUES, DUPLICATE_OF, EXPLANATION, REASON, SINCE, SIG = range(9)


def rows_of(desk: Any, register: Any, first: int, last: int, **options: Any) -> Any:
    sheet_id = desk.person(register).sheet_id()
    arguments = {"sheet_id": sheet_id, "rows": [first, last]}
    return desk.run(register, "check-rows", arguments=arguments, **options)


def answers(person: Any) -> list[Any]:
    return [(row + [""] * 9)[:9] for row in person.rows()[1:]]


@pytest.fixture(scope="module")
def demo(module_desk: Any) -> Any:
    """A register of 400 with everything that is planted in a demo, and totals in one column."""
    made = make_register(11, 400, 2_000, TODAY)
    for line in made.customers[::7]:
        line["birth_date"] = "#REF!"
    for line in made.customers[::5]:
        line["country"] = "US"
    for line, other in zip(made.customers[10:14], made.customers[40:44], strict=True):
        line["customer_id"], line["mobile"] = other["customer_id"], other["mobile"]
    return module_desk.make(made.customers, Transactions=made.transactions)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("validated", [False, True], ids=["new", "validated"])
def test_what_is_said_of_the_rows_is_what_the_main_job_says_of_them(
    module_desk: Any, demo: Any, *, validated: bool, seed: int
) -> None:
    if validated:
        module_desk.run(demo)
    snapshot = demo.read()
    task = task_for(snapshot, module_desk.clock, tell=lambda _stage: None, draw=bytes)
    first = Random(seed).randint(2, 360)
    sheet_id = snapshot["Customers"].sheet_id
    arguments = {"sheet_id": sheet_id, "rows": [first, first + 40]}
    # Everything has to be read anew for the comparison to say something about cells that are not remembered.
    whole = validate_and_tier.plan(snapshot, replace(task, today=TODAY))

    some = check_rows.plan(snapshot, replace(task, today=TODAY, arguments=arguments))

    rows = set(range(first, first + 41))
    wanted = whole.after[whole.after.index.isin(rows)]
    if not validated:
        # The id of a row that nobody has written yet cannot be named.
        named = wanted["duplicate_of"].isin([*wanted["row_id"], ""])
        assert (~named).sum() == (some.after["duplicate_of"] != wanted["duplicate_of"]).sum()
        wanted, some = wanted[named], replace(some, after=some.after[named])
    assert some.after.to_dict() == wanted.to_dict()
    assert some.issues == tuple(one for one in whole.issues if one.tab == "Customers" and one.row in rows)
    assert [card.row for card in some.cards] == sorted(rows)
    assert some.lines == {}
    alike = {(card.row, one.name) for card in some.cards for one in card.alike}
    ids = some.only
    pairs = whole.pairs[["row_id_a", "name_a", "row_id_b", "name_b"]].to_numpy()
    by_id = {card.row_id: card.row for card in some.cards}
    assert ids == set(by_id)
    assert alike == {(by_id[a], name_b) for a, _, b, name_b in pairs if a in by_id} | {
        (by_id[b], name_a) for a, name_a, b, _ in pairs if b in by_id
    }


def test_a_whole_column_of_errors_is_said_once_here_as_well(desk: Any, people: Any) -> None:
    register = desk.make(people(6, {number: {"city": "#REF!"} for number in range(1, 6)}))

    outcome = rows_of(desk, register, 3, 3)

    assert (outcome.issues, outcome.cards[0].problems) == ((), ())
    alone = desk.make(people(6, {2: {"city": "#REF!"}}))
    assert [one.code for one in rows_of(desk, alone, 3, 3).issues] == ["cell-error"]


def test_only_the_rows_that_were_chosen_are_written(desk: Any, people: Any) -> None:
    register = desk.make(people(8, {3: {"mobile": "123"}, 6: {"mobile": "456"}}))
    person = desk.person(register)
    before = person.rows()

    outcome = rows_of(desk, register, 3, 5)

    after = answers(person)
    assert (outcome.state, outcome.counts["changed"], outcome.counts["checked"]) == (RunState.DONE, 3, 3)
    assert [bool(row[ID]) for row in after] == [False, True, True, True, False, False, False, False]
    assert [row[STATUS] for row in after][1:4] == ["正常", "提醒", "正常"]
    assert [row[9:] for row in person.rows()] == [row[9:] for row in before]
    assert (person.rows("Issues")[1:], person.rows("Duplicates")[1:]) == ([], [])
    assert rows_of(desk, register, 3, 5).counts["cells"] == 0
    whole = desk.run(register)
    assert whole.counts["changed"] == 5


def test_a_duplicate_among_the_other_rows_is_told(desk: Any, people: Any) -> None:
    twin = {"full_name": "欧阳晓明", "mobile": "13912345678", "email": "ouyang@example.com"}
    register = desk.make(people(8, {2: twin, 7: twin}))
    desk.run(register)

    outcome = rows_of(desk, register, 8, 8)

    told = outcome.cards[0].alike[0]
    assert (told.spot, told.name, told.strength.en) == ("3", "欧阳晓明", "certain")
    assert (told.evidence.zh, told.evidence.en) == (
        "电子邮箱相同 o****@example.com；客户名称相同；手机号相同 +86139****5678",
        "same E-mail o****@example.com; same customer name; same mobile +86139****5678",
    )
    assert "ouyang@" not in str(outcome.cards)


def test_a_row_without_an_id_is_told_by_its_place_and_not_named_by_one(desk: Any, people: Any) -> None:
    twin = {"full_name": "欧阳晓明", "mobile": "13912345678"}
    register = desk.make(people(8, {2: twin, 7: {**twin, "notes": "VIP"}}))

    outcome = rows_of(desk, register, 3, 3)

    first = answers(desk.person(register))
    assert (outcome.cards[0].alike[0].spot, first[1][DUPLICATE_OF]) == ("8", "")
    desk.run(register)
    after = answers(desk.person(register))
    assert (after[1][DUPLICATE_OF], after[1][ID]) == (after[6][ID], first[1][ID])


def test_a_preview_writes_nothing(desk: Any, people: Any) -> None:
    register = desk.make(people(4))
    before = desk.person(register).rows()

    outcome = rows_of(desk, register, 2, 3, preview=True)

    assert (outcome.counts["changed"], desk.person(register).rows()) == (2, before)
    assert [sent for sent in desk.wire.sent if sent.writes] == []


def test_it_can_be_undone(desk: Any, people: Any) -> None:
    register = desk.make(people(5, {2: {"mobile": "123"}}))
    desk.run(register)
    person = desk.person(register)
    person.type_in(3, "mobile", "13800138000")
    before = [row[TIER:SIG] for row in answers(person)]
    run = rows_of(desk, register, 3, 4)

    outcome = desk.undo(run.run_id, register)

    assert (run.counts["changed"], outcome.state) == (1, RunState.DONE)
    assert [row[TIER:SIG] for row in answers(person)] == before


def test_a_row_without_a_customer_is_refused_and_nothing_is_written(desk: Any, people: Any) -> None:
    register = desk.make(people(3))

    with pytest.raises(JobArgumentsWrong, match="no customer stands there"):
        rows_of(desk, register, 90, 95)

    assert [(run.state, run.message) for run in desk.ledger.recent(1)] == [
        (RunState.REFUSED, "arguments-wrong")
    ]
    with pytest.raises(JobArgumentsWrong, match="holds no customers"):
        desk.run(register, "check-rows", arguments={"sheet_id": 999, "rows": [2, 3]})


@pytest.mark.parametrize("first_run", [True, False])
def test_rows_sorted_while_they_are_written_get_their_own_answers(
    desk: Any, people: Any, *, first_run: bool
) -> None:
    register = desk.make(people(9, {number: {"mobile": str(number)} for number in (2, 4, 6)}))
    person = desk.person(register)
    if not first_run:
        desk.run(register)
        for row in (3, 4, 5, 6):
            person.type_in(row, "email", "nobody")
    chosen = person.cells("customer_id")[1:4]
    others = {row[9]: row[:9] for row in person.rows()[1:]} if not first_run else {}
    for number in (3, 4, 5):
        desk.wire.before[number] = lambda: person.sort("mobile", "DESCENDING")

    outcome = rows_of(desk, register, 3, 5)

    assert outcome.state is RunState.DONE
    place = person.place("customer_id")
    found = {row[place]: row for row in person.rows()[1:]}
    for customer_id in chosen:
        assert found[customer_id][ID].startswith("C-")
    written = [customer_id for customer_id, row in found.items() if row[STATUS]]
    assert sorted(written) == sorted(chosen) if first_run else len(written) == 9
    for customer_id, block in others.items():
        if customer_id not in chosen:
            assert found[customer_id][:9] == block
    desk.run(register)
    assert unsettled_rows(register.read()["Customers"]) == ()


def test_a_row_edited_while_it_is_written_is_checked_again(desk: Any, people: Any) -> None:
    register = desk.make(people(5))
    desk.run(register)
    person = desk.person(register)
    person.type_in(3, "mobile", "12")
    desk.wire.after[4] = lambda: person.type_in(3, "mobile", "13800138000")

    outcome = rows_of(desk, register, 3, 3)

    assert (outcome.state, person.cells("status")[1]) == (RunState.DONE, "正常")


def test_a_copy_of_a_chosen_row_does_not_keep_its_id(desk: Any, people: Any) -> None:
    register = desk.make(people(5))
    desk.run(register)
    person = desk.person(register)
    source = person.rows()[2]
    for place, cell in enumerate(source):
        person.type_at(f"{column_letters(place)}7", cell)
    person.type_in(7, "full_name", "另一个人")
    person.type_in(7, "mobile", "13712340000")
    person.type_in(3, "email", "nobody")

    outcome = rows_of(desk, register, 3, 3)

    after = answers(person)
    assert (outcome.state, after[1][ID], after[1][STATUS]) == (RunState.DONE, source[ID], "错误")
    assert (after[5][ID] != source[ID], after[5][ID][:2], after[5][TIER:SIG]) == (True, "C-", [""] * 7)


def test_blocks_that_a_sort_left_behind_go_back_to_their_customers(desk: Any, people: Any) -> None:
    register = desk.make(people(6, {2: {"mobile": "1"}, 5: {"mobile": "2"}}))
    desk.run(register)
    person = desk.person(register)
    place, chosen = person.place("customer_id"), person.cells("customer_id")[4]
    blocks = {row[place]: row[:8] for row in person.rows()[1:]}
    width = person.sheet()["properties"]["gridProperties"]["columnCount"]
    area = {"sheetId": person.sheet_id(), "startRowIndex": 1, "endRowIndex": 7}
    area |= {"startColumnIndex": SIG + 1, "endColumnIndex": width}
    specs = [{"dimensionIndex": place, "sortOrder": "DESCENDING"}]
    person.change(sortRange={"range": area, "sortSpecs": specs})

    outcome = rows_of(desk, register, 3, 3)

    assert (outcome.state, person.cells("customer_id")[1]) == (RunState.DONE, chosen)
    assert {row[place]: row[:8] for row in person.rows()[1:]} == blocks
    assert desk.run(register).counts["cells"] == 0


def test_rows_that_share_an_id_are_told_and_not_written(desk: Any, people: Any) -> None:
    register = desk.make(people(4))
    desk.run(register)
    person = desk.person(register)
    row_id, sig = person.rows()[1][ID], person.rows()[1][SIG]
    for row, name in ((2, "甲某某"), (3, "乙某某")):
        person.type_in(row, "row_id", row_id)
        person.type_in(row, "sig", sig)
        person.type_in(row, "full_name", name)
        person.type_in(row, "mobile", f"1360013600{row}")
    before = person.rows()

    outcome = rows_of(desk, register, 2, 2)

    assert (outcome.state, outcome.counts["conflicts"], outcome.counts["cells"]) == (
        RunState.PARTLY_DONE, 1, 0,
    )  # fmt: skip
    assert (outcome.cards[0].row_id, outcome.cards[0].tier.en, person.rows()) == ("", "", before)
    assert [one.spot for one in outcome.matters] == ["2"]
