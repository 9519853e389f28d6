"""Gives every customer a tier by the team's rules, with the figures behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from backend.core.tiers.columns import RecordedTotals
    from backend.core.tiers.purchases import Purchases, Totals
    from backend.core.tiers.rules import TierRule

UNRATED = "unrated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures one customer's tier rests on.

    Attributes:
        rule: The rule that held; None when none did.
        amount_minor: Net amount in the rule's window, minor units of the base currency; in all time where
            no rule held or the rule asks nothing, and so the next two.
        orders: Valid orders.
        enquiries: Enquiries, quotes and unpaid orders.
        last_purchase: Day of the last purchase, in or out of the window.
        has_data: Whether the register has any purchase data at all.
    """

    rule: TierRule | None
    amount_minor: int = 0
    orders: int = 0
    enquiries: int = 0
    last_purchase: date | None = None
    has_data: bool = True

    @property
    def tier(self) -> str:
        """Code of the tier."""
        return self.rule.tier if self.rule is not None else UNRATED


def tier_customers(
    purchases: Purchases | RecordedTotals | None,
    index: pd.Index[int],
    rules: Sequence[TierRule],
    *,
    today: date,
) -> Mapping[int, Figures]:
    """Give every customer the tier of the first rule that holds.

    Args:
        purchases: Order lines, or recorded totals, by position of the customer; None when the register
            has no purchase data.
        index: Sheet rows of the customers, in the order of their positions.
        rules: The team's rules by priority.
        today: Last day of every window, included.

    Returns:
        `Figures` for each sheet row.
    """
    if purchases is None:
        return dict.fromkeys(index, Figures(rule=None, has_data=False))
    in_force = [rule for rule in rules if rule.applies_on(today)]
    windows = {rule.window_days for rule in in_force} | {None}
    totals = {window: purchases.totals(today=today, window_days=window) for window in windows}
    last = purchases.last_days(today=today)
    chosen = np.full(len(index), -1)
    for place, rule in enumerate(in_force):
        holds = _holds(rule, totals[rule.window_days], last, today)
        chosen[(chosen < 0) & holds] = place
    return {
        row: _figures(in_force[place] if place >= 0 else None, position, totals, last)
        for position, (row, place) in enumerate(zip(index, chosen, strict=True))
    }


def _holds(rule: TierRule, totals: Totals, last: np.ndarray, today: date) -> np.ndarray:
    conditions: list[np.ndarray] = []
    if rule.min_amount_minor is not None:
        conditions.append(totals.amount_minor >= rule.min_amount_minor)
    if rule.min_orders is not None:
        conditions.append(totals.orders >= rule.min_orders)
    if rule.max_recency_days is not None:
        conditions.append((last > 0) & (today.toordinal() - last <= rule.max_recency_days))
    if rule.min_enquiries is not None:
        conditions.append(totals.enquiries >= rule.min_enquiries)
    if not conditions:
        return np.ones(len(last), dtype=bool)
    held: np.ndarray = np.any(conditions, axis=0) if rule.any_of else np.all(conditions, axis=0)
    return held


def _figures(
    rule: TierRule | None, position: int, totals: dict[int | None, Totals], last: np.ndarray
) -> Figures:
    window = totals[rule.window_days if rule is not None and not rule.asks_nothing else None]
    return Figures(
        rule=rule,
        amount_minor=int(window.amount_minor[position]),
        orders=int(window.orders[position]),
        enquiries=int(window.enquiries[position]),
        last_purchase=date.fromordinal(int(last[position])) if last[position] else None,
    )
