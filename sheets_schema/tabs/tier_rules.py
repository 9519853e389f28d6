"""TierRules: one line a rule; the first whose conditions hold gives the tier."""

from __future__ import annotations

from sheets_schema.choices import MATCHES, TIERS, YES_NO
from sheets_schema.model import Kind, Tab, Text, column

TIER_RULES = Tab(
    id="TierRules",
    label=Text(zh="分级规则", en="TierRules"),
    help=Text(
        zh="从上到下，第一条符合的规则决定等级", en="The first rule that holds, by priority, gives the tier"
    ),
    aliases=("等级规则", "tier rules"),
    columns=(
        column(
            "priority",
            "优先级",
            "Priority",
            Kind.INTEGER,
            "小的先看，不可重复",
            "Smaller is looked at first; used once",
            width=80,
        ),
        column(
            "tier",
            "等级",
            "Tier",
            Kind.CHOICE,
            "重要、一般、潜在、未评",
            "important, ordinary, potential, unrated",
            choices=TIERS,
            width=90,
        ),
        column(
            "window_days",
            "考核期天数",
            "Window days",
            Kind.INTEGER,
            "只看最近这些天；留空看全部",
            "Only the last so many days count; blank means all",
            minimum=1,
            width=100,
        ),
        column(
            "min_amount",
            "最低金额",
            "Minimum amount",
            Kind.MONEY,
            "考核期内净额至少多少（默认币种）",
            "Least net amount in the window, in the register's currency",
            width=110,
        ),
        column(
            "min_orders",
            "最少订单",
            "Minimum orders",
            Kind.INTEGER,
            "考核期内有效订单至少几单",
            "Least number of valid orders in the window",
            minimum=0,
            width=100,
        ),
        column(
            "max_recency_days",
            "最近购买天数",
            "Recency days",
            Kind.INTEGER,
            "最近一次购买在多少天以内",
            "The last purchase lies at most so many days back",
            minimum=0,
            width=110,
        ),
        column(
            "min_enquiries",
            "最少咨询",
            "Minimum enquiries",
            Kind.INTEGER,
            "考核期内咨询、报价或未付订单至少几次",
            "Least number of enquiries, quotes or unpaid orders in the window",
            minimum=0,
            width=110,
        ),
        column(
            "match", "条件关系", "Match", Kind.CHOICE, "全部 或 任一", "all or any", choices=MATCHES, width=80
        ),
        column("active", "启用", "Active", Kind.CHOICE, "是 或 否", "yes or no", choices=YES_NO, width=70),
        column(
            "effective_from",
            "生效日",
            "Effective from",
            Kind.DATE,
            "留空即一直有效",
            "Blank means always",
            width=100,
        ),
        column(
            "effective_to",
            "失效日",
            "Effective to",
            Kind.DATE,
            "含当天；留空即一直有效",
            "Included; blank means always",
            width=100,
        ),
        column("note", "备注", "Note", Kind.TEXT, "给同事看的说明", "A word to colleagues", width=260),
    ),
)
