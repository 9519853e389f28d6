"""Checks on days that follow one another, as the schema says: nobody was entered before being born."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from backend.core.checks.found import at_cell
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from backend.core.checks.facts import Facts, Table
    from backend.core.issues import Issue
    from sheets_schema.model import Column


def find_days_out_of_order(facts: Facts) -> Iterator[Issue]:
    """Name days that lie before another day of their row that they have to follow."""
    for table in facts.tables.values():
        for column in table.bound(Kind.DATE):
            for earlier in column.follows:
                if earlier in table.columns:
                    yield from _before(facts, table, column, table.tab.column(earlier), table.value(earlier))


def find_days_before_those_of_the_customer(facts: Facts) -> Iterator[Issue]:
    """Name days of an order that lie before a day of its customer that they have to follow."""
    customers = facts.customers
    for table in facts.tables.values():
        references = table.bound(Kind.REFERENCE)
        for column in table.bound(Kind.DATE):
            for tab_id, dot, earlier in (name.partition(".") for name in column.follows):
                if dot and tab_id == customers.tab.id and earlier in customers.columns and references:
                    days = customers.everywhere.value(earlier).tolist()
                    known = facts.known_customers
                    said = table.value(references[0].id).map(
                        lambda name, days=days, known=known: days[known[name]] if name in known else ""
                    )
                    yield from _before(facts, table, column, customers.tab.column(earlier), said)


def _before(
    facts: Facts, table: Table, column: Column, followed: Column, days: pd.Series[Any]
) -> Iterator[Issue]:
    later, earlier = table.value(column.id).to_numpy(), days.to_numpy()
    # A day that has not come yet is named as such.
    before = (later != "") & (earlier != "") & (later < earlier) & (earlier <= facts.today.isoformat())
    label = followed.label
    for place in np.flatnonzero(before).tolist():
        named = {"column_zh": label.zh, "column_en": label.en}
        row = int(table.raw.index[place])
        yield at_cell(
            table, row, column.id, "date-before", **named, date=later[place], earlier=earlier[place]
        )
