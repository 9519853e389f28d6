"""The batchUpdate request findReplace."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backend.localsheets.cells import Formula, Scalar, checked_text, formula
from backend.localsheets.grid import Area
from backend.localsheets.problems import Json, invalid
from backend.localsheets.rendering import show_plain
from backend.localsheets.sheet import Sheet
from backend.localsheets.typing_in import typed
from backend.localsheets.workbook import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for and what takes its place."""

    pattern: re.Pattern[str]
    replacement: str
    whole_cell: bool
    formulas: bool
    locale: str

    @property
    def matches_blank(self) -> bool:
        """Whether a blank cell is an occurrence."""
        return self.pattern.fullmatch("") is not None

    def replace(self, text: str) -> tuple[str, int]:
        """Give the text with every occurrence replaced, and how many there were."""
        if not self.whole_cell:
            return self.pattern.subn(self.replacement, text)
        found = self.pattern.fullmatch(text)
        return (found.expand(self.replacement), 1) if found else (text, 0)


def _search_of(request: Json, locale: str) -> Search:
    find = request.get("find") or ""
    if not find:
        raise invalid(message="FindReplaceRequest.find must not be empty")
    replacement = request.get("replacement") or ""
    if request.get("searchByRegex"):
        text = re.sub(r"\$(\d)", r"\\g<\1>", replacement.replace("\\", r"\\"))
    else:
        find, text = re.escape(find), replacement.replace("\\", r"\\")
    try:
        pattern = re.compile(find, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error as error:
        raise invalid(message=f"Invalid regular expression: {request['find']}") from error
    return Search(
        pattern=pattern,
        replacement=text,
        whole_cell=bool(request.get("matchEntireCell")),
        formulas=bool(request.get("includeFormulas")),
        locale=locale,
    )


def _places(book: Workbook, request: Json) -> Iterator[tuple[Sheet, Area]]:
    if request.get("range") is not None:
        sheet = book.sheet_of(request["range"])
        yield sheet, sheet.area(request["range"])
    elif request.get("sheetId") is not None:
        sheet = book.sheet(int(request["sheetId"]))
        yield sheet, sheet.whole
    elif request.get("allSheets"):
        for sheet_id in [each.sheet_id for each in book.sheets]:
            yield book.sheet(sheet_id), book.sheet(sheet_id).whole
    else:
        raise invalid(message="FindReplaceRequest must have a range, a sheetId or allSheets")


def find_replace(book: Workbook, request: Json) -> Json:
    """Replace text in cells; reply with counts of values, formulas, rows, sheets and occurrences changed."""
    search = _search_of(request, book.properties["locale"])
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "sheetsChanged": 0}
    occurrences = 0
    for sheet, area in _places(book, request):
        rows_before = counts["rowsChanged"]
        bottom = area.bottom if search.matches_blank else min(area.bottom, len(sheet.rows))
        for row in range(area.top, bottom):
            occurrences += _replace_in_row(sheet, row, area, search, counts)
        counts["sheetsChanged"] += counts["rowsChanged"] > rows_before
    counts["occurrencesChanged"] = occurrences
    return {name: count for name, count in counts.items() if count}


def _replace_in_row(sheet: Sheet, row: int, area: Area, search: Search, counts: dict[str, int]) -> int:
    cells, found_in_row = list(sheet.rows[row]) if row < len(sheet.rows) else [], 0
    if search.matches_blank:
        cells += [""] * (area.right - len(cells))
    for column in range(area.left, min(area.right, len(cells))):
        old = cells[column]
        text = old.text if isinstance(old, Formula) and search.formulas else show_plain(old)
        if isinstance(old, Formula) and not search.formulas:
            continue
        new_text, found = search.replace(text)
        if found:
            number_format = (sheet.formats.at(row, column) or {}).get("numberFormat") or {}
            text_cell = number_format.get("type") == "TEXT"
            cells[column] = _retyped(old, new_text, search.locale, text_cell=text_cell)
            counts["formulasChanged" if isinstance(old, Formula) else "valuesChanged"] += 1
            found_in_row += found
    if found_in_row:
        counts["rowsChanged"] += 1
        sheet.put_row(row, cells)
    return found_in_row


def _retyped(old: Scalar, text: str, locale: str, *, text_cell: bool) -> Scalar:
    """Give the new cell, read as if a person had typed it: Google does not say whether it is."""
    checked_text(text)
    if isinstance(old, Formula):
        return formula(text)
    return typed(text, locale, text_cell=text_cell).cell
