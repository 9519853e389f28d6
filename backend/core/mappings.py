"""The Mappings tab: which field a column of a source was taken for, and what the next import makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from backend.core.fields.clean import clean, key
from backend.core.fields.reading import excerpt, text_of
from sheets_schema import headers
from sheets_schema.headers import LEFT_ALONE
from sheets_schema.tabs.mappings import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Cell, Params
    from backend.core.snapshot import TabRead
    from sheets_schema.model import Tab

_DIGITS = re.compile(r"\d+[年月日号]?")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What the Mappings tab says about the columns of a file.

    Attributes:
        fields: Field id by header of the file, or `-` for a column to leave alone.
        known: Headers of the file that have a line already.
        skipped: Parameters of the sentence about each line that cannot be used: row, their, our.
    """

    fields: Mapping[str, str]
    known: frozenset[str]
    skipped: tuple[Params, ...] = ()


NOTHING_MAPPED = Mapped(fields=MappingProxyType({}), known=frozenset())
"""What is known about a source before its first import."""


def source_of(name: str) -> str:
    """Give the source of a file by its name without ending: the same for each month's export.

    >>> source_of("Customers_2026-11 (2)"), source_of("客户2026年11月")
    ('customers', '客户')
    """
    return _MARKS.sub(" ", _DIGITS.sub(" ", name)).strip().casefold() or "file"


def read_mappings(read: TabRead, tab: Tab, source: str, file_headers: Sequence[str]) -> Mapped:
    """Read the lines about a source; one that cannot be read is named and skipped, the first of two counts.

    Args:
        read: The Mappings tab.
        tab: The tab the file goes into.
        source: From `source_of`.
        file_headers: Headers of the file.
    """
    fields: dict[str, str] = {}
    known: set[str] = set()
    skipped: list[Params] = []
    theirs = {clean(header): header for header in file_headers}
    for row in read.frame.index:
        line = {name: clean(text_of(cast("Any", read.cells(name).at[row]))) for name in _COLUMNS}
        header = theirs.get(line["their_field"])
        if key(line["source"]) != key(source) or header is None:
            continue
        direction = _direction(line["direction"])
        if direction == "out":
            continue
        known.add(header)
        field = _field(tab, line["our_field"])
        if direction is None or field is None or line["transform"] or _twice(field, header, fields):
            said = (("their", excerpt(header)), ("our", excerpt(line["our_field"])))
            skipped.append((("row", str(row)), *said))
        elif field:
            fields[header] = field
    return Mapped(fields=fields, known=frozenset(known), skipped=tuple(skipped))


def mapping_lines(
    source: str, file_headers: Sequence[str], fields: Sequence[str], mapped: Mapped, left: frozenset[str]
) -> list[dict[str, Cell]]:
    """Give a line for each column of the file that has none yet.

    Args:
        source: From `source_of`.
        file_headers: Headers of the file.
        fields: Field id of each, '' where none was recognised.
        mapped: What the tab says already.
        left: Headers that somebody said to leave alone.
    """
    return [
        {
            "source": source,
            "their_field": header,
            "our_field": LEFT_ALONE if header in left else field,
            "transform": "",
            "direction": "in",
        }
        for header, field in zip(file_headers, fields, strict=True)
        if header not in mapped.known
    ]


_COLUMNS = ("source", "their_field", "our_field", "transform", "direction")


def _direction(text: str) -> str | None:
    """Give in or out; in for a blank cell, None when it cannot be read."""
    for choice in DIRECTIONS:
        spellings = (choice.code, choice.label.zh, choice.label.en, *choice.synonyms)
        if text.casefold() in spellings:
            return choice.code
    return None if text else DIRECTIONS[0].code


def _field(tab: Tab, text: str) -> str | None:
    """Give the field id a cell names; '' for a blank one, None when it names none of the team's."""
    if text in ("", LEFT_ALONE):
        return text
    found = headers.columns_of(tab, text)[:1]
    return found[0] if found and found[0] not in {column.id for column in tab.block} else None


def _twice(field: str, header: str, fields: Mapping[str, str]) -> bool:
    return header in fields or (field not in ("", LEFT_ALONE) and field in fields.values())
