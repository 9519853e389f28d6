from __future__ import annotations

import pytest

from backend.core.checks.days import find_days_before_those_of_the_customer, find_days_out_of_order
from sheets_schema.model import Kind, Language
from sheets_schema.presets import TABS
from tests.builders import customer, facts_of, places, tab_read


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


@pytest.mark.parametrize(
    ("day", "named"), [("1989-12-31", True), ("1990-01-01", False), ("", False), ("soon", False)]
)
def test_nobody_buys_before_being_born(day: str, *, named: bool) -> None:
    facts = facts_of(
        tab_read(
            "Customers", customer(customer_id="K1"), customer(customer_id="K2", birth_date="1990-01-01")
        ),
        tab_read(
            "Transactions",
            {"customer_id": "K1", "transaction_date": "1989-12-31"},
            {"customer_id": "K2", "transaction_date": day},
            {"customer_id": "K3", "transaction_date": "1989-12-31"},
        ),
    )

    issues = list(find_days_before_those_of_the_customer(facts))

    assert places(issues) == [(3, "transaction_date", "date-before")] * named


def test_what_a_day_follows_is_a_day_of_the_schema() -> None:
    by_id = {tab.id: tab for tab in TABS}
    followed = [
        (by_id[tab_id] if dot else tab).column(name if dot else tab_id)
        for tab in TABS
        for column in tab
        for tab_id, dot, name in (one.partition(".") for one in column.follows)
    ]

    assert len(followed) >= 3
    assert {column.kind for column in followed} == {Kind.DATE}
