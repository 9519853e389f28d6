from __future__ import annotations

import numpy as np
import pandas as pd

from backend.core.duplicates import FieldKind as K
from backend.core.duplicates import MatchField, MatchRules, find_duplicates
from backend.core.duplicates.columns import read_column
from backend.core.duplicates.levels import Level
from backend.core.duplicates.name_views import NameViews

KINDS = (K.GIVEN_NAME, K.FAMILY_NAME, K.PERSON_NAME, K.PHONE)


def views(*kinds: K) -> NameViews:
    cells = pd.Series(["a b", "c d"])
    return NameViews([read_column(cells, MatchField(column="x", kind=kind)) for kind in kinds])


def test_the_way_that_agrees_better_is_left_and_the_other_is_missing() -> None:
    levels = np.array([[4, 4, 0, 1], [0, 4, 3, 1], [-1, 4, 4, 1], [-1, -1, 0, 1]], dtype=np.int8)

    views(*KINDS).choose(levels)

    missing = Level.MISSING
    assert levels.tolist() == [
        [4, 4, missing, 1],
        [missing, missing, 3, 1],
        [missing, missing, 4, 1],
        [missing, missing, 0, 1],
    ]


def test_one_way_alone_is_left_as_it_is() -> None:
    levels = np.array([[0, 4]], dtype=np.int8)

    views(K.GIVEN_NAME, K.FAMILY_NAME).choose(levels)

    assert levels.tolist() == [[0, 4]]


def test_a_name_told_twice_is_no_more_evidence_than_told_once() -> None:
    names = [("John", "Smith"), ("John", "Smith"), ("Ann", "Lee"), ("Tom", "Ray")]
    frame = pd.DataFrame(names, columns=["given", "family"])
    frame["full"] = frame.given + " " + frame.family
    fields = [
        MatchField(column=c, kind=k) for c, k in zip(("given", "family", "full"), KINDS[:3], strict=True)
    ]

    pairs = find_duplicates(frame, MatchRules(fields=tuple(fields), possible_from=1e-9)).pairs
    once = find_duplicates(frame, MatchRules(fields=tuple(fields[:2]), possible_from=1e-9)).pairs

    assert pairs.score.tolist() == once.score.tolist()
    assert len(once)
