"""A worker: runs are carried out whatever the queue does, their errors do not end it, and it can leave."""

import logging
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from backend.adapters.clock import SystemClock
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.opening import open_store
from backend.errors import LeaseLost, RunCancelled, ServiceBusy, StewardError
from backend.jobs.recording import Progress, Recorder
from backend.jobs.worker import Worker
from backend.ports import RunState


@dataclass
class Queue:
    """A queue in memory that can lose what is put into it."""

    ids: list[str] = field(default_factory=list)
    asked: int = 0

    def put(self, run_id: str) -> None:
        self.ids.append(run_id)

    def take(self) -> str | None:
        self.asked += 1
        return self.ids.pop(0) if self.ids else None


@pytest.fixture
def ledger(tmp_path: Any) -> Any:
    engine = open_store(tmp_path / "state.db")
    yield SqlRunLedger(engine, SystemClock(), timedelta(seconds=3))
    engine.dispose()


def asked(ledger: Any, count: int, sheets: int = 1, **more: Any) -> list[str]:
    recorder = Recorder(ledger=ledger, clock=ledger.clock)
    ids = []
    for number in range(count):
        record = recorder.new_record(
            "validate-and-tier",
            f"sheet {number % sheets}",
            "shop",
            requested_by="ann",
            preview=False,
            arguments={"n": number},
        )
        ids.append(ledger.request(replace(record, **more)).run_id)
    return ids


def worker(ledger: Any, queue: Any, do: Any) -> Worker:
    """A worker whose runs do this with their record and their progress."""
    recorder = Recorder(ledger=ledger, clock=ledger.clock)

    def carry_out(record: Any, must_leave: Any) -> None:
        progress = Progress()
        with recorder.recording(record, progress, must_leave=must_leave):
            do(record, progress)
            recorder.end(record, state=RunState.DONE)

    return Worker(ledger=ledger, queue=queue, carry_out=carry_out, name="w")


def idle_after(queue: Queue, times: int) -> Any:
    """Leave when the queue was asked so often."""
    return lambda: queue.asked >= times


def states(ledger: Any) -> dict[str, tuple[RunState, str]]:
    return {record.run_id: (record.state, record.message) for record in ledger.recent(50)}


def test_runs_are_carried_out_even_when_the_queue_lost_or_doubled_their_ids(ledger: Any) -> None:
    ids = asked(ledger, 6, sheets=3)
    queue, done = Queue([ids[4], ids[4], "no such run"]), []

    worker(ledger, queue, lambda record, _: done.append(record.run_id)).work(idle_after(queue, 5))

    assert sorted(done) == sorted(ids)
    assert set(states(ledger).values()) == {(RunState.DONE, "")}


@pytest.mark.parametrize(
    ("problem", "wrote", "state", "message"),
    [
        (StewardError("no", "no"), False, RunState.FAILED, "steward-error"),
        (ZeroDivisionError(), False, RunState.FAILED, "ZeroDivisionError"),
        (ZeroDivisionError(), True, RunState.FAILED, "ZeroDivisionError"),
        (RunCancelled("x"), False, RunState.CANCELLED, "run-cancelled"),
        (RunCancelled("x"), True, RunState.PARTLY_DONE, "run-cancelled"),
        (ServiceBusy(), True, RunState.PARTLY_DONE, ServiceBusy.code),
        (ServiceBusy(), False, RunState.QUEUED, ""),
    ],
)
def test_an_error_ends_its_run_and_not_the_worker(
    ledger: Any, problem: Any, wrote: Any, state: Any, message: Any
) -> None:
    first, second = asked(ledger, 2)
    queue, done = Queue(), []

    def do(record: Any, progress: Any) -> None:
        if record.run_id == first:
            progress.wrote = wrote
            raise problem
        done.append(record.run_id)

    worker(ledger, queue, do).work(idle_after(queue, 1))

    assert (states(ledger)[first], done) == ((state, message), [second])


def test_no_text_of_an_error_goes_to_the_log(ledger: Any, caplog: Any) -> None:
    asked(ledger, 1)
    queue = Queue()

    def do(*_: Any) -> None:
        message = "invalid literal: 张三 13800001234"
        raise ValueError(message)

    with caplog.at_level(logging.INFO):
        worker(ledger, queue, do).work(idle_after(queue, 1))

    assert "ValueError" in caplog.text
    assert "test_worker.py" in caplog.text
    assert "张三" not in caplog.text
    assert "1380000" not in caplog.text


def test_a_worker_that_has_to_leave_hands_its_run_back_after_the_request_under_way(ledger: Any) -> None:
    first, _ = asked(ledger, 2)
    queue, leave, did = Queue(), threading.Event(), []

    def do(_: Any, progress: Any) -> None:
        progress.begin("stage-write")
        progress.count(1, 3)
        leave.set()
        did.append("the request under way")
        progress.count(2, 3)
        did.append("one too many")

    worker(ledger, queue, do).work(leave.is_set)

    found = ledger.find(first)
    assert (did, found.state, found.attempt) == (["the request under way"], RunState.QUEUED, 0)
    assert [state for state, _ in states(ledger).values()] == [RunState.QUEUED] * 2


def test_the_lease_is_renewed_while_a_run_computes(ledger: Any) -> None:
    (run_id,) = asked(ledger, 1)
    ledger = replace(ledger, lease=timedelta(seconds=0.6))
    queue, rival = Queue(), []

    def do(record: Any, _: Any) -> None:
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            rival.append(ledger.claim(None, "rival"))
            time.sleep(0.1)
        assert record.token == 1

    worker(ledger, queue, do).work(idle_after(queue, 1))

    assert (set(rival), states(ledger)[run_id]) == ({None}, (RunState.DONE, ""))


def test_a_run_that_was_taken_over_stops_before_its_next_request(ledger: Any) -> None:
    (run_id,) = asked(ledger, 1)
    queue, did, problems = Queue(), [], []
    later = replace(ledger, clock=Later(ledger.clock))

    def do(_: Any, progress: Any) -> None:
        progress.begin("stage-write")
        assert later.claim(None, "rival").token == 2
        try:
            progress.count(1, 3)
        except LeaseLost as problem:
            problems.append(problem)
            raise
        did.append("one too many")

    worker(ledger, queue, do).work(idle_after(queue, 1))

    found = ledger.find(run_id)
    assert (did, len(problems), found.worker, found.state) == ([], 1, "rival", RunState.RUNNING)


@pytest.mark.parametrize(("wrote", "state"), [(False, RunState.CANCELLED), (True, RunState.PARTLY_DONE)])
def test_a_cancelled_run_stops_at_its_next_stage(ledger: Any, wrote: Any, state: Any) -> None:
    (run_id,) = asked(ledger, 1)
    queue, seen = Queue(), []

    def do(_: Any, progress: Any) -> None:
        progress.begin("stage-read")
        progress.wrote = wrote
        ledger.cancel(run_id)
        try:
            progress.begin("stage-plan")
        except StewardError as problem:
            seen.append(problem)
            raise

    worker(ledger, queue, do).work(idle_after(queue, 1))

    assert ([type(one) for one in seen], ledger.find(run_id).state) == ([RunCancelled], state)


@dataclass(frozen=True)
class Later:
    """A clock that is a minute ahead."""

    clock: Any

    def now(self) -> Any:
        return self.clock.now() + timedelta(minutes=1)

    def today(self, time_zone: str) -> Any:
        return self.clock.today(time_zone)
