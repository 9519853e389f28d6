"""Google as far as this machine can be it: a self-made key, the local server over HTTP."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import google.auth.jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.exceptions import GoogleAuthError

from backend.localsheets import LocalSheets
from backend.localsheets.http import SheetsOverHttp

EMAIL = "steward@acme-register.iam.gserviceaccount.com"


@cache
def pair(name: str) -> tuple[str, str]:
    """A private key and its public one, PEM, made once for a name."""
    assert name
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


@dataclass(slots=True)
class GoogleDesk:
    """A service over HTTP that knows one service account.

    Attributes:
        asked: Claims of every assertion that was posted.
        answers: What the token endpoint says instead, used up one a request.
        refused: Methods and paths the account may not use, as `METHOD path-part`.
        ahead: Seconds the service's clock is ahead of this machine's.
    """

    folder: Path
    sheets: LocalSheets = field(default_factory=lambda: LocalSheets(None))
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ahead: float = 0.0
    http: SheetsOverHttp = field(init=False)

    def __post_init__(self) -> None:
        self.http = SheetsOverHttp(self.sheets, verify=self._verify, may=self._may, clock=self._clock)

    def _clock(self) -> float:
        return time.time() + self.ahead

    def _verify(self, assertion: str) -> Mapping[str, Any]:
        """Believe what the account's own key has signed, as Google does."""
        if self.answers:
            raise ValueError(self.answers.pop(0))
        try:
            claims = google.auth.jwt.decode(assertion, certs=pair("steward")[1])
        except (ValueError, GoogleAuthError):
            msg = "Invalid JWT Signature."
            raise ValueError(msg) from None
        self.asked.append(claims)
        if claims["iss"] != EMAIL:
            msg = "Invalid grant: account not found"
            raise ValueError(msg)
        return claims

    def _may(self, account: str, method: str, path: str) -> bool:
        wanted = f"{method} {path}"
        return account == EMAIL and not any(
            wanted.startswith(start) and part in wanted
            for start, _, part in (one.partition(" ") for one in self.refused)
        )

    def key(self, signer: str = "steward", **more: Any) -> dict[str, Any]:
        """A key file's content, in the form Google gives it out."""
        return {
            "type": "service_account",
            "project_id": "acme-register",
            "private_key_id": "a1b2c3",
            "private_key": pair(signer)[0],
            "client_email": EMAIL,
            "client_id": "1",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": self.http.token_uri,
            **more,
        }

    def key_file(self, signer: str = "steward", **more: Any) -> Path:
        file = self.folder / "key.json"
        file.write_text(json.dumps(self.key(signer, **more)), encoding="utf-8")
        file.chmod(0o600)
        return file

    def environment(self, **more: str) -> dict[str, str]:
        """The variables under which Steward reaches this desk."""
        return {
            "STEWARD_HOME": str(self.folder / "home"),
            "STEWARD_GOOGLE_CREDENTIALS": str(self.folder / "key.json"),
            "STEWARD_SHEETS_URL": self.http.url,
            **more,
        }


def open_google_desk(folder: Path) -> Iterator[GoogleDesk]:
    desk = GoogleDesk(folder)
    desk.key_file()
    yield desk
    desk.http.close()
    desk.sheets.close()
