"""Checks on order lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts

_MAY_BE_NEGATIVE = frozenset({"refunded", "cancelled"})


def find_unmarked_refunds(facts: Facts) -> Iterator[Issue]:
    """Name negative amounts whose status does not say that money went back."""
    table = facts.transactions
    if table is None or not {"amount", "status"} <= set(table.columns):
        return
    amounts = table.values["amount"]
    negative = amounts[amounts != ""].astype("int64") < 0
    for row in negative.index[negative]:
        if table.values.at[row, "status"] not in _MAY_BE_NEGATIVE:
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
    currencies = table.values["currency"]
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
