"""How fast requests go to Google: below its quotas, and one write a second for a spreadsheet.

Source: developers.google.com/workspace/sheets/api/limits (60 reads and 60 writes a minute for an account) and
.../troubleshoot-api-errors (one request a second for a spreadsheet).
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SPREADSHEET = re.compile(r"/v4/spreadsheets/([^/:?]+)")


@dataclass(slots=True, kw_only=True)
class TokenBucket:
    """Lets so many requests a minute through; a request that finds none left waits.

    In any 60 seconds no more than `burst + per_minute` pass.

    Attributes:
        per_minute: Requests a minute.
        burst: Most requests that pass without a pause between them.
        clock: Seconds that only go forward.
        sleep: Waits so many seconds.
    """

    per_minute: float
    burst: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _tokens: float = field(init=False, default=0.0)
    _filled_at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        """Start with a full bucket."""
        self._tokens = self.burst
        self._filled_at = self.clock()

    def take(self) -> None:
        """Take one token, after waiting for it if need be."""
        now = self.clock()
        self._tokens = min(self.burst, self._tokens + (now - self._filled_at) * self.per_minute / 60)
        self._filled_at = now
        if self._tokens < 1:
            self.sleep((1 - self._tokens) * 60 / self.per_minute)
            self._tokens = 1.0
            self._filled_at = self.clock()
        self._tokens -= 1


@dataclass(slots=True, kw_only=True)
class Pace:
    """Holds requests back until they may go: reads and writes apart, writes also for each spreadsheet.

    Attributes:
        per_minute: Reads and writes a minute, each.
        burst: How many of them may go at once; with `per_minute` it stays below 60, Google's limit.
        clock: Seconds that only go forward.
        sleep: Waits so many seconds.
    """

    per_minute: float = 50.0
    burst: float = 8.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _buckets: dict[str, TokenBucket] = field(init=False, default_factory=dict)

    def wait(self, url: str, *, reads: bool) -> None:
        """Wait until a request may go."""
        spreadsheet = _SPREADSHEET.search(url)
        if spreadsheet and not reads:
            self._bucket(f"writes of {spreadsheet[1]}", per_minute=60.0, burst=1.0).take()
        self._bucket("reads" if reads else "writes", per_minute=self.per_minute, burst=self.burst).take()

    def _bucket(self, name: str, *, per_minute: float, burst: float) -> TokenBucket:
        if name not in self._buckets:
            self._buckets[name] = TokenBucket(
                per_minute=per_minute, burst=burst, clock=self.clock, sleep=self.sleep
            )
        return self._buckets[name]
