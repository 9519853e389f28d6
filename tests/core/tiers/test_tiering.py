from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from backend.core.tiers.columns import read_totals
from backend.core.tiers.purchases import Purchases, read_purchases
from backend.core.tiers.rules import TierRule, default_tier_rules
from backend.core.tiers.tiering import Figures, tier_customers
from tests.builders import TODAY

IDS = ("C1", "C2", "C3")
ROWS = pd.Index([2, 5, 9])


def purchases(*lines: tuple[str, str, int]) -> Purchases:
    columns = ["customer_id", "transaction_date", "amount", "status"]
    rows = [(*line, "") if len(line) == 3 else line for line in lines]
    return read_purchases(
        pd.DataFrame(rows, columns=columns, dtype=object),
        customers=3,
        base_currency="CNY",
        rates={},
        known={customer: place for place, customer in enumerate(IDS)},
    )


def rule(priority: int, tier: str, **conditions: Any) -> TierRule:
    return TierRule(priority=priority, tier=tier, **conditions)


def tiers(bought: Any, *rules: TierRule) -> dict[str, str]:
    figures = tier_customers(bought, ROWS, rules, today=TODAY)
    assert list(figures) == [2, 5, 9]
    return {customer: figures[row].tier for customer, row in zip(IDS, ROWS, strict=True)}


def test_the_tier_follows_the_spend_inside_the_window() -> None:
    bought = purchases(
        ("C1", "2026-05-01", 4_999_999),
        ("C2", "2026-05-01", 3_000_000),
        ("C2", "2026-06-30", 2_000_000),
        ("C3", "2025-06-30", 9_000_000),
    )

    found = tiers(
        bought,
        rule(1, "important", window_days=365, min_amount_minor=5_000_000),
        rule(2, "ordinary", window_days=365, min_orders=1),
        rule(3, "potential"),
    )

    assert found == {"C1": "ordinary", "C2": "important", "C3": "potential"}


def test_the_default_rules_tell_four_tiers_apart() -> None:
    days = [(TODAY - timedelta(days=age)).isoformat() for age in (10, 20, 30)]
    bought = purchases(*(("C1", day, 400_000) for day in days), ("C2", "2020-01-01", 400_000))

    assert tiers(bought, *default_tier_rules("CNY")) == {
        "C1": "important",
        "C2": "potential",
        "C3": "unrated",
    }


def test_the_first_rule_that_holds_gives_the_tier() -> None:
    bought = purchases(("C1", "2026-11-01", 100))

    found = tiers(bought, rule(1, "ordinary", min_orders=1), rule(2, "important", min_orders=1))

    assert found == {"C1": "ordinary", "C2": "unrated", "C3": "unrated"}


@pytest.mark.parametrize(("any_of", "holders"), [(False, {"C1"}), (True, {"C1", "C2", "C3"})])
def test_all_conditions_have_to_hold_unless_any_is_enough(holders: set[str], *, any_of: bool) -> None:
    bought = purchases(
        ("C1", "2026-11-01", 50), ("C1", "2026-11-01", 50), ("C2", "2026-11-01", 100),
        ("C3", "2026-11-01", 1), ("C3", "2026-11-01", 1),
    )  # fmt: skip

    found = tiers(bought, rule(1, "important", min_amount_minor=100, min_orders=2, any_of=any_of))

    assert {customer for customer, tier in found.items() if tier == "important"} == holders


@pytest.mark.parametrize(("age", "holds"), [(30, True), (31, False)])
def test_a_purchase_is_recent_through_its_last_day(age: int, *, holds: bool) -> None:
    bought = purchases(("C1", (TODAY - timedelta(days=age)).isoformat(), 100))

    found = tiers(bought, rule(1, "important", max_recency_days=30))

    assert found == {"C1": "important" if holds else "unrated", "C2": "unrated", "C3": "unrated"}


def test_who_only_asked_is_potential() -> None:
    bought = purchases(("C2", "2026-11-01", 100, "quoted"))  # type: ignore[arg-type]

    assert tiers(bought, rule(1, "potential", min_enquiries=1))["C2"] == "potential"


def test_a_rule_out_of_force_gives_nothing() -> None:
    bought = purchases(("C1", "2026-11-01", 100))

    found = tiers(
        bought, rule(1, "important", min_orders=1, effective_to=date(2026, 11, 21)), rule(2, "ordinary")
    )

    assert found == {"C1": "ordinary", "C2": "ordinary", "C3": "ordinary"}


def test_the_figures_are_those_of_the_rules_window_and_of_all_time_where_it_asks_nothing() -> None:
    inside = rule(1, "important", window_days=365, min_orders=1)
    rest = rule(2, "unrated", window_days=365)
    bought = purchases(("C1", "2026-11-01", 100), ("C1", "2020-01-01", 900), ("C2", "2020-01-01", 900))

    figures = tier_customers(bought, ROWS, [inside, rest], today=TODAY)

    assert figures[2] == Figures(rule=inside, amount_minor=100, orders=1, last_purchase=date(2026, 11, 1))
    assert figures[5] == Figures(rule=rest, amount_minor=900, orders=1, last_purchase=date(2020, 1, 1))
    assert figures[9] == Figures(rule=rest)


def test_recorded_totals_give_tiers_without_order_lines() -> None:
    totals = read_totals(
        pd.DataFrame(
            {
                "total_amount": [1_000_000, 999_999, ""],
                "order_count": [3, 3, ""],
                "last_purchase_at": ["2026-11-01", "2026-11-01", ""],
            },
            dtype=object,
        )
    )

    found = tiers(totals, *default_tier_rules("CNY"))

    assert found == {"C1": "important", "C2": "ordinary", "C3": "unrated"}


def test_without_purchase_data_everybody_is_unrated() -> None:
    figures = tier_customers(None, ROWS, default_tier_rules("CNY"), today=TODAY)

    assert figures == dict.fromkeys([2, 5, 9], Figures(rule=None, has_data=False))
    assert {one.tier for one in figures.values()} == {"unrated"}
