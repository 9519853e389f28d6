"""Runs behave as a plain list of values would."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from backend.localsheets.grid import Area, Shift
from backend.localsheets.runs import Layer, Runs

SIZE = 12
lines = st.lists(st.sampled_from([None, "a", "b"]), min_size=SIZE, max_size=SIZE)
indexes = st.integers(min_value=0, max_value=SIZE - 1)


def runs_of(values: list[str | None]) -> Runs:
    runs = Runs()
    for place, value in enumerate(values):
        runs.put(place, place + 1, value)
    return runs


def values_of(runs: Runs, size: int = SIZE) -> list[str | None]:
    return [runs.at(place) for place in range(size)]


@given(lines, indexes, indexes, st.sampled_from([None, "a", "c"]))
def test_a_stretch_gets_one_value(values: list[str | None], one: int, other: int, value: str | None) -> None:
    first, end = min(one, other), max(one, other)
    runs = runs_of(values)

    runs.put(first, end, value)

    assert values_of(runs) == [*values[:first], *[value] * (end - first), *values[end:]]


@given(lines)
def test_neighbours_with_one_value_are_one_stretch(values: list[str | None]) -> None:
    spans = runs_of(values).spans

    assert all(one[1] < other[0] or one[2] != other[2] for one, other in itertools.pairwise(spans))
    assert [(start, stop) for start, stop, _ in runs_of(values).pieces(0, SIZE)][-1][1] == SIZE


@given(lines, indexes, indexes, indexes)
def test_runs_follow_their_rows(values: list[str | None], one: int, other: int, target: int) -> None:
    first, end = min(one, other), max(one, other) + 1
    count = end - first

    inserted, deleted = runs_of(values), runs_of(values)
    inserted.shift(Shift(kind="insert", dimension="ROWS", start=first, count=count), inherit=one)
    deleted.shift(Shift(kind="delete", dimension="ROWS", start=first, count=count))

    assert values_of(inserted) == [*values[:first], *[values[one]] * count, *values[first:]][:SIZE]
    assert values_of(deleted) == [*values[:first], *values[end:], *[None] * count]
    if not first <= target <= end:
        moved = runs_of(values)
        shift = Shift(kind="move", dimension="ROWS", start=first, count=count, target=target)
        moved.shift(shift)
        rest = [*values[:first], *values[end:]]
        expected = [*rest[: shift.landing], *values[first:end], *rest[shift.landing :]]
        assert values_of(moved) == expected


@given(lines, st.permutations(range(SIZE)))
def test_runs_are_put_in_another_order(values: list[str | None], order: list[int]) -> None:
    runs = runs_of(values)

    runs.reorder(0, order)

    assert values_of(runs) == [values[place] for place in order]


def test_a_layer_copied_is_not_changed_with_its_copy() -> None:
    layer = Layer()
    layer.put(Area(0, 2, 0, 2), "x")
    twin = layer.copy()

    twin.put(Area(0, 2, 0, 2), None)

    assert (layer.at(1, 1), twin.at(1, 1)) == ("x", None)
