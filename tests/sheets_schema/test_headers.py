from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_schema import headers
from sheets_schema.headers import Binding, HeaderLanguage
from sheets_schema.model import Text
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.transactions import TRANSACTIONS


def bound(*row: object) -> dict[str, int]:
    binding = headers.bind(CUSTOMERS, [row])
    return dict(binding.positions) if binding else {}


@pytest.mark.parametrize(
    ("header", "column_id"),
    [
        ("客户名称", "full_name"),
        ("Customer name", "full_name"),
        ("客户名称 / Customer name", "full_name"),
        ("Customer name/客户名称", "full_name"),
        ("客户名称\nCustomer name", "full_name"),
        ("姓名｜Name", "full_name"),
        ("full_name", "full_name"),
        ("  CUSTOMER  NAME ", "full_name"),
        ("姓 名：", "full_name"),
        ("手机号（必填）*", "mobile"),
        ("＊手机号", "mobile"),
        ("手机号(11位)", "mobile"),
        ("【必填】手机号", "mobile"),
        ("Ｍｏｂｉｌｅ", "mobile"),
        ("mo\u200bbile", "mobile"),
        ("E-mail", "email"),
        ("e mail", "email"),
        ("省/州", "province"),
        ("国家/地区", "country"),
        ("生日", "birth_date"),
    ],
)
def test_a_header_is_recognised_however_it_is_written(header: str, column_id: str) -> None:
    assert headers.columns_of(CUSTOMERS, header)[0] == column_id


@pytest.mark.parametrize(
    "header", ["鞋码", "手机号/微信号", "电话/传真", "", " ", "（）", "/", 2024, "手机号 姓名"]
)
def test_a_header_that_names_no_column_or_two_is_unknown(header: object) -> None:
    assert headers.columns_of(CUSTOMERS, header) == ()


def test_a_phone_beside_a_mobile_is_the_other_phone() -> None:
    assert bound("电话", "姓名", "手机") == {"phone_2": 0, "full_name": 1, "mobile": 2}


def test_a_phone_alone_is_the_mobile() -> None:
    assert bound("姓名", "电话") == {"full_name": 0, "mobile": 1}


def test_two_phones_are_the_mobile_and_the_other_phone() -> None:
    assert bound("电话", "联系电话") == {"mobile": 0, "phone_2": 1}


def test_the_first_of_two_headers_that_claim_a_column_is_bound_and_both_are_named() -> None:
    binding = headers.bind(CUSTOMERS, [["姓名", "手机", "客户名称", "鞋码"]])

    assert binding == Binding(
        header_row=1,
        positions=(("full_name", 0), ("mobile", 1)),
        unknown=(("鞋码", 3),),
        twice=(("full_name", (0, 2)),),
    )


@pytest.mark.parametrize("above", [0, 1, 9])
def test_the_header_row_is_found_below_title_rows(above: int) -> None:
    rows = [*[["客户信息表"]] * above, ["姓名", "手机"], ["王小明", "13812348000"]]

    binding = headers.bind(CUSTOMERS, rows)

    assert binding == Binding(header_row=above + 1, positions=(("full_name", 0), ("mobile", 1)))


@pytest.mark.parametrize("rows", [[], [[]], [["鞋码"]], [["x"]] * 10 + [["姓名", "手机"]]])
def test_rows_without_headers_in_the_first_ten_are_not_bound(rows: list[list[str]]) -> None:
    assert headers.bind(CUSTOMERS, rows) is None


@settings(max_examples=40, deadline=None)
@given(st.permutations([column.id for column in CUSTOMERS]), st.sampled_from(HeaderLanguage))
def test_columns_in_any_order_bind_the_same(order: list[str], language: HeaderLanguage) -> None:
    row = [headers.header_text(CUSTOMERS.column(column_id).label, language) for column_id in order]

    assert bound(*row) == {column_id: place for place, column_id in enumerate(order)}


@given(st.lists(st.text(max_size=12), max_size=8))
def test_binding_never_raises_and_places_each_header_at_most_once(row: list[str]) -> None:
    binding = headers.bind(TRANSACTIONS, [row])

    if binding is not None:
        spots = [place for _, place in (*binding.positions, *binding.unknown)]
        assert len(set(spots)) == len(spots)


@pytest.mark.parametrize(
    ("language", "header", "title"),
    [
        (HeaderLanguage.ZH, "客户", "客户"),
        (HeaderLanguage.EN, "Customers", "Customers"),
        (HeaderLanguage.BOTH, "客户 / Customers", "客户 Customers"),
    ],
)
def test_a_title_holds_no_slash(language: HeaderLanguage, header: str, title: str) -> None:
    label = Text(zh="客户", en="Customers")

    assert (headers.header_text(label, language), headers.tab_title(label, language)) == (header, title)


@pytest.mark.parametrize(
    "title", ["客户", "customers", "客户 Customers", "客户 / Customers", "客户信息表", " Customer_List"]
)
def test_a_tab_is_known_by_its_title_in_any_spelling(title: str) -> None:
    assert headers.is_tab(CUSTOMERS, title)


@pytest.mark.parametrize("title", ["交易", "Sheet1", ""])
def test_another_title_is_another_tab(title: str) -> None:
    assert not headers.is_tab(CUSTOMERS, title)


@pytest.mark.parametrize(
    ("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
)
def test_column_letters_count_as_a_sheet_does(position: int, letters: str) -> None:
    assert headers.column_letters(position) == letters
