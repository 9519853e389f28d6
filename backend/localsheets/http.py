"""The local server over HTTP, on this machine's loopback address alone, behind Google's way of signing in.

A caller posts a signed assertion to `/token` and gets a bearer token that runs out; every other request has
to carry one. Who may sign is not decided here: whoever makes the server gives it the function that says so.
"""

import json
import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from backend.localsheets.identities import CERTIFICATES_PATH, Certificates
from backend.localsheets.problems import Answer, Json, json_answer
from backend.localsheets.transport import Loss, NoAnswerError, ProcessKilledError, Service

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
TOKEN_PATH = "/token"  # noqa: S105 - a path, not a secret
_GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"
"""What google-auth writes into an assertion, wherever it posts it."""

_SCOPES = "https://www.googleapis.com/auth/"
_MOST_BYTES = 64 * 1024 * 1024
_MOST_SECONDS = 300.0
"""How long a client that is to run into a time-out is kept waiting; longer than any waits."""

_HANG_UP_AT_ONCE = struct.pack("ii", 1, 0)
"""For SO_LINGER: closing sends a reset instead of a farewell."""


Claims = Mapping[str, Any]
Verify = Callable[[str], Claims]
"""Gives the claims of a signed assertion; raises ValueError, with the reason, when it is not sound."""

May = Callable[[str, str, str], bool]
"""Says whether an account (its e-mail) may do a method on a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    account: str
    scopes: frozenset[str]
    ends: float


def _everybody(_account: str, _method: str, _path: str) -> bool:
    return True


class SheetsOverHttp:
    """Answers requests from a `LocalSheets` or a service around it, on a port, until it is closed.

    Args:
        sheets: What answers.
        verify: Who may have a token.
        may: Who may do what with it.
        seconds: How long a token lasts.
        clock: Seconds since 1970.
        port: The port; 0 takes any that is free.
        certificates: Gives the keys that ID tokens of people are signed with, for whoever asks; nobody's when
            left out.
    """

    def __init__(
        self,
        sheets: Service,
        *,
        verify: Verify,
        may: May = _everybody,
        seconds: int = 3600,
        clock: Callable[[], float] = time.time,
        port: int = 0,
        certificates: Certificates = dict,
    ) -> None:
        self.certificates = certificates
        self.sheets = sheets
        self.verify = verify
        self.may = may
        self.seconds = seconds
        self.clock = clock
        self.given = 0
        self.answered = 0
        self._tokens: dict[str, _Token] = {}
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the Sheets API here."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def token_uri(self) -> str:
        """The address that gives tokens."""
        return self.url + TOKEN_PATH

    def close(self) -> None:
        """Answer no more; the sheets stay open."""
        self._server.is_closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def forget_tokens(self) -> None:
        """Take every token back, as when a key is deleted."""
        self._tokens.clear()

    def answer(self, method: str, target: str, bearer: str, body: bytes) -> Answer:
        """Answer one request; `bearer` is its Authorization header."""
        path = urlsplit(target).path
        if path == TOKEN_PATH and method == "POST":
            return self._give_token(parse_qs(body.decode("utf-8", "replace")))
        if path == CERTIFICATES_PATH and method == "GET":
            return self._give_certificates()
        token = self._tokens.get(bearer.removeprefix("Bearer "))
        if token is None or token.ends <= self.clock():
            return _not_signed_in()
        if not token.scopes & _scopes_for(path):
            return _forbidden("Request had insufficient authentication scopes.", _SCOPE_REASON)
        if not self.may(token.account, method, path):
            return _forbidden("The caller does not have permission")
        self.answered += 1
        return self.sheets.handle(method, self.url + target, body, caller=token.account)

    def _give_certificates(self) -> Answer:
        answer = json_answer(dict(self.certificates()))
        return replace(answer, headers={**answer.headers, "Cache-Control": "public, max-age=3600"})

    def _give_token(self, form: Mapping[str, list[str]]) -> Answer:
        if form.get("grant_type") != [GRANT] or len(form.get("assertion", [])) != 1:
            return _no_token("unsupported_grant_type", "Invalid grant_type")
        try:
            claims = self.verify(form["assertion"][0])
        except ValueError as problem:
            return _no_token("invalid_grant", str(problem))
        if claims.get("aud") not in (self.token_uri, _GOOGLE_AUDIENCE):
            return _no_token("invalid_grant", "Invalid JWT: the audience is not this endpoint.")
        text = f"ya29.{secrets.token_urlsafe(32)}"
        scopes = frozenset(str(claims.get("scope", "")).split())
        self._tokens[text] = _Token(
            account=str(claims["iss"]), scopes=scopes, ends=self.clock() + self.seconds
        )
        self.given += 1
        return json_answer({"access_token": text, "expires_in": self.seconds, "token_type": "Bearer"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], front: SheetsOverHttp) -> None:
        self.front = front
        self.is_closing = threading.Event()
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    """One connection: requests one after the other, each answer sent in one piece."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout: ClassVar[float] = 60.0
    server: _Server

    def _answer(self) -> None:
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > _MOST_BYTES:
            self.close_connection = True
            self._send(_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request is too large.", "OUT_OF_RANGE"))
            return
        body = self.rfile.read(int(length))
        bearer = self.headers.get("Authorization", "")
        try:
            self._send(self.server.front.answer(self.command, self.path, bearer, body))
        except NoAnswerError as problem:
            self._lose(problem)
        except ProcessKilledError:
            self._lose(NoAnswerError(Loss.RESET))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815 - the names http.server calls

    def _lose(self, problem: NoAnswerError) -> None:
        """Let happen on the line what the client is to meet with, and hang up."""
        self.close_connection = True
        if problem.answer is not None:
            self._send(problem.answer, len(problem.answer.body) // 2)
        elif problem.loss is Loss.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HANG_UP_AT_ONCE)
            socket.close(self.connection.detach())
        else:
            self.server.is_closing.wait(_MOST_SECONDS)

    def _send(self, answer: Answer, length: int | None = None) -> None:
        """Send an answer, or its first bytes only."""
        self.send_response(answer.status)
        for name, text in answer.headers.items():
            self.send_header(name, text)
        if answer.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[:length])

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Give the time for the Date header: that of the server's clock."""
        return formatdate(self.server.front.clock() if timestamp is None else timestamp, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature http.server demands
        """Say nothing: paths hold ids."""


_SCOPE_REASON = "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def _scopes_for(path: str) -> frozenset[str]:
    """Give the scopes of which one is needed: Drive's for Drive, that or the spreadsheets' for a sheet."""
    names = ("drive",) if path.startswith("/drive/") else ("drive", "spreadsheets")
    return frozenset(_SCOPES + name for name in names)


def _not_signed_in() -> Answer:
    message = "Request had invalid authentication credentials. Expected OAuth 2 access token."
    return _error(HTTPStatus.UNAUTHORIZED, message, "UNAUTHENTICATED")


def _forbidden(message: str, reason: str = "") -> Answer:
    return _error(HTTPStatus.FORBIDDEN, message, "PERMISSION_DENIED", reason)


def _error(code: int, message: str, status: str, reason: str = "") -> Answer:
    error: Json = {"code": int(code), "message": message, "status": status}
    if reason:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        error["details"] = [{"@type": kind, "reason": reason, "domain": "googleapis.com"}]
    return json_answer({"error": error}, int(code))


def _no_token(error: str, description: str) -> Answer:
    body = json.dumps({"error": error, "error_description": description}).encode()
    return Answer(status=400, headers={"Content-Type": "application/json; charset=utf-8"}, body=body)
