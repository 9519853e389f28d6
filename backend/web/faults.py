"""Every refusal in one shape: {"ok": false, "error": {"code", "message"}}; no trace, no value of the call."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import jsonify, request
from werkzeug.exceptions import HTTPException

from backend.adapters.store.failing import is_store_failure
from backend.core.wording import say
from backend.errors import (
    BodyTooLarge,
    BodyUnreadable,
    CallError,
    ContentTypeWrong,
    MethodWrong,
    NotReady,
    PathUnknown,
    ServerFault,
    StewardError,
)
from backend.web.body import MOST_BYTES
from backend.web.call import language_wanted
from backend.web.logs import log_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask, Response

_BY_STATUS: Mapping[int, Callable[[], CallError]] = MappingProxyType(
    {
        400: BodyUnreadable,
        404: PathUnknown,
        405: MethodWrong,
        413: lambda: BodyTooLarge(MOST_BYTES),
        415: ContentTypeWrong,
    }
)
_STATUSES: Mapping[str, int] = MappingProxyType(
    {
        "register-unknown": 404,
        "run-missing": 404,
        "already-running": 409,
        "job-unknown": 422,
        "arguments-wrong": 422,
        "access-denied": 403,
        "spreadsheet-missing": 403,
    }
)
"""The status of errors that also exist away from the web."""

_OWN_WORDS = frozenset({"register-unknown", "run-missing"})
"""Errors whose words on the command line speak of commands; here they have words of their own."""

_WAIT = 5


def install(app: Flask) -> None:
    """Answer every error of an application in one shape."""
    app.register_error_handler(Exception, _answer)


def _answer(problem: Exception) -> tuple[Response, int]:
    if isinstance(problem, StewardError):
        return _refusal(problem)
    known = _BY_STATUS.get(problem.code or 0) if isinstance(problem, HTTPException) else None
    if known is not None:
        answer, status = _refusal(known())
        allowed = getattr(problem, "valid_methods", None)
        if allowed:
            answer.headers["Allow"] = ", ".join(sorted(allowed))
        return answer, status
    log_failure(problem)
    return _refusal(NotReady(_WAIT) if is_store_failure(problem) else ServerFault())


def _refusal(problem: StewardError) -> tuple[Response, int]:
    status = problem.status if isinstance(problem, CallError) else _STATUSES.get(problem.code, 0)
    if not status:
        log_failure(problem)
        problem = NotReady(_WAIT) if problem.code.startswith(("service-", "store-")) else ServerFault()
        status = problem.status
    language = language_wanted(request)
    words = say(f"http-{problem.code}", language) if problem.code in _OWN_WORDS else problem.to(language)
    answer = jsonify({"ok": False, "error": {"code": problem.code, "message": words}})
    if isinstance(problem, CallError) and problem.retry_after:
        answer.headers["Retry-After"] = str(problem.retry_after)
    if problem.code == "not-signed-in":
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer, status
