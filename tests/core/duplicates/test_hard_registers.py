"""Registers that are hard to search, made by seed: what must be found in them, and what must not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from duplicates import pairs_of, quality
from hard_registers import HOUSEHOLD, PAST, households, people_of_the_past

from backend.core.duplicates import FieldKind, MatchField, MatchRules, find_duplicates

if TYPE_CHECKING:
    import pandas as pd


def figures(made: tuple[pd.DataFrame, pd.Series], kinds: dict[str, FieldKind]) -> dict[str, float]:
    frame, person = made
    fields = tuple(MatchField(column=column, kind=kind) for column, kind in kinds.items())
    found = find_duplicates(frame, MatchRules(fields=fields))
    truth = pairs_of(person.groupby(person.to_numpy()).groups.values())
    return quality(found.pairs, [list(group) for group in found.groups], truth)


def test_the_people_of_one_house_are_told_apart() -> None:
    found = figures(households(2_000), HOUSEHOLD)

    assert found["group_f1"] >= 0.97
    assert found["certain"] >= 0.99


def test_the_people_of_one_house_are_told_apart_where_no_day_of_birth_is_known() -> None:
    kinds = {column: kind for column, kind in HOUSEHOLD.items() if column != "born"}

    found = figures(households(2_000), kinds)

    assert found["group_f1"] >= 0.93
    assert found["certain"] >= 0.97


@pytest.mark.parametrize("left_out", [(), ("full_name",), ("given", "family")], ids=["all", "split", "full"])
def test_one_person_told_ten_times_is_one_group_however_the_name_is_told(left_out: tuple[str, ...]) -> None:
    kinds = {column: kind for column, kind in PAST.items() if column not in left_out}

    found = figures(people_of_the_past(3_000), kinds)

    assert found["group_f1"] >= 0.96
    assert found["certain"] >= 0.99
