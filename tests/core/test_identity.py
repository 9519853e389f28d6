from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.identity import ALPHABET, check_character, is_row_id, row_ids

bodies = st.text(ALPHABET, min_size=9, max_size=9).filter(lambda body: check_character(body) is not None)


def row_id(body: str) -> str:
    return f"C-{body[:5]}-{body[5:]}{check_character(body)}"


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("000000000", "0"),
        ("000000001", "A"),  # place 9 weighs 10
        ("100000000", "2"),  # place 1 weighs 2
        ("00000000G", "C"),  # 10 x 16 = 160 = 4 x 37 + 12
        ("Z00000000", "S"),  # 2 x 31 = 62 = 37 + 25
        ("0000000G0", None),  # 9 x 16 = 144 = 3 x 37 + 33, which no character stands for
    ],
)
def test_the_check_character_is_the_weighted_sum_modulo_37(body: str, check: str | None) -> None:
    assert check_character(body) == check


@given(bodies, st.data())
def test_every_wrong_character_is_noticed(body: str, data: st.DataObject) -> None:
    good = row_id(body)
    place = data.draw(st.sampled_from([2, 3, 4, 5, 6, 8, 9, 10, 11, 12]))
    other = data.draw(st.sampled_from([char for char in ALPHABET if char != good[place]]))

    assert is_row_id(good)
    assert not is_row_id(good[:place] + other + good[place + 1 :])


@given(bodies, st.integers(0, 8))
def test_every_swap_of_neighbours_is_noticed(body: str, place: int) -> None:
    chars = list(row_id(body).replace("-", "")[1:])
    swapped = [*chars]
    swapped[place], swapped[place + 1] = chars[place + 1], chars[place]
    text = "".join(swapped)

    assert is_row_id(f"C-{text[:5]}-{text[5:]}") == (swapped == chars)


@pytest.mark.parametrize(
    "text",
    ["", "C-00000-0000", "c-00000-00000", "C-00000-00000 ", "C-00000-000000", "CC-0000-00000", 5, None, 1.5],
)
def test_another_form_is_no_row_id(text: object) -> None:
    assert not is_row_id(text)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=64))
def test_new_ids_are_valid_unique_and_the_same_for_a_seed(seed: bytes) -> None:
    first = list(islice(row_ids(seed), 50))

    assert list(islice(row_ids(seed), 50)) == first
    assert len(set(first)) == 50
    assert all(map(is_row_id, first))
    assert list(islice(row_ids(seed, frozenset(first[:3])), 47)) == first[3:]
