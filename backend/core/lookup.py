"""Whether a customer is known: which rows hold a value, told without a detail of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.columns import read_column
from backend.core.duplicates.compare import ColumnComparer
from backend.core.duplicates.levels import Level
from backend.core.duplicates.rules import FieldKind, MatchField
from backend.core.duplicates.schema_rules import KINDS
from backend.core.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAST: dict[FieldKind, int] = {
    FieldKind.NAME: Level.PART,
    FieldKind.PHONE: Level.EXACT,
    FieldKind.EMAIL: Level.EXACT,
    FieldKind.IDENTIFIER: Level.EXACT,
}
"""From which level a row is told, by kind: a name may sound alike, a number must be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A row that holds the value.

    Attributes:
        row: Row of the sheet.
        column: Field id of the column that holds it.
        exact: Whether it is the same, rather than near or alike in sound.
        owner: Who looks after the customer, masked; '' when nobody is named.
    """

    row: int
    column: str
    exact: bool
    owner: str


def look_up(customers: pd.DataFrame, value: str) -> tuple[Known, ...]:
    """Give the rows that hold a value in a name, contact or id, the same before the similar, each row once.

    Args:
        customers: Normalised values of Customers, index = row of the sheet, columns = field ids.
        value: What somebody typed: a phone, an e-mail address, an id, a name.
    """
    found: dict[int, Known] = {}
    for known in sorted(_matches(customers, value), key=lambda known: (not known.exact, known.row)):
        found.setdefault(known.row, known)
    return tuple(found.values())


def _matches(customers: pd.DataFrame, value: str) -> Iterator[Known]:
    owners = customers["owner"].fillna("").astype(str) if "owner" in customers else None
    for column, kind in KINDS.items():
        if column not in customers or kind not in _LEAST:
            continue
        cells = pd.concat([pd.Series([value], dtype=object), customers[column].fillna("").astype(object)])
        values = read_column(cells, MatchField(column=column, kind=kind))
        rows = np.arange(1, len(cells))
        levels = ColumnComparer(values).levels(np.zeros(len(rows), dtype=np.int64), rows)
        for place in np.flatnonzero(levels >= _LEAST[kind]).tolist():
            row = customers.index[place]
            owner = "" if owners is None else owners.iloc[place]
            yield Known(
                row=int(row),
                column=column,
                exact=bool(levels[place] == Level.EXACT),
                owner=mask(owner) if owner else "",
            )
