from __future__ import annotations

import numpy as np

from backend.core.duplicates.columns import as_texts
from backend.core.duplicates.joined import joined


def test_two_arrays_are_asked_by_place_as_if_one_stood_behind_the_other() -> None:
    numbers = joined(np.array([10, 20, 30]), np.array([40, 50]))
    texts = joined(as_texts(["a", "b"]), as_texts(["c"]))

    assert numbers[np.array([4, 0, 3, 2, 0])].tolist() == [50, 10, 40, 30, 10]
    assert texts[np.array([2, 1])].tolist() == ["c", "b"]
    assert (len(numbers), len(texts)) == (5, 3)


def test_the_first_array_may_be_empty_and_without_a_second_it_stands_for_itself() -> None:
    nothing, some = np.zeros(0, dtype=np.int64), np.array([40, 50])

    assert joined(nothing, some)[np.array([1, 0])].tolist() == [50, 40]
    assert joined(some, nothing) is some
