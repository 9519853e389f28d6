"""Tabs of one kind in a file, one for each salesperson or month: which are alike, and what table they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheets_schema.headers import HEADER_ROWS_SEARCHED, columns_of, plain
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.core.file_table import TabRows

_NOWHERE = -1


def _meaning(header: str) -> str:
    """Give the field a header names first, '' when it names none."""
    return next(iter(columns_of(CUSTOMERS, header)), "")


_BY_TEXT: tuple[Callable[[str], str], ...] = (str.strip, plain)
_BY_ANY_SIGN = (*_BY_TEXT, _meaning)


def like_at_sight(first: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether headers are those of another tab, so that nobody has to say that both are one table.

    The order does not count; one of the two may have columns that the other lacks, as many as they share.
    """
    shared = _shared(first, others, _BY_TEXT)
    fewer, more = sorted((len(_named(first)), len(_named(others))))
    return 0 < shared == fewer and shared * 2 >= more


def may_be_one(first: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether the headers of two tabs can be one table, where somebody says that they are.

    Half of all columns, or all columns of one tab, must be in both; a header of another name counts when it
    means the same field.
    """
    shared = _shared(first, others, _BY_ANY_SIGN)
    every = len(_named(first)) + len(_named(others)) - shared
    return shared * 2 >= every or 0 < shared == min(len(_named(first)), len(_named(others)))


def only_in(first: Sequence[str], others: Sequence[str]) -> list[str]:
    """Give the headers of `others` that `first` does not have."""
    places = _places(first, others, _BY_ANY_SIGN)
    return [text for text, place in zip(others, places, strict=True) if place == _NOWHERE and text.strip()]


def header_row_like(first: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
    """Give the 1-based row among the first ten that has most of the headers; 0 when none has any."""
    shared = [
        _shared(first, [str(cell) for cell in row], _BY_ANY_SIGN) for row in rows[:HEADER_ROWS_SEARCHED]
    ]
    most = max(shared, default=0)
    return shared.index(most) + 1 if most else 0


def one_table(tabs: Sequence[TabRows]) -> tuple[tuple[str, ...], tuple[TabRows, ...]]:
    """Give the headers of several tabs as one table, and each tab with its cells in these columns.

    The columns stand as in the first tab; what only a later one has comes after them.
    """
    headers: list[str] = []
    placed: list[tuple[int, ...]] = []
    for tab in tabs:
        places = _places(headers, tab.headers, _BY_ANY_SIGN)
        fresh = [text for text, place in zip(tab.headers, places, strict=True) if place == _NOWHERE]
        ends = iter(range(len(headers), len(headers) + len(fresh)))
        placed.append(tuple(next(ends) if place == _NOWHERE else place for place in places))
        headers += fresh
    together = [_laid_out(tab, places, len(headers)) for tab, places in zip(tabs, placed, strict=True)]
    return tuple(headers), tuple(together)


def _laid_out(tab: TabRows, places: tuple[int, ...], width: int) -> TabRows:
    """Put the columns of a tab at these places; what it lacks is blank."""
    if places == tuple(range(width)):
        return tab
    sources = [places.index(place) if place in places else len(places) for place in range(width)]
    longer = (*tab.headers, "")
    rows = [[padded[source] for source in sources] for padded in ([*row, ""] for row in tab.rows)]
    return replace(tab, headers=tuple(longer[source] for source in sources), rows=rows)


def _named(headers: Sequence[str]) -> list[str]:
    return [text for text in headers if text.strip()]


def _shared(first: Sequence[str], others: Sequence[str], keys: Sequence[Callable[[str], str]]) -> int:
    """Count the headers that both have."""
    return sum(place != _NOWHERE for place in _places(_named(first), _named(others), keys))


def _places(
    headers: Sequence[str], others: Sequence[str], keys: Sequence[Callable[[str], str]]
) -> tuple[int, ...]:
    """Give for each of `others` the place of the header it is, the surest sign first; -1 where there is none.

    Columns without a header are the same where they come in the same order.
    """
    found = [_NOWHERE] * len(others)
    free = dict.fromkeys(range(len(headers)))
    for key in keys:
        signs: dict[str, list[int]] = {}
        for place in free:
            signs.setdefault(key(headers[place]), []).append(place)
        for position, text in enumerate(others):
            sign = key(text)
            if found[position] == _NOWHERE and signs.get(sign) and (sign or key is str.strip):
                found[position] = signs[sign].pop(0)
                del free[found[position]]
    return tuple(found)
