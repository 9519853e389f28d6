"""Values over stretches of rows and columns: a format on a whole column is one entry, not one a cell."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from backend.localsheets.grid import Area, Shift

Span: TypeAlias = tuple[int, int, Any]
"""First index, index after the last, value; a value is never changed in place."""


class Runs:
    """Values along one dimension, as sorted stretches that do not touch; an index without one has None."""

    __slots__ = ("spans",)

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        self.spans: list[Span] = list(spans)

    def copy(self) -> "Runs":
        """Give runs that can be changed without changing these."""
        return Runs(self.spans)

    def at(self, index: int) -> Any:
        """Give the value at an index, or None."""
        place = bisect_right(self.spans, index, key=_first) - 1
        if place < 0 or self.spans[place][1] <= index:
            return None
        return self.spans[place][2]

    def pieces(self, first: int, end: int) -> Iterator[Span]:
        """Give the stretches that cover first..end-1, those without a value too (value None)."""
        place = max(bisect_right(self.spans, first, key=_first) - 1, 0)
        for start, stop, value in self.spans[place:]:
            if stop <= first:
                continue
            if start >= end:
                break
            if start > first:
                yield first, start, None
                first = start
            yield first, min(stop, end), value
            first = min(stop, end)
        if first < end:
            yield first, end, None

    def put(self, first: int, end: int, value: object) -> None:
        """Give first..end-1 one value; None takes the value away."""
        self.put_all([(first, end, value)])

    def put_all(self, pieces: Sequence[Span]) -> None:
        """Replace neighbouring stretches at once, in order and without gaps."""
        if not pieces:
            return
        first, end = pieces[0][0], pieces[-1][1]
        low = bisect_right(self.spans, first, key=_first)
        low = max(low - 1, 0)
        high = low
        around: list[Span] = []
        while high < len(self.spans) and self.spans[high][0] <= end:
            around.append(self.spans[high])
            high += 1
        before = [(start, min(stop, first), value) for start, stop, value in around if start < first]
        after = [(max(start, end), stop, value) for start, stop, value in around if stop > end]
        self.spans[low:high] = _joined([*before, *pieces, *after])

    def change(self, first: int, end: int, rule: Callable[[Any], Any]) -> None:
        """Replace the values of first..end-1 by what the rule makes of them."""
        self.put_all([(start, stop, rule(value)) for start, stop, value in self.pieces(first, end)])

    def shift(self, shift: Shift, inherit: int | None = None) -> None:
        """Follow rows or columns that are inserted, deleted or moved.

        Args:
            shift: What happened.
            inherit: For an insertion, the index (from before) whose value the new ones get.
        """
        if shift.kind == "insert":
            value = None if inherit is None else self.at(inherit)
            self._open(shift.start, shift.count)
            self.put(shift.start, shift.end, value)
        elif shift.kind == "delete":
            self._close(shift.start, shift.end)
        else:
            block = list(self.pieces(shift.start, shift.end))
            self._close(shift.start, shift.end)
            self._open(shift.landing, shift.count)
            offset = shift.landing - shift.start
            self.put_all([(start + offset, stop + offset, value) for start, stop, value in block])

    def _open(self, at: int, count: int) -> None:
        spans: list[Span] = []
        for start, stop, value in self.spans:
            if stop <= at:
                spans.append((start, stop, value))
            elif start >= at:
                spans.append((start + count, stop + count, value))
            else:
                spans += [(start, at, value), (at + count, stop + count, value)]
        self.spans = spans

    def _close(self, first: int, end: int) -> None:
        count = end - first
        spans: list[Span] = []
        for start, stop, value in self.spans:
            new_start = start if start <= first else max(first, start - count)
            new_stop = stop if stop <= first else max(first, stop - count)
            if new_start < new_stop:
                spans.append((new_start, new_stop, value))
        self.spans = _joined(spans)

    def reorder(self, first: int, order: Sequence[int]) -> None:
        """Put the value of index order[k] at first + k, for every k."""
        values = [self.at(index) for index in order]
        self.put_all([(first + place, first + place + 1, value) for place, value in enumerate(values)])


def _first(span: Span) -> int:
    return span[0]


def _joined(spans: Sequence[Span]) -> list[Span]:
    result: list[Span] = []
    for start, stop, value in spans:
        if value is None or start >= stop:
            continue
        if result and result[-1][1] == start and result[-1][2] == value:
            result[-1] = (result[-1][0], stop, value)
        else:
            result.append((start, stop, value))
    return result


class Layer:
    """One kind of value over a grid (formats, notes or validation rules): runs of rows for each column."""

    __slots__ = ("columns",)

    def __init__(self, columns: dict[int, Runs] | None = None) -> None:
        self.columns: dict[int, Runs] = columns or {}

    def copy(self) -> "Layer":
        """Give a layer that can be changed without changing this one."""
        return Layer({column: runs.copy() for column, runs in self.columns.items() if runs.spans})

    def at(self, row: int, column: int) -> Any:
        """Give the value of a cell, or None."""
        runs = self.columns.get(column)
        return None if runs is None else runs.at(row)

    def put(self, area: Area, value: object) -> None:
        """Give all cells of an area one value; None takes it away."""
        self.change(area, lambda _: value)

    def change(self, area: Area, rule: Callable[[Any], Any]) -> None:
        """Replace the values in an area by what the rule makes of them."""
        for column in range(area.left, area.right):
            runs = self.columns.setdefault(column, Runs())
            runs.change(area.top, area.bottom, rule)
            if not runs.spans:
                del self.columns[column]

    def shift(self, shift: Shift, inherit: int | None = None) -> None:
        """Follow rows or columns that are inserted, deleted or moved; see `Runs.shift`."""
        if shift.dimension == "ROWS":
            for runs in self.columns.values():
                runs.shift(shift, inherit)
            return
        source = Runs([(column, column + 1, column) for column in sorted(self.columns)])
        source.shift(shift, inherit)
        self.columns = {
            column: self.columns[old].copy()
            for start, stop, old in source.spans
            for column in range(start, stop)
        }

    def reorder(self, area: Area, order: Sequence[int]) -> None:
        """Put the values of row order[k] at row area.top + k, within the columns of the area."""
        for column in range(area.left, area.right):
            if column in self.columns:
                self.columns[column].reorder(area.top, order)

    def crop(self, row_count: int, column_count: int) -> None:
        """Forget what lies outside a grid of this size."""
        for column in [each for each in self.columns if each >= column_count]:
            del self.columns[column]
        for runs in self.columns.values():
            runs.put(row_count, 1 << 40, None)

    def extent(self, area: Area) -> tuple[int, int]:
        """Give the row and the column after the last value inside an area; the area's own corner if none."""
        bottom, right = area.top, area.left
        for column, runs in self.columns.items():
            if not area.left <= column < area.right:
                continue
            for start, stop, value in runs.pieces(area.top, area.bottom):
                if value is not None and start < stop:
                    bottom, right = max(bottom, stop), max(right, column + 1)
        return bottom, right
