"""What an XLSX file holds, before a parser opens it: bombs, macros, links, stray cells, error values."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend import errors
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_BYTES = 200_000_000
"""Bytes all parts together may unpack to."""

MOST_RATIO = 100
"""How many times larger the parts may be unpacked than packed."""

MOST_CELLS = 10_000_000
"""Cells a Google spreadsheet holds. A parser makes room for every cell up to the farthest one."""

_UNSAFE = (
    (re.compile(r"(^|/)(vbaProject\.bin|macrosheets/)", re.IGNORECASE), ("it holds macros", "文件含有宏")),
    (
        re.compile(r"^xl/(externalLinks/|connections\.xml)", re.IGNORECASE),
        ("it links to other files or data sources", "文件链接到其他文件或数据源"),
    ),
)
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_LENGTHS_AT = 26
"""Where in the local header of a part the lengths of its name and its extra field stand."""

_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["']([0-9]{1,7})["']""")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_SHEET_PART = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\b\w+:id=["']([^"']+)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(Id|Target)=["']([^"']*)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheets:
    """The XML of each sheet of a workbook, in the order of its tabs."""

    parts: tuple[bytes, ...]

    def error_cells(self, position: int) -> dict[tuple[int, int], str]:
        """Give the cells of a tab that hold an error value; the parser gives them as blank.

        Args:
            position: 0-based position of the tab.

        Returns:
            The text of the error, such as "#REF!", by 0-based row and column.
        """
        found = {}
        for attributes, content in _ERROR_CELL.findall(self.parts[position]):
            place, value = _PLACE.search(attributes), _VALUE.search(content)
            if place and value:
                found[int(place[2]) - 1, _position(place[1])] = value[1].decode()
        return found


def checked_worksheets(path: Path, data: bytes) -> Worksheets:
    """Unpack the worksheets of an XLSX file, when the file is safe to open.

    Args:
        path: The file, for error messages.
        data: Its bytes.

    Returns:
        The XML of its sheets.

    Raises:
        FileNotATable: The file is no XLSX, or is damaged.
        FileUnsafe: It is a zip bomb, or holds macros or links to other files.
        FileTooLarge: A sheet spans more than 10 million cells.

    Source: OWASP ASVS 5.2 (compressed files: declared sizes, and bytes counted while unpacking).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_unsafe(path, entries)
            _refuse_other_kinds(path, archive.namelist())
            unpacked = {entry.filename: _unpacked(path, data, entry) for entry in entries}
        parts = tuple(unpacked[name] for name in _sheet_parts(unpacked))
    except (zipfile.BadZipFile, zlib.error, struct.error, LookupError, UnicodeDecodeError) as error:
        raise errors.FileNotATable(path, (f"it is damaged ({error})", f"文件已损坏（{error}）")) from error
    for xml in parts:
        _refuse_stray_cells(path, xml)
    return Worksheets(parts=parts)


def _unpacked(path: Path, data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Unpack a part and count its bytes: a declared size may lie."""
    lengths = struct.unpack_from("<HH", data, entry.header_offset + _LENGTHS_AT)
    start = entry.header_offset + _LENGTHS_AT + 4 + sum(lengths)
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    xml = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
    if len(xml) > entry.file_size:
        what = f'its part "{entry.filename}" is larger than it says'
        raise errors.FileUnsafe(path, (what, f"其中的“{entry.filename}”比声明的更大"))
    return xml


def _sheet_parts(unpacked: Mapping[str, bytes]) -> list[str]:
    """Give the names of the parts that hold the sheets, in the order of the tabs."""
    targets = {}
    for attributes in _RELATION.findall(unpacked[_RELATIONS]):
        pairs = dict(_ATTRIBUTE.findall(attributes))
        targets[pairs[b"Id"]] = posixpath.join("/xl", pairs[b"Target"].decode())
    identifiers = _SHEET_PART.findall(unpacked[_WORKBOOK])
    return [posixpath.normpath(targets[identifier]).lstrip("/") for identifier in identifiers]


def _refuse_unsafe(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Judge by names and declared sizes, before a byte is unpacked."""
    declared = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if declared > MOST_BYTES or declared > MOST_RATIO * max(packed, 1):
        what = f"it unpacks to {declared:,} bytes, {declared // max(packed, 1)} times its size"
        zh = f"解压后为 {declared:,} 字节，是原大小的 {declared // max(packed, 1)} 倍"
        raise errors.FileUnsafe(path, (what, zh))
    for pattern, reason in _UNSAFE:
        if any(pattern.search(entry.filename) for entry in entries):
            raise errors.FileUnsafe(path, reason)


def _refuse_other_kinds(path: Path, names: list[str]) -> None:
    if _WORKBOOK in names and _RELATIONS in names:
        return
    if "xl/workbook.bin" in names:
        raise errors.FileNotATable(
            path, ("it is a binary Excel file (.xlsb)", "这是二进制 Excel 文件（.xlsb）")
        )
    raise errors.FileNotATable(path, ("it is an archive without a workbook", "这是不含工作簿的压缩文件"))


def _refuse_stray_cells(path: Path, xml: bytes) -> None:
    places = _CELL.findall(xml)
    column = max((_position(name) for name in {name for name, _ in places}), default=0)
    numbers = {number for _, number in places} | set(_ROW.findall(xml))
    row = max((int(number) for number in numbers), default=0)
    if (column + 1) * row > MOST_CELLS:
        cell = f"{column_letters(column)}{row}"
        what = (
            f"its cells reach to {cell}, and a sheet holds {MOST_CELLS:,}",
            f"单元格延伸到 {cell}，上限为 {MOST_CELLS:,} 个",
        )
        raise errors.FileTooLarge(path, what)


def _position(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
