"""Numbers: quantities, scores, days; whole numbers are held to be whole."""

from __future__ import annotations

import re
from decimal import Decimal

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.numeral import read_amount
from backend.core.fields.reading import excerpt, invalid, is_number, read_exact

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_LARGEST = Decimal(2) ** 63


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a number.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        A float as value. A percentage is refused: 12% must not become 12.
    """
    number = _read(cell, context)
    if isinstance(number, Field):
        return number
    return _field(cell, float(number), _plain(number))


def normalise_integer(cell: Cell, context: Context) -> Field:
    """Read a cell as a whole number.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        An int as value; a number with decimals is refused (`number-not-whole`), never rounded.
    """
    number = _read(cell, context)
    if isinstance(number, Field):
        return number
    if number != number.to_integral_value():
        return invalid("number-not-whole", value=excerpt(_plain(number)))
    return _field(cell, int(number), str(int(number)))


def _read(cell: Cell, context: Context) -> Decimal | Field:
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    return Decimal(str(cell)) if is_number(cell) else _read_text(text)


def _read_text(text: str) -> Decimal | Field:
    if text.endswith(("%", "‰")):
        return invalid("number-percent", value=excerpt(text))
    number = read_amount(text)
    if number is None:
        return invalid("number-unreadable", value=excerpt(text))
    if abs(number) >= _LARGEST:
        return invalid("number-too-large", value=excerpt(text))
    return number


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _field(cell: Cell, value: float, display: str) -> Field:
    as_typed = not isinstance(cell, str) or _PLAIN.fullmatch(cell) is not None
    return Field(value=value, display=display, state=State.VALID, suggestion="" if as_typed else display)
