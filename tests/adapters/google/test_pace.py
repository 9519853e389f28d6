"""The pace of requests: below Google's quotas at any moment, one write a second for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import requests

from backend.adapters.google.client import Patience, SheetsClient
from backend.adapters.google.pace import Pace, TokenBucket
from backend.adapters.google.register import SheetRegister
from backend.localsheets import LocalSheetsAdapter
from backend.localsheets.quota import Limits, QuotaService

API = "https://sheets.googleapis.com/v4/spreadsheets"
CUSTOMERS = [{"full_name": name, "mobile": "13800138001"} for name in ("张伟", "王芳", "李娜")]


@dataclass(slots=True)
class Seconds:
    """A clock that goes on only while somebody sleeps."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time() -> Seconds:
    return Seconds()


def moments(time: Seconds, times: int, wait: Any) -> list[float]:
    """When each of so many requests may go, in seconds from now."""
    start, found = time.now, []
    for _ in range(times):
        wait()
        found.append(round(time.now - start, 3))
    return found


def test_a_bucket_lets_its_burst_through_at_once_and_then_one_a_pause(time: Any) -> None:
    bucket = TokenBucket(per_minute=60, burst=5, clock=time, sleep=time.sleep)

    assert moments(time, 8, bucket.take) == [0.0] * 5 + [1.0, 2.0, 3.0]


def test_a_bucket_never_holds_more_than_its_burst(time: Any) -> None:
    bucket = TokenBucket(per_minute=60, burst=5, clock=time, sleep=time.sleep)
    time.now += 3_600

    assert moments(time, 6, bucket.take) == [0.0] * 5 + [1.0]


@pytest.mark.parametrize("idle", [0, 3, 59, 60, 600])
def test_no_sixty_seconds_see_more_than_sixty_requests(time: Any, idle: int) -> None:
    pace = Pace(clock=time, sleep=time.sleep)
    sent = []

    for number in range(400):
        if number == 150:
            time.now += idle
        pace.wait(API, reads=True)
        sent.append(time.now)

    most = max(sum(start <= moment < start + 60 for moment in sent) for start in sent)
    assert 50 <= most < 60


def test_reads_and_writes_do_not_wait_for_each_other(time: Any) -> None:
    pace = Pace(burst=3, clock=time, sleep=time.sleep)

    moments(time, 3, lambda: pace.wait(API, reads=True))
    assert moments(time, 3, lambda: pace.wait(API, reads=False)) == [0.0] * 3


@pytest.mark.parametrize("rest", [":batchUpdate", "/values/A1", "/values:batchUpdate", "?fields=x"])
def test_a_spreadsheet_is_written_once_a_second(time: Any, rest: str) -> None:
    pace = Pace(clock=time, sleep=time.sleep)

    assert moments(time, 4, lambda: pace.wait(f"{API}/one{rest}", reads=False)) == [0.0, 1.0, 2.0, 3.0]
    assert moments(time, 2, lambda: pace.wait(f"{API}/one{rest}", reads=True)) == [0.0, 0.0]


def test_another_spreadsheet_is_not_held_back(time: Any) -> None:
    pace = Pace(clock=time, sleep=time.sleep)

    assert moments(time, 1, lambda: pace.wait(f"{API}/one:batchUpdate", reads=False)) == [0.0]
    assert moments(time, 1, lambda: pace.wait(f"{API}/two:batchUpdate", reads=False)) == [0.0]


def test_a_client_without_a_pace_holds_nothing_back(desk: Any) -> None:
    register = desk.make(CUSTOMERS)

    for number in range(80):
        desk.client.values_update(
            register.spreadsheet_id, "A9", {"valueInputOption": "RAW"}, {"values": [[number]]}
        )

    assert desk.client.calls > 80


def in_google(desk: Any, time: Seconds, pace: Pace | None) -> tuple[SheetsClient, QuotaService, list[float]]:
    """A client of a service with Google's quotas, on one clock with it; and what it slept for a 429."""
    quota = QuotaService(desk.server, Limits(), clock=time)
    asked_to_wait: list[float] = []
    session = requests.Session()
    session.mount("https://sheets.googleapis.com", LocalSheetsAdapter(quota))
    patience = Patience(sleep=asked_to_wait.append, tries=1)
    return SheetsClient(None, session, pace=pace, patience=patience), quota, asked_to_wait


def test_a_long_day_in_google_mode_never_meets_a_429(desk: Any, time: Any) -> None:
    made = desk.make(CUSTOMERS)
    client, quota, asked_to_wait = in_google(desk, time, Pace(clock=time, sleep=time.sleep))
    register = SheetRegister(client, made.spreadsheet_id, "shop")
    title = desk.person(made).sheet()["properties"]["title"]
    place = desk.person(made).place("mobile")

    for number in range(30):
        phone = {"values": [[f"1380013{number:04d}"]]}
        cell = f"'{title}'!{chr(ord('A') + place)}2"
        client.values_update(made.spreadsheet_id, cell, {"valueInputOption": "RAW"}, phone)
        assert desk.run(register).state == "done"

    assert client.calls > 180
    assert (quota.refused, asked_to_wait) == (0, [])
    assert time.now - 100 > 60, "it took more than a minute, so the quota was there to be met"


def test_the_same_day_without_a_pace_meets_one(desk: Any, time: Any) -> None:
    made = desk.make(CUSTOMERS)
    client, quota, _ = in_google(desk, time, None)

    for _ in range(61):
        client.session.get(f"{API}/{made.spreadsheet_id}")

    assert quota.refused == 1
