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

from backend.core.duplicates.cluster import components
from backend.core.duplicates.decisions import UNDECIDED, Decided, Decisions
from backend.core.duplicates.find import Edges, Search, edges_of, group, search, standing, told
from backend.core.duplicates.later import numbers_of, put_beside, read_later
from backend.core.duplicates.learn import SIFTED_FROM
from backend.core.duplicates.postings import Postings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.core.duplicates.answer import Duplicates, RowKey
    from backend.core.duplicates.columns import Ints
    from backend.core.duplicates.field_model import Mask
    from backend.core.duplicates.later import Beside, Later
    from backend.core.duplicates.rules import MatchRules


@dataclass(frozen=True, slots=True)
class Touched:
    """What rows that came later changed.

    Attributes:
        rows: Keys of the rows whose groups may be others now: of those that are gone too.
        duplicates: Every pair and group that these rows are in now.
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
        self._search = search(frame, rules, decisions)
        self._numbers = numbers_of(self._search.columns)
        self._parts = self._search.model.count_parts(self._search.columns)
        self._postings = Postings(self._search.columns, len(frame), rules)
        edges = self._search.edges
        self._components = components(len(frame), edges.a, edges.b)
        in_order = self._search.keys[self._search.order].tolist()
        self._places: dict[RowKey, int] = {key: place for place, key in enumerate(in_order)}
        self.answer = told(self._search, rules)

    def find(self, later: pd.DataFrame, gone: Iterable[RowKey] = ()) -> Touched:
        """Find the groups of rows that changed or came since the index was made.

        Args:
            later: The rows as they are now, the index holding their keys: those of the register changed,
                others new. All that are other than when the index was made, with the columns the rules name.
            gone: Keys of rows that are in the register no more.
        """
        rows = read_later(later, self._rules, self._search.columns, self._numbers)
        stale = np.zeros(len(self._places), dtype=np.bool_)
        stale[[self._places[key] for key in (*rows.keys, *gone) if key in self._places]] = True
        found, touched = self._search_beside(rows, stale)
        named = self._search.keys[self._search.order[touched]]
        return Touched(
            rows=frozenset([*rows.keys, *named.tolist()]),
            duplicates=told(found, self._rules),
        )

    def answer_with(self, later: pd.DataFrame, gone: Iterable[RowKey] = ()) -> Duplicates:
        """Give the duplicates of the whole register as it is now; the arguments are those of `find`."""
        touched = self.find(later, gone)
        first = {key: place for place, key in enumerate(dict.fromkeys([*self._search.keys, *later.index]))}
        kept = [group for group in self.answer.groups if touched.rows.isdisjoint(group)]
        groups = sorted([*kept, *touched.duplicates.groups], key=lambda group: first[group[0]])
        old, new = self.answer.pairs, touched.duplicates.pairs
        pairs = pd.concat([old[~old["a"].isin(touched.rows)], new], ignore_index=True)
        number = {key: place for place, group in enumerate(groups) for key in group}
        pairs["group"] = [number[key] for key in pairs["a"]]
        left, right = (np.array([first[key] for key in pairs[side]], dtype=np.int64) for side in "ab")
        order = np.lexsort((right, left, -pairs["score"].to_numpy()))
        return replace(self.answer, pairs=pairs.take(order).reset_index(drop=True), groups=tuple(groups))

    def _search_beside(self, later: Later, stale: Mask) -> tuple[Search, Mask]:
        """Search the later rows and those that may belong with them; tell which rows are touched."""
        row, other, *among = self._postings.pairs(later)
        fresh = ~stale[other]
        row, other = row[fresh], other[fresh]
        near = self._rows_of(other, np.flatnonzero(stale), self._decided())
        chosen = np.flatnonzero(near & ~stale)
        beside = put_beside(self._search, chosen, later, self._parts)
        partner = beside.register[np.searchsorted(chosen, other)]
        a = np.concatenate([partner, beside.later[among[0]]])
        b = np.concatenate([beside.later[row], beside.later[among[1]]])
        decided = Decided(self._decisions, self._places_in(beside, chosen, later), len(beside.rows))
        edges = self._new_edges(beside, a, b, decided)
        ends = beside.rows[np.concatenate([edges.a, edges.b])]
        touched = self._rows_of(ends[ends >= 0], np.flatnonzero(stale))
        edges = _joined(edges, self._kept_edges(touched & ~stale, beside, chosen))
        labels = group(edges, beside.model, decided, len(beside.rows))
        return self._as_search(beside, later, edges, labels), touched

    def _rows_of(self, *rows: Ints) -> Mask:
        """Give the rows that are connected with any of these."""
        chosen = np.zeros(len(self._components), dtype=np.bool_)
        chosen[self._components[np.concatenate(rows)]] = True
        return chosen[self._components]

    def _decided(self) -> Ints:
        """Give the rows of the register that people decided about."""
        keys = {key for pair in (*self._decisions.same, *self._decisions.apart) for key in pair}
        return np.array([self._places[key] for key in keys if key in self._places], dtype=np.int64)

    def _places_in(self, beside: Beside, chosen: Ints, later: Later) -> dict[RowKey, int]:
        """Give where the rows stand that people decided about."""
        if self._decisions == UNDECIDED:
            return {}
        keys = self._search.keys[self._search.order[chosen]].tolist()
        kept = dict(zip(keys, beside.register, strict=True))
        return kept | dict(zip(later.keys, beside.later, strict=True))

    def _new_edges(self, beside: Beside, a: Ints, b: Ints, decided: Decided) -> Edges:
        """Give the pairs that may stand and have a later row in them."""
        model = beside.model
        if model.rows > SIFTED_FROM:
            a, b = model.sift(a, b)
        pairs = decided.with_same(model.compare(a, b), model)
        new = pairs.where((beside.rows[pairs.a] < 0) | (beside.rows[pairs.b] < 0))
        return edges_of(new, model, decided, self._rules)

    def _kept_edges(self, rows: Mask, beside: Beside, chosen: Ints) -> Edges:
        """Give the pairs of the register that may stand between these rows, as they are numbered here."""
        edges = self._search.edges
        kept = rows[edges.a] & rows[edges.b]
        a, b = (beside.register[np.searchsorted(chosen, side[kept])] for side in (edges.a, edges.b))
        return Edges(a, b, edges.bits[kept])

    def _as_search(self, beside: Beside, later: Later, edges: Edges, labels: Ints) -> Search:
        """Give what was found as a search of these rows, in the order of the register; new rows come last."""
        place, named = np.empty_like(beside.rows), np.empty(len(beside.rows), dtype=object)
        ours = self._search.order[beside.rows[beside.register]]
        place[beside.register], named[beside.register] = ours, self._search.keys[ours]
        place[beside.later] = [self._frame_place(key, number) for number, key in enumerate(later.keys)]
        named[beside.later] = np.fromiter(later.keys, dtype=object, count=len(later.keys))
        by_place = np.argsort(place)
        return replace(
            self._search,
            keys=named[by_place],
            order=np.argsort(by_place),
            columns=beside.columns,
            shared=beside.shared,
            model=beside.model,
            standing=standing(edges, labels, beside.model),
            edges=edges,
            labels=labels,
        )

    def _frame_place(self, key: RowKey, number: int) -> int:
        """Give where a later row stands in the frame: where it stood, or after all others."""
        place = self._places.get(key)
        return len(self._places) + number if place is None else int(self._search.order[place])


def _joined(one: Edges, other: Edges) -> Edges:
    return Edges(
        np.concatenate([one.a, other.a]),
        np.concatenate([one.b, other.b]),
        np.concatenate([one.bits, other.bits]),
    )
