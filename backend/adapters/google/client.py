"""Our HTTP client under gspread: time-outs, a pace, and a retry that ends."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import requests
from google.auth.exceptions import GoogleAuthError
from gspread.http_client import HTTPClient

from backend.adapters.google.session import (
    GoogleSession,
    may_pass,
    refused_for_the_project,
    refused_for_the_scope,
    sign_in_error,
)
from backend.errors import (
    AccessDenied,
    AnswerUnclear,
    ApiDisabled,
    CredentialsRefused,
    RequestRefused,
    ServiceBusy,
    ServiceUnreachable,
    SpreadsheetMissing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from google.auth.credentials import Credentials

    from backend.adapters.google.pace import Pace

_READ_TIMEOUT = (5.0, 60.0)
_WRITE_TIMEOUT = (5.0, 190.0)
"""Seconds to connect and to answer. Google gives up on a request after 180 s: waiting longer than that makes
sure that a write we call unclear is over (faults.md, 8)."""

_READING_POSTS = (":batchGetByDataFilter", ":getByDataFilter", "developerMetadata:search")
_RATE_REASONS = ("rateLimitExceeded", "userRateLimitExceeded")
"""With these reasons Drive says 403 where Sheets says 429."""

_PASSING = (
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_MESSAGE_CHARACTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a request is tried: full jitter between nothing and a wait that doubles.

    Attributes:
        tries: Most tries of one request.
        seconds: Most seconds of waiting for one request.
        longest_wait: Longest single wait in seconds.
        sleep: Waits so many seconds.
        jitter: A random number between two bounds.
    """

    tries: int = 8
    seconds: float = 600.0
    longest_wait: float = 64.0
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[float, float], float] = random.uniform

    def wait(self, tried: int, waited: float, asked_for: float | None) -> float | None:
        """Wait before the next try; give the seconds waited so far, or None when patience is at its end."""
        pause = asked_for if asked_for is not None else self.jitter(0.5, min(self.longest_wait, 2.0**tried))
        if tried >= self.tries or waited + pause > self.seconds:
            return None
        self.sleep(pause)
        return waited + pause


class SheetsClient(HTTPClient):
    """Sends requests to the Sheets service, local or Google's, and raises errors of ours.

    A read is tried again on every passing fault. A write is tried again only on an answer that says it was
    not carried out (too many requests); any other failed write may have been carried out, so
    `AnswerUnclear` is raised and the caller has to read again.

    Without a pace, as over the local server, no request is held back.

    Attributes:
        calls: Requests sent, tries included.
        account: E-mail of the account they are sent as; '' where there is none or it is not known.
    """

    def __init__(
        self,
        auth: Credentials | None,
        session: requests.Session | None = None,
        *,
        pace: Pace | None = None,
        patience: Patience | None = None,
        account: str = "",
    ) -> None:
        super().__init__(cast("Credentials", auth), session)
        self.calls = 0
        self.account = account
        self._patience = patience or Patience()
        self._pace = pace

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request, within the limits of rate, time and tries.

        Raises:
            AccessDenied: 403.
            ApiDisabled: 403, the Sheets API of the account's project is switched off.
            CredentialsRefused: No token is given, or it is not taken (401), or its scope does not do.
            ClockWrong: No token is given, because of this machine's clock.
            SpreadsheetMissing: 404.
            RequestRefused: Any other 4xx.
            ServiceBusy: Asked to wait (429, or 403 for the rate) beyond all patience.
            ServiceUnreachable: A read failed beyond all patience.
            AnswerUnclear: A write failed in a way that does not say whether it was carried out.
        """
        reads = method.lower() == "get" or endpoint.endswith(_READING_POSTS)
        self.set_timeout(_READ_TIMEOUT if reads else _WRITE_TIMEOUT)
        waited: float | None = 0.0
        tried = 0
        while True:
            tried += 1
            outcome = self._send(method, endpoint, args, kwargs, reads=reads)
            if isinstance(outcome, requests.Response) and outcome.ok:
                return outcome
            if not _may_try_again(outcome, reads=reads):
                raise self._error(outcome, reads=reads)
            waited = self._patience.wait(tried, waited or 0.0, _retry_after(outcome))
            if waited is None:
                raise self._error(outcome, reads=reads)

    def _send(
        self,
        method: str,
        endpoint: str,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        reads: bool,
    ) -> requests.Response | Exception:
        if self._pace is not None:
            self._pace.wait(endpoint, reads=reads)
        self.calls += 1
        names = ("params", "data", "json", "files", "headers")
        named = _with_compact_body({**dict(zip(names, args, strict=False)), **kwargs})
        try:
            response = self.session.request(method=method, url=endpoint, timeout=self.timeout, **named)
            if response.ok and response.status_code != HTTPStatus.NO_CONTENT:
                answer = response.json()
                vars(response)["json"] = lambda: answer  # a large answer is read once, not again by gspread
        except (requests.RequestException, GoogleAuthError, ValueError) as problem:
            return problem
        return response

    def _error(self, outcome: Outcome, *, reads: bool) -> Exception:
        """Give the error for an outcome that is final."""
        if isinstance(outcome, GoogleAuthError):
            ahead = self.session.seconds_ahead if isinstance(self.session, GoogleSession) else None
            return sign_in_error(outcome, ahead)
        if isinstance(outcome, Exception):
            sent = not isinstance(outcome, requests.ConnectTimeout)
            return AnswerUnclear() if sent and not reads else ServiceUnreachable(type(outcome).__name__)
        return _refusal(outcome, self.account, reads=reads)


Outcome = requests.Response | Exception


def compact_json(value: object) -> bytes:
    """Give JSON as it is sent: UTF-8 without spaces, half the size of escapes for Chinese text.

    A lone surrogate, which UTF-8 cannot carry, is sent as an escape.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def _with_compact_body(named: dict[str, Any]) -> dict[str, Any]:
    body = named.pop("json", None)
    if body is None:
        return named
    headers = {**(named.get("headers") or {}), "Content-Type": "application/json; charset=utf-8"}
    return {**named, "data": compact_json(body), "headers": headers}


def _may_try_again(outcome: Outcome, *, reads: bool) -> bool:
    if isinstance(outcome, GoogleAuthError):
        return may_pass(outcome)  # no token, so nothing was carried out
    if isinstance(outcome, Exception):
        return reads or isinstance(outcome, requests.ConnectTimeout)
    return _asks_to_wait(outcome) or (reads and outcome.status_code in _PASSING)


def _asks_to_wait(response: requests.Response) -> bool:
    """Say whether a request was not carried out because there were too many."""
    if response.status_code != HTTPStatus.FORBIDDEN:
        return response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    try:
        return any(one["reason"] in _RATE_REASONS for one in response.json()["error"]["errors"])
    except (ValueError, KeyError, TypeError):
        return False


def _retry_after(outcome: Outcome) -> float | None:
    header = outcome.headers.get("Retry-After", "") if isinstance(outcome, requests.Response) else ""
    return float(header) if header.isdecimal() else None


def _refusal(outcome: requests.Response, account: str, *, reads: bool) -> Exception:
    if _asks_to_wait(outcome):
        return ServiceBusy()
    message = _message(outcome)
    match outcome.status_code:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return _denial(outcome, message, account)
        case HTTPStatus.NOT_FOUND:
            return SpreadsheetMissing(account)
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NOT_IMPLEMENTED:
            return ServiceUnreachable(f"HTTP {status}") if reads else AnswerUnclear()
        case _:
            return RequestRefused(message)


def _denial(response: requests.Response, message: str, account: str) -> Exception:
    if refused_for_the_project(response):
        return ApiDisabled(message)
    if response.status_code == HTTPStatus.UNAUTHORIZED or refused_for_the_scope(response):
        return CredentialsRefused(message)
    return AccessDenied(message, account)


def _message(response: requests.Response) -> str:
    try:
        return str(response.json()["error"]["message"])[:_MESSAGE_CHARACTERS]
    except (ValueError, KeyError, TypeError):
        return f"HTTP {response.status_code}"
