"""Checks on customers that look at several rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.fields import email
from backend.core.fields.reading import excerpt
from backend.core.issues import Issue
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts


def find_shared_contacts(facts: Facts) -> Iterator[Issue]:
    """Name phones and e-mails on several rows; whether those are one customer is another question."""
    table = facts.customers
    for column in table.bound(Kind.PHONE, Kind.EMAIL):
        values = table.values[column.id]
        if column.kind is Kind.EMAIL:
            values = values.map(email.key)
        shared = values[(values != "") & values.duplicated(keep=False)]
        counts = shared.value_counts()
        for row, value in zip(shared.index, shared, strict=True):
            yield Issue(
                tab=table.tab.id,
                row=row,
                column=column.id,
                code="contact-shared",
                value=table.cell(row, column.id),
                params=(("rows", str(counts[value])),),
            )


def find_unclear_identities(facts: Facts) -> Iterator[Issue]:
    """Name rows of which it is not clear whose they are: they share an id, or are unlike its customer."""
    ids = facts.identities
    raw = dict(zip(facts.customers.read.frame.index, facts.customers.read.cells("row_id"), strict=True))
    for row in ids.unclear:
        params = (("row_id", excerpt(str(raw[row]))),)
        code = "row-id-doubted" if row in ids.doubted else "row-id-shared"
        yield Issue(tab="Customers", row=row, column="row_id", code=code, value=raw[row], params=params)
