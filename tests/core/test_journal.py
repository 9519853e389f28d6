"""What is kept of a change, so that it can be taken back."""

from __future__ import annotations

import pandas as pd

from backend.core import signature
from backend.core.journal import JournalEntry, entries_of
from backend.core.plan import Plan
from sheets_schema.tabs.customers import CUSTOMERS
from tests.builders import Line, snapshot_of, tab_read
from tests.core.test_ownership import A, B

BLOCK = [column.id for column in CUSTOMERS.block]


def line(row_id: str, status: str, sig_of: str) -> Line:
    """A customer with a block that is signed for an id."""
    sig = signature.unsigned(sig_of, ("0" * 7, "0" * 6, "0" * 6), signature.block_hash((status,)))
    return {"row_id": row_id, "status": status, "sig": f"{sig}#run", "full_name": "甲"}


def planned(*lines: Line, row: int, row_id: str, status: str) -> list[JournalEntry]:
    """Give what is kept when an id with this status is to stand on a row."""
    read = tab_read("Customers", *lines, columns=[*BLOCK, "full_name"])
    before = pd.DataFrame({name: read.cells(name) for name in BLOCK}).loc[[row]]
    after = pd.DataFrame([{**dict.fromkeys(BLOCK, ""), "row_id": row_id, "status": status}], index=[row])
    return list(entries_of(Plan(job="test", before=before, after=after), snapshot_of(read)))


def statuses(entries: list[JournalEntry]) -> list[tuple[str, object, object]]:
    return [(entry.row_id, entry.before["status"], entry.after["status"]) for entry in entries]


def test_what_a_block_held_is_read_where_its_signature_stands() -> None:
    found = planned(line(A, "old", A), line(B, "of B", B), row=3, row_id=A, status="new")

    assert statuses(found) == [(A, "old", "new")]


def test_of_two_blocks_of_one_id_the_one_that_changes_is_kept() -> None:
    """Somebody copied the row while its block was being written: one copy holds what it held before."""
    copies = line(A, "new", A), line(A, "old", A)

    for first, second in (copies, copies[::-1]):
        found = planned(first, second, line(B, "of B", B), row=4, row_id=A, status="new")

        assert statuses(found) == [(A, "old", "new")]


def test_of_two_blocks_of_one_id_the_one_on_the_row_itself_is_kept() -> None:
    found = planned(line(A, "here", A), line(A, "there", A), row=3, row_id=A, status="new")

    assert statuses(found) == [(A, "there", "new")]


def test_what_does_not_change_is_not_kept() -> None:
    assert planned(line(A, "same", A), row=2, row_id=A, status="same") == []
