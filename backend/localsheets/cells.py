"""What a cell holds: text, a number, true or false, a formula, or nothing (the empty string)."""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from backend.localsheets.problems import Json, invalid, unimplemented

LONGEST_TEXT = 50_000
WHOLE_NUMBERS = 2**53
LONGEST_SHARED = 16
MOST_SHARED = 10_000
TOO_LONG = f"Your input contains more than the maximum of {LONGEST_TEXT} characters in a single cell."

PLAIN_ARITHMETIC = re.compile(r"=[0-9.+\-*/() ]+")
OPERATORS: tuple[tuple[type[ast.operator], Callable[[float, float], float]], ...] = (
    (ast.Add, operator.add),
    (ast.Sub, operator.sub),
    (ast.Mult, operator.mul),
    (ast.Div, operator.truediv),
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as typed, with its value where that is plain arithmetic; there is no formula engine here."""

    text: str
    number: float | None
    error: str = "#NAME?"

    @property
    def value(self) -> float | str:
        """The number, or the error as Google shows it."""
        return self.error if self.number is None else self.number


Scalar: TypeAlias = str | float | bool | Formula


def formula(text: str) -> Formula:
    """Give the cell for a formula; only + - * / over plain numbers is computed.

    Source: recordings WorksheetTest.test_get_all_records_value_render_options (=4/2 is 2, =3/2 is 1.5).
    """
    if not PLAIN_ARITHMETIC.fullmatch(text):
        return Formula(text, None)
    try:
        return Formula(text, whole(_computed(ast.parse(text[1:].strip(), mode="eval").body)))
    except ZeroDivisionError:
        return Formula(text, None, "#DIV/0!")
    except (SyntaxError, ValueError, OverflowError, RecursionError):
        return Formula(text, None, "#ERROR!")


def _computed(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        return float(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_computed(node.operand)
    if isinstance(node, ast.BinOp):
        for kind, compute in OPERATORS:
            if isinstance(node.op, kind):
                return compute(_computed(node.left), _computed(node.right))
    raise ValueError(node)


def whole(number: float) -> float:
    """Give a whole number as int, as JSON shows it (53, not 53.0)."""
    if type(number) is float and number.is_integer() and abs(number) < WHOLE_NUMBERS:
        return int(number)
    return number


def checked_text(text: str) -> str:
    """Give the text back.

    Raises:
        RefusedError: It has more than 50,000 characters (facts page, row "cell limit").
    """
    if len(text) > LONGEST_TEXT:
        raise invalid(message=TOO_LONG)
    return text


def scalar_of(extended: Json | None) -> Scalar:
    """Give the cell for an ExtendedValue; no value is a blank cell.

    Raises:
        RefusedError: The text is too long, or it is an error value, which nobody can enter.
    """
    if not extended:
        return ""
    if extended.get("stringValue") is not None:
        return checked_text(str(extended["stringValue"]))
    if extended.get("numberValue") is not None:
        return whole(extended["numberValue"])
    if extended.get("boolValue") is not None:
        return bool(extended["boolValue"])
    if extended.get("formulaValue") is not None:
        return formula(checked_text(str(extended["formulaValue"])))
    if "errorValue" in extended:
        raise unimplemented(what="userEnteredValue.errorValue")
    return ""


def entered_value(cell: Scalar) -> Json | None:
    """Give the userEnteredValue of a cell; None for a blank."""
    if isinstance(cell, Formula):
        return {"formulaValue": cell.text}
    return _plain_value(cell)


def effective_value(cell: Scalar) -> Json | None:
    """Give the effectiveValue of a cell; None for a blank. A formula nobody computes is an error value."""
    if isinstance(cell, Formula):
        if cell.number is not None:
            return {"numberValue": cell.number}
        kind = {"#NAME?": "NAME", "#DIV/0!": "DIVIDE_BY_ZERO"}.get(cell.error, "ERROR")
        return {"errorValue": {"type": kind, "message": "The local Sheets server has no formula engine."}}
    return _plain_value(cell)


def _plain_value(cell: str | float | bool) -> Json | None:  # noqa: FBT001 - a cell may hold true or false
    if isinstance(cell, bool):
        return {"boolValue": cell}
    if isinstance(cell, str):
        return {"stringValue": cell} if cell else None
    return {"numberValue": cell}


class TextPool:
    """Gives equal short texts as one and the same object, so that a column of choices costs little memory.

    Texts that are met after ten thousand different ones are given back as they are.
    """

    __slots__ = ("_texts",)

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def share(self, text: str) -> str:
        """Give a text that is equal."""
        if len(text) > LONGEST_SHARED:
            return text
        if len(self._texts) < MOST_SHARED:
            return self._texts.setdefault(text, text)
        return self._texts.get(text, text)


def to_json(cell: object) -> Any:
    """Give a formula in the form the store keeps it in."""
    if isinstance(cell, Formula):
        return {"=": cell.text}
    raise TypeError(cell)


def from_json(stored: dict[str, Any]) -> Any:
    """Give a formula back from the form the store keeps it in."""
    return formula(stored["="])
