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
    from collections.abc import Iterable, Sequence

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
SIZES = (10_000, 100_000)
COLUMNS = ("set", "tool", "rows", "edge_f1", "group_f1", "certain", "seconds", "megabytes")


def main() -> None:
    """Measure every set and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="rows of the synthetic registers")
    parser.add_argument(
        "--splink", type=Path, help="an interpreter that has Splink 5; left out where it is not there"
    )
    parser.add_argument("--one", type=Path, help="measure ours on this file, kinds in the one beside it")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one)))
        return
    results = []
    with TemporaryDirectory() as folder:
        for name in (
            *LABELLED,
            *(f"{language} {size}" for size in arguments.sizes for language in ("en", "zh")),
        ):
            file = _prepare(name, Path(folder))
            if file is None:
                print(f"{name}: not beside the repository, left out", file=sys.stderr)
                continue
            results.append({"set": name, "tool": "ours", **_run([sys.executable, __file__, "--one", file])})
            if arguments.splink and arguments.splink.exists():
                results.append({"set": name, "tool": "Splink", **_run([arguments.splink, SPLINK, file])})
            file.unlink()
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench-duplicates.json").write_text(json.dumps(results, indent=2), encoding="utf-8")
    print(table(results))


def _prepare(name: str, folder: Path) -> Path | None:
    """Write a set as a CSV with `unique_id`, its columns and `cluster_id`, the kinds beside it."""
    import pandas as pd

    file = folder / f"{name.replace(' ', '_')}.csv"
    if name in LABELLED:
        source = TRUTH / f"{name}.csv"
        if not source.exists():
            return None
        frame, kinds = pd.read_csv(source, dtype=str, keep_default_na=False), LABELLED[name]
    else:
        from synthetic_registers import KINDS, register

        language, size = name.split()
        made = register(int(size), chinese=language == "zh")
        frame = made.frame.assign(cluster_id=made.truth.astype(str))
        kinds = {column: kind.value for column, kind in KINDS.items()}
    frame = frame[[*kinds, "cluster_id"]].rename(columns=lambda column: column.replace(" ", "_"))
    frame.insert(0, "unique_id", range(len(frame)))
    frame.to_csv(file, index=False)
    plain = {column.replace(" ", "_"): kind for column, kind in kinds.items()}
    file.with_suffix(".json").write_text(json.dumps(plain), encoding="utf-8")
    return file


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
    began = time.perf_counter()
    found = find_duplicates(frame, MatchRules(fields=fields))
    seconds = time.perf_counter() - began
    truth = true_pairs(frame)
    return {
        "rows": len(frame),
        **quality(found.pairs, [list(group) for group in found.groups], truth),
        "seconds": round(seconds, 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


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
    certain = [hit for hit, strength in zip(hits, ordered.strength, strict=True) if strength == "certain"]
    return {
        "edge_f1": round(best, 4),
        "group_f1": round(f1(len(grouped), len(grouped & truth), len(truth)), 4),
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
