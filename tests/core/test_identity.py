from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core import signature
from backend.core.identity import ALPHABET, assign, check_character, is_row_id, row_ids
from tests.builders import SEED, Line, tab_read

if TYPE_CHECKING:
    from random import Random

B = "C-00000-00000"

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


def new_ids(number: int) -> list[str]:
    return list(islice(row_ids(SEED), number))


def signed(row_id: str, **cells: object) -> Line:
    """A row whose signature proves its inputs."""
    names = sorted(cells)
    inputs = signature.inputs(tab_read("Customers", cells, columns=names)).iloc[0]
    return {"row_id": row_id, **cells, "sig": f"{row_id}#{inputs}#{'0' * 10}#run"}


def test_a_row_without_an_id_gets_one_and_a_ghost_gets_none() -> None:
    ids = new_ids(2)

    found = assign(
        tab_read("Customers", {"full_name": "甲", "row_id": ""}, {"row_id": B}, {"full_name": "丙"}),
        seed=SEED,
    )

    assert found.ids == {2: ids[0], 4: ids[1]}
    assert (found.new, found.restored, found.copied, found.unclear) == ((2, 4), (), (), ())


def test_a_register_without_the_column_of_ids_gets_ids() -> None:
    found = assign(tab_read("Customers", {"full_name": "甲"}), seed=SEED)

    assert found.ids == {2: new_ids(1)[0]}


def test_an_empty_register_needs_no_ids() -> None:
    found = assign(tab_read("Customers"), seed=SEED)

    assert found.ids == {}


@pytest.mark.parametrize("wrong", ["C-00000-00001", "客户1", 5, True])
def test_an_id_that_is_not_ours_is_replaced(wrong: object) -> None:
    found = assign(tab_read("Customers", {"full_name": "甲", "row_id": wrong}), seed=SEED)

    assert found.ids == {2: new_ids(1)[0]}
    assert (found.new, found.restored) == ((), (2,))


def test_spaces_around_an_id_do_not_count() -> None:
    found = assign(tab_read("Customers", {"full_name": "甲", "row_id": f" {B}"}), seed=SEED)

    assert found.ids == {2: B}


def test_a_copied_row_gets_a_new_id_and_the_upper_one_keeps_its_own() -> None:
    row = signed(B, full_name="甲", mobile="13812348000")

    found = assign(tab_read("Customers", row, row), seed=SEED)

    assert found.ids == {2: B, 3: new_ids(1)[0]}
    assert found.copied == (3,)


def test_a_copy_that_was_edited_gets_the_new_id_even_above_the_original() -> None:
    row = signed(B, full_name="甲", mobile="13812348000")

    found = assign(tab_read("Customers", {**row, "full_name": "乙"}, row, {**row, "mobile": ""}), seed=SEED)

    assert found.ids == {2: new_ids(2)[0], 3: B, 4: new_ids(2)[1]}
    assert found.copied == (2, 4)


def test_rows_that_share_an_id_without_proof_are_not_written() -> None:
    row = {"full_name": "甲", "row_id": B, "sig": ""}

    found = assign(tab_read("Customers", row, row, {"full_name": "丙", "row_id": ""}), seed=SEED)

    assert found.ids == {2: "", 3: "", 4: new_ids(1)[0]}
    assert (found.copied, found.unclear) == ((), (2, 3))


living = st.lists(bodies.map(row_id), max_size=6, unique=True)
others = st.lists(st.sampled_from(["", "C-1", "x"]), max_size=4)


@settings(max_examples=40, deadline=None)
@given(living, others, st.randoms(use_true_random=False))
def test_living_rows_keep_their_ids_and_all_ids_differ(
    ids: list[str], rest: list[str], random: Random
) -> None:
    cells = [*ids, *rest]
    random.shuffle(cells)

    found = assign(tab_read("Customers", *({"full_name": "甲", "row_id": cell} for cell in cells)), seed=SEED)

    assert all(found.ids[row] == cell for row, cell in enumerate(cells, start=2) if cell in ids)
    assert all(map(is_row_id, found.ids.values()))
    assert len(set(found.ids.values())) == len(cells)
