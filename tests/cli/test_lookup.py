"""`steward lookup`: known or not, without a detail."""

from typing import Any

import pytest

FILE = """姓名,手机,邮箱,负责人
张晓明,13812348000,xm@qq.com,王丽
李娜,13912345678,,
"""


@pytest.fixture(scope="module")
def shop(steward: Any, tmp_path_factory: Any) -> None:
    file = tmp_path_factory.mktemp("in") / "shop.csv"
    file.write_text(FILE, encoding="utf-8")
    assert steward("import", file).code == 0


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ("138-1234-8000", [{"row": 2, "field": "mobile", "exact": True, "owner": "王***"}]),
        ("+8613812348000", [{"row": 2, "field": "mobile", "exact": True, "owner": "王***"}]),
        ("XM@qq.com", [{"row": 2, "field": "email", "exact": True, "owner": "王***"}]),
        ("章小鸣", [{"row": 2, "field": "full_name", "exact": False, "owner": "王***"}]),
        ("李娜", [{"row": 3, "field": "full_name", "exact": True, "owner": ""}]),
        ("13812348001", []),
        ("赵六", []),
        ("", []),
    ],
)
def test_a_value_is_found_in_any_way_of_writing(steward: Any, value: str, rows: list[dict[str, Any]]) -> None:
    answer = steward("lookup", value, "--register", "shop", "--json").json

    assert (answer["known"], answer["rows"]) == (bool(rows), rows)


@pytest.mark.usefixtures("shop")
def test_a_person_reads_the_row_and_no_detail(steward: Any) -> None:
    said = steward("lookup", "13812348000", "--register", "shop", "--lang", "zh")

    assert "已有：第 2 行，手机" in said.out
    assert "负责人 王***" in said.out
    assert all(detail not in said.out for detail in ("13812348000", "张晓明", "xm@qq.com", "王丽"))
    assert "没有找到" in steward("lookup", "赵六", "--register", "shop", "--lang", "zh").out
