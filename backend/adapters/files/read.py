"""A table out of a file, CSV, XLSX or JSON, whichever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend import errors
from backend.adapters.files import read_csv, read_json, read_xlsx
from backend.adapters.files.table import FileTab, first_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from backend.adapters.files.table import HeaderFinder, Table

LARGEST_FILE = 200_000_000
"""Bytes of the largest file that is read."""

_ZIP = b"PK\x03\x04"

_SIGNATURES: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        ("it is an old Excel file (.xls) or has a password", "这是旧版 Excel 文件（.xls）或设有密码"),
    ),
    (b"%PDF", ("it is a PDF", "这是 PDF 文件")),
    (b"\x89PNG", ("it is a picture", "这是图片")),
    (b"\xff\xd8\xff", ("it is a picture", "这是图片")),
    (b"GIF8", ("it is a picture", "这是图片")),
    (b"\x1f\x8b", ("it is a compressed file", "这是压缩文件")),
    (b"SQLite format 3\x00", ("it is a database", "这是数据库文件")),
    (b"{\\rtf", ("it is a text document", "这是文字文档")),
)


def read_table(path: Path, *, tabs: Sequence[str] = (), header_row: HeaderFinder = first_row) -> Table:
    """Read one table. Nothing is guessed: a CSV cell is text exactly as written.

    An XLSX cell is what the Sheets API would give: text, a number, true or false. A date is its serial
    number: days since 1899-12-30, the time of day as a fraction. A whole number is an int. A formula gives
    the value that was last worked out; an error value gives its text, such as "#REF!".

    Args:
        path: The file; its bytes decide what it is, not its name, but for .json.
        tabs: Titles of the tabs of an XLSX file that are read, as one table in this order; when there are
            none, the first visible one and the others that have its headers, but for copies put aside.
        header_row: Finds the headers; in a second tab, they are where those of the first are met again.

    Returns:
        The whole table, or nothing: an error anywhere means that no row is given.

    Raises:
        FileError: One of its leaves; it names the file, and the line or the cell where there is one.
    """
    data = _table_bytes(path)
    if data.startswith(_ZIP):
        return read_xlsx.read(path, data, tabs=tabs, header_row=header_row)
    if tabs:
        raise errors.TabNotInFile(path, tabs[0], ())
    if path.suffix.lower() == ".json":
        return read_json.read(path, data)
    return read_csv.read(path, data, header_row=header_row)


def read_tabs(path: Path) -> list[FileTab]:
    """Read every tab of a file as it is: all cells from the first row, none of them taken as headers.

    Raises:
        FileError: One of its leaves; it names the file.
    """
    data = _table_bytes(path)
    if data.startswith(_ZIP):
        return read_xlsx.read_tabs(path, data)
    return [FileTab(title="", rows=read_csv.read_rows(path, data))]


def _table_bytes(path: Path) -> bytes:
    """Give the bytes of a file that may be a table."""
    data = _bytes_of(path)
    if not data.strip():
        raise errors.FileEmpty(path)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise errors.FileNotATable(path, what)
    return data


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            what = (
                f"{size:,} bytes, and {LARGEST_FILE:,} are read",
                f"{size:,} 字节，上限 {LARGEST_FILE:,} 字节",
            )
            raise errors.FileTooLarge(path, what)
        return path.read_bytes()
    except FileNotFoundError:
        raise errors.FileMissing(path) from None
    except IsADirectoryError:
        raise errors.FileIsFolder(path) from None
    except OSError as error:
        raise errors.FileUnreadable(path, error.strerror or str(error)) from error
