"""The team's own numbers: customer, order and member numbers, and references to them. Always text."""

from __future__ import annotations

import re

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import digits_lost, excerpt, finding, invalid, is_placeholder, look, text_of

_PLAIN = re.compile(r"[0-9A-Z](?:-?[0-9A-Z]){0,39}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d\.\d+E\+\d{2,3}", re.ASCII)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as an id.

    Args:
        cell: Any cell; the number 1001 and the number 1001.0 are the id `1001`.
        context: Its placeholders are used.

    Returns:
        The id as text, its zeros and letters as typed. A number of 16 digits or more, and text in
        scientific notation, lost digits in the sheet: invalid.
    """
    if isinstance(cell, str) and _PLAIN.fullmatch(cell) and cell.casefold() not in context.placeholders:
        return Field(value=cell, display=cell, state=State.VALID)
    seen = look(cell)
    if isinstance(seen, Field):
        return seen
    if digits_lost(cell) or _SCIENTIFIC.fullmatch(seen):
        return invalid("digits-lost", value=excerpt(text_of(cell)))
    if is_placeholder(seen, context):
        return invalid("placeholder", value=excerpt(seen))
    formula = seen.startswith(("=", "＝"))
    return Field(
        value=seen,
        display=seen,
        state=State.POSSIBLE if formula else State.VALID,
        findings=(finding("formula-text", value=excerpt(seen)),) if formula else (),
        suggestion="" if seen == text_of(cell) else seen,
    )
