"""Which row of a sheet that nobody laid out holds the headers, where the headers may take two lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheets_schema.headers import HEADER_ROWS_SEARCHED, bind_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheets_schema.model import Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderLine:
    """The header row of a sheet.

    Attributes:
        row: 1-based sheet row; of headers in two lines the lower one.
        lines: How many lines the headers take, 1 or 2.
        texts: Header text of each column, '' where it has none; of two lines the lower, else the upper.
        fields: Field ids that the texts name.
    """

    row: int
    lines: int
    texts: tuple[str, ...]
    fields: frozenset[str]


def find_header(tab: Tab, rows: Sequence[Sequence[object]], mapping: Mapping[str, str]) -> HeaderLine | None:
    """Find the row among the first ten that names most columns.

    Two lines are headers together when the lower one names a column itself, holds nothing but text, and
    both name more columns together than either does alone.

    Args:
        tab: The tab the sheet might be; only its team's columns count.
        rows: The top rows, row 1 first.
        mapping: Field id by header text, where somebody said so; `-` for a column to leave alone.
    """
    top = [["" if cell is None else cell for cell in row] for row in rows[:HEADER_ROWS_SEARCHED]]
    best: HeaderLine | None = None
    for number, row in enumerate(top, start=1):
        candidates = [_line(tab, number, 1, _texts(row), mapping)]
        if number > 1 and candidates[0].fields and all(isinstance(cell, str) for cell in row):
            both = _together(_texts(top[number - 2]), _texts(row))
            candidates.append(_line(tab, number, 2, both, mapping))
        for candidate in candidates:
            if candidate.fields and (best is None or len(candidate.fields) > len(best.fields)):
                best = candidate
    return best


def header_row_of(tab: Tab, mapping: Mapping[str, str], rows: Sequence[Sequence[object]]) -> int:
    """Give the row of a file that holds the headers of customers: the first, unless it does not name them.

    Another of the first ten is taken only when it names the customer and something else.

    Args:
        tab: The Customers tab.
        mapping: As for `find_header`.
        rows: The rows, row 1 first.
    """
    if not rows or "full_name" in _line(tab, 1, 1, _texts(rows[0]), mapping).fields:
        return 1
    found = find_header(tab, rows, mapping)
    names = found is not None and found.lines == 1 and "full_name" in found.fields and len(found.fields) > 1
    return found.row if found is not None and names else 1


def _line(tab: Tab, row: int, lines: int, texts: tuple[str, ...], mapping: Mapping[str, str]) -> HeaderLine:
    said = [mapping.get(text.strip(), text) for text in texts]
    ours = {column.id for column in tab.block}
    bound = bind_row(tab, row, said)
    fields = frozenset(field_id for field_id, _ in bound.positions if field_id not in ours)
    return HeaderLine(row=row, lines=lines, texts=texts, fields=fields)


def _texts(row: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(cell) for cell in row)


def _together(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    above = (*upper, *[""] * (width - len(upper)))
    below = (*lower, *[""] * (width - len(lower)))
    return tuple(low if low.strip() else up for up, low in zip(above, below, strict=True))
