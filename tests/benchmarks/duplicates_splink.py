"""Splink 5 on one file, in its own environment: its own comparisons, blocking, training and clustering.

Prints one JSON object like `duplicates.py --one`. Groups are Splink's connected components at .95.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


def comparisons(kinds: dict[str, str]) -> list[Any]:
    """Give the comparison that Splink's library has for each kind."""
    import splink.comparison_library as cl

    by_kind = {
        "date": lambda column: cl.DateOfBirthComparison(column, input_is_string=True),
        "email": cl.EmailComparison,
        "choice": lambda column: cl.ExactMatch(column).configure(term_frequency_adjustments=True),
        "identifier": lambda column: cl.DamerauLevenshteinAtThresholds(column, [1, 2]),
        "postcode": lambda column: cl.DamerauLevenshteinAtThresholds(column, [1, 2]),
        "phone": lambda column: cl.DamerauLevenshteinAtThresholds(column, [1, 2]),
    }
    usual = cl.NameComparison
    return [by_kind.get(kind, usual)(column) for column, kind in kinds.items()]


def rules(kinds: dict[str, str]) -> list[tuple[str, ...]]:
    """Give the keys to block by: each telling column alone, others two by two with a name."""
    telling = ("phone", "email", "identifier", "company", "address", "person_name", "name")
    alone = [(column,) for column, kind in kinds.items() if kind in telling]
    names = [column for column, kind in kinds.items() if kind.endswith("_name")]
    dated = [column for column, kind in kinds.items() if kind in {"date", "postcode", "text"}]
    return [*alone, *((name, other) for name in names for other in dated), *_together(names)]


def _together(names: list[str]) -> list[tuple[str, ...]]:
    return [tuple(names)] if len(names) > 1 else []


def main(file: Path) -> None:
    """Train, predict and cluster; print the figures."""
    import pandas as pd
    from duplicates import quality, true_pairs
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    kinds = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    frame = pd.read_csv(file, dtype=str, keep_default_na=False).replace("", None)
    frame["unique_id"] = frame["unique_id"].astype(int)
    for column, kind in kinds.items():
        if kind == "date":
            frame[column] = pd.to_datetime(frame[column], errors="coerce").dt.strftime("%Y-%m-%d")
    keys = rules(kinds)
    began = time.perf_counter()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons(kinds),
        blocking_rules_to_generate_predictions=[block_on(*key) for key in keys],
    )
    linker = Linker(DuckDBAPI().register(frame.drop(columns="cluster_id")), settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on(*key) for key in keys[:2]], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=2_000_000)
    for key in keys[:3]:
        training.estimate_parameters_using_expectation_maximisation(block_on(*key))
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.95)
    seconds = time.perf_counter() - began
    found = predicted.as_pandas_dataframe()
    pairs = pd.DataFrame(
        {
            "a": found["unique_id_l"].astype(int),
            "b": found["unique_id_r"].astype(int),
            "score": found["match_weight"],
            "strength": (found["match_probability"] >= 0.95).map({True: "certain", False: "possible"}),
        }
    )
    groups = clusters.as_pandas_dataframe().groupby("cluster_id")["unique_id"].apply(list)
    figures = quality(pairs, [group for group in groups if len(group) > 1], true_pairs(frame))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"rows": len(frame), **figures, "seconds": round(seconds, 2), "megabytes": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
