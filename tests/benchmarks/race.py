"""The long races of docs/row-safety.md: `make bench-race`, in as many parts as one likes.

What was found is added up in build/race.json after every few trials, by series and by the state of the code;
the next start goes on behind the last seed. Nothing is lost when it is stopped.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.races.mutants import naive
from tests.races.trial import Findings, Template, figures, interleaved, template, totals
from tests.races.undoing import undone

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "race.json"
THREADS = 8
PARTS = 400
"""In how many parts a whole series is carried out."""

COLUMNS = ("trials", "runs", "calls", "edits", "faults", "partly_done", "wrong")


def people(made: Template, seeds: range, rate: float) -> Findings:
    return totals(interleaved(made, seed, rate) for seed in seeds)


def six_runs(made: Template, seeds: range, rate: float) -> Findings:
    return totals(interleaved(made, seed, rate, runs=6) for seed in seeds)


def faults(made: Template, seeds: range, rate: float) -> Findings:
    return totals(interleaved(made, seed, rate, fault_rate=0.3) for seed in seeds)


def undos(made: Template, seeds: range, rate: float) -> Findings:
    return totals(undone(made, seed, rate) for seed in seeds)


def by_row_numbers(made: Template, seeds: range, rate: float) -> Findings:
    """The naive writer: its `partly_done` are the trials in which something was wrong."""
    with naive():
        found = [interleaved(made, seed, rate) for seed in seeds]
    whole = totals(found)
    whole.partly_done = sum(bool(one.wrong) for one in found)
    return whole


def over_http(made: Template, seeds: range, rate: float) -> Findings:
    """Runs through gspread over HTTP while threads edit, each up to `rate` seconds after its last edit."""
    from backend.adapters.google.access import read_access
    from backend.adapters.google.client import SheetsClient
    from backend.adapters.google.register import SheetRegister
    from backend.adapters.google.self_made import make_key
    from backend.adapters.google.session import GoogleSession
    from backend.localsheets.http import SheetsOverHttp
    from tests.races.trial import Trial

    found, key = Findings(), make_key()
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            trial = Trial(made, seed, 0.0)
            http = SheetsOverHttp(trial.people, verify=key.claims)
            key.write(Path(folder) / "key.json", http.token_uri)
            session = GoogleSession(read_access(str(Path(folder) / "key.json")), http.url)
            trial.register = SheetRegister(SheetsClient(None, session), trial.spreadsheet_id, "trial")
            over = threading.Event()
            threads = [
                threading.Thread(target=edit, args=(trial, over, Random(f"{seed}/{number}"), rate))
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
    return found


def edit(trial: Any, over: threading.Event, chance: Random, pause: float) -> None:
    """Edit now and then until the run is over."""
    while not over.wait(chance.uniform(0.0, pause)):
        with trial.people.lock:
            trial.people.act()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A kind of trial, and how many of them the whole bench has."""

    play: Callable[[Template, range, float], Findings]
    rate: float
    trials: int
    rows: int = 30


SERIES = {
    "people, 30 customers, 0.1 edits a call": Series(play=people, rate=0.1, trials=8_000),
    "people, 30 customers, 0.5 edits a call": Series(play=people, rate=0.5, trials=2_400),
    "the same, six runs each, 0.1 edits a call": Series(play=six_runs, rate=0.1, trials=10_500),
    "the same, six runs each, 0.5 edits a call": Series(play=six_runs, rate=0.5, trials=1_400),
    "people, 100 customers, 0.1 edits a call": Series(play=people, rate=0.1, trials=1_800, rows=100),
    "people, 100 customers, 0.5 edits a call": Series(play=people, rate=0.5, trials=1_800, rows=100),
    "people, 300 customers, 0.5 edits a call": Series(play=people, rate=0.5, trials=200, rows=300),
    "people, 30 customers, 2 edits a call": Series(play=people, rate=2.0, trials=100),
    "faults in 30 % of the calls, 0.1 edits a call": Series(play=faults, rate=0.1, trials=6_800),
    "undo upon undo, 0.2 edits a call": Series(play=undos, rate=0.2, trials=3_200),
    "undo upon undo, 0.5 edits a call": Series(play=undos, rate=0.5, trials=1_200),
    "row numbers, 0.1 edits a call": Series(play=by_row_numbers, rate=0.1, trials=200),
    "row numbers, 0.5 edits a call": Series(play=by_row_numbers, rate=0.5, trials=200),
    "over HTTP, 300 customers, 8 threads of people": Series(play=over_http, rate=0.1, trials=300, rows=300),
}
"""100,000 runs among people, 25,000 faults, 10,000 undos, 300 runs over HTTP."""


class Account:
    """What was found so far with the code as it is, kept in a file.

    Args:
        file: The file.
        code: The state of the code.
    """

    def __init__(self, file: Path, code: str) -> None:
        self._file, self._code = file, code
        self._kept: dict[str, dict[str, Any]] = {}
        if file.exists():
            self._kept = json.loads(file.read_text(encoding="utf-8"))
        self.here = self._kept.setdefault(code, {})

    def found(self, name: str) -> Findings:
        return Findings.of(self.here[name]["found"]) if name in self.here else Findings()

    def next_seed(self, name: str) -> int:
        return int(self.here[name]["next_seed"]) if name in self.here else 0

    def add(self, name: str, found: Findings, next_seed: int) -> None:
        whole = self.found(name)
        whole.add(found)
        self.here[name] = {"next_seed": next_seed, "found": dict(figures(whole))}
        self._file.parent.mkdir(exist_ok=True)
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(self._kept, default=dict, indent=1), encoding="utf-8")
        new.replace(self._file)


def code_state() -> str:
    """Give the commit of what is raced: backend, schema and the races themselves."""
    asked = ["git", "log", "-1", "--format=%h", "--", "backend", "sheets_schema", "tests/races"]
    told = subprocess.run(asked, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603
    return told.stdout.strip() or "unknown"


def race(account: Account, goals: dict[str, int], until: float) -> None:
    """Carry out every series part by part, in turn, until all have come to their goal or time is up."""
    made = {rows: template(rows) for rows in {one.rows for one in SERIES.values()}}
    going = True
    while going:
        going = False
        for name, one in SERIES.items():
            missing = goals[name] - account.found(name).trials
            count = min(missing, -(-one.trials // PARTS))
            if count <= 0 or time.monotonic() > until:
                continue
            going = True
            seed = account.next_seed(name)
            found = one.play(made[one.rows], range(seed, seed + count), one.rate)
            account.add(name, found, seed + count)
            if found.wrong and one.play is not by_row_numbers:
                print(f"{name}, seeds {seed} to {seed + count - 1}: {found.wrong} {found.lost}", flush=True)
    for each in made.values():
        each.server.close()


def table(account: Account, goals: dict[str, int]) -> bool:
    """Print what was found; say whether nothing was wrong where nothing may be."""
    found = {name: account.found(name) for name in SERIES}
    print(f"{'series':52}{'goal':>8}" + "".join(f"{name:>12}" for name in COLUMNS))
    for name, one in found.items():
        cells = [*(getattr(one, column) for column in COLUMNS[:-1]), sum(one.wrong.values())]
        print(f"{name:52}{goals[name]:>8,}" + "".join(f"{cell:>12,}" for cell in cells))
    for name, one in found.items():
        if one.wrong:
            print(f"{name}: {one.wrong}")
        if one.stopped:
            print(f"{name}: stopped by {dict(one.stopped)}")
    return not any(one.wrong for name, one in found.items() if SERIES[name].play is not by_row_numbers)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", type=float, default=1.0, help="which part of the whole count is the goal")
    asked.add_argument("--minutes", type=float, default=1e9, help="stop after so many minutes")
    asked.add_argument("--from-seed", type=int, help="begin each series at this seed, whatever was raced")
    asked.add_argument("--file", type=Path, default=KEPT, help="where to add up what is found")
    options = asked.parse_args()
    since = time.monotonic()
    account = Account(options.file, code_state())
    goals = {name: max(1, round(one.trials * options.part)) for name, one in SERIES.items()}
    if options.from_seed is not None:
        for name in SERIES:
            account.add(name, Findings(), options.from_seed)
    race(account, goals, since + 60 * options.minutes)
    right = table(account, goals)
    print(f"{time.monotonic() - since:.0f} s, added up in {options.file}")
    if not right:
        sys.exit(1)


if __name__ == "__main__":
    main()
