from __future__ import annotations

import numpy as np
import pytest

from backend.core.duplicates.columns import as_texts
from backend.core.duplicates.nicknames import lines_of, one_name


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("robert", "bob", True),
        ("bert", "albert", True),
        ("bert", "herbert", True),
        ("peggy", "maggie", True),
        ("robert", "albert", False),
        ("jane", "john", False),
        ("plato", "plato", False),
    ],
)
def test_names_on_one_line_are_one_name(left: str, right: str, one: bool) -> None:  # noqa: FBT001  # the answer
    lines = lines_of(as_texts([left, right]), 2)

    assert one_name(lines[:1], lines[1:]).tolist() == [one]


def test_places_beyond_the_names_have_no_lines() -> None:
    lines = lines_of(as_texts(["bob"]), 3)

    assert lines.shape[0] == 3
    assert np.count_nonzero(lines[0])
    assert not lines[1:].any()
