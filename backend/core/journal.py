"""What a run is about to change, kept so that it can be taken back: by row id, before and after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from backend.core.fields.field import Cell
    from backend.core.plan import Plan
    from backend.core.snapshot import Snapshot, TabRead

_BLOCK = frozenset(column.id for column in CUSTOMERS.block)

_NOT_TAKEN_BACK = ("row_id", "sig")
"""Columns of the block that are no answers: an id stays with its row, a signature is made anew."""

_LOG = "Runs"
"""The tab that says which runs there were; it says so after an undo, too."""


class Deed(StrEnum):
    """What a run does to a row."""

    CHANGED = "changed"
    ADDED = "added"
    """It brings the row in; `after` is all the team's cells of it."""
    REMOVED = "removed"
    """It takes the row out, to the Archive tab; `before` is all the team's cells of it."""
    MADE = "made"
    """It makes the whole register; there are no cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One row of one tab that a run changes.

    Attributes:
        deed: What happens to the row.
        tab: Tab id.
        row_id: The customer's row id; '' for a line of a tool tab, which is known by what it says.
        before: Cells by field id as they were: of a block or a line all of them, changed or not.
        after: The same cells as the run leaves them.
    """

    tab: str
    row_id: str
    before: Mapping[str, Cell]
    after: Mapping[str, Cell]
    deed: Deed = Deed.CHANGED

    @property
    def changed_cells(self) -> int:
        """How many of the cells change."""
        return sum(cell != self.before.get(name, "") for name, cell in self.after.items())

    @property
    def is_by_hand(self) -> bool:
        """Whether it is about a row or a cell of the team's, which only guarded changes may touch."""
        return self.deed is not Deed.CHANGED or (
            self.tab == "Customers" and not _BLOCK.issuperset((*self.before, *self.after))
        )


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
    row. Where it stands twice (a row was copied while its block was written), it is the one that changes. A
    row that is new, or a copy, had no block of its own. What is left of a row that was cut and pasted
    elsewhere is blanked, and that is no change of the customer's block.
    """
    names = [name for name in plan.after.columns if name not in _NOT_TAKEN_BACK]
    held = _blocks_by_id(customers, names)
    nothing = dict.fromkeys(names, "")
    counts = Counter(customers.cells("row_id"))
    living = {*plan.after.get("row_id", ()), *(row_id for row_id, count in counts.items() if count > 1)}
    ids = zip(plan.after.index, plan.before.get("row_id", ()), plan.after.get("row_id", ()), strict=True)
    for (row, old, new), after in zip(ids, _records(plan.after, names), strict=True):
        row_id = str(new or ("" if old in living else old))
        blocks = held.get(row_id, {})
        candidates = [blocks[row]] if row in blocks else blocks.values() or [nothing]
        before = next((block for block in candidates if block != after), after)
        if row_id and before != after:
            yield JournalEntry(tab="Customers", row_id=row_id, before=before, after=after)


def _blocks_by_id(customers: TabRead, names: list[str]) -> dict[str, dict[int, dict[str, Any]]]:
    """Give the blocks that are signed for each id, by row; those beside the id first: a row may be copied."""
    from backend.core import signature  # noqa: PLC0415 - imports pandas, and the store has no use for that

    found: dict[str, dict[int, dict[str, Any]]] = {}
    blocks = _records(customers.frame.reindex(columns=names), names)
    cells = zip(customers.frame.index, customers.cells("row_id"), customers.cells("sig"), blocks, strict=True)
    signed = [
        (row, row_id, sig.row_id, block)
        for row, row_id, text, block in cells
        if (sig := signature.parse(text))
    ]
    for row, _, owner, block in sorted(signed, key=lambda one: one[1] != one[2]):
        found.setdefault(owner, {})[int(row)] = block
    return found


def _records(frame: pd.DataFrame, names: list[str]) -> list[dict[str, Any]]:
    columns = [frame[name].tolist() for name in names]
    if not names:
        return [{} for _ in range(len(frame))]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
