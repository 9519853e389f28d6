"""Rows that repeat the header row, as a printed export does on each page. They are no customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEWEST_CELLS = 2
"""A single cell that says what its header says may be a customer called so."""


def repeated_header_rows(
    header: Sequence[object], rows: Iterable[tuple[int, Sequence[object]]]
) -> frozenset[int]:
    """Give the sheet rows whose filled cells all say what the header of their column says, two at least.

    Args:
        header: Cells of the header row; empty when nobody knows it.
        rows: Pairs of (sheet row, cells).
    """
    texts = [str(text).strip() for text in header]
    named = frozenset(text for text in texts if text)
    return frozenset(number for number, row in rows if _may_repeat(row, named) and _repeats(row, texts))


def _may_repeat(row: Sequence[object], named: frozenset[str]) -> bool:
    """Look at the first filled cell only, which settles nearly every row."""
    first = next((cell for cell in row if cell not in ("", None)), None)
    return isinstance(first, str) and first.strip() in named


def _repeats(row: Sequence[object], texts: Sequence[str]) -> bool:
    filled = [(place, cell) for place, cell in enumerate(row) if cell not in ("", None)]
    return len(filled) >= _FEWEST_CELLS and all(
        place < len(texts) and texts[place] == str(cell).strip() for place, cell in filled
    )
