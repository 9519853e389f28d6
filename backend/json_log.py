"""The log of a process: one JSON object a line, as App Engine and Cloud Run read it; plain on a terminal."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEVERITIES: Mapping[int, str] = MappingProxyType(
    {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}
)
_ABOUT_A_RUN = ("run_id", "job", "attempt")
_PLAIN = "%(asctime)s %(levelname)s %(name)s %(message)s"
_MOST_FRAMES = 12


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON.

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
            **{name: vars(record)[name] for name in _ABOUT_A_RUN if name in vars(record)},
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": type(record.exc_info[1]).__name__, "frames": _frames(record.exc_info[1])}
        return json.dumps(line, ensure_ascii=True, default=str)


def write_log(stream: Any = sys.stdout) -> None:
    """Let everything that is logged in this process go to a stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter(_PLAIN) if stream.isatty() else JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.WARNING)


def _frames(problem: BaseException) -> list[str]:
    frames = traceback.extract_tb(problem.__traceback__)[-_MOST_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
