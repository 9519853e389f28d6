from __future__ import annotations

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
    one = signature.inputs(tab_read("Customers", {"full_name": "甲", "mobile": 1}))
    moved = signature.inputs(tab_read("Customers", {"mobile": 1, "full_name": "甲"}))
    added = signature.inputs(tab_read("Customers", {"notes": "", "full_name": "甲", "mobile": 1.0}))

    assert one.to_dict() == moved.to_dict() == added.to_dict()
    assert one.index.tolist() == [2]


@pytest.mark.parametrize(
    "row",
    [{"full_name": "乙", "mobile": 1}, {"full_name": "甲", "phone_2": 1}, {"full_name": "甲", "mobile": "1"}],
)
def test_another_value_column_or_type_changes_the_hash(row: dict[str, object]) -> None:
    one = signature.inputs(tab_read("Customers", {"full_name": "甲", "mobile": 1}))

    assert signature.inputs(tab_read("Customers", row)).to_dict() != one.to_dict()


def test_stewards_own_cells_are_no_inputs() -> None:
    one = signature.inputs(tab_read("Customers", {"full_name": "甲", "tier": "重要"}))
    other = signature.inputs(tab_read("Customers", {"full_name": "甲", "tier": "一般"}))

    assert one.to_dict() == other.to_dict()


@pytest.mark.parametrize(
    ("row_id", "inputs", "block", "owner", "whole"),
    [
        ("C-1", "in", "out", True, True),
        ("C-1", "in", "other", True, False),
        ("C-1", "other", "out", False, False),
        ("C-2", "in", "out", False, False),
    ],
)
def test_a_signature_proves_its_id_inputs_and_block(
    row_id: str, inputs: str, block: str, *, owner: bool, whole: bool
) -> None:
    sig = signature.sign(row_id="C-1", inputs="in", block="out", run_id="run")

    assert sig == "C-1#in#out#run"
    assert signature.proves_inputs(sig, row_id=row_id, inputs=inputs) is owner
    assert signature.proves(sig, row_id=row_id, inputs=inputs, block=block) is whole


@pytest.mark.parametrize("sig", ["", "C-1#in#out", "C-1#in#out#run#more", 5, None, True])
def test_another_form_proves_nothing(sig: object) -> None:
    assert not signature.proves(sig, row_id="C-1", inputs="in", block="out")
