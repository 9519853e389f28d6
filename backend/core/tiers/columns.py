"""Purchases of a register without order lines: its own total, count and last-purchase columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.core.tiers.purchases import Totals, ordinals

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

COLUMNS = ("total_amount", "order_count", "last_purchase_at")
"""Columns of Customers that are read; any one of them is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedTotals:
    """Totals as the team keeps them, by position of the customer.

    Attributes:
        amount_minor: Total so far, minor units of the base currency.
        orders: Orders so far; where only an amount or a day is known, one.
        last: Ordinal of the last purchase; 0 where unknown.
    """

    amount_minor: np.ndarray
    orders: np.ndarray
    last: np.ndarray

    def totals(self, *, today: date, window_days: int | None) -> Totals:
        """Give the figures for a window: everything, unless the last purchase is known to lie before it."""
        before = (self.last > 0) & (today.toordinal() - self.last >= (window_days or np.inf))
        return Totals(
            amount_minor=np.where(before, 0, self.amount_minor),
            orders=np.where(before, 0, self.orders),
            enquiries=np.zeros(len(self.last), dtype="int64"),
        )

    def last_days(self, *, today: date) -> np.ndarray:
        """Give the ordinal of each customer's last purchase up to today; 0 where there is none."""
        return np.where(self.last <= today.toordinal(), self.last, 0)


def read_totals(customers: pd.DataFrame) -> RecordedTotals | None:
    """Read the columns a team keeps itself; None when the register has none of them, or all are blank.

    Args:
        customers: Normalised values: `total_amount` (minor units), `order_count` (int),
            `last_purchase_at` (ISO text), each '' where blank, each column where the sheet has it.
    """
    present = [name for name in COLUMNS if name in customers and (customers[name] != "").any()]
    if not present:
        return None
    numbers = {
        name: customers[name].where(customers[name] != "", 0).astype("int64").to_numpy()
        if name in present
        else np.zeros(len(customers), dtype="int64")
        for name in ("total_amount", "order_count")
    }
    last = np.zeros(len(customers), dtype="int64")
    if "last_purchase_at" in present:
        last = ordinals(customers["last_purchase_at"]).to_numpy()
    once = ((numbers["total_amount"] > 0) | (last > 0)).astype("int64")
    return RecordedTotals(
        amount_minor=numbers["total_amount"],
        orders=numbers["order_count"] if "order_count" in present else once,
        last=last,
    )
