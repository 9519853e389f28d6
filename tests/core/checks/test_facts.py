from __future__ import annotations

import pytest

from backend.core.checks.facts import country_code
from sheets_schema.model import Kind
from tests.builders import customer, facts_of, tab_read

A = "C-00000-00000"


def test_every_cell_is_read_as_its_kind() -> None:
    table = facts_of(
        tab_read("Customers", customer(total_amount="1.5万", birth_date=33000, gender="男"))
    ).customers

    assert table.values.loc[2].to_dict() == {
        "full_name": "王小明",
        "mobile": "+8613812348000",
        "total_amount": 1_500_000,
        "birth_date": "1990-05-07",
        "gender": "1",
    }
    assert table.cell(2, "birth_date") == 33000
    assert [column.id for column in table.bound(Kind.DATE, Kind.MONEY)] == ["birth_date", "total_amount"]


def test_rows_without_data_are_not_looked_at() -> None:
    facts = facts_of(tab_read("Customers", {"row_id": A, "full_name": ""}, customer()))

    assert facts.customers.raw.index.tolist() == [3]


def test_only_a_blank_cell_is_blank() -> None:
    table = facts_of(
        tab_read("Customers", *(customer(mobile=cell) for cell in (" ", "#REF!", "12")))
    ).customers

    assert table.blank("mobile").tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("country", "area_code", "phone", "value"),
    [
        ("", "", "13812348000", "+8613812348000"),
        ("China", "", "13812348000", "+8613812348000"),
        ("US", "", "(312) 555-2368", "+13125552368"),
        ("美国", "", "(312) 555-2368", "+13125552368"),
        ("", "010", "65529988", "+861065529988"),
        ("US", "010", "65529988", ""),
    ],
)
def test_a_phone_is_read_by_the_country_of_its_row(
    country: str, area_code: str, phone: str, value: str
) -> None:
    read = tab_read("Customers", customer(country=country, mobile=phone), customer())

    facts = facts_of(read, settings={"area_code": area_code})

    assert facts.customers.values["mobile"].tolist() == [value, "+8613812348000"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("cn", "CN"),
        (" US ", "US"),
        ("中国香港", "HK"),
        ("United Kingdom", "GB"),
        ("Atlantis", ""),
        ("中文", ""),
        ("", ""),
    ],
)
def test_a_country_is_known_by_code_and_name(cell: str, code: str) -> None:
    assert country_code(cell) == code


def test_an_amount_is_read_in_the_currency_of_its_line() -> None:
    lines = [{"currency": cell, "amount": 12.5} for cell in ("", "jpy", "ＵＳＤ ", "KWD")]
    facts = facts_of(tab_read("Customers", customer()), tab_read("Transactions", *lines))

    assert facts.transactions is not None
    assert facts.transactions.values["amount"].tolist() == [1250, 13, 1250, 12500]
    assert facts.transactions.values["currency"].tolist() == ["", "JPY", "USD", "KWD"]


@pytest.mark.parametrize(
    ("settings", "second"),
    [({}, ["2024-03-25", "2024-03-04"]), ({"date_order": "day first"}, ["2024-03-25", "2024-04-03"])],
)
def test_the_order_of_a_date_follows_the_setting_else_the_column(
    settings: dict[str, str], second: list[str]
) -> None:
    read = tab_read("Customers", customer(collected_at="03/25/2024"), customer(collected_at="03/04/2024"))

    assert facts_of(read, settings=settings).customers.values["collected_at"].tolist() == second


def test_customers_are_known_by_their_number_before_their_row_id() -> None:
    facts = facts_of(
        tab_read("Customers", customer(customer_id="K1", row_id=A), customer(customer_id=A), customer())
    )

    ids = facts.identities.ids
    assert facts.known_customers == {"K1": 0, A: 1, ids[3]: 1, ids[4]: 2}


def test_a_register_without_customer_numbers_knows_customers_by_row_id() -> None:
    assert facts_of(tab_read("Customers", customer(row_id=A))).known_customers == {A: 0}


def test_a_transactions_tab_that_is_missing_or_empty_is_none() -> None:
    customers = tab_read("Customers", customer())

    assert facts_of(customers).transactions is None
    assert facts_of(customers, tab_read("Transactions")).transactions is None
    assert facts_of(customers, tab_read("Transactions", {"amount": 1})).transactions is not None


def test_the_preset_decides_what_is_required() -> None:
    facts = facts_of(tab_read("Customers", customer()), settings={"preset": "b2b"})

    assert {column.id for column in facts.customers.tab if column.required} == {
        "full_name",
        "owner",
        "industry",
    }
