"""A service account that nobody gave out: a self-made key, for a sheet server on this machine.

The real sign-in runs against it: google-auth signs with the private key, the server checks with the public.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import google.auth.jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.exceptions import GoogleAuthError

from backend.adapters.google.access import KEY_FILE
from backend.errors import FileUnwritable, OptionUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EMAIL = "steward@localhost"
"""The account; to the local server everything belongs to it already."""

_MARK = "self-made"
_BITS = 2048
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfMadeKey:
    """A pair of keys, PEM."""

    private: str = field(repr=False)
    public: str

    def claims(self, assertion: str) -> Mapping[str, Any]:
        """Give the claims of an assertion this key has signed for its account.

        Raises:
            ValueError: Another key signed it, it has run out, or it names another account.
        """
        try:
            claims: Mapping[str, Any] = google.auth.jwt.decode(assertion, certs=self.public)  # type: ignore[no-untyped-call]
        except (ValueError, GoogleAuthError):
            msg = "Invalid JWT Signature."
            raise ValueError(msg) from None
        if claims.get("iss") != EMAIL:
            msg = "Invalid grant: account not found"
            raise ValueError(msg)
        return claims

    def write(self, file: Path, token_uri: str) -> None:
        """Write the key as Google gives keys out, for its owner alone; a self-made one may stand there.

        Raises:
            OptionUnreadable: Another file stands there, which may be a real key.
            FileUnwritable: The system does not let it be written.
        """
        if file.exists() and not _is_self_made(file):
            option, en = "--key-file", "a path where no other file stands; this one stays as it is"
            raise OptionUnreadable(option, str(file), en, "那里已有别的文件，不会覆盖；请换一个路径")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
            os.fchmod(descriptor, _OWNER_ONLY)
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                json.dump(self._key(token_uri), out, indent=2)
        except OSError as problem:
            raise FileUnwritable(file, problem.strerror or type(problem).__name__) from None

    def _key(self, token_uri: str) -> dict[str, str]:
        return {
            "type": KEY_FILE,
            "project_id": "local-sheets",
            "private_key_id": _MARK,
            "private_key": self.private,
            "client_email": EMAIL,
            "client_id": "1",
            "token_uri": token_uri,
        }


def make_key() -> SelfMadeKey:
    """Make a pair of keys."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return SelfMadeKey(private=private.decode(), public=public.decode())


def _is_self_made(file: Path) -> bool:
    try:
        key = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(key, dict) and key.get("private_key_id") == _MARK
