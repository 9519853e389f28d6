"""The search for duplicates, from a frame of customers to pairs and groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
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
    from backend.core.duplicates.rules import MatchRules

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
    read = [read_column(frame[field.column], field) for field in rules.fields]
    order = _content_order(read, frame.index)
    read = [replace(values, codes=values.codes[order]) for values in read]
    columns = count_contents(read, len(frame))
    shared = find_shared(columns, len(frame), rules.max_shared)
    model = Model(columns, shared, len(frame))
    candidates = find_candidates(columns, len(frame), rules)
    hopeful = compare_hopeful(model, candidates)
    learn(model, hopeful)
    decided = Decided(decisions, _places(frame.index, order) if decisions != UNDECIDED else {}, len(frame))
    labels = _group(model, hopeful, decided, rules)
    standing = _standing(hopeful, labels, model)
    members, group = _groups(labels, order)
    table = _pair_table(standing, model, order, rules)
    table["group"] = group[table["a"].to_numpy()]
    evidence = evidence_of(columns, shared, model.prior, model.weigh(standing), (standing.a, standing.b))
    table["evidence"] = pd.Series(evidence, index=table.index, dtype=object)
    keys = frame.index.tolist()
    return Duplicates(
        pairs=_named(table, keys),
        groups=tuple(tuple(keys[row] for row in rows) for rows in members),
        not_compared=candidates.not_compared,
        shared=_shared_values(columns, shared),
        too_long=sum(values.too_long for values in read),
    )


def _places(index: pd.Index, order: Ints) -> dict[RowKey, int]:
    """Give the position of each row key in the order of contents."""
    keys = index.tolist()
    return {keys[row]: place for place, row in enumerate(order.tolist())}


def _group(model: Model, hopeful: Compared, decided: Decided, rules: MatchRules) -> Ints:
    """Give each row the number of its group, as the evidence and the decisions say."""
    decided.sharpen(model, hopeful)
    known = decided.with_same(hopeful, model)
    total = model.totals(known) + decided.bits(known.a, known.b)
    good = total >= log_odds(rules.possible_from)
    weigh = obeying(decided, lambda a, b: model.weigh(model.compare(a, b)).total)
    labels = cluster(model.rows, known.a[good], known.b[good], total[good], weigh)
    decided.keep_apart(labels)
    return labels


def _standing(pairs: Compared, labels: Ints, model: Model) -> Compared:
    """Give every pair of each group; of a group too large to look into, those that were found."""
    large = np.bincount(labels, minlength=len(labels)) > MAX_INSIDE
    found = pairs.where((labels[pairs.a] == labels[pairs.b]) & large[labels[pairs.a]])
    grouped = np.flatnonzero((np.bincount(labels, minlength=len(labels)) > 1) & ~large)
    inside = model.compare(*inside_groups(labels, grouped))
    return Compared(
        np.concatenate([found.a, inside.a]),
        np.concatenate([found.b, inside.b]),
        np.concatenate([found.levels, inside.levels]),
    )


def _pair_table(pairs: Compared, model: Model, order: Ints, rules: MatchRules) -> pd.DataFrame:
    """Give the pairs with positions in the frame, score and strength, in the order of `pairs`."""
    scored = model.weigh(pairs)
    score = probability(scored.total)
    certain = scored.sure & (score >= rules.certain_from)
    left, right = order[pairs.a], order[pairs.b]
    return pd.DataFrame(
        {
            "a": np.minimum(left, right),
            "b": np.maximum(left, right),
            "score": score,
            "strength": np.where(certain, Strength.CERTAIN.value, Strength.POSSIBLE.value),
        }
    )


def _named(table: pd.DataFrame, keys: Sequence[RowKey]) -> pd.DataFrame:
    """Sort the pairs, best first, and name the rows by their keys."""
    ordered = table.sort_values(["score", "a", "b"], ascending=[False, True, True], ignore_index=True)
    for side in ("a", "b"):
        named = pd.Series([keys[row] for row in ordered[side]], dtype=object)
        ordered[side] = named
    return ordered[list(PAIR_COLUMNS)]


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
