"""Errors about a file that comes in or goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors.root import FileError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class FileMissing(FileError):
    """There is no such file."""

    code = "file-missing"
    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(
            f'There is no file "{path}". Check the name and the folder.',
            f"找不到文件“{path}”。请检查文件名和所在文件夹。",
        )


class FileIsFolder(FileError):
    """A folder stands where a file is meant."""

    code = "file-is-folder"
    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(
            f'"{path}" is a folder. Name a file in it.',
            f"“{path}”是文件夹。请指定其中的文件。",
        )


class FileUnreadable(FileError):
    """The system does not let the file be read."""

    code = "file-unreadable"
    exit_code = 1

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f'"{path}" cannot be read: {why}. Check who may read it, and close it in other programs.',
            f"无法读取“{path}”：{why}。请检查读取权限，并在其他程序中关闭该文件。",
        )


class FileUnwritable(FileError):
    """The system does not let the file be written; what stood there before is unharmed."""

    code = "file-unwritable"
    exit_code = 1

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f'"{path}" cannot be written: {why}. Check the folder, the space left and who may write there.',
            f"无法写入“{path}”：{why}。请检查文件夹、剩余空间和写入权限。",
        )


class FileEmpty(FileError):
    """The file or the tab holds no cell."""

    code = "file-empty"

    def __init__(self, path: Path, tab: str = "") -> None:
        super().__init__(
            f'The tab "{tab}" of "{path}" is empty. Choose another tab.'
            if tab
            else f'"{path}" is empty. Choose a file with a header row and at least one row below it.',
            f"“{path}”的工作表“{tab}”是空的。请选择其他工作表。"
            if tab
            else f"“{path}”是空的。请选择有表头且至少有一行数据的文件。",
        )


class FileNotATable(FileError):
    """The file is no CSV and no XLSX, or is damaged.

    Args:
        path: The file.
        what: What it is instead, in English and Chinese.
    """

    code = "file-not-a-table"

    def __init__(self, path: Path, what: tuple[str, str]) -> None:
        super().__init__(
            f'"{path}" is not a table that can be read: {what[0]}. Save it as .xlsx or as .csv (UTF-8).',
            f"“{path}”不是可读取的表格：{what[1]}。请另存为 .xlsx 或 .csv（UTF-8）。",
        )


class FileUnsafe(FileError):
    """The file holds something that a table of customers does not need and that can do harm."""

    code = "file-unsafe"

    def __init__(self, path: Path, what: tuple[str, str]) -> None:
        super().__init__(
            f'"{path}" was refused: {what[0]}. Save the table as a new .xlsx or .csv with values only.',
            f"已拒绝“{path}”：{what[1]}。请将表格另存为仅含数值的新 .xlsx 或 .csv 文件。",
        )


class FileTooLarge(FileError):
    """The table is larger than what a sheet or a file can hold."""

    code = "file-too-large"

    def __init__(self, path: Path, what: tuple[str, str]) -> None:
        super().__init__(
            f'"{path}" is too large: {what[0]}. Split it, or delete stray cells far away from the table.',
            f"“{path}”过大：{what[1]}。请拆分文件，或删除远离表格的零散单元格。",
        )


class EncodingUnknown(FileError):
    """The bytes are text in none of the encodings that are tried.

    Args:
        path: The file.
        position: 0-based position of the byte at which the likeliest encoding breaks.
        byte: Its value.
        tried: Names of the encodings.
    """

    code = "encoding-unknown"

    def __init__(self, path: Path, *, position: int, byte: int, tried: Sequence[str]) -> None:
        names = ", ".join(tried)
        super().__init__(
            f'"{path}" is text in none of the known encodings ({names}): byte {position} is 0x{byte:02X}. '
            "It may be Windows-1252, as Excel saves it in Western Europe. Save it as CSV in UTF-8.",
            f"“{path}”不是已知编码（{names}）的文本：第 {position} 个字节为 0x{byte:02X}。"
            "可能是西欧版 Excel 保存的 Windows-1252。请另存为 UTF-8 编码的 CSV。",
        )


class TabNotInFile(FileError):
    """The file has no tab of that name."""

    code = "tab-not-in-file"
    exit_code = 2

    def __init__(self, path: Path, tab: str, found: Sequence[str]) -> None:
        names = ", ".join(found)
        super().__init__(
            f'"{path}" has no tab "{tab}". It has: {names or "no tabs, it is a CSV"}. Name one of them.',
            f"“{path}”没有工作表“{tab}”。现有：{names or '无（这是 CSV 文件）'}。请改用其中之一。",
        )


class TabsDiffer(FileError):
    """Tabs of a file that were named together have too few headers in common to be one table.

    Args:
        path: The file.
        tabs: Titles of two of them.
        only: For each the headers that the other lacks.
    """

    code = "tabs-differ"
    exit_code = 2

    def __init__(self, path: Path, tabs: tuple[str, str], only: tuple[Sequence[str], Sequence[str]]) -> None:
        (one, other), (here, there) = tabs, (", ".join(headers) for headers in only)
        super().__init__(
            f'The tabs "{one}" and "{other}" of "{path}" are no one table. Only "{one}" has: {here}. Only '
            f'"{other}" has: {there}. Give their columns the same headers, or read one tab at a time with --tab.',
            f"“{path}”的工作表“{one}”和“{other}”合不成一张表。只有“{one}”有：{here}；只有“{other}”有：{there}。"
            "请把表头改成一样，或用 --tab 一次读一页。",
        )


class QuoteNotClosed(FileError):
    """A quoted CSV cell has no proper end.

    Args:
        path: The file.
        line: 1-based line on which the quote opens.
    """

    code = "quote-not-closed"

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f'"{path}" is a broken CSV: the quoted cell that starts on line {line} is not closed properly. '
            'Close it with ", or write a quote inside a cell as "".',
            f"“{path}”是损坏的 CSV：第 {line} 行开始的引号单元格没有正确结束。"
            '请补上结尾的 "；单元格内的引号请写成 ""。',
        )


class HeaderMissing(FileError):
    """The header row holds no name."""

    code = "header-missing"

    def __init__(self, path: Path | str, row: int) -> None:
        super().__init__(
            f'Row {row} of "{path}" should hold the names of the columns, but is blank. '
            "Put the names there and the data below.",
            f"“{path}”的第 {row} 行应为表头，却是空行。请在该行填写列名，数据放在下方。",
        )


class HeaderTwice(FileError):
    """Two columns have the same header.

    Args:
        path: The file.
        header: The header text.
        columns: Letters of the columns that carry it.
    """

    code = "header-twice"

    def __init__(self, path: Path | str, header: str, columns: Sequence[str]) -> None:
        super().__init__(
            f'In "{path}" the columns {" and ".join(columns)} have the same header "{header}". Rename one.',
            f"“{path}”中 {'、'.join(columns)} 列的表头都是“{header}”。请重命名其中一列。",
        )


class RowTooLong(FileError):
    """A row has cells where the header row has none.

    Args:
        path: The file.
        line: 1-based line of the file (CSV) or row of the sheet (XLSX) on which the row starts.
        cells: How many cells the row has.
        headers: How many the header row has.
        first: The first cell beyond the headers.
    """

    code = "row-too-long"

    def __init__(self, path: Path | str, *, line: int, cells: int, headers: int, first: str) -> None:
        super().__init__(
            f'Line {line} of "{path}" has {cells} cells, but there are {headers} headers; the first beyond '
            f'them is "{first[:40]}". Add a header, or put a cell that holds the delimiter in quotes.',
            f"“{path}”第 {line} 行有 {cells} 个单元格，但表头只有 {headers} 个；"
            f"多出的第一个是“{first[:40]}”。请补充表头，或将含分隔符的单元格加上引号。",
        )


class CellHasNul(FileError):
    """A cell holds a NUL byte, which no sheet can hold."""

    code = "cell-has-nul"

    def __init__(self, path: Path | str, cell: str) -> None:
        super().__init__(
            f'The cell {cell} of "{path}" holds a NUL character. Delete it, or export the file anew.',
            f"“{path}”的单元格 {cell} 含有 NUL 字符。请删除该字符，或重新导出文件。",
        )


class CellTooLong(FileError):
    """A cell holds more than the 50,000 characters that a Google Sheet takes.

    Args:
        path: The file.
        cell: The cell in A1 form.
        header: The header of its column.
        length: Its length in characters.
    """

    code = "cell-too-long"

    def __init__(self, path: Path | str, *, cell: str, header: str, length: int) -> None:
        super().__init__(
            f'The cell {cell} ("{header}") of "{path}" holds {length:,} characters; a sheet takes 50,000. '
            "Shorten it or move it to a document, then read the file again.",
            f"“{path}”的单元格 {cell}（“{header}”）有 {length:,} 个字符，超过表格上限 50,000。"
            "请缩短或移到文档中，再重新读取。",
        )


class ExportKindUnknown(FileError):
    """The name of a file to be written does not say what kind it is."""

    code = "export-kind-unknown"
    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(
            f'"{path.name}" does not say what kind of file to write. Let the name end in .xlsx, .csv or .json.',
            f"“{path.name}”看不出要导出成什么文件。文件名请以 .xlsx、.csv 或 .json 结尾。",
        )


class NothingToCompare(FileError):
    """No column of the file says who a customer is."""

    code = "nothing-to-compare"
    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(
            f'No column of "{path}" is recognised as a name, phone, e-mail, address or id. '
            'Say what they are: --map "COLUMN=KIND".',
            f'“{path}”里没有认出姓名、电话、邮箱、地址或编号列。请指定：--map "列名=类别"。',
        )


class NameNotInFile(FileError):
    """No column of the file is recognised as the customer's name."""

    code = "name-not-in-file"

    def __init__(self, headers: Sequence[str]) -> None:
        there = ", ".join(headers)
        super().__init__(
            f"No column of the file is recognised as the customer's name. Its columns are: {there}. "
            'Say which it is: --map "COLUMN=full_name".',
            f'文件里没有认出客户名称列。现有列：{there}。请指定：--map "列名=full_name"。',
        )
