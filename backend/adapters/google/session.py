"""The session that signs requests in: it asks for a token, renews it once, and says why there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import AuthorizedSession, Request
from requests import Session
from requests.adapters import HTTPAdapter

from backend.errors import ClockWrong, CredentialsRefused, ServiceUnreachable

if TYPE_CHECKING:
    import requests
    from google.auth.transport import Response

    from backend.adapters.google.access import Access
    from backend.errors import StewardError

_SHEETS = "https://sheets.googleapis.com"
_TOKEN_TIMEOUT = (5.0, 30.0)
_LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")
_CLOCK_WORDS = ("reasonable timeframe", "Token used too early", "Token used too late")
_MESSAGE_CHARACTERS = 300


class GoogleSession(AuthorizedSession):
    """A requests session whose requests carry Steward's token.

    A token that has run out, or that the service no longer takes (401), is renewed once for a request.

    Attributes:
        credentials: What asks for tokens.
    """

    def __init__(self, access: Access, sheets_url: str = "") -> None:
        self._tokens = Session()
        self._asked = _TokenRequest(self._tokens)
        super().__init__(access.credentials, max_refresh_attempts=1, auth_request=self._asked)  # type: ignore[no-untyped-call]
        for host in _LOOPBACK:
            self._tokens.mount(host, _LoopbackAdapter())
        if sheets_url:
            self.mount(_SHEETS, _LoopbackAdapter(sheets_url))

    @property
    def seconds_ahead(self) -> float | None:
        """How far this machine's clock is ahead of the token service's; None before the first token."""
        return self._asked.seconds_ahead

    def sign_in(self) -> None:
        """Ask for a token.

        Raises:
            CredentialsRefused: The service does not take the credentials.
            ClockWrong: It does not, because of this machine's clock.
            ServiceUnreachable: It did not answer.
        """
        try:
            self.credentials.refresh(self._asked)
        except GoogleAuthError as problem:
            raise sign_in_error(problem, self.seconds_ahead) from None

    def close(self) -> None:
        """Close both connections: to the service, and to where tokens come from."""
        super().close()  # type: ignore[no-untyped-call]
        self._tokens.close()


class _TokenRequest(Request):
    """Asks for tokens, and looks at the clock of whoever answers."""

    seconds_ahead: float | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Response:
        """Send one request; its time-out is ours, whatever that of the request it is made for."""
        answer: Response = super().__call__(*args, **{**kwargs, "timeout": _TOKEN_TIMEOUT})  # type: ignore[no-untyped-call]
        told = {name.casefold(): text for name, text in answer.headers.items()}.get("date", "")
        try:
            there = parsedate_to_datetime(told)
        except ValueError:
            return answer
        self.seconds_ahead = (datetime.now(UTC) - there.astimezone(UTC)).total_seconds()
        return answer


class _LoopbackAdapter(HTTPAdapter):
    """Reaches a server on this machine, past any proxy; under another address when one is given."""

    def __init__(self, base: str = "") -> None:
        self._base = base
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """Send one request to the server on this machine."""
        if self._base:
            request.url = self._base.rstrip("/") + str(request.url).removeprefix(_SHEETS)
        return super().send(request, *args, **{**options, "proxies": {}})


def may_pass(problem: GoogleAuthError) -> bool:
    """Say whether no token was given for a reason that passes: no answer, or an answer that is a web page."""
    if isinstance(problem, RefreshError):
        text = _text(problem)
        return bool(problem.retryable) or text.lstrip()[:1] == "<" or not text.strip()
    return isinstance(problem, TransportError)


def sign_in_error(problem: GoogleAuthError, seconds_ahead: float | None) -> StewardError:
    """Give what it means that no token was given."""
    if may_pass(problem):
        return ServiceUnreachable(type(problem).__name__)
    text = " ".join(_text(problem).split())[:_MESSAGE_CHARACTERS]
    if any(words in text for words in _CLOCK_WORDS):
        return ClockWrong(round(seconds_ahead or 0))
    return CredentialsRefused(text)


def _text(problem: GoogleAuthError) -> str:
    return str(problem.args[0]) if problem.args else ""


def refused_for_the_project(response: requests.Response) -> bool:
    """Say whether a 403 is about the project: its Sheets API is switched off."""
    if response.status_code != HTTPStatus.FORBIDDEN:
        return False
    return _reason(response) == "SERVICE_DISABLED" or "has not been used in project" in response.text


def refused_for_the_scope(response: requests.Response) -> bool:
    """Say whether a 403 is about what the token is for, not about the sheet."""
    return _reason(response) == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def _reason(response: requests.Response) -> str:
    if response.status_code != HTTPStatus.FORBIDDEN:
        return ""
    try:
        details = response.json()["error"]["details"]
        return next(str(one["reason"]) for one in details if "reason" in one)
    except (ValueError, KeyError, TypeError, StopIteration):
        return ""
