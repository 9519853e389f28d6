from __future__ import annotations

import pytest

from backend.core.file_table import TabRows
from backend.core.tabs_alike import header_row_like, like_at_sight, may_be_one, one_table, only_in

FIRST = ("姓名", "手机", "邮箱", "地址")


@pytest.mark.parametrize(
    ("others", "alike"),
    [
        (("姓名", "手机", "邮箱", "地址"), (True, True)),
        (("地址", "邮箱 ", " 手 机", "姓名*"), (True, True)),
        (("姓名", "手机", "邮箱", "地址", "备注", ""), (True, True)),
        (("姓名", "手机"), (True, True)),
        ((*FIRST, "a", "b", "c", "d"), (True, True)),
        ((*FIRST, "a", "b", "c", "d", "e"), (False, True)),
        (("姓名",), (False, True)),
        (("姓名", "手机", "邮箱", "备注"), (False, True)),
        (("客户名称", "手机号码", "电子邮箱", "地址"), (False, True)),
        (("姓名", "手机", "a", "b"), (False, False)),
        (("货号", "单价"), (False, False)),
        (("", ""), (False, False)),
    ],
)
def test_headers_are_alike_at_sight_or_because_somebody_says_so(
    others: tuple[str, ...], alike: tuple[bool, bool]
) -> None:
    assert (like_at_sight(FIRST, others), may_be_one(FIRST, others)) == alike
    assert (like_at_sight(others, FIRST), may_be_one(others, FIRST)) == alike


def test_what_a_tab_has_for_itself_is_named() -> None:
    assert only_in(FIRST, ("电子邮箱", "货号", "", "姓名")) == ["货号"]


def test_the_header_row_is_where_most_headers_are_met_again() -> None:
    rows = [["小李的客户"], ["姓名", 3], ["地址", "手机", "姓名"], ["姓名", "手机", "地址"]]

    assert header_row_like(FIRST, rows) == 3
    assert header_row_like(FIRST, [["x"]] * 10 + rows) == 0
    assert header_row_like(FIRST, []) == 0


def test_columns_stand_as_in_the_first_tab_and_what_is_new_comes_after() -> None:
    headers, tabs = one_table(
        [
            TabRows(headers=("姓名", "", "手机"), rows=[["张三", "x", "1"]], title="小王"),
            TabRows(
                headers=("手机号", "备注", "", "姓名", ""), rows=[["2", "好", "y", "李四", "z"]], title="小李"
            ),
            TabRows(headers=("备 注", "姓名"), rows=[["新", "王五"]], header_row=2, title="小张"),
        ]
    )

    assert headers == ("姓名", "", "手机", "备注", "")
    assert [tab.rows for tab in tabs] == [
        [["张三", "x", "1", "", ""]],
        [["李四", "y", "2", "好", "z"]],
        [["王五", "", "", "新", ""]],
    ]
    assert tabs[1].headers == ("姓名", "", "手机号", "备注", "")
    assert (tabs[2].headers, tabs[2].header_row, tabs[2].title) == (
        ("姓名", "", "", "备 注", ""),
        2,
        "小张",
    )


def test_the_surest_sign_pairs_two_columns() -> None:
    headers, tabs = one_table(
        [
            TabRows(headers=("手机", "电话"), rows=[["1", "2"]]),
            TabRows(headers=("电话", "手 机", "手机"), rows=[["3", "4", "5"]]),
        ]
    )

    assert headers == ("手机", "电话", "手 机")
    assert [tab.rows for tab in tabs] == [[["1", "2", ""]], [["5", "3", "4"]]]
