"""What each level of one column is worth in one register, in bits."""

from __future__ import annotations

from copy import copy
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates.chinese import has_cjk
from backend.core.duplicates.columns import BLANK
from backend.core.duplicates.compare import ColumnComparer, traits_of
from backend.core.duplicates.compare_parts import part_levels
from backend.core.duplicates.joined import joined
from backend.core.duplicates.levels import Level
from backend.core.duplicates.partly import (
    PartCounts,
    carriers,
    count_parts,
    later_traits,
    mailbox_bits,
    part_marks,
    put_together,
    put_together_later,
)
from backend.core.duplicates.priors import (
    BASE_ROWS,
    COMPANY_HOUSEHOLD,
    FAR_BY_CHANCE,
    PART_BY_CHANCE,
    PRIORS,
    Group,
    Prior,
)
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.joined import Array
    from backend.core.duplicates.levels import Levels
    from backend.core.duplicates.traits import Traits

Bits = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_FEW_VALUES = frozenset({FieldKind.TEXT, FieldKind.CHOICE, FieldKind.DATE, FieldKind.POSTCODE})
"""Kinds whose values are drawn from a list: a few rows show how common one is."""
_BELIEF = 200
_STEP_DOWN = 1.5
_SWAP_COST = 3.0
SAME_DOMAIN = 4.0
"""Bits that a mailbox a slip apart is worth more than the same mailbox at another domain."""
SIBLING = 2.0
"""Most that names a little alike say: brothers and colleagues have such names too."""
_BY_PART = frozenset(
    {FieldKind.PERSON_NAME, FieldKind.NAME, FieldKind.COMPANY, FieldKind.EMAIL, FieldKind.PHONE}
)
"""Kinds whose part has a frequency of its own."""
_GIVEN = MappingProxyType(
    {FieldKind.GIVEN_NAME: "part", FieldKind.PERSON_NAME: "given", FieldKind.NAME: "given"}
)
"""Kinds that hold a given name, and what its traits are called."""
INITIAL = 2.0
"""Bits that an initial says less than a name a slip apart: a brother may have it too."""
_SWAP_LESS = 1.0
"""Bits that a name turned round is worth less than one that is near."""


def _level_bits(levels: Levels, prior: Prior, agree: Sequence[float], best: float) -> Bits:
    """Give the bits of different, far, part and near: against how often they are met by chance."""
    met = np.bincount(levels[(levels >= 0) & (levels < Level.EXACT)], minlength=4)[:4]
    believed = np.array([1, FAR_BY_CHANCE, PART_BY_CHANCE * prior.near, prior.near])
    chance = (met + _BELIEF * believed) / (np.count_nonzero(levels >= 0) + _BELIEF)
    bits = np.log2(np.array(agree[:4]) / np.minimum(chance, 1))
    ceiling = best - _STEP_DOWN * np.array([4, 3, 2, 1])
    return np.asarray(np.minimum(bits, ceiling), dtype=np.float32)


def _alone(is_company: Mask, prior: Prior, rows: int) -> npt.NDArray[np.float64]:
    """Give how often a value that nobody else is seen with is met by chance."""
    household = np.where(is_company, COMPANY_HOUSEHOLD, prior.household)
    return (household + BASE_ROWS * prior.chance) / (rows + BASE_ROWS)


def _may_be_organisation(traits: Traits) -> Mask:
    chinese = np.array([has_cjk(text) for text in traits.texts], dtype=np.bool_)
    return np.asarray(traits["is_company"] | ~chinese)


class FieldModel:
    """What each level of one column is worth."""

    def __init__(self, values: Values, sample: tuple[Ints, Ints], shared: Ints) -> None:
        self.prior = PRIORS[values.field.kind]
        self.kind = values.field.kind
        self.group = self.prior.group
        self.comparer = ColumnComparer(values)
        rows = max(len(values.codes), 1)
        self.scope = values.field.scope
        self._codes, self._shared, self._weight = values.codes, shared, np.float32(values.field.weight)
        traits, size = self.comparer.traits, len(values.texts)
        either = self.kind is FieldKind.NAME
        self._company = traits["is_company"] if either else np.zeros(size, dtype=np.bool_)
        self._organisation = _may_be_organisation(traits) if either else self._company
        alone = _alone(self._company, self.prior, rows)
        self._rarest = float(alone.max(initial=0)) or 1.0
        self._rows, self._seen_in = rows, rows if self.kind in _FEW_VALUES else rows + BASE_ROWS
        alone = np.maximum(alone, put_together(values, traits))
        self._met = np.minimum(np.maximum(values.contents - 2, 0) / self._seen_in + alone, 1)
        self._met_part = np.minimum(np.maximum(carriers(values, traits) - 2, 0) / self._seen_in + alone, 1)
        self._most = mailbox_bits(values)
        self._sampled = self.comparer.levels(*sample)
        self.believe(self.prior.agree)

    def companies(self, a: Ints, b: Ints) -> Mask:
        """Whether the column names a company on one side of each pair."""
        return self._either_is(self._company, a, b)

    def organisations(self, a: Ints, b: Ints) -> Mask:
        """Whether the column, which may name either, may name an organisation on one side of each pair."""
        return self._either_is(self._organisation, a, b)

    def _either_is(self, known: Mask, a: Ints, b: Ints) -> Mask:
        found = np.zeros(len(a), dtype=np.bool_)
        if self.kind is FieldKind.NAME:
            for codes in (self._codes[a], self._codes[b]):
                filled = np.flatnonzero(codes != BLANK)
                found[filled] |= known[codes[filled]]
        return found

    def given_levels(self, a: Ints, b: Ints) -> Levels:
        """Give how well the given names in a column of full names agree; both rows have one."""
        traits = self.comparer.traits
        return part_levels(traits, "given", self._codes[a], self._codes[b])

    def believe(self, agree: Sequence[float]) -> None:
        """Weigh the levels anew, by how often two rows of one customer are at each."""
        self._agree = agree
        table = _level_bits(self._sampled, self.prior, agree, self._best)
        self._table = np.concatenate([[0], table]).astype(np.float32) * self._weight
        self._exact = self._exact_bits(self._met)
        self._exact[self._shared] = 0
        self._part = self._part_bits(self._met_part)

    @property
    def _best(self) -> float:
        return float(np.log2(self._agree[Level.EXACT] / self._rarest))

    def _exact_bits(self, met: npt.NDArray[np.float64]) -> Bits:
        return np.log2(self._agree[Level.EXACT] / met).astype(np.float32) * self._weight

    def _part_bits(self, met: npt.NDArray[np.float64]) -> Bits:
        bits = np.log2(self._agree[Level.PART] / met).astype(np.float32)
        return np.minimum(bits, self._best - _STEP_DOWN) * self._weight

    def count_parts(self, values: Values) -> PartCounts:
        """Count the parts of the column's values, for values that come later."""
        return count_parts(values, self.comparer.traits)

    def beside(self, values: Values, later: Values, counts: PartCounts) -> FieldModel:
        """Give the model of other rows, with values that came later; it believes what this one does.

        Args:
            values: The column of these rows; values that came later stand behind this column's.
            later: Values that are not among this column's.
            counts: How common the parts of this column's values are.
        """
        other, traits = copy(self), self.comparer.traits
        if len(later.texts):
            new = later_traits(traits_of(later), counts)
            traits = traits.followed_by(new)
            for name, more in self._worth(later, new, counts).items():
                setattr(other, name, joined(getattr(self, name), more))
        vars(other).update(_codes=values.codes, comparer=ColumnComparer(values, traits))
        return other

    def _worth(self, later: Values, traits: Traits, counts: PartCounts) -> dict[str, Array]:
        """Give what is kept of each value, for values that came later."""
        either = self.kind is FieldKind.NAME
        company = traits["is_company"] if either else np.zeros(len(later.texts), dtype=np.bool_)
        alone = _alone(company, self.prior, self._rows)
        alone = np.maximum(alone, put_together_later(traits, counts, self.kind))
        marks = part_marks(traits, self.kind)
        carried = np.zeros(len(alone)) if marks is None or counts.part is None else counts.part[marks] - 1
        met_part = np.minimum(np.maximum(carried, 0) / self._seen_in + alone, 1)
        return {
            "_company": company,
            "_organisation": _may_be_organisation(traits) if either else company,
            "_most": mailbox_bits(later),
            "_exact": self._exact_bits(np.minimum(alone, 1)),
            "_part": self._part_bits(met_part),
        }

    def bits(self, a: Ints, b: Ints, levels: Levels) -> Bits:
        """Give what the column adds to each pair, on its own."""
        bits: Bits = self._table[np.minimum(levels, Level.NEAR) + 1]
        exact = levels == Level.EXACT
        bits[exact] = np.minimum(self._exact[self._codes[a[exact]]], self._exact[self._codes[b[exact]]])
        partly = levels == Level.PART
        if self.kind in _BY_PART:
            bits[partly] = np.minimum(self._part[self._codes[a[partly]]], self._part[self._codes[b[partly]]])
        self._not_twice(bits, a, b, levels)
        if self.kind in {FieldKind.FAMILY_NAME, FieldKind.GIVEN_NAME}:
            known = np.minimum(self._exact[self._codes[a[partly]]], self._exact[self._codes[b[partly]]])
            bits[partly] = np.minimum(known - _SWAP_COST, self._table[Level.NEAR + 1] - _SWAP_LESS)
        return bits

    def _not_twice(self, bits: Bits, a: Ints, b: Ints, levels: Levels) -> None:
        """Bound what a likeness says that the rest of the row says already: a mailbox made of the name."""
        if self.kind is FieldKind.EMAIL:
            likely = np.flatnonzero((levels > Level.DIFFERENT) & (levels < Level.EXACT))
            most = np.minimum(self._most[self._codes[a[likely]]], self._most[self._codes[b[likely]]])
            most = most + np.where(levels[likely] == Level.NEAR, SAME_DOMAIN, 0)
            bits[likely] = np.minimum(bits[likely], most * self._weight)
        if self.group is Group.PERSON:
            far = levels == Level.FAR
            bits[far] = np.minimum(bits[far], SIBLING * self._weight)
        if self.kind in _GIVEN:
            initial = self.comparer.traits[f"{_GIVEN[self.kind]}_initial"]
            near = levels == Level.NEAR
            short = initial[self._codes[a[near]]] | initial[self._codes[b[near]]]
            bits[near] -= short * np.float32(INITIAL) * self._weight
