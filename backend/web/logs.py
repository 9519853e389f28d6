"""What is logged of a call: its route, status and time; no path, body, token or name."""

from __future__ import annotations

import hashlib
import logging
import re
import time
from typing import TYPE_CHECKING

from flask import g, request

if TYPE_CHECKING:
    from flask import Flask, Response

_LOG = logging.getLogger("backend.web")
_TRACE = re.compile(r"([0-9a-f]{32})(?:/.*)?")


def install(app: Flask) -> None:
    """Log every call of an application."""

    def begin() -> None:
        g.began = time.perf_counter()

    def end(answer: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        level = logging.WARNING if answer.status_code >= 500 else logging.INFO  # noqa: PLR2004 - a fault of ours
        fields = {
            "route": request.url_rule.rule if request.url_rule else "",
            "status": answer.status_code,
            "milliseconds": round(seconds * 1000, 1),
            **_place(),
        }
        _LOG.log(level, "call", extra={"fields": fields})
        return answer

    app.before_request(begin)
    app.after_request(end)


def log_failure(problem: Exception) -> None:
    """Log what nobody expected: its kind and where it was raised."""
    _LOG.error("failure", exc_info=problem, extra={"fields": _place()})


def hashed(spreadsheet_id: str) -> str:
    """Give what a spreadsheet goes by in the log."""
    return hashlib.sha256(spreadsheet_id.encode()).hexdigest()[:16]


def _place() -> dict[str, str]:
    """Give the method, the trace and the spreadsheet of the call."""
    if not request:
        return {}
    trace = _TRACE.fullmatch(request.headers.get("X-Cloud-Trace-Context", ""))
    found = {"method": request.method, "sheet": g.get("sheet", "")}
    if trace:
        found["logging.googleapis.com/trace"] = trace[1]
    return {name: text for name, text in found.items() if text}
