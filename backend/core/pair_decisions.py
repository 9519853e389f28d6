"""What the team decided in the Duplicates tab, as the search for duplicates obeys it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.duplicates import Decisions
from backend.core.fields.binding import normaliser_of
from backend.core.fields.field import Context, State
from backend.core.fields.reading import excerpt
from backend.core.issues import Issue
from sheets_schema.tabs.duplicates import DUPLICATES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from backend.core.snapshot import TabRead

_ASKED = ("row_id_a", "row_id_b", "decision")
_SAME = "merge"
_APART = frozenset({"not_duplicate", "related"})


def read_decisions(
    read: TabRead | None, rows: Mapping[str, int], *, today: date
) -> tuple[Decisions, tuple[Issue, ...]]:
    """Read the decisions of the Duplicates tab.

    Args:
        read: The tab as read; None when the register has none.
        rows: Sheet row of Customers by row id; a line about a row that is gone says nothing any more.
        today: The day of the run.

    Returns:
        The decisions, by sheet row, and what is wrong with the lines. A decision that cannot be read is named
        and left out; "later" decides nothing.
    """
    if read is None or not all(read.has(name) for name in _ASKED):
        return Decisions(), ()
    normalise, context = normaliser_of(DUPLICATES.column("decision")), Context(today=today)
    same, apart, issues = [], [], []
    lines = read.frame[list(_ASKED)].astype(object)
    for line, id_a, id_b, cell in lines.itertuples(name=None):
        field = normalise(cell, context)
        if field.state in (State.INVALID, State.UNKNOWN):
            issues.append(_unreadable(int(line), str(cell)))
        elif str(id_a) in rows and str(id_b) in rows:
            pair = (rows[str(id_a)], rows[str(id_b)])
            same += [pair] * (field.value == _SAME)
            apart += [pair] * (field.value in _APART)
    return Decisions(same=tuple(same), apart=tuple(apart)), tuple(issues)


def _unreadable(row: int, value: str) -> Issue:
    params = (("row", str(row)), ("value", excerpt(value)))
    return Issue(
        tab=DUPLICATES.id, row=row, column="decision", code="decision-unreadable", value=value, params=params
    )
