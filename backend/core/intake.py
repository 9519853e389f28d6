"""Taking in a table from a file: which of its columns is which field, and what its sheet will look like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from backend.core.fields import NORMALISERS
from backend.core.fields.binding import context_of
from backend.core.fields.column import apply
from backend.core.fields.field import Context, State
from backend.errors import MappingUnreadable, NameNotInFile
from sheets_schema import headers
from sheets_schema.headers import LEFT_ALONE
from sheets_schema.model import Column, Kind, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Cell
    from sheets_schema.model import Tab

_SAMPLE_ROWS = 2_000
_READABLE_SHARE = 0.1
_TELLING_CELLS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What the columns of a file are.

    Attributes:
        fields: Field id of each column of the file, in its order; '' for one that is kept and not read.
        doubted: Pairs of (header, field id) whose header names a field that its cells do not look like.
        twice: Pairs of (field id, positions) where several headers claim one field; the first has it.
    """

    fields: tuple[str, ...]
    doubted: tuple[tuple[str, str], ...] = ()
    twice: tuple[tuple[str, tuple[int, ...]], ...] = ()


def parse_mapping(texts: Sequence[str], tab: Tab, file_headers: Sequence[str]) -> Mapping[str, str]:
    """Read `COLUMN=FIELD` pairs; FIELD is a field id, a header in either language, or `-` to leave it alone.

    Raises:
        MappingUnreadable: A pair has no `=`, the file has no such column, no field is called so, or one is
            named twice.
    """
    mapping: dict[str, str] = {}
    for text in texts:
        header, mark, name = (part.strip() for part in text.rpartition("="))
        if header in mapping:
            raise MappingUnreadable(text, "the column is mapped above already.", "这一列前面已经写过。")
        if not mark or header not in file_headers:
            there = ", ".join(file_headers)
            raise MappingUnreadable(
                text, f"the file has these columns: {there}.", f"文件里有这些列：{there}。"
            )
        meanings = (LEFT_ALONE,) if name == LEFT_ALONE else headers.columns_of(tab, name)
        if not meanings or meanings[0] in {column.id for column in tab.block}:
            known = ", ".join(column.id for column in tab.team_columns)
            raise MappingUnreadable(text, f"the fields are: {known}.", f"可用的字段：{known}。")
        if meanings[0] != LEFT_ALONE and meanings[0] in mapping.values():
            raise MappingUnreadable(
                text, "another column has that field already.", "这个字段已经对应了另一列。"
            )
        mapping[header] = meanings[0]
    return mapping


def recognise(
    tab: Tab,
    file_headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    mapping: Mapping[str, str],
    context: Context,
) -> Intake:
    """Decide which column of a file is which field: as mapped, else by its header and its cells.

    Args:
        tab: The tab the file goes into.
        file_headers: Headers of the file.
        rows: Its rows, each as long as the headers.
        mapping: Field id by header, from `parse_mapping`.
        context: What phones and amounts are read by.

    Raises:
        NameNotInFile: No column holds the customer's name.
    """
    mapped = {place: mapping[header] for place, header in enumerate(file_headers) if header in mapping}
    intake = recognise_columns(tab, file_headers, rows, mapped, context)
    if "full_name" in {column.id for column in tab.columns} and "full_name" not in intake.fields:
        raise NameNotInFile(file_headers)
    return intake


def recognise_columns(
    tab: Tab,
    texts: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    mapped: Mapping[int, str],
    context: Context,
) -> Intake:
    """Decide which column is which field: as mapped, else by its header; no header may stand in for a name.

    A column that only its header speaks for is left alone when nearly none of its cells can be read as
    that field: a column "Source" full of file names is not the customer's source.

    Args:
        tab: The tab the columns belong to.
        texts: Their headers.
        rows: Their rows, each as long as the headers.
        mapped: Field id by position, `-` for a column to leave alone.
        context: What phones and amounts are read by.
    """
    free = tuple(column for column in tab.team_columns if column.id not in mapped.values())
    unmapped = ["" if place in mapped else text for place, text in enumerate(texts)]
    bound = headers.bind_row(replace(tab, columns=free), 1, unmapped)
    fields = [mapped.get(place, "").replace(LEFT_ALONE, "") for place in range(len(texts))]
    doubted: list[tuple[str, str]] = []
    for field_id, place in bound.positions:
        cells = [row[place] for row in rows[:_SAMPLE_ROWS]]
        if _readable(tab.column(field_id), cells, context):
            fields[place] = field_id
        else:
            doubted.append((texts[place], field_id))
    return Intake(fields=tuple(fields), doubted=tuple(doubted), twice=bound.twice)


def _readable(column: Column, cells: Sequence[Cell], context: Context) -> bool:
    """Say whether a tenth of the cells can be read as the column's kind, or too few hold anything to tell."""
    read = apply(pd.Series(cells, dtype=object), NORMALISERS[column.kind], context_of(column, context))
    filled = int((read.states != State.BLANK).sum())
    wrong = int((read.states == State.INVALID).sum())
    return filled < _TELLING_CELLS or filled - wrong >= filled * _READABLE_SHARE


def tab_for(tab: Tab, file_headers: Sequence[str], intake: Intake) -> tuple[Tab, tuple[str, ...]]:
    """Give the tab as the file's sheet will be: Steward's columns, then the file's own in their order.

    Returns:
        The tab, a column of the file that is not read having no id; and the header texts, '' where the
        schema's own is to be used.
    """
    columns = [
        replace(tab.column(field_id), hidden=False) if field_id else _foreign(header)
        for header, field_id in zip(file_headers, intake.fields, strict=True)
    ]
    texts = (*("" for _ in tab.block), *file_headers)
    return replace(tab, columns=(*tab.block, *columns)), texts


def _foreign(header: str) -> Column:
    return Column(id="", label=Text(zh=header, en=header), kind=Kind.TEXT, help=Text(zh="", en=""))
