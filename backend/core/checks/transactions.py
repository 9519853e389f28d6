"""Checks on order lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from backend.core.checks.found import at_cell
from backend.core.fields.money import format_minor
from backend.core.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts, Table

Key = tuple[str, str]
"""An order or a customer, and a currency."""

_ROUNDING = 1.000001
"""Minor units by which an amount may miss the product of two rounded figures."""

_MAY_BE_NEGATIVE = frozenset({"refunded", "cancelled"})


def find_unmarked_refunds(facts: Facts) -> Iterator[Issue]:
    """Name negative amounts whose status does not say that money went back."""
    table = facts.transactions
    if table is None or not {"amount", "status"} <= set(table.columns):
        return
    amounts = table.value("amount")
    negative = amounts[amounts != ""].astype("int64") < 0
    statuses = table.value("status")
    for row in negative.index[negative]:
        if statuses.at[row] not in _MAY_BE_NEGATIVE:
            yield Issue(
                tab="Transactions",
                row=row,
                column="amount",
                code="refund-not-marked",
                value=table.cell(row, "amount"),
            )


def find_amounts_without_rate(facts: Facts) -> Iterator[Issue]:
    """Name amounts in a currency that Settings gives no rate for: they do not count."""
    table = facts.transactions
    if table is None or "currency" not in table.columns:
        return
    settings = facts.rules.settings
    known = {"", settings.base_currency, *(currency for currency, _ in settings.rates)}
    currencies = table.value("currency")
    strange = currencies[~currencies.isin(known)]
    for row, currency in zip(strange.index, strange, strict=True):
        yield Issue(
            tab="Transactions",
            row=row,
            column="currency",
            code="currency-no-rate",
            value=table.cell(row, "currency"),
            params=(("currency", currency), ("base", settings.base_currency)),
        )


def find_amounts_unlike_the_product(facts: Facts) -> Iterator[Issue]:
    """Name amounts that are not quantity times unit price: above it a warning, below it may be a discount."""
    table = facts.transactions
    if table is None or not {"amount", "quantity", "unit_price"} <= set(table.columns):
        return
    said = [table.value(name) for name in ("amount", "quantity", "unit_price")]
    for place, (row, *figures) in enumerate(zip(table.raw.index, *said, strict=True)):
        if "" not in figures:
            amount, product = abs(figures[0]), abs(figures[1] * figures[2])
            if abs(amount - product) > _ROUNDING:
                code = "amount-above-product" if amount > product else "amount-below-product"
                yield at_cell(table, row, "amount", code, product=_money(table, place, round(product)))


def find_refunds_above_the_purchase(facts: Facts) -> Iterator[Issue]:
    """Name refunds of an order, or without order numbers of a customer, that come to more than was paid.

    An order that was cancelled does not count; refunds of a purchase that is not in the sheet are not blamed.
    """
    table = facts.transactions
    if table is None or "amount" not in table.columns:
        return
    lines = list(_lines(table))
    paid, refunded = Counter[Key](), Counter[Key]()
    for _, key, minor in lines:
        (paid if minor > 0 else refunded)[key] += abs(minor)
    for place, key, minor in lines:
        if minor < 0 and 0 < paid[key] < refunded[key]:
            figures = {
                "refunded": _money(table, place, refunded[key]),
                "paid": _money(table, place, paid[key]),
            }
            yield at_cell(table, int(table.raw.index[place]), "amount", "refund-above-purchase", **figures)


def _lines(table: Table) -> Iterator[tuple[int, Key, int]]:
    """Give position, (order or customer, currency) and amount of the lines that moved money."""
    name = "order_no" if "order_no" in table.columns else "customer_id"
    said = (table.value(one) for one in (name, "currency", "status", "amount"))
    for place, (of, currency, status, amount) in enumerate(zip(*said, strict=True)):
        if of and amount != "" and status != "cancelled":
            yield place, (of, currency), int(amount)


def _money(table: Table, place: int, minor: int) -> str:
    return format_minor(minor, table.columns["amount"].field(place).part("currency"))
