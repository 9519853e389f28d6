"""Who owns which id, after people have copied, edited, sorted, cleared and retyped."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core import signature
from backend.core.identity import ALPHABET, check_character, is_row_id, row_ids
from backend.core.ownership import DOUBTED, Identities, assign, given_back, signatures
from tests.builders import SEED, Line, tab_read

if TYPE_CHECKING:
    from collections.abc import Collection
    from random import Random

A, B, C, D = (
    f"C-{body[:5]}-{body[5:]}{check_character(body)}"
    for body in ("100000000", "000000000", "000000001", "00000000G")
)

bodies = st.text(ALPHABET, min_size=9, max_size=9).filter(lambda body: check_character(body) is not None)


def row_id(body: str) -> str:
    return f"C-{body[:5]}-{body[5:]}{check_character(body)}"


def new_ids(number: int) -> list[str]:
    return list(islice(row_ids(SEED), number))


def signed(row_id: str, **cells: object) -> Line:
    """A row whose signature proves its inputs."""
    found = signature.hashes(tab_read("Customers", cells, columns=sorted(cells))).iloc[0]
    return {"row_id": row_id, **cells, "sig": f"{signature.unsigned(row_id, found, '0' * 10)}#run"}


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


ANN = signed(A, full_name="甲", mobile="1", notes="x")
BEN = signed(B, full_name="乙", mobile="2", notes="y")
CAT = signed(C, full_name="丙", mobile="3", notes="z")


def block_of(line: Line) -> Line:
    return {name: line[name] for name in ("row_id", "sig")}


def cells_of(line: Line) -> Line:
    return {name: cell for name, cell in line.items() if name not in ("row_id", "sig")}


def assigned(*lines: Line, placed: Collection[str] = ()) -> Identities:
    return assign(tab_read("Customers", *lines), seed=SEED, placed=placed)


def test_a_sort_that_left_the_block_behind_is_followed() -> None:
    found = assigned(
        {**block_of(ANN), **cells_of(CAT)},
        {**block_of(BEN), **cells_of(ANN)},
        {**block_of(CAT), **cells_of(BEN)},
    )

    assert found.ids == {2: C, 3: A, 4: B}
    assert (found.moved, found.unclear) == ((2, 3, 4), ())


@pytest.mark.parametrize(
    "edit", [{"notes": "!"}, {"mobile": "9"}, {"full_name": "甲甲"}, {"mobile": "9", "notes": ""}]
)
def test_a_row_that_was_sorted_apart_and_edited_is_known_by_name_or_contact(edit: Line) -> None:
    found = assigned({**block_of(BEN), **cells_of(ANN), **edit}, {**block_of(ANN), **cells_of(BEN)})

    assert found.ids == {2: A, 3: B}


def test_a_row_beyond_recognition_beside_moved_ones_is_left_to_a_person() -> None:
    changed = {"full_name": "新", "mobile": "8", "notes": ""}
    apart = [{**block_of(ANN), **cells_of(BEN)}, {**block_of(BEN), **cells_of(ANN)}]

    found = assigned(*apart, {**CAT, **changed})

    assert (found.ids, found.unclear) == ({2: B, 3: A, 4: ""}, (4,))


def test_a_row_apart_and_beyond_recognition_gets_a_new_id() -> None:
    changed = {"full_name": "新", "mobile": "8", "notes": ""}

    found = assigned({**block_of(BEN), **cells_of(ANN)}, {**block_of(ANN), **cells_of(BEN), **changed})

    assert found.ids == {2: A, 3: new_ids(1)[0]}


def test_an_id_whose_block_was_deleted_comes_back_to_its_customer() -> None:
    known = signatures(tab_read("Customers", ANN, BEN))

    found = assign(tab_read("Customers", {**block_of(ANN), **cells_of(BEN)}), seed=SEED, known=known)

    assert found.ids == {2: B}


def test_two_rows_beyond_recognition_beside_moved_ones_are_left_to_a_person() -> None:
    apart = [{**block_of(ANN), **cells_of(BEN)}, {**block_of(BEN), **cells_of(ANN)}]
    strangers = [
        {**block_of(line), "full_name": name} for line, name in ((CAT, "?"), (signed(D, full_name="丁"), "!"))
    ]

    found = assigned(*apart, *strangers)

    assert found.ids == {2: B, 3: A, 4: "", 5: ""}
    assert {row: sig.row_id for row, sig in found.doubted.items()} == {4: C, 5: D}
    marked = [{**line, "sig": str(line["sig"]).replace("0" * 10, DOUBTED)} for line in strangers]
    assert assigned(*marked).unclear == (2, 3), "also when nothing else is apart any more"
    said_new = assigned({**marked[0], "row_id": ""}, marked[1])
    assert (said_new.ids[2] in (C, D, ""), said_new.ids[3]) == (False, "")
    assert assigned({**CAT, "sig": marked[0]["sig"]}).ids == {2: C}, "the name came back"


def test_a_row_with_another_name_and_contact_keeps_its_id_while_nothing_is_apart() -> None:
    found = assigned(ANN, {**BEN, "full_name": "新", "mobile": "8"})

    assert found.ids == {2: A, 3: B}


@pytest.mark.parametrize("typed", ["", "x", "C-00000-00001"])
@pytest.mark.parametrize("edit", [{}, {"mobile": "9"}, {"full_name": "甲甲"}])
def test_an_id_that_was_cleared_or_retyped_comes_back(typed: str, edit: Line) -> None:
    found = assigned({**ANN, "row_id": typed, **edit}, BEN)

    assert found.ids == {2: A, 3: B}
    assert (found.new, found.restored) == ((), (2,))


def test_an_id_typed_over_with_another_rows_goes_back() -> None:
    found = assigned({**ANN, "row_id": B}, BEN)

    assert found.ids == {2: A, 3: B}


def test_cells_cut_into_a_blank_row_take_their_id_along() -> None:
    found = assigned(block_of(ANN), BEN, cells_of(ANN))

    assert found.ids == {3: B, 4: A}
    assert found.moved == (4,)


def test_cells_copied_into_a_blank_row_are_a_new_customer() -> None:
    found = assigned(ANN, cells_of(ANN))

    assert found.ids == {2: A, 3: new_ids(1)[0]}


def test_copies_of_which_both_were_edited_are_left_to_a_person() -> None:
    found = assigned({**ANN, "notes": "1"}, {**ANN, "notes": "2"})

    assert (found.ids, found.unclear, dict(found.doubted)) == ({2: "", 3: ""}, (2, 3), {})


def test_a_row_in_doubt_that_carries_the_id_of_another_row_is_told_apart() -> None:
    edited = {**BEN, "notes": "1"}

    found = assigned({**edited, "row_id": A}, {**edited, "row_id": "", "notes": "2"}, {**ANN, "notes": "3"})

    assert (found.ids, found.unclear) == ({2: "", 3: "", 4: A}, (2, 3))
    assert (found.borrowed, dict(found.doubted)) == ((2,), {})


def test_an_id_that_two_rows_contest_is_nobody_elses() -> None:
    other = {"row_id": A, "sig": BEN["sig"], "mobile": "7", "notes": "w"}

    found = assigned({**ANN, "notes": "1"}, {**ANN, "notes": "2"}, other)

    assert (found.ids, found.unclear) == ({2: "", 3: "", 4: ""}, (2, 3, 4))


def test_a_write_that_hit_another_row_does_not_cost_it_its_id() -> None:
    before = tab_read("Customers", ANN, BEN, CAT)
    hit = {**BEN, "sig": ANN["sig"]}

    found = assign(tab_read("Customers", hit, ANN, CAT), seed=SEED, known=signatures(before))

    assert found.ids == {2: B, 3: A, 4: C}


def test_a_row_hit_and_sorted_apart_is_known_by_what_stood_there_before() -> None:
    before = tab_read("Customers", ANN, BEN, CAT)
    lines = [{"row_id": B, "sig": ANN["sig"], **cells_of(CAT)}, {**block_of(CAT), **cells_of(BEN)}]

    found = assign(tab_read("Customers", *lines), seed=SEED, known=signatures(before))

    assert found.ids == {2: C, 3: B}


def test_an_id_given_back_by_this_run_proves_nothing_about_the_row_it_stands_on() -> None:
    other = {"row_id": A, "sig": ANN["sig"], "full_name": "新人", "mobile": "13999990000"}

    found = assigned(other, BEN, placed={A})

    assert (found.ids, found.unclear, set(found.doubted)) == ({2: "", 3: B}, (2,), {2})
    assert assigned(other, BEN).ids == {2: A, 3: B}


def test_an_id_given_back_stays_with_the_row_that_is_like_its_customer() -> None:
    found = assigned({**ANN, "notes": "edited since"}, BEN, placed={A})

    assert found.ids == {2: A, 3: B}


def test_ids_given_back_are_those_that_somebody_had_before() -> None:
    customers = tab_read("Customers", {**ANN, "row_id": ""}, cells_of(BEN), {**CAT, "row_id": B})
    before = customers.frame[["row_id"]]
    after = before.assign(row_id=[A, new_ids(1)[0], C])

    assert given_back(customers, before, after, known=()) == {A, C}
    assert given_back(customers, before, before, known=()) == set()
    assert given_back(customers, before.iloc[:0], after.iloc[:0, :0], known=()) == set()


def test_a_block_without_its_id_proves_nothing_once_rows_came_apart() -> None:
    """Its customer was deleted, and a sort put another one's cells beside what was left of it."""
    left_behind = {"row_id": "", "sig": ANN["sig"], **cells_of(BEN)}
    sorted_in = {**block_of(BEN), **cells_of(CAT)}

    found = assigned(left_behind, sorted_in, {**left_behind, "full_name": "新人", "mobile": "13999990000"})

    assert found.ids == dict(zip((2, 3, 4), [B, *new_ids(2)], strict=True))


def test_a_row_unlike_its_block_is_in_doubt_where_this_run_has_moved_ids() -> None:
    copy = {**ANN, "full_name": "Zoe", "mobile": "7"}
    read = tab_read("Customers", copy, BEN)

    assert assign(read, seed=SEED).ids == {2: A, 3: B}
    assert assign(read, seed=SEED, placed={C}).unclear == (2,)


def test_a_row_whose_id_was_cleared_keeps_it_while_rows_are_together() -> None:
    edited = {"row_id": "", "sig": ANN["sig"], "full_name": "新人", "mobile": "13999990000"}

    assert assigned(edited, BEN).ids == {2: A, 3: B}
