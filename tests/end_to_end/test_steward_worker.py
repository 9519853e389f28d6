"""`steward worker` over a local register: told to end, killed, told to undo; the sheet is right each time."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.google.creator import NewTab, create_register
from backend.cli.serving import worker_command
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.jobs.catalogue import find_job
from backend.ports import RunRecord, RunState
from backend.settings import Settings
from backend.wiring import Steward, open_steward
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Language, Preset

ROOT = Path(__file__).parents[2]
CUSTOMERS = 300


@pytest.fixture
def steward(tmp_path: Path) -> Iterator[Steward]:
    opened = open_steward(Settings(home=tmp_path, lease_seconds=2))
    yield opened
    opened.close()


@pytest.fixture
def register(steward: Steward, people: Any) -> Any:
    given = {"Customers": people(CUSTOMERS)}
    tabs = [
        NewTab(tab=tab, rows=in_columns(tab, given.get(tab.id) or first_lines(tab, Language.ZH, {})))
        for tab in new_tabs(Preset.RETAIL)
    ]
    made = create_register(
        steward.client, "shop", tabs, language=HeaderLanguage.BOTH, told=lambda _done, _total: None
    )
    steward.registers.remember("shop", made)
    return steward.register("shop")


@pytest.fixture
def workers(steward: Steward) -> Iterator[Any]:
    started: list[Any] = []

    def start() -> Any:
        mine = {"STEWARD_HOME": str(steward.home), "STEWARD_LEASE_SECONDS": "2", "PYTHONPATH": str(ROOT)}
        others = {name: text for name, text in os.environ.items() if not name.startswith("STEWARD_")}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(worker_command(), cwd=ROOT, env={**others, **mine}, **quiet))  # type: ignore[call-overload]  # noqa: S603 - our own program
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


def ask(steward: Steward, register: Any, job: str, **arguments: object) -> str:
    record = steward.recorder.new_record(
        job, register.spreadsheet_id, "shop", requested_by="ann", preview=False, arguments=arguments
    )
    asked = steward.ledger.request(record)
    steward.queue.put(asked.run_id)
    return asked.run_id


def seen(steward: Steward, run_id: str, what: Any) -> RunRecord:
    """Give the run as soon as this is true of it."""
    until = time.monotonic() + 60
    while not what(record := steward.ledger.find(run_id)):
        assert time.monotonic() < until, record
        time.sleep(0.005)
    return record


def end(worker: Any) -> int:
    worker.send_signal(signal.SIGTERM)
    return int(worker.wait(30))


def cells(register: Any, field_id: str) -> list[Any]:
    return list(register.read()["Customers"].cells(field_id))


def test_a_run_outlives_the_workers_that_left_it_and_is_taken_back(
    steward: Steward, register: Any, workers: Any
) -> None:
    run_id = ask(steward, register, "validate-and-tier")

    first = workers()
    seen(steward, run_id, lambda run: run.state is RunState.RUNNING)
    left_with = end(first)
    handed_back = steward.ledger.find(run_id)

    second = workers()
    seen(steward, run_id, lambda run: run.progress.stage == "stage-write")
    second.kill()

    third = workers()
    done = seen(steward, run_id, lambda run: run.state is not RunState.RUNNING and run.ended)
    status = cells(register, "status")
    again = steward.runner.run(find_job("validate-and-tier"), register, requested_by="ann")

    result = steward.ledger.result(run_id)
    assert result
    assert {"headline", "lines", "changes", "needs_person"} <= result.keys()

    undo_id = ask(steward, register, "undo", run_id=run_id)
    undone = seen(steward, undo_id, lambda run: run.ended)

    assert (left_with, handed_back.state, handed_back.attempt) == (0, RunState.QUEUED, 0)
    assert (done.state, done.attempt, done.token) == (RunState.DONE, 2, 3)
    assert (len(status), all(status), again.counts["changed"]) == (CUSTOMERS, True, 0)
    assert (undone.state, undone.counts["undone"] >= CUSTOMERS) == (RunState.DONE, True)
    assert not any(cells(register, "status"))
    assert end(third) == 0


def test_a_run_that_cannot_be_carried_out_is_refused_and_says_why(
    steward: Steward, register: Any, workers: Any
) -> None:
    unknown_job = ask(steward, register, "no-such-job")
    nothing_to_undo = ask(steward, register, "undo", run_id=unknown_job)
    record = steward.recorder.new_record("undo", "elsewhere", "x", requested_by="ann", preview=False)
    nowhere = steward.ledger.request(record).run_id
    workers()

    ended = [seen(steward, one, lambda run: run.ended) for one in (unknown_job, nothing_to_undo, nowhere)]

    assert [(one.state, one.message) for one in ended] == [
        (RunState.FAILED, "job-unknown"),
        (RunState.REFUSED, "nothing-to-undo"),
        (RunState.REFUSED, "register-unknown"),
    ]
