"""How fast 100,000 rows of 20 columns are read and checked; a part of `make bench`.

The machine may be busy with other work: what is held against a limit is processor time. pandera and
frictionless check the rules that they can express on the same rows, each in an environment of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from backend.core.checks import check  # noqa: E402 - after the path
from backend.core.checks.facts import Facts, read_table  # noqa: E402 - the same
from backend.core.checks.rows import RowMemory  # noqa: E402 - the same
from backend.core.fields import phone  # noqa: E402 - the same
from backend.core.fields.column import apply  # noqa: E402 - the same
from backend.core.ownership import assign  # noqa: E402 - the same
from backend.core.rules import read_rules  # noqa: E402 - the same
from backend.core.snapshot import read_tab  # noqa: E402 - the same
from backend.core.team_settings import defaults  # noqa: E402 - the same
from backend.demo import make_register  # noqa: E402 - the same
from sheets_schema import headers  # noqa: E402 - the same
from sheets_schema.tabs.customers import CUSTOMERS  # noqa: E402 - the same
from tests.benchmarks.rivals import compare  # noqa: E402 - the same
from tests.builders import SEED, snapshot_of  # noqa: E402 - the same

if TYPE_CHECKING:
    from backend.core.checks.facts import Table
    from backend.core.snapshot import TabRead

ROWS = 100_000
COLUMNS = 20
CHANGED = 100
REPEATED = 1_000_000
TODAY = date(2026, 11, 22)
READ, CHECKED, BOTH = "reading", "every check", "reading and every check"
LIMITS = {
    f"{READ}, cold": 3.0,
    f"{BOTH}, after {CHANGED} changed rows": 0.3,
    "a million repeated cells": 1.0,
    "peak_memory_mb": 600,
}
"""Seconds of one processor, and MB; a figure above its limit fails the benchmark."""


def main() -> int:
    """Print what was measured; 1 when a limit was passed."""
    if sys.argv[1:]:
        sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))))
        return 0
    names, rows = _rows()
    with TemporaryDirectory() as folder:
        for name, lines in (("first", rows), ("second", _edited(names, rows))):
            (Path(folder) / f"{name}.json").write_text(json.dumps([names, lines]), encoding="utf-8")
        # In a process of its own, so that what makes up the rows does not count as memory of the reader.
        command = [sys.executable, __file__, folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this file
    answer = json.loads(done.stdout)
    figures: dict[str, float] = answer["figures"]
    _print(figures, answer["distinct"])
    for line in compare(names, rows, {(row, name) for row, name in answer["unusable"]}):
        sys.stdout.write(f"  {line}\n")
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench-columns.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    late = [name for name, limit in LIMITS.items() if figures[name] > limit]
    sys.stdout.write(f"Too slow or too large: {', '.join(late)}\n" if late else "")
    return bool(late)


def measure(folder: Path) -> dict[str, Any]:
    """Read and check the rows of two files, one after the other; give what it took."""
    figures: dict[str, float] = {}
    facts = _timed(figures, "cold", _load(folder / "first.json"))
    table = facts.customers
    distinct = sum(len(column.fields) for column in table.columns.values())
    unusable = _unusable(table)
    del facts, table
    again = _timed(figures, f"after {CHANGED} changed rows", _load(folder / "second.json"))
    figures["peak_memory_mb"] = _peak()
    figures["a million repeated cells"] = _repeated()
    if check(again) != check(again, RowMemory(0)):
        sys.exit("What is remembered is not what a full check finds.")
    return {"figures": figures, "distinct": distinct, "unusable": unusable}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _rows() -> tuple[list[str], list[list[Any]]]:
    """Give the fullest columns of a made-up register."""
    lines = make_register(7, ROWS, 0, TODAY).customers
    filled = Counter(name for line in lines for name, cell in line.items() if cell != "")
    names = [name for name, _ in filled.most_common(COLUMNS)]
    return names, [[line.get(name, "") for name in names] for line in lines]


def _load(file: Path) -> TabRead:
    names, rows = json.loads(file.read_text(encoding="utf-8"))
    top = [CUSTOMERS.column(name).label.both for name in names]
    binding = headers.bind(CUSTOMERS, [top])
    if binding is None:
        raise RuntimeError
    return read_tab(CUSTOMERS, binding, [top, *rows], title="bench")


def _edited(names: list[str], rows: list[list[Any]]) -> list[list[Any]]:
    """Give the rows with some cells of 100 of them changed."""
    again = [list(row) for row in rows]
    for row in Random(1).sample(again, CHANGED):
        for name in ("full_name", "mobile", "email", "address_line", "notes"):
            if name in names:
                row[names.index(name)] = f"{row[names.index(name)]}9"
    return again


def _timed(figures: dict[str, float], name: str, read: TabRead) -> Facts:
    """Read a tab, give its rows their ids, check it; reading and checks are timed."""
    began = time.process_time()
    table = read_table(read, defaults(), today=TODAY)
    was_read = time.process_time() - began
    snapshot = snapshot_of(read)
    rules, _ = read_rules(snapshot, today=TODAY)
    identities = assign(snapshot["Customers"], seed=SEED)
    tables = {"Customers": table}
    facts = Facts(snapshot=snapshot, tables=tables, identities=identities, rules=rules, today=TODAY)
    began = time.process_time()
    check(facts)
    was_checked = time.process_time() - began
    for what, seconds in ((READ, was_read), (CHECKED, was_checked), (BOTH, was_read + was_checked)):
        figures[f"{what}, {name}"] = round(seconds, 3)
    return facts


def _repeated() -> float:
    cells = pd.Series([f"1381234{number % 10_000:04}" for number in range(REPEATED)], dtype=object)
    began = time.process_time()
    apply(cells, phone.normalise, replace(defaults().context(today=TODAY), country="CN"))
    return round(time.process_time() - began, 3)


def _unusable(table: Table) -> list[tuple[int, str]]:
    """Give the cells that cannot be used, by row of the sheet and column."""
    return [
        (int(row), name)
        for name, column in table.columns.items()
        for row, field in column.findings()
        if field.state == "invalid"
    ]


def _print(figures: dict[str, float], distinct: int) -> None:
    cells = ROWS * COLUMNS
    say = sys.stdout.write
    say(f"\nReading {ROWS:,} rows x {COLUMNS} columns with every normaliser ({distinct:,} distinct cells)\n")
    for name, figure in figures.items():
        unit = "MB" if name.endswith("_mb") else "s of one processor"
        rate = f"{cells / figure:>12,.0f} cells/s" if name.startswith(READ) else ""
        rate = f"{REPEATED / figure:>12,.0f} cells/s" if name == "a million repeated cells" else rate
        limit = f"  (at most {LIMITS[name]:g})" if name in LIMITS else ""
        say(f"  {name:<46} {figure:>8,.3f} {unit}{rate}{limit}\n")


if __name__ == "__main__":
    sys.exit(main())
