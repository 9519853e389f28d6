from __future__ import annotations

import pytest

from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.core.rules import read_rules
from backend.core.team_settings import SETTINGS, defaults
from backend.core.tiers.rules import default_tier_rules
from sheets_schema.model import Language, Preset
from tests.builders import TODAY, snapshot_of, tab_of, tab_read


@pytest.mark.parametrize("preset", Preset)
def test_a_new_register_has_every_tab_and_only_the_columns_of_its_preset(preset: Preset) -> None:
    tabs = new_tabs(preset)

    assert [tab.id for tab in tabs] == [
        "Customers", "Transactions", "Issues", "Duplicates", "Settings", "TierRules", "MatchRules",
        "Mappings", "Runs",
    ]  # fmt: skip
    assert all(preset in column.presets for tab in tabs for column in tab)


@pytest.mark.parametrize("language", Language)
def test_the_first_lines_read_back_as_the_defaults_in_either_language(language: Language) -> None:
    reads = [
        tab_read(tab_id, *map(dict, first_lines(tab_of(tab_id), language, {})))
        for tab_id in ("Settings", "TierRules")
    ]

    rules, issues = read_rules(snapshot_of(*reads), today=TODAY)

    assert issues == ()
    assert rules.settings == defaults()
    assert [rule.priority for rule in rules.tiers] == [10, 20, 30, 40, 99]
    for rule, default in zip(rules.tiers, default_tier_rules("CNY"), strict=True):
        assert (rule.tier, rule.window_days, rule.min_amount_minor) == (
            default.tier, default.window_days, default.min_amount_minor,
        )  # fmt: skip


def test_settings_of_the_caller_stand_in_the_tab() -> None:
    lines = first_lines(tab_of("Settings"), Language.EN, {"preset": "b2b"})

    assert lines[0] == {
        "key": "preset",
        "value": "b2b",
        "explanation": "Kind of business: retail, b2b or ecommerce; decides which columns are required",
    }
    assert len(lines) == len(SETTINGS)


def test_the_codes_of_the_first_rule_are_words_of_the_language() -> None:
    line = first_lines(tab_of("TierRules"), Language.ZH, {})[0]

    assert line == {
        "priority": 10, "tier": "重要", "window_days": 365, "min_amount": 10000, "min_orders": 3,
        "max_recency_days": 180, "match": "全部", "active": "是",
    }  # fmt: skip


def test_other_tabs_begin_without_lines() -> None:
    assert first_lines(tab_of("Customers"), Language.ZH, {}) == []


def test_lines_become_cells_in_the_order_of_the_teams_columns() -> None:
    assert in_columns(tab_of("Settings"), [{"value": "zh", "key": "language"}, {}]) == [
        ["language", "zh", ""],
        ["", "", ""],
    ]
