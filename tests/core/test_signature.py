from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import signature
from tests.builders import tab_read

cells = st.one_of(st.text(max_size=5), st.integers(-5, 5), st.booleans(), st.floats(allow_nan=False))


def canonical(cell: object) -> tuple[str, object]:
    return ("text" if isinstance(cell, str) else "truth" if isinstance(cell, bool) else "number", cell)


@given(st.lists(cells, max_size=4), st.lists(cells, max_size=4))
def test_rows_have_the_same_digest_when_they_hold_the_same_cells_only(one: list, other: list) -> None:  # type: ignore[type-arg]
    same = list(map(canonical, one)) == list(map(canonical, other))

    assert (signature.digest(one) == signature.digest(other)) == same


def test_a_mark_inside_a_cell_is_no_border_between_cells() -> None:
    assert len({signature.digest(row) for row in (["a\x1fsb"], ["a", "b"], ["ab", ""], ["a", "", "b"])}) == 4


def test_any_text_can_be_digested() -> None:
    assert len(signature.digest(["\ud800", 1e300, float("inf")])) == 10


def test_a_column_that_moves_or_is_added_empty_changes_no_hash() -> None:
    one = signature.hashes(tab_read("Customers", {"full_name": "甲", "mobile": 1}))
    moved = signature.hashes(tab_read("Customers", {"mobile": 1, "full_name": "甲"}))
    added = signature.hashes(tab_read("Customers", {"notes": "", "full_name": "甲", "mobile": 1.0}))

    assert one.to_dict() == moved.to_dict() == added.to_dict()
    assert one.index.tolist() == [2]


@pytest.mark.parametrize(
    "row",
    [{"full_name": "乙", "mobile": 1}, {"full_name": "甲", "phone_2": 1}, {"full_name": "甲", "mobile": "1"}],
)
def test_another_value_column_or_type_changes_the_hash(row: dict[str, object]) -> None:
    one = signature.hashes(tab_read("Customers", {"full_name": "甲", "mobile": 1}))

    assert signature.hashes(tab_read("Customers", row)).to_dict() != one.to_dict()


def test_stewards_own_cells_are_no_inputs() -> None:
    one = signature.hashes(tab_read("Customers", {"full_name": "甲", "tier": "重要"}))
    other = signature.hashes(tab_read("Customers", {"full_name": "甲", "tier": "一般"}))

    assert one.to_dict() == other.to_dict()


def test_name_and_contact_have_hashes_of_their_own() -> None:
    lines = [
        {"full_name": "甲", "mobile": "1", "notes": "x"},
        {"full_name": "甲", "mobile": "2", "notes": "x"},
        {"full_name": "乙", "mobile": "1"},
        {"notes": "x", "full_name": ""},
    ]
    one, two, three, nobody = signature.hashes(tab_read("Customers", *lines)).itertuples(index=False)

    assert len({one.inputs, two.inputs, three.inputs, nobody.inputs}) == 4
    assert (one.name == two.name, one.name == three.name, nobody.name) == (True, False, "")
    assert (one.contact == two.contact, one.contact == three.contact, nobody.contact) == (False, True, "")


def test_a_signature_is_taken_apart_and_put_together() -> None:
    sig = signature.unsigned("C-1", ("in", "name", ""), "out") + "#run"

    assert sig == "C-1#in#name##out#run"
    assert signature.parse(sig) == signature.Signature("C-1", "in", "name", "", "out", "run")
    assert signature.without_run(sig) == "C-1#in#name##out"


def test_a_signature_in_hexadecimal_is_read_as_the_one_that_is_written_now() -> None:
    read = tab_read("Customers", {"full_name": "甲", "notes": "x"})
    found = next(signature.hashes(read).itertuples(index=False))
    block = signature.block_hash(["重要", 5])
    old = "C-7K3M9-QX2V4#7bd976a974#ae729e41##ce13f6ac1e#20261121-0700-a1b2"
    now = signature.signed(signature.unsigned("C-7K3M9-QX2V4", found, block), "20261121-0700-a1b2")

    assert now.endswith("#2611210700a1b2")
    assert signature.without_run(old) == signature.without_run(now)
    assert signature.parse(old) == replace(signature.parse(now), run="20261121-0700-a1b2")  # type: ignore[type-var]


@pytest.mark.parametrize("sig", ["", "C-1#in#out", "C-1#in#n#c#out#run#more", 5, None, True])
def test_another_form_is_no_signature(sig: object) -> None:
    assert signature.parse(sig) is None
