from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.core.tiers.explain import explain_override, explain_tier, tier_label
from backend.core.tiers.override import Override
from backend.core.tiers.rules import TierRule
from backend.core.tiers.tiering import Figures
from sheets_schema.model import Language
from tests.builders import TODAY

LAST = date(2026, 10, 3)


def rule(**conditions: Any) -> TierRule:
    return TierRule(priority=1, tier="important", **conditions)


def said(figures: Figures, currency: str = "CNY") -> tuple[str, str]:
    zh, en = (explain_tier(figures, language, currency=currency, today=TODAY) for language in Language)
    return zh, en


def test_each_condition_is_said_with_the_customers_figure() -> None:
    figures = Figures(
        rule=rule(window_days=365, min_amount_minor=1_000_000, min_orders=3, max_recency_days=180),
        amount_minor=1_234_550,
        orders=5,
        last_purchase=LAST,
    )

    assert said(figures) == (
        "重要：近 365 天 净额 12,345.50 ≥ 10,000.00，5 单 ≥ 3，最近购买 2026-10-03（180 天内）",
        (
            "important: in 365 days net 12,345.50 ≥ 10,000.00, orders 5 ≥ 3, "
            "last purchase 2026-10-03 (within 180 days)"
        ),
    )


def test_a_condition_that_does_not_hold_is_said_as_it_is() -> None:
    figures = Figures(
        rule=rule(min_amount_minor=100, min_orders=1, min_enquiries=2, max_recency_days=30, any_of=True),
        amount_minor=-50,
        orders=1,
        enquiries=1,
        last_purchase=LAST,
    )

    assert said(figures, "JPY") == (
        "重要：历来 净额 -50 < 100，1 单 ≥ 1，咨询 1 次 < 2，最近购买 2026-10-03",
        "important: so far net -50 < 100, orders 1 ≥ 1, enquiries 1 < 2, last purchase 2026-10-03",
    )


def test_a_condition_on_the_last_purchase_of_who_never_bought_is_not_said() -> None:
    figures = Figures(rule=rule(min_enquiries=1, max_recency_days=30, any_of=True), enquiries=1)

    assert said(figures)[0] == "重要：历来 咨询 1 次 ≥ 1"


@pytest.mark.parametrize(
    ("figures", "zh", "en"),
    [
        (
            {"last_purchase": LAST, "orders": 1},
            "没有符合的规则，最近购买 2026-10-03",
            "no rule holds, last purchase 2026-10-03",
        ),
        ({"orders": 2}, "没有符合的规则，共 2 单，咨询 0 次", "no rule holds, orders 2, enquiries 0"),
        ({"enquiries": 1}, "没有符合的规则，共 0 单，咨询 1 次", "no rule holds, orders 0, enquiries 1"),
        ({}, "没有购买或咨询记录", "no purchase and no enquiry on record"),
        ({"has_data": False}, "没有购买数据", "no purchase data"),
    ],
)
def test_without_a_rule_that_asks_something_the_record_is_said(
    figures: dict[str, Any], zh: str, en: str
) -> None:
    assert said(Figures(rule=None, **figures)) == (f"未评：{zh}", f"unrated: {en}")
    assert said(Figures(rule=rule(), **figures)) == (f"重要：{zh}", f"important: {en}")


def test_a_tier_set_by_hand_says_until_when_and_why() -> None:
    override = Override(tier="ordinary", until=date(2027, 1, 31), reason="new owner")

    assert explain_override(override, Language.ZH) == "一般：人工指定至 2027-01-31，原因：new owner"
    assert (
        explain_override(override, Language.EN)
        == "ordinary: set by hand until 2027-01-31, because: new owner"
    )


@pytest.mark.parametrize(
    ("tier", "zh", "en"), [("potential", "潜在", "potential"), ("unrated", "未评", "unrated")]
)
def test_a_tier_has_a_name_in_both_languages(tier: str, zh: str, en: str) -> None:
    assert (tier_label(tier, Language.ZH), tier_label(tier, Language.EN)) == (zh, en)
