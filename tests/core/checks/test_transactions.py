from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.checks.transactions import find_amounts_without_rate, find_unmarked_refunds
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
