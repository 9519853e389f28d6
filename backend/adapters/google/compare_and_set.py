"""Changes single cells, each only where it still holds what was read: `findReplace` over one cell.

The cells have to be text (`@`): whether the service parses a replacement elsewhere is not known
(row-safety.md, amendment 5).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.adapters.google.client import SheetsClient

BATCH = 200
"""Most cells of one request (row-safety.md, section 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell to change.

    Attributes:
        row: 1-based sheet row.
        column: 0-based position.
        before: What it has to hold, as it is shown; '' for a blank cell.
        after: What it is to hold; '' to make it blank.
    """

    sheet_id: int
    row: int
    column: int
    before: str
    after: str


def compare_and_set(client: SheetsClient, spreadsheet_id: str, changes: Sequence[CellChange]) -> None:
    """Change cells, at most `BATCH` with one request; which of them were changed is seen by reading.

    Raises:
        AnswerUnclear: An answer got lost; sent again it would do no harm, but the sheet is to be read first.
    """
    for start in range(0, len(changes), BATCH):
        requests = [replacement(change) for change in itertools.islice(changes, start, start + BATCH)]
        client.batch_update(spreadsheet_id, {"requests": requests})


def replacement(change: CellChange) -> dict[str, Any]:
    """Give the request that changes one cell if it holds what it has to hold."""
    blank = change.before == ""
    return {
        "findReplace": {
            "find": "^$" if blank else change.before,
            "replacement": change.after,
            "matchCase": True,
            "matchEntireCell": True,
            "searchByRegex": blank,
            "includeFormulas": False,
            "range": {
                "sheetId": change.sheet_id,
                "startRowIndex": change.row - 1,
                "endRowIndex": change.row,
                "startColumnIndex": change.column,
                "endColumnIndex": change.column + 1,
            },
        }
    }
