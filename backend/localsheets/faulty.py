"""A service whose answers get lost, spoilt, late or doubled, as `Faults` say."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit

from backend.localsheets.faults import Fault, Faults
from backend.localsheets.problems import Answer, Json, RefusedError, json_answer
from backend.localsheets.quota import too_many_requests
from backend.localsheets.server import LocalSheets
from backend.localsheets.transport import (
    Loss,
    NoAnswerError,
    ProcessKilledError,
    Service,
    reads,
    spreadsheet_in,
)
from backend.localsheets.workbook import Workbook

SLOW_SECONDS = 45.0
"""How long a slow answer takes: less than the shortest time-out of a client that is patient enough."""

_PAGE = (
    b"<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1</title>\n"
    b"<p><b>502.</b> <ins>That's an error.</ins>\n<p>The server encountered a temporary error.\n</html>\n"
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came."""

    method: str
    url: str
    body: bytes | None
    caller: str | None


@dataclass(frozen=True, slots=True)
class Befallen:
    """A fault that happened: to which call, counted from 1, and what it asked for."""

    number: int
    fault: Fault
    method: str
    path: str


class FaultyService:
    """Passes requests on and lets faults happen to them.

    Args:
        service: What answers.
        faults: Which call meets with which fault.
        wait: Lets so many seconds go by; a slow answer calls it. A test gives its clock, a server time.sleep.

    Attributes:
        calls: Requests that came so far.
        befallen: What happened, in order.
    """

    def __init__(
        self, service: Service, faults: Faults, *, wait: Callable[[float], object] = lambda _seconds: None
    ) -> None:
        self.service = service
        self.faults = faults
        self.wait = wait
        self.calls = 0
        self.befallen: list[Befallen] = []
        self._is_revoked = False
        self._is_dead = False
        self._late: list[tuple[int, Request]] = []
        self._before: dict[str, Workbook] = {}
        self._lock = threading.RLock()

    def book(self, spreadsheet_id: str) -> Workbook:
        """Give a spreadsheet as it is now."""
        return self.service.book(spreadsheet_id)

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Answer:
        """Answer one request, as far as its fault lets an answer through.

        Raises:
            NoAnswerError: The answer is lost.
            ProcessKilledError: The process of the client ends, or has ended: it cannot tidy up any more.
            FaultImpossibleError: The script names a fault that cannot befall this request.
        """
        request = Request(method, url, body, caller)
        with self._lock:
            if self._is_dead:
                raise ProcessKilledError
            self.calls += 1
            self._carry_out_late(self.calls)
            fault = self.faults.befalling(self.calls, method, url)
            if fault is None:
                return _permission_denied() if self._is_revoked else self._carry_out(request)
            self._is_dead = fault in (Fault.KILLED_BEFORE_APPLY, Fault.KILLED_AFTER_APPLY)
            self.befallen.append(Befallen(self.calls, fault, method, urlsplit(url).path))
            if fault is not Fault.SLOW:
                return self._befall(fault, request)
        self.wait(SLOW_SECONDS)
        return self._carry_out(request)

    def settle(self) -> None:
        """Carry out what is still on its way, as when all have hung up and the dust settles."""
        with self._lock:
            self._carry_out_late(None)

    def give_back(self) -> None:
        """Share the spreadsheets with the account again, after its permission was revoked."""
        self._is_revoked = False

    def _befall(self, fault: Fault, request: Request) -> Answer:
        if fault is Fault.STALE_READ:
            return self._stale(request)
        if fault is Fault.PERMISSION_REVOKED or self._is_revoked:
            self._is_revoked = True
            return _permission_denied()
        if fault is Fault.LATE_APPLY:
            self._late.append((self.calls + self.faults.lateness(self.calls), request))
            raise NoAnswerError(Loss.TIMED_OUT)
        course = COURSES[fault]
        answer = _NOTHING
        for _ in range(course.times):
            answer = self._carry_out(request)
        return course.outcome(answer)

    def _carry_out(self, request: Request) -> Answer:
        if reads(request.method, request.url):
            return self._pass_on(request)
        spreadsheet_id = spreadsheet_in(request.url)
        before = self._now(spreadsheet_id)
        answer = self._pass_on(request)
        if before is not None and self._now(spreadsheet_id) is not before:
            self._before[spreadsheet_id] = before
        return answer

    def _now(self, spreadsheet_id: str) -> Workbook | None:
        try:
            return self.service.book(spreadsheet_id) if spreadsheet_id else None
        except RefusedError:
            return None

    def _pass_on(self, request: Request) -> Answer:
        return self.service.handle(request.method, request.url, request.body, caller=request.caller)

    def _carry_out_late(self, number: int | None) -> None:
        due = [request for when, request in self._late if number is None or when <= number]
        self._late = [(when, request) for when, request in self._late if number is not None and when > number]
        for request in due:
            self._carry_out(request)

    def _stale(self, request: Request) -> Answer:
        """Answer from the spreadsheet as it was before the last write; there may have been none."""
        before = self._before.get(spreadsheet_in(request.url))
        if before is None or self._is_revoked:
            return _permission_denied() if self._is_revoked else self._pass_on(request)
        replica = LocalSheets.showing(before)
        answer = replica.handle(request.method, request.url, request.body, caller=request.caller)
        replica.close()
        return answer


@dataclass(frozen=True, slots=True)
class Course:
    """What becomes of a request: how often it is carried out, and what the client gets of the answer."""

    times: int
    outcome: Callable[[Answer], Answer]


_NOTHING = Answer(status=200)


def _answering(answer: Answer) -> Callable[[Answer], Answer]:
    return lambda _: answer


def _losing(loss: Loss) -> Callable[[Answer], Answer]:
    def lose(answer: Answer) -> Answer:
        raise NoAnswerError(loss, answer if loss is Loss.CUT_SHORT else None)

    return lose


def _killed(_: Answer) -> Answer:
    raise ProcessKilledError


def _error(code: int, status: str, message: str, **more: object) -> Answer:
    return json_answer({"error": {"code": code, "message": message, "status": status, **more}}, code)


def _permission_denied() -> Answer:
    return _error(403, "PERMISSION_DENIED", "The caller does not have permission")


def _truncated(answer: Answer) -> Answer:
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def _garbled(answer: Answer) -> Answer:
    """Give the answer with bytes in its middle that are neither UTF-8 nor JSON."""
    middle = len(answer.body) // 2
    return replace(answer, body=answer.body[:middle] + b'\xff\xfe"}{' + answer.body[middle + 5 :])


def _with_fewer_ranges(answer: Answer) -> Answer:
    """Give the answer without the last of its ranges; a refusal has none and stays."""
    document: Json = json.loads(answer.body)
    for name in ("valueRanges", "responses"):
        if document.get(name):
            document[name] = document[name][:-1]
    return json_answer(document, answer.status)


_RATE = {"errors": [{"domain": "usageLimits", "reason": "userRateLimitExceeded", "message": "Slow down."}]}
_INTERNAL = _answering(_error(500, "INTERNAL", "Internal error encountered."))
_UNAVAILABLE = _answering(_error(503, "UNAVAILABLE", "The service is currently unavailable."))
_BAD_GATEWAY = _answering(
    Answer(status=502, headers={"Content-Type": "text/html; charset=UTF-8"}, body=_PAGE)
)
_EXPIRED = "Request had invalid authentication credentials. Expected OAuth 2 access token."

COURSES = MappingProxyType(
    {
        Fault.TOO_MANY_REQUESTS: Course(0, _answering(too_many_requests())),
        Fault.DRIVE_RATE_LIMIT: Course(
            0, _answering(_error(403, "PERMISSION_DENIED", "User Rate Limit Exceeded", **_RATE))
        ),
        Fault.TOKEN_EXPIRED: Course(0, _answering(_error(401, "UNAUTHENTICATED", _EXPIRED))),
        Fault.INTERNAL_ERROR: Course(0, _INTERNAL),
        Fault.INTERNAL_ERROR_AFTER_APPLY: Course(1, _INTERNAL),
        Fault.UNAVAILABLE: Course(0, _UNAVAILABLE),
        Fault.UNAVAILABLE_AFTER_APPLY: Course(1, _UNAVAILABLE),
        Fault.BAD_GATEWAY_PAGE: Course(0, _BAD_GATEWAY),
        Fault.BAD_GATEWAY_PAGE_AFTER_APPLY: Course(1, _BAD_GATEWAY),
        Fault.NOT_CONNECTED: Course(0, _losing(Loss.NOT_CONNECTED)),
        Fault.RESET_BEFORE_APPLY: Course(0, _losing(Loss.RESET)),
        Fault.RESET_AFTER_APPLY: Course(1, _losing(Loss.RESET)),
        Fault.TIME_OUT_BEFORE_APPLY: Course(0, _losing(Loss.TIMED_OUT)),
        Fault.TIME_OUT_AFTER_APPLY: Course(1, _losing(Loss.TIMED_OUT)),
        Fault.DUPLICATE_DELIVERY: Course(2, lambda answer: answer),
        Fault.CUT_SHORT: Course(1, _losing(Loss.CUT_SHORT)),
        Fault.TRUNCATED_JSON: Course(1, _truncated),
        Fault.GARBLED_JSON: Course(1, _garbled),
        Fault.EMPTY_ANSWER: Course(1, lambda answer: replace(answer, body=b"")),
        Fault.FEWER_RANGES: Course(1, _with_fewer_ranges),
        Fault.KILLED_BEFORE_APPLY: Course(0, _killed),
        Fault.KILLED_AFTER_APPLY: Course(1, _killed),
    }
)
"""The faults that need nothing but the request and its answer; the others are methods of `FaultyService`."""
