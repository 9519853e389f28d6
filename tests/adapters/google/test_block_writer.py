from typing import Any

import pandas as pd
import pytest

from backend.adapters.google.block_writer import write_block
from backend.errors import BlockTorn
from sheets_schema.tabs.customers import CUSTOMERS

BLOCK = [column.id for column in CUSTOMERS.block]


def blocks(numbers: Any, text: Any = "", row_id: Any = "C-{}") -> Any:
    rows = [[row_id.format(number), *[text] * 7, f"sig {number}"] for number in numbers]
    return pd.DataFrame(rows, index=list(numbers), columns=BLOCK, dtype=object)


@pytest.fixture
def register(desk: Any, people: Any) -> Any:
    register = desk.make(people(6))
    register.read()
    return register


def write(desk: Any, register: Any, before: Any, after: Any) -> Any:
    customers = register.read_customers()
    return list(write_block(desk.client, register.spreadsheet_id, customers, before, after))


def test_rows_that_are_not_named_are_left_alone(desk: Any, register: Any) -> None:
    write(desk, register, blocks([], ""), blocks([]))
    before = desk.person(register).rows()

    answer = write(desk, register, blocks([3, 5], row_id=""), blocks([3, 5], "x"))

    after = desk.person(register).rows()
    changed = [row for row, (one, other) in enumerate(zip(before, after, strict=True), 1) if one != other]
    assert (answer, changed, after[2][:9]) == ([(2, [])], [3, 5], ["C-3", *["x"] * 7, "sig 3"])


def test_a_row_whose_id_changed_meanwhile_is_missed_and_its_id_stays(desk: Any, register: Any) -> None:
    write(desk, register, blocks([3], row_id=""), blocks([3]))
    desk.person(register).type_in(3, "row_id", "C-OTHER")

    answer = write(desk, register, blocks([3]), blocks([3], "x"))

    assert answer == [(1, [3])]
    assert desk.person(register).rows()[2][:2] == ["C-OTHER", ""]


def test_rows_that_moved_since_they_were_read_are_followed_by_their_ids(desk: Any, register: Any) -> None:
    write(desk, register, blocks(range(2, 8), row_id=""), blocks(range(2, 8)))
    customers = register.read_customers()
    desk.person(register).insert("ROWS", 4)

    planned = blocks([2, 4, 5, 7]), blocks([2, 4, 5, 7], "x")
    answer = list(write_block(desk.client, register.spreadsheet_id, customers, *planned))

    rows = desk.person(register).rows()
    assert (answer, [row[:2] for row in rows[3:6]]) == ([(4, [])], [[], ["C-4", "x"], ["C-5", "x"]])


def test_the_echo_tells_which_rows_were_missed(desk: Any, register: Any) -> None:
    write(desk, register, blocks(range(2, 8), row_id=""), blocks(range(2, 8)))
    customers = register.read_customers()
    desk.wire.forget()
    desk.wire.before = {2: lambda: desk.person(register).insert("ROWS", 4)}

    planned = blocks([2, 4, 5, 7]), blocks([2, 4, 5, 7], "x")
    ((done, missed),) = write_block(desk.client, register.spreadsheet_id, customers, *planned)

    assert (done, missed) == (4, [4, 5, 7])


def test_a_new_id_goes_only_into_a_cell_that_is_still_blank(desk: Any, register: Any) -> None:
    write(desk, register, blocks([2], row_id=""), blocks([2]))
    customers = register.read_customers()
    desk.person(register).type_in(3, "row_id", "C-OTHER")

    planned = blocks([3, 5], row_id=""), blocks([3, 5], "x")
    answer = list(write_block(desk.client, register.spreadsheet_id, customers, *planned))

    rows = desk.person(register).rows()
    assert (answer, rows[2][0], rows[4][:2]) == ([(2, [3])], "C-OTHER", ["C-5", "x"])


def test_a_ghost_is_cleared_only_where_it_stood(desk: Any, register: Any) -> None:
    write(desk, register, blocks(range(2, 8), row_id=""), blocks(range(2, 8)))
    customers = register.read_customers()
    cleared = pd.DataFrame([[""] * len(BLOCK)], index=[4], columns=BLOCK, dtype=object)
    desk.person(register).insert("ROWS", 3)

    missed = list(write_block(desk.client, register.spreadsheet_id, customers, blocks([4]), cleared))
    ids_then = [row[0] if row else "" for row in desk.person(register).rows()[1:]]
    customers = register.read_customers()
    list(
        write_block(
            desk.client, register.spreadsheet_id, customers, blocks([5], row_id="C-4"), cleared.set_axis([5])
        )
    )

    assert (missed, ids_then) == ([(1, [4])], ["C-2", "", "C-3", "C-4", "C-5", "C-6", "C-7"])
    assert desk.person(register).rows()[4][:9] == [""] * 9


@pytest.mark.parametrize("number", [1, 2])
def test_a_column_put_into_the_block_meanwhile_is_blank_again(desk: Any, register: Any, number: int) -> None:
    write(desk, register, blocks(range(2, 8), row_id=""), blocks(range(2, 8)))
    person = desk.person(register)

    customers = register.read_customers()
    desk.wire.forget()
    desk.wire.before = {number: lambda: person.insert("COLUMNS", 4)}
    planned = blocks(range(2, 8)), blocks(range(2, 8), "x")
    with pytest.raises(BlockTorn, match="E1"):
        list(write_block(desk.client, register.spreadsheet_id, customers, *planned))

    assert {row[4] for row in person.rows()} == {""}


def test_many_rows_are_cut_into_requests_of_less_than_two_megabytes(desk: Any, people: Any) -> None:
    register = desk.make(people(900))
    numbers = range(2, 902)

    answer = write(desk, register, blocks(numbers, row_id=""), blocks(numbers, "数据" * 160))

    sizes = [sent.size for sent in desk.wire.sent if sent.writes]
    stands = [row[8] for row in desk.person(register).rows()[1:]]
    assert ([done for done, _ in answer][-1], [missed for _, missed in answer]) == (900, [[]] * len(sizes))
    assert (len(sizes), max(sizes) < 2_000_000) == (4, True)
    assert stands == [f"sig {number}" for number in numbers]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-1", "@x", "'x", "2026-01-01", "0012", "TRUE", " x ", "a\nb", "\ud800"]
)
def test_text_arrives_as_it_was(desk: Any, register: Any, text: Any) -> None:
    write(desk, register, blocks([3], row_id=""), blocks([3], text))

    assert desk.person(register).rows()[2][1:8] == [text] * 7
