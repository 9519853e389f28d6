from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.fields import identifier
from backend.core.fields.field import Cell, Context, Field
from backend.core.fields.memory import Memory, ReadColumn

CONTEXT = Context(today=date(2026, 11, 22))
ROWS = 2_000


class Counting:
    """A normaliser that notes what it read."""

    def __init__(self) -> None:
        self.read: list[Cell] = []

    def __call__(self, cell: Cell, context: Context) -> Field:
        self.read.append(cell)
        return identifier.normalise(cell, context)


def column(cells: list[Cell]) -> np.ndarray:
    made = np.empty(len(cells), dtype=object)
    made[:] = cells
    return made


def values(read: ReadColumn) -> list[object]:
    return [read.fields[code].value for code in read.codes]


def numbered(count: int = ROWS) -> list[Cell]:
    return [f"K{number}" for number in range(count)]


@pytest.fixture
def memory() -> Memory:
    return Memory(4 * ROWS)


def test_only_cells_that_changed_are_read_again(memory: Memory) -> None:
    normalise, cells = Counting(), numbered()
    memory.read(column(cells), "number", normalise, CONTEXT)
    normalise.read.clear()
    cells[7], cells[1_999] = "new", "K8"

    again = memory.read(column(cells), "number", normalise, CONTEXT)

    assert normalise.read == ["new", "K8"]
    assert values(again) == cells


def test_rows_that_moved_are_not_read_again(memory: Memory) -> None:
    normalise, cells = Counting(), numbered()
    memory.read(column(cells), "number", normalise, CONTEXT)
    normalise.read.clear()
    moved = ["new", *reversed(cells)]

    again = memory.read(column(moved), "number", normalise, CONTEXT)

    assert normalise.read == ["new"]
    assert values(again) == moved


@pytest.mark.parametrize(
    "other", [replace(CONTEXT, today=date(2026, 11, 23)), replace(CONTEXT, placeholders=frozenset({"k1"}))]
)
def test_another_day_or_rule_reads_everything_anew(memory: Memory, other: Context) -> None:
    normalise = Counting()
    memory.read(column(numbered()), "number", normalise, CONTEXT)
    normalise.read.clear()

    memory.read(column(numbered()), "number", normalise, other)

    assert len(normalise.read) == ROWS


@pytest.mark.parametrize(
    ("before", "after"), [(1, True), (1, 1.0), (True, 1), (0, False), ("1", 1), (1, "1")]
)
def test_equal_cells_of_another_type_are_other_cells(memory: Memory, before: Cell, after: Cell) -> None:
    normalise, cells = Counting(), numbered()
    memory.read(column([*cells, before]), "number", normalise, CONTEXT)
    normalise.read.clear()

    again = memory.read(column([*cells, after]), "number", normalise, CONTEXT)

    assert [(type(cell), cell) for cell in normalise.read] == [(type(after), after)]
    assert values(again)[-1] == identifier.normalise(after, CONTEXT).value


def test_the_column_read_longest_ago_is_forgotten_first(memory: Memory) -> None:
    normalise = Counting()
    for name in "abcdacde":
        memory.read(column(numbered()), name, normalise, CONTEXT)
    normalise.read.clear()

    for name in "eadcb":
        memory.read(column(numbered()), name, normalise, CONTEXT)

    assert len(normalise.read) == ROWS  # only b, which made room for e


def test_many_small_changes_do_not_make_a_column_grow_for_ever(memory: Memory) -> None:
    normalise, cells = Counting(), numbered()
    for turn in range(30):
        for place in range(100):
            cells[place] = f"{turn}-{place}"
        read = memory.read(column(cells), "number", normalise, CONTEXT)

    assert values(read) == cells
    assert len(read.fields) <= 2 * ROWS
    assert len(normalise.read) < 3 * ROWS + 30 * 100


CELLS = st.one_of(st.sampled_from(["", "a", "b", "1", " a "]), st.integers(0, 2), st.booleans(), st.floats())


@settings(deadline=None)
@given(
    before=st.lists(CELLS, max_size=30),
    after=st.lists(CELLS, max_size=30),
    places=st.lists(st.integers(0, ROWS - 1), max_size=5),
)
def test_what_is_remembered_is_what_would_be_read(
    before: list[Cell], after: list[Cell], places: list[int]
) -> None:
    memory, cells = Memory(10 * ROWS), [*numbered()[: ROWS - len(before)], *before]
    memory.read(column(cells), "x", identifier.normalise, CONTEXT)
    for place, cell in zip(places, after, strict=False):
        cells[place] = cell

    changed = memory.read(column(cells), "x", identifier.normalise, CONTEXT)
    grown = memory.read(column([*after, *cells]), "x", identifier.normalise, CONTEXT)

    assert values(changed) == [identifier.normalise(cell, CONTEXT).value for cell in cells]
    assert values(grown) == [identifier.normalise(cell, CONTEXT).value for cell in [*after, *cells]]
