from __future__ import annotations

import pytest

from backend.core.checks.customers import (
    find_days_out_of_order,
    find_shared_contacts,
    find_unclear_identities,
)
from sheets_schema.model import Language
from tests.builders import customer, facts_of, places, tab_read

A = "C-00000-00000"


def test_a_contact_on_several_rows_is_named_on_each_however_it_is_written() -> None:
    facts = facts_of(
        tab_read(
            "Customers",
            customer(mobile="13812348000", email="Wang@QQ.com"),
            customer(mobile="+86 138 1234 8000", email=""),
            customer(mobile="13912348000", email="wang@qq.com"),
        )
    )

    issues = list(find_shared_contacts(facts))

    assert places(issues) == [
        (2, "mobile", "contact-shared"),
        (3, "mobile", "contact-shared"),
        (2, "email", "contact-shared"),
        (4, "email", "contact-shared"),
    ]
    assert issues[0].message(Language.ZH) == "有 2 行都是这个"


def test_blank_contacts_are_not_shared() -> None:
    facts = facts_of(tab_read("Customers", customer(mobile=""), customer(mobile="")))

    assert list(find_shared_contacts(facts)) == []


def test_rows_that_share_a_row_id_are_named() -> None:
    facts = facts_of(
        tab_read(
            "Customers", customer(row_id="mine"), customer(row_id=A), customer(row_id=A), customer(row_id="")
        )
    )

    issues = list(find_unclear_identities(facts))

    assert places(issues) == [(3, "row_id", "row-id-shared"), (4, "row_id", "row-id-shared")]
    assert issues[0].message(Language.EN).startswith(f"several rows carry the row id {A}")


@pytest.mark.parametrize(
    ("birth_date", "collected_at", "named"),
    [
        ("1990-05-01", "2020-01-01", False),
        ("2020-01-01", "2020-01-01", False),
        ("2020-01-02", "2020-01-01", True),
        ("", "2020-01-01", False),
        ("1990-05-01", "soon", False),
        ("2030-01-01", "2020-01-01", False),
    ],
)
def test_nobody_is_entered_before_being_born(birth_date: str, collected_at: str, *, named: bool) -> None:
    facts = facts_of(tab_read("Customers", customer(birth_date=birth_date, collected_at=collected_at)))

    issues = list(find_days_out_of_order(facts))

    assert places(issues) == [(2, "collected_at", "date-before")] * named


def test_a_day_out_of_order_says_what_it_lies_before() -> None:
    facts = facts_of(tab_read("Customers", customer(birth_date="2020-01-02", last_purchase_at="2020-01-01")))

    (issue,) = find_days_out_of_order(facts)

    assert issue.message(Language.ZH) == "2020-01-01 早于出生日期 2020-01-02"
