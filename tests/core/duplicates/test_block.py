from __future__ import annotations

import numpy as np
import pandas as pd

from backend.core.duplicates import FieldKind as K
from backend.core.duplicates import MatchField, MatchRules
from backend.core.duplicates.block import ALL_PAIRS_UP_TO, find_candidates
from backend.core.duplicates.columns import read_column

ROWS = ALL_PAIRS_UP_TO + 1_000


def candidates(frame: pd.DataFrame, kinds: dict[str, K]) -> set[tuple[int, int]]:
    columns = [read_column(frame[name], MatchField(column=name, kind=kind)) for name, kind in kinds.items()]
    found = find_candidates(columns, len(frame), MatchRules(fields=(), max_block=20))
    return set(zip(found.a.tolist(), found.b.tolist(), strict=True))


def test_rows_far_apart_in_a_large_block_are_found_by_a_second_column() -> None:
    towns = np.array([f"town {i}" for i in range(ROWS)], dtype=object)
    towns[[3, ROWS - 3]] = "the same"
    frame = pd.DataFrame({"born": "1900-01-01", "town": towns})

    assert (3, ROWS - 3) in candidates(frame, {"born": K.DATE, "town": K.TEXT})
    assert (3, ROWS - 3) not in candidates(frame, {"born": K.DATE})


def test_a_family_name_is_a_key_in_either_kind_of_column() -> None:
    given = [f"{chr(97 + i % 26)}{i}" for i in range(ROWS)]
    family = [f"f{i}f" for i in range(ROWS)]
    family[5] = family[ROWS - 5] = "shared"
    frame = pd.DataFrame({"given": given, "family": family})
    frame["full"] = frame.given + " " + frame.family

    assert (5, ROWS - 5) in candidates(frame, {"given": K.GIVEN_NAME, "family": K.FAMILY_NAME})
    assert (5, ROWS - 5) in candidates(frame, {"full": K.PERSON_NAME})
