"""The service under load: callers who poll their runs through the real gunicorn while five runs go.

    make bench-service

Another process takes the five runs and says how far they are twenty times a second each, as a worker does.
"""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from backend.adapters.store.grants import Role
from backend.jobs.recording import Recorder
from backend.ports import RunProgress
from backend.settings import Settings
from backend.wiring import Steward, open_steward

ROOT = Path(__file__).parents[2]
SHEETS = 5
MOST_MILLISECONDS = 50.0
MOST_MEGABYTES = 80.0
WITHOUT_EXTRAS = (
    "import sys; sys.modules.update(redis=None, psycopg=None); from gunicorn.app.wsgiapp import run; run()"
)
"""Starts gunicorn as without the extras [redis] and [postgres], whose packages Huey imports where it can."""


def main() -> None:
    """Measure, print the figures, and fail beyond the bounds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--callers", type=int, default=50)
    options.add_argument("--seconds", type=float, default=20.0)
    chosen = options.parse_args()
    failures = 0
    for name, start in (("as installed", ["-c", WITHOUT_EXTRAS]), ("with extras", ["-m", "gunicorn"])):
        with tempfile.TemporaryDirectory() as home:
            failures += measure(name, start, Path(home), chosen.callers, chosen.seconds)
    sys.exit(bool(failures))


def measure(name: str, start: list[str], home: Path, callers: int, seconds: float) -> int:
    """Measure one way of starting; give how many bounds it broke."""
    settings = Settings(home=home, calls_a_minute=600)
    steward = open_steward(settings)
    runs = [queued(steward, number) for number in range(SHEETS)]
    tokens = [token(steward, number) for number in range(callers)]
    with gunicorn(start, home) as (port, master), writing_ledger(home):
        poll(port, tokens[0], runs[0], 1.0, [], [])
        idle = megabytes(worker_of(master))
        took: list[float] = []
        statuses: list[int] = []
        before = processor_seconds(worker_of(master))
        threads = [
            threading.Thread(target=poll, args=(port, one, runs[number % SHEETS], seconds, took, statuses))
            for number, one in enumerate(tokens)
        ]
        for thread in threads:
            thread.start()
            time.sleep(1 / callers)
        for thread in threads:
            thread.join()
        ask(port, tokens[0], "POST", "/runs", request_body(0))
        pid = worker_of(master)
        weight, used = megabytes(pid), processor_seconds(pid) - before
        has_pandas = "pandas" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    steward.close()
    took.sort()
    p99 = took[int(len(took) * 0.99)] * 1000
    bad = sum(status != 200 for status in statuses)
    cost = used / len(took) * 1000
    print(f"{name}: {callers} callers, {len(took)} polls, {bad} refused; {cost:.2f} ms of CPU a poll")
    print(f"    p50 {median(took) * 1000:.1f} ms   p99 {p99:.1f} ms (at most {MOST_MILLISECONDS:.0f})")
    print(f"    web process {idle:.1f} MB at first, {weight:.1f} MB after (at most {MOST_MEGABYTES:.0f})")
    print(f"    pandas in it: {has_pandas}")
    light = name != "as installed" or weight <= MOST_MEGABYTES
    return sum([p99 > MOST_MILLISECONDS, bad > 0, has_pandas, not light])


def queued(steward: Steward, number: int) -> str:
    """Put a run into the ledger; give its id."""
    spreadsheet_id = f"bench-spreadsheet-number-{number}"
    steward.registers.remember(f"bench {number}", spreadsheet_id)
    record = Recorder(ledger=steward.ledger, clock=steward.clock).new_record(
        "validate-and-tier", spreadsheet_id, f"bench {number}", requested_by="bench", preview=False
    )
    return steward.ledger.request(record).run_id


def token(steward: Steward, number: int) -> str:
    """Give the token of a caller who may look at every register."""
    email = f"caller{number}@example.com"
    for sheet in range(SHEETS):
        steward.grants.give(
            f"local:{email}", f"bench-spreadsheet-number-{sheet}", Role.EDITOR, granted_by="bench"
        )
    return steward.identities.token(email, time.time())


def request_body(number: int) -> bytes:
    body = {
        "spreadsheet_id": f"bench-spreadsheet-number-{number}",
        "job": "validate-and-tier",
        "preview": True,
        "idempotency_key": "bench-click",
    }
    return json.dumps(body).encode()


@contextmanager
def gunicorn(start: list[str], home: Path) -> Iterator[tuple[int, int]]:
    """Serve a home on a free port; give it and the id of gunicorn's process."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    environment = {
        **os.environ,
        "STEWARD_HOME": str(home),
        "STEWARD_CALLS_A_MINUTE": "600",
        "PYTHONPATH": str(ROOT),
    }
    options = ["-c", "backend/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "backend.wsgi:app"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *start, *options], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def writing_ledger(home: Path) -> Iterator[None]:
    """Let another process carry the five runs: it says how far each is, twenty times a second."""
    process = subprocess.Popen(  # noqa: S603 - this very file
        [sys.executable, __file__, "write", str(home)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def write_ledger(home: Path) -> None:
    """Take the runs and beat until somebody ends this process."""
    ledger = open_steward(Settings(home=home)).ledger
    taken = [ledger.claim(None, "bench") for _ in range(SHEETS)]
    done = 0
    while True:
        done += 1
        for run in taken:
            if run is not None:
                ledger.beat(run.run_id, run.token, RunProgress(stage="stage-check", done=done, total=10_000))
            time.sleep(1 / (20 * SHEETS))


def poll(port: int, bearer: str, run_id: str, seconds: float, took: list[float], statuses: list[int]) -> None:
    """Look at a run each second, as the sidebar does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        statuses.append(ask(port, bearer, "GET", f"/runs/{run_id}"))
        took.append(time.perf_counter() - began)
        time.sleep(1.0)


def ask(port: int, bearer: str, method: str, path: str, body: bytes | None = None) -> int:
    """Send one request over a connection of its own, as Apps Script does; give the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def worker_of(master: int) -> int:
    """Give the process that answers: the child of gunicorn's."""
    return int(Path(f"/proc/{master}/task/{master}/children").read_text(encoding="utf-8").split()[0])


def megabytes(pid: int) -> float:
    """Give how much memory a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def processor_seconds(pid: int) -> float:
    """Give how much processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write_ledger(Path(sys.argv[2]))
    else:
        main()
