"""Checks on free text: card and id numbers that do not belong there; nothing repeats them in full."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from stdnum import luhn

from backend.core.fields import resident_id
from backend.core.fields.clean import clean, halfwidth
from backend.core.fields.field import State
from backend.core.fields.reading import excerpt, text_of
from backend.core.issues import Issue
from backend.core.masking import mask
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from backend.core.checks.facts import Facts, Table
    from backend.core.fields.field import Cell, Context

_SCANNED = (Kind.TEXT, Kind.NAME, Kind.COMPANY, Kind.ADDRESS)
_NUMBER = re.compile(r"(?<![\dA-Za-z.])\d(?:[ -]?\d){12,18}(?:[ -]?[Xx])?(?![\dA-Za-z])", re.ASCII)
_SHORTEST = 13
_SEPARATORS = re.compile(r"[ -]+")
_CARD = re.compile(
    r"62\d{14,17}|4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|35\d{14}"
    r"|6(?:011|5\d\d)\d{12}",
    re.ASCII,
)
"""Lengths and first digits of UnionPay, Visa, Mastercard, American Express, JCB and Discover."""


_CARD_CODE = "text-card-number"

_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {_CARD_CODE: "other-text-card-number", "text-resident-id": "other-text-resident-id"}
)
"""What is said of a number in a column that is not recognised."""


def find_sensitive_texts(facts: Facts) -> Iterator[Issue]:
    """Name free texts that hold the number of a bank card or a resident id; the value shown is masked."""
    context = facts.rules.settings.context(today=facts.today)
    for table in facts.tables.values():
        for column in table.bound(*_SCANNED):
            for row, text in _texts(table, column.id):
                code, masked, number = scan(text, context)
                if code:
                    yield Issue(
                        tab=table.tab.id,
                        row=row,
                        column=column.id,
                        code=code,
                        value=masked,
                        params=(("number", number),),
                    )


def find_sensitive_texts_elsewhere(facts: Facts) -> Iterator[Issue]:
    """Name such numbers in columns of the team's own, which are not read otherwise; each sort once a row.

    One in ten numbers of any sort passes for a card's. A column of bare numbers most of which do not is taken
    for one of other numbers.
    """
    context = facts.rules.settings.context(today=facts.today)
    for table in facts.tables.values():
        told: set[tuple[int, str]] = set()
        found = [(*one, *scan(text_of(one[2]), context)) for one in table.read.long_numbers]
        numbered = _of_other_numbers((header, cell, code) for _, header, cell, code, *_ in found)
        for row, header, cell, code, masked, number in found:
            by_chance = code == _CARD_CODE and header in numbered and _is_bare(cell)
            if code and not by_chance and row in table.raw.index and (row, code) not in told:
                told.add((row, code))
                params = (("header", excerpt(clean(header))), ("number", number))
                yield Issue(
                    tab=table.tab.id, row=row, column="", code=_ELSEWHERE[code], value=masked, params=params
                )


def _of_other_numbers(cells: Iterable[tuple[str, Cell, str]]) -> frozenset[str]:
    """Give the headers of columns of bare long numbers most of which are no cards'."""
    bare: Counter[str] = Counter()
    cards: Counter[str] = Counter()
    for header, cell, code in cells:
        if _is_bare(cell):
            bare[header] += 1
            cards[header] += code == _CARD_CODE
    return frozenset(header for header, count in bare.items() if 2 * cards[header] < count)


def _is_bare(cell: Cell) -> bool:
    """Say whether a cell holds a long number and nothing else."""
    return _NUMBER.fullmatch(halfwidth(text_of(cell)).strip()) is not None


def scan(text: str, context: Context) -> tuple[str, str, str]:
    """Look for the number of a card or a resident id in a text.

    Args:
        text: Any text.
        context: Its day of the run is used.

    Returns:
        The code of what was found first, the text with every such number masked, and the first number
        masked; three empty strings when there is none.

    Source:
        ISO/IEC 7812-1 (Luhn's check digit) for cards; GB 11643-1999 for resident ids.
    """
    first, masked, end = ("", ""), "", 0
    for match in _NUMBER.finditer(halfwidth(text)):
        digits = _SEPARATORS.sub("", match[0])
        code = _kind_of(digits, context)
        if code:
            first = first if first[0] else (code, mask(digits))
            masked += text[end : match.start()] + mask(digits)
            end = match.end()
    return (first[0], masked + text[end:], first[1]) if end else ("", "", "")


def _kind_of(digits: str, context: Context) -> str:
    if len(digits) == resident_id.LENGTH and resident_id.normalise(digits, context).state is State.VALID:
        return "text-resident-id"
    return _CARD_CODE if _CARD.fullmatch(digits) and luhn.is_valid(digits) else ""


def _texts(table: Table, column_id: str) -> Iterator[tuple[int, str]]:
    """Give the rows of a column that hold a number long enough, with the text."""
    read = table.columns[column_id]
    suspicious = [isinstance(field.value, str) and _may_hold_one(field.value) for field in read.fields]
    return ((row, str(field.value)) for row, field in read.where(suspicious))


def _may_hold_one(text: str) -> bool:
    return len(text) >= _SHORTEST and _NUMBER.search(halfwidth(text)) is not None
