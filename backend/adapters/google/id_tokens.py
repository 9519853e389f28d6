"""Google ID tokens: google-auth checks signature, time and audience; the rules it does not know stand here.

Source: OpenID Connect Core 3.1.3.7; RFC 8725; google-auth 2.62 leaves nbf, email_verified and hd alone.
"""

from __future__ import annotations

import json
import logging
import math
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

from google.auth import jwt, transport
from google.oauth2 import id_token

from backend.adapters.google.certificates import NoCertificatesError
from backend.errors import NotReady, NotSignedIn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from backend.adapters.google.certificates import CertificateCache, Certificates

_LOG = logging.getLogger(__name__)

GOOGLE_ISSUERS = frozenset({"https://accounts.google.com", "accounts.google.com"})

_MOST_CHARACTERS = 8 * 1024
_LONGEST_LIFE = 2 * 3600
_SKEW = 10
"""Seconds by which clocks may differ."""

_WAIT = 10
_SUB = re.compile(r"[\x21-\x7e]{1,200}")
_EMAIL = re.compile(r"[^\s@\x00-\x1f]{1,64}@[^\s@\x00-\x1f]{1,135}")


class ClaimWrongError(ValueError):
    """A claim breaks a rule; the text is a code for the log, with no part of the token but the audience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls.

    Attributes:
        sub: The account, for ever the same.
        email: What people read; it may change.
    """

    sub: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdTokens:
    """Says whose token it is.

    Attributes:
        certificates: What tokens are checked with.
        audiences: Gives the client ids whose tokens are taken; none means that no token is.
        issuers: Who may have issued a token.
        domains: Workspace domains people must be of; none means any account.
        seconds: The time, seconds since 1970.
    """

    certificates: CertificateCache
    audiences: Callable[[], Collection[str]]
    issuers: Collection[str] = GOOGLE_ISSUERS
    domains: Collection[str] = ()
    seconds: Callable[[], float] = time.time

    def caller(self, token: str) -> Caller:
        """Give who a token speaks for.

        Raises:
            NotSignedIn: It cannot be believed, whatever is wrong with it.
            NotReady: There is nothing to check it with.
        """
        try:
            return self._checked(token)
        except NoCertificatesError:
            raise NotReady(_WAIT) from None
        except ClaimWrongError as problem:
            _log(str(problem))
        except Exception as problem:  # noqa: BLE001 - google-auth lets KeyError and TypeError through
            _log(type(problem).__name__)
        raise NotSignedIn

    def _checked(self, token: str) -> Caller:
        if len(token) > _MOST_CHARACTERS:
            _refuse("too-long")
        header: Mapping[str, Any] = jwt.decode_header(token)  # type: ignore[no-untyped-call]
        key_id = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(key_id, str):
            _refuse("algorithm")
        audiences = sorted(self.audiences())
        if not audiences:
            _refuse("no-audience-allowed")
        certificates = self.certificates.for_key(key_id)
        claims = id_token.verify_token(
            token,
            _Answering(certificates),
            audience=None,
            clock_skew_in_seconds=_SKEW,
        )
        self._hold_to_rules(claims, audiences)
        return Caller(sub=claims["sub"], email=claims["email"])

    def _hold_to_rules(self, claims: Mapping[str, Any], audiences: Collection[str]) -> None:
        """Check what google-auth does not, on claims whose signature is right.

        Raises:
            ClaimWrongError: A rule is broken.
        """
        audience = claims.get("aud")
        if not isinstance(audience, str) or audience not in audiences:
            _refuse(f"audience {str(audience)[:200]!r}")
        if claims.get("iss") not in self.issuers:
            _refuse("issuer")
        issued, ends = (_moment(claims, name) for name in ("iat", "exp"))
        if ends - issued > _LONGEST_LIFE:
            _refuse("lifetime")
        if "nbf" in claims and _moment(claims, "nbf") > self.seconds() + _SKEW:
            _refuse("not-yet")
        if claims.get("email_verified") is not True:
            _refuse("email-not-verified")
        if not _is_text(_SUB, claims.get("sub")) or not _is_text(_EMAIL, claims.get("email")):
            _refuse("subject")
        if self.domains and claims.get("hd") not in self.domains:
            _refuse("domain")


def _log(why: str) -> None:
    """Say in the log why a token was refused; the caller is not told."""
    _LOG.warning("token refused", extra={"fields": {"why": why}})


class _Answering(transport.Request):
    """What google-auth takes for a connection: it is answered with the certificates that are kept."""

    status = HTTPStatus.OK

    def __init__(self, certificates: Certificates) -> None:
        self.data = json.dumps(dict(certificates)).encode()

    def __call__(self, *_: Any, **__: Any) -> _Answering:
        """Answer."""
        return self


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        _refuse(name)
    return value


def _is_text(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _refuse(why: str) -> NoReturn:
    raise ClaimWrongError(why)
