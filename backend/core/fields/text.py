"""Free text: notes, addresses, job titles, cities."""

from __future__ import annotations

from backend.core.fields.clean import clean_lines
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, finding, invalid, is_placeholder, look

CELL_LIMIT = 50_000
"""Characters a cell of Google Sheets may hold."""


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as free text.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        The text without unseen characters, line breaks kept, as value. A text that begins with `=`
        is possible (`formula-text`); a placeholder is no value (`placeholder-text`).
    """
    seen = look(cell, limit=CELL_LIMIT)
    if isinstance(seen, Field):
        return seen
    if is_placeholder(seen, context):
        return invalid("placeholder-text", value=excerpt(seen))
    text = clean_lines(cell) if isinstance(cell, str) and cell is not seen else seen
    findings = (finding("formula-text", value=excerpt(text)),) if text.startswith(("=", "＝")) else ()
    return Field(
        value=text,
        display=text,
        state=State.POSSIBLE if findings else State.VALID,
        findings=findings,
        suggestion=text if isinstance(cell, str) and text != cell else "",
    )
