from __future__ import annotations

import numpy as np
import pytest

from backend.core.duplicates.columns import as_texts
from backend.core.duplicates.compare_parts import alike_words, part_levels, part_traits
from backend.core.duplicates.levels import Level
from backend.core.duplicates.traits import Traits


def level(left: str, right: str, *, given: bool = True) -> int:
    texts = as_texts([left, right])
    traits = Traits(texts, part_traits(texts, "part", given=given, alone=True))
    return int(part_levels(traits, "part", np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("robert", "bob", Level.NEAR),
        ("robert", "r", Level.NEAR),
        ("john", "john henry", Level.NEAR),
        ("john henry", "john h", Level.NEAR),
        ("tom henry", "thomas h", Level.NEAR),
        ("tom henry", "thomas g", Level.DIFFERENT),
        ("johri", "john", Level.NEAR),
        ("er1c", "eric", Level.NEAR),
        ("jahn", "john", Level.NEAR),
        ("丽慧", "莉惠", Level.NEAR),
        ("丽慧", "建国", Level.DIFFERENT),
        ("john jr", "john", Level.FAR),
        ("john jr", "john sr", Level.DIFFERENT),
        ("john ii", "john jr", Level.EXACT),
        ("john sr", "john", Level.EXACT),
    ],
)
def test_given_names_agree_as_well_as_a_person_would_say(left: str, right: str, expected: Level) -> None:
    assert level(left, right) == expected
    assert level(right, left) == expected


def test_family_names_have_no_short_forms_and_no_middle_names() -> None:
    assert level("van dyke", "van berg", given=False) < Level.NEAR
    assert level("robert", "bob", given=False) == Level.DIFFERENT


def test_an_initial_is_alike_only_where_short_forms_are() -> None:
    names = as_texts(["j", "bob", "smith"]), as_texts(["james", "robert", "smyth"])

    assert alike_words(*names).tolist() == [False, False, True]
    assert alike_words(*names, short=True).tolist() == [True, True, True]
