from dataclasses import replace
from typing import Any

import pytest

from backend.core.snapshot import MOST_ROWS, data_rows, joined
from backend.errors import JobArgumentsWrong
from backend.jobs.arguments import Selection
from backend.jobs.choosing import chosen_rows
from tests.builders import sheet_read

EAST = [
    ["东区客户"],
    ["客户名称", "手机号", "客户编号"],
    ["张伟", "13800138001", "K1"],
    [],
    ["王芳", "13900139002", "K2"],
    ["客户名称", "手机号", "客户编号"],
    ["合计", "", ""],
    ["李娜", "13700137003", "K3"],
]
WEST = [["客户名称", "手机号"], ["刘洋", "13600136004"]]


def customers() -> Any:
    east = replace(sheet_read("Customers", *EAST), title="东", sheet_id=4, rows_in_grid=20)
    west = replace(sheet_read("Customers", *WEST), title="西", sheet_id=9, rows_in_grid=20)
    return joined([east, west])


def chosen(first: int, last: int, sheet_id: int = 4) -> tuple[int, ...]:
    read = customers()
    rows = data_rows(read)
    data = rows.index[rows].tolist()
    return chosen_rows("check-rows", read, data, Selection(sheet_id=sheet_id, first=first, last=last))


def test_rows_without_a_customer_in_a_selection_are_passed_over() -> None:
    assert [chosen(1, 1000), chosen(3, 3), chosen(4, 7), chosen(8, 8)] == [(3, 5, 8), (3,), (5,), (8,)]


def test_rows_of_a_second_sheet_are_its_own() -> None:
    assert chosen(2, 9, sheet_id=9) == (MOST_ROWS + 2,)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1, 2, 'rows 1 to 2 of "东": the headers stand there'),
        (4, 4, 'row 4 of "东": no customer stands there'),
        (9, 20, 'rows 9 to 20 of "东": no customer stands there'),
        (6, 6, 'row 6 of "东" repeats the headers'),
        (7, 7, 'row 7 of "东" sums up others and is no customer'),
        (21, 30, 'there is no row 21 in "东", which has 20'),
        (9_999_999, 9_999_999, "there is no row 9999999"),
    ],
)
def test_a_selection_without_a_customer_is_refused_with_the_reason(first: int, last: int, said: str) -> None:
    with pytest.raises(JobArgumentsWrong) as problem:
        chosen(first, last)

    assert (said in problem.value.en, "东" in problem.value.zh) == (True, True)


def test_a_sheet_without_customers_is_refused_with_those_that_have_some() -> None:
    with pytest.raises(JobArgumentsWrong, match=r'sheet 5 holds no customers.*"东" \(4\), "西" \(9\)'):
        chosen(3, 3, sheet_id=5)
