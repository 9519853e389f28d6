from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from backend.core.duplicates import Decisions, FieldKind, MatchField, MatchRules, find_duplicates
from backend.core.duplicates.decisions import fit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.core.duplicates import Duplicates

TRUTH = Path(__file__).parents[4] / "shared" / "truth" / "duplicates"
PHONE = "+8613812348000"
RULES = MatchRules(
    fields=(
        MatchField(column="name", kind=FieldKind.PERSON_NAME),
        MatchField(column="phone", kind=FieldKind.PHONE),
    )
)


def frame(*rows: tuple[str, str]) -> pd.DataFrame:
    keys = [f"C{i}" for i in range(len(rows))]
    return pd.DataFrame(rows, columns=["name", "phone"], index=keys)


def test_what_people_say_is_one_customer_is_one_group() -> None:
    rows = frame(("张伟", PHONE), ("李娜", ""), ("王芳", "+8613912340000"))

    found = find_duplicates(rows, RULES, Decisions(same=(("C0", "C2"),)))

    assert found.groups == (("C0", "C2"),)
    assert found.pairs.score[0] < 0.5


def test_what_people_say_are_two_customers_is_never_one_group() -> None:
    rows = frame(("张伟", PHONE), ("张伟", PHONE))

    assert find_duplicates(rows, RULES).groups == (("C0", "C1"),)
    assert find_duplicates(rows, RULES, Decisions(apart=(("C1", "C0"),))).groups == ()


def test_a_third_row_does_not_bring_together_what_people_keep_apart() -> None:
    rows = frame(*[("张伟", PHONE)] * 3)

    groups = find_duplicates(rows, RULES, Decisions(apart=(("C0", "C2"),))).groups

    assert len(groups) == 1
    assert not {"C0", "C2"} <= set(groups[0])


def test_people_are_obeyed_in_a_group_too_large_to_look_into() -> None:
    rows = frame(*[("张伟", PHONE)] * 200)

    (group,) = find_duplicates(rows, RULES, Decisions(apart=(("C0", "C1"),))).groups

    assert len(group) == 199
    assert not {"C0", "C1"} <= set(group)


def test_a_decision_about_a_row_that_is_gone_is_no_trouble() -> None:
    rows = frame(("张伟", PHONE), ("张伟", PHONE))

    assert find_duplicates(rows, RULES, Decisions(apart=(("C0", "X"),))).groups == (("C0", "C1"),)


def test_a_column_that_people_do_not_believe_loses_weight() -> None:
    rng = np.random.default_rng(1)
    answers = np.repeat([1.0, 0.0], 50)
    told = np.where(answers == 1, 8.0, -4.0) + rng.normal(0, 1, 100)
    noise = rng.choice([8.0, -4.0], 100)

    factors, _ = fit(np.column_stack([told, noise]), answers, np.ones(100), -6.0)

    assert factors[1] < 0.9 < factors[0]


def test_fewer_than_thirty_decisions_teach_nothing() -> None:
    rows = frame(*[(f"Ann Lee{i}", f"+4420{i // 2:08d}") for i in range(80)])
    couples = tuple((f"C{2 * i}", f"C{2 * i + 1}") for i in range(40))
    strangers = tuple((f"C{i}", f"C{i + 7}") for i in range(0, 60, 4))
    last = ("C78", "C79")

    few = find_duplicates(rows, RULES, Decisions(same=couples[:10], apart=strangers[:10]))
    many = find_duplicates(rows, RULES, Decisions(same=couples[:20], apart=strangers))
    none = find_duplicates(rows, RULES)

    assert score(few, last) == score(none, last) != score(many, last)


def test_a_lesson_teaches_and_keeps_nobody_apart() -> None:
    rows = frame(*[(f"Ann Lee{i}", f"+4420{i // 2:08d}") for i in range(80)], *[("张伟", PHONE)] * 2)
    couples = tuple((f"C{2 * i}", f"C{2 * i + 1}") for i in range(30))
    strangers = (*((f"C{i}", f"C{i + 7}") for i in range(0, 60, 4)), ("C80", "C81"))

    told = find_duplicates(rows, RULES, Decisions(same=couples, lessons=strangers))
    obeyed = find_duplicates(rows, RULES, Decisions(same=couples, apart=strangers))

    assert score(told, ("C78", "C79")) == score(obeyed, ("C78", "C79"))
    assert score(told, ("C78", "C79")) != score(find_duplicates(rows, RULES), ("C78", "C79"))
    assert (score(obeyed, ("C80", "C81")) is None, score(told, ("C80", "C81")) is None) == (True, False)


def score(found: Duplicates, pair: tuple[str, str]) -> float | None:
    return next((p.score for p in found.pairs.itertuples() if (p.a, p.b) == pair), None)


def test_a_hundred_decisions_teach_what_a_branch_is() -> None:
    if not (TRUTH / "chicago_childcare.csv").exists():
        pytest.skip("the labelled set is not beside the repository, in ../shared/truth/duplicates")
    rows = pd.read_csv(TRUTH / "chicago_childcare.csv", dtype=str, keep_default_na=False)
    truth = pairs_of(rows.groupby("cluster_id").groups.values())
    kinds = {"Site name": FieldKind.NAME, "Address": FieldKind.ADDRESS, "Zip": FieldKind.POSTCODE}
    fields = {**kinds, "Phone": FieldKind.PHONE}
    rules = MatchRules(fields=tuple(MatchField(column=c, kind=kind) for c, kind in fields.items()))
    shown = find_duplicates(rows, rules).pairs
    doubted = shown.iloc[np.argsort(np.abs(shown.score.to_numpy() - 0.5), kind="stable")[:100]]
    pairs = list(zip(doubted.a, doubted.b, strict=True))
    decisions = Decisions(
        same=tuple(pair for pair in pairs if pair in truth),
        apart=tuple(pair for pair in pairs if pair not in truth),
    )

    grouped = pairs_of(find_duplicates(rows, rules, decisions).groups)

    assert 2 * len(grouped & truth) / (len(grouped) + len(truth)) >= 0.93


def pairs_of(groups: Iterable[Iterable[object]]) -> set[tuple[object, ...]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}  # type: ignore[type-var]


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_decisions_changes_nothing(*, turned: bool) -> None:
    rows = frame(*[("张伟", PHONE)] * 4)
    apart = (("C0", "C2"), ("C1", "C3"))

    decided = Decisions(apart=tuple(reversed(apart)) if turned else apart)

    groups = find_duplicates(rows, RULES, decided).groups
    assert all(not set(pair) <= set(group) for pair in apart for group in groups)
    assert len(groups) == 2
