"""What every normaliser does first: is there anything in the cell to read, and which text is it."""

from __future__ import annotations

import math
import re

from backend.core.fields.clean import clean, halfwidth
from backend.core.fields.field import BLANK, Cell, Context, Field, Finding, State

LIMIT = 1_000
"""Characters of the longest phone, e-mail, date, number, name or code that is read at all."""

EXACT_BELOW = 10**15
"""A sheet keeps 15 digits of a number; from here on some of the digits may be gone."""

_EXCERPT = 40
_INT_BITS = 1_024
_SHEET_ERRORS = frozenset(
    {
        "#ref!",
        "#n/a",
        "#error!",
        "#name?",
        "#value!",
        "#div/0!",
        "#num!",
        "#null!",
        "#spill!",
        "#calc!",
        "loading...",
        "loading…",
        "正在加载...",
        "正在加载…",
    }
)
_ERROR_STARTS = frozenset(char for error in _SHEET_ERRORS for char in (error[0], error[0].upper()))
_ORDINARY = re.compile("(?!正在加载)[0-9A-KM-Za-km-z一-鿿][!-~一-鿿]*")
"""Text that is clean as it is and no error of the sheet; those begin with #, L or 正在加载."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def excerpt(text: str) -> str:
    """Give a text short enough to stand inside a sentence."""
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"


def finding(code: str, **params: object) -> Finding:
    """Give a finding; its parameters become text."""
    return Finding(code=code, params=tuple((name, str(value)) for name, value in params.items()))


def invalid(code: str, *, suggestion: str = "", **params: object) -> Field:
    """Give the field of a cell that cannot be used."""
    return Field(
        value="",
        display=suggestion,
        state=State.INVALID,
        findings=(finding(code, **params),),
        suggestion=suggestion,
    )


def is_number(cell: Cell) -> bool:
    """Tell whether a cell is a number of the sheet, not text and not TRUE or FALSE."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def digits_lost(cell: Cell) -> bool:
    """Tell whether the sheet may have rounded digits away: a number of 16 digits or more."""
    return isinstance(cell, int | float) and abs(cell) >= EXACT_BELOW


def text_of(cell: Cell) -> str:
    """Give a cell as text: TRUE and FALSE, a whole number without a decimal point, text as it is."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_BELOW:
        return str(int(cell))
    return str(cell)


def look(cell: Cell, *, limit: int = LIMIT) -> str | Field:
    """Give the clean text of a cell, or its field when there is nothing to read.

    Args:
        cell: Any cell.
        limit: Characters of the longest text that is read.

    Returns:
        The text on one line; or a field that is blank, unknown (an error of the sheet, or a
        number that is none) or invalid (`too-long`).
    """
    if isinstance(cell, str) and len(cell) <= limit and _ORDINARY.fullmatch(cell):
        return cell
    return _look_closely(cell, limit)


def _look_closely(cell: Cell, limit: int) -> str | Field:
    if isinstance(cell, float) and not math.isfinite(cell):
        return _sheet_error(str(cell))
    if isinstance(cell, int) and cell.bit_length() > _INT_BITS:
        return invalid("too-long", limit=limit)
    text = clean(text_of(cell))
    if not text:
        return BLANK
    if len(text) > limit:
        return invalid("too-long", limit=limit)
    if text[0] in _ERROR_STARTS and text.casefold() in _SHEET_ERRORS:
        return _sheet_error(text)
    return text


def read(cell: Cell, context: Context) -> str | Field:
    """Give the clean half-width text of a cell, or its field when there is nothing to read.

    Like `look`; further, a formula kept as text and a placeholder (one of the context's, or a text
    of signs only, like `--`) are answered here. A placeholder of digits only is one for a phone or an
    id, not for an amount: those kinds ask themselves.
    """
    seen = look(cell)
    if isinstance(seen, Field):
        return seen
    text = halfwidth(seen).strip()
    if text.startswith("="):
        return invalid("formula-text", value=excerpt(text))
    filler = is_placeholder(text, context) and not text.isdecimal()
    if filler or not _LETTER_OR_DIGIT.search(text):
        return invalid("placeholder", value=excerpt(text))
    return text


def read_exact(cell: Cell, context: Context) -> str | Field:
    """Like `read`, for kinds in which every digit counts: a rounded number is `digits-lost`."""
    text = read(cell, context)
    if isinstance(text, str) and digits_lost(cell):
        return invalid("digits-lost", value=excerpt(text))
    return text


def is_placeholder(text: str, context: Context) -> bool:
    """Tell whether people type this text instead of leaving the cell blank."""
    return text.casefold() in context.placeholders


def _sheet_error(text: str) -> Field:
    return Field(
        value="", display="", state=State.UNKNOWN, findings=(finding("cell-error", value=excerpt(text)),)
    )
