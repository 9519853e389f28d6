from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.fields import identifier, money, phone, text
from backend.core.fields.column import apply, apply_each
from backend.core.fields.field import Context, Field, State

CONTEXT = Context(today=date(2026, 11, 22))


def cells(*values: object, index: list[int] | None = None) -> pd.Series:
    return pd.Series(list(values), index=index, dtype=object)


def test_a_column_keeps_its_index_and_tells_values_and_states() -> None:
    column = apply(cells("13800138000", "", "x", "13800138000", index=[5, 2, 9, 7]), phone.normalise, CONTEXT)

    assert column.values.to_dict() == {5: "+8613800138000", 2: "", 9: "", 7: "+8613800138000"}
    assert column.states.to_dict() == {5: State.VALID, 2: State.BLANK, 9: State.INVALID, 7: State.VALID}
    assert column.field(1).state is State.BLANK


def test_only_cells_with_something_to_say_are_iterated() -> None:
    column = apply(
        cells("13800138000", "x", "138-0013-8000", "x", index=[2, 3, 4, 5]), phone.normalise, CONTEXT
    )

    assert [row for row, _ in column.findings()] == [3, 5]
    assert [(row, field.suggestion) for row, field in column.suggestions()] == [(4, "+8613800138000")]


def test_each_distinct_cell_is_read_once() -> None:
    read: list[object] = []

    def note(cell: object, context: Context) -> Field:
        read.append(cell)
        return text.normalise(cell, context)

    apply(cells("a", "b", "a", "a", "b"), note, CONTEXT)

    assert read == ["a", "b"]


def test_one_and_one_point_zero_and_true_are_kept_apart() -> None:
    column = apply(pd.Series([1, 1.0, True, "1", 0, False, 1, True], dtype=object), text.normalise, CONTEXT)

    assert column.values.tolist() == ["1", "1", "TRUE", "1", "0", "FALSE", "1", "TRUE"]


@given(
    values=st.lists(
        st.one_of(st.text(max_size=3), st.integers(-2, 2), st.floats(), st.booleans()), max_size=20
    )
)
def test_a_column_is_its_cells_one_by_one(values: list[object]) -> None:
    column = apply(cells(*values), identifier.normalise, CONTEXT)

    assert column.values.tolist() == [identifier.normalise(value, CONTEXT).value for value in values]


def test_every_row_can_have_its_own_context() -> None:
    yen = replace(CONTEXT, currency="JPY")
    column = apply_each(
        cells(12, 12, "x", 12, index=[4, 3, 2, 1]), money.normalise, [CONTEXT, yen, yen, replace(CONTEXT)]
    )

    assert column.values.to_dict() == {4: 1200, 3: 12, 2: "", 1: 1200}
    assert [row for row, _ in column.findings()] == [2]
    assert len(column.fields) == 3


@pytest.mark.parametrize("dtype", [object, "str"])
def test_an_empty_column_is_empty(dtype: object) -> None:
    column = apply(pd.Series([], dtype=dtype), text.normalise, CONTEXT)

    assert (column.values.tolist(), list(column.findings()), column.states.tolist()) == ([], [], [])
    assert apply_each(pd.Series([], dtype=dtype), text.normalise, []).values.tolist() == []


def test_a_million_repeated_cells_take_less_than_a_second() -> None:
    repeated = cells(*(f"1380013{number % 10_000:04}" for number in range(1_000_000)))
    apply(repeated[:10], phone.normalise, CONTEXT)

    started = time.process_time()
    column = apply(repeated, phone.normalise, CONTEXT)
    values = column.values
    seconds = time.process_time() - started

    assert (values.iloc[-1], seconds < 1.0) == ("+8613800139999", True)
