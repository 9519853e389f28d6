"""Many workers, and kill -9 of anything: no run is lost, none ends twice, none goes on beside another."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.ports import RunState
from tests.end_to_end.tiny_service import ROOT, ask, command, ledger_of, queue_of
from tests.servers import free_port

RUNS = int(os.environ.get("TRIAL_RUNS", "400"))
KILLS = int(os.environ.get("TRIAL_KILLS", "1"))
LEASE = 2.0
"""Seconds; far more where none is killed, since a machine that is busy may stand still for so long."""
ENDS = {state for state in RunState if state not in (RunState.QUEUED, RunState.RUNNING)}


@pytest.fixture(params=["sqlite", "redis", "postgresql"])
def trial(request: Any, tmp_path: Any) -> dict[str, str]:
    """The environment of a service: both on SQLite, Redis before PostgreSQL, both on PostgreSQL."""
    store, queue = str(tmp_path / "state.db"), str(tmp_path / "queue.db")
    if request.param != "sqlite":
        store = queue = request.getfixturevalue("postgresql_server").new_database()
    if request.param == "redis":
        queue = request.getfixturevalue("redis_url")
    return {
        "TRIAL_STORE": store,
        "TRIAL_QUEUE": queue,
        "TRIAL_LOG": str(tmp_path / "log"),
        "TRIAL_LEASE": str(LEASE),
        "TRIAL_SECONDS": "0.01",
    }


@pytest.fixture
def ledger(trial: Any) -> Iterator[Any]:
    opened = ledger_of(trial)
    yield opened
    opened.engine.dispose()


def start(trial: dict[str, str], function: str, *arguments: object) -> Any:
    environment = {**os.environ, **trial, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command(function, *arguments), cwd=ROOT, env=environment)  # noqa: S603 - our own program


def end(process: Any) -> int:
    process.send_signal(signal.SIGTERM)
    return int(process.wait(20))


def wait_until_all_ended(ledger: Any, count: int, seconds: float) -> dict[str, RunState]:
    until = time.monotonic() + seconds
    while True:
        states = {record.run_id: record.state for record in ledger.recent(count + 1)}
        if (len(states) == count and set(states.values()) <= ENDS) or time.monotonic() > until:
            return states
        time.sleep(0.05)


def deeds(trial: dict[str, str]) -> list[list[str]]:
    return [line.split() for line in Path(trial["TRIAL_LOG"]).read_text(encoding="utf-8").splitlines()]


def overlaps(log: list[list[str]]) -> int:
    """Count runs that began on a sheet while another one was going on there."""
    going: dict[str, str] = {}
    count = 0
    for what, sheet, run_id, _ in log:
        if what == "begin":
            count += sheet in going
            going[sheet] = run_id
        else:
            going.pop(sheet, None)
    return count


def test_an_overlap_is_counted() -> None:
    lines = ["begin a r1 1", "begin b r2 2", "begin a r3 3", "end a r1 1", "end b r2 2", "begin b r4 2"]

    assert overlaps([line.split() for line in lines]) == 1


@pytest.mark.parametrize("trial", ["sqlite", "redis"], indirect=True)
def test_eight_workers_carry_out_every_run_once_and_one_at_a_time_on_a_sheet(trial: Any, ledger: Any) -> None:
    trial["TRIAL_LEASE"] = "60"
    queue = queue_of(trial)
    workers = [start(trial, "work") for _ in range(8)]
    for number in range(RUNS):
        ask(ledger, queue, number, f"sheet-{number % 5}")

    states = wait_until_all_ended(ledger, RUNS, 120)
    left = [end(one) for one in workers]

    log = deeds(trial)
    begun, ended = (Counter(run for what, _, run, _ in log if what == kind) for kind in ("begin", "end"))
    assert (len(states), set(states.values())) == (RUNS, {RunState.DONE})
    assert (overlaps(log), len(begun), set(begun.values())) == (0, RUNS, {1})
    assert ended == begun
    assert (left, len({pid for *_, pid in log}) > 4) == ([0] * 8, True)
    queue.close()


class Service:
    """The supervised service, its processes, and a caller."""

    def __init__(self, trial: dict[str, str]) -> None:
        self.port = free_port()
        self.process = start({**trial, "TRIAL_SECONDS": "0.2"}, "supervise", self.port)
        self.asked = 0

    def click(self, sheet: str) -> str:
        """Ask for a run until the web process answers."""
        self.asked += 1
        url = f"http://127.0.0.1:{self.port}/{self.asked}/{sheet}"
        until = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(url, timeout=5) as answer:
                    return str(answer.read().decode())
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < until, "the web process does not answer"
                time.sleep(0.1)

    def children(self) -> dict[str, int]:
        """The process ids of gunicorn and of the worker."""
        found = {}
        for child in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            line = Path(f"/proc/{child}/cmdline").read_text()
            found["web" if "gunicorn" in line else "worker"] = int(child)
        return found


@pytest.fixture
def service(trial: Any) -> Iterator[Service]:
    started = Service(trial)
    yield started
    if started.process.poll() is None:
        end(started.process)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for child processes in /proc")
def test_whatever_is_killed_every_run_ends_within_lease_and_five_seconds(
    trial: Any, ledger: Any, service: Any
) -> None:
    took = {}
    began = time.monotonic()
    service.click("first")
    wait_until_all_ended(ledger, 1, 60)
    limit = (
        LEASE + 5 + max(time.monotonic() - began - 2, 0)
    )  # a machine where a process starts slowly gets more
    for victims in [("worker",), ("web",), ("web", "worker")] * KILLS:
        asked = [service.click(f"sheet-{number % 2}") for number in range(3)]
        while all(ledger.find(one).state is RunState.QUEUED for one in asked):
            time.sleep(0.01)
        before = service.children()
        for victim in victims:
            os.kill(before[victim], signal.SIGKILL)
        killed = time.monotonic()

        states = wait_until_all_ended(ledger, service.asked, limit)

        took[victims] = time.monotonic() - killed
        assert set(states.values()) == {RunState.DONE}, (victims, took)
        assert service.click("after") in {record.run_id for record in ledger.recent(1)}
        back_by = killed + 2 * limit
        while any(service.children().get(one, before[one]) == before[one] for one in victims):
            assert time.monotonic() < back_by, (victims, before, service.children())
            time.sleep(0.05)

    wait_until_all_ended(ledger, service.asked, limit)
    ended = Counter(run for what, _, run, _ in deeds(trial) if what == "end")
    assert (len(ended), set(ended.values())) == (service.asked, {1})
    assert end(service.process) == 0


@pytest.mark.parametrize("trial", ["sqlite"], indirect=True)
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for child processes in /proc")
def test_when_the_supervisor_is_killed_its_processes_leave(service: Any) -> None:
    service.click("sheet")
    children = service.children()

    service.process.kill()
    service.process.wait()

    until = time.monotonic() + 15
    while any(_is_there(pid) for pid in children.values()) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [name for name, pid in children.items() if _is_there(pid)]


def _is_there(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
