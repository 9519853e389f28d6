"""Quotas as Google's: requests a minute of the project and of each account, reads and writes apart.

Source: developers.google.com/workspace/sheets/api/limits (facts page, rows "quotas" and "429 body").
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from backend.localsheets.problems import Answer, Json, json_answer
from backend.localsheets.transport import Service, reads, spreadsheet_in
from backend.localsheets.workbook import Workbook

MINUTE = 60.0
_SHEETS = "/v4/spreadsheets"
_NOBODY = "steward@localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Requests a minute, for reads and for writes each."""

    project: int = 300
    account: int = 60


class QuotaService:
    """Lets so many requests through in any 60 seconds and answers the others 429, without a Retry-After.

    A batch counts once; a request that is refused for what it says counts too, one that is answered 429 does
    not. Drive has quotas of its own, which are not kept. Google refills by the minute: this is the strict
    reading.

    Args:
        service: What answers.
        limits: Requests a minute.
        clock: Seconds that only go forward.
    """

    def __init__(
        self, service: Service, limits: Limits | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.service = service
        self.limits = limits or Limits()
        self.clock = clock
        self.refused = 0
        self._taken: dict[tuple[str, str], deque[float]] = {}
        self._lock = threading.Lock()

    def book(self, spreadsheet_id: str) -> Workbook:
        """Give a spreadsheet as it is now."""
        return self.service.book(spreadsheet_id)

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Answer:
        """Answer one request, or say that there were too many."""
        if spreadsheet_in(url) or _SHEETS in url:
            kind = "Read" if reads(method, url) else "Write"
            exceeded = self._take(kind, caller or _NOBODY)
            if exceeded is not None:
                return exceeded
        return self.service.handle(method, url, body, caller=caller)

    def _take(self, kind: str, account: str) -> Answer | None:
        """Count a request; give the refusal when one of its two quotas is used up."""
        with self._lock:
            now = self.clock()
            places = ((kind, ""), (kind, account))
            for (_, whose), limit in zip(places, (self.limits.project, self.limits.account), strict=True):
                if self._in_the_last_minute(kind, whose, now) >= limit:
                    self.refused += 1
                    return too_many_requests(kind, limit, of_account=bool(whose))
            for place in places:
                self._taken[place].append(now)
            return None

    def _in_the_last_minute(self, kind: str, whose: str, now: float) -> int:
        times = self._taken.setdefault((kind, whose), deque())
        while times and times[0] <= now - MINUTE:
            times.popleft()
        return len(times)


def too_many_requests(kind: str = "Write", limit: int = 60, *, of_account: bool = True) -> Answer:
    """Give the 429 of a quota that is used up; `kind` is Read or Write.

    Source: 14 recorded 429 answers (facts page, row "429 body"): RESOURCE_EXHAUSTED, ErrorInfo
    RATE_LIMIT_EXCEEDED, no Retry-After header. The names of the project's quota are by analogy.
    """
    per = " per user" if of_account else ""
    metadata = {
        "consumer": "projects/0",
        "quota_limit": f"{kind}RequestsPerMinutePer{'User' if of_account else 'Project'}",
        "quota_limit_value": str(limit),
        "quota_location": "global",
        "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
        "quota_unit": "1/min/{project}/{user}" if of_account else "1/min/{project}",
        "service": "sheets.googleapis.com",
    }
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{per}' "
        "of service 'sheets.googleapis.com' for consumer 'project_number:0'."
    )
    details: list[Json] = [
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "RATE_LIMIT_EXCEEDED",
            "domain": "googleapis.com",
            "metadata": metadata,
        }
    ]
    error = {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED", "details": details}
    return json_answer({"error": error}, 429)
