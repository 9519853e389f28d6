"""The search for duplicates, from a frame of customers to pairs and groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from backend.core.duplicates.answer import Duplicates, SharedValue
from backend.core.duplicates.block import find_candidates
from backend.core.duplicates.cluster import MAX_INSIDE, cluster, inside_groups
from backend.core.duplicates.columns import read_column
from backend.core.duplicates.decisions import UNDECIDED, Decided, Decisions, obeying
from backend.core.duplicates.evidence import evidence_of, mask
from backend.core.duplicates.learn import compare_hopeful, learn
from backend.core.duplicates.rules import Strength
from backend.core.duplicates.score import Compared, Model, log_odds, probability
from backend.core.duplicates.shared import count_contents, find_shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.answer import RowKey
    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.field_model import Bits
    from backend.core.duplicates.rules import MatchRules

Keys = npt.NDArray[np.object_]

PAIR_COLUMNS = ("a", "b", "score", "strength", "group", "evidence")


def _content_order(columns: Sequence[Values], index: pd.Index) -> Ints:
    """Give the rows in the order of what they hold, then of their keys; no order of the sheet is seen."""
    names = pd.factorize(index.astype(str), sort=True)[0]
    return np.lexsort((names, *(values.codes for values in reversed(columns)))).astype(np.int64)


def _groups(labels: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Give the rows that are in a group, in the order of the frame, and each row's group or -1."""
    sizes = np.bincount(labels, minlength=len(labels))
    rows = np.flatnonzero(sizes[labels] > 1)
    rows = rows[np.argsort(order[rows])]
    group = np.full(len(labels), -1, dtype=np.int64)
    group[rows] = pd.factorize(labels[rows])[0]
    return rows, group


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rows that were searched. They go by their position in the order of what they hold.

    Attributes:
        keys: For each row its key.
        order: For each row a number that grows as the rows stand in the frame.
        columns: The columns, normalised.
        shared: For each column, the codes that lost their weight.
        model: What the pairs were weighed by.
        standing: Every pair inside a group.
        labels: For each row the number of its group.
    """

    keys: Keys
    order: Ints
    columns: Sequence[Values]
    shared: Sequence[Ints]
    model: Model
    standing: Compared
    labels: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Found):
    """A register that was searched.

    Attributes:
        edges: The pairs that may stand, and their log-odds.
        not_compared: Pairs that shared a block and were left out by a cap.
        too_long: Cells that are longer than what is compared.
    """

    edges: Edges
    not_compared: int
    too_long: int


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of rows that may stand."""

    a: Ints
    b: Ints
    bits: Bits


def find_duplicates(frame: pd.DataFrame, rules: MatchRules, decisions: Decisions = UNDECIDED) -> Duplicates:
    """Find the rows that are the same customer.

    Args:
        frame: One row a customer; the index holds the row keys. Reads the columns the rules name.
            Values are best normalised by the caller (phones E.164, dates ISO), but need not be;
            '', None and NaN are blank, and the first 200 characters of a cell are compared.
        rules: Which column is what, and the thresholds.
        decisions: What people decided about pairs of row keys; it is done, whatever the evidence says.

    Returns:
        Pairs, groups and what was left out. The order of the rows changes nothing but which row
        of a pair is called `a` and how groups are numbered.

    Raises:
        KeyError: The rules name a column that the frame does not have.

    >>> from backend.core.duplicates import FieldKind, MatchField, MatchRules
    >>> rules = MatchRules(fields=(MatchField(column="name", kind=FieldKind.PERSON_NAME),
    ...                            MatchField(column="phone", kind=FieldKind.PHONE)))
    >>> frame = pd.DataFrame({"name": ["张伟", "张伟"], "phone": ["+8613812348000"] * 2}, index=[2, 7])
    >>> find_duplicates(frame, rules).groups
    ((2, 7),)
    """
    return answer_of(search(frame, rules, decisions), rules)


def search(frame: pd.DataFrame, rules: MatchRules, decisions: Decisions = UNDECIDED) -> Search:
    """Search a frame for duplicates; the arguments are those of `find_duplicates`."""
    read = [read_column(frame[field.column], field) for field in rules.by_kind]
    order = _content_order(read, frame.index)
    read = [replace(values, codes=values.codes[order]) for values in read]
    columns = count_contents(read, len(frame))
    shared = find_shared(columns, len(frame), rules.max_shared)
    model = Model(columns, shared, len(frame))
    candidates = find_candidates(columns, len(frame), rules)
    not_compared, hopeful = candidates.not_compared, compare_hopeful(model, candidates)
    del candidates
    learn(model, hopeful)
    keys = np.fromiter(frame.index.tolist(), dtype=object, count=len(frame))[order]
    decided = Decided(decisions, places_of(keys) if decisions != UNDECIDED else {}, len(frame))
    decided.sharpen(model, hopeful)
    known = decided.with_same(hopeful, model)
    edges = edges_of(known, model, decided, rules)
    labels = group(edges, model, decided, len(frame))
    return Search(
        keys=keys,
        order=order,
        columns=columns,
        shared=shared,
        model=model,
        standing=standing(edges, labels, model),
        edges=edges,
        labels=labels,
        not_compared=not_compared,
        too_long=sum(values.too_long for values in columns),
    )


def answer_of(found: Search, rules: MatchRules) -> Duplicates:
    """Give what a register was found to hold."""
    pairs, groups = told(found, rules)
    return Duplicates(
        pairs=pairs,
        groups=groups,
        not_compared=found.not_compared,
        shared=_shared_values(found.columns, found.shared),
        too_long=found.too_long,
    )


def told(found: Found, rules: MatchRules) -> tuple[pd.DataFrame, tuple[tuple[RowKey, ...], ...]]:
    """Give pairs with their evidence, and groups; rows go by their keys."""
    rows, group_of = _groups(found.labels, found.order)
    members: list[list[RowKey]] = [[] for _ in range(int(group_of.max(initial=-1)) + 1)]
    for key, number in zip(found.keys[rows].tolist(), group_of[rows].tolist(), strict=True):
        members[number].append(key)
    return _pairs(found, group_of, rules), tuple(map(tuple, members))


def places_of(keys: Keys) -> dict[RowKey, int]:
    """Give the position of each row by its key."""
    return {key: place for place, key in enumerate(keys.tolist())}


def edges_of(pairs: Compared, model: Model, decided: Decided, rules: MatchRules) -> Edges:
    """Give the pairs that may stand, as the evidence and the decisions say."""
    total = model.totals(pairs) + decided.bits(pairs.a, pairs.b)
    good = total >= log_odds(rules.possible_from)
    return Edges(pairs.a[good], pairs.b[good], total[good])


def group(edges: Edges, model: Model, decided: Decided, rows: int) -> Ints:
    """Give each row the number of its group, as the evidence and the decisions say."""
    weigh = obeying(decided, lambda a, b: model.weigh(model.compare(a, b)).total)
    labels = cluster(rows, edges.a, edges.b, edges.bits, weigh)
    decided.keep_apart(labels)
    return labels


def standing(edges: Edges, labels: Ints, model: Model) -> Compared:
    """Give every pair of each group; of a group too large to look into, those that were found."""
    sizes = np.bincount(labels, minlength=len(labels))
    found = (labels[edges.a] == labels[edges.b]) & (sizes[labels[edges.a]] > MAX_INSIDE)
    a, b = inside_groups(labels, np.flatnonzero((sizes > 1) & (sizes <= MAX_INSIDE)))
    return model.compare(np.concatenate([edges.a[found], a]), np.concatenate([edges.b[found], b]))


def _pairs(found: Found, group_of: Ints, rules: MatchRules) -> pd.DataFrame:
    """Give the standing pairs, best first, rows by their keys.

    Args:
        found: What was found.
        group_of: The number of the group of each row.
        rules: From which score a pair may be certain.
    """
    pairs, model, order = found.standing, found.model, found.order
    scored = model.weigh(pairs)
    score = probability(scored.total)
    certain = model.sure(pairs, scored.bits) & (score >= rules.certain_from)
    evidence = evidence_of(found.columns, found.shared, model.prior, scored, (pairs.a, pairs.b))
    turned = order[pairs.a] > order[pairs.b]
    left, right = np.where(turned, pairs.b, pairs.a), np.where(turned, pairs.a, pairs.b)
    best_first = np.lexsort((order[right], order[left], -score))
    values = (
        found.keys[left],
        found.keys[right],
        score,
        np.where(certain, Strength.CERTAIN.value, Strength.POSSIBLE.value).astype(object),
        group_of[left],
        np.fromiter(evidence, dtype=object, count=len(evidence)),
    )
    return pd.DataFrame({name: value[best_first] for name, value in zip(PAIR_COLUMNS, values, strict=True)})


def _shared_values(columns: Sequence[Values], shared: Sequence[Ints]) -> tuple[SharedValue, ...]:
    return tuple(
        SharedValue(
            column=values.field.column,
            value=mask(str(values.texts[code]), values.field.kind),
            rows=int(values.rows[code]),
        )
        for values, codes in zip(columns, shared, strict=True)
        for code in codes
    )
