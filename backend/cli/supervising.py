"""Keeps processes going: starts each, starts it again when it dies, and ends all of them together."""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0
"""After a process that lived so long, the pause is the first one again."""

_LOOK_EVERY_SECONDS = 0.1
_SIGNAL_WHEN_PARENT_DIES = 1

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Child:
    """One process that is to go on.

    Attributes:
        name: What the log calls it.
        command: What is started.
    """

    name: str
    command: Sequence[str]
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _pause: float = FIRST_PAUSE_SECONDS
    _again_at: float = 0.0

    @property
    def pid(self) -> int | None:
        """The id of its process; None while there is none."""
        return None if self._process is None else self._process.pid

    def keep_going(self, now: float) -> None:
        """Start the process if it is not there and its pause is over; each death doubles the pause."""
        if self._process is not None and self._process.poll() is not None:
            if now - self._started >= _STEADY_SECONDS:
                self._pause = FIRST_PAUSE_SECONDS
            code = self._process.returncode
            _log.warning("%s ended with %s and is started again in %.1f s", self.name, code, self._pause)
            self._process, self._again_at = None, now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        if self._process is None and now >= self._again_at:
            self._process = subprocess.Popen(list(self.command), preexec_fn=_end_with_parent)  # noqa: S603, PLW1509 - our own program; the parent has one thread
            self._started = now

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def end(self, until: float) -> None:
        """Wait for the end, and kill what does not come to it."""
        if self._process is None:
            return
        try:
            self._process.wait(max(until - time.monotonic(), 0.0))
        except subprocess.TimeoutExpired:
            _log.warning("%s did not end in time and is killed", self.name)
            self._process.kill()
            self._process.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervisor:
    """Keeps several processes going until it is to end.

    Attributes:
        grace_seconds: How long they may take to end.
    """

    children: Sequence[Child]
    grace_seconds: float
    sleep: Callable[[float], object] = field(default=time.sleep)

    def run(self, is_over: Callable[[], bool]) -> None:
        """Keep all going until it is over; then end all, and return when the last one is gone."""
        try:
            while not is_over():
                for child in self.children:
                    child.keep_going(time.monotonic())
                self.sleep(_LOOK_EVERY_SECONDS)
        finally:
            for child in self.children:
                child.ask_to_end()
            until = time.monotonic() + self.grace_seconds
            for child in self.children:
                child.end(until)


def _end_with_parent() -> None:
    """Let Linux send SIGTERM to this process when the supervisor is killed; elsewhere nothing does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_WHEN_PARENT_DIES, signal.SIGTERM)
