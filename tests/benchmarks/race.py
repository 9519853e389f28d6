"""The long races of docs/row-safety.md: `make bench-race`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.races.mutants import naive
from tests.races.trial import Findings, figures, interleaved, template, totals
from tests.races.undoing import undone

SHARES = 2
THREADS = 8
COLUMNS = ("trials", "calls", "edits", "faults", "partly_done", "wrong")


def people(seeds: range, rows: int, rate: float) -> Findings:
    made = template(rows)
    return totals(interleaved(made, seed, rate) for seed in seeds)


def faults(seeds: range, rows: int, rate: float) -> Findings:
    made = template(rows)
    return totals(interleaved(made, seed, rate, fault_rate=0.3) for seed in seeds)


def undos(seeds: range, rows: int, rate: float) -> Findings:
    made = template(rows)
    return totals(undone(made, seed, rate) for seed in seeds)


def by_row_numbers(seeds: range, rows: int, rate: float) -> Findings:
    """The naive writer: its `partly_done` are the trials in which something was wrong."""
    made = template(rows)
    with naive():
        found = [interleaved(made, seed, rate) for seed in seeds]
    whole = totals(found)
    whole.partly_done = sum(bool(one.wrong) for one in found)
    return whole


SERIES = {
    "people, 0.1 edits a call": (people, 0.1, 1.0),
    "people, 0.5 edits a call": (people, 0.5, 1.0),
    "people, 2 edits a call": (people, 2.0, 0.1),
    "faults in 30 % of the calls": (faults, 0.1, 0.4),
    "undo, 0.2 edits a call": (undos, 0.2, 0.4),
    "naive writer, 0.1 edits a call": (by_row_numbers, 0.1, 0.2),
    "naive writer, 0.5 edits a call": (by_row_numbers, 0.5, 0.2),
}


def series(name: str, trials: int, rows: int) -> Findings:
    """Carry out one series in two processes."""
    play, rate, part = SERIES[name]
    each = max(1, round(trials * part) // SHARES)
    seeds = [range(number * 1_000_000, number * 1_000_000 + each) for number in range(SHARES)]
    with ProcessPoolExecutor(SHARES) as pool:
        return totals(pool.map(play, seeds, [rows] * SHARES, [rate] * SHARES))


def over_http(runs: int) -> dict[str, Any]:
    """Runs through gspread over HTTP while threads edit: what the sheet's mirror says afterwards."""
    from backend.adapters.google.access import read_access
    from backend.adapters.google.client import SheetsClient
    from backend.adapters.google.register import SheetRegister
    from backend.adapters.google.self_made import make_key
    from backend.adapters.google.session import GoogleSession
    from backend.localsheets.http import SheetsOverHttp
    from tests.races.trial import Trial

    found = Findings()
    made, key = template(300), make_key()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(runs):
            trial = Trial(made, seed, 0.0)
            http = SheetsOverHttp(trial.people, verify=key.claims)
            key.write(Path(folder) / "key.json", http.token_uri)
            session = GoogleSession(read_access(str(Path(folder) / "key.json")), http.url)
            trial.register = SheetRegister(SheetsClient(None, session), trial.spreadsheet_id, "trial")
            over = threading.Event()
            threads = [
                threading.Thread(target=edit, args=(trial, over, Random(f"{seed}/{number}")))
                for number in range(THREADS)
            ]
            for thread in threads:
                thread.start()
            outcome = trial.run()
            over.set()
            for thread in threads:
                thread.join()
            trial.note(outcome)
            trial.check_team_cells()
            trial.check_ids(trial.check_settles())
            found.add(trial.counted())
            http.close()
            trial.close()
    return {"over HTTP, 8 threads of people, 300 rows": found}


def edit(trial: Any, over: threading.Event, chance: Random) -> None:
    """Edit now and then until the run is over."""
    while not over.wait(chance.uniform(0.0, 0.1)):
        with trial.people.lock:
            trial.people.act()


def table(found: dict[str, Findings]) -> None:
    print(f"{'series':42}" + "".join(f"{name:>12}" for name in COLUMNS))
    for name, one in found.items():
        cells = [*(getattr(one, column) for column in COLUMNS[:-1]), sum(one.wrong.values())]
        print(f"{name:42}" + "".join(f"{cell:>12,}" for cell in cells))
    for name, one in found.items():
        if one.wrong:
            print(f"{name}: {one.wrong}")
        if one.stopped:
            print(f"{name}: stopped by {dict(Counter(one.stopped))}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--trials", type=int, default=2_000, help="trials of the longest series, two runs each"
    )
    asked.add_argument("--rows", type=int, default=30, help="customers in the register")
    asked.add_argument("--http", type=int, default=50, help="runs over HTTP")
    options = asked.parse_args()
    since = time.perf_counter()
    found = {name: series(name, options.trials, options.rows) for name in SERIES}
    if options.http:
        found |= over_http(options.http)
    table(found)
    print(f"{time.perf_counter() - since:.0f} s")
    out = Path("build/race.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(
        json.dumps({name: dict(figures(one)) for name, one in found.items()}, default=dict, indent=1)
    )
    if any(one.wrong for name, one in found.items() if "naive" not in name):
        sys.exit(1)


if __name__ == "__main__":
    main()
