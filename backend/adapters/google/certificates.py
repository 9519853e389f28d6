"""Google's certificates, kept as long as Google says: google-auth alone would fetch them with every token."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import requests

GOOGLE_CERTIFICATES = "https://www.googleapis.com/oauth2/v1/certs"

_AT_LEAST = 300.0
_AT_MOST = 24 * 3600.0
_STALE_FOR = 24 * 3600.0
"""Seconds beyond their time that certificates are still used while the service does not answer."""

_NEXT_FOR_A_KEY = 60.0
"""Seconds before an unknown key is looked for again: forged tokens must not make us ask."""

_NEXT_AFTER_A_FAILURE = 10.0
_TIMEOUT = (0.4, 0.8)
"""Seconds to connect and to answer, so that a call is answered within one second whatever happens."""

_MOST_BYTES = 200_000
_MAX_AGE = re.compile(r"max-age\s*=\s*(\d{1,9})")

Certificates = Mapping[str, str]
Fetched = tuple[Certificates, float]
"""Certificates or public keys in PEM by key id, and how many seconds they may be kept."""


class NoCertificatesError(Exception):
    """There are no certificates to check a token with."""


@dataclass(slots=True)
class CertificateCache:
    """Gives certificates and fetches them when it must.

    Attributes:
        fetch: Fetches them; whatever it raises means that they cannot be had now.
        seconds: A clock that never goes back.
    """

    fetch: Callable[[], Fetched]
    seconds: Callable[[], float] = time.monotonic
    _kept: Certificates = field(default_factory=dict)
    _fetched: float = 0.0
    _fresh_until: float = 0.0
    _not_before: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def age(self) -> float | None:
        """Seconds since they were fetched; None when there are none."""
        return self.seconds() - self._fetched if self._kept else None

    def has_some(self) -> bool:
        """Say whether there are certificates to check tokens with; they are fetched if there are none."""
        try:
            return bool(self.for_key(next(iter(self._kept), "")))
        except NoCertificatesError:
            return False

    def for_key(self, key_id: str) -> Certificates:
        """Give the certificates to check a token with that names this key.

        Raises:
            NoCertificatesError: There are none, or only some that have been out of date for a day.
        """
        with self._lock:
            now = self.seconds()
            is_fresh = now < self._fresh_until
            if not is_fresh or key_id not in self._kept:
                self._fetch_again(now)
            if not self._kept or now > self._fresh_until + _STALE_FOR:
                raise NoCertificatesError
            return self._kept

    def _fetch_again(self, now: float) -> None:
        if now < self._not_before:
            return
        try:
            kept, seconds = self.fetch()
        except Exception:  # noqa: BLE001 - whatever it is, those of before stay
            self._not_before = now + _NEXT_AFTER_A_FAILURE
            return
        self._kept, self._fetched = kept, now
        self._fresh_until = now + min(max(seconds, _AT_LEAST), _AT_MOST)
        self._not_before = now + _NEXT_FOR_A_KEY


def fetch_over_http(url: str) -> Fetched:
    """Fetch certificates from an address, with the age its Cache-Control allows.

    Raises:
        requests.RequestException: It does not answer.
        ValueError: What it answers are no certificates.
    """
    with requests.Session() as session:
        session.trust_env = not url.startswith("http://")
        answer = session.get(url, timeout=_TIMEOUT, allow_redirects=False)
    if answer.status_code != HTTPStatus.OK or len(answer.content) > _MOST_BYTES:
        msg = f"HTTP {answer.status_code}"
        raise ValueError(msg)
    kept = json.loads(answer.content)
    if not (isinstance(kept, dict) and kept and all(isinstance(pem, str) for pem in kept.values())):
        msg = "no certificates by key id"
        raise ValueError(msg)
    max_age = _MAX_AGE.search(answer.headers.get("Cache-Control", ""))
    return kept, float(max_age[1]) if max_age else 0.0
