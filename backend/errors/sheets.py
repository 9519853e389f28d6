"""Errors about a register: its tabs, its headers, its tool block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors.root import SheetError

if TYPE_CHECKING:
    from collections.abc import Sequence


class RegisterUnknown(SheetError):
    """No register here goes by this name."""

    code = "register-unknown"
    exit_code = 3

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = ", ".join(known)
        super().__init__(
            (
                f'There is no register "{name}" here. There is: {there}. '
                if known
                else "There is no register here yet. "
            )
            + 'Make one with "steward demo" or "steward import FILE"; with STEWARD_GOOGLE_CREDENTIALS set, '
            "--register takes the address of a Google Sheet.",
            (f"这里没有登记表“{name}”。现有：{there}。" if known else "这里还没有登记表。")
            + "请先运行 steward demo 或 steward import 文件；"
            "设置了 STEWARD_GOOGLE_CREDENTIALS 时，--register 可以写 Google 表格的链接。",
        )


class RegisterExists(SheetError):
    """A register of this name is here already."""

    code = "register-exists"
    exit_code = 3

    def __init__(self, name: str) -> None:
        super().__init__(
            f'There is a register "{name}" already; it was left as it is. Choose another name with "--register NAME".',
            f"已有登记表“{name}”，未作改动。请用 --register 名称 换一个名称。",
        )


class TabMissing(SheetError):
    """A tab of the register is not in the spreadsheet."""

    code = "tab-missing"
    exit_code = 3

    def __init__(self, tab: str, found: Sequence[str]) -> None:
        there = ", ".join(found)
        super().__init__(
            f'The spreadsheet has no tab "{tab}". It has: {there}. Rename the tab that holds the customers to "{tab}".',
            f"表格里没有“{tab}”页。现有：{there}。请把客户所在的页改名为“{tab}”。",
        )


class HeadersMissing(SheetError):
    """None of the first rows of a tab names a column we know."""

    code = "headers-missing"
    exit_code = 3

    def __init__(self, tab: str) -> None:
        super().__init__(
            f'Tab "{tab}" has no header row: none of its first ten rows names a known column. '
            "Put the headers back into the first row.",
            f"“{tab}”页没有表头：前十行里没有认识的列名。请把表头放回第一行。",
        )


class HeadersMoved(SheetError):
    """The header row stands below customers."""

    code = "headers-moved"
    exit_code = 3

    def __init__(self, tab: str, row: int, line: int) -> None:
        super().__init__(
            f'The headers of tab "{tab}" stand in row {row}, below the customer in row {line}; customers above the '
            "headers are not seen. Move the header row back above them.",
            f"“{tab}”页的表头在第 {row} 行，而第 {line} 行已是客户；表头上面的客户会被漏掉。请把表头移回最上面。",
        )


class HeadersMerged(SheetError):
    """Headers are merged, so that one of them stands for several columns."""

    code = "headers-merged"
    exit_code = 3

    def __init__(self, tab: str, cells: str) -> None:
        super().__init__(
            f'Cells {cells} of tab "{tab}" are merged, so it is not clear which column is which. '
            "Unmerge them, and give each column a header of its own.",
            f"“{tab}”页的 {cells} 是合并单元格，分不清各列是什么。请取消合并，并给每一列写上列名。",
        )


class NameColumnMissing(SheetError):
    """The Customers tab has no column for the customer's name."""

    code = "name-column-missing"
    exit_code = 3

    def __init__(self, tab: str, headers: Sequence[str]) -> None:
        there = ", ".join(headers)
        super().__init__(
            f'Tab "{tab}" has no column for the customer\'s name. Its headers are: {there}. '
            'Name that column "Customer name".',
            f"“{tab}”页没有客户名称列。现有列名：{there}。请把那一列命名为“客户名称”。",
        )


class ColumnTwice(SheetError):
    """Two headers claim a column that must be clear."""

    code = "column-twice"
    exit_code = 3

    def __init__(self, tab: str, column: str, cells: Sequence[str]) -> None:
        places = ", ".join(cells)
        super().__init__(
            f'Tab "{tab}" has the column "{column}" more than once, in {places}. '
            "Rename all but one of these headers.",
            f"“{tab}”页有不止一个“{column}”列：{places}。请只留一个，其余改名。",
        )


class ColumnDisagrees(SheetError):
    """A header says one column and the column's tag says another."""

    code = "column-disagrees"
    exit_code = 3

    def __init__(self, tab: str, cell: str, header: str, column: str) -> None:
        super().__init__(
            f'Cell {cell} of tab "{tab}" says "{header}", but this column was bound as "{column}". '
            "Put the header back, or move the data into its own column.",
            f"“{tab}”页 {cell} 写着“{header}”，但这一列原来是“{column}”。请改回表头，或把数据放到对应的列。",
        )


class BlockMissing(SheetError):
    """The Customers tab has no tool block."""

    code = "block-missing"
    exit_code = 3

    def __init__(self, tab: str, columns: Sequence[str]) -> None:
        missing = ", ".join(columns)
        super().__init__(
            f'Tab "{tab}" lacks columns of the tool block: {missing}. Steward writes its answers there. '
            "Put the columns back with these headers side by side.",
            f"“{tab}”页缺少管家的列：{missing}。管家的结果写在那里。请用这些列名补回来，并排放好。",
        )


class BlockTorn(SheetError):
    """The columns of the tool block no longer stand side by side."""

    code = "block-torn"
    exit_code = 3

    def __init__(self, tab: str, cell: str) -> None:
        super().__init__(
            f'The tool block of tab "{tab}" is torn apart at cell {cell}: a foreign column stands inside it. '
            "Move that column out of the block.",
            f"“{tab}”页的管家列在 {cell} 处被拆开了：中间插了别的列。请把那一列移到外面。",
        )


class BlockMerged(SheetError):
    """Cells of the tool block are merged, so that what is written there would not stay."""

    code = "block-merged"
    exit_code = 3

    def __init__(self, tab: str, cells: str) -> None:
        super().__init__(
            f'Cells {cells} of tab "{tab}" are merged and reach into the columns of Steward, which writes one '
            "answer beside each row. Unmerge them.",
            f"“{tab}”页的 {cells} 是合并单元格，伸进了管家的列，而管家要在每一行旁边写结果。请取消合并。",
        )


class ArchiveTorn(SheetError):
    """Steward's columns of the Archive tab are not where they belong."""

    code = "archive-torn"
    exit_code = 3

    def __init__(self, tab: str) -> None:
        super().__init__(
            f'The headers of tab "{tab}" are not the first eleven columns as Steward made them, so no row can be '
            "taken out or brought back. Put them back in their order.",
            f"“{tab}”页的表头不是管家建的前十一列，无法移出或放回任何行。请按原来的顺序恢复。",
        )


class SheetTooLarge(SheetError):
    """The tabs have more cells, filled or not, than are read at once."""

    code = "sheet-too-large"
    exit_code = 3

    def __init__(self, tab: str, rows: int, columns: int, cells: int, most: int) -> None:
        super().__init__(
            f"The tabs to read have {cells:,} cells together, blank ones too; Steward reads at most {most:,} at once. "
            f'The largest is "{tab}" with {rows:,} rows and {columns:,} columns. Delete the blank rows below and the '
            "blank columns beside the data there, or move old lines to another spreadsheet.",
            f"要读取的各页连空白格共有 {cells:,} 格，而管家一次最多读 {most:,} 格。"
            f"最大的是“{tab}”页：{rows:,} 行、{columns:,} 列。"
            "请删掉那里数据下方的空白行和右侧的空白列，或把旧的内容移到另一个表格。",
        )


class RegisterEmpty(SheetError):
    """The Customers tab has no rows."""

    code = "register-empty"
    exit_code = 3

    def __init__(self, tab: str) -> None:
        super().__init__(
            f'Tab "{tab}" has headers but no customers. Enter customers below the headers, '
            'or bring them in with "steward import FILE".',
            f"“{tab}”页只有表头，没有客户。请在表头下面填写客户，或用 steward import 文件 导入。",
        )


class SpreadsheetUnknown(SheetError):
    """There is no spreadsheet or file by this name."""

    code = "spreadsheet-unknown"
    exit_code = 3

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = ", ".join(known)
        super().__init__(
            f'There is no spreadsheet and no file "{name}". '
            + (f"The spreadsheets here are: {there}. " if known else "There are no spreadsheets here yet. ")
            + "Give the title, id or address of a spreadsheet, or the path of an .xlsx or .csv file.",
            f"没有名为“{name}”的表格或文件。"
            + (f"这里的表格：{there}。" if known else "这里还没有表格。")
            + "请给出表格的标题、编号或网址，或 .xlsx、.csv 文件的路径。",
        )


class NotAdoptable(SheetError):
    """Something stands in the way of taking a spreadsheet over."""

    code = "not-adoptable"
    exit_code = 3

    def __init__(self, title: str, reasons_en: Sequence[str], reasons_zh: Sequence[str]) -> None:
        super().__init__(
            f'"{title}" was not taken over and is as it was. ' + " ".join(reasons_en),
            f"“{title}”没有接管，内容未变。" + "".join(reasons_zh),
        )
