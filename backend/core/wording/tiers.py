"""Sentences about tiers: the reason beside each customer, and what is wrong with the rules."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words
from sheets_schema.model import Severity

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "tier-by-rule": Words(zh="{tier}：{window}{conditions}", en="{tier}: {window}{conditions}"),
        "tier-window": Words(zh="近 {days} 天 ", en="in {days} days "),
        "tier-all-time": Words(zh="历来 ", en="so far "),
        "tier-and": Words(zh="，", en=", "),
        "tier-amount": Words(zh="净额 {amount} {sign} {least}", en="net {amount} {sign} {least}"),
        "tier-orders": Words(zh="{orders} 单 {sign} {least}", en="orders {orders} {sign} {least}"),
        "tier-enquiries": Words(
            zh="咨询 {enquiries} 次 {sign} {least}", en="enquiries {enquiries} {sign} {least}"
        ),
        "tier-recency": Words(
            zh="最近购买 {last}（{days} 天内）", en="last purchase {last} (within {days} days)"
        ),
        "tier-last": Words(zh="最近购买 {last}", en="last purchase {last}"),
        "tier-never-bought": Words(
            zh="{tier}：没有购买或咨询记录", en="{tier}: no purchase and no enquiry on record"
        ),
        "tier-no-rule": Words(
            zh="{tier}：没有符合的规则，最近购买 {last}", en="{tier}: no rule holds, last purchase {last}"
        ),
        "tier-no-rule-no-day": Words(
            zh="{tier}：没有符合的规则，共 {orders} 单，咨询 {enquiries} 次",
            en="{tier}: no rule holds, orders {orders}, enquiries {enquiries}",
        ),
        "tier-no-data": Words(zh="{tier}：没有购买数据", en="{tier}: no purchase data"),
        "tier-by-hand": Words(
            zh="{tier}：人工指定至 {until}，原因：{reason}",
            en="{tier}: set by hand until {until}, because: {reason}",
        ),
        "override-incomplete": Words(
            zh="人工等级缺少原因或到期日，未采用",
            en="the manual tier has no reason or no end and is not used",
            severity=Severity.WARNING,
        ),
        "override-ended": Words(
            zh="人工等级已于 {until} 到期，未采用",
            en="the manual tier ended on {until} and is not used",
            severity=Severity.INFO,
        ),
        "override-too-long": Words(
            zh="人工等级到 {until}，超过 365 天，未采用",
            en="the manual tier runs to {until}, more than 365 days ahead, and is not used",
            severity=Severity.WARNING,
        ),
        "decision-unreadable": Words(
            zh="重复候选第 {row} 行的决定“{value}”看不懂；这一行不算，其余照常",
            en='line {row} of Duplicates: the decision "{value}" cannot be read; it is left out, the rest applies',
            severity=Severity.WARNING,
        ),
        "match-rule-unreadable": Words(
            zh="查重规则第 {row} 行，“{column_zh}”列的“{value}”读不懂；本行未采用，其余照常",
            en='line {row} of MatchRules, column "{column_en}": "{value}" cannot be read; the line is left out, the rest applies',
            severity=Severity.ERROR,
        ),
        "match-rule-twice": Words(
            zh="查重规则第 {row} 行的列“{value}”前面已经写过；本行未采用",
            en='line {row} of MatchRules: "{value}" stands above already; the line is left out',
            severity=Severity.WARNING,
        ),
        "tier-rule-unreadable": Words(
            zh="分级规则第 {row} 行，“{column_zh}”列的“{value}”读不懂；本行未采用，其余照常",
            en='line {row} of TierRules, column "{column_en}": "{value}" cannot be read; the line is left out, the rest applies',
            severity=Severity.ERROR,
        ),
        "tier-rule-incomplete": Words(
            zh="分级规则第 {row} 行缺少“{column_zh}”；本行未采用，其余照常",
            en='line {row} of TierRules has no "{column_en}"; the line is left out, the rest applies',
            severity=Severity.ERROR,
        ),
        "tier-rule-priority-twice": Words(
            zh="分级规则第 {row} 行的优先级 {value} 已用过；先写的先看",
            en="line {row} of TierRules: priority {value} is used twice; the upper line is looked at first",
            severity=Severity.WARNING,
        ),
        "tier-rule-unreachable": Words(
            zh="分级规则第 {row} 行永远轮不到：前面有一行没有任何条件",
            en="line {row} of TierRules is never reached: a line before it asks nothing",
            severity=Severity.WARNING,
        ),
    }
)
