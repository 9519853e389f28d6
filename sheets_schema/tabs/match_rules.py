"""MatchRules: one line a column that tells who a customer is; without lines the usual columns do."""

from __future__ import annotations

from sheets_schema.choices import MATCH_KINDS, YES_NO
from sheets_schema.model import Kind, Tab, Text, column

MATCH_RULES = Tab(
    id="MatchRules",
    label=Text(zh="查重规则", en="MatchRules"),
    help=Text(
        zh="每行一列：它在查找重复时算什么、有多重要",
        en="One line a column: what it counts as in the search for duplicates, and how much",
    ),
    aliases=("重复规则", "match rules"),
    columns=(
        column(
            "field",
            "列",
            "Field",
            Kind.TEXT,
            "客户表的列名；“*” 表示整表的界限",
            "A column of Customers; * for the thresholds of them all",
            width=140,
        ),
        column(
            "match_kind",
            "类别",
            "Kind",
            Kind.CHOICE,
            "按什么比较；留空按惯例",
            "What it is compared as; blank for the usual",
            choices=MATCH_KINDS,
            width=110,
        ),
        column(
            "weight",
            "权重",
            "Weight",
            Kind.NUMBER,
            "0 到 5；1 为惯例，0 表示不计分",
            "0 to 5; 1 is usual, 0 counts nothing",
            minimum=0,
            width=80,
        ),
        column(
            "max_shared",
            "共用上限",
            "Shared by at most",
            Kind.INTEGER,
            "同一内容出现在更多客户时不再算证据",
            "A value of more customers than this is no evidence",
            minimum=1,
            width=110,
        ),
        column(
            "scope",
            "只在相同时比较",
            "Scope",
            Kind.CHOICE,
            "填“是”：此列不同的两行永不算同一客户",
            "yes: rows that differ here are never one customer",
            choices=YES_NO,
            width=120,
        ),
        column(
            "possible_from",
            "可能起点",
            "Possible from",
            Kind.NUMBER,
            "仅 “*” 行：从多大可能性起列出（0 到 1）",
            "Line * only: probability from which a pair is shown, 0 to 1",
            minimum=0,
            width=100,
        ),
        column(
            "certain_from",
            "确定起点",
            "Certain from",
            Kind.NUMBER,
            "仅 “*” 行：从多大可能性起称为确定（0 到 1）",
            "Line * only: probability from which a pair may be certain, 0 to 1",
            minimum=0,
            width=100,
        ),
        column(
            "active", "启用", "Active", Kind.CHOICE, "留空为是", "Blank means yes", choices=YES_NO, width=70
        ),
    ),
)
