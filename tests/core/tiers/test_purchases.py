from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from backend.core.tiers.purchases import Purchases, ordinals, read_purchases
from tests.builders import TODAY

KNOWN = {"K1": 0, "K2": 1, "C-7K3M9-QX2V4": 0}


def line(customer: str, day: str, amount: object, **rest: str) -> dict[str, object]:
    return {"customer_id": customer, "transaction_date": day, "amount": amount, **rest}


def bought(*lines: dict[str, object], rates: dict[str, float] | None = None, base: str = "CNY") -> Purchases:
    frame = pd.DataFrame(list(lines), dtype=object).fillna("")
    if frame.empty:
        frame = pd.DataFrame(columns=["customer_id", "transaction_date", "amount"], dtype=object)
    return read_purchases(frame, customers=2, base_currency=base, rates=rates or {}, known=KNOWN)


def figures(purchases: Purchases, window_days: int | None = None) -> dict[str, list[int]]:
    totals = purchases.totals(today=TODAY, window_days=window_days)
    return {
        "amount": totals.amount_minor.tolist(),
        "orders": totals.orders.tolist(),
        "enquiries": totals.enquiries.tolist(),
    }


def last_days(purchases: Purchases) -> list[int]:
    return [int(day and TODAY.toordinal() - day) for day in purchases.last_days(today=TODAY)]


def day(age: int) -> str:
    return (TODAY - timedelta(days=age)).isoformat()


@pytest.mark.parametrize(("age", "counts"), [(0, True), (364, True), (365, False), (366, False), (-1, False)])
def test_a_window_of_365_days_ends_today_and_leaves_out_the_day_365_days_ago(
    age: int, *, counts: bool
) -> None:
    found = figures(bought(line("K1", day(age), 100)), 365)

    assert found == {"amount": [100 * counts, 0], "orders": [int(counts), 0], "enquiries": [0, 0]}


def test_without_a_window_everything_up_to_today_counts() -> None:
    purchases = bought(line("K1", "1990-01-01", 100), line("K1", day(0), 50), line("K1", day(-1), 25))

    assert figures(purchases)["amount"] == [150, 0]


def test_lines_of_an_order_are_one_order_and_lines_without_a_number_are_each_their_own() -> None:
    purchases = bought(
        line("K1", day(1), 100, order_no="A"),
        line("K1", day(1), 200, order_no="A"),
        line("K2", day(1), 400, order_no="A"),
        line("K1", day(1), 10),
        line("K1", day(1), 10),
    )

    assert figures(purchases) == {"amount": [320, 400], "orders": [3, 1], "enquiries": [0, 0]}


def test_a_refund_lowers_the_spend_and_takes_back_an_order_that_comes_to_nothing() -> None:
    purchases = bought(
        line("K1", day(9), 300, order_no="A", status="completed"),
        line("K1", day(8), -300, order_no="A", status="refunded"),
        line("K1", day(7), 500, order_no="B", status="paid"),
    )

    assert figures(purchases) == {"amount": [500, 0], "orders": [1, 0], "enquiries": [0, 0]}


def test_a_refund_under_another_order_number_lowers_the_spend_and_leaves_the_order() -> None:
    purchases = bought(
        line("K1", day(9), 300, order_no="A", status="completed"),
        line("K1", day(8), -100, order_no="A-R", status="refunded"),
    )

    assert figures(purchases) == {"amount": [200, 0], "orders": [1, 0], "enquiries": [0, 0]}


def test_a_refund_larger_than_the_purchase_makes_the_spend_negative() -> None:
    purchases = bought(line("K1", day(9), 300), line("K1", day(8), -500, status="refunded"))

    assert figures(purchases)["amount"] == [-200, 0]


@pytest.mark.parametrize(
    ("status", "amount", "orders", "enquiries"),
    [
        ("", 100, 1, 0),
        ("paid", 100, 1, 0),
        ("shipped", 100, 1, 0),
        ("completed", 100, 1, 0),
        ("cancelled", 0, 0, 0),
        ("refunded", 0, 0, 0),
        ("enquiry", 0, 0, 1),
        ("quoted", 0, 0, 1),
        ("ordered", 0, 0, 1),
    ],
)
def test_only_what_was_paid_counts_as_bought(status: str, amount: int, orders: int, enquiries: int) -> None:
    found = figures(bought(line("K1", day(1), 100, status=status)))

    assert found == {"amount": [amount, 0], "orders": [orders, 0], "enquiries": [enquiries, 0]}


def test_a_line_without_customer_day_or_amount_is_left_out_but_an_enquiry_needs_no_amount() -> None:
    purchases = bought(
        line("K9", day(1), 1),
        line("", day(1), 2),
        line("K1", "", 4),
        line("K1", day(1), ""),
        line("K1", day(1), "", status="enquiry"),
        line("C-7K3M9-QX2V4", day(1), 8),
    )

    assert figures(purchases) == {"amount": [8, 0], "orders": [1, 0], "enquiries": [1, 0]}


@pytest.mark.parametrize(
    ("base", "currency", "amount", "in_base"),
    [
        ("CNY", "CNY", 1_000, 1_000),
        ("CNY", "", 1_000, 1_000),
        ("CNY", "USD", 1_000, 7_100),
        ("CNY", "JPY", 1_000, 5_000),  # 1,000 yen at 0.05 are 50.00 yuan
        ("CNY", "KWD", 1_000, 2_300),  # 1.000 dinar at 23 is 23.00 yuan
        ("JPY", "USD", 1_000, 71),  # 10.00 dollars at 7.1 are 71 yen
        ("CNY", "HKD", 1_000, 0),
        ("CNY", "USD", 2**60, 0),
    ],
)
def test_other_currencies_count_at_their_rate_and_not_without_one(
    base: str, currency: str, amount: int, in_base: int
) -> None:
    purchases = bought(
        line("K1", day(1), amount, currency=currency), rates={"USD": 7.1, "JPY": 0.05, "KWD": 23.0}, base=base
    )

    assert figures(purchases)["amount"] == [in_base, 0]


def test_the_last_purchase_is_no_refund_no_enquiry_and_not_ahead() -> None:
    purchases = bought(
        line("K1", day(30), 100),
        line("K1", day(20), 100),
        line("K1", day(10), -100, status="refunded"),
        line("K1", day(5), 100, status="quoted"),
        line("K1", day(-1), 100),
    )

    assert last_days(purchases) == [20, 0]


def test_a_register_without_lines_has_no_purchases() -> None:
    purchases = bought()

    assert figures(purchases) == {"amount": [0, 0], "orders": [0, 0], "enquiries": [0, 0]}
    assert last_days(purchases) == [0, 0]


def test_days_become_ordinals_and_a_blank_becomes_nought() -> None:
    days = ordinals(
        pd.Series(["0001-01-01", "", "1970-01-01", "2026-11-22", "1970-01-01"], index=[2, 3, 5, 7, 9])
    )

    assert days.to_dict() == {2: 1, 3: 0, 5: 719_163, 7: TODAY.toordinal(), 9: 719_163}
