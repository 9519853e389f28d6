import json
from typing import Any

import pytest

from backend.adapters.google.access import SCOPES, read_access
from backend.errors import CredentialsUnusable
from tests.google_desk import EMAIL, pair


def test_the_key_of_a_service_account_is_taken_with_the_one_scope(google_desk: Any) -> None:
    access = read_access(str(google_desk.key_file()))

    assert (access.kind, access.email) == ("service_account", EMAIL)
    assert access.credentials.scopes == SCOPES == ("https://www.googleapis.com/auth/spreadsheets",)


def test_a_key_is_never_part_of_what_is_printed(google_desk: Any) -> None:
    access = read_access(str(google_desk.key_file()))

    assert "PRIVATE" not in repr(access)
    assert "credentials" not in repr(access)


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("", "it is not a JSON file", "不是 JSON"),
        ("{'type'}", "it is not a JSON file", "不是 JSON"),
        ("\xff", "it is not a JSON file", "不是 JSON"),
        ("[]", "not the key of a service account", "不是服务账号"),
        ('{"installed": {"client_secret": "SECRET"}}', "not the key of a service account", "不是服务账号"),
        ('{"type": "authorized_user", "refresh_token": "SECRET"}', "not the key of a", "不是服务账号"),
        (
            '{"type": "service_account", "private_key": 7}',
            "client_email, private_key, token_uri is missing in it",
            "缺少 client_email, private_key, token_uri",
        ),
        (
            '{"type": "service_account", "client_email": "a@b", "token_uri": "x", "private_key": "SECRET"}',
            "its private_key is damaged",
            "private_key 已损坏",
        ),
    ],
)
def test_a_file_that_is_no_key_is_refused_and_not_quoted(tmp_path: Any, text: Any, en: Any, zh: Any) -> None:
    file = tmp_path / "key.json"
    file.write_bytes(text.encode("latin-1"))

    with pytest.raises(CredentialsUnusable) as caught:
        read_access(str(file))

    error = caught.value
    assert (en in error.en, zh in error.zh, "SECRET" in error.en + error.zh) == (True, True, False)
    assert error.en.startswith(f'STEWARD_GOOGLE_CREDENTIALS is "{file}", which cannot be used: ')
    assert (error.zh.startswith("STEWARD_GOOGLE_CREDENTIALS 是"), error.exit_code) == (True, 2)
    assert error.__cause__ is None


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Any) -> None:
    with pytest.raises(CredentialsUnusable, match="there is no such file"):
        read_access(str(tmp_path / "key.json"))
    with pytest.raises(CredentialsUnusable, match="it cannot be read: Is a directory"):
        read_access(str(tmp_path))


def test_a_key_of_somebody_elses_making_is_refused_by_its_private_part(google_desk: Any) -> None:
    public = json.dumps(google_desk.key(private_key=pair("steward")[1]))
    (google_desk.folder / "public.json").write_text(public, encoding="utf-8")

    with pytest.raises(CredentialsUnusable, match="its private_key is damaged"):
        read_access(str(google_desk.folder / "public.json"))


def test_the_application_default_credentials_are_taken(
    google_desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(google_desk.key_file()))

    access = read_access("default")

    assert (access.kind, access.email) == ("google.oauth2.service_account.Credentials", EMAIL)
    assert access.credentials.scopes == SCOPES


def test_a_machine_without_application_default_credentials_is_told_so(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "gone.json"))

    with pytest.raises(CredentialsUnusable, match='is "default", which cannot be used: this machine has no'):
        read_access("default")
