"""Values that agree in part: what the part is, and how much it can say beyond the rest of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates.chinese import company_sound, given_and_family, name_sound
from backend.core.duplicates.columns import BLANK, as_texts, codes_of
from backend.core.duplicates.normalise import PART
from backend.core.duplicates.priors import BASE_ROWS
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Values

PER_DIGIT = 3.3
"""Bits that a digit of a mailbox is worth: log2(10)."""
REPEATS_THE_NAME = 2.0
"""Bits of a mailbox of letters alone: whoever has the name has the mailbox."""
_TAIL = 7
_PERSONS = frozenset({FieldKind.PERSON_NAME, FieldKind.NAME})
_SOUNDING = frozenset({FieldKind.PERSON_NAME, FieldKind.NAME, FieldKind.COMPANY})


def _key(text: str, kind: FieldKind) -> str:
    if kind is FieldKind.EMAIL:
        return text.partition("@")[0]
    if kind is FieldKind.PHONE:
        return text[-_TAIL:]
    if kind not in _SOUNDING:
        return ""
    head, mark, _ = text.partition(PART)
    return company_sound(head) if mark or kind is FieldKind.COMPANY else name_sound(text)


def carriers(values: Values) -> Ints:
    """Give, for each value, how many rows agree with it at least in part."""
    codes, _ = codes_of(as_texts([_key(text, values.field.kind) for text in values.texts]))
    if not len(codes):
        return values.contents
    known = codes != BLANK
    together = np.bincount(codes[known], values.contents[known], minlength=1).astype(np.int64)
    return np.where(known, together[codes], values.contents)


def put_together(values: Values) -> npt.NDArray[np.float64]:
    """Give how often each name is met by chance: the share of its family name times its given name's.

    A name that only one row has may still be made of two common ones. 0 where the column holds no such names.
    """
    if values.field.kind not in _PERSONS:
        return np.zeros(len(values.texts))
    rows = float(values.contents.sum()) + BASE_ROWS
    chance = np.ones(len(values.texts))
    split = [("", "") if PART in text else given_and_family(text) for text in values.texts]
    for side in range(2):
        codes, parts = codes_of(as_texts([names[side] for names in split]))
        known = codes != BLANK
        common = np.bincount(codes[known], values.contents[known], minlength=len(parts)) / rows
        chance *= np.append(common, 0.0)[codes]
    return chance


def mailbox_bits(values: Values) -> npt.NDArray[np.float32]:
    """Give the most that each mailbox says beyond the name; without bound for what is no e-mail address."""
    if values.field.kind is not FieldKind.EMAIL:
        return np.full(len(values.texts), np.inf, dtype=np.float32)
    digits = [sum(map(str.isdecimal, text.partition("@")[0])) for text in values.texts]
    return np.array(digits, dtype=np.float32) * np.float32(PER_DIGIT) + np.float32(REPEATS_THE_NAME)
