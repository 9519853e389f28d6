from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.rules import read_rules, read_settings
from backend.core.team_settings import SETTINGS, defaults
from backend.core.tiers.rules import default_tier_rules
from sheets_schema.model import Language, Preset
from tests.builders import TODAY, Line, places, snapshot_of, tab_read

if TYPE_CHECKING:
    from backend.core.snapshot import Snapshot

UNREADABLE = {
    "preset": "shop", "language": "fr", "time_zone": "Mars", "default_country": "China",
    "area_code": "abc", "base_currency": "yuan", "rates": "USD", "date_order": "?",
    "shared_contact_rows": "0", "issue_lines": "many", "placeholders": "#REF!", "email_domains": "#N/A",
    "unique_within": "town", "quality_required": "much", "quality_warning": "120",
    "quality_weights": "Mobile=x",
}  # fmt: skip


def settings_tab(*lines: tuple[object, object]) -> Snapshot:
    return snapshot_of(tab_read("Settings", *({"key": key, "value": value} for key, value in lines)))


def test_a_register_without_the_tab_has_the_defaults() -> None:
    rules, issues = read_rules(snapshot_of(), today=TODAY)

    assert (rules.settings, rules.tiers, issues) == (defaults(), default_tier_rules("CNY"), ())


def test_lines_are_read_whatever_their_order_case_and_type() -> None:
    settings, issues = read_settings(
        settings_tab(
            ("shared_contact_rows", 7), ("Language ", " EN "), ("area_code", 312), ("preset", "b2b\u200b")
        )
    )

    assert (settings.shared_contact_rows, settings.language, settings.area_code) == (7, Language.EN, "312")
    assert (settings.preset, issues) == (Preset.B2B, ())


def test_blank_values_and_blank_lines_mean_the_default() -> None:
    settings, issues = read_settings(settings_tab(("language", " "), ("", "x"), ("language", "en")))

    assert (settings.language, issues) == (Language.EN, ())


@pytest.mark.parametrize("key", UNREADABLE)
def test_a_setting_that_cannot_be_read_is_named_and_the_rest_applies(key: str) -> None:
    other = "language" if key != "language" else "default_country"

    settings, issues = read_settings(
        settings_tab((key, UNREADABLE[key]), (other, "en" if other == "language" else "US"))
    )

    assert places(issues) == [(2, "value", "setting-unreadable")]
    assert issues[0].value == UNREADABLE[key]
    assert getattr(settings, key) == getattr(defaults(), key)
    assert str(getattr(settings, other)) in ("en", "US")
    assert key in issues[0].message(Language.ZH)
    assert UNREADABLE[key] in issues[0].message(Language.EN)


def test_every_setting_is_in_the_table_above() -> None:
    assert set(UNREADABLE) == {setting.key for setting in SETTINGS}


def test_an_unknown_setting_is_named() -> None:
    _, issues = read_settings(settings_tab(("colour", "red")))

    assert places(issues) == [(2, "value", "setting-unknown")]
    assert issues[0].message(Language.ZH) == "设置第 2 行：没有“colour”这一项，已忽略"


def test_of_a_setting_that_stands_twice_the_upper_line_applies() -> None:
    settings, issues = read_settings(settings_tab(("language", "en"), ("LANGUAGE", "zh")))

    assert settings.language is Language.EN
    assert places(issues) == [(3, "value", "setting-twice")]
    assert (
        issues[0].message(Language.EN)
        == 'line 3 of Settings: "LANGUAGE" stands above already, the upper line applies'
    )


def test_a_value_of_fifty_thousand_characters_does_not_fill_the_message() -> None:
    _, issues = read_settings(settings_tab(("language", "x" * 50_000)))

    assert len(issues[0].message(Language.EN)) < 200


def test_what_is_wrong_with_settings_and_tier_rules_is_told_together() -> None:
    lines: list[Line] = [
        {"priority": "first", "tier": "重要"},
        {"priority": 2, "tier": "一般", "min_amount": "500"},
    ]
    snapshot = snapshot_of(
        tab_read("Settings", {"key": "base_currency", "value": "JPY"}, {"key": "colour", "value": ""}),
        tab_read("TierRules", *lines),
    )

    rules, issues = read_rules(snapshot, today=TODAY)

    assert [(rule.priority, rule.min_amount_minor) for rule in rules.tiers] == [(2, 500)]
    assert [(issue.tab, issue.code) for issue in issues] == [
        ("Settings", "setting-unknown"),
        ("TierRules", "tier-rule-unreadable"),
    ]


def test_the_same_rules_have_the_same_hash_and_others_another() -> None:
    def hash_of(*lines: tuple[object, object]) -> str:
        return read_rules(settings_tab(*lines), today=TODAY)[0].hash

    assert hash_of(("placeholders", "a, b, c")) == hash_of(("placeholders", "c, b, a"))
    assert (
        len({hash_of(("placeholders", text)) for text in ("a", "b", "a, b")} | {hash_of(("language", "en"))})
        == 4
    )
