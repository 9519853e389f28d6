"""The benchmark of duplicates, small: registers made by seed, whose duplicates are known."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from duplicates import f1, pairs_of, quality
from synthetic_registers import RULES, register

from backend.core.duplicates import find_duplicates


@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
@pytest.mark.parametrize("seed", [1, 2])
def test_groups_of_a_made_up_register_are_found(seed: int, *, chinese: bool) -> None:
    made = register(4_000, chinese=chinese, seed=seed)

    found = find_duplicates(made.frame, RULES)

    truth = pairs_of(made.frame.groupby(made.truth.to_numpy()).groups.values())
    figures = quality(found.pairs, [list(group) for group in found.groups], truth)
    assert figures["group_f1"] >= 0.98
    assert figures["certain"] >= 0.99


def test_the_same_seed_makes_the_same_register() -> None:
    one, same, other = register(300), register(300), register(300, seed=2)

    assert one.frame.equals(same.frame)
    assert not one.frame.equals(other.frame)
    assert one.truth.nunique() == 252


def test_a_register_has_families_colleagues_and_several_ways_to_write() -> None:
    frame = register(2_000, chinese=True).frame

    assert frame["address"][frame["address"] != ""].duplicated().sum() > 200
    assert frame["company"][frame["company"] != ""].duplicated().sum() > 200
    assert frame["phone"].str.contains("86-|0086| ").any()
    assert frame["name"].str.isascii().any()
    assert frame["name"].str.contains("[張陳劉麗]").any()


def test_the_harmonic_mean_is_worked_out_by_hand() -> None:
    assert f1(4, 3, 6) == pytest.approx(0.6)
    assert pairs_of([[3, 1, 2], [4]]) == {(1, 2), (1, 3), (2, 3)}
