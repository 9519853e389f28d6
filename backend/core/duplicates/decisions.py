"""What people decided about pairs: obeyed to the letter, and from thirty on a lesson for the weights.

The lesson is a logistic regression on what each column says, held near the weights as they are: a factor
for each column and one shift. Source: A. Gelman and others, "A weakly informative default prior
distribution for logistic and other regression models", Annals of Applied Statistics 2 (2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates.score import Compared, probability

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.core.duplicates.answer import RowKey
    from backend.core.duplicates.columns import Ints
    from backend.core.duplicates.field_model import Bits
    from backend.core.duplicates.score import Model

LEAST_LESSONS, LEAST_OF_EACH = 30, 5
"""Decisions from which the weights are sharpened: in all, and of either kind."""
_HELD = 20.0
"""How strongly factors are held at 1 and the shift at 0, in decisions."""
_SAMPLE = 5_000
_OPINION = 0.5
_ROUNDS = 25
_LEAST_FACTOR, _MOST_FACTOR = 0.2, 3.0
DECIDED = np.float32(1_000.0)
"""Bits beyond all evidence: what people decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Pairs of row keys that people decided about.

    Attributes:
        same: One customer.
        apart: Two customers, whether related or not.
        lessons: Two customers, for the weights to learn from and no more: a third row may be like both, and
            whose it is has to be seen.
    """

    same: tuple[tuple[RowKey, RowKey], ...] = ()
    apart: tuple[tuple[RowKey, RowKey], ...] = ()
    lessons: tuple[tuple[RowKey, RowKey], ...] = ()


UNDECIDED = Decisions()
"""Nobody decided anything."""


class Decided:
    """The decisions about one frame, by row position."""

    def __init__(self, decisions: Decisions, places: Mapping[RowKey, int], rows: int) -> None:
        """Find the rows that people decided about; a row that is gone takes its decisions with it."""
        self._rows = max(rows, 1)
        self.same = self._pairs(decisions.same, places)
        self.apart = self._two = self._pairs(decisions.apart, places)
        if decisions != UNDECIDED:
            self.apart = np.setdiff1d(self.apart, self.same)
            self._two = np.union1d(
                self.apart, np.setdiff1d(self._pairs(decisions.lessons, places), self.same)
            )

    def _pairs(self, pairs: tuple[tuple[RowKey, RowKey], ...], places: Mapping[RowKey, int]) -> Ints:
        if not pairs:
            return np.zeros(0, dtype=np.int64)
        known = [(places[a], places[b]) for a, b in pairs if a in places and b in places and a != b]
        return np.unique(np.array([min(p) * self._rows + max(p) for p in known], dtype=np.int64))

    def __bool__(self) -> bool:
        return bool(len(self.same) or len(self.apart))

    def bits(self, a: Ints, b: Ints) -> Bits:
        """Give what the decisions say about pairs of rows: beyond all evidence for or against, or nothing."""
        decided = np.zeros(len(a), dtype=np.float32)
        if self:
            keys = np.minimum(a, b) * self._rows + np.maximum(a, b)
            decided[np.isin(keys, self.same)] = DECIDED
            decided[np.isin(keys, self.apart)] = -DECIDED
        return decided

    def with_same(self, pairs: Compared, model: Model) -> Compared:
        """Give the pairs and those that people say are one customer."""
        if not len(self.same):
            return pairs
        keys = np.minimum(pairs.a, pairs.b) * self._rows + np.maximum(pairs.a, pairs.b)
        missing = np.setdiff1d(self.same, keys)
        more = model.compare(*np.divmod(missing, self._rows))
        return Compared(
            np.concatenate([pairs.a, more.a]),
            np.concatenate([pairs.b, more.b]),
            np.concatenate([pairs.levels, more.levels]),
        )

    def sharpen(self, model: Model, hopeful: Compared) -> None:
        """Let the weights learn from the decisions, when there are enough of either kind.

        People see the pairs that are shown to them and no others. So that the model does not forget the
        others, it is taught by its own opinion of a sample of all pairs too, which weighs half as much.
        """
        few = min(len(self.same), len(self._two)) < LEAST_OF_EACH
        if few or len(self.same) + len(self._two) < LEAST_LESSONS:
            return
        pairs = model.compare(*np.divmod(np.concatenate([self.same, self._two]), self._rows))
        step = max(len(hopeful.a) // _SAMPLE, 1)
        others = model.weigh(Compared(hopeful.a[::step], hopeful.b[::step], hopeful.levels[::step]))
        bits = np.concatenate([model.weigh(pairs).bits, others.bits]).astype(np.float64)
        decided = np.repeat([1.0, 0.0], [len(self.same), len(self._two)])
        answers = np.concatenate([decided, probability(others.total)])
        share = _OPINION * len(decided) / max(len(others.total), 1)
        weight = np.repeat([1.0, share], [len(decided), len(others.total)])
        model.sharpen(*fit(bits, answers, weight, model.prior))

    def keep_apart(self, labels: Ints) -> None:
        """Take the second row of a pair that is apart out of a group too large to look into."""
        a, b = np.divmod(self.apart, self._rows)
        wrong = labels[a] == labels[b]
        labels[b[wrong]] = b[wrong]


def fit(
    bits: npt.NDArray[np.float64],
    answers: npt.NDArray[np.float64],
    weight: npt.NDArray[np.float64],
    prior: float,
) -> tuple[npt.NDArray[np.float64], float]:
    """Give a factor for each column and a shift in bits, by Newton's method.

    Args:
        bits: One row a pair, one column a field.
        answers: 1 for one customer, 0 for two, a probability in between.
        weight: How much each pair counts.
        prior: Bits of any two rows being one customer.
    """
    seen = np.column_stack([bits, np.ones(len(bits))]) * np.log(2)
    held = np.append(np.ones(bits.shape[1]), 0.0)
    weights = held.copy()
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(seen @ weights + prior * np.log(2), -30, 30)))
        slope = seen.T @ (weight * (answers - likely)) - _HELD * (weights - held)
        curve = (seen * (weight * likely * (1 - likely))[:, np.newaxis]).T @ seen + _HELD * np.eye(
            len(weights)
        )
        weights = weights + np.linalg.solve(curve, slope)
    return np.clip(weights[:-1], _LEAST_FACTOR, _MOST_FACTOR), float(weights[-1])


def obeying(decided: Decided, weigh: Callable[[Ints, Ints], Bits]) -> Callable[[Ints, Ints], Bits]:
    """Give a weighing that does what people decided."""
    return lambda a, b: weigh(a, b) + decided.bits(a, b)
