from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.checks.transactions import (
    find_amounts_unlike_the_product,
    find_amounts_without_rate,
    find_refunds_above_the_purchase,
    find_unmarked_refunds,
)
from sheets_schema.model import Language
from tests.builders import Line, customer, facts_of, places, tab_read

if TYPE_CHECKING:
    from backend.core.checks.facts import Facts


def facts(*lines: Line, **settings: str) -> Facts:
    orders = [tab_read("Transactions", *lines)] if lines else []
    return facts_of(tab_read("Customers", customer()), *orders, settings=settings)


@pytest.mark.parametrize(
    ("amount", "status", "named"),
    [
        (-5, "completed", True),
        (-5, "", True),
        (-5, "no such status", True),
        (-5, "已退款", False),
        (-5, "cancelled", False),
        (5, "completed", False),
        ("", "completed", False),
    ],
)
def test_money_that_went_back_is_marked_as_refunded(amount: object, status: str, *, named: bool) -> None:
    issues = list(find_unmarked_refunds(facts({"amount": amount, "status": status})))

    assert places(issues) == [(2, "amount", "refund-not-marked")] * named


@pytest.mark.parametrize("lines", [[], [{"amount": -5}], [{"status": "paid"}]])
def test_without_amounts_and_statuses_no_refund_is_unmarked(lines: list[Line]) -> None:
    assert list(find_unmarked_refunds(facts(*lines))) == []


@pytest.mark.parametrize(
    ("currency", "named"),
    [
        ("", False),
        ("CNY", False),
        ("cny", False),
        ("usd", False),
        ("ＵＳＤ", False),
        ("HKD", True),
        ("元", True),
    ],
)
def test_a_currency_without_a_rate_is_named(currency: str, *, named: bool) -> None:
    issues = list(find_amounts_without_rate(facts({"amount": 5, "currency": currency}, rates="USD=7.1")))

    assert places(issues) == [(2, "currency", "currency-no-rate")] * named


def test_a_currency_without_a_rate_says_which() -> None:
    (issue,) = find_amounts_without_rate(facts({"currency": "hkd"}, base_currency="USD"))

    assert issue.message(Language.EN) == "Settings has no rate from HKD to USD, so the line does not count"


@pytest.mark.parametrize("lines", [[], [{"amount": 5}]])
def test_without_currencies_every_amount_counts(lines: list[Line]) -> None:
    assert list(find_amounts_without_rate(facts(*lines))) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"quantity": 3, "unit_price": 9.99, "amount": 29.97}, ""),
        ({"quantity": 3, "unit_price": 3.33, "amount": 10}, ""),
        ({"quantity": 3, "unit_price": 3.33, "amount": 10.01}, "above"),
        ({"quantity": 1.5, "unit_price": 0.33, "amount": 0.49}, ""),
        ({"quantity": 1.5, "unit_price": 0.33, "amount": 0.50}, ""),
        ({"quantity": 2, "unit_price": 100, "amount": 180}, "below"),
        ({"quantity": 2, "unit_price": 100, "amount": -200}, ""),
        ({"quantity": -2, "unit_price": 100, "amount": -200}, ""),
        ({"quantity": "", "unit_price": 100, "amount": 1}, ""),
        ({"quantity": "two", "unit_price": 100, "amount": 1}, ""),
        ({"quantity": 0, "unit_price": 100, "amount": 1}, "above"),
    ],
)
def test_an_amount_is_quantity_times_price(line: Line, code: str) -> None:
    issues = list(find_amounts_unlike_the_product(facts(line)))

    assert places(issues) == ([(2, "amount", f"amount-{code}-product")] if code else [])


def test_an_amount_that_is_too_high_says_what_it_should_be() -> None:
    (issue,) = find_amounts_unlike_the_product(facts({"quantity": 3, "unit_price": 1000, "amount": 4000}))

    assert issue.message(Language.EN) == "is more than quantity times price, 3,000.00"


def order(order_no: str, amount: float, **cells: object) -> Line:
    return {"order_no": order_no, "amount": amount, "currency": "CNY", "status": "paid", **cells}


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ([order("A", 100), order("A", -100, status="refunded")], []),
        ([order("A", 100), order("A", -101, status="refunded")], [3]),
        ([order("A", 100), order("A", -60), order("A", -60)], [3, 4]),
        ([order("A", 100), order("A", 50), order("A", -150)], []),
        ([order("A", 100), order("B", -101)], []),
        ([order("A", -5)], []),
        ([order("", 100), order("", -101)], []),
        ([order("A", 100, status="cancelled"), order("A", 50), order("A", -60)], [4]),
        ([order("A", 100), order("A", -101, currency="USD")], []),
    ],
)
def test_refunds_of_an_order_come_to_no_more_than_was_paid(lines: list[Line], rows: list[int]) -> None:
    issues = list(find_refunds_above_the_purchase(facts(*lines)))

    assert places(issues) == [(row, "amount", "refund-above-purchase") for row in rows]


def test_without_order_numbers_refunds_are_counted_by_customer() -> None:
    lines: list[Line] = [
        {"customer_id": "K1", "amount": 100},
        {"customer_id": "K1", "amount": -120.5},
        {"customer_id": "K2", "amount": -1},
    ]

    (issue,) = find_refunds_above_the_purchase(facts(*lines))

    assert issue.row == 3
    assert issue.message(Language.EN) == "refunds come to 120.50, more than the 100.00 that was paid"


@pytest.mark.parametrize("lines", [[], [{"order_no": "A"}], [{"amount": -5}]])
def test_without_orders_or_amounts_no_refund_is_too_high(lines: list[Line]) -> None:
    assert list(find_refunds_above_the_purchase(facts(*lines))) == []
    assert list(find_amounts_unlike_the_product(facts(*lines))) == []
