"""A1 notation: 'Tab'!A1:C, A:C, 1:3, bare tabs and cells; read, checked against a grid, and written."""

import re
from dataclasses import dataclass

from backend.localsheets.grid import Area

LETTERS = 26
CORNER = r"\$?([A-Za-z]{0,3})\$?([0-9]{0,9})"
REFERENCE = re.compile(f"{CORNER}(?::{CORNER})?")
QUOTED = re.compile(r"'((?:[^']|'')*)'")
PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The part after the `!`: half-open, from zero; None is an edge left open (`A:C` has no rows)."""

    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    @property
    def is_cell(self) -> bool:
        """Whether it names one single cell."""
        return (
            self.top is not None
            and self.left is not None
            and self.bottom == self.top + 1
            and self.right == self.left + 1
        )

    def area(self, row_count: int, column_count: int) -> Area | None:
        """Give the cells on a grid of this size, an end outside cut off; None when it starts outside."""
        top, left = self.top or 0, self.left or 0
        if top >= row_count or left >= column_count:
            return None
        bottom = row_count if self.bottom is None else min(self.bottom, row_count)
        right = column_count if self.right is None else min(self.right, column_count)
        return Area(top, bottom, left, right)


def column_letters(index: int) -> str:
    """Give the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, place = divmod(index - 1, LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters


def column_index(letters: str) -> int:
    """Give the index of a column by its letters: A is 0, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * LETTERS + ord(letter) - ord("A") + 1
    return index - 1


def parse_reference(text: str) -> Reference | None:
    """Read A1, A1:B2, A:C, 1:3, A2:C, A1:1; a reversed one is turned round. None for anything else."""
    found = REFERENCE.fullmatch(text)
    if found is None:
        return None
    letters, digits, end_letters, end_digits = found.groups()
    if end_letters is None:
        end_letters, end_digits = letters, digits
        if not letters or not digits:
            return None
    rows = _span(_row(digits), _row(end_digits))
    columns = _span(_column(letters), _column(end_letters))
    if not (letters or digits) or not (end_letters or end_digits):
        return None
    if rows is None or columns is None:
        return None
    return Reference(top=rows[0], bottom=rows[1], left=columns[0], right=columns[1])


def _row(digits: str) -> int | None:
    return int(digits) - 1 if digits else None


def _column(letters: str) -> int | None:
    return column_index(letters) if letters else None


def _span(first: int | None, last: int | None) -> tuple[int | None, int | None] | None:
    if -1 in {first, last}:
        return None
    if first is None and last is not None:
        return last, None
    if first is None or last is None:
        return first, None
    return min(first, last), max(first, last) + 1


def split_title(text: str) -> tuple[str | None, str]:
    """Give the tab title, without quotes, and the rest; the last `!` splits. No title is None.

    Source: measured on the real service (facts page, row "A1").
    """
    quoted = QUOTED.fullmatch(text)
    if quoted:
        return quoted[1].replace("''", "'"), ""
    if "!" not in text:
        return None, text
    title, _, rest = text.rpartition("!")
    quoted = QUOTED.fullmatch(title)
    return (quoted[1].replace("''", "'") if quoted else title), rest


def quoted_title(title: str) -> str:
    """Give a tab title as Google echoes it: bare when plain ASCII that is no reference, otherwise quoted.

    Source: recordings test_get_all_values_title_is_a1_notation ('D3'), SpreadsheetTest.test_values_get.
    """
    if PLAIN_TITLE.fullmatch(title) and not LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def area_name(title: str, area: Area) -> str:
    """Give an area in A1 notation with its tab: Sheet1!A1:C3, or Sheet1!A1 for one cell."""
    first = f"{column_letters(area.left)}{area.top + 1}"
    last = f"{column_letters(area.right - 1)}{area.bottom}"
    return f"{quoted_title(title)}!{first}" + ("" if first == last else f":{last}")


def reference_name(title: str, reference: Reference) -> str:
    """Give a reference in A1 notation with its tab, open edges left open: Sheet1!AA:AB."""
    left = "" if reference.left is None else column_letters(reference.left)
    right = "" if reference.right is None else column_letters(reference.right - 1)
    top = "" if reference.top is None else str(reference.top + 1)
    bottom = "" if reference.bottom is None else str(reference.bottom)
    first, last = left + top, right + bottom
    return f"{quoted_title(title)}!{first}" + ("" if first == last and left and top else f":{last}")
