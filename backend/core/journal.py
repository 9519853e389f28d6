"""What a run is about to change, kept so that it can be taken back: by row id, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.core import signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from backend.core.fields.field import Cell
    from backend.core.plan import Plan
    from backend.core.snapshot import Snapshot, TabRead

_NOT_TAKEN_BACK = ("row_id", "sig")
"""Columns of the block that are no answers: an id stays with its row, a signature is made anew."""

_LOG = "Runs"
"""The tab that says which runs there were; it says so after an undo, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One row of one tab that a run changes.

    Attributes:
        tab: Tab id.
        row_id: The customer's row id; '' for a line of a tool tab, which is known by what it says.
        before: Cells by field id as they were: of a block or a line all of them, changed or not.
        after: The same cells as the run leaves them.
    """

    tab: str
    row_id: str
    before: Mapping[str, Cell]
    after: Mapping[str, Cell]


def entries_of(plan: Plan, snapshot: Snapshot) -> Iterator[JournalEntry]:
    """Give everything a plan is about to change.

    Args:
        plan: The plan.
        snapshot: What it was made from.
    """
    yield from _block_entries(plan, snapshot["Customers"])
    for tab_id, lines in plan.lines.items():
        if tab_id != _LOG:
            present = snapshot[tab_id].frame.reindex(index=lines.index, columns=lines.columns)
            columns = list(lines.columns)
            for before, after in zip(
                _records(present.astype(object).fillna(""), columns), _records(lines, columns), strict=True
            ):
                yield JournalEntry(tab=tab_id, row_id="", before=before, after=after)


def _block_entries(plan: Plan, customers: TabRead) -> Iterator[JournalEntry]:
    """Give the blocks that change, each by the id it is going to be of.

    What an id's block held is read where its own signature stands: a sort may have left it beside another
    row. A row that is new, or a copy, had no block of its own.
    """
    names = [name for name in plan.after.columns if name not in _NOT_TAKEN_BACK]
    held = {sig.row_id: row for row, sig in _own_signatures(customers)}
    blocks = dict(
        zip(customers.frame.index, _records(customers.frame.reindex(columns=names), names), strict=True)
    )
    ids = zip(plan.before.get("row_id", ()), plan.after.get("row_id", ()), strict=True)
    for (old, new), after in zip(ids, _records(plan.after, names), strict=True):
        row_id = str(new or old)
        before = blocks[held[row_id]] if row_id in held else dict.fromkeys(names, "")
        if row_id and before != after:
            yield JournalEntry(tab="Customers", row_id=row_id, before=before, after=after)


def _own_signatures(customers: TabRead) -> Iterator[tuple[int, signature.Signature]]:
    rows = zip(customers.frame.index, customers.cells("row_id"), customers.cells("sig"), strict=True)
    return (
        (row, sig) for row, row_id, text in rows if (sig := signature.parse(text)) and sig.row_id == row_id
    )


def _records(frame: pd.DataFrame, names: list[str]) -> list[dict[str, Any]]:
    columns = [frame[name].tolist() for name in names]
    if not names:
        return [{} for _ in range(len(frame))]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
