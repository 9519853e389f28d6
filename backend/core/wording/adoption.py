"""Sentences about taking over the team's own spreadsheet."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "init-several": Words(
            zh="{count} 页都是客户，合起来是一份登记表：{tabs}。只要其中几页，请用 --tab 逐一说明。",
            en="{count} tabs hold customers and are one register together: {tabs}. If it is only some of them, name each with --tab.",
        ),
        "init-no-tab": Words(
            zh="没有名为“{tab}”的页。现有：{tabs}。请改 --tab。",
            en='There is no tab "{tab}". There is: {tabs}. Correct --tab.',
        ),
        "init-empty": Words(
            zh="表格是空的（{tabs}）。请先填好表头和客户，或用 steward import 文件 导入。",
            en="The spreadsheet is empty ({tabs}). Enter headers and customers first, or use steward import FILE.",
        ),
        "init-no-headers": Words(
            zh="{tabs}：前十行里没有认识的列名。请把表头放到前十行，或用 --map 列名=full_name 说明哪一列是客户名称。",
            en="{tabs}: none of the first ten rows names a known column. Put the headers into the first ten rows, or say which column holds the names with --map COLUMN=full_name.",
        ),
        "init-no-name": Words(
            zh="“{tab}”页第 {row} 行是表头，但没有客户名称列（现有：{headers}）。请用 --map 列名=full_name 说明是哪一列。",
            en='Row {row} of tab "{tab}" holds the headers, but none is the customer\'s name (there is: {headers}). Say which it is with --map COLUMN=full_name.',
        ),
        "init-no-customers": Words(
            zh="没有一页像客户表；最接近的是“{tab}”（第 {row} 行：{headers}）。如果就是它，请加 --tab “{tab}”。",
            en='No tab looks like customers; "{tab}" comes closest (row {row}: {headers}). If that is the one, add --tab "{tab}".',
        ),
        "init-twice": Words(
            zh="“{tab}”页有不止一个“{column}”列：{cells}。请用 --map {letter}=- 说明不用哪一列，或改列名。",
            en='Tab "{tab}" has the column "{column}" more than once: {cells}. Say which to leave alone with --map {letter}=-, or rename one.',
        ),
        "init-merged": Words(
            zh="“{tab}”页 {cell} 是合并单元格（{range}），合并的格子里只有第一格有内容。请取消合并并逐行填好。",
            en='Cell {cell} of tab "{tab}" is merged ({range}), so only the first of these rows or columns holds the value. Unmerge it and fill in every cell.',
        ),
        "init-merged-header": Words(
            zh="“{tab}”页表头 {cell} 是合并单元格（{range}），下面各列没有自己的列名。请取消合并并给每一列写列名。",
            en='Header cell {cell} of tab "{tab}" is merged ({range}), so the columns under it have no headers of their own. Unmerge it and give each column a header.',
        ),
        "init-filter-views": Words(
            zh="“{tab}”页有建在命名区域或表格上的筛选视图：{names}，无法延伸到管家的列，在里面排序会把它们留在原处。请先删除，接管后再建。",
            en='Tab "{tab}" has filter views over a named range or a table: {names}. They cannot be extended over Steward\'s columns, which a sort in one of them would leave behind. Delete them, and make them again afterwards.',
        ),
        "init-tables": Words(
            zh="“{tab}”页有表格对象：{names}。在其中排序会把管家的列留在原处。请先转换为普通区域。",
            en='Tab "{tab}" has tables: {names}. A sort in one of them would leave Steward\'s columns behind. Convert them to plain ranges first.',
        ),
        "init-banding": Words(
            zh="“{tab}”页 {range} 的交替颜色旁边还有另一块，无法延伸到管家的列。请合成一块或删除。",
            en='The alternating colours {range} of tab "{tab}" have others beside them and cannot be extended over Steward\'s columns. Make them one, or remove them.',
        ),
        "init-changed": Words(
            zh="表格在您确认之前有了变化，还没有写入。现在是这样：",
            en="The spreadsheet has changed since it was shown, and nothing was written. This is how it stands now:",
        ),
        "init-tab": Words(
            zh="“{title}”页 → {tab}：表头在第 {row} 行，{lines} 行{totals}{hidden}",
            en='Tab "{title}" → {tab}: headers in row {row}, {lines} rows{totals}{hidden}',
        ),
        "init-totals": Words(zh="，合计行 {rows}（不算客户）", en=", totals in row {rows} (not counted)"),
        "init-hidden": Words(zh="，隐藏页", en=", a hidden tab"),
        "init-column": Words(zh="  {column} “{header}” → {label}", en='  {column} "{header}" → {label}'),
        "init-kept": Words(zh="  保留、不检查：{headers}", en="  kept and not checked: {headers}"),
        "init-twice-kept": Words(
            zh="  “{label}”有不止一列：{cells}；用第一列，其余保留。",
            en="  {label} stands more than once: {cells}; the first is read, the others are kept.",
        ),
        "init-left": Words(
            zh="也像客户表或交易记录、但不动的页：{tabs}（要纳入的话用 --tab 说明）",
            en="Tabs that look like customers or orders as well and are left alone: {tabs} (name one with --tab to take it in)",
        ),
        "init-missing": Words(zh="要加的页：{tabs}", en="Tabs to be added: {tabs}"),
        "init-side-left": Words(
            zh="管家的 {columns} 列将插在最左边；你们的列依次右移，内容不变。",
            en="Steward's {columns} columns are put at the left; yours move to the right and stay as they are.",
        ),
        "init-side-right": Words(
            zh="管家的 {columns} 列将加在最右边；你们的列不动。",
            en="Steward's {columns} columns are put at the right; yours stay where they are.",
        ),
        "init-ask": Words(zh="就这样接管吗？", en="Take it over like this?"),
        "init-not-yet": Words(
            zh="还没有写入任何内容。加 --yes 就会接管。", en="Nothing was written. Add --yes to take it over."
        ),
        "init-done": Words(
            zh="已接管，登记表名为 {register}。接下来：steward run validate-and-tier --preview，看看会改什么。",
            en="Taken over as register {register}. Next: steward run validate-and-tier --preview says what a run would write.",
        ),
        "init-again": Words(
            zh="都已就绪，没有写入任何内容。登记表名为 {register}。",
            en="Everything is in place; nothing was written. The register is called {register}.",
        ),
    }
)
