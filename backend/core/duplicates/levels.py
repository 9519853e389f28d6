"""The levels at which two values agree, and the likenesses they are cut from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from backend.core.duplicates.columns import as_texts, marks_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.core.duplicates.columns import Ints, Texts
    from backend.core.duplicates.tokens import Floats


class Level:
    """How well two values agree; the larger the better. Plain numbers: numpy is slow with an enum's."""

    MISSING: Final = -1
    DIFFERENT: Final = 0
    FAR: Final = 1
    PART: Final = 2
    """The end of a phone number, the local part of an e-mail address, a name turned round or one that sounds
    the same."""
    NEAR: Final = 3
    EXACT: Final = 4


Levels = npt.NDArray[np.int8]


def cut(likeness: Floats, near: float, far: float) -> Levels:
    """Give near and far from two bounds on a likeness, different below both."""
    levels = np.full(len(likeness), Level.DIFFERENT, dtype=np.int8)
    levels[likeness >= far] = Level.FAR
    levels[likeness >= near] = Level.NEAR
    return levels


def jaro_winkler(left: Texts, right: Texts) -> Floats:
    """Give the Jaro-Winkler likeness of texts, place by place."""
    return process.cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)


def slips(left: Texts, right: Texts, most: int) -> Ints:
    """Give how many slips of a key (one letter wrong, missing, more, or two swapped) lie between texts.

    More than `most` are given as one more than that.
    """
    return process.cpdist(left, right, scorer=OSA.distance, dtype=np.int32, score_cutoff=most)


def marked(texts: Texts, change: Callable[[str], str]) -> Ints:
    """Give the mark of each text changed; -1 where nothing is left. Takes little memory."""
    return marks_of(mapped(texts, change))


def mapped(texts: Texts, change: Callable[[str], str]) -> Texts:
    """Give each text changed."""
    return as_texts([change(text) for text in texts])
