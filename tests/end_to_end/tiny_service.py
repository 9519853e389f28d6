"""A service whose runs only note when they begin and end; ledger, queue, worker, gunicorn are the real ones.

What it works with comes from the environment: TRIAL_STORE and TRIAL_QUEUE (an address or a file), TRIAL_LOG,
TRIAL_LEASE and TRIAL_SECONDS (how long a run takes at most).
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from backend.adapters.clock import SystemClock
from backend.adapters.queue import HueyQueue, open_queue
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.opening import open_store
from backend.cli.signals import ended_by_a_signal
from backend.jobs.recording import Progress, Recorder
from backend.jobs.worker import Worker
from backend.ports import RunRecord, RunState

ROOT = Path(__file__).parents[2]


def ledger_of(environment: Any = os.environ) -> SqlRunLedger:
    where = environment["TRIAL_STORE"]
    engine = open_store(where if "://" in where else Path(where))
    return SqlRunLedger(engine, SystemClock(), timedelta(seconds=float(environment["TRIAL_LEASE"])))


def queue_of(environment: Any = os.environ) -> HueyQueue:
    where = environment["TRIAL_QUEUE"]
    return open_queue(where if "://" in where else "", lambda: Path(where))


def ask(ledger: SqlRunLedger, queue: HueyQueue, number: int, sheet: str) -> RunRecord:
    """Ask for a run as the web process does."""
    recorder = Recorder(ledger=ledger, clock=ledger.clock)
    record = recorder.new_record(
        "tiny", sheet, sheet, requested_by="ann", preview=False, arguments={"n": number}
    )
    given = ledger.request(replace(record, run_id=f"{record.run_id}-{number}"), f"key {number}")
    queue.put(given.run_id)
    return given


def work() -> None:
    """Be a worker until SIGTERM."""
    ledger = ledger_of()
    recorder = Recorder(ledger=ledger, clock=ledger.clock)
    log = os.open(os.environ["TRIAL_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    most_seconds = float(os.environ["TRIAL_SECONDS"])

    def note(what: str, record: RunRecord) -> None:
        os.write(log, f"{what} {record.spreadsheet_id} {record.run_id} {os.getpid()}\n".encode())

    def carry_out(record: RunRecord, must_leave: Callable[[], bool]) -> None:
        progress = Progress()
        with recorder.recording(record, progress, must_leave=must_leave):
            note("begin", record)
            for part in range(4):
                time.sleep(random.uniform(0, most_seconds / 4))
                progress.count(part, 4)
            note("end", record)
            recorder.end(record, state=RunState.DONE)

    with ended_by_a_signal() as ended:
        Worker(ledger=ledger, queue=queue_of(), carry_out=carry_out, name=f"pid {os.getpid()}").work(
            ended.is_set
        )


def create_app() -> Any:
    """Give the application that gunicorn runs: GET /number/sheet asks for a run and says its id."""
    ledger, queue = ledger_of(), queue_of()

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        number, sheet = environ["PATH_INFO"].strip("/").split("/")
        start_response("202 Accepted", [("Content-Type", "text/plain")])
        return [ask(ledger, queue, int(number), sheet).run_id.encode()]

    return application


def supervise() -> None:
    """Be what `steward serve` is, over these two."""
    from backend.cli.serving import web_command  # noqa: PLC0415 - workers begin sooner without
    from backend.cli.supervising import Child, Supervisor  # noqa: PLC0415 - the same

    port = int(sys.argv[1])
    web = Child("web", web_command("127.0.0.1", port, "tests.end_to_end.tiny_service:create_app()"))
    with ended_by_a_signal() as ended:
        Supervisor(children=[web, Child("worker", command("work"))], grace_seconds=10).run(ended.is_set)


def command(function: str, *arguments: object) -> list[str]:
    """Give what runs one of these functions in a process of its own."""
    program = f"from tests.end_to_end.tiny_service import {function}; {function}()"
    return [sys.executable, "-c", program, *map(str, arguments)]
