"""What a click costs from end to end: `steward serve` as it is started, HTTP as the menu calls it, real runs.

Part of `make bench`. A register of 10,000 customers lies on the local sheets; the sheet service runs inside
the worker, so its time is part of the worker's. Polls wait as the menu's do: 0.2 s, then longer, up to 5 s.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from backend.adapters.files import Sheet, write_csv  # noqa: E402
from backend.adapters.store.grants import Role  # noqa: E402
from backend.demo import make_register  # noqa: E402
from backend.settings import Settings  # noqa: E402
from backend.wiring import Steward, open_steward  # noqa: E402

STEWARD = (sys.executable, "-c", "from backend.cli import main; main()")
EMAIL = "li@example.com"
COLUMNS = ("customer_id", "full_name", "mobile", "email", "birth_date", "address_line", "collected_at")
CLICKS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Validate & Tier, all new", "validate-and-tier", {}),
    ("Validate & Tier, again", "validate-and-tier", {}),
    ("Check selected rows, 5", "check-rows", {"rows": [2, 6]}),
    ("Find duplicates", "find-duplicates", {}),
    ("Customer card", "customer-card", {"row": 7}),
)
_CUSTOMERS_SHEET = 0
"""The number of the first sheet of a spreadsheet that Steward made."""

_FIRST_WAIT, _LONGEST_WAIT, _GROWTH = 0.2, 5.0, 1.5
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that was started: its port, the process of `steward serve`, a caller and their register."""

    port: int
    process: int
    token: str
    spreadsheet_id: str


def main() -> None:
    """Measure each click, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=10_000)
    customers = parser.parse_args().customers
    print(f"\nA click on {customers:,} customers, over HTTP")
    print("  click                        202 after   done after   polls   CPU web   CPU worker   cells")
    with tempfile.TemporaryDirectory() as home, served(Path(home), customers) as service:
        for label, job, arguments in CLICKS:
            print(f"  {label:<26}{click(service, job, arguments)}", flush=True)
        web, worker = processes(service.process)
        print(f"  peak memory: web {peak(web):.0f} MB, worker {peak(worker):.0f} MB")


def click(service: Service, job: str, arguments: dict[str, Any]) -> str:
    """Ask for a run and look until it has ended; give the columns of the table."""
    web, worker = processes(service.process)
    before = processor_seconds(web), processor_seconds(worker)
    place = {} if not arguments else {"sheet_id": _CUSTOMERS_SHEET, **arguments}
    body = {"spreadsheet_id": service.spreadsheet_id, "job": job, "arguments": place}
    began = time.perf_counter()
    run = call(service, "POST", "/runs", body | {"idempotency_key": str(uuid.uuid4())})["run"]
    answered, polls, wait = time.perf_counter() - began, 0, _FIRST_WAIT
    while run["ended"] is None:
        time.sleep(wait)
        wait, polls = min(_LONGEST_WAIT, wait * _GROWTH), polls + 1
        run = call(service, "GET", f"/runs/{run['run_id']}")["run"]
    took = time.perf_counter() - began
    if run["state"] != "done":
        sys.exit(f"{job} ended {run['state']}: {run['message']}")
    spent = processor_seconds(web) - before[0], processor_seconds(worker) - before[1]
    return (
        f"{answered * 1000:10.0f} ms {took:10.2f} s {polls:7d} {spent[0]:8.2f} s {spent[1]:10.2f} s"
        f" {run['counts'].get('cells', 0):8,}"
    )


@contextmanager
def served(home: Path, customers: int) -> Iterator[Service]:
    """Serve a register of made-up customers on a free port."""
    steward = open_steward(Settings(home=home))
    spreadsheet_id = made_register(steward, home, customers)
    steward.grants.give(f"local:{EMAIL}", spreadsheet_id, Role.EDITOR, granted_by="bench")
    token = steward.identities.token(EMAIL, time.time())
    steward.close()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*STEWARD, "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    service = Service(port=port, process=process.pid, token=token, spreadsheet_id=spreadsheet_id)
    try:
        wait_for(service)
        yield service
    finally:
        process.terminate()
        process.wait()


def made_register(steward: Steward, home: Path, customers: int) -> str:
    """Bring a file of made-up customers in; give the id of the spreadsheet."""
    lines = make_register(7, customers, 0, datetime.now(UTC).date()).customers
    file = home / "customers.csv"
    rows = [[line.get(name, "") for name in COLUMNS] for line in lines]
    write_csv(file, Sheet(headers=COLUMNS, rows=rows))
    command = [*STEWARD, "import", str(file), "--register", "bench", "--json"]
    subprocess.run(command, cwd=ROOT, env=environment(home), check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return steward.registers.find("bench").spreadsheet_id


def environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "STEWARD_HOME": str(home), "STEWARD_CALLS_A_MINUTE": "600"}


def wait_for(service: Service) -> None:
    """Wait until the web process answers and the worker has its modules."""
    for _ in range(200):
        try:
            call(service, "GET", f"/registers/{service.spreadsheet_id}/summary")
            processes(service.process)
        except (OSError, StopIteration):
            time.sleep(0.1)
        else:
            return


def call(service: Service, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Call as the menu does: a connection of its own, JSON both ways."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{service.port}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {service.token}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        return json.load(answer)


def processes(serve: int) -> tuple[int, int]:
    """Give the process that answers and the one that works: gunicorn's child, and the worker."""
    children = {pid: Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in of(serve)}
    gunicorn = next(pid for pid, line in children.items() if "gunicorn" in line)
    worker = next(pid for pid in children if pid != gunicorn)
    return next(iter(of(gunicorn))), worker


def of(parent: int) -> list[int]:
    """Give the children of a process."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def processor_seconds(pid: int) -> float:
    """Give the processor seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak(pid: int) -> float:
    """Give the most memory a process has had, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
