"""Mappings: one line a column of a file that came in, and the field it was taken for; the team edits it."""

from __future__ import annotations

from sheets_schema.model import Kind, Tab, Text, choice, column

DIRECTIONS = (
    choice("in", "导入", "in", "import"),
    choice("out", "导出", "out", "export"),
)

MAPPINGS = Tab(
    id="Mappings",
    label=Text(zh="对接映射", en="Mappings"),
    help=Text(
        zh="每行一个来源的一列：对应哪个字段；下次导入时照用",
        en="One line a column of a source: which field it is; the next import follows it",
    ),
    aliases=("映射", "列对应"),
    columns=(
        column(
            "source",
            "来源",
            "Source",
            Kind.TEXT,
            "文件名，不含数字和日期。例：customers",
            "Name of the file without digits and dates. Example: customers",
            aliases=("系统", "system"),
            width=160,
        ),
        column(
            "their_field",
            "对方列名",
            "Their column",
            Kind.TEXT,
            "文件里的表头",
            "The header in the file",
            width=200,
        ),
        column(
            "our_field",
            "本表字段",
            "Our field",
            Kind.TEXT,
            "字段名或表头；- 表示不读取；留空则按表头识别",
            "Field id or header; - leaves it alone; blank lets the header decide",
            width=160,
        ),
        column(
            "transform",
            "转换",
            "Transform",
            Kind.TEXT,
            "暂请留空：填了的行不会使用",
            "Leave it blank for now: a line with one is not used",
            width=120,
        ),
        column(
            "direction",
            "方向",
            "Direction",
            Kind.CHOICE,
            "导入 或 导出；目前只用导入",
            "in or out; only in is used so far",
            choices=DIRECTIONS,
            width=90,
        ),
    ),
)
