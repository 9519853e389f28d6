from typing import Any

import pytest
import requests

from backend.errors import AnswerUnclear

IDS = ("C-AAAAA-AAAA0", "C-BBBBB-BBBB0")


def nothing(_done: int, _total: int) -> None:
    pass


def lost(_request: Any, carry_out: Any) -> Any:
    """The service does it, and its answer never comes."""
    carry_out()
    raise requests.ReadTimeout


def dropped(_request: Any, _carry_out: Any) -> Any:
    """The request never reaches the service."""
    raise requests.ReadTimeout


@pytest.fixture
def register(desk: Any, people: Any) -> Any:
    made = desk.make(people(3))
    made.read()
    return made


def rows(desk: Any, register: Any) -> Any:
    place = desk.person(register).place
    return [
        {place("full_name"): "李四", place("mobile"): "013900139000", place("notes"): "=1+1"},
        {place("full_name"): "王五", place("birth_date"): 33_000},
    ]


def names(desk: Any, register: Any) -> list[Any]:
    return [name for name in desk.person(register).cells("full_name") if name]


def test_new_rows_stand_below_the_last_one_with_their_ids(desk: Any, register: Any) -> None:
    missing = register.bring_in(rows(desk, register), IDS, told=nothing)

    person = desk.person(register)
    assert (missing, names(desk, register)[3:]) == ([], ["李四", "王五"])
    assert person.cells("row_id")[3:5] == list(IDS)
    assert (person.cells("mobile")[3], person.cells("notes")[3]) == ("013900139000", "=1+1")
    assert person.cells("birth_date")[4] == 33_000


@pytest.mark.parametrize("fault", [lost, dropped])
def test_an_answer_that_got_lost_is_looked_up_before_anything_is_sent_again(
    desk: Any, register: Any, fault: Any
) -> None:
    incoming = rows(desk, register)
    desk.wire.faults = [None, None, fault]

    missing = register.bring_in(incoming, IDS, told=nothing)

    assert (missing, names(desk, register)[3:]) == ([], ["李四", "王五"])


def test_a_service_that_never_answers_is_given_up(desk: Any, register: Any) -> None:
    incoming = rows(desk, register)
    desk.wire.faults = [None, None, dropped] * 3

    with pytest.raises(AnswerUnclear):
        register.bring_in(incoming, IDS, told=nothing)

    assert len(names(desk, register)) == 3


def test_what_people_type_meanwhile_is_never_overwritten(desk: Any, register: Any) -> None:
    incoming, person = rows(desk, register), desk.person(register)
    before = names(desk, register)
    desk.wire.forget()
    desk.wire.before[3] = lambda: (person.insert("ROWS", 2), person.type_in(2, "full_name", "新来的"))
    desk.wire.before[4] = lambda: person.type_in(9, "full_name", "最后来的")

    missing = register.bring_in(incoming, IDS, told=nothing)

    assert (missing, sorted(names(desk, register))) == (
        [],
        sorted([*before, "新来的", "李四", "王五", "最后来的"]),
    )


def test_a_row_that_is_not_found_again_is_named(desk: Any, register: Any) -> None:
    incoming, person = rows(desk, register), desk.person(register)
    desk.wire.forget()
    desk.wire.before[4] = lambda: person.type_in(6, "row_id", "?")

    assert register.bring_in(incoming, IDS, told=nothing) == [IDS[1]]


def test_a_sheet_without_a_spare_row_grows(desk: Any, register: Any) -> None:
    person = desk.person(register)
    grid = {"rowCount": 4}
    properties = {"sheetId": person.sheet_id(), "gridProperties": grid}
    person.change(updateSheetProperties={"properties": properties, "fields": "gridProperties.rowCount"})
    register.read()

    assert register.bring_in(rows(desk, register), IDS, told=nothing) == []


def test_many_rows_go_in_several_requests(desk: Any, register: Any) -> None:
    place = desk.person(register).place("full_name")
    ids = [f"C-{number:05d}-AAAA0" for number in range(900)]

    missing = register.bring_in(
        [{place: "名" * 900 + str(number)} for number in range(900)], ids, told=nothing
    )

    assert (missing, max(sent.size for sent in desk.wire.sent) < 2_000_000) == ([], True)
    assert desk.person(register).cells("row_id")[3:] == ids


def test_a_mappings_tab_that_is_missing_is_made(desk: Any, register: Any) -> None:
    line = {"source": "a", "their_field": "b", "our_field": "email", "transform": "", "direction": "in"}
    desk.person(register, "Mappings").delete_tab()
    register.read()
    register.add_lines("Mappings", [line])
    register.read()
    register.add_lines("Mappings", [{**line, "their_field": "c"}])

    assert desk.person(register, "Mappings").rows()[1:] == [
        ["a", "b", "email", "", "in"],
        ["a", "c", "email", "", "in"],
    ]
