"""What a register says about itself: how often the values of one customer agree, and how many rows it has.

Expectation-maximisation that starts from the priors and stays near them: each prior counts like a number
of pairs, so a small or odd register cannot talk the model into nonsense.

Source: W. E. Winkler, "Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model" (1988).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.core.duplicates.levels import Level
from backend.core.duplicates.priors import PARTNERS
from backend.core.duplicates.score import Compared, probability

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from backend.core.duplicates.block import Candidates
    from backend.core.duplicates.levels import Levels
    from backend.core.duplicates.score import Model

ROUNDS = 4
BELIEF = 60.0
"""Pairs that the prior of a column counts for."""
MOST_PARTNERS = 4.0
HOPELESS = -14.0
"""Log-odds under the priors below which learning will not bring a pair back."""
_SAMPLE = 200_000
_CHUNK = 400_000


def compare_hopeful(model: Model, candidates: Candidates) -> Compared:
    """Compare the candidates, and keep those that are not hopeless.

    Args:
        model: As it stands before learning.
        candidates: Pairs of rows.
    """
    kept = []
    for begin in range(0, max(len(candidates.a), 1), _CHUNK):
        end = begin + _CHUNK
        pairs = model.compare(candidates.a[begin:end], candidates.b[begin:end], sift=True)
        kept.append(pairs.where(model.weigh(pairs).total > HOPELESS))
    return Compared(
        np.concatenate([part.a for part in kept]),
        np.concatenate([part.b for part in kept]),
        np.concatenate([part.levels for part in kept]),
    )


def _agreement(
    levels: Levels, weight: npt.NDArray[np.float64], prior: Sequence[float], least: float
) -> list[float]:
    """Give how often sure pairs are at each level, the prior counted as some pairs more.

    Args:
        levels: Of the pairs, in one column.
        weight: How sure each pair is.
        prior: What was believed.
        least: How often they differ at least.
    """
    known = levels != Level.MISSING
    met = np.bincount(levels[known], weight[known], minlength=len(prior))
    learnt = (met + BELIEF * np.array(prior)) / (met.sum() + BELIEF)
    if learnt[Level.DIFFERENT] < least:
        learnt *= (1 - least) / (1 - learnt[Level.DIFFERENT])
        learnt[Level.DIFFERENT] = least
    return [float(share) for share in learnt]


def learn(model: Model, pairs: Compared) -> None:
    """Refine what the model believes, by pairs of rows nobody has labelled.

    Pairs whose names disagree teach nothing: a register of households would teach that one customer
    has several names.

    Args:
        model: Is changed.
        pairs: Pairs that are not hopeless.
    """
    step = max(len(pairs.a) // _SAMPLE, 1)
    sample = Compared(pairs.a[::step], pairs.b[::step], pairs.levels[::step])
    for _ in range(ROUNDS):
        scored = model.weigh(sample)
        weight = np.where(scored.other, 0, probability(scored.total))
        agree = [
            _agreement(sample.levels[:, i], weight, *p)
            for i, p in enumerate(zip(model.priors, model.least, strict=True))
        ]
        partners = 2 * step * float(weight.sum()) / max(model.rows, 1)
        model.believe(min(max(partners, PARTNERS), MOST_PARTNERS), agree)
