"""Tier rules: the lines of the TierRules tab, typed; and the lines a new register starts with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from backend.core.fields.binding import normaliser_of
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt
from backend.core.issues import Issue
from backend.core.snapshot import data_rows
from sheets_schema.tabs.tier_rules import TIER_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from backend.core.snapshot import TabRead


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """One line of the TierRules tab. A condition that is None is not asked.

    Attributes:
        row: Sheet row the line stands on; 0 for a default.
        tier: Code of the tier it gives.
        window_days: Only purchases and enquiries of the last so many days count, today included.
        min_amount_minor: Least net amount in the window, minor units of the base currency.
        min_orders: Least number of valid orders in the window.
        max_recency_days: Most days since the last purchase.
        min_enquiries: Least number of enquiries, quotes and unpaid orders in the window.
        any_of: Whether one condition is enough; otherwise all must hold.
        effective_from: First day the rule applies.
        effective_to: Last day the rule applies.
    """

    priority: int
    tier: str
    row: int = 0
    window_days: int | None = None
    min_amount_minor: int | None = None
    min_orders: int | None = None
    max_recency_days: int | None = None
    min_enquiries: int | None = None
    any_of: bool = False
    effective_from: date | None = None
    effective_to: date | None = None

    def applies_on(self, today: date) -> bool:
        """Say whether the rule is in force on a day."""
        return (self.effective_from is None or self.effective_from <= today) and (
            self.effective_to is None or today <= self.effective_to
        )

    @property
    def asks_nothing(self) -> bool:
        """Whether the rule has no condition, so that it holds for everybody while it is in force."""
        asked = (self.min_amount_minor, self.min_orders, self.max_recency_days, self.min_enquiries)
        return all(one is None for one in asked)

    @property
    def always_holds(self) -> bool:
        """Whether the rule asks nothing, on any day."""
        return self.asks_nothing and self.effective_from is None and self.effective_to is None


DEFAULT_LINES: tuple[Mapping[str, Cell], ...] = (
    MappingProxyType(
        {
            "priority": 10,
            "tier": "important",
            "window_days": 365,
            "min_amount": 10000,
            "min_orders": 3,
            "max_recency_days": 180,
            "match": "all",
            "active": "yes",
        }
    ),
    MappingProxyType(
        {
            "priority": 20,
            "tier": "ordinary",
            "window_days": 365,
            "min_orders": 1,
            "match": "all",
            "active": "yes",
        }
    ),
    MappingProxyType({"priority": 30, "tier": "potential", "min_orders": 1, "match": "all", "active": "yes"}),
    MappingProxyType(
        {
            "priority": 40,
            "tier": "potential",
            "window_days": 365,
            "min_enquiries": 1,
            "match": "all",
            "active": "yes",
        }
    ),
    MappingProxyType({"priority": 99, "tier": "unrated", "match": "all", "active": "yes"}),
)
"""What the TierRules tab of a new register holds, by field id."""


def parse_tier_rules(
    read: TabRead | None, *, today: date, currency: str
) -> tuple[tuple[TierRule, ...], tuple[Issue, ...]]:
    """Read the TierRules tab.

    Args:
        read: The tab as read; None, or a tab without lines, means the default rules.
        today: The day of the run.
        currency: Base currency of the register, which amounts are in.

    Returns:
        The active rules by priority, and what is wrong with the lines. A line that cannot be read is named
        and left out; the rest applies. No rules at all means that no line could be read.
    """
    if read is None or read.frame.empty:
        return default_tier_rules(currency), ()
    rules: list[TierRule] = []
    issues: list[Issue] = []
    for row in read.frame.index[data_rows(read)]:
        rule, found = _parse_line(read, row, Context(today=today, currency=currency))
        issues.extend(found)
        if rule is not None:
            rules.append(rule)
    rules.sort(key=lambda rule: (rule.priority, rule.row))
    return tuple(rules), (*issues, *_lint(rules))


def default_tier_rules(currency: str) -> tuple[TierRule, ...]:
    """Give the rules of a register whose TierRules tab is missing or empty."""
    context = Context(today=date.min, currency=currency)
    lines = (
        {key: _NORMALISERS[key](str(cell), context).value for key, cell in line.items()}
        for line in DEFAULT_LINES
    )
    return tuple(_rule(0, line) for line in lines)


_NORMALISERS: Mapping[str, Callable[[Cell, Context], Field]] = MappingProxyType(
    {column.id: normaliser_of(column) for column in TIER_RULES.columns}
)


def _parse_line(read: TabRead, row: int, context: Context) -> tuple[TierRule | None, tuple[Issue, ...]]:
    cells: dict[Any, Any] = read.frame.loc[row].to_dict()
    fields = {name: _NORMALISERS[name](cell, context) for name, cell in cells.items()}
    broken = [
        _issue(row, column_id, "tier-rule-unreadable", value=str(read.frame.at[row, column_id]))
        for column_id, field in fields.items()
        if field.state in (State.INVALID, State.UNKNOWN) or _too_small(column_id, field)
    ]
    broken += [
        _issue(row, needed, "tier-rule-incomplete")
        for needed in ("priority", "tier")
        if needed not in fields or fields[needed].state is State.BLANK
    ]
    if broken:
        return None, tuple(broken)
    values = {column_id: field.value for column_id, field in fields.items() if field.state is not State.BLANK}
    return (None if values.get("active") == "no" else _rule(row, values)), ()


def _too_small(column_id: str, field: Field) -> bool:
    least = TIER_RULES.column(column_id).minimum
    return least is not None and field.state is not State.BLANK and float(field.value) < least


def _rule(row: int, values: Mapping[str, Any]) -> TierRule:
    def day(column_id: str) -> date | None:
        return date.fromisoformat(values[column_id]) if column_id in values else None

    return TierRule(
        row=row,
        priority=values["priority"],
        tier=values["tier"],
        window_days=values.get("window_days"),
        min_amount_minor=values.get("min_amount"),
        min_orders=values.get("min_orders"),
        max_recency_days=values.get("max_recency_days"),
        min_enquiries=values.get("min_enquiries"),
        any_of=values.get("match") == "any",
        effective_from=day("effective_from"),
        effective_to=day("effective_to"),
    )


def _lint(rules: Sequence[TierRule]) -> tuple[Issue, ...]:
    """Name rules that share a priority, and rules that stand below one without any condition."""
    found: list[Issue] = []
    for above, below in pairwise(rules):
        if above.priority == below.priority:
            found.append(_issue(below.row, "priority", "tier-rule-priority-twice", value=str(below.priority)))
    catch_all = next((place for place, rule in enumerate(rules) if rule.always_holds), len(rules))
    found.extend(_issue(rule.row, "priority", "tier-rule-unreachable") for rule in rules[catch_all + 1 :])
    return tuple(found)


def _issue(row: int, column_id: str, code: str, *, value: str = "") -> Issue:
    column = TIER_RULES.column(column_id)
    params = (
        ("row", str(row)),
        ("column_zh", column.label.zh),
        ("column_en", column.label.en),
        ("value", excerpt(value)),
    )
    return Issue(tab=TIER_RULES.id, row=row, column=column_id, code=code, value=value, params=params)
