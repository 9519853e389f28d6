"""Makes the cards of customers: what was decided about them, worded in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from backend.core.block import STATUS_LABELS, reason, worst
from backend.core.card import Alike, Card, Order, problem_of
from backend.core.duplicates import explain
from backend.core.fields import money
from sheets_schema.choices import ORDER_STATUSES, STRENGTHS, TIERS
from sheets_schema.model import Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.block import Answers
    from backend.core.checks.facts import Facts, Table
    from backend.core.issues import Issue
    from backend.jobs.deciding import Search

LAST_ORDERS = 5
_NOTHING = Text(zh="", en="")
_TIERS = {choice.code: choice.label for choice in TIERS}
_STRENGTHS = {choice.code: choice.label for choice in STRENGTHS}
_STATUSES = {choice.code: choice.label for choice in ORDER_STATUSES}


def card_of(
    facts: Facts,
    row: int,
    issues: Sequence[Issue],
    answers: Answers,
    *,
    alike: tuple[Alike, ...] = (),
    orders: tuple[Order, ...] = (),
) -> Card:
    """Give the card of one customer.

    Args:
        facts: The register, this row read.
        row: Row of the frame.
        issues: What was found in the row, in the order of the checks.
        answers: Its tier and why.
        alike: Rows that may be the same customer.
        orders: Its last orders.
    """
    table, row_id = facts.customers, facts.identities.ids[row]
    zh, en = (reason(facts, answers, row, language) for language in (Language.ZH, Language.EN))
    ranked = sorted(issues, key=lambda issue: -issue.severity.rank)
    return Card(
        row=row,
        spot=table.read.spot(row),
        row_id=row_id,
        name=str(table.cell(row, "full_name")),
        tier=_TIERS[answers.tier(row)] if row_id else _NOTHING,
        reason=Text(zh=zh, en=en) if row_id else _NOTHING,
        status=STATUS_LABELS[worst(issues)],
        problems=tuple(problem_of(table.tab, issue) for issue in ranked),
        alike=alike,
        orders=orders,
    )


def alike_of(facts: Facts, searched: Search, row: int) -> tuple[Alike, ...]:
    """Give the rows that may be the same customer as one of them, the surest first."""
    table = facts.customers.everywhere
    labels = {column.id: column.label for column in table.tab.columns}
    pairs = searched.duplicates.pairs
    theirs = pairs[(pairs["a"] == row) | (pairs["b"] == row)]
    found = []
    for a, b, strength, reasons in theirs[["a", "b", "strength", "evidence"]].itertuples(
        index=False, name=None
    ):
        other = b if a == row else a
        zh, en = (explain(reasons, language, labels) for language in (Language.ZH, Language.EN))
        found.append(
            Alike(
                spot=table.read.spot(other),
                name=str(table.cell(other, "full_name")),
                strength=_STRENGTHS[strength],
                evidence=Text(zh=zh, en=en),
            )
        )
    return tuple(found)


def last_orders(facts: Facts) -> tuple[Order, ...]:
    """Give the last lines of the orders that the facts hold, the newest first, at most five.

    A line without a date that can be read comes last; an amount that cannot be read is told as it stands.
    """
    lines = facts.transactions
    if lines is None:
        return ()
    blank = pd.Series("", index=lines.raw.index, dtype=object)
    days = lines.columns["transaction_date"].values if "transaction_date" in lines.columns else blank
    newest = days.iloc[::-1].sort_values(ascending=False, kind="stable").index[:LAST_ORDERS]
    return tuple(
        Order(day=str(days.at[row]), amount=_amount(facts, lines, row), status=_status(lines, row))
        for row in newest.tolist()
    )


def _amount(facts: Facts, lines: Table, row: int) -> str:
    if "amount" not in lines.columns:
        return ""
    minor: Any = lines.columns["amount"].values.at[row]
    if minor == "":
        return str(lines.cell(row, "amount"))
    own = lines.columns["currency"].values.at[row] if "currency" in lines.columns else ""
    currency = str(own or facts.rules.settings.base_currency)
    return f"{money.format_minor(int(minor), currency)} {currency}"


def _status(lines: Table, row: int) -> Text:
    if "status" not in lines.columns:
        return _NOTHING
    cell = str(lines.cell(row, "status"))
    return _STATUSES.get(str(lines.columns["status"].values.at[row]), Text(zh=cell, en=cell))
