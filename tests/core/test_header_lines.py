from __future__ import annotations

from typing import Any

import pytest

from backend.core.header_lines import header_row_of
from tests.builders import tab_of

HEADERS = ["姓名", "手机"]


@pytest.mark.parametrize(
    ("rows", "mapping", "row"),
    [
        ([HEADERS, ["张三", "1"]], {}, 1),
        ([["客户名单"], [], HEADERS, ["张三", "1"]], {}, 3),
        ([["联系人"], *[["x"]] * 8, HEADERS], {}, 10),
        ([["x"]] * 10 + [HEADERS], {}, 1),
        ([["姓名", "城市"], ["姓名", "手机", "邮箱"]], {}, 1),
        ([["甲", "乙"], HEADERS], {"甲": "full_name"}, 1),
        ([["甲", "乙"], ["x", "y"], ["甲", "手机"]], {"乙": "full_name"}, 1),
        ([["标题"], ["甲", "手机"]], {"甲": "full_name"}, 2),
        ([["甲", "乙"], ["张三", "姓名"]], {}, 1),
        ([["甲", "乙"], ["手机", "邮箱"]], {}, 1),
        ([["名单"], ["姓名", "联系"], ["", "手机"]], {}, 1),
        ([], {}, 1),
    ],
)
def test_the_first_row_holds_the_headers_unless_another_names_the_customer(
    rows: Any, mapping: Any, row: int
) -> None:
    assert header_row_of(tab_of("Customers"), mapping, rows) == row
