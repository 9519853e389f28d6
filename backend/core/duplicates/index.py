"""A register that was searched, kept: rows that change or come later are searched for alone.

What was learnt from the register is kept with it: weights, how common a value is, which values too many
carry, what was left out by a cap. A value that comes later is as rare as one that a single row has. So rows
that come as they were give the pairs of the full search, and others those that a full search with the same
weights would give; one that learns anew may see pairs near the threshold otherwise. An index never changes:
it is given all the rows that are other than when it was made; when they are many, a new one is worth making.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.block import ranges
from backend.core.duplicates.cluster import components
from backend.core.duplicates.columns import BLANK, distinct
from backend.core.duplicates.decisions import UNDECIDED, Decided, Decisions
from backend.core.duplicates.find import (
    Edges,
    Found,
    answer_of,
    edges_of,
    group,
    places_of,
    search,
    standing,
    told,
)
from backend.core.duplicates.later import numbers_of, put_beside, read_later
from backend.core.duplicates.postings import Postings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.core.duplicates.answer import Duplicates, RowKey
    from backend.core.duplicates.columns import Ints
    from backend.core.duplicates.field_model import Mask
    from backend.core.duplicates.find import Keys
    from backend.core.duplicates.later import Beside, Later
    from backend.core.duplicates.rules import MatchRules


@dataclass(frozen=True, slots=True)
class Touched:
    """What rows that came later changed.

    Attributes:
        rows: Keys of the rows whose groups may be others now: of those that are gone too.
        duplicates: Every pair and group that these rows are in now; all else as in the whole register.
    """

    rows: frozenset[RowKey]
    duplicates: Duplicates


class Index:
    """The rows of a register, ready for rows that come later."""

    def __init__(self, frame: pd.DataFrame, rules: MatchRules, decisions: Decisions = UNDECIDED) -> None:
        """Search a register and keep what is needed for other rows.

        Args:
            frame: One row a customer, as in `find_duplicates`; no key stands twice.
            rules: Which column is what, and the thresholds.
            decisions: What people decided about pairs, also about rows that come later.

        Raises:
            KeyError: The rules name a column that the frame does not have.
        """
        self._rules, self._decisions = rules, decisions
        self._search = found = search(frame, rules, decisions)
        self._numbers = numbers_of(found.columns)
        self._cells = [frame[field.column].to_numpy(dtype=object)[found.order] for field in rules.by_kind]
        self._parts = found.model.count_parts(found.columns)
        self._postings = Postings(found.columns, len(frame), rules)
        self._connected = _Connected(components(len(frame), found.edges.a, found.edges.b))
        self._places = places_of(found.keys)
        named = {key for pair in (*decisions.same, *decisions.apart) for key in pair}
        self._decided = self._rows_of(named)
        self.answer = answer_of(found, rules)

    def find(self, later: pd.DataFrame, gone: Iterable[RowKey] = ()) -> Touched:
        """Find the groups of rows that changed or came since the index was made.

        Args:
            later: The rows as they are now, the index holding their keys: those of the register changed,
                others new. All that are other than when the index was made, with the columns the rules name.
            gone: Keys of rows that are in the register no more.
        """
        before = np.array([self._places.get(key, BLANK) for key in later.index.tolist()], dtype=np.int64)
        rows = read_later(later, before, self._cells, self._search.columns, self._numbers)
        stale = np.zeros(len(self._places), dtype=np.bool_)
        stale[before[before != BLANK]] = stale[self._rows_of(gone)] = True
        found, touched = self._search_beside(rows, stale)
        pairs, groups = told(found, self._rules)
        return Touched(
            rows=frozenset([*rows.keys, *self._search.keys[touched].tolist()]),
            duplicates=replace(self.answer, pairs=pairs, groups=groups),
        )

    def answer_with(self, later: pd.DataFrame, gone: Iterable[RowKey] = ()) -> Duplicates:
        """Give the duplicates of the whole register as it is now; the arguments are those of `find`."""
        touched = self.find(later, gone)
        first = dict(zip(self._search.keys.tolist(), self._search.order.tolist(), strict=True))
        for place, key in enumerate(later.index, start=len(first)):
            first.setdefault(key, place)
        kept = [group for group in self.answer.groups if touched.rows.isdisjoint(group)]
        groups = sorted([*kept, *touched.duplicates.groups], key=lambda group: first[group[0]])
        old, new = self.answer.pairs, touched.duplicates.pairs
        pairs = pd.concat([old[~old["a"].isin(touched.rows)], new], ignore_index=True)
        number = {key: place for place, group in enumerate(groups) for key in group}
        pairs["group"] = [number[key] for key in pairs["a"]]
        left, right = (np.array([first[key] for key in pairs[side]], dtype=np.int64) for side in "ab")
        order = np.lexsort((right, left, -pairs["score"].to_numpy()))
        return replace(self.answer, pairs=pairs.take(order).reset_index(drop=True), groups=tuple(groups))

    def _rows_of(self, keys: Iterable[RowKey]) -> Ints:
        """Give the rows of the register that have these keys."""
        return np.array([self._places[key] for key in keys if key in self._places], dtype=np.int64)

    def _search_beside(self, later: Later, stale: Mask) -> tuple[Found, Ints]:
        """Search the later rows and those that may belong with them; tell which rows are touched.

        Args:
            later: The later rows.
            stale: Which rows of the register are not what they were.
        """
        beside, a, b = self._pairs(later, stale)
        decided = Decided(self._decisions, self._named(beside.keys), len(beside.keys))
        edges = self._new_edges(beside, a, b, decided)
        ends = beside.rows[np.concatenate([edges.a, edges.b])]
        touched = self._connected.with_all(np.concatenate([ends[ends != BLANK], np.flatnonzero(stale)]))
        edges = _both(edges, self._kept_edges(touched[~stale[touched]], beside))
        labels = group(edges, beside.model, decided, len(beside.keys))
        found = Found(
            keys=beside.keys,
            order=beside.order,
            columns=beside.columns,
            shared=self._search.shared,
            model=beside.model,
            standing=standing(edges, labels, beside.model),
            labels=labels,
        )
        return found, touched

    def _pairs(self, later: Later, stale: Mask) -> tuple[Beside, Ints, Ints]:
        """Give the later rows with those that may belong with them, and the pairs of them to compare."""
        row, other, *among = self._postings.pairs(later)
        fresh = ~stale[other]
        row, other = row[fresh], other[fresh]
        near = self._connected.with_all(np.concatenate([other, np.flatnonzero(stale), self._decided]))
        beside = put_beside(self._search, near[~stale[near]], later, self._parts)
        a = np.concatenate([beside.place_of(other), beside.later[among[0]]])
        return beside, a, np.concatenate([beside.later[row], beside.later[among[1]]])

    def _named(self, keys: Keys) -> dict[RowKey, int]:
        """Give where the rows stand, where people decided about any."""
        return {} if self._decisions == UNDECIDED else places_of(keys)

    def _new_edges(self, beside: Beside, a: Ints, b: Ints, decided: Decided) -> Edges:
        """Give the pairs that may stand and have a later row in them."""
        pairs = decided.with_same(beside.model.compare(a, b, sift=True), beside.model)
        new = pairs.where((beside.rows[pairs.a] == BLANK) | (beside.rows[pairs.b] == BLANK))
        return edges_of(new, beside.model, decided, self._rules)

    def _kept_edges(self, rows: Ints, beside: Beside) -> Edges:
        """Give the pairs of the register that may stand between these rows, as they are numbered here."""
        edges, chosen = self._search.edges, np.zeros(len(self._places), dtype=np.bool_)
        chosen[rows] = True
        kept = np.flatnonzero(chosen[edges.a] & chosen[edges.b])
        return Edges(beside.place_of(edges.a[kept]), beside.place_of(edges.b[kept]), edges.bits[kept])


class _Connected:
    """Which rows are connected with which."""

    def __init__(self, labels: Ints) -> None:
        self._labels = labels
        self._rows = np.argsort(labels, kind="stable")
        self._counts = np.bincount(labels, minlength=len(labels))
        self._begins = np.cumsum(self._counts) - self._counts

    def with_all(self, rows: Ints) -> Ints:
        """Give these rows and all that are connected with them, ascending."""
        chosen = distinct(self._labels[rows])
        _, place = ranges(self._begins[chosen], self._counts[chosen])
        return np.sort(self._rows[place])


def _both(one: Edges, other: Edges) -> Edges:
    return Edges(
        np.concatenate([one.a, other.a]),
        np.concatenate([one.b, other.b]),
        np.concatenate([one.bits, other.bits]),
    )
