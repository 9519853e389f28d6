"""Checks on customers that look at several rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from backend.core.checks.found import at_cell, repeats
from backend.core.fields import email
from backend.core.fields.reading import excerpt
from backend.core.issues import Issue
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts
    from backend.core.fields.column import FieldColumn


def find_shared_contacts(facts: Facts) -> Iterator[Issue]:
    """Name phones and e-mails on several rows; whether those are one customer is another question."""
    table = facts.customers
    for column in table.bound(Kind.PHONE, Kind.EMAIL):
        key = partial(_contact, table.everywhere.columns[column.id], column.kind)
        for _, row, count in repeats(table, column.id, key):
            yield at_cell(table, row, column.id, "contact-shared", rows=count)


def _contact(column: FieldColumn, kind: Kind, place: int) -> str:
    value = str(column.field(place).value)
    return email.key(value) if kind is Kind.EMAIL else value


def find_unclear_identities(facts: Facts) -> Iterator[Issue]:
    """Name rows of which it is not clear whose they are: they share an id, or are unlike its customer."""
    ids = facts.identities
    if not ids.unclear:
        return
    raw = dict(zip(facts.customers.read.frame.index, facts.customers.read.cells("row_id"), strict=True))
    for row in ids.unclear:
        params = (("row_id", excerpt(str(raw[row]))),)
        code = "row-id-doubted" if row in ids.doubted else "row-id-shared"
        yield Issue(tab="Customers", row=row, column="row_id", code=code, value=raw[row], params=params)
