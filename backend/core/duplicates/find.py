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
    """Give the rows in the order of what they hold, then of their keys; the sheet's order is not seen."""
    names = pd.factorize(index.astype(str), sort=True)[0]
    return np.lexsort((names, *(values.codes for values in reversed(columns)))).astype(np.int64)


def _groups(labels: Ints, order: Ints) -> tuple[list[list[int]], Ints]:
    """Give the groups as positions in the frame, in its order, and the number of each row's group."""
    by_row = np.empty(len(labels), dtype=np.int64)
    by_row[order] = labels
    numbers, distinct = pd.factorize(by_row)
    sizes = np.bincount(numbers, minlength=len(distinct))
    place = np.cumsum(sizes > 1) - 1
    group = np.where(sizes > 1, place, -1)[numbers] if len(numbers) else numbers
    members: list[list[int]] = [[] for _ in range(int(group.max(initial=-1)) + 1)]
    for row in np.flatnonzero(group >= 0):
        members[group[row]].append(int(row))
    return members, group


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A register that was searched. Its rows go by their position in the order of what they hold.

    Attributes:
        keys: Row keys, in the order of the frame.
        order: For each row its position in the frame.
        columns: The columns, normalised.
        shared: For each column, the codes that lost their weight.
        model: What the pairs were weighed by.
        standing: Every pair inside a group.
        edges: The pairs that may stand, and their log-odds.
        labels: For each row the number of its group.
        not_compared: Pairs that shared a block and were left out by a cap.
        too_long: Cells that are longer than what is compared.
    """

    keys: Keys
    order: Ints
    columns: Sequence[Values]
    shared: Sequence[Ints]
    model: Model
    standing: Compared
    edges: Edges
    labels: Ints
    not_compared: int = 0
    too_long: int = 0


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
    return told(search(frame, rules, decisions), rules)


def search(frame: pd.DataFrame, rules: MatchRules, decisions: Decisions = UNDECIDED) -> Search:
    """Search a frame for duplicates; the arguments are those of `find_duplicates`."""
    read = [read_column(frame[field.column], field) for field in rules.fields]
    order = _content_order(read, frame.index)
    read = [replace(values, codes=values.codes[order]) for values in read]
    columns = count_contents(read, len(frame))
    shared = find_shared(columns, len(frame), rules.max_shared)
    model = Model(columns, shared, len(frame))
    candidates = find_candidates(columns, len(frame), rules)
    not_compared, hopeful = candidates.not_compared, compare_hopeful(model, candidates)
    del candidates
    learn(model, hopeful)
    keys = np.fromiter(frame.index.tolist(), dtype=object, count=len(frame))
    decided = Decided(decisions, _places(keys[order]) if decisions != UNDECIDED else {}, len(frame))
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


def told(found: Search, rules: MatchRules) -> Duplicates:
    """Give what was found as it is told: rows by their keys, pairs with their evidence."""
    members, group_of = _groups(found.labels, found.order)
    return Duplicates(
        pairs=_pairs(found, group_of, rules),
        groups=tuple(tuple(found.keys[row] for row in rows) for rows in members),
        not_compared=found.not_compared,
        shared=_shared_values(found.columns, found.shared),
        too_long=found.too_long,
    )


def _places(keys: Keys) -> dict[RowKey, int]:
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


def _pairs(found: Search, group_of: Ints, rules: MatchRules) -> pd.DataFrame:
    """Give the standing pairs, best first, rows by their keys.

    Args:
        found: What was found.
        group_of: The number of the group of each row, by its position in the frame.
        rules: From which score a pair may be certain.
    """
    pairs, model = found.standing, found.model
    scored = model.weigh(pairs)
    score = probability(scored.total)
    certain = model.sure(pairs, scored.bits) & (score >= rules.certain_from)
    evidence = evidence_of(found.columns, found.shared, model.prior, scored, (pairs.a, pairs.b))
    left, right = found.order[pairs.a], found.order[pairs.b]
    left, right = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((right, left, -score))
    values = (
        found.keys[left],
        found.keys[right],
        score,
        np.where(certain, Strength.CERTAIN.value, Strength.POSSIBLE.value).astype(object),
        group_of[left],
        np.fromiter(evidence, dtype=object, count=len(evidence)),
    )
    return pd.DataFrame({name: value[order] for name, value in zip(PAIR_COLUMNS, values, strict=True)})


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
