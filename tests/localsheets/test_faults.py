"""Faults on demand: each does what its name says to the sheet and to the client, in process and over HTTP."""

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from backend.localsheets import LocalSheets, LocalSheetsAdapter
from backend.localsheets.faults import LASTING, PASSING, Fault, FaultImpossibleError, Faults
from backend.localsheets.faulty import FaultyService
from backend.localsheets.http import GRANT, SheetsOverHttp
from backend.localsheets.transport import Loss, NoAnswerError, ProcessKilledError

HOST = "https://sheets.googleapis.com/v4/spreadsheets"

KINDS: list[tuple[Fault, int, object]] = [
    (Fault.TOO_MANY_REQUESTS, 0, 429),
    (Fault.DRIVE_RATE_LIMIT, 0, 403),
    (Fault.TOKEN_EXPIRED, 0, 401),
    (Fault.PERMISSION_REVOKED, 0, 403),
    (Fault.INTERNAL_ERROR, 0, 500),
    (Fault.INTERNAL_ERROR_AFTER_APPLY, 1, 500),
    (Fault.UNAVAILABLE, 0, 503),
    (Fault.UNAVAILABLE_AFTER_APPLY, 1, 503),
    (Fault.BAD_GATEWAY_PAGE, 0, 502),
    (Fault.BAD_GATEWAY_PAGE_AFTER_APPLY, 1, 502),
    (Fault.NOT_CONNECTED, 0, requests.ConnectTimeout),
    (Fault.RESET_BEFORE_APPLY, 0, requests.ConnectionError),
    (Fault.RESET_AFTER_APPLY, 1, requests.ConnectionError),
    (Fault.TIME_OUT_BEFORE_APPLY, 0, requests.ReadTimeout),
    (Fault.TIME_OUT_AFTER_APPLY, 1, requests.ReadTimeout),
    (Fault.LATE_APPLY, 0, requests.ReadTimeout),
    (Fault.DUPLICATE_DELIVERY, 2, 200),
    (Fault.CUT_SHORT, 1, requests.exceptions.ChunkedEncodingError),
    (Fault.TRUNCATED_JSON, 1, ValueError),
    (Fault.GARBLED_JSON, 1, ValueError),
    (Fault.EMPTY_ANSWER, 1, ValueError),
    (Fault.SLOW, 1, 200),
    (Fault.KILLED_BEFORE_APPLY, 0, ProcessKilledError),
    (Fault.KILLED_AFTER_APPLY, 1, ProcessKilledError),
]
"""Every kind that a single write can meet with: how often it is applied, and what the client sees."""


class Line:
    """A spreadsheet behind a faulty line; call 1 of the line is the first one after it was made."""

    def __init__(self, faults: Faults, **options: Any) -> None:
        self.server = LocalSheets(None)
        made = self.server.handle("POST", HOST, b"{}")
        self.id = json.loads(made.body)["spreadsheetId"]
        self.faulty = FaultyService(self.server, faults, **options)
        self.session = requests.Session()
        self.session.mount("https://", LocalSheetsAdapter(self.faulty))

    def append(self, value: object) -> requests.Response:
        url = f"{HOST}/{self.id}/values/A1:append?valueInputOption=RAW"
        return self.session.post(url, json={"values": [[value]]})

    def get(self, path: str = "/values/Sheet1") -> requests.Response:
        return self.session.get(f"{HOST}/{self.id}{path}")

    def cells(self) -> list[object]:
        """What stands in the sheet, read past the faults."""
        answer = json.loads(self.server.handle("GET", f"{HOST}/{self.id}/values/Sheet1", None).body)
        return [row[0] for row in answer.get("values", [])]

    def close(self) -> None:
        self.session.close()
        self.server.close()


@pytest.fixture
def line() -> Iterator[Callable[..., Line]]:
    opened: list[Line] = []

    def make(faults: Faults, **options: Any) -> Line:
        opened.append(Line(faults, **options))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def seen(call: Callable[[], requests.Response]) -> object:
    """What a client sees of a call: the exception's class, ValueError for no JSON, or the status."""
    try:
        response = call()
        if response.ok:
            response.json()
    except requests.exceptions.JSONDecodeError:
        return ValueError
    except (requests.RequestException, ProcessKilledError) as problem:
        return type(problem)
    return response.status_code


def test_there_are_at_least_twenty_kinds_and_the_table_has_those_a_write_can_meet() -> None:
    only_reads = {Fault.STALE_READ, Fault.FEWER_RANGES}

    assert len(Fault) >= 20
    assert {kind for kind, _, _ in KINDS} == set(Fault) - only_reads
    assert set(PASSING) | LASTING == set(Fault)


@pytest.mark.parametrize(("fault", "times", "sight"), KINDS)
def test_a_write_is_applied_as_often_as_the_name_says_and_the_client_sees_it(
    line: Any, fault: Any, times: Any, sight: Any
) -> None:
    line = line(Faults.scripted({1: fault}))

    assert seen(lambda: line.append("x")) == sight
    assert line.cells() == ["x"] * times
    assert [one.fault for one in line.faulty.befallen] == [fault]


@pytest.mark.parametrize("fault", [kind for kind in Fault if kind not in LASTING])
def test_the_call_after_a_passing_fault_is_answered_as_ever(line: Any, fault: Any) -> None:
    line = line(Faults.scripted({2: fault}))
    line.append("a")
    ranged = "/values:batchGet?ranges=Sheet1!A1&ranges=Sheet1!A2"
    reads = fault in {Fault.STALE_READ, Fault.FEWER_RANGES}
    seen(lambda: line.get(ranged) if reads else line.append("b"))

    assert line.get().status_code == 200


def test_a_revoked_permission_stays_revoked_until_it_is_given_back(line: Any) -> None:
    line = line(Faults.scripted({2: Fault.PERMISSION_REVOKED}))

    statuses = [line.append("x").status_code for _ in range(4)]
    line.faulty.give_back()

    assert (statuses, line.get().status_code, line.cells()) == ([200, 403, 403, 403], 200, ["x"])


def test_a_late_write_is_carried_out_some_calls_later(line: Any) -> None:
    line = line(Faults.scripted({1: Fault.LATE_APPLY}))
    lateness = line.faulty.faults.lateness(1)

    sights = [seen(lambda: line.append("late"))]
    held = []
    for _ in range(lateness):
        held.append(line.cells())
        sights.append(seen(line.get))

    assert 1 <= lateness <= 4
    assert (sights[0], set(sights[1:])) == (requests.ReadTimeout, {200})
    assert (held, line.cells()) == ([[]] * lateness, ["late"])


def test_what_is_still_on_its_way_arrives_when_the_dust_settles(line: Any) -> None:
    line = line(Faults.scripted({1: Fault.LATE_APPLY}))
    seen(lambda: line.append("late"))

    line.faulty.settle()
    line.faulty.settle()

    assert line.cells() == ["late"]


def test_a_stale_read_shows_the_sheet_before_the_last_write(line: Any) -> None:
    line = line(Faults.scripted({3: Fault.STALE_READ}))
    line.append("first")
    line.append("second")

    stale, fresh = line.get().json()["values"], line.get().json()["values"]

    assert (stale, fresh) == ([["first"]], [["first"], ["second"]])


def test_a_stale_read_without_a_write_before_it_is_a_read(line: Any) -> None:
    line = line(Faults.scripted({1: Fault.STALE_READ}))

    assert line.get().json()["range"] == "Sheet1!A1:Z1000"


def test_an_answer_with_fewer_ranges_lacks_the_last_one(line: Any) -> None:
    line = line(Faults.scripted({1: Fault.FEWER_RANGES, 2: Fault.FEWER_RANGES}))
    data = [{"range": name, "values": [[name]]} for name in ("A1", "A2")]
    url = f"{HOST}/{line.id}/values:batchUpdate"

    wrote = line.session.post(url, json={"valueInputOption": "RAW", "data": data}).json()
    read = line.get("/values:batchGet?ranges=A1&ranges=A2").json()

    assert [one["updatedRange"] for one in wrote["responses"]] == ["Sheet1!A1"]
    assert [one["range"] for one in read["valueRanges"]] == ["Sheet1!A1"]
    assert line.cells() == ["A1", "A2"]


def test_a_slow_answer_lets_the_clock_go_on_and_nobody_waits(line: Any) -> None:
    waited: list[float] = []
    line = line(Faults.scripted({1: Fault.SLOW}), wait=waited.append)

    line.append("x")

    assert (waited, line.cells()) == ([45.0], ["x"])


@pytest.mark.parametrize("fault", [Fault.LATE_APPLY, Fault.DUPLICATE_DELIVERY, Fault.FEWER_RANGES])
def test_a_script_that_cannot_happen_is_refused(line: Any, fault: Any) -> None:
    line = line(Faults.scripted({1: fault}))

    with pytest.raises(FaultImpossibleError, match=r"Call 1, GET /v4/spreadsheets/.* cannot meet with"):
        line.get()


@pytest.mark.parametrize(("rate", "kinds"), [(-0.1, PASSING), (1.1, PASSING), (0.1, ())])
def test_a_rate_outside_of_nothing_and_always_is_refused(rate: Any, kinds: Any) -> None:
    with pytest.raises(ValueError, match="fault"):
        Faults.seeded(seed=1, rate=rate, kinds=kinds)


def played(line: Any, faults: Faults) -> tuple[list[object], list[object], list[Any]]:
    line = line(faults)
    calls = [partial(line.append, number) if number % 2 else line.get for number in range(200)]
    sights = [seen(call) for call in calls]
    return sights, line.cells(), line.faulty.befallen


def test_a_seed_a_rate_and_kinds_replay_a_run(line: Any) -> None:
    faults = Faults.seeded(seed=7, rate=0.3)
    first, again, other = (played(line, one) for one in (faults, faults, Faults.seeded(seed=8, rate=0.3)))

    numbers = [[(one.number, one.fault) for one in run[2]] for run in (first, again, other)]
    assert (first[0], first[1], numbers[0]) == (again[0], again[1], numbers[1])
    assert numbers[0] != numbers[2]
    assert 40 <= len(numbers[0]) <= 80
    assert len({fault for _, fault in numbers[0]}) >= 12


def test_chance_keeps_to_the_kinds_it_is_given(line: Any) -> None:
    kinds = (Fault.RESET_AFTER_APPLY, Fault.STALE_READ)
    _, _, befallen = played(line, Faults.seeded(seed=1, rate=1, kinds=kinds))

    assert {one.fault for one in befallen} == set(kinds)
    assert {one.method for one in befallen if one.fault is Fault.STALE_READ} == {"GET"}
    assert len(befallen) == 200


def test_what_is_not_there_is_refused_as_ever_and_not_spoilt_into_a_crash(line: Any) -> None:
    line = line(Faults.seeded(seed=3, rate=1, kinds=[Fault.DUPLICATE_DELIVERY, Fault.FEWER_RANGES]))
    line.id = "missing"

    assert line.append("x").status_code == 404
    assert line.get("/values:batchGet?ranges=A1").status_code == 404


# Over HTTP


def believed(text: str) -> Mapping[str, Any]:
    return {"iss": text, "scope": "https://www.googleapis.com/auth/spreadsheets", "aud": AUDIENCE}


AUDIENCE = "https://oauth2.googleapis.com/token"


class Served:
    """The same behind a real socket."""

    def __init__(self, faults: Faults) -> None:
        self.sheets = LocalSheets(None)
        self.http = SheetsOverHttp(FaultyService(self.sheets, faults), verify=believed)
        self.session = requests.Session()
        self.session.trust_env = False
        form = {"grant_type": GRANT, "assertion": "steward@localhost"}
        token = self.session.post(self.http.token_uri, form).json()["access_token"]
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.id = json.loads(self.sheets.handle("POST", HOST, b"{}").body)["spreadsheetId"]

    def append(self) -> requests.Response:
        url = f"{self.http.url}/v4/spreadsheets/{self.id}/values/A1:append?valueInputOption=RAW"
        return self.session.post(url, json={"values": [["x"]]}, timeout=(5, 0.3))

    def rows(self) -> int:
        found = json.loads(self.sheets.handle("GET", f"{HOST}/{self.id}/values/Sheet1", None).body)
        return len(found.get("values", []))


@pytest.fixture
def served() -> Iterator[Callable[[Faults], Served]]:
    opened: list[Served] = []

    def make(faults: Faults) -> Served:
        opened.append(Served(faults))
        return opened[-1]

    yield make
    for each in opened:
        each.session.close()
        each.http.close()
        each.sheets.close()


OVER_HTTP = [
    (
        fault,
        times,
        {Fault.NOT_CONNECTED: requests.ReadTimeout, Fault.KILLED_BEFORE_APPLY: requests.ConnectionError}.get(
            fault, requests.ConnectionError if sight is ProcessKilledError else sight
        ),
    )
    for fault, times, sight in KINDS
]
"""A server cannot refuse a connection it has taken, nor kill its client: those are a time-out and a reset."""


@pytest.mark.parametrize(("fault", "times", "sight"), OVER_HTTP)
def test_over_http_the_client_meets_the_same(served: Any, fault: Any, times: Any, sight: Any) -> None:
    served = served(Faults.scripted({1: fault}))

    assert seen(served.append) == sight
    assert served.rows() == times


def test_over_http_a_reset_is_a_real_one(served: Any) -> None:
    served = served(Faults.scripted({1: Fault.RESET_AFTER_APPLY}))
    parts = urlsplit(served.http.url)
    request = (
        f"GET /v4/spreadsheets/{served.id} HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: {served.session.headers['Authorization']}\r\n\r\n"
    )
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as line:
        line.sendall(request.encode())

        with pytest.raises(ConnectionResetError):
            line.recv(1)


def test_over_http_an_answer_cut_short_promises_more_than_it_holds(served: Any) -> None:
    served = served(Faults.scripted({1: Fault.CUT_SHORT}))

    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        served.append()


def test_no_answer_says_what_was_lost() -> None:
    assert str(NoAnswerError(Loss.TIMED_OUT)) == "timed out"
