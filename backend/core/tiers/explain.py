"""Says in words and numbers why a customer is in a tier. Dates, not ages: the words stay true tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.fields import money
from backend.core.wording import say
from sheets_schema.choices import TIERS

if TYPE_CHECKING:
    from datetime import date

    from backend.core.tiers.override import Override
    from backend.core.tiers.rules import TierRule
    from backend.core.tiers.tiering import Figures
    from sheets_schema.model import Language

_LABELS = {choice.code: choice.label for choice in TIERS}


def tier_label(tier: str, language: Language) -> str:
    """Give the name of a tier, as it stands in the sheet."""
    return _LABELS[tier].to(language)


def explain_override(override: Override, language: Language) -> str:
    """Give the reason of a tier set by hand."""
    return say(
        "tier-by-hand",
        language,
        tier=tier_label(override.tier, language),
        until=override.until.isoformat(),
        reason=override.reason,
    )


def explain_tier(figures: Figures, language: Language, *, currency: str, today: date) -> str:
    """Give the reason of a tier: each condition of its rule with the customer's figure beside it."""
    tier = tier_label(figures.tier, language)
    if not figures.has_data:
        return say("tier-no-data", language, tier=tier)
    if figures.rule is None or figures.rule.asks_nothing:
        return _say_no_rule(figures, tier, language)
    window = (
        say("tier-window", language, days=figures.rule.window_days)
        if figures.rule.window_days is not None
        else say("tier-all-time", language)
    )
    said = [
        *_conditions(figures, figures.rule, language, currency),
        *_last(figures, figures.rule, language, today),
    ]
    conditions = say("tier-and", language).join(said)
    return say("tier-by-rule", language, tier=tier, window=window, conditions=conditions)


def _say_no_rule(figures: Figures, tier: str, language: Language) -> str:
    if figures.last_purchase is not None:
        return say("tier-no-rule", language, tier=tier, last=figures.last_purchase)
    if figures.orders or figures.enquiries:
        counts = {"orders": figures.orders, "enquiries": figures.enquiries}
        return say("tier-no-rule-no-day", language, tier=tier, **counts)
    return say("tier-never-bought", language, tier=tier)


def _last(figures: Figures, rule: TierRule, language: Language, today: date) -> list[str]:
    """Give the day of the last purchase, with the condition on it where it holds."""
    last, days = figures.last_purchase, rule.max_recency_days
    if last is None:
        return []
    if days is not None and (today - last).days <= days:
        return [say("tier-recency", language, last=last, days=days)]
    return [say("tier-last", language, last=last)]


def _conditions(figures: Figures, rule: TierRule, language: Language, currency: str) -> list[str]:
    said: list[str] = []
    if rule.min_amount_minor is not None:
        amount, least = (
            money.format_minor(minor, currency) for minor in (figures.amount_minor, rule.min_amount_minor)
        )
        said.append(
            say(
                "tier-amount",
                language,
                sign=_sign(figures.amount_minor, rule.min_amount_minor),
                amount=amount,
                least=least,
            )
        )
    if rule.min_orders is not None:
        said.append(
            say(
                "tier-orders",
                language,
                sign=_sign(figures.orders, rule.min_orders),
                orders=figures.orders,
                least=rule.min_orders,
            )
        )
    if rule.min_enquiries is not None:
        said.append(
            say(
                "tier-enquiries",
                language,
                sign=_sign(figures.enquiries, rule.min_enquiries),
                enquiries=figures.enquiries,
                least=rule.min_enquiries,
            )
        )
    return said


def _sign(figure: int, least: int) -> str:
    return "≥" if figure >= least else "<"
