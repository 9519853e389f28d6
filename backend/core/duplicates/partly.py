"""Values that agree in part: what the part is, and how much it can say beyond the rest of the row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from backend.core.duplicates.columns import BLANK, marks_of
from backend.core.duplicates.priors import BASE_ROWS
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.traits import Traits

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Values

PER_DIGIT = 3.3
"""Bits that a digit of a mailbox is worth: log2(10)."""
REPEATS_THE_NAME = 2.0
"""Bits of a mailbox of letters alone: whoever has the name has the mailbox."""
_TAIL = 10**7
"""The end of a phone number: its last seven digits."""
_PERSONS = frozenset({FieldKind.PERSON_NAME, FieldKind.NAME})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows carry something, by its mark; what is not known is carried by none.

    Attributes:
        marks: The marks, ascending.
        rows: How many rows carry each.
    """

    marks: Ints
    rows: Ints

    @classmethod
    def of(cls, marks: Ints, rows: Ints) -> Counts:
        """Count the rows of each mark; a blank one is not counted.

        Args:
            marks: Marks, some of them more than once.
            rows: How many rows carry each.
        """
        codes, known = pd.factorize(marks, sort=True)
        carried = np.bincount(codes, rows, minlength=len(known)).astype(np.int64)
        return cls(known[known != BLANK], carried[known != BLANK])

    def __getitem__(self, marks: Ints) -> Ints:
        if not len(self.marks):
            return np.zeros(len(marks), dtype=np.int64)
        place = self.marks.searchsorted(marks)
        return np.where(self.marks.take(place, mode="clip") == marks, self.rows.take(place, mode="clip"), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCounts:
    """How common the parts of one column's values are, for values that come later.

    Attributes:
        part: Rows by the part that has a frequency of its own.
        family: Persons by family name.
        given: Persons by given name.
        common: Whether a given name is borne by so many that it is no slip of another, by given name.
        contents: Rows that hold something.
    """

    part: Counts | None
    family: Counts | None
    given: Counts | None
    common: Counts | None
    contents: int


def count_parts(values: Values, traits: Traits) -> PartCounts:
    """Count the parts of a column's values."""
    marks, named = part_marks(traits, values.field.kind), values.field.kind in _PERSONS
    persons = _persons(values, traits) if named else values.contents
    given = marks_of(traits["given"]) if named else None
    return PartCounts(
        part=None if marks is None else Counts.of(marks, values.contents),
        family=Counts.of(marks_of(traits["family"]), persons) if named else None,
        given=None if given is None else Counts.of(given, persons),
        common=None if given is None else Counts.of(given, traits["common"].astype(np.int64)),
        contents=int(values.contents.sum()),
    )


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
    if values.field.kind not in _PERSONS:
        return np.zeros(len(values.texts))
    persons, chance = _persons(values, traits), np.ones(len(values.texts))
    for name in ("given", "family"):
        codes, parts = pd.factorize(traits[name])
        chance *= np.bincount(codes, persons, minlength=len(parts))[codes]
    return _share(chance, traits, int(values.contents.sum()), values.field.kind)


def put_together_later(traits: Traits, counts: PartCounts, kind: FieldKind) -> npt.NDArray[np.float64]:
    """Give the same for values that came after the register's were counted."""
    if counts.given is None or counts.family is None:
        return np.zeros(len(traits.texts))
    met = counts.given[marks_of(traits["given"])] * counts.family[marks_of(traits["family"])].astype(float)
    return _share(met, traits, counts.contents, kind)


def later_traits(traits: Traits, counts: PartCounts) -> Traits:
    """Give the traits of values that came later: whether a given name is common, the register knows."""
    if counts.common is None:
        return traits
    common = counts.common[marks_of(traits["given"])] > 0
    return Traits(traits.texts, {**traits.arrays, "common": common}, traits.tokens)


def _share(
    met: npt.NDArray[np.float64], traits: Traits, contents: int, kind: FieldKind
) -> npt.NDArray[np.float64]:
    """Give the chance of names whose given names times family names are met so often."""
    company = _company(traits, kind)
    whole = ~company & (traits["given"] != "") & (traits["family"] != "")
    return np.where(whole, met / (contents + BASE_ROWS) ** 2, 0.0)


def _company(traits: Traits, kind: FieldKind) -> npt.NDArray[np.bool_]:
    return traits["is_company"] if kind is FieldKind.NAME else np.zeros(len(traits.texts), dtype=np.bool_)


def _persons(values: Values, traits: Traits) -> Ints:
    """Give how many rows carry each value that is a person's."""
    return np.where(_company(traits, values.field.kind), 0, values.contents)


def mailbox_bits(values: Values) -> npt.NDArray[np.float32]:
    """Give the most that each mailbox says beyond the name; without bound for what is no e-mail address."""
    if values.field.kind is not FieldKind.EMAIL:
        return np.full(len(values.texts), np.inf, dtype=np.float32)
    local = [text.partition("@")[0] for text in values.texts]
    digits = [0 if text.isalpha() else sum(map(str.isdecimal, text)) for text in local]
    return np.array(digits, dtype=np.float32) * np.float32(PER_DIGIT) + np.float32(REPEATS_THE_NAME)
