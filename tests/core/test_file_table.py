from __future__ import annotations

import pytest

from backend.core.file_table import FileTable, TabRows
from backend.core.offline import file_tab
from tests.builders import tab_of

HEADERS = ("姓名", "手机")
ONE = FileTable.of(HEADERS, [["张三", "1"], ["李四", "2"]], header_row=3)
SEVERAL = FileTable(
    headers=HEADERS,
    tabs=(
        TabRows(headers=HEADERS, rows=[["张三", "1"], ["合计", ""]], title="小王"),
        TabRows(headers=HEADERS, rows=[], title="小赵"),
        TabRows(
            headers=("客户", "电话"),
            rows=[["李四", "2"], ["", ""], ["客户", "电话"], ["王五", "3"]],
            header_row=4,
            title="小李",
        ),
    ),
)


@pytest.mark.parametrize("table", [ONE, SEVERAL])
def test_a_number_leads_to_its_row(table: FileTable) -> None:
    assert [table.row(number) for number in table.numbers()] == table.rows


def test_a_row_of_a_single_tab_goes_by_its_row_in_the_file() -> None:
    assert list(ONE.numbers()) == [4, 5]
    assert (ONE.named(5), ONE.where(5), ONE.number("", 5), ONE.in_several_tabs) == (5, {"row": 5}, 5, False)


def test_a_row_of_several_tabs_is_named_with_its_tab() -> None:
    numbers = list(SEVERAL.numbers())

    assert [SEVERAL.named(number) for number in numbers] == [
        "小王!2", "小王!3", "小李!5", "小李!6", "小李!7", "小李!8",
    ]  # fmt: skip
    assert SEVERAL.where(numbers[2]) == {"tab": "小李", "row": 5}
    assert SEVERAL.number("小李", 8) == numbers[-1]
    assert SEVERAL.where(0) == {"tab": "", "row": 0}


@pytest.mark.parametrize("table", [ONE, SEVERAL])
def test_a_row_keeps_its_number_when_the_table_is_read_as_a_tab(table: FileTable) -> None:
    read = file_tab(tab_of("Customers"), table, ["full_name", "mobile"], title="f.xlsx")

    assert {row: list(cells) for row, *cells in read.frame.itertuples(name=None)} == {
        number: row for number in table.numbers() if any(row := table.row(number))
    }
    assert [read.spot(row) for row in read.frame.index] == [str(table.named(row)) for row in read.frame.index]
    assert read.title == "f.xlsx"


def test_each_tab_is_read_by_its_own_headers() -> None:
    read = file_tab(tab_of("Customers"), SEVERAL, ["full_name", "mobile"])

    assert sorted(map(read.spot, read.repeated)) == ["小李!7"]
    assert sorted(map(read.spot, read.totals)) == ["小王!3"]
