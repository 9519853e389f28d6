"""What is said about columns when a spreadsheet is taken over: `COLUMN=FIELD`, read against each sheet."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.errors import MappingUnreadable
from sheets_schema import headers
from sheets_schema.headers import LEFT_ALONE, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.core.header_lines import HeaderLine
    from backend.core.seen import SheetSeen
    from sheets_schema.model import Tab


def mappings_of(
    tab: Tab, lines: Sequence[tuple[SheetSeen, HeaderLine | None]], mapping: Sequence[str]
) -> list[Sequence[str]]:
    """Give the pairs that each sheet is read by: of several sheets, those pairs that name a column of it.

    Raises:
        MappingUnreadable: A pair names no column of any of the sheets, or a field that is not there.
    """
    if len(lines) == 1:
        return [mapping]
    fitting: list[Sequence[str]] = [
        [pair for pair in mapping if line is not None and _fits(tab, line, sheet, pair)]
        for sheet, line in lines
    ]
    for pair in mapping:
        if not any(pair in pairs for pairs in fitting):
            sheet, line = next((sheet, line) for sheet, line in lines if line is not None)
            mapped_places(tab, line, sheet, [pair])
    return fitting


def _fits(tab: Tab, line: HeaderLine, sheet: SheetSeen, pair: str) -> bool:
    try:
        return bool(mapped_places(tab, line, sheet, [pair]))
    except MappingUnreadable:
        return False


def fields_by_header(tab: Tab, mapping: Sequence[str]) -> Mapping[str, str]:
    """Read the mapping as far as header texts go, to find the header row by it."""
    pairs = [[part.strip() for part in text.rpartition("=")] for text in mapping]
    fields = {header: _field(tab, name) for header, _, name in pairs if header}
    return MappingProxyType({header: field_id for header, field_id in fields.items() if field_id})


def _field(tab: Tab, name: str) -> str:
    if name == LEFT_ALONE:
        return LEFT_ALONE
    ours = {column.id for column in tab.block}
    return next((one for one in headers.columns_of(tab, name) if one not in ours), "")


def mapped_places(tab: Tab, line: HeaderLine, sheet: SheetSeen, mapping: Sequence[str]) -> Mapping[int, str]:
    """Give the field of each position that the mapping names, by header or by the letters of the column.

    Raises:
        MappingUnreadable: There is no such column or field, or one is named twice.
    """
    places: dict[int, str] = {}
    width = max(len(line.texts), *(len(row) for row in sheet.rows), 0)
    texts = [" ".join(text.split()) for text in line.texts]
    for text in mapping:
        header, mark, name = (part.strip() for part in text.rpartition("="))
        wanted = " ".join(header.split())
        found = [place for place, one in enumerate(texts) if one == wanted] or [
            place for place in range(width) if column_letters(place) == wanted
        ]
        field_id = _field(tab, name)
        if not mark or len(found) != 1:
            raise _unreadable(text, texts, found)
        if not field_id:
            known = ", ".join(column.id for column in tab.team_columns)
            raise MappingUnreadable(text, f"the fields are: {known}.", f"可用的字段：{known}。")
        if found[0] in places or (field_id != LEFT_ALONE and field_id in places.values()):
            raise MappingUnreadable(
                text, "this column or this field is mapped already.", "这一列或这个字段前面已经写过。"
            )
        places[found[0]] = field_id
    return MappingProxyType(places)


def _unreadable(text: str, texts: Iterable[str], found: Sequence[int]) -> MappingUnreadable:
    """Say that a pair names no column, or several."""
    if len(found) > 1:
        letters = ", ".join(column_letters(place) for place in found)
        return MappingUnreadable(
            text,
            f"several columns have this header, so name one by its letter: {letters}.",
            f"有几列是这个列名，请改用列的字母：{letters}。",
        )
    there = ", ".join(one for one in texts if one)
    return MappingUnreadable(
        text, f"the header row has these columns: {there}.", f"表头里有这些列：{there}。"
    )
