from typing import Any

import pandas as pd
import pytest

from backend.adapters.google.writer import rows_in_chunks, write_block
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


def test_an_id_that_stands_already_is_never_written(desk: Any, register: Any) -> None:
    write(desk, register, blocks([3], row_id=""), blocks([3]))
    desk.person(register).type_in(3, "row_id", "C-OTHER")

    answer = write(desk, register, blocks([3]), blocks([3], "x"))

    assert (answer, desk.person(register).rows()[2][0]) == ([(1, [3])], "C-OTHER")


def test_the_echo_tells_which_rows_were_missed(desk: Any, register: Any) -> None:
    write(desk, register, blocks(range(2, 8), row_id=""), blocks(range(2, 8)))
    desk.person(register).insert("ROWS", 4)

    ((done, missed),) = write(desk, register, blocks([2, 4, 5, 7]), blocks([2, 4, 5, 7], "x"))

    assert (done, missed) == (4, [4, 5, 7])


def test_many_rows_are_cut_into_requests_of_less_than_two_megabytes(desk: Any, people: Any) -> None:
    register = desk.make(people(900))
    numbers = range(2, 902)

    answer = write(desk, register, blocks(numbers, row_id=""), blocks(numbers, "数据" * 160))

    sizes = [sent.size for sent in desk.wire.sent if sent.writes]
    stands = [row[8] for row in desk.person(register).rows()[1:]]
    assert ([done for done, _ in answer][-1], [missed for _, missed in answer]) == (900, [[]] * len(sizes))
    assert (len(sizes), max(sizes) < 2_000_000) == (4, True)
    assert stands == [f"sig {number}" for number in numbers]


def test_consecutive_rows_are_cut_where_a_request_is_full() -> None:
    spans = list(rows_in_chunks([["x" * 1_000]] * 2_000, first_row=2))

    assert [(span.first, len(span.rows)) for span in spans] == [(2, 1_890), (1_892, 110)]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-1", "@x", "'x", "2026-01-01", "0012", "TRUE", " x ", "a\nb", "\ud800"]
)
def test_text_arrives_as_it_was(desk: Any, register: Any, text: Any) -> None:
    write(desk, register, blocks([3], row_id=""), blocks([3], text))

    assert desk.person(register).rows()[2][1:8] == [text] * 7
