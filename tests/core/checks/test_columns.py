from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.checks import columns
from backend.core.issues import WHOLE_COLUMN
from sheets_schema.model import Language
from tests.builders import Line, customer, facts_of, places, sheet_read, tab_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from backend.core.issues import Issue


def found(check: Callable[..., Iterable[Issue]], *lines: Line, **settings: str) -> list[tuple[int, str, str]]:
    return places(list(check(facts_of(tab_read("Customers", *lines), settings=settings))))


def orders(check: Callable[..., Iterable[Issue]], *lines: Line) -> list[tuple[int, str, str]]:
    facts = facts_of(tab_read("Customers", customer()), tab_read("Transactions", *lines))
    return [
        place
        for issue, place in ((one, places([one])[0]) for one in check(facts))
        if issue.tab == "Transactions"
    ]


def test_a_required_column_the_sheet_lacks_gives_one_note() -> None:
    facts = facts_of(
        tab_read("Customers", customer(), customer(), customer()),
        settings={"preset": "b2b", "language": "en"},
    )

    issues = list(columns.find_missing_columns(facts))

    assert places(issues) == [
        (WHOLE_COLUMN, "industry", "column-missing"),
        (WHOLE_COLUMN, "owner", "column-missing"),
    ]
    assert issues[1].message(Language.ZH) == "“客户”页没有“负责人”列，这一项没有检查"


def test_a_group_of_which_the_sheet_has_no_column_gives_one_note() -> None:
    facts = facts_of(tab_read("Customers", {"full_name": "甲"}, {"full_name": "乙"}))

    issues = list(columns.find_missing_columns(facts))

    assert places(issues) == [(WHOLE_COLUMN, "mobile", "columns-missing")]
    assert issues[0].message(Language.EN) == (
        'tab "客户" has none of these columns: Mobile, WeChat ID, Other phone, E-mail; this was not checked'
    )


def test_a_sheet_with_every_required_column_misses_none() -> None:
    assert found(columns.find_missing_columns, customer()) == []


def test_a_header_that_stands_twice_is_named_once() -> None:
    facts = facts_of(sheet_read("Customers", ["姓名", "城市", "市"], ["王小明", "杭州", "上海"]))

    issues = list(columns.find_unbound_headers(facts))

    assert places(issues) == [(WHOLE_COLUMN, "city", "header-twice")]
    assert issues[0].message(Language.ZH) == "“客户”页有 2 个“城市”列，只读第一个；请给其余的改名"


@pytest.mark.parametrize(
    ("cells", "whole", "single"),
    [
        (["#REF!"] * 3 + ["杭州"] * 2, [(WHOLE_COLUMN, "city", "column-broken")], []),
        (["#REF!"] * 3 + ["杭州"] * 3, [], [2, 3, 4]),
        (["#REF!"] * 2, [], [2, 3]),
        (["杭州"], [], []),
    ],
)
def test_a_column_of_broken_formulas_is_named_once_and_a_few_broken_cells_each(
    cells: list[str], whole: list[tuple[int, str, str]], single: list[int]
) -> None:
    lines = [customer(city=cell) for cell in cells]

    assert found(columns.find_whole_columns, *lines) == whole
    assert found(columns.find_unreadable_cells, *lines) == [(row, "city", "cell-error") for row in single]


def test_a_broken_column_says_in_how_many_rows() -> None:
    facts = facts_of(tab_read("Customers", *[customer(city="#N/A")] * 4))

    assert [issue.message(Language.EN) for issue in columns.find_whole_columns(facts)] == [
        'tab "客户", column "City": the formula fails in 4 rows; they count as unknown, mend the formula'
    ]


def test_a_wrong_cell_of_a_broken_column_is_still_named() -> None:
    lines = [customer(mobile=cell) for cell in ("#REF!", "#REF!", "#REF!", "12abc")]

    assert [row for row, _, _ in found(columns.find_unreadable_cells, *lines)] == [5]


def test_what_a_cell_could_hold_instead_is_suggested() -> None:
    facts = facts_of(tab_read("Customers", customer(birth_date="90-05-01")))

    (issue,) = columns.find_unreadable_cells(facts)

    assert (issue.code, issue.value, issue.suggestion) == ("date-two-digit-year", "90-05-01", "1990-05-01")


def test_a_blank_cell_of_a_required_column_is_named_at_the_columns_severity() -> None:
    lines = [customer(full_name="", owner="", industry=""), customer(owner="li", industry="retail")]

    assert found(columns.find_blank_cells, *lines, preset="b2b") == [
        (2, "full_name", "required-error"),
        (2, "industry", "required-info"),
        (2, "owner", "required-warning"),
    ]


def test_a_blank_cell_is_not_named_where_the_preset_does_not_require_it() -> None:
    assert found(columns.find_blank_cells, customer(owner="", industry="")) == []


def test_a_row_needs_one_contact() -> None:
    lines = [
        {"full_name": "甲", "mobile": "", "email": ""},
        {"full_name": "乙", "mobile": "", "email": "yi@qq.com"},
        {"full_name": "丙", "mobile": "12", "email": ""},
    ]
    facts = facts_of(tab_read("Customers", *lines))

    issues = list(columns.find_rows_without_any(facts))

    assert places(issues) == [(2, "mobile", "required-one-of")]
    assert issues[0].message(Language.ZH) == "至少要填一项：手机号、电子邮箱"


def test_a_row_without_any_column_of_a_group_is_not_blamed() -> None:
    assert found(columns.find_rows_without_any, {"full_name": "甲"}) == []


def test_a_shop_on_the_net_needs_a_member_or_an_address() -> None:
    line = {"full_name": "甲", "member_no": "", "email": "", "mobile": "13812348000"}

    assert found(columns.find_rows_without_any, line, preset="ecommerce") == [
        (2, "member_no", "required-one-of")
    ]


def test_a_number_that_may_stand_once_and_stands_twice_is_named_on_both_rows() -> None:
    lines = [customer(customer_id=cell) for cell in ("K1", "K2", " K1", "", "")]
    facts = facts_of(tab_read("Customers", *lines))

    issues = list(columns.find_repeated_values(facts))

    assert places(issues) == [(2, "customer_id", "not-unique"), (4, "customer_id", "not-unique")]
    assert issues[0].message(Language.ZH) == "应当唯一，却出现了 2 次"


def test_a_number_outside_its_range_is_named() -> None:
    lines = [{"quantity": number, "unit_price": 1} for number in (-0.5, 0, "many", "")]

    assert orders(columns.find_numbers_out_of_range, *lines) == [(2, "quantity", "too-small")]


def test_an_amount_may_be_negative_where_no_least_is_set() -> None:
    assert found(columns.find_numbers_out_of_range, customer(total_amount=-1, order_count=-1)) == [
        (2, "order_count", "too-small")
    ]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("1989-12-31", "date-too-early"),
        ("1990-01-01", ""),
        ("2026-11-23", ""),
        ("2026-11-24", "date-in-future"),
        ("", ""),
        ("soon", ""),
    ],
)
def test_a_day_outside_its_range_is_named(day: str, code: str) -> None:
    assert orders(columns.find_dates_out_of_range, {"transaction_date": day}) == (
        [(2, "transaction_date", code)] if code else []
    )


def test_a_birthday_may_not_lie_ahead() -> None:
    lines = [customer(birth_date=day) for day in ("2026-11-22", "2026-11-23")]

    assert found(columns.find_dates_out_of_range, *lines) == [(3, "birth_date", "date-in-future")]


def test_a_day_without_a_range_may_lie_anywhere() -> None:
    line = customer(tier_override_until="2100-01-01", collected_at="1990-01-01")

    assert found(columns.find_dates_out_of_range, line) == []


def test_a_cell_that_is_right_and_written_otherwise_gets_its_common_form() -> None:
    facts = facts_of(
        tab_read(
            "Customers",
            customer(mobile="138-1234-8000"),
            customer(mobile="13812348000"),
            customer(mobile="138123480"),
            customer(mobile="13812348000 "),
            customer(mobile="0086 138 1234 8000"),
        )
    )

    issues = list(columns.find_other_forms(facts))

    assert [(issue.row, issue.code, issue.suggestion) for issue in issues] == [
        (2, "form-differs", "+8613812348000"),
        (6, "form-differs", "+8613812348000"),
    ]


@pytest.mark.parametrize(
    ("phones", "whole", "each"),
    [
        (("65529988", "65529989", "65529990"), [(WHOLE_COLUMN, "mobile", "column-no-area-code")], []),
        (("65529988", "65529989"), [], [2, 3]),
        (("65529988", *["13812348000"] * 3), [], [2]),
    ],
)
def test_numbers_without_area_code_are_one_warning_when_most_of_the_column_has_none(
    phones: tuple[str, ...], whole: list[tuple[int, str, str]], each: list[int]
) -> None:
    lines = [customer(mobile=phone) for phone in phones]

    assert found(columns.find_whole_columns, *lines) == whole
    rows = [
        row for row, _, code in found(columns.find_unreadable_cells, *lines) if code == "phone-no-area-code"
    ]
    assert rows == each


def test_a_company_needs_what_its_preset_asks_of_companies_only() -> None:
    lines = [
        customer(customer_type="企业", uscc=""),
        customer(customer_type="个人", uscc=""),
        customer(customer_type="", uscc=""),
        customer(customer_type="企业", uscc="91110000600037341L"),
    ]

    assert found(columns.find_blank_cells_of_companies, *lines, preset="b2b") == [
        (2, "uscc", "required-of-company")
    ]
    assert found(columns.find_blank_cells_of_companies, *lines) == []
    assert found(columns.find_blank_cells_of_companies, customer(uscc=""), preset="b2b") == []


def test_a_member_number_may_stand_once_in_each_store_where_the_team_says_so() -> None:
    lines = [customer(member_no="M1", store=store, customer_id="K1") for store in ("东店", "西店", "东店")]

    within = found(columns.find_repeated_values, *lines, unique_within="store")
    anywhere = found(columns.find_repeated_values, *lines)

    assert [place for place in within if place[1] == "member_no"] == [
        (2, "member_no", "not-unique-within"),
        (4, "member_no", "not-unique-within"),
    ]
    assert [row for row, column, code in anywhere if (column, code) == ("member_no", "not-unique")] == [
        2,
        3,
        4,
    ]
    assert [row for row, column, code in within if (column, code) == ("customer_id", "not-unique")] == [
        2,
        3,
        4,
    ]


def test_a_value_that_may_stand_once_in_a_store_says_in_which() -> None:
    lines = [customer(member_no="M1", store="东店"), customer(member_no="M1", store="东店")]
    facts = facts_of(tab_read("Customers", *lines), settings={"unique_within": "store"})

    first, _ = columns.find_repeated_values(facts)

    assert first.message(Language.EN) == 'may stand once in "东店" and stands on 2 rows'


def test_without_stores_a_member_number_may_stand_once_in_the_register() -> None:
    lines = [customer(member_no="M1"), customer(member_no="M1")]

    assert found(columns.find_repeated_values, *lines, unique_within="store") == [
        (2, "member_no", "not-unique"),
        (3, "member_no", "not-unique"),
    ]


def test_a_resident_id_stands_once_however_it_is_written() -> None:
    lines = [customer(resident_id=cell) for cell in ("11010519491231002X", "110105 19491231 002x", "", "")]

    assert found(columns.find_repeated_values, *lines) == [
        (2, "resident_id", "not-unique"),
        (3, "resident_id", "not-unique"),
    ]
