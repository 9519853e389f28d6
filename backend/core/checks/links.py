"""Checks between tabs: a reference has to lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.issues import Issue
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts


def find_dangling_references(facts: Facts) -> Iterator[Issue]:
    """Name references to a customer that is not in the Customers tab, by its number or its row id."""
    for table in facts.tables.values():
        for column in table.bound(Kind.REFERENCE):
            values = table.value(column.id)
            lost = (values != "") & ~values.isin(facts.known_customers)
            for row in lost.index[lost]:
                yield Issue(
                    tab=table.tab.id,
                    row=row,
                    column=column.id,
                    code="reference-unknown",
                    value=table.cell(row, column.id),
                    params=(("value", str(values.at[row])),),
                )
