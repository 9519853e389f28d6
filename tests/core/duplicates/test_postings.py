from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from synthetic_registers import RULES as REGISTER_RULES
from synthetic_registers import register

from backend.core.duplicates import FieldKind, MatchField, MatchRules, block, postings
from backend.core.duplicates.block import find_candidates
from backend.core.duplicates.columns import read_column
from backend.core.duplicates.later import numbers_of, read_later
from backend.core.duplicates.postings import Postings

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Values

RULES = MatchRules(
    fields=(
        MatchField(column="family", kind=FieldKind.FAMILY_NAME),
        MatchField(column="given", kind=FieldKind.GIVEN_NAME),
        MatchField(column="city", kind=FieldKind.TEXT),
    )
)
SMALL, LARGE = ("Zorn", 2), ("Miller", 70)


@pytest.fixture(autouse=True)
def _no_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block, "NEIGHBOURS_UP_TO", 0)
    monkeypatch.setattr(postings, "NEIGHBOURS_UP_TO", 0)


def people() -> pd.DataFrame:
    """Give 1,600 people of whom two share a rare family name, and two of a common one the city."""
    families = [family for family, rows in (SMALL, LARGE) for _ in range(rows)]
    families += [f"Family{i}" for i in range(1_600 - len(families))]
    frame = pd.DataFrame({"family": families}, dtype=object)
    frame["given"] = [f"Given{i}" for i in range(len(frame))]
    frame["city"] = [f"City{i}" for i in range(len(frame))]
    frame.loc[[10, 20], "city"] = "Lund"
    return frame


def in_order(frame: pd.DataFrame, rules: MatchRules) -> tuple[pd.DataFrame, list[Values]]:
    """Give the rows in the order of what they hold, and their columns."""
    codes = [read_column(frame[field.column], field).codes for field in reversed(rules.fields)]
    frame = frame.iloc[np.lexsort(codes)]
    return frame, [read_column(frame[field.column], field) for field in rules.fields]


def pairs(frame: pd.DataFrame, columns: list[Values], rows: Ints, rules: MatchRules) -> set[tuple[int, int]]:
    """Give the pairs of rows of a register that the kept keys find for some rows that come again."""
    cells = [frame[field.column].to_numpy(dtype=object) for field in rules.fields]
    later = read_later(frame.iloc[rows], rows, cells, columns, numbers_of(columns))
    row, other, *among = Postings(columns, len(frame), rules).pairs(later)
    a, b = np.concatenate([rows[row], rows[among[0]]]), np.concatenate([other, rows[among[1]]])
    return {(min(pair), max(pair)) for pair in zip(a.tolist(), b.tolist(), strict=True) if len({*pair}) > 1}


def candidates(columns: list[Values], count: int, rows: Ints, rules: MatchRules) -> set[tuple[int, int]]:
    """Give the pairs of a full search in which one of the rows is."""
    found, chosen = find_candidates(columns, count, rules), set(rows.tolist())
    every = zip(found.a.tolist(), found.b.tolist(), strict=True)
    return {pair for pair in every if not chosen.isdisjoint(pair)}


def test_a_rare_family_name_and_a_common_one_with_the_city_are_found_and_no_more() -> None:
    frame, columns = in_order(people(), RULES)
    everybody = np.arange(len(frame))

    full = find_candidates(columns, len(frame), RULES)
    one_each = [pairs(frame, columns, everybody[row : row + 1], RULES) for row in everybody]
    together = pairs(frame, columns, everybody, RULES)

    expected = set(zip(full.a.tolist(), full.b.tolist(), strict=True))
    assert {tuple(sorted(frame.index[list(pair)])) for pair in expected} == {(0, 1), (10, 20)}
    assert set().union(*one_each) == expected
    assert together == expected


@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
@pytest.mark.parametrize("share", [1, 40], ids=["one row", "forty rows"])
def test_rows_that_come_again_are_compared_with_all_that_a_full_search_compares(
    share: int, *, chinese: bool
) -> None:
    frame, columns = in_order(register(6_000, chinese=chinese).frame, REGISTER_RULES)
    rules = MatchRules(fields=REGISTER_RULES.fields, max_block=12)
    rng = np.random.default_rng(5)
    for _ in range(40 // share):
        rows = np.sort(rng.choice(len(frame), share, replace=False))

        found = pairs(frame, columns, rows, rules)

        expected = candidates(columns, len(frame), rows, rules)
        assert expected <= found
        assert len(found) <= 2 * len(expected) + 20
