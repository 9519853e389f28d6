"""Duplicates measured: `make bench-duplicates` prints ours and, where it can be had, Splink 5 beside it.

Labelled sets lie beside the repository, in ../shared/truth/duplicates; a set that is not there is left out.
Each line is measured in a process of its own. Splink lives in an environment of its own, never in ours:
`--splink PYTHON` names the interpreter that has it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd

ROOT = Path(__file__).parents[2]
TRUTH = ROOT.parent / "shared" / "truth" / "duplicates"
SPLINK = Path(__file__).parent / "duplicates_splink.py"
SITES = {"Site name": "name", "Address": "address", "Zip": "postcode", "Phone": "phone"}
LABELLED: dict[str, dict[str, str]] = {
    "febrl3": {
        "given_name": "given_name",
        "surname": "family_name",
        "street_number": "text",
        "address_1": "address",
        "address_2": "text",
        "suburb": "text",
        "postcode": "postcode",
        "state": "choice",
        "date_of_birth": "date",
        "soc_sec_id": "identifier",
    },
    "fake_1000": {
        "first_name": "given_name",
        "surname": "family_name",
        "dob": "date",
        "city": "text",
        "email": "email",
    },
    "chicago_childcare": SITES,
    "fodors_zagats_phone": {
        "name": "company",
        "addr": "address",
        "city": "text",
        "phone": "phone",
        "type": "choice",
    },
}
HARD = ("households 20000", "history 50000")
"""Registers made by seed of which a search that takes each column by itself makes little."""
GUESSED = tuple(f"{name}, {how}" for name in (*LABELLED, *HARD) for how in ("by headers", "by cells"))
"""The same with all their columns, where nobody says what these are; by cells: without headers that tell."""
SIZES = (10_000, 100_000)
COLUMNS = (
    "set",
    "tool",
    "rows",
    "edge_f1",
    "group_f1",
    "precision",
    "certain",
    "seconds",
    "processor",
    "megabytes",
)
LEAST_GROUP_F1 = {
    "febrl3": 0.998,
    "fake_1000": 0.889,
    "chicago_childcare": 0.873,
    "fodors_zagats_phone": 0.96,
    "households 20000": 0.96,
    "history 50000": 0.95,
    "en 10000": 0.98,
    "zh 10000": 0.98,
    "en 100000": 0.98,
    "zh 100000": 0.98,
    "en 1000000": 0.968,
    "zh 1000000": 0.968,
}
"""What the groups of each set must reach, with no truth used."""
LESS_BY_CELLS = 0.01
"""How much less they may reach where no header tells."""
MOST = {
    "en 100000": (5, 600),
    "zh 100000": (8, 600),
    "en 1000000": (45, 2_000),
    "zh 1000000": (45, 2_000),
}
"""Processor seconds and megabytes a register may take at most."""
LEAST_CERTAIN, LEAST_FASTER = 0.95, 2.5
CHANGED, MOST_CHANGED_MS, MOST_ENTRY_MS = 1_000, 50, 5


def main() -> None:
    """Measure every set and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="rows of the synthetic registers")
    parser.add_argument(
        "--splink", type=Path, help="an interpreter that has Splink 5; left out where it is not there"
    )
    parser.add_argument("--one", type=Path, help="measure ours on this file, kinds in the one beside it")
    parser.add_argument("--index", type=Path, help="measure changed rows of this file beside the kept ones")
    arguments = parser.parse_args()
    if arguments.one or arguments.index:
        print(json.dumps(measure(arguments.one) if arguments.one else measure_index(arguments.index)))
        return
    results, kept = [], []
    with TemporaryDirectory() as folder:
        for name in (
            *LABELLED,
            *HARD,
            *GUESSED,
            *(f"{language} {size}" for size in arguments.sizes for language in ("en", "zh")),
        ):
            file = _prepare(name, Path(folder))
            if file is None:
                print(f"{name}: not beside the repository, left out", file=sys.stderr)
                continue
            results.append({"set": name, "tool": "ours", **_run([sys.executable, __file__, "--one", file])})
            if arguments.splink and arguments.splink.exists() and name not in GUESSED:
                results.append({"set": name, "tool": "Splink", **_run([arguments.splink, SPLINK, file])})
            if name in ("en 100000", "zh 100000"):
                kept.append({"set": name, **_run([sys.executable, __file__, "--index", file])})
            file.unlink()
    (ROOT / "build").mkdir(exist_ok=True)
    figures = json.dumps({"sets": results, "index": kept}, indent=2)
    (ROOT / "build" / "bench-duplicates.json").write_text(figures, encoding="utf-8")
    print(table(results))
    for line in kept:
        print(f"\n{CHANGED:,} changed rows beside a kept register, {line.pop('set')}")
        print("\n".join(f"  {name:<42}{figure}" for name, figure in line.items()))
    print("\nMissed: " + ("; ".join(missed(results, kept)) or "nothing"))


def _prepare(name: str, folder: Path) -> Path | None:
    """Write a set as a CSV with `unique_id`, its columns and `cluster_id`, the kinds beside it."""
    file = folder / f"{name.replace(' ', '_')}.csv"
    found = _made(name.partition(", ")[0])
    if found is None:
        return None
    frame, kinds = found
    if name in GUESSED:
        frame, kinds = _guessed(frame, named=name.endswith("headers"))
    frame = frame[[*kinds, "cluster_id"]].rename(columns=lambda column: column.replace(" ", "_"))
    frame.insert(0, "unique_id", range(len(frame)))
    frame.to_csv(file, index=False)
    plain = {column.replace(" ", "_"): kind for column, kind in kinds.items()}
    file.with_suffix(".json").write_text(json.dumps(plain), encoding="utf-8")
    return file


def _guessed(frame: pd.DataFrame, *, named: bool) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give a set with the kinds that are guessed, by its headers or without them."""
    from backend.core.duplicates.guess import guess_fields
    from sheets_schema.model import Preset
    from sheets_schema.presets import register

    told = frame.drop(columns=["cluster_id", "rec_id", "id", "source"], errors="ignore")
    if not named:
        told = told.set_axis([f"c{place}" for place in range(len(told.columns))], axis=1)
    fields = guess_fields(told, {}, register(Preset.RETAIL).tab("Customers"))
    kinds = {field.column: field.kind.value for field in fields}
    return told.assign(cluster_id=frame["cluster_id"]), kinds


def _made(name: str) -> tuple[pd.DataFrame, dict[str, str]] | None:
    """Give a set with `cluster_id`, and what its columns are; None where it is not beside the repository."""
    import pandas as pd

    if name in LABELLED:
        source = TRUTH / f"{name}.csv"
        if not source.exists():
            return None
        return pd.read_csv(source, dtype=str, keep_default_na=False), LABELLED[name]
    if name in HARD:
        from hard_registers import HOUSEHOLD, PAST, households, people_of_the_past

        kind, size = name.split()
        make, fields = (households, HOUSEHOLD) if kind == "households" else (people_of_the_past, PAST)
        made, truth = make(int(size))
        kinds = {column: field.value for column, field in fields.items()}
        return made.assign(cluster_id=truth.astype(str)), kinds
    from synthetic_registers import KINDS, register

    language, size = name.split()
    register_ = register(int(size), chinese=language == "zh")
    frame = register_.frame.assign(cluster_id=register_.truth.astype(str))
    return frame, {column: kind.value for column, kind in KINDS.items()}


def _run(command: Sequence[str | Path]) -> dict[str, Any]:
    """Run a measurement in a process of its own."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)  # noqa: S603  # our own script
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def measure(file: Path) -> dict[str, Any]:
    """Search a file for duplicates by the rules beside it; give figures of quality, time and memory."""
    import pandas as pd

    from backend.core.duplicates import FieldKind, MatchField, MatchRules, find_duplicates

    kinds = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    fields = tuple(MatchField(column=column, kind=FieldKind(kind)) for column, kind in kinds.items())
    began, worked = time.perf_counter(), time.process_time()
    found = find_duplicates(frame, MatchRules(fields=fields))
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    truth = true_pairs(frame)
    return {
        "rows": len(frame),
        **quality(found.pairs, [list(group) for group in found.groups], truth),
        "seconds": round(seconds, 2),
        "processor": round(worked, 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def measure_index(file: Path) -> dict[str, Any]:
    """Keep a register and search rows of it that changed; give processor milliseconds, best of seven."""
    import pandas as pd

    from backend.core.duplicates import FieldKind, Index, MatchField, MatchRules, find_duplicates

    kinds = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)[list(kinds)]
    rules = MatchRules(fields=tuple(MatchField(column=c, kind=FieldKind(kind)) for c, kind in kinds.items()))
    index = Index(frame, rules)
    again = frame.sample(CHANGED, random_state=1)
    changed = slipped(again)
    now = frame.copy()
    now.loc[changed.index] = changed
    kept, anew = (
        set(zip(found.pairs.a, found.pairs.b, strict=True))
        for found in (index.answer_with(changed), find_duplicates(now, rules))
    )
    same = index.answer_with(again)
    return {
        "changed rows, ms": _milliseconds(lambda: index.find(changed)),
        "one row at entry, ms": _milliseconds(lambda: index.find(changed.iloc[:1])),
        "rows as they were give the pairs of before": bool(
            same.groups == index.answer.groups and same.pairs.score.equals(index.answer.pairs.score)
        ),
        "pairs of a search that learns anew": len(anew),
        "pairs that it has and the index has not": len(anew - kept),
        "pairs that the index has and it has not": len(kept - anew),
    }


def slipped(frame: pd.DataFrame) -> pd.DataFrame:
    """Swap two letters in one cell of each row."""
    import numpy as np
    import pandas as pd

    rng, cells = np.random.default_rng(3), frame.to_numpy(dtype=object, copy=True)
    for row in cells:
        column = int(rng.integers(len(row)))
        at = int(rng.integers(max(len(row[column]) - 1, 1)))
        row[column] = row[column][:at] + row[column][at : at + 2][::-1] + row[column][at + 2 :]
    return pd.DataFrame(cells, columns=frame.columns, index=frame.index)


def _milliseconds(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(7):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return round(min(taken) * 1_000, 1)


def missed(results: Sequence[dict[str, Any]], kept: Sequence[dict[str, Any]]) -> list[str]:
    """Name every figure of ours that is not what it must be."""
    ours = {line["set"]: line for line in results if line["tool"] == "ours"}
    splink = {line["set"]: line for line in results if line["tool"] == "Splink" and "seconds" in line}
    found = [f"{name}: measured nothing" for name, line in ours.items() if "group_f1" not in line]
    for name, line in ours.items():
        if "group_f1" not in line:
            continue
        seconds, megabytes = MOST.get(name, (None, None))
        least = LEAST_GROUP_F1.get(name.partition(", ")[0], 0) - LESS_BY_CELLS * name.endswith("cells")
        checks = {
            "group F1": line["group_f1"] >= least,
            "certain": line["certain"] >= LEAST_CERTAIN,
            "processor seconds": seconds is None or line["processor"] <= seconds,
            "megabytes": megabytes is None or line["megabytes"] <= megabytes,
            "times as fast as Splink": name not in MOST
            or name not in splink
            or splink[name]["seconds"] >= LEAST_FASTER * line["seconds"],
        }
        found += [f"{name}: {what}" for what, good in checks.items() if not good]
    for line in kept:
        limits = {"changed rows, ms": MOST_CHANGED_MS, "one row at entry, ms": MOST_ENTRY_MS}
        found += [f"{what}, at most {most}" for what, most in limits.items() if line.get(what, 0) > most]
    return found


def true_pairs(frame: pd.DataFrame) -> set[tuple[Any, ...]]:
    """Give the pairs of rows that are the same, by `cluster_id`."""
    return pairs_of(frame.groupby("cluster_id").groups.values())


def pairs_of(groups: Iterable[Iterable[Any]]) -> set[tuple[Any, ...]]:
    """Give every pair inside a group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def f1(found: int, right: int, true: int) -> float:
    """Give the harmonic mean of precision and recall."""
    return 2 * right / (found + true) if found + true else 1.0


def quality(
    pairs: pd.DataFrame, groups: Sequence[Sequence[Any]], truth: set[tuple[Any, ...]]
) -> dict[str, float]:
    """Give edge F1 at the best threshold, group F1, and the share of certain pairs that are right."""
    ordered = pairs.sort_values("score", ascending=False)
    hits = [tuple(sorted(pair)) in truth for pair in zip(ordered.a, ordered.b, strict=True)]
    best, right = 0.0, 0
    for found, hit in enumerate(hits, start=1):
        right += hit
        best = max(best, f1(found, right, len(truth)))
    grouped = pairs_of(groups)
    precision = len(grouped & truth) / len(grouped) if grouped else 1.0
    certain = [hit for hit, strength in zip(hits, ordered.strength, strict=True) if strength == "certain"]
    return {
        "edge_f1": round(best, 4),
        "group_f1": round(f1(len(grouped), len(grouped & truth), len(truth)), 4),
        "precision": round(precision, 4),
        "certain": round(sum(certain) / len(certain), 4) if certain else 1.0,
    }


def table(results: Sequence[dict[str, Any]]) -> str:
    """Give the figures as lines of text."""
    lines = [[str(line.get(column, "-")) for column in COLUMNS] for line in results]
    widths = [max(len(line[i]) for line in (COLUMNS, *lines)) for i in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in (COLUMNS, *lines)
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
