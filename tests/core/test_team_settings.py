from __future__ import annotations

from datetime import date

import pytest

from backend.core.fields.field import DateOrder
from backend.core.team_settings import SETTINGS, SettingUnreadable, TeamSettings, check_text, defaults
from sheets_schema.model import Language, Preset, Text

READ = {setting.key: setting.read for setting in SETTINGS}


def test_a_new_register_is_a_chinese_shop() -> None:
    settings = defaults()

    assert settings.preset is Preset.RETAIL
    assert settings.language is Language.ZH
    assert (settings.time_zone, settings.default_country, settings.base_currency) == (
        "Asia/Shanghai",
        "CN",
        "CNY",
    )
    assert (settings.area_code, settings.rates, settings.date_order) == ("", (), DateOrder.UNKNOWN)
    assert {"无", "n/a", "-"} <= settings.placeholders
    assert settings.email_domains[:2] == ("qq.com", "163.com")
    assert (settings.shared_contact_rows, settings.issue_lines) == (5, 20_000)


def test_texts_replace_defaults_and_blank_ones_do_not() -> None:
    settings = defaults(language="en", area_code="312", default_country="")

    assert (settings.language, settings.area_code, settings.default_country) == (Language.EN, "312", "CN")


def test_every_setting_fills_an_attribute_and_says_what_it_means() -> None:
    assert {setting.key for setting in SETTINGS} == set(TeamSettings.__slots__)
    assert all(setting.explanation.zh and setting.explanation.en for setting in SETTINGS)


def test_cells_are_read_by_what_the_team_set() -> None:
    context = defaults(
        default_country="US", area_code="312", base_currency="USD", date_order="day first"
    ).context(today=date(2026, 11, 22))

    assert (context.country, context.area_code, context.currency) == ("US", "312", "USD")
    assert (context.today, context.date_order) == (date(2026, 11, 22), DateOrder.DAY_FIRST)
    assert context.placeholders == defaults().placeholders
    assert context.email_domains == defaults().email_domains


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("preset", "B2B", Preset.B2B),
        ("language", "EN", Language.EN),
        ("time_zone", "America/Chicago", "America/Chicago"),
        ("default_country", "us", "US"),
        ("area_code", "010", "010"),
        ("base_currency", "usd", "USD"),
        ("rates", "USD=7.1, hkd = 0.92；", (("USD", 7.1), ("HKD", 0.92))),
        ("date_order", "先日后月", DateOrder.DAY_FIRST),
        ("date_order", "Month First", DateOrder.MONTH_FIRST),
        ("date_order", "AUTO", DateOrder.UNKNOWN),
        ("placeholders", "无，N/A、-\nTBD", frozenset({"无", "n/a", "-", "tbd"})),
        ("email_domains", "qq.com, 163.com", ("qq.com", "163.com")),
        ("shared_contact_rows", "2", 2),
        ("shared_contact_rows", "1000.0", 1000),
        ("issue_lines", "100", 100),
        ("quality_required", "1", 1),
        ("quality_warning", "0", 0),
        (
            "quality_weights",
            "手机=5，Notes = 0；full_name=100",
            (("mobile", 5), ("notes", 0), ("full_name", 100)),
        ),
    ],
)
def test_a_setting_is_read_as_people_type_it(key: str, text: str, value: object) -> None:
    assert READ[key](text) == value
    assert check_text(key, text) is None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("preset", "shop"),
        ("language", "fr"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("time_zone", "Asia"),
        ("time_zone", "x" * 5000),
        ("default_country", "CHN"),
        ("area_code", "01-0"),
        ("base_currency", "元"),
        ("rates", "USD"),
        ("rates", "USD=0"),
        ("rates", "USD=-1"),
        ("rates", "USD=nan"),
        ("rates", "USD=inf"),
        ("rates", "DOLLAR=7"),
        ("date_order", "backwards"),
        ("shared_contact_rows", "1"),
        ("shared_contact_rows", "1001"),
        ("shared_contact_rows", "five"),
        ("shared_contact_rows", "5.5"),
        ("shared_contact_rows", "-5"),
        ("shared_contact_rows", "五"),
        ("shared_contact_rows", "²"),
        ("quality_required", "0"),
        ("quality_warning", "101"),
        ("quality_weights", "手机"),
        ("quality_weights", "手机=101"),
        ("quality_weights", "手机=-1"),
        ("quality_weights", "身高=5"),
        ("issue_lines", "9" * 5000),
    ],
)
def test_a_setting_that_cannot_be_read_says_what_is_expected(key: str, text: str) -> None:
    with pytest.raises(SettingUnreadable) as problem:
        READ[key](text)

    assert check_text(key, text) == problem.value.expected
    assert problem.value.expected.zh
    assert str(problem.value) == problem.value.expected.en != ""


def test_a_blank_text_is_the_default_and_no_problem() -> None:
    assert check_text("preset", "") is None


def test_the_range_of_a_number_is_named() -> None:
    assert check_text("shared_contact_rows", "1") == Text(
        zh="应为 2 到 1000 的整数", en="a whole number from 2 to 1000"
    )
