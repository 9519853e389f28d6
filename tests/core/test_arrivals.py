from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.arrivals import Arrivals, Fate
from backend.core.arrivals_told import why
from backend.core.checks.facts import read_table
from backend.core.incoming import FileRows, cells_for, columns_taken, judge_file, places_of
from backend.core.team_settings import defaults
from sheets_schema.model import Language
from tests.builders import TODAY, sheet_read, tab_of, tab_read

if TYPE_CHECKING:
    from backend.core.checks.facts import Table

CUSTOMERS = tab_of("Customers")
NAMES = ("customer_id", "full_name", "mobile", "email")
LI = ("", "李四", "13900139000", "")
WANG = ("K2", "王五", "13700137000", "wang@qq.com")


def file_of(*rows: Any, fields: Any = NAMES) -> FileRows:
    return FileRows.of(fields, [list(row) for row in rows], fields=fields)


def register_of(*rows: Any, fields: Any = NAMES) -> Table:
    return read_table(
        tab_read("Customers", *(dict(zip(fields, row, strict=True)) for row in rows), columns=fields),
        defaults(),
        today=TODAY,
    )


def judged(register: Any, *rows: Any, fields: Any = NAMES) -> Arrivals:
    file = file_of(*rows, fields=fields)
    return judge_file(CUSTOMERS, file, register, defaults(), today=TODAY).arrivals


def fates(register: Any, *rows: Any, fields: Any = NAMES) -> list[str]:
    return [fate.value for fate in judged(register, *rows, fields=fields).fates.values()]


CASES = {
    "a customer nobody knows": ([WANG], [LI], ["new"]),
    "the very same row": ([LI], [LI], ["same"]),
    "a row that says less, with the same contact": (
        [WANG],
        [("", "王五", "+86 137 0013 7000", "")],
        ["same"],
    ),
    "a name alone that stands there alone": ([("", "张三", "", "")], [("", "张三", "", "")], ["same"]),
    "the same id and a blank cell to fill": ([("K2", "王五", "", "")], [WANG], ["update"]),
    "the same id and another phone": ([("K2", "王五", "13511112222", "")], [WANG], ["conflict"]),
    "the same id and an unreadable cell": (
        [("K2", "王五", "abc", "")],
        [("K2", "王五", "ABC", "")],
        ["same"],
    ),
    "a placeholder in the register is not blank": (
        [("K2", "王五", "无", "")],
        [("K2", "王五", "13700137000", "")],
        ["conflict"],
    ),
    "a placeholder in the file says nothing": ([WANG], [("K2", "王五", "无", "")], ["same"]),
    "an id that stands there twice": (
        [WANG, ("K2", "赵六", "", "")],
        [("K2", "钱七", "", "")],
        ["duplicate"],
    ),
    "an id that stands in the file twice": ([], [WANG, ("K2", "赵六", "", "")], ["new", "duplicate"]),
    "an unreadable id is no id": ([], [("#REF!", "王一", "", ""), ("#REF!", "陈二", "", "")], ["new", "new"]),
    "the same row twice": ([], [LI, LI], ["new", "duplicate"]),
    "the fuller row of the file is kept": ([], [("", "王五", "13700137000", ""), WANG], ["duplicate", "new"]),
    "no name": ([WANG], [("K9", "", "13511112222", "")], ["refused"]),
    "certainly somebody, with one more cell": (
        [LI],
        [("", "李四", "13900139000", "li@qq.com")],
        ["update"],
    ),
    "possibly one of two": (
        [LI, ("K5", "李四", "13900139000", "")],
        [("", "李四", "13900139000", "li@qq.com")],
        ["duplicate"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_row_of_a_file_has_one_fate(case: Any) -> None:
    there, rows, expected = CASES[case]

    assert fates(register_of(*there) if there else None, *rows) == expected


def test_a_register_without_rows_is_like_none() -> None:
    rows = (WANG, LI, LI)

    assert fates(register_of(), *rows) == fates(None, *rows)


def test_the_surest_id_decides() -> None:
    fields = ("customer_id", "member_no", "full_name")
    register = register_of(("K1", "M1", "王五"), ("K2", "M2", "赵六"), fields=fields)

    assert [
        (arrival.fate, arrival.belongs)
        for arrival in judged(register, ("K1", "M2", "王五"), ("K9", "M2", "赵六"), fields=fields).told
    ] == [(Fate.CONFLICT, 2), (Fate.CONFLICT, 3)]


def test_a_row_with_nothing_but_a_column_of_the_teams_own_is_refused() -> None:
    rows = [["张三", ""], ["", "y"], ["", ""]]
    file = FileRows.of(["full_name", "x"], rows, fields=["full_name", "notes"])

    found = judge_file(CUSTOMERS, file, None, defaults(), today=TODAY).arrivals

    assert {row: fate.value for row, fate in found.fates.items()} == {2: "new", 3: "refused"}


TOLD = {
    "refused": ([WANG], ("", "", "1", ""), "没有客户名称", "it has no customer name"),
    "update": (
        [("K2", "王五", "", "wang@qq.com")],
        WANG,
        "登记表第 2 行的空白格：手机号 137****7000",
        "blank in row 2 of the register: Mobile 137****7000",
    ),
    "conflict": (
        [("K2", "王武", "13700137000", "wang@qq.com")],
        WANG,
        "登记表第 2 行：客户名称 是“王武”，文件里是“王五”",
        'row 2 of the register: Customer name is "王武", "王五" in the file',
    ),
    "of the register": (
        [WANG, ("K2", "赵六", "", "")],
        ("K2", "钱七", "", ""),
        "可能是登记表第 2 行：内容或编号相同",
        "may be row 2 of the register: the same cells, or the same id",
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_the_reason_is_said_in_the_readers_language(case: Any) -> None:
    there, row, zh, en = TOLD[case]

    (arrival,) = judged(register_of(*there), row).told

    assert [why(arrival, CUSTOMERS, language) for language in Language] == [zh, en]


def test_a_possible_duplicate_in_the_file_is_told_with_its_evidence() -> None:
    told = judged(None, ("", "李四", "13900139000", "a@qq.com"), ("", "李四", "13900139000", "b@qq.com")).told

    said = why(told[0], CUSTOMERS, Language.EN)

    assert said.startswith("may be row 2 of the file: same mobile +86139****9000")


ROWS = st.lists(
    st.tuples(
        st.sampled_from(("", "K1", "K2")),
        st.sampled_from(("", "张三", "李四", "王小明")),
        st.sampled_from(("", "13800138000", "13900139000", "x")),
        st.sampled_from(("", "a@qq.com", "b@qq.com")),
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(there=ROWS, rows=ROWS.filter(any), order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(there: Any, rows: Any, order: Any) -> None:
    register = register_of(*there)
    mixed = list(rows)
    order.shuffle(mixed)

    one, other = (sorted(zip(some, kept(register, some), strict=True)) for some in (rows, mixed))

    assert one == other


def kept(register: Any, rows: Any) -> list[str]:
    found = judged(register, *rows).fates
    return [str(found.get(row, "blank")) for row in range(2, len(rows) + 2)]


@settings(max_examples=60, deadline=None)
@given(there=ROWS, rows=ROWS, include=st.booleans())
def test_a_file_that_came_in_brings_nothing_the_second_time(there: Any, rows: Any, include: Any) -> None:
    written = [rows[row - 2] for row in judged(register_of(*there), *rows).to_write(duplicates=include)]

    again = judged(register_of(*there, *written), *rows)

    assert again.to_write(duplicates=include) == []


def test_cells_go_where_the_register_has_their_column() -> None:
    top = ["姓名", "我的列", "手机", "生日"]
    read = sheet_read("Customers", top, ["张三", "x", "13800138000", "13/02/1990"])
    register = read_table(read, defaults(), today=TODAY)
    file = FileRows.of(
        ["我的 列", "name", "birthday", "no place"],
        [["=1+1", "李四", "05/28/1991", "z"], ["", "王五", "", ""]],
        fields=["", "full_name", "birth_date", ""],
    )

    incoming = judge_file(CUSTOMERS, file, register, defaults(), today=TODAY)

    assert places_of(file, read) == {0: 1, 1: 0, 2: 3}
    assert cells_for(file, incoming, register, [2, 3]) == [
        {1: "=1+1", 0: "李四", 3: "1991-05-28"},
        {0: "王五"},
    ]


def test_a_date_that_does_not_say_its_order_is_read_as_the_registers() -> None:
    fields = ("full_name", "birth_date")
    register = register_of(("张三", "13/02/1990"), ("李四", "03/04/1991"), fields=fields)

    assert fates(register, ("李四", "03/04/1991"), fields=fields) == ["same"]


def test_the_tool_block_of_an_export_is_not_taken_in() -> None:
    block = [column.label.both for column in CUSTOMERS.block]

    assert columns_taken(CUSTOMERS, [*block, "姓名"]) == [len(block)]
    assert columns_taken(CUSTOMERS, ["姓名", "状态"]) == [0, 1]
