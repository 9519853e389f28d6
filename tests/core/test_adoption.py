from typing import Any

import pytest

from backend.core.adoption import Adoption, Wishes, recognise_spreadsheet
from backend.core.header_lines import find_header
from backend.core.seen import Area, FilterView, SheetSeen
from backend.core.team_settings import defaults
from backend.core.totals import is_total
from backend.errors import MappingUnreadable
from sheets_schema.model import Language, Preset
from sheets_schema.presets import register
from tests.builders import TODAY, sheet_read, tab_of

CUSTOMERS = [["姓名", "手机"], ["张伟", "13800138001"], ["王芳", "13900139002"]]
ALL = Area(top=0, left=0, bottom=3, right=2)


def recognised(*sheets: Any, **wishes: Any) -> Adoption:
    context = defaults().context(today=TODAY)
    return recognise_spreadsheet(sheets, register(Preset.RETAIL), context, Wishes(**wishes))


def sheet(title: str, rows: Any, **more: Any) -> SheetSeen:
    return SheetSeen(title=title, rows=rows, **more)


def codes(adoption: Adoption) -> list[str]:
    return [obstacle.code for obstacle in adoption.obstacles]


@pytest.mark.parametrize(
    "text",
    [
        "合计",
        "总计：",
        "小 计",
        "总计（35人）",
        "合计 35 人",
        "Grand Total",
        "本月小计",
        "2024年合计",
        "Average",
    ],
)
def test_the_label_of_a_sum_is_known(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["总计划公司", "合计有限公司", "张合计", "Total Wine", "", "张伟", "均安百货"]
)
def test_a_name_is_no_sum(text: str) -> None:
    assert not is_total(text)


@pytest.mark.parametrize(
    ("row", "totals"),
    [
        (["合计", "", 3], {3}),
        (["合计", "35", 3], {3}),
        (["", "", "总计"], {3}),
        (["合计", "13800138001", ""], set()),
        (["张伟", "", "合计"], set()),
        (["", "", 5], set()),
    ],
)
def test_a_row_is_a_total_by_its_label_unless_it_has_a_contact(row: Any, totals: Any) -> None:
    read = sheet_read("Customers", ["姓名", "手机", "累计金额"], ["李娜", "13700137003", 1], row)

    assert read.totals == totals


def test_a_row_of_totals_is_no_order() -> None:
    read = sheet_read(
        "Transactions", ["客户", "日期", "金额"], ["张伟", 45000, 10], ["合计", "", 10], ["小计", 45000, 1]
    )

    assert read.totals == {3}


def test_headers_in_two_lines_are_read_together() -> None:
    rows = [["姓名", "联系方式", ""], ["", "手机", "邮箱"], ["张伟", "13800138001", "a@qq.com"]]

    line = find_header(tab_of("Customers"), rows, {})

    assert line is not None
    assert (line.row, line.lines, line.texts) == (2, 2, ("姓名", "手机", "邮箱"))


def test_a_blank_row_below_the_headers_is_no_second_line() -> None:
    line = find_header(tab_of("Customers"), [["姓名", "手机", "备注"], ["", "", "备注"]], {})

    assert line is not None
    assert (line.row, line.lines) == (1, 1)


def test_tables_and_filter_views_on_them_are_refused_by_their_names() -> None:
    views = FilterView(view_id=1, title="大客户", area=None), FilterView(view_id=2, title="全部", area=ALL)
    adoption = recognised(sheet("客户", CUSTOMERS, filter_views=views, tables=("表1",)))

    said = " ".join(one.message(Language.EN) for one in adoption.obstacles)
    assert codes(adoption) == ["init-filter-views", "init-tables"]
    assert ("大客户" in said, "表1" in said, "全部" in said) == (True, True, False)


def titles(adoption: Any) -> list[str]:
    return [one.seen.title for one in adoption.sheets]


def test_several_tabs_are_one_register_and_some_can_be_chosen() -> None:
    sheets = sheet("小王", CUSTOMERS), sheet("小李", CUSTOMERS), sheet("小张", CUSTOMERS)

    assert titles(recognised(*sheets)) == ["小王", "小李", "小张"]
    chosen = recognised(*sheets, tabs=["小李", "小张"])
    assert (titles(chosen), chosen.left) == (["小李", "小张"], ("小王",))
    assert codes(recognised(*sheets, tabs=["小李", "小陈"])) == ["init-no-tab"]


def test_copies_and_hidden_tabs_are_left_alone_unless_there_is_nothing_else() -> None:
    copy, hidden = sheet("小王 的副本", CUSTOMERS), sheet("小李", CUSTOMERS, hidden=True)

    together = recognised(sheet("小王", CUSTOMERS), copy, hidden)
    assert (titles(together), together.left) == (["小王"], ("小王 的副本", "小李"))
    assert titles(recognised(copy, hidden)) == ["小王 的副本"]


def test_a_tab_joins_a_bound_register_only_when_it_is_named() -> None:
    bound, new = sheet("小王", CUSTOMERS, tab_tag="Customers"), sheet("小李", CUSTOMERS)

    assert titles(recognised(bound, new)) == []
    assert titles(recognised(bound, new, tabs=["小王", "小李"])) == ["小李"]
    assert titles(recognised(bound, new, tabs=["小王"])) == []


def test_a_mapping_holds_for_the_tabs_that_have_the_column() -> None:
    other = [["Kunde", "手机"], *CUSTOMERS[1:]]
    sheets = sheet("小王", CUSTOMERS), sheet("小李", other)

    adoption = recognised(*sheets, mapping=["Kunde=full_name"], tabs=["小王", "小李"])
    assert [{name: text for text, name, _ in one.bound}["full_name"] for one in adoption.sheets] == [
        CUSTOMERS[0][0],
        "Kunde",
    ]
    with pytest.raises(MappingUnreadable):
        recognised(*sheets, mapping=["Klient=full_name"], tabs=["小王"])


def test_the_tab_called_customers_wins_over_one_that_only_looks_like_it() -> None:
    adoption = recognised(sheet("供应商", CUSTOMERS), sheet("客户表", CUSTOMERS))

    assert [one.seen.title for one in adoption.sheets] == ["客户表"]
    assert adoption.left == ("供应商",)


def test_a_log_with_names_alone_is_not_taken_for_customers() -> None:
    adoption = recognised(sheet("跟进", [["日期", "客户", "内容"], ["2026-01-02", "张伟", "x"]]))

    assert codes(adoption) == ["init-no-customers"]


def test_a_column_is_left_alone_whose_cells_do_not_look_like_its_header() -> None:
    rows = [["姓名", "手机", "邮箱"], *[[f"张{n}", f"138001380{n:02}", "无此项内容"] for n in range(12)]]

    (customers,) = recognised(sheet("客户", rows)).sheets

    assert customers.doubted == (("邮箱", "email"),)
    assert customers.kept == (("邮箱", 2),)


def test_a_merged_header_over_blank_rows_is_no_obstacle() -> None:
    rows = [["姓名", "手机"], [], *CUSTOMERS[1:]]
    merged = Area(top=0, left=0, bottom=2, right=1)

    assert codes(recognised(sheet("客户", rows, merges=(merged,)))) == []


@pytest.mark.parametrize("text", ["无此列=full_name", "姓名=无此字段", "姓名", "AA=full_name"])
def test_a_mapping_that_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(MappingUnreadable):
        recognised(sheet("客户", CUSTOMERS), mapping=(text,))


def test_one_header_on_two_columns_is_mapped_by_letter() -> None:
    rows = [["姓名", "手机", "手机"], ["张伟", "13800138001", "13900139002"]]

    with pytest.raises(MappingUnreadable, match="B, C"):
        recognised(sheet("客户", rows), mapping=("手机=phone_2",))
    (customers,) = recognised(sheet("客户", rows), mapping=("C=phone_2",)).sheets
    assert customers.fields == ("full_name", "mobile", "phone_2")
    with pytest.raises(MappingUnreadable, match="already"):
        recognised(sheet("客户", rows), mapping=("B=phone_2", "C=phone_2"))
