"""Benchmarks: `make bench` prints a table and writes build/bench.json. What is printed was measured just now.

Each line is measured in a process of its own, so that the peak memory is its own too. The local sheet server
runs in the same process; the time spent inside it is given apart.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from contextlib import redirect_stdout, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[2]
SIZES = ((2_000, 12_000), (10_000, 50_000))
SEED = 7
IMPORTED = 100_000
CHECKED_COLUMNS = 20
RUNS = ("first run", "second run", "1 % changed")
IMPORT_COLUMNS = (
    "customer_id",
    "full_name",
    "customer_type",
    "mobile",
    "email",
    "wechat_id",
    "birth_date",
    "collected_at",
    "address_line",
    "source",
    "owner",
    "notes",
)


def main() -> None:
    """Measure every size, print a table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, type=int, metavar=("CUSTOMERS", "TRANSACTIONS"))
    parser.add_argument("--import-file", type=Path, help="measure an import of this file")
    parser.add_argument("--check-file", type=Path, help="measure a check of this file")
    parser.add_argument("--json", action="store_true", help="print the JSON only")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(*arguments.one)))
        return
    if arguments.import_file:
        print(json.dumps(measure_import(arguments.import_file)))
        return
    if arguments.check_file:
        print(json.dumps(measure_check(arguments.check_file)))
        return
    results = [_in_its_own_process("--one", str(size[0]), str(size[1])) for size in SIZES]
    results.extend(_files_in_their_own_processes())
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2) if arguments.json else _table(results))


def measure(customers: int, transactions: int) -> dict[str, Any]:
    """Run Validate & Tier three times on a made-up register; give seconds, calls and memory of each."""
    from backend.jobs.catalogue import find_job
    from backend.jobs.recording import Progress

    session = _Session(customers, transactions)
    runs = {}
    for name in RUNS:
        if name == "1 % changed":
            session.change_one_in_a_hundred()
        session.sheets.largest = 0
        progress = Progress()
        began, inside = time.perf_counter(), session.sheets.seconds
        outcome = session.runner.run(
            find_job("validate-and-tier"), session.register(), requested_by="bench", progress=progress
        )
        seconds = time.perf_counter() - began
        runs[name] = {
            "seconds": round(seconds, 2),
            "seconds_without_local_sheet": round(seconds - (session.sheets.seconds - inside), 2),
            "stages": {stage: round(value, 3) for stage, value in progress.seconds.items()},
            "rows_a_second": round(customers / seconds),
            "api_calls": outcome.api_calls,
            "largest_request_bytes": session.sheets.largest,
            "cells_written": outcome.counts["cells"],
            "problems": len(outcome.issues),
            "state": outcome.state.value,
        }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "benchmark": "validate-and-tier",
        "customers": customers,
        "transactions": transactions,
        "peak_memory_mb": peak,
        **runs,
    }


def measure_import(file: Path) -> dict[str, Any]:
    """Import a file into a new register, then again into the same one; give seconds and memory."""
    from backend.cli import main as steward

    seconds = {}
    with TemporaryDirectory() as home, redirect_stdout(io.StringIO()) as said:
        os.environ["STEWARD_HOME"] = home
        for name in ("first import", "second import"):
            said.seek(0)
            said.truncate()
            began = time.perf_counter()
            with suppress(SystemExit):
                steward(["import", str(file), "--json"])
            seconds[name] = round(time.perf_counter() - began, 2)
            written = json.loads(said.getvalue())
            seconds[f"written by the {name}"] = written["written"]
    return {
        "benchmark": "import",
        "rows": written["rows"],
        "columns": len(IMPORT_COLUMNS),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **seconds,
    }


def measure_check(file: Path) -> dict[str, Any]:
    """Check a file; give seconds and memory."""
    from backend.cli import main as steward

    began, worked = time.perf_counter(), time.process_time()
    with redirect_stdout(io.StringIO()), suppress(SystemExit):
        steward(["check", str(file)])
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    return {
        "benchmark": "check",
        "rows": IMPORTED,
        "columns": CHECKED_COLUMNS,
        "seconds": round(seconds, 2),
        "processor_seconds": round(worked, 2),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _files_in_their_own_processes() -> list[dict[str, Any]]:
    """Check a file with the fullest columns of a made-up register, and import one with a few of them."""
    from backend.adapters.files import Sheet, write_csv
    from backend.demo import make_register

    lines = make_register(SEED, IMPORTED, 0, datetime.now(UTC).date()).customers
    filled = Counter(name for line in lines for name, cell in line.items() if cell != "")
    fullest = [name for name, _ in filled.most_common(CHECKED_COLUMNS)]
    results = []
    with TemporaryDirectory() as folder:
        for option, columns in (("--check-file", fullest), ("--import-file", IMPORT_COLUMNS)):
            file = Path(folder) / f"customers{option}.csv"
            rows = [[line.get(name, "") for name in columns] for line in lines]
            write_csv(file, Sheet(headers=columns, rows=rows))
            results.append(_in_its_own_process(option, str(file)))
    return results


class _Timed:
    """A local sheet server that keeps the time spent inside it and the size of the largest request."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.seconds = 0.0
        self.largest = 0

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Any:
        self.largest = max(self.largest, len(body or b""))
        began = time.perf_counter()
        try:
            return self._server.handle(method, url, body, caller=caller)
        finally:
            self.seconds += time.perf_counter() - began


class _Session:
    """A made-up register on a local server, and a runner."""

    def __init__(self, customers: int, transactions: int) -> None:
        from backend.adapters.clock import SystemClock
        from backend.adapters.google.creator import NewTab, create_register
        from backend.adapters.store.journal import SqlJournal
        from backend.adapters.store.ledger import SqlRunLedger
        from backend.adapters.store.opening import open_store
        from backend.core.new_register import first_lines, in_columns, new_tabs
        from backend.demo import make_register
        from backend.jobs.runner import Runner
        from backend.localsheets import LocalSheets
        from backend.wiring import local_client
        from sheets_schema.headers import HeaderLanguage
        from sheets_schema.model import Language, Preset

        clock = SystemClock()
        made = make_register(SEED, customers, transactions, datetime.now(UTC).date())
        lines = {"Customers": made.customers, "Transactions": made.transactions}
        tabs = [
            NewTab(tab=tab, rows=in_columns(tab, lines.get(tab.id) or first_lines(tab, Language.ZH, {})))
            for tab in new_tabs(Preset.RETAIL)
        ]
        self.sheets = _Timed(LocalSheets(None))
        self.client = local_client(self.sheets)
        store = open_store(None)
        journal = SqlJournal(store, clock, b"k" * 32, 90)
        self.runner = Runner(ledger=SqlRunLedger(store, clock), journal=journal, clock=clock)
        self.spreadsheet_id = create_register(
            self.client, "bench", tabs, language=HeaderLanguage.BOTH, told=lambda _done, _total: None
        )

    def register(self) -> Any:
        from backend.adapters.google.register import SheetRegister

        return SheetRegister(self.client, self.spreadsheet_id, "bench")

    def change_one_in_a_hundred(self) -> None:
        """Do what people do between two runs: type a note beside every hundredth customer."""
        from sheets_schema.headers import column_letters

        customers = self.register().read()["Customers"]
        letters = column_letters(dict(customers.binding.positions)["notes"])
        ranges = [
            {"range": f"'{customers.title}'!{letters}{row}", "values": [["called today"]]}
            for row in customers.frame.index[::100]
        ]
        body = {"valueInputOption": "RAW", "data": ranges}
        self.client.values_batch_update(self.spreadsheet_id, body=body)


def _in_its_own_process(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


_COLUMNS = (
    "customers",
    "orders",
    "run",
    "seconds",
    "without sheet",
    "rows/s",
    "API calls",
    "largest request",
    "cells",
    "peak MB",
)


def _table(results: list[dict[str, Any]]) -> str:
    *results, checked, imported = results
    lines = ["Validate & Tier on a local sheet", "", _line(_COLUMNS)]
    for result in results:
        for name in RUNS:
            run = result[name]
            figures = (result["customers"], result["transactions"], name, run["seconds"])
            more = (run["seconds_without_local_sheet"], run["rows_a_second"], run["api_calls"])
            rest = (run["largest_request_bytes"], run["cells_written"], result["peak_memory_mb"])
            lines.append(_line((*figures, *more, *rest)))
    for result in results:
        stages = result["first run"]["stages"]
        lines += ["", f"{result['customers']:,} customers, first run, rows a second for each stage"]
        lines += [
            f"  {stage.removeprefix('stage-'):<11} {seconds:>7.3f} s {result['customers'] / seconds:>11,.0f}"
            for stage, seconds in stages.items()
            if seconds
        ]
    lines += [
        "",
        f"Check of {checked['rows']:,} rows x {checked['columns']} columns from CSV",
        f"  every rule, duplicates   {checked['seconds']:>7.2f} s",
        f"  of that on the processor {checked['processor_seconds']:>7.2f} s",
        f"  peak memory              {checked['peak_memory_mb']:>7,} MB",
    ]
    lines += [
        "",
        f"Import of {imported['rows']:,} rows x {imported['columns']} columns from CSV",
        (
            f"  into a new register      {imported['first import']:>7.2f} s"
            f" {imported['written by the first import']:>9,} rows written"
        ),
        (
            f"  the same file again      {imported['second import']:>7.2f} s"
            f" {imported['written by the second import']:>9,} rows written"
        ),
        f"  peak memory              {imported['peak_memory_mb']:>7,} MB, the local sheet server included",
    ]
    return "\n".join([*lines, "", "The same figures as JSON: build/bench.json"])


def _line(cells: tuple[object, ...]) -> str:
    texts = [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells]
    return " ".join(text.rjust(max(10, len(head))) for text, head in zip(texts, _COLUMNS, strict=True))


if __name__ == "__main__":
    main()
