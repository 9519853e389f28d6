"""Who Steward is to Google: a service account's key file, or the application default credentials.

One scope, spreadsheets: Steward can open what was shared with its account, and nothing else of a Drive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import google.auth
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError
from google.oauth2.service_account import Credentials as ServiceAccount

from backend.errors import CredentialsUnusable

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
DEFAULT = "default"
"""The word that asks for the application default credentials instead of a file."""

KEY_FILE = "service_account"
"""The kind of access that a key file gives, as the file itself names it."""

_NEEDED = ("client_email", "private_key", "token_uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What Steward signs in with.

    Attributes:
        credentials: What asks for tokens; its text never holds a key.
        kind: `service_account`, or the class of the application default credentials.
    """

    credentials: Credentials = field(repr=False)
    kind: str

    @property
    def email(self) -> str:
        """The account a sheet is to be shared with; '' where it is not known before the first token."""
        email = str(getattr(self.credentials, "service_account_email", "") or "")
        return "" if email == DEFAULT else email


def read_access(text: str) -> Access:
    """Read what STEWARD_GOOGLE_CREDENTIALS names; nothing is sent, the key is only looked at.

    Args:
        text: Path of a service account's key file, or the word `default`.

    Raises:
        CredentialsUnusable: The file is missing, cannot be read, or is no key of a service account; or this
            machine has no application default credentials.
    """
    return _default_access() if text == DEFAULT else _access_of_file(text)


def _access_of_file(text: str) -> Access:
    key = _key_in(text)
    try:
        credentials = ServiceAccount.from_service_account_info(key, scopes=SCOPES)  # type: ignore[no-untyped-call]
    except (ValueError, GoogleAuthError):
        # The parser's own words may quote the key, so they are not passed on.
        raise CredentialsUnusable(text, "its private_key is damaged", "其中的 private_key 已损坏") from None
    return Access(credentials=credentials, kind=KEY_FILE)


def _key_in(text: str) -> dict[str, Any]:
    try:
        key = json.loads(Path(text).expanduser().read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CredentialsUnusable(text, "there is no such file", "没有这个文件") from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise CredentialsUnusable(text, f"it cannot be read: {reason}", f"无法读取：{reason}") from None
    except ValueError:
        raise CredentialsUnusable(text, "it is not a JSON file", "它不是 JSON 文件") from None
    kind = key.get("type") if isinstance(key, dict) else None
    if kind != KEY_FILE:
        en = "it is not the key of a service account (its type is not service_account)"
        raise CredentialsUnusable(text, en, "它不是服务账号的密钥（type 不是 service_account）")
    missing = ", ".join(name for name in _NEEDED if not isinstance(key.get(name), str) or not key[name])
    if missing:
        raise CredentialsUnusable(text, f"{missing} is missing in it", f"其中缺少 {missing}")
    return dict(key)


def _default_access() -> Access:
    try:
        credentials, _project = google.auth.default(scopes=SCOPES)
    except DefaultCredentialsError:
        en = "this machine has no application default credentials, or they are damaged"
        raise CredentialsUnusable(DEFAULT, en, "这台机器没有可用的应用默认凭据，或凭据已损坏") from None
    return Access(
        credentials=credentials, kind=f"{type(credentials).__module__}.{type(credentials).__name__}"
    )
