"""Values that agree in part: what the part is, and how much it can say beyond the rest of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from backend.core.duplicates.columns import BLANK, marks_of
from backend.core.duplicates.priors import BASE_ROWS
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.traits import Traits

PER_DIGIT = 3.3
"""Bits that a digit of a mailbox is worth: log2(10)."""
REPEATS_THE_NAME = 2.0
"""Bits of a mailbox of letters alone: whoever has the name has the mailbox."""
_TAIL = 10**7
"""The end of a phone number: its last seven digits."""


def part_marks(traits: Traits, kind: FieldKind) -> Ints | None:
    """Give the mark of the part of each value that has a frequency of its own; None for kinds without one."""
    if kind is FieldKind.EMAIL:
        return marks_of(traits["local"])
    if kind is FieldKind.PHONE:
        return np.asarray(traits["ends"] % _TAIL)
    if kind is FieldKind.COMPANY:
        return traits["head_sounds"]
    if kind is FieldKind.NAME:
        return np.where(traits["is_company"], traits["head_sounds"], traits["sounds"])
    return traits["sounds"] if kind is FieldKind.PERSON_NAME else None


def carriers(values: Values, traits: Traits) -> Ints:
    """Give, for each value, how many rows agree with it at least in part."""
    marks = part_marks(traits, values.field.kind)
    if marks is None:
        return values.contents
    codes, keys = pd.factorize(marks)
    together = np.bincount(codes, values.contents, minlength=len(keys)).astype(np.int64)
    return np.where(marks == BLANK, values.contents, together[codes])


def put_together(values: Values, traits: Traits) -> npt.NDArray[np.float64]:
    """Give how often each name is met by chance: the share of its family name times its given name's.

    A name that only one row has may still be made of two common ones. 0 where the column holds no such names.
    """
    kind = values.field.kind
    if kind not in {FieldKind.PERSON_NAME, FieldKind.NAME}:
        return np.zeros(len(values.texts))
    company = traits["is_company"] if kind is FieldKind.NAME else np.zeros(len(values.texts), dtype=np.bool_)
    persons = np.where(company, 0, values.contents)
    rows = float(values.contents.sum()) + BASE_ROWS
    chance = np.ones(len(values.texts))
    for name in ("given", "family"):
        codes, parts = pd.factorize(traits[name])
        common = np.bincount(codes, persons, minlength=len(parts)) / rows
        chance *= np.where(company | (traits[name] == ""), 0.0, common[codes])
    return chance


def mailbox_bits(values: Values) -> npt.NDArray[np.float32]:
    """Give the most that each mailbox says beyond the name; without bound for what is no e-mail address."""
    if values.field.kind is not FieldKind.EMAIL:
        return np.full(len(values.texts), np.inf, dtype=np.float32)
    local = [text.partition("@")[0] for text in values.texts]
    digits = [0 if text.isalpha() else sum(map(str.isdecimal, text)) for text in local]
    return np.array(digits, dtype=np.float32) * np.float32(PER_DIGIT) + np.float32(REPEATS_THE_NAME)
