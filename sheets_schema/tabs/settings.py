"""Settings: one line a setting of the register; the team edits the value."""

from __future__ import annotations

from sheets_schema.model import Kind, Tab, Text, column

SETTINGS = Tab(
    id="Settings",
    label=Text(zh="设置", en="Settings"),
    help=Text(zh="每行一项设置；留空即用默认值", en="One line a setting; blank means the default"),
    aliases=("配置", "config"),
    columns=(
        column(
            "key",
            "设置项",
            "Setting",
            Kind.TEXT,
            "请勿修改名称",
            "Please leave the names",
            aliases=("键", "key"),
            width=160,
        ),
        column(
            "value",
            "值",
            "Value",
            Kind.TEXT,
            "可以修改",
            "Yours to edit",
            aliases=("取值", "value"),
            width=220,
        ),
        column(
            "explanation",
            "说明",
            "Explanation",
            Kind.TEXT,
            "这项设置的意思",
            "What the setting means",
            width=480,
        ),
    ),
)
