"""One cell of the team's that is to be changed, if it still holds then what it is to hold now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.fields import date
from backend.core.fields.reading import text_of
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from backend.core.fields.field import Cell
    from sheets_schema.model import Column

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
_BOOLEANS = ("true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedChange:
    """What is to be put into one cell of the team's.

    Attributes:
        row_id: Id of the customer's row.
        column: Field id.
        before: What the cell has to hold; '' for a blank one.
        text: What is put in, as a person would type it; '' makes it blank.
        as_text: Whether the cell has to be a text cell first, so that nothing is read into the text.
        stands_as: What the cell may hold afterwards; anything else is somebody else's.
    """

    row_id: str
    column: str
    text: str
    as_text: bool
    stands_as: tuple[Cell, ...]
    before: Cell = ""

    @property
    def place(self) -> tuple[str, str]:
        """The cell: row id and field id."""
        return self.row_id, self.column


def change_to(row_id: str, column: Column, before: Cell, after: Cell) -> GuardedChange:
    """Give the change that makes a cell hold a value as it was read once; '' makes it blank."""
    text = text_of(after)
    if column.kind is Kind.DATE and not isinstance(after, (str, bool)) and float(after).is_integer():
        text = date.from_serial(after)
    found = (after,) if isinstance(after, str) else (after, text)
    return GuardedChange(
        row_id=row_id,
        column=column.id,
        before=before,
        text=text,
        as_text=isinstance(after, str) and could_be_read(text),
        stands_as=found,
    )


def may_stand_as(column: Column, text: str) -> tuple[Cell, ...]:
    """Give what a text that was typed into a column may have become: itself, a date or a number."""
    if column.kind is Kind.DATE and _ISO_DATE.fullmatch(text):
        return text, date.to_serial(text)
    if column.kind in _NUMBERS and _PLAIN_NUMBER.fullmatch(text):
        number = float(text)
        return text, (int(number) if number.is_integer() else number)
    if text.casefold() in _BOOLEANS:
        return text, text.casefold() == "true"
    return (text,)


def could_be_read(text: str) -> bool:
    """Say whether a sheet might take a text that is typed for something else."""
    return text != "" and (
        not text[0].isalpha() or any(char.isdigit() for char in text) or text.strip().casefold() in _BOOLEANS
    )


def same(one: object, other: object) -> bool:
    """Say whether two cells hold the same; 1 is no tick."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
