"""What each customer bought and asked for: order lines with their effect on spend, orders and enquiries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.fields import money

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

BOUGHT = frozenset({"", "paid", "shipped", "completed"})
"""Statuses that count as a purchase; a register without statuses means purchases only."""

RETURNED = "refunded"
ASKED = frozenset({"enquiry", "quoted", "ordered"})
"""Statuses that show interest but are no purchase yet."""

LARGEST_MINOR = 2**53
"""Amounts from here on are slips of the keyboard, and a sum of them would overflow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Figures for each customer, as arrays in the order of the customers asked for.

    Attributes:
        amount_minor: Net amount in the window, minor units of the base currency, refunds taken off.
        orders: Valid orders in the window: orders whose lines come to more than nothing.
        enquiries: Enquiries, quotes and unpaid orders in the window.
    """

    amount_minor: np.ndarray
    orders: np.ndarray
    enquiries: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchases:
    """Order lines that can be counted.

    Attributes:
        lines: `customer` (position of the customer, int), `day` (ordinal, int), `order` (text),
            `amount_minor` (int64, base currency, negative for a refund), `bought` and `asked` (bool).
        customers: How many customers there are.
    """

    lines: pd.DataFrame
    customers: int

    def totals(self, *, today: date, window_days: int | None) -> Totals:
        """Give each customer's figures for the window that ends today, included."""
        age = today.toordinal() - self.lines["day"]
        inside = self.lines[(age >= 0) & ((age < window_days) if window_days is not None else True)]
        bought = inside[inside["bought"]]
        net = bought.groupby(["customer", "order"], sort=False)["amount_minor"].sum()
        owners = net.index.get_level_values("customer").to_numpy()
        asked = inside.loc[inside["asked"], "customer"].to_numpy()
        amounts = np.zeros(self.customers, dtype="int64")
        np.add.at(amounts, owners, net.to_numpy())
        return Totals(
            amount_minor=amounts,
            orders=np.bincount(owners[net.to_numpy() > 0], minlength=self.customers),
            enquiries=np.bincount(asked, minlength=self.customers),
        )

    def last_days(self, *, today: date) -> np.ndarray:
        """Give the ordinal of each customer's last purchase up to today; 0 where there is none."""
        lines = self.lines
        counted = lines[lines["bought"] & (lines["amount_minor"] > 0) & (lines["day"] <= today.toordinal())]
        last = np.zeros(self.customers, dtype="int64")
        np.maximum.at(last, counted["customer"].to_numpy(), counted["day"].to_numpy())
        return last


def read_purchases(
    transactions: pd.DataFrame,
    *,
    customers: int,
    base_currency: str,
    rates: Mapping[str, float],
    known: Mapping[str, int],
) -> Purchases:
    """Turn normalised order lines into purchases.

    Args:
        transactions: Normalised values: `customer_id`, `transaction_date` (ISO text), `amount` (minor units
            of the line's currency), and where the sheet has them `status` (code), `order_no`, `currency`.
            A line without a known customer, a date or an amount is left out.
        customers: How many customers there are.
        base_currency: ISO 4217 code that totals are in.
        rates: Units of the base currency one unit of another is worth; a line in a currency
            without a rate is left out.
        known: Position of a customer by customer id, row id or former id.
    """
    blank = pd.Series("", index=transactions.index, dtype=object)
    status = transactions.get("status", blank)
    amount = transactions["amount"].where(transactions["amount"] != "", 0).astype("int64")
    currency = transactions.get("currency", blank)
    base = _in_base(amount, currency.where(currency != "", base_currency), base_currency, rates)
    orders = transactions.get("order_no", blank)
    own = pd.Series([f"\x00{row}" for row in transactions.index], index=transactions.index, dtype=object)
    lines = pd.DataFrame(
        {
            "customer": transactions["customer_id"].map(known).fillna(-1).astype("int64"),
            "day": ordinals(transactions["transaction_date"]),
            "order": orders.where(orders != "", own),
            "amount_minor": base.fillna(0).astype("int64"),
            "bought": status.isin(BOUGHT) | ((status == RETURNED) & (amount < 0)),
            "asked": status.isin(ASKED),
        },
        index=transactions.index,
    )
    usable = (lines["customer"] >= 0) & (lines["day"] > 0) & base.notna()
    usable &= (transactions["amount"] != "") | lines["asked"]
    return Purchases(lines=lines[usable], customers=customers)


def ordinals(days: pd.Series[str]) -> pd.Series[int]:
    """Give the ordinal of ISO dates, 0 where there is none; each distinct date is read once."""
    codes, distinct = pd.factorize(days)
    stamps = pd.to_datetime(pd.Series(distinct, dtype=object), format="%Y-%m-%d", errors="coerce")
    ordinals = stamps.map(lambda stamp: 0 if pd.isna(stamp) else stamp.toordinal()).to_numpy(dtype="int64")
    return pd.Series(ordinals[codes], index=days.index, dtype="int64")


def _in_base(
    amount: pd.Series[int], currency: pd.Series[str], base_currency: str, rates: Mapping[str, float]
) -> pd.Series[float]:
    """Give amounts in minor units of the base currency; missing without a rate, or where too large."""
    factors = {
        code: 1.0
        if code == base_currency
        else rates[code] * 10.0 ** (money.exponent(base_currency) - money.exponent(code))
        for code in currency.unique()
        if code == base_currency or code in rates
    }
    in_base = (amount * currency.map(factors).astype(float)).round()
    return in_base.where(in_base.abs() < LARGEST_MINOR)
