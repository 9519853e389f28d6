"""CSV in: its encoding, its delimiter, its cells as they are written."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from backend import errors
from backend.adapters.files.table import Grid, Scalar, Table, split_header

if TYPE_CHECKING:
    from pathlib import Path

    from backend.adapters.files.table import HeaderFinder

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the four bytes of UTF-32 stand before the two of UTF-16 that they start with."""

_WITHOUT_MARK = ("utf-8", "gb18030")
_DELIMITERS = (",", ";", "\t")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LINE_END = re.compile(r"[\r\n]")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b"))
_INSIDE_LATIN = re.compile(r"[A-Za-z]([^\x00-\x7f])[a-z]")
_CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]{2}|(?<![A-Za-z])[\u4e00-\u9fff](?![A-Za-z])")
_LOOKED_AT = 65_536
_MOST_CONTROL, _FEW_CONTROL = 0.02, 8
_NO_LIMIT = 2**31 - 1


def read(path: Path, data: bytes, *, header_row: HeaderFinder) -> Table:
    """Read the table of a CSV file; for arguments and errors see `read_table`."""
    text, encoding = _decoded(path, data)
    delimiter = _delimiter_of(text)
    rows, lines = _parsed(path, text, delimiter)
    line = header_row(rows)
    headers, body = split_header(Grid(path=path, rows=rows, lines=lines), line)
    return Table.of(headers, body, header_row=line, encoding=encoding, delimiter=delimiter)


def read_rows(path: Path, data: bytes) -> list[list[Scalar]]:
    """Read all rows of a CSV file; no row is taken as headers."""
    text, _ = _decoded(path, data)
    return _parsed(path, text, _delimiter_of(text))[0]


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    """Give the text and its encoding: by its mark, else strict UTF-8, else strict GB18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(path, data, (encoding,))
    start = data[:_LOOKED_AT]
    if len(start) - len(start.translate(None, _CONTROL)) > max(_MOST_CONTROL * len(start), _FEW_CONTROL):
        raise errors.FileNotATable(path, ("its bytes are not text", "内容不是文本"))
    return _strict(path, data, _WITHOUT_MARK)


def _strict(path: Path, data: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    furthest = -1
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start + len(data) - len(error.object))
            continue
        accent = _inside_latin_word(text) if encoding == "gb18030" else None
        if accent is None:
            return text, encoding
        furthest = len(text[: accent.start(1)].encode(encoding))
    raise errors.EncodingUnknown(path, position=furthest, byte=data[furthest], tried=encodings)


def _inside_latin_word(text: str) -> re.Match[str] | None:
    """Find Windows-1252 taken for GB18030: `Müller` as `M黮ler`, and no Chinese word anywhere."""
    inside = _INSIDE_LATIN.search(text)
    return inside if inside and not _CHINESE_WORD.search(text) else None


def _delimiter_of(text: str) -> str:
    """Give the delimiter that stands most often on the first line with text, outside quoted cells."""
    first = _QUOTED.sub("", text[:_LOOKED_AT]).lstrip("\r\n")
    first = _LINE_END.split(first, maxsplit=1)[0]
    return max(_DELIMITERS, key=first.count)


def _parsed(path: Path, text: str, delimiter: str) -> tuple[list[list[Scalar]], list[int]]:
    """Give the rows and the line each starts on; a line break inside quotes belongs to the cell."""
    csv.field_size_limit(_NO_LIMIT)  # the default of 131,072 would hide which cell is too long
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Scalar]] = []
    lines: list[int] = []
    starts = 1
    try:
        for row in reader:
            rows.append([*row])
            lines.append(starts)
            starts = reader.line_num + 1
    except csv.Error as error:
        raise errors.QuoteNotClosed(path, _line_of_quote(text, starts, delimiter)) from error
    return rows, lines


def _line_of_quote(text: str, starts: int, delimiter: str) -> int:
    """Give the line on which the broken quoted cell of the row that starts on a line opens."""
    rest = "".join(_lines(text)[starts - 1 :])
    cell = re.compile(rf'(?:"(?:[^"]|"")*+"|[^"{delimiter}\r\n][^{delimiter}\r\n]*+)?+{delimiter}')
    position = 0
    while found := cell.match(rest, position):
        position = found.end()
    return starts + len(_lines(rest[:position] + "x")) - 1


def _lines(text: str) -> list[str]:
    return io.StringIO(text, newline="").readlines()
