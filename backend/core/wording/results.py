"""Sentences about what came of a run, as a sidebar shows them and the command line says them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "result-duplicates": Words(
            zh="{job} · 登记表 {register} · 比较 {customers} 位客户",
            en="{job} · register {register} · {customers} customers compared",
        ),
        "result-rows": Words(
            zh="{job} · 登记表 {register} · {rows} 位客户（共 {customers} 位）",
            en="{job} · register {register} · {rows} of {customers} customers",
        ),
        "result-customer": Words(zh="第 {row} 行 {name}", en="Row {row} {name}"),
        "result-in-tier": Words(zh="第 {row} 行 {name}：{tier}", en="Row {row} {name}: {tier}"),
        "result-untiered": Words(
            zh="第 {row} 行 {name}：没有写入，请先看下面的问题",
            en="Row {row} {name}: not written, see the problem below",
        ),
        "result-problem": Words(zh="{column}：{message}", en="{column}: {message}"),
        "result-no-problem": Words(zh="没有问题", en="no problem"),
        "result-alike": Words(
            zh="可能与第 {row} 行 {name} 重复（{strength}）：{evidence}",
            en="possible duplicate of row {row} {name} ({strength}): {evidence}",
        ),
        "result-more-customers": Words(zh="另有 {customers} 位客户", en="and {customers} customers more"),
        "result-problems": Words(
            zh="错误 {errors} 处，提醒 {warnings} 处，提示 {notes} 处。",
            en="{errors} errors, {warnings} warnings, {notes} notes.",
        ),
        "result-tiers": Words(zh="客户等级：{tiers}。", en="Tiers: {tiers}."),
        "result-tier": Words(zh="{tier} {customers}", en="{tier} {customers}"),
        "result-pairs": Words(
            zh="可能重复：{groups} 组，{pairs} 对。",
            en="Possible duplicates: {groups} groups, {pairs} pairs.",
        ),
        "result-moved": Words(
            zh="写入时被人移动或修改，还没有核对好；再运行一次即可完成",
            en="moved or edited while it was written and not settled; run again to finish",
        ),
        "result-part-tier": Words(zh="等级", en="Tier"),
        "result-part-problems": Words(zh="问题", en="Problems"),
        "result-part-alike": Words(
            zh="可能重复（上次查找的结果）", en="Possible duplicates, as of the last search"
        ),
        "result-part-orders": Words(zh="最近订单", en="Last orders"),
        "result-no-alike": Words(zh="没有", en="none"),
        "result-no-orders": Words(zh="没有订单", en="no orders"),
    }
)
