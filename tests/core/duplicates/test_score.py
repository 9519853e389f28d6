from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from backend.core.duplicates import FieldKind, MatchField, MatchRules, find_duplicates
from backend.core.duplicates.columns import read_column
from backend.core.duplicates.score import Model, _count_once, log_odds, probability


def test_bits_and_probabilities_turn_into_each_other() -> None:
    assert probability(np.array([0.0, 1.0, 2.0, -2.0])) == pytest.approx([1 / 2, 2 / 3, 4 / 5, 1 / 5])
    assert [log_odds(0.5), log_odds(0.8)] == pytest.approx([0.0, 2.0])


def test_a_group_counts_its_best_half_of_its_worst_and_a_quarter_of_the_rest() -> None:
    bits = np.array([[8, 4, 4], [8, -2, -4], [-8, -4, -4]], dtype=np.float32)

    assert _count_once(bits, 0.25).tolist() == [[8, 1, 1], [8, -0.5, -2], [-8, -1, -1]]


def test_a_household_is_not_one_person() -> None:
    rules = MatchRules(
        fields=(
            MatchField(column="name", kind=FieldKind.PERSON_NAME),
            MatchField(column="phone", kind=FieldKind.PHONE),
            MatchField(column="email", kind=FieldKind.EMAIL),
            MatchField(column="address", kind=FieldKind.ADDRESS),
        )
    )
    given = ("Robert", "Susan", "Tim")
    frame = pd.DataFrame(
        [
            (f"{name} Family{i}", f"+4420{i + 70000000}", f"family{i}@example.org", f"{i} High Street")
            for i in range(200)
            for name in given
        ],
        columns=["name", "phone", "email", "address"],
    )

    assert find_duplicates(frame, rules).groups == ()


def test_a_weight_of_nought_leaves_a_column_without_a_say() -> None:
    frame = pd.DataFrame({"phone": ["+8613812348000", "+8613812348000"]})
    mute = MatchRules(fields=(MatchField(column="phone", kind=FieldKind.PHONE, weight=0),))

    assert len(find_duplicates(frame, mute).pairs) == 0


@pytest.mark.parametrize(("rows", "pairs"), [(60_000, [(0, 2), (1, 2)]), (3, [(0, 1), (0, 2), (1, 2)])])
def test_in_a_large_register_two_persons_are_compared_only_with_two_values_in_common(
    rows: int, pairs: list[tuple[int, int]]
) -> None:
    kinds = {"name": FieldKind.PERSON_NAME, "phone": FieldKind.PHONE, "city": FieldKind.TEXT}
    people = [
        ("Ann Lee", "5551234", "Oxford"),
        ("Bob Ray", "5551234", "Leeds"),
        ("Bob Ray", "5551234", "Oxford"),
    ]
    frame = pd.DataFrame(people, columns=list(kinds), dtype=object)
    columns = [read_column(frame[name], MatchField(column=name, kind=kind)) for name, kind in kinds.items()]
    model = Model(columns, [np.zeros(0, dtype=np.int64)] * 3, 3)
    model.rows = rows

    compared = model.compare(np.array([0, 0, 1]), np.array([1, 2, 2]), sift=True)

    assert list(zip(compared.a.tolist(), compared.b.tolist(), strict=True)) == pairs
    assert compared.levels.shape == (len(pairs), 3)
