"""pandera and frictionless beside us: the rules they can express, on the same rows.

Each lives in an environment of its own (`build/rivals`); neither is a dependency.

    python tests/benchmarks/rivals.py pandera|frictionless FILE.csv

runs one of them with its own interpreter and prints seconds of the processor and the cells it names as JSON.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[2]
HOME = ROOT / "build" / "rivals"
PACKAGES = {"pandera": ("pandera[pandas]",), "frictionless": ("frictionless",)}
PATTERNS = {
    "mobile": r"(?:\+?86)?1[3-9]\d{9}",
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "postal_code": r"\d{6}",
}
"""What they can say of a column by a pattern; the rest of our rules they cannot express."""

REQUIRED = ("full_name",)
UNIQUE = ("customer_id",)
_INSTALLED_IN = 300
_RUN_IN = 600


def compare(names: list[str], rows: list[list[Any]], ours: set[tuple[int, str]]) -> list[str]:
    """Run each of them on the rows; one line each, also where it could not be run.

    Args:
        names: Field ids of the columns.
        rows: Raw cells.
        ours: Sheet row and column of the cells that we cannot use.
    """
    ruled = {name for name in PATTERNS if name in names}
    mine = {cell for cell in ours if cell[1] in ruled}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([names, *rows])
        return [_compare(name, file, mine) for name in PACKAGES]


def _compare(name: str, file: Path, ours: set[tuple[int, str]]) -> str:
    problem, python = _install(name)
    if problem:
        return f"{name:<13} left out: {problem}"
    done = subprocess.run(  # noqa: S603 - our own file
        [python, __file__, name, str(file)], capture_output=True, text=True, check=False, timeout=_RUN_IN
    )
    if done.returncode:
        return f"{name:<13} left out: it failed with {done.stderr.strip().splitlines()[-1:]}"
    answer = json.loads(done.stdout.splitlines()[-1])
    cells = {(row, column) for row, column in answer["cells"] if column in PATTERNS}
    both = len(cells & ours)
    named = f"patterns name {len(cells):,} cells, of our {len(ours):,} unusable ones {both:,}"
    return (
        f"{name:<13} {answer['version']:<8} {answer['seconds']:>7.2f} s of one processor for"
        f" {answer['rules']} rules; {named}"
    )


def _install(name: str) -> tuple[str, str]:
    """Put a package into an environment of its own; give what went wrong, and its interpreter."""
    home = HOME / name
    python = home / "bin" / "python"
    try:
        if not python.exists():
            venv.create(home, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES[name]]
        subprocess.run(command, check=True, capture_output=True, timeout=_INSTALLED_IN)  # noqa: S603 - our own
    except (OSError, subprocess.SubprocessError) as problem:
        return f"it could not be installed ({type(problem).__name__})", ""
    return "", str(python)


def _run_pandera(file: Path) -> dict[str, Any]:
    import pandas as pd  # type: ignore[import-untyped, unused-ignore]
    import pandera.pandas as pa  # type: ignore[import-not-found, unused-ignore]

    frame = pd.read_csv(file, dtype=str)
    columns = {
        name: pa.Column(str, pa.Check.str_matches(f"^(?:{pattern})$"), nullable=True)
        for name, pattern in PATTERNS.items()
        if name in frame
    }
    columns |= {name: pa.Column(str, nullable=False) for name in REQUIRED}
    columns |= {name: pa.Column(str, unique=True, nullable=True) for name in UNIQUE if name in frame}
    schema = pa.DataFrameSchema(columns)
    began, cells = time.process_time(), []
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as found:
        cases = found.failure_cases.dropna(subset=["index"])
        cells = [(int(row) + 2, column) for row, column in zip(cases["index"], cases["column"], strict=True)]
    seconds = time.process_time() - began
    return {"seconds": seconds, "cells": cells, "rules": len(columns), "version": _version("pandera")}


def _run_frictionless(file: Path) -> dict[str, Any]:
    from frictionless import Checklist, Resource, Schema  # type: ignore[import-not-found, unused-ignore]

    with file.open(encoding="utf-8", newline="") as opened:
        names = next(csv.reader(opened))
    fields = []
    for name in names:
        limits: dict[str, Any] = {"pattern": PATTERNS[name]} if name in PATTERNS else {}
        limits |= {"required": True} if name in REQUIRED else {}
        limits |= {"unique": True} if name in UNIQUE else {}
        fields.append({"name": name, "type": "string", "constraints": limits})
    schema = Schema.from_descriptor({"fields": fields})
    began = time.process_time()
    resource = Resource(path=file.name, basepath=str(file.parent), schema=schema)
    report = resource.validate(Checklist(), limit_errors=1_000_000)
    seconds = time.process_time() - began
    cells = [(row, column) for row, column in report.flatten(["rowNumber", "fieldName"]) if row and column]
    rules = sum(bool(field["constraints"]) for field in fields)
    return {"seconds": seconds, "cells": cells, "rules": rules, "version": _version("frictionless")}


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


RUNS = {"pandera": _run_pandera, "frictionless": _run_frictionless}

if __name__ == "__main__":
    print(json.dumps(RUNS[sys.argv[1]](Path(sys.argv[2]))))
