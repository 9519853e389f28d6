"""The log: one JSON object a line. Of a call its route, status and time; no path, body, token or name."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flask import g, request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask, Response

_LOG = logging.getLogger("backend.web")
_TRACE = re.compile(r"([0-9a-f]{32})(?:/.*)?")
_SEVERITIES: Mapping[int, str] = MappingProxyType(
    {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}
)
_MOST_FRAMES = 12


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, in the words App Engine and Cloud Run read.

    Of an error its kind and where it was raised, not what it says: its words may hold a cell.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, Any] = {
            "severity": _SEVERITIES.get(record.levelno, "DEFAULT"),
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": type(record.exc_info[1]).__name__, "frames": _frames(record.exc_info[1])}
        return json.dumps(line, ensure_ascii=True, default=str)


def write_to(stream: Any = sys.stdout) -> None:
    """Let everything that is logged in this process go to a stream, as JSON."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.WARNING)


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


def _frames(problem: BaseException) -> list[str]:
    frames = traceback.extract_tb(problem.__traceback__)[-_MOST_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
