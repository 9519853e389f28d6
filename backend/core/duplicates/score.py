"""How likely two rows are one customer, in bits: log-odds (base 2) that add up.

Source: I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969); value-specific
weights after W. E. Winkler. Columns that depend on one another are counted once, as `evidence groups`.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates.field_model import FieldModel
from backend.core.duplicates.households import has_families, own_columns
from backend.core.duplicates.levels import Level
from backend.core.duplicates.name_views import NameViews
from backend.core.duplicates.priors import BASE_ROWS, LEAST_APART, PARTNERS, Group
from backend.core.duplicates.renamed import renamed, spare_names
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.strangers import strangers
from backend.core.duplicates.turned import TurnedNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.field_model import Bits, Mask
    from backend.core.duplicates.levels import Levels
    from backend.core.duplicates.partly import PartCounts

REST = 0.25
"""What the second-best column of an evidence group still counts."""
AGAINST = 0.5
"""What the worst column of an evidence group still counts when the best one outweighs it."""
ONE_HOUSE = 0.5
"""The same for organisations of different names: those of one house share its address and its desk."""
BRANCH = 4.0
"""Bits that another address says more against an organisation than against a person, who moves."""
SIFTED_FROM = 50_000
"""Rows from which pairs are left out by the names alone, to save time."""
SIBLINGS = 0.0
"""Bits of names a little alike in a register of families."""
_IN_COMMON = 2
OUT_OF_SCOPE = 600.0
"""Bits against rows that differ where they must not: no evidence outweighs them."""
_CHUNK = 200_000
SUPPORT = 3.0
"""Bits beside the name that a certain pair needs."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of row positions whose columns were compared.

    Attributes:
        a: Row positions.
        b: Row positions, one for each of `a`.
        levels: One row a pair, one column a field.
    """

    a: Ints
    b: Ints
    levels: Levels

    def where(self, chosen: Mask | slice) -> Compared:
        """Give the chosen pairs."""
        return Compared(self.a[chosen], self.b[chosen], self.levels[chosen])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Pairs with what each column adds.

    Attributes:
        levels: One row a pair, one column a field.
        bits: The same shape: what the field adds after its group was counted once.
        total: Log-odds of each pair, the prior with them.
        other: Whether the names in a pair are those of two different persons.
    """

    levels: Levels
    bits: Bits
    total: Bits
    other: Mask


def probability(bits: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Give the probability of log-odds in bits.

    >>> probability(np.array([0.0, 2.0])).tolist()
    [0.5, 0.8]
    """
    return 1 / (1 + np.exp2(-np.clip(bits.astype(np.float64), -60, 60)))


def log_odds(probability_: float) -> float:
    """Give the bits of a probability; the ends are 60 bits away."""
    safe = min(max(probability_, 2.0**-60), 1 - 2.0**-50)
    return float(np.log2(safe / (1 - safe)))


def _count_once(bits: Bits, rest: float) -> Bits:
    """Count the best for and the best against in full, all else in part.

    What is against counts half where more is for: one house has one street, and a town mistyped.
    """
    if bits.shape[1] <= 1:
        return bits
    factor = np.full(bits.shape, rest, dtype=np.float32)
    place = np.arange(len(bits))
    best, worst = bits.argmax(axis=1), bits.argmin(axis=1)
    most, least = bits.max(axis=1), bits.min(axis=1)
    factor[place[least < 0], worst[least < 0]] = np.where(most > -least, AGAINST, 1)[least < 0]
    factor[place[most > 0], best[most > 0]] = 1
    return bits * factor


class Model:
    """Scores pairs of rows of one register."""

    def __init__(self, columns: Sequence[Values], shared: Sequence[Ints], rows: int) -> None:
        """Measure how often values agree by chance.

        Args:
            columns: The columns, normalised.
            shared: For each column, the codes that lost their weight.
            rows: How many rows the register has.
        """
        sample = strangers(columns, rows)
        self.rows = rows
        self._fields = [FieldModel(v, sample, s) for v, s in zip(columns, shared, strict=True)]
        self._turned, self._names = TurnedNames(columns), NameViews(columns)
        self._factors, self._shift = np.ones(len(self._fields), dtype=np.float32), 0.0
        for i in own_columns(columns, self._fields, sample):
            self._fields[i].group = Group.TRAIT
        self._families = has_families(columns, self._fields)
        self.priors = [field.prior.agree for field in self._fields]
        self.least = [
            LEAST_APART * field.prior.agree[Level.DIFFERENT] if field.group is Group.PERSON else 0.0
            for field in self._fields
        ]
        self.believe(PARTNERS, self.priors)

    def count_parts(self, columns: Sequence[Values]) -> list[PartCounts]:
        """Count the parts of the values of each column, for values that come later."""
        return [field.count_parts(values) for field, values in zip(self._fields, columns, strict=True)]

    def beside(
        self, columns: Sequence[Values], later: Sequence[Values], counts: Sequence[PartCounts]
    ) -> Model:
        """Give the model of other rows, with values that came later; it believes what this one does.

        Args:
            columns: The columns of these rows; values that came later stand behind those of the register.
            later: For each column, the values that came later.
            counts: For each column, how common the parts of its values are.
        """
        other, parts = copy(self), zip(self._fields, columns, later, counts, strict=True)
        fields = [field.beside(values, new, count) for field, values, new, count in parts]
        vars(other).update(_fields=fields, _turned=self._turned.beside(columns, later))
        return other

    def _in(self, *groups: Group) -> list[int]:
        return [i for i, field in enumerate(self._fields) if field.group in groups]

    def believe(self, partners: float, agree: Sequence[Sequence[float]]) -> None:
        """Take up what was learnt about this register.

        Args:
            partners: How many other rows of the same customer a row has, on average.
            agree: For each column, how often two rows of one customer are at each level.
        """
        self.prior = float(np.log2(partners / (self.rows + BASE_ROWS))) + self._shift
        for field, table in zip(self._fields, agree, strict=True):
            field.believe(table)

    def sharpen(self, factors: npt.NDArray[np.float64], shift: float) -> None:
        """Take up what people's decisions taught.

        Args:
            factors: What the bits of each column are multiplied by.
            shift: Bits more for any pair.
        """
        self._factors, self._shift = factors.astype(np.float32), shift
        self.prior += shift

    def compare(self, a: Ints, b: Ints, *, sift: bool = False) -> Compared:
        """Compare pairs of rows in every column.

        Args:
            a: Row positions.
            b: Row positions, one for each of `a`.
            sift: Leave out pairs of two persons' names that have less than two other values in common, where
                the register is large.
        """
        levels = np.empty((len(a), len(self._fields)), dtype=np.int8)
        person = self._in(Group.PERSON)
        for i in person:
            levels[:, i] = self._fields[i].comparer.levels(a, b)
        if sift and self.rows > SIFTED_FROM:
            kept = self._worth_comparing(a, b, levels)
            a, b, levels = a[kept], b[kept], levels[kept]
        for i, field in enumerate(self._fields):
            if i not in person:
                levels[:, i] = field.comparer.levels(a, b)
        self._turned.mark(a, b, levels)
        self._names.choose(levels)
        return Compared(a, b, levels)

    def _worth_comparing(self, a: Ints, b: Ints, levels: Levels) -> Ints:
        """Give the places of pairs whose names are not those of two persons, or that agree in two columns."""
        person = self._in(Group.PERSON)
        other = _any(levels, person, Level.DIFFERENT, Level.DIFFERENT)
        for i in person:
            other &= ~self._fields[i].companies(a, b)
        place = np.flatnonzero(other)
        common = np.zeros(len(place), dtype=np.int8)
        for i, field in enumerate(self._fields):
            if i not in person:
                common += field.comparer.same(a[place], b[place])
        other[place[common >= _IN_COMMON]] = False
        return np.flatnonzero(~other)

    def weigh(self, pairs: Compared) -> Scored:
        """Weigh pairs of rows that were compared."""
        bits = np.zeros(pairs.levels.shape, dtype=np.float32)
        for i, field in enumerate(self._fields):
            bits[:, i] = field.bits(pairs.a, pairs.b, pairs.levels[:, i])
        again = renamed(self._fields, pairs.a, pairs.b, pairs.levels)
        other = self._other(pairs) & ~again
        spare_names(self._fields, pairs.levels, bits, again)
        self._elsewhere(pairs, bits)
        if self._families:
            self._siblings(pairs.levels, bits)
        bits = self._grouped(bits, pairs.levels, other, again)
        bits *= self._factors
        for i, field in enumerate(self._fields):
            if field.scope:
                bits[pairs.levels[:, i] == Level.DIFFERENT, i] = -OUT_OF_SCOPE
        total = bits.sum(axis=1, dtype=np.float32) + np.float32(self.prior)
        return Scored(levels=pairs.levels, bits=bits, total=total, other=other)

    def totals(self, pairs: Compared) -> Bits:
        """Give the log-odds of pairs of rows that were compared, in little memory."""
        parts = [np.s_[begin : begin + _CHUNK] for begin in range(0, len(pairs.a), _CHUNK)]
        found = [self.weigh(pairs.where(part)).total for part in parts]
        return np.concatenate([np.zeros(0, dtype=np.float32), *found])

    def _other(self, pairs: Compared) -> Mask:
        """Whether the names in a pair are those of two persons, and no identifier says otherwise."""
        identifiers = [i for i, field in enumerate(self._fields) if field.kind is FieldKind.IDENTIFIER]
        other = _any(pairs.levels, self._in(Group.PERSON), Level.DIFFERENT, Level.DIFFERENT)
        for field in self._fields:
            other &= ~field.companies(pairs.a, pairs.b)
        return other & ~_any(pairs.levels, identifiers, Level.NEAR, Level.EXACT)

    def _siblings(self, levels: Levels, bits: Bits) -> None:
        """Take names a little alike for those of two, where families have names like that."""
        for i in self._in(Group.PERSON):
            if self._fields[i].kind is not FieldKind.FAMILY_NAME:
                far = levels[:, i] == Level.FAR
                bits[far, i] = np.minimum(bits[far, i], SIBLINGS)

    def _kind(self, kind: FieldKind) -> list[int]:
        return [i for i, field in enumerate(self._fields) if field.kind is kind]

    def _elsewhere(self, pairs: Compared, bits: Bits) -> None:
        """Take a branch for what it is: an organisation at another address is rarely the same one."""
        organisation = ~_any(pairs.levels, self._in(Group.PERSON), Level.DIFFERENT, Level.EXACT)
        for field in self._fields:
            organisation |= field.companies(pairs.a, pairs.b)
        for i, field in enumerate(self._fields):
            if field.kind is FieldKind.ADDRESS:
                bits[organisation & (pairs.levels[:, i] == Level.DIFFERENT), i] -= BRANCH
                near = organisation & (pairs.levels[:, i] == Level.FAR)
                bits[near, i] = bits[near, i].clip(max=0)

    def _grouped(self, bits: Bits, levels: Levels, other: Mask, again: Mask) -> Bits:
        """Count each evidence group once; for persons, all that a household shares is one group.

        Where the names are those of two persons, what a household shares is told by one column alone.
        """
        person, company = self._in(Group.PERSON), self._in(Group.COMPANY)
        contact, place = self._in(Group.CONTACT), self._in(Group.PLACE)
        named = _any(levels, person, Level.DIFFERENT, Level.EXACT)
        disagree = np.flatnonzero(_any(levels, person, Level.DIFFERENT, Level.DIFFERENT) & ~again)
        result = bits.copy()
        result[_grid(disagree, person)] = bits[_grid(disagree, person)].clip(max=0)
        far = _any(levels, person, Level.FAR, Level.FAR)
        household = [*contact, *place, *company]
        born = self._kind(FieldKind.DATE) if self._families else []
        kin = [*household, *(i for i in person if self._fields[i].kind is FieldKind.FAMILY_NAME)]
        odd = ~named & _any(levels, company, Level.DIFFERENT, Level.DIFFERENT)
        for rows, columns, rest in (
            (np.flatnonzero(named & other), [*household, *born], 0.0),
            (np.flatnonzero(named & ~other & far), [*kin, *born], 0.0),
            (np.flatnonzero(named & ~other & ~far), household, REST),
            (np.flatnonzero(odd), [*contact, *place], ONE_HOUSE),
            (np.flatnonzero(~named & ~odd), contact, REST),
            (np.flatnonzero(~named & ~odd), place, REST),
        ):
            if len(rows):
                result[_grid(rows, columns)] = _count_once(bits[_grid(rows, columns)], rest)
        result[:, born] = np.where(bits[:, born] < 0, bits[:, born], result[:, born])
        return result

    def sure(self, pairs: Compared, bits: Bits) -> Mask:
        """Whether nothing forbids to call a pair certain: the names agree, and more than the names does.

        Args:
            pairs: Pairs of rows that were compared.
            bits: What each column adds to each, from `weigh`.
        """
        person, company, own = self._in(Group.PERSON), self._in(Group.COMPANY), self._in(Group.OWN)
        address = [i for i, field in enumerate(self._fields) if field.kind is FieldKind.ADDRESS]
        named = _any(pairs.levels, person, Level.DIFFERENT, Level.EXACT)
        organisation = ~named
        for i in person:
            organisation |= self._fields[i].organisations(pairs.a, pairs.b)
        against = _any(pairs.levels, [*person, *own], Level.DIFFERENT, Level.DIFFERENT)
        against |= ~named & _any(pairs.levels, company, Level.DIFFERENT, Level.DIFFERENT)
        full = [i for i in person if self._fields[i].kind in {FieldKind.PERSON_NAME, FieldKind.NAME}]
        far = _any(pairs.levels, person, Level.FAR, Level.FAR)
        unclear = far | _any(pairs.levels, full, Level.PART, Level.PART)
        unclear |= ~named & _any(pairs.levels, company, Level.FAR, Level.PART)
        unclear |= organisation & _any(pairs.levels, address, Level.DIFFERENT, Level.PART)
        unclear &= ~_any(pairs.levels, own, Level.NEAR, Level.EXACT)
        unclear |= far & ~_any(pairs.levels, self._kind(FieldKind.IDENTIFIER), Level.NEAR, Level.EXACT)
        beside = [i for i in range(bits.shape[1]) if i not in {*person, *company}]
        support = bits[:, beside].clip(0).sum(axis=1)
        support += np.where(named, bits[:, company].clip(0).sum(axis=1), 0)
        return np.asarray(~against & ~unclear & (support >= SUPPORT))


def _grid(rows: Ints, columns: Sequence[int]) -> tuple[Ints, Ints]:
    """Give the index of a part of a matrix."""
    return rows[:, np.newaxis], np.array(columns, dtype=np.int64)[np.newaxis, :]


def _any(levels: Levels, columns: Sequence[int], low: int, high: int) -> Mask:
    """Whether one of the columns is at a level in this range."""
    chosen = levels[:, columns]
    return np.asarray(((chosen >= low) & (chosen <= high)).any(axis=1))
