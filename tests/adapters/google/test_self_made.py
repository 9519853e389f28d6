"""The self-made key of a served sheet: signed by it is believed, anything else is not."""

import json
import stat
import time
from pathlib import Path
from typing import Any

import google.auth.crypt
import google.auth.jwt
import pytest

from backend.adapters.google.access import read_access
from backend.adapters.google.self_made import EMAIL, SelfMadeKey, make_key
from backend.errors import FileUnwritable, OptionUnreadable

TOKEN_URI = "http://127.0.0.1:1/token"  # noqa: S105 - an address


@pytest.fixture(scope="module")
def key() -> SelfMadeKey:
    return make_key()


def assertion(key: SelfMadeKey, **more: Any) -> str:
    now = int(time.time())
    claims = {"iss": EMAIL, "iat": now, "exp": now + 60, "aud": TOKEN_URI, **more}
    signer = google.auth.crypt.RSASigner.from_string(key.private)
    return str(google.auth.jwt.encode(signer, claims).decode())


def test_what_the_key_has_signed_is_believed(key: Any) -> None:
    assert key.claims(assertion(key, scope="x"))["scope"] == "x"


@pytest.mark.parametrize(
    ("more", "message"),
    [({"iss": "bob@localhost"}, "account not found"), ({"iat": 1, "exp": 2}, "Invalid JWT Signature")],
)
def test_another_account_and_an_old_assertion_are_not_believed(key: Any, more: Any, message: Any) -> None:
    with pytest.raises(ValueError, match=message):
        key.claims(assertion(key, **more))


def test_what_another_key_has_signed_is_not_believed(key: Any) -> None:
    with pytest.raises(ValueError, match="Invalid JWT Signature"):
        key.claims(assertion(make_key()))
    with pytest.raises(ValueError, match="Invalid JWT Signature"):
        key.claims("nonsense")


def test_the_file_is_a_key_of_a_service_account_for_its_owner_alone(key: Any, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "key.json"
    key.write(file, TOKEN_URI)
    key.write(file, TOKEN_URI)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_access(str(file)).email == EMAIL
    assert json.loads(file.read_text(encoding="utf-8"))["token_uri"] == TOKEN_URI


@pytest.mark.parametrize("content", ['{"private_key_id": "a1"}', "[1]", "no JSON", ""])
def test_another_file_stays_as_it_is(key: Any, tmp_path: Path, content: Any) -> None:
    file = tmp_path / "key.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(OptionUnreadable, match="stays as it is"):
        key.write(file, TOKEN_URI)
    assert file.read_text(encoding="utf-8") == content


def test_a_path_that_cannot_be_written_is_said(key: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(FileUnwritable):
        key.write(tmp_path / "file" / "key.json", TOKEN_URI)


def test_a_private_key_is_not_shown(key: Any) -> None:
    assert "PRIVATE" not in repr(key)
