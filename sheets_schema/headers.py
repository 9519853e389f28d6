"""Header text in any spelling -> column, and back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheets_schema.model import Tab, Text

HEADER_ROWS_SEARCHED = 10
"""How many rows at the top may hold the header row."""

LEFT_ALONE = "-"
"""What stands for a field id where a column of the team's is kept and not read."""

_NOTE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_MARKS = re.compile(r"[*＊:：\s_.\-–—]+")
_ASIDE_WORDS = ("副本", "备份", "归档", "作废", "copyof", "backup", "archive")
_SPLIT = re.compile(r"[/／|｜\n]+")


class HeaderLanguage(StrEnum):
    """How headers and tab titles are written into a new register."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Which column of a tab stands where.

    Attributes:
        header_row: 1-based sheet row of the headers.
        positions: Pairs of (field id, 0-based position), in the order of the sheet.
        unknown: Pairs of (header text, 0-based position) that no column claims.
        twice: Pairs of (field id, positions) where two headers claim one column; the first is bound.
    """

    header_row: int
    positions: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...] = ()
    twice: tuple[tuple[str, tuple[int, ...]], ...] = ()


def header_text(label: Text, language: HeaderLanguage) -> str:
    """Give the header of a label in the chosen language; `中文 / English` for both."""
    texts = {HeaderLanguage.ZH: label.zh, HeaderLanguage.EN: label.en, HeaderLanguage.BOTH: label.both}
    return texts[language]


def tab_title(label: Text, language: HeaderLanguage) -> str:
    """Give the title of a tab; both languages stand side by side, since a title may hold no slash."""
    return header_text(label, language).replace(" / ", " ")


@lru_cache(maxsize=8_192, typed=True)
def plain(text: object) -> str:
    """Give the text as headers are compared: width, case, spaces and marks do not count."""
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
    visible = "".join(char for char in folded if unicodedata.category(char) != "Cf")
    return _MARKS.sub("", visible)


@lru_cache(maxsize=64)
def _spellings(tab: Tab) -> dict[str, tuple[str, ...]]:
    """Map each spelling to the columns it may mean: labels before aliases, in the tab's order."""
    spellings: dict[str, tuple[str, ...]] = {}
    labels = [
        (text, column.id)
        for column in tab.columns
        for text in (column.label.both, column.label.zh, column.label.en, column.id)
    ]
    aliases = [(alias, column.id) for column in tab.columns for alias in column.aliases]
    for text, column_id in (*labels, *aliases):
        known = spellings.get(plain(text), ())
        if column_id not in known:
            spellings[plain(text)] = (*known, column_id)
    return spellings


def columns_of(tab: Tab, header: object) -> tuple[str, ...]:
    """Give the field ids a header may mean, the likeliest first; none when no column claims it.

    It is looked up in either language, by an alias, or as both languages with a slash between. A note in
    brackets, a star and a colon do not count: `手机号（必填）*` is the mobile column.
    """
    spellings = _spellings(tab)
    text = str(header)
    for form in (text, _NOTE.sub("", text)):
        if plain(form) in spellings:
            return spellings[plain(form)]
    pieces = [spellings.get(plain(_NOTE.sub("", piece)), ()) for piece in _SPLIT.split(text) if plain(piece)]
    common = [one for one in pieces[0] if all(one in piece for piece in pieces)] if pieces else []
    return tuple(common)


def is_tab(tab: Tab, title: str) -> bool:
    """Say whether a tab title names this tab, in either language or by an alias."""
    names = {tab.id, tab.label.zh, tab.label.en, tab.label.both, tab_title(tab.label, HeaderLanguage.BOTH)}
    return plain(title) in {plain(name) for name in (*names, *tab.aliases)}


def is_aside(title: str) -> bool:
    """Say whether a tab title says that the tab is a copy, or put aside."""
    return any(word in plain(title) for word in _ASIDE_WORDS)


def bind(tab: Tab, rows: Sequence[Sequence[object]]) -> Binding | None:
    """Find the header row among the first ten and bind its columns, in any order and language.

    Args:
        tab: The tab the rows should be.
        rows: The top rows of the sheet, row 1 first.

    Returns:
        The binding of the row that names most columns; None when no row names any.
    """
    best: Binding | None = None
    for number, row in enumerate(rows[:HEADER_ROWS_SEARCHED], start=1):
        candidate = bind_row(tab, number, row)
        if candidate.positions and (best is None or len(candidate.positions) > len(best.positions)):
            best = candidate
    return best


def bind_row(tab: Tab, number: int, row: Sequence[object]) -> Binding:
    """Bind the columns of a tab to one row of headers, whose sheet row is `number`."""
    meanings = {place: columns_of(tab, header) for place, header in enumerate(row) if plain(header)}
    claims: dict[str, list[int]] = {}
    for place, column_ids in _likeliest_first(meanings):
        free = [one for one in column_ids if one not in claims] or list(column_ids)
        claims.setdefault(free[0], []).append(place)
    bound = sorted((min(places), column_id) for column_id, places in claims.items())
    return Binding(
        header_row=number,
        positions=tuple((column_id, place) for place, column_id in bound),
        unknown=tuple((str(row[place]), place) for place, column_ids in meanings.items() if not column_ids),
        twice=tuple(
            (column_id, tuple(sorted(places))) for column_id, places in claims.items() if len(places) > 1
        ),
    )


def _likeliest_first(meanings: dict[int, tuple[str, ...]]) -> list[tuple[int, tuple[str, ...]]]:
    """Order headers so that one with a single meaning takes its column before one with several."""
    known = [(place, column_ids) for place, column_ids in meanings.items() if column_ids]
    return sorted(known, key=lambda item: (len(item[1]), item[0]))


def column_letters(position: int) -> str:
    """Give the letters of a column by its 0-based position: 0 is A, 26 is AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
