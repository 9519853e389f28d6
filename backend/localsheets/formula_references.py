"""References in the text of formulas, and how they follow rows, columns, copies and names of tabs.

Known are A1, A1:B2, A:C, 1:3, with $ and with a tab's title before them; text in quotes is passed over.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from backend.localsheets.a1 import column_index, column_letters, quoted_title
from backend.localsheets.cells import Formula, Scalar, formula
from backend.localsheets.grid import ACROSS, Dimension, Shift, shift_span

if TYPE_CHECKING:
    from backend.localsheets.sheet import Sheet
    from backend.localsheets.workbook import Workbook

PLACE = r"\$?(?:[A-Za-z]{1,3}\$?[0-9]{0,7}|[0-9]{1,7})"
TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?<![\w$.!'])(?P<title>(?:'(?:[^']|'')+'|[^\W\d]\w*)!)?"
    rf"(?P<reference>{PLACE}(?::{PLACE})?)(?![\w(!.$:])"
)
CORNER = re.compile(r"(?P<fixed>\$?)(?P<COLUMNS>[A-Za-z]*)(?P<anchored>\$?)(?P<ROWS>[0-9]*)")
LOST = "#REF!"
OPEN_END = 1 << 40
Corner = dict[str, str]
Rule = Callable[[str, str], str]
"""Gives the new text of a reference from what stands before it (a title and !, or nothing) and itself."""


def _replaced(text: str, rule: Rule) -> str:
    def new(found: re.Match[str]) -> str:
        if found["reference"] is None or not _is_reference(found["reference"]):
            return found[0]
        return rule(found["title"] or "", found["reference"])

    return TOKEN.sub(new, text)


def _names(before: str, title: str) -> bool:
    return before[:-1].strip("'").replace("''", "'").casefold() == title.casefold()


def _corners(reference: str) -> list[Corner]:
    found = [CORNER.fullmatch(part) for part in reference.split(":")]
    return [each.groupdict() for each in found if each is not None]


def _is_reference(reference: str) -> bool:
    corners = _corners(reference)
    return len(corners) > 1 or bool(corners and corners[0]["ROWS"] and corners[0]["COLUMNS"])


def _index(corner: Corner, dimension: Dimension) -> int | None:
    text = corner[dimension]
    if not text:
        return None
    return int(text) - 1 if dimension == "ROWS" else column_index(text)


def _spelt(corner: Corner) -> str:
    return "".join(corner[name] for name in ("fixed", "COLUMNS", "anchored", "ROWS"))


def _with_index(corner: Corner, dimension: Dimension, index: int) -> Corner:
    return {**corner, dimension: str(index + 1) if dimension == "ROWS" else column_letters(index)}


def shifted_reference(reference: str, shift: Shift) -> str:
    """Give a reference after rows or columns were inserted, deleted or moved; #REF! when it is gone."""
    corners = _corners(reference)
    span = _span(corners, shift.dimension)
    across = _span(corners, ACROSS[shift.dimension])
    if span is None or not shift.reaches(*(across or (None, None))):
        return reference
    moved = shift_span(shift, *span)
    if moved is None:
        return LOST
    first = _with_index(corners[0], shift.dimension, moved[0])
    if len(corners) == 1:
        return _spelt(first)
    is_open = span[1] == OPEN_END
    last = corners[1] if is_open else _with_index(corners[1], shift.dimension, moved[1] - 1)
    return f"{_spelt(first)}:{_spelt(last)}"


def _span(corners: list[Corner], dimension: Dimension) -> tuple[int, int] | None:
    first, last = _index(corners[0], dimension), _index(corners[-1], dimension)
    if first is None:
        return None
    return (first, OPEN_END) if last is None else (min(first, last), max(first, last) + 1)


def copied_formula(text: str, down: int, right: int) -> str:
    """Give a formula as a copy of it reads so many rows further down and columns to the right.

    Source: discovery document, RepeatCellRequest: references without $ are incremented.
    """

    def moved(before: str, reference: str) -> str:
        corners = [_moved(_moved(each, "ROWS", down), "COLUMNS", right) for each in _corners(reference)]
        known = [each for each in corners if each is not None]
        return before + ":".join(map(_spelt, known)) if len(known) == len(corners) else LOST

    return _replaced(text, moved)


def _moved(corner: Corner | None, dimension: Dimension, offset: int) -> Corner | None:
    index = None if corner is None else _index(corner, dimension)
    if corner is None or index is None or corner["anchored" if dimension == "ROWS" else "fixed"]:
        return corner
    return _with_index(corner, dimension, index + offset) if index + offset >= 0 else None


def copied(cell: Scalar, down: int, right: int) -> Scalar:
    """Give a cell as a copy of it is elsewhere: only a formula changes."""
    return formula(copied_formula(cell.text, down, right)) if isinstance(cell, Formula) else cell


def follow_shift(book: "Workbook", sheet: "Sheet", shift: Shift) -> None:
    """Let the references of all formulas to cells of a tab follow its rows or columns."""

    def rule(own: "Sheet") -> Rule:
        def moved(before: str, reference: str) -> str:
            is_here = _names(before, sheet.title) if before else own.sheet_id == sheet.sheet_id
            return before + (shifted_reference(reference, shift) if is_here else reference)

        return moved

    _rewrite(book, rule)


def follow_title(book: "Workbook", old: str, new: str) -> None:
    """Let the references of all formulas to a tab take on its new title."""

    def renamed(before: str, reference: str) -> str:
        return (quoted_title(new) + "!" if before and _names(before, old) else before) + reference

    _rewrite(book, lambda _: renamed)


def _rewrite(book: "Workbook", rule_of: Callable[["Sheet"], Rule]) -> None:
    for sheet in book.sheets.copy():
        rule = rule_of(sheet)
        for row, cells in enumerate(sheet.rows):
            if Formula not in set(map(type, cells)):
                continue
            new = [_rewritten(cell, rule) for cell in cells]
            if new != cells:
                book.sheet(sheet.sheet_id).put_row(row, new)


def _rewritten(cell: Scalar, rule: Rule) -> Scalar:
    return formula(_replaced(cell.text, rule)) if isinstance(cell, Formula) else cell
