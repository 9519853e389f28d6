from pathlib import Path
from typing import Any

import pytest

from backend.errors import SettingsError
from backend.settings import KNOWN, Settings, read_settings, spoken
from sheets_schema.model import Language


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, Settings(home=Path("~/.local/share/steward").expanduser(), language=Language.EN)),
        ({"STEWARD_HOME": "/srv/x"}, Settings(home=Path("/srv/x"), language=Language.EN)),
        (
            {"STEWARD_HOME": "~/x", "STEWARD_LANG": "zh"},
            Settings(home=Path("~/x").expanduser(), language=Language.ZH),
        ),
        (
            {"STEWARD_HOME": "", "LANG": "zh_CN.UTF-8", "HOME": "/x"},
            Settings(home=Path("~/.local/share/steward").expanduser(), language=Language.ZH),
        ),
        (
            {
                "STEWARD_HOME": "/srv/x",
                "STEWARD_GOOGLE_CREDENTIALS": "/srv/key.json",
                "STEWARD_SHEETS_URL": "http://127.0.0.1:8080",
            },
            Settings(home=Path("/srv/x"), credentials="/srv/key.json", sheets_url="http://127.0.0.1:8080"),
        ),
        (
            {
                "STEWARD_HOME": "/srv/x",
                "STEWARD_DATABASE_URL": "postgresql://steward@db/steward",
                "STEWARD_QUEUE_URL": "redis://queue/0",
                "STEWARD_LEASE_SECONDS": "120",
                "STEWARD_GRACE_SECONDS": "8",
                "STEWARD_RESULT_HOURS": "48",
                "STEWARD_JOURNAL_DAYS": "30",
                "K_SERVICE": "steward",
            },
            Settings(
                home=Path("/srv/x"),
                database_url="postgresql://steward@db/steward",
                queue_url="redis://queue/0",
                lease_seconds=120,
                grace_seconds=8,
                result_hours=48,
                journal_days=30,
                platform="Cloud Run",
            ),
        ),
        ({"STEWARD_HOME": "/x", "GAE_ENV": "standard"}, Settings(home=Path("/x"), platform="App Engine")),
    ],
)
def test_settings_come_from_the_environment(environment: Any, expected: Any) -> None:
    assert read_settings(environment) == expected


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.EN),
        ({"LANG": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, Language.EN),
        ({"LANG": "zh_CN.UTF-8", "STEWARD_LANG": "en"}, Language.EN),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, Language.ZH),
        ({"STEWARD_LANG": "fr", "LANG": "zh_CN"}, Language.ZH),
    ],
)
def test_the_language_is_the_one_set_else_the_terminals(environment: Any, language: Any) -> None:
    assert spoken(environment) is language


def test_all_problems_are_reported_together() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"STEWARD_HOEM": "x", "STEWARD_LANG": "fr", "STEWARD_A": "", "PATH": "/bin"})

    assert caught.value.en == (
        "The environment cannot be used: STEWARD_A is not a setting; STEWARD_HOEM is not a setting; "
        'STEWARD_LANG is "fr", but should be zh or en. Settings are: ' + ", ".join(KNOWN) + "."
    )
    assert (caught.value.exit_code, "STEWARD_HOEM" in caught.value.zh) == (2, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://sheets.googleapis.com",
        "http://10.0.0.1:8080",
        "http://127.0.0.1.example.com",
        "http://localhost@example.com",
        "http://127.0.0.1:8080/v4",
    ],
)
def test_sheets_are_answered_by_google_or_by_this_machine_and_nobody_else(url: Any) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"STEWARD_SHEETS_URL": url})

    assert "STEWARD_SHEETS_URL is not an address of this machine" in caught.value.en
    assert url not in caught.value.en + caught.value.zh


def test_secrets_may_lie_in_files(tmp_path: Any) -> None:
    token, key = tmp_path / "token", tmp_path / "key"
    token.write_text("metrics-token\n", encoding="utf-8")
    key.write_text("a" * 43 + "=\n", encoding="utf-8")

    settings = read_settings(
        {
            "STEWARD_METRICS_TOKEN_FILE": str(token),
            "STEWARD_AUDIT_KEY_FILE": str(key),
            "STEWARD_JOURNAL_KEY": "b" * 43 + "=",
            "STEWARD_JOURNAL_KEY_FILE": str(token),
        }
    )

    assert (settings.metrics_token, len(settings.audit_key)) == ("metrics-token", 32)
    assert settings.journal_key != settings.audit_key
    assert "metrics-token" not in repr(settings)


def test_a_file_of_a_secret_that_cannot_be_read_is_named(tmp_path: Any) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"STEWARD_AUDIT_KEY_FILE": str(tmp_path), "STEWARD_LANG_FILE": "x"})

    assert "STEWARD_AUDIT_KEY_FILE names a file that cannot be read" in caught.value.en
    assert "STEWARD_LANG_FILE is not a setting" in caught.value.en


def test_whose_tokens_are_taken_is_a_list() -> None:
    settings = read_settings(
        {
            "STEWARD_AUDIENCES": "a.example, b.example",
            "STEWARD_DOMAINS": "x.cn y.cn",
            "STEWARD_CALLS_A_MINUTE": "7",
        }
    )

    assert (settings.audiences, settings.domains) == (("a.example", "b.example"), ("x.cn", "y.cn"))
    assert settings.calls_a_minute == 7


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("STEWARD_LEASE_SECONDS", "1"),
        ("STEWARD_LEASE_SECONDS", "3601"),
        ("STEWARD_LEASE_SECONDS", "a minute"),
        ("STEWARD_LEASE_SECONDS", "٦٠"),
        ("STEWARD_GRACE_SECONDS", "0"),
        ("STEWARD_RESULT_HOURS", "-1"),
        ("STEWARD_JOURNAL_DAYS", "3651"),
    ],
)
def test_a_number_outside_its_bounds_is_named(variable: Any, text: Any) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({variable: text})

    assert f'{variable} is "{text}", but should be a number from ' in caught.value.en
    assert f"{variable} 是“{text}”，应为 " in caught.value.zh


@pytest.mark.parametrize("variable", ["STEWARD_DATABASE_URL", "STEWARD_QUEUE_URL"])
def test_a_database_of_another_kind_is_refused_and_its_password_is_not_shown(variable: Any) -> None:
    url = "mysql://steward:geheim@db/steward"

    with pytest.raises(SettingsError) as caught:
        read_settings({variable: url})

    assert f"{variable} does not begin with " in caught.value.en
    assert "geheim" not in caught.value.en + caught.value.zh + repr(
        read_settings({variable: "postgresql://geheim"})
    )
