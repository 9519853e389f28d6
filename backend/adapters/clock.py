"""The time of this machine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Give the moment, in UTC."""
        return datetime.now(UTC)

    def today(self, time_zone: str) -> date:
        """Give the day in a time zone."""
        return datetime.now(ZoneInfo(time_zone)).date()
