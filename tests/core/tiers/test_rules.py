from __future__ import annotations

from datetime import date

import pytest

from backend.core.tiers.rules import TierRule, default_tier_rules, parse_tier_rules
from sheets_schema.model import Language, Severity
from tests.builders import TODAY, Line, places, tab_read


def parsed(*lines: Line) -> tuple[tuple[TierRule, ...], list[tuple[int, str, str]]]:
    rules, issues = parse_tier_rules(tab_read("TierRules", *lines), today=TODAY, currency="CNY")
    return rules, places(issues)


def test_a_register_without_lines_has_the_default_rules() -> None:
    defaults = default_tier_rules("CNY")

    assert parse_tier_rules(None, today=TODAY, currency="CNY") == (defaults, ())
    assert parsed() == (defaults, [])
    assert defaults == (
        TierRule(
            priority=10, tier="important", window_days=365, min_amount_minor=1_000_000, min_orders=3,
            max_recency_days=180,
        ),
        TierRule(priority=20, tier="ordinary", window_days=365, min_orders=1),
        TierRule(priority=30, tier="potential", min_orders=1),
        TierRule(priority=40, tier="potential", window_days=365, min_enquiries=1),
        TierRule(priority=99, tier="unrated"),
    )  # fmt: skip


def test_amounts_are_in_minor_units_of_the_register() -> None:
    assert default_tier_rules("JPY")[0].min_amount_minor == 10_000


def test_a_line_is_read_as_people_write_it() -> None:
    rules, issues = parsed(
        {
            "priority": "10", "tier": "重要客户", "window_days": 90.0, "min_amount": "1万", "min_orders": "2",
            "max_recency_days": 30, "min_enquiries": 1, "match": "或", "active": "√",
            "effective_from": "2026-01-01", "effective_to": 46387, "note": "for the fair",
        }
    )  # fmt: skip

    assert issues == []
    assert rules == (
        TierRule(
            row=2, priority=10, tier="important", window_days=90, min_amount_minor=1_000_000, min_orders=2,
            max_recency_days=30, min_enquiries=1, any_of=True,
            effective_from=date(2026, 1, 1), effective_to=date(2026, 12, 31),
        ),
    )  # fmt: skip


def test_rules_are_ordered_by_priority_and_switched_off_ones_are_left_out() -> None:
    rules, issues = parsed(
        {"priority": 2, "tier": "一般", "min_orders": 1, "active": ""},
        {"priority": 3, "tier": "未评", "active": "否"},
        {"priority": 1, "tier": "重要", "min_orders": 5, "active": "是"},
        {"priority": " ", "tier": "\u200b"},
    )

    assert ([rule.row for rule in rules], issues) == ([4, 2], [])


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"priority": "first"}, "priority", "tier-rule-unreadable"),
        ({"priority": ""}, "priority", "tier-rule-incomplete"),
        ({"tier": "gold"}, "tier", "tier-rule-unreadable"),
        ({"tier": ""}, "tier", "tier-rule-incomplete"),
        ({"window_days": "a year"}, "window_days", "tier-rule-unreadable"),
        ({"window_days": 0}, "window_days", "tier-rule-unreadable"),
        ({"window_days": 30.5}, "window_days", "tier-rule-unreadable"),
        ({"min_amount": "much"}, "min_amount", "tier-rule-unreadable"),
        ({"min_amount": "#REF!"}, "min_amount", "tier-rule-unreadable"),
        ({"min_orders": -1}, "min_orders", "tier-rule-unreadable"),
        ({"max_recency_days": -1}, "max_recency_days", "tier-rule-unreadable"),
        ({"min_enquiries": "one or two"}, "min_enquiries", "tier-rule-unreadable"),
        ({"match": "some"}, "match", "tier-rule-unreadable"),
        ({"active": "maybe"}, "active", "tier-rule-unreadable"),
        ({"effective_from": "soon"}, "effective_from", "tier-rule-unreadable"),
        ({"effective_to": "03/04/2026"}, "effective_to", "tier-rule-unreadable"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_applies(cells: Line, column: str, code: str) -> None:
    good = {"priority": 1, "tier": "一般", "min_orders": 1}

    rules, issues = parsed({**good, **cells}, {**good, "priority": 2})

    assert [rule.row for rule in rules] == [3]
    assert issues == [(2, column, code)]


def test_a_broken_line_is_named_with_its_column_and_value() -> None:
    _, issues = parse_tier_rules(
        tab_read("TierRules", {"priority": 1, "tier": "gold"}), today=TODAY, currency="CNY"
    )

    assert issues[0].message(Language.EN) == (
        'line 2 of TierRules, column "Tier": "gold" cannot be read; the line is left out, the rest applies'
    )
    assert issues[0].severity is Severity.ERROR


def test_a_priority_used_twice_is_named_and_the_upper_line_goes_first() -> None:
    rules, issues = parsed(
        {"priority": 5, "tier": "重要", "min_orders": 9},
        {"priority": 1, "tier": "重要", "min_orders": 10},
        {"priority": 5, "tier": "一般", "min_orders": 1},
    )

    assert [rule.row for rule in rules] == [3, 2, 4]
    assert issues == [(4, "priority", "tier-rule-priority-twice")]


def test_lines_below_one_that_asks_nothing_are_never_reached() -> None:
    rules, issues = parsed(
        {"priority": 1, "tier": "一般"},
        {"priority": 3, "tier": "重要", "min_orders": 3},
        {"priority": 2, "tier": "潜在", "min_orders": 1},
    )

    assert [rule.row for rule in rules] == [2, 4, 3]
    assert issues == [(4, "priority", "tier-rule-unreachable"), (3, "priority", "tier-rule-unreachable")]


def test_a_rule_for_some_days_does_not_hide_those_below() -> None:
    _, issues = parsed(
        {"priority": 1, "tier": "重要", "effective_to": "2026-12-31"}, {"priority": 2, "tier": "未评"}
    )

    assert issues == []


@pytest.mark.parametrize(
    ("first", "last", "applies"),
    [
        (None, None, True),
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 11, 23), None, False),
        (None, date(2026, 11, 21), False),
    ],
)
def test_a_rule_applies_from_its_first_to_its_last_day(
    first: date | None, last: date | None, *, applies: bool
) -> None:
    rule = TierRule(priority=1, tier="important", effective_from=first, effective_to=last)

    assert rule.applies_on(TODAY) is applies
    assert rule.asks_nothing
    assert rule.always_holds is (first is last is None)


def test_lines_of_which_none_can_be_read_give_no_rules() -> None:
    rules, issues = parsed({"priority": "x", "tier": "y"})

    assert rules == ()
    assert issues == [(2, "priority", "tier-rule-unreadable"), (2, "tier", "tier-rule-unreadable")]
