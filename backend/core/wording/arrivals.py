"""Sentences about what becomes of the rows of a file that comes in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "import-title": Words(
            zh="{file} 共 {rows} 行 → 登记表 {register}", en="{rows} rows of {file} → register {register}"
        ),
        "file-tab": Words(
            zh="读取工作表“{tab}”。",
            en='The tab "{tab}" is read.',
        ),
        "file-tabs": Words(
            zh="这些工作表表头相同，合在一起读：{tab}。",
            en="These tabs have the same headers and are read as one table: {tab}.",
        ),
        "file-tabs-left": Words(
            zh="没有读：{others}（用 --tab 选择，可写多次）。",
            en="Not read: {others} (--tab chooses, more than once if need be).",
        ),
        "import-done": Words(
            zh="已写入 {written} 行到登记表 {register}。{read} 列已识别，{kept} 列原样保留。",
            en="{written} rows written into register {register}. {read} columns are read, {kept} kept as they are.",
        ),
        "import-preview": Words(
            zh="预览：将写入 {written} 行，现在没有写入任何内容。去掉 --preview 才会写入。",
            en="Preview: {written} rows would be written, and nothing was. Run it without --preview to write.",
        ),
        "import-column": Words(zh="“{header}” → {label}", en='"{header}" → {label}'),
        "import-doubted": Words(
            zh='“{header}”看起来是“{label}”，但大部分内容不像，所以只保留、不检查；要检查请加 --map "{header}={field}"。',
            en='"{header}" sounds like {label}, but most of its cells do not look like it, so it is kept and not '
            'checked; --map "{header}={field}" binds it all the same.',
        ),
        "import-left-out": Words(
            zh="登记表里没有“{header}”列，这一列没有导入。要导入请先在登记表加上这一列。",
            en='The register has no column "{header}", so it is left out. Add the column there to bring it in.',
        ),
        "import-mapping-skipped": Words(
            zh="“对接映射”第 {row} 行（{their} → {our}）无法使用，已跳过。",
            en="Row {row} of the Mappings tab ({their} → {our}) cannot be used and was skipped.",
        ),
        "import-filled": Words(zh="已补充 {cells} 个空白格。", en="{cells} blank cells were filled."),
        "import-would-fill": Words(zh="将补充 {cells} 个空白格。", en="{cells} blank cells would be filled."),
        "import-unfilled": Words(
            zh="有 {cells} 格没有补充：有人先填了，或那一行被移走、删除。再运行一次导入即可核对。",
            en="{cells} cells were not filled: somebody was there first, or the row was moved or deleted. Import the "
            "file again to settle them.",
        ),
        "import-not-fillable": Words(
            zh="{rows} 行的内容不能补充（第 {first} 行等）：客户还没有行号标识（先运行一次 validate-and-tier），"
            "客户所在的工作表没有这一列，文件里两行说法不一，或内容以 = 开头。",
            en="{rows} rows cannot fill what they know (rows {first}): their customer has no row id yet (run "
            "validate-and-tier first), the customer's tab lacks the column, two rows of the file disagree, or the text begins with =.",
        ),
        "import-run": Words(zh="运行编号 {run_id}。", en="Run {run_id}."),
        "import-refused": Words(
            zh="{rows} 行不能用，连同原因写入 {path}", en="{rows} refused rows, with reasons, are in {path}"
        ),
        "import-unsettled": Words(
            zh="有 {rows} 行写入后没有在表里核对到。请看表格最下面几行，再运行一次导入：已有的行不会重复写入。",
            en="{rows} rows were not found in the sheet after they were written. Look at its last rows, then import "
            "the file again: rows that stand there are not written twice.",
        ),
        "import-next": Words(
            zh="接下来：steward run validate-and-tier --preview，看看会改什么。",
            en="Next: steward run validate-and-tier --preview says what a run would write.",
        ),
        "table-fates": Words(zh="每一行的结果", en="What becomes of the rows"),
        "table-arrivals": Words(zh="每类的头几行", en="The first rows of each kind"),
        "column-fate": Words(zh="结果", en="Result"),
        "column-rows": Words(zh="行数", en="Rows"),
        "column-row": Words(zh="行", en="Row"),
        "column-why": Words(zh="原因", en="Why"),
        "column-reason": Words(zh="原因", en="reason"),
        "column-tab": Words(zh="工作表", en="Tab"),
        "column-file-tab": Words(zh="工作表", en="tab of the file"),
        "column-file-row": Words(zh="文件行号", en="row of the file"),
        "fate-new": Words(zh="新客户", en="new"),
        "fate-same": Words(zh="已有，无变化", en="there already"),
        "fate-update": Words(zh="补充空白格", en="fills blanks"),
        "fate-conflict": Words(zh="与登记表不一致", en="conflict"),
        "fate-duplicate": Words(zh="可能重复", en="possible duplicate"),
        "fate-refused": Words(zh="不能用", en="refused"),
        "arrival-refused": Words(zh="没有客户名称", en="it has no customer name"),
        "arrival-header": Words(zh="重复了表头，不是客户", en="it repeats the headers and is no customer"),
        "arrival-total": Words(zh="合计行，不是客户", en="it sums up other rows and is no customer"),
        "arrival-update": Words(
            zh="登记表第 {row} 行的空白格：{cells}", en="blank in row {row} of the register: {cells}"
        ),
        "arrival-conflict": Words(zh="登记表第 {row} 行：{cells}", en="row {row} of the register: {cells}"),
        "arrival-filled": Words(zh="{label} {theirs}", en="{label} {theirs}"),
        "arrival-differs": Words(
            zh="{label} 是“{ours}”，文件里是“{theirs}”", en='{label} is "{ours}", "{theirs}" in the file'
        ),
        "arrival-maybe-ours": Words(
            zh="可能是登记表第 {row} 行：{why}", en="may be row {row} of the register: {why}"
        ),
        "arrival-maybe-theirs": Words(
            zh="可能是文件第 {row} 行：{why}", en="may be row {row} of the file: {why}"
        ),
        "arrival-same-cells": Words(zh="内容或编号相同", en="the same cells, or the same id"),
    }
)
