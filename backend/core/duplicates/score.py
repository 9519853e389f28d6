"""How likely two rows are one customer, in bits: log-odds (base 2) that add up.

Source: I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969); value-specific
weights after W. E. Winkler. Columns that depend on one another are counted once, as `evidence groups`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates.columns import BLANK, distinct
from backend.core.duplicates.compare import ColumnComparer, Level
from backend.core.duplicates.normalise import PART, has_cjk
from backend.core.duplicates.priors import (
    BASE_ROWS,
    COMPANY_HOUSEHOLD,
    FAR_BY_CHANCE,
    PART_BY_CHANCE,
    PARTNERS,
    PRIORS,
    Group,
    Prior,
)
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.compare import Levels

Bits = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

REST = 0.25
"""What the second-best column of an evidence group still counts."""
SUPPORT = 3.0
"""Bits beside the name that a certain pair needs."""
_FEW_VALUES = frozenset({FieldKind.TEXT, FieldKind.CHOICE, FieldKind.DATE, FieldKind.POSTCODE})
"""Kinds whose values are drawn from a list: a few rows show how common one is."""
_TELLING = frozenset({FieldKind.PHONE, FieldKind.EMAIL, FieldKind.IDENTIFIER})
_SAMPLE = 20_000
_BELIEF = 200
_STRIDE = 0.6180339887
_STEP_DOWN = 1.5
_SWAP_COST = 3.0


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

    def where(self, chosen: Mask) -> Compared:
        """Give the chosen pairs."""
        return Compared(self.a[chosen], self.b[chosen], self.levels[chosen])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Pairs with what each column adds.

    Attributes:
        levels: One row a pair, one column a field.
        bits: The same shape: what the field adds after its group was counted once.
        total: Log-odds of each pair, the prior with them.
        sure: Whether a pair may be called certain.
        other: Whether the names in a pair are those of two different persons.
    """

    levels: Levels
    bits: Bits
    total: Bits
    sure: Mask
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


def sample_pairs(rows: int) -> tuple[Ints, Ints]:
    """Give pairs of rows that are as good as random: the same for the same number of rows."""
    if rows < 2:  # noqa: PLR2004  # a pair is two
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    strides = max(_SAMPLE // rows, 20)
    starts = np.linspace(0, rows - 1, min(rows, _SAMPLE // strides), dtype=np.int64)
    steps = 1 + (rows - 1) * (np.arange(1, strides + 1) * _STRIDE % 1)
    a = np.repeat(starts, strides)
    b = (a + np.tile(steps.astype(np.int64), len(starts))) % rows
    pairs = distinct(np.minimum(a, b) * rows + np.maximum(a, b))
    a, b = np.divmod(pairs, rows)
    return a[a != b], b[a != b]


def strangers(columns: Sequence[Values], rows: int) -> tuple[Ints, Ints]:
    """Give pairs of rows as good as random that share no contact: two customers, mostly."""
    a, b = sample_pairs(rows)
    apart = np.ones(len(a), dtype=np.bool_)
    for values in columns:
        if values.field.kind in _TELLING:
            apart &= (values.codes[a] != values.codes[b]) | (values.codes[a] == BLANK)
    return a[apart], b[apart]


def _level_bits(levels: Levels, prior: Prior, agree: Sequence[float], best: float) -> Bits:
    """Give the bits of different, far, part and near: against how often they are met by chance."""
    met = np.bincount(levels[(levels >= 0) & (levels < Level.EXACT)], minlength=4)[:4]
    believed = np.array([1, FAR_BY_CHANCE, PART_BY_CHANCE * prior.near, prior.near])
    chance = (met + _BELIEF * believed) / (np.count_nonzero(levels >= 0) + _BELIEF)
    bits = np.log2(np.array(agree[:4]) / np.minimum(chance, 1))
    ceiling = best - _STEP_DOWN * np.array([4, 3, 2, 1])
    return np.asarray(np.minimum(bits, ceiling), dtype=np.float32)


def _alone(values: Values, prior: Prior, rows: int) -> npt.NDArray[np.float64]:
    """Give how often a value that nobody else is seen with is met by chance."""
    household = np.full(len(values.texts), prior.household)
    if values.field.kind is FieldKind.NAME:
        named = np.fromiter((PART in text for text in values.texts), dtype=bool, count=len(values.texts))
        household[named] = COMPANY_HOUSEHOLD
    return (household + BASE_ROWS * prior.chance) / (rows + BASE_ROWS)


class _FieldModel:
    """What each level of one column is worth."""

    def __init__(self, values: Values, sample: tuple[Ints, Ints], shared: Ints) -> None:
        self.prior = PRIORS[values.field.kind]
        self.kind = values.field.kind
        self.group = self.prior.group
        self.comparer = ColumnComparer(values)
        rows = max(len(values.codes), 1)
        self._codes, self._shared, self._weight = values.codes, shared, np.float32(values.field.weight)
        alone = _alone(values, self.prior, rows)
        self._rarest = float(alone.max(initial=0)) or 1.0
        seen_in = rows if self.kind in _FEW_VALUES else rows + BASE_ROWS
        self._met = np.minimum(np.maximum(values.contents - 2, 0) / seen_in + alone, 1)
        self._company = np.fromiter(
            (self.kind is FieldKind.NAME and PART in text for text in values.texts),
            dtype=np.bool_,
            count=len(values.texts),
        )
        self._organisation = np.fromiter(
            (PART in text or not has_cjk(text) for text in values.texts),
            dtype=np.bool_,
            count=len(values.texts),
        )
        self._sampled = self.comparer.levels(*sample)
        self.believe(self.prior.agree)

    def companies(self, pairs: Compared) -> Mask:
        """Whether the column names a company on one side of each pair."""
        known = np.append(self._company, np.False_)
        return np.asarray(known[self._codes[pairs.a]] | known[self._codes[pairs.b]])

    def organisations(self, pairs: Compared) -> Mask:
        """Whether the column, which may name either, may name an organisation on one side of each pair."""
        if self.kind is not FieldKind.NAME:
            return np.zeros(len(pairs.a), dtype=np.bool_)
        known = np.append(self._organisation, np.False_)
        return np.asarray(known[self._codes[pairs.a]] | known[self._codes[pairs.b]])

    def believe(self, agree: Sequence[float]) -> None:
        """Weigh the levels anew, by how often two rows of one customer are at each."""
        best = float(np.log2(agree[Level.EXACT] / self._rarest))
        table = _level_bits(self._sampled, self.prior, agree, best)
        self._table = np.concatenate([[0], table]).astype(np.float32) * self._weight
        self._exact = np.log2(agree[Level.EXACT] / self._met).astype(np.float32) * self._weight
        self._exact[self._shared] = 0

    def bits(self, a: Ints, b: Ints, levels: Levels) -> Bits:
        """Give what the column adds to each pair, on its own."""
        bits: Bits = self._table[np.minimum(levels, Level.NEAR) + 1]
        exact = levels == Level.EXACT
        bits[exact] = np.minimum(self._exact[self._codes[a[exact]]], self._exact[self._codes[b[exact]]])
        if self.kind in {FieldKind.FAMILY_NAME, FieldKind.GIVEN_NAME}:
            turned = levels == Level.PART
            bits[turned] = self._exact[self._codes[a[turned]]] - _SWAP_COST
        return bits


def _count_once(bits: Bits, rest: float) -> Bits:
    """Count the best for and the best against in full, all else in part."""
    if bits.shape[1] <= 1:
        return bits
    factor = np.full(bits.shape, rest, dtype=np.float32)
    place = np.arange(len(bits))
    best, worst = bits.argmax(axis=1), bits.argmin(axis=1)
    factor[place[bits.max(axis=1) > 0], best[bits.max(axis=1) > 0]] = 1
    factor[place[bits.min(axis=1) < 0], worst[bits.min(axis=1) < 0]] = 1
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
        self._fields = [_FieldModel(v, sample, s) for v, s in zip(columns, shared, strict=True)]
        self._swaps = _swaps(columns)
        self.priors = [field.prior.agree for field in self._fields]
        self.believe(PARTNERS, self.priors)

    def _in(self, *groups: Group) -> list[int]:
        return [i for i, field in enumerate(self._fields) if field.group in groups]

    def believe(self, partners: float, agree: Sequence[Sequence[float]]) -> None:
        """Take up what was learnt about this register.

        Args:
            partners: How many other rows of the same customer a row has, on average.
            agree: For each column, how often two rows of one customer are at each level.
        """
        self.prior = float(np.log2(partners / (self.rows + BASE_ROWS)))
        for field, table in zip(self._fields, agree, strict=True):
            field.believe(table)

    def compare(self, a: Ints, b: Ints) -> Compared:
        """Compare pairs of rows in every column.

        Args:
            a: Row positions.
            b: Row positions, one for each of `a`.
        """
        levels = np.empty((len(a), len(self._fields)), dtype=np.int8)
        for i, field in enumerate(self._fields):
            levels[:, i] = field.comparer.levels(a, b)
        for given, family, given_codes, family_codes in self._swaps:
            turned = (given_codes[a] == family_codes[b]) & (family_codes[a] == given_codes[b])
            turned &= (given_codes[a] != BLANK) & (family_codes[a] != BLANK)
            turned &= levels[:, given] != Level.EXACT
            levels[turned, given] = Level.PART
            levels[turned, family] = Level.PART
        return Compared(a, b, levels)

    def weigh(self, pairs: Compared) -> Scored:
        """Weigh pairs of rows that were compared."""
        bits = np.zeros(pairs.levels.shape, dtype=np.float32)
        for i, field in enumerate(self._fields):
            bits[:, i] = field.bits(pairs.a, pairs.b, pairs.levels[:, i])
        other = self._other(pairs)
        bits = self._grouped(bits, pairs.levels, other)
        total = bits.sum(axis=1, dtype=np.float32) + np.float32(self.prior)
        return Scored(levels=pairs.levels, bits=bits, total=total, sure=self._sure(pairs, bits), other=other)

    def _other(self, pairs: Compared) -> Mask:
        """Whether the names in a pair are those of two persons, and no identifier says otherwise."""
        identifiers = [i for i, field in enumerate(self._fields) if field.kind is FieldKind.IDENTIFIER]
        other = _any(pairs.levels, self._in(Group.PERSON), Level.DIFFERENT, Level.DIFFERENT)
        for field in self._fields:
            other &= ~field.companies(pairs)
        return other & ~_any(pairs.levels, identifiers, Level.NEAR, Level.EXACT)

    def _grouped(self, bits: Bits, levels: Levels, other: Mask) -> Bits:
        """Count each evidence group once; for persons, all that a household shares is one group.

        Where the names are those of two persons, what a household shares is told by one column alone.
        """
        person, company = self._in(Group.PERSON), self._in(Group.COMPANY)
        contact, place = self._in(Group.CONTACT), self._in(Group.PLACE)
        named = _any(levels, person, Level.DIFFERENT, Level.EXACT)
        disagree = np.flatnonzero(_any(levels, person, Level.DIFFERENT, Level.DIFFERENT))
        result = bits.copy()
        result[_grid(disagree, person)] = bits[_grid(disagree, person)].clip(max=0)
        household = [*contact, *place, *company]
        for rows, columns, rest in (
            (np.flatnonzero(named & other), household, 0.0),
            (np.flatnonzero(named & ~other), household, REST),
            (np.flatnonzero(~named), contact, REST),
            (np.flatnonzero(~named), place, REST),
        ):
            result[_grid(rows, columns)] = _count_once(bits[_grid(rows, columns)], rest)
        return result

    def _sure(self, pairs: Compared, bits: Bits) -> Mask:
        """Whether nothing forbids to call a pair certain: the names agree, and more than the names does."""
        person, company, own = self._in(Group.PERSON), self._in(Group.COMPANY), self._in(Group.OWN)
        address = [i for i, field in enumerate(self._fields) if field.kind is FieldKind.ADDRESS]
        named = _any(pairs.levels, person, Level.DIFFERENT, Level.EXACT)
        organisation = ~named
        for i in person:
            organisation |= self._fields[i].organisations(pairs)
        against = _any(pairs.levels, [*person, *own], Level.DIFFERENT, Level.DIFFERENT)
        against |= ~named & _any(pairs.levels, company, Level.DIFFERENT, Level.DIFFERENT)
        unclear = _any(pairs.levels, person, Level.FAR, Level.FAR)
        unclear |= ~named & _any(pairs.levels, company, Level.FAR, Level.FAR)
        unclear |= organisation & _any(pairs.levels, address, Level.DIFFERENT, Level.PART)
        unclear &= ~_any(pairs.levels, own, Level.NEAR, Level.EXACT)
        beside = [i for i in range(bits.shape[1]) if i not in {*person, *company}]
        support = bits[:, beside].clip(0).sum(axis=1)
        support += np.where(named, bits[:, company].clip(0).sum(axis=1), 0)
        return np.asarray(~against & ~unclear & (support >= SUPPORT))


def _grid(rows: Ints, columns: Sequence[int]) -> tuple[Ints, Ints]:
    """Give the index of a part of a matrix."""
    return rows[:, np.newaxis], np.array(columns, dtype=np.int64)[np.newaxis, :]


def _any(levels: Levels, columns: Sequence[int], low: Level, high: Level) -> Mask:
    """Whether one of the columns is at a level in this range."""
    chosen = levels[:, columns]
    return np.asarray(((chosen >= low) & (chosen <= high)).any(axis=1))


def _swaps(columns: Sequence[Values]) -> list[tuple[int, int, Ints, Ints]]:
    """Give given and family name columns in one set of codes, so that a name turned round is seen."""
    given = [i for i, values in enumerate(columns) if values.field.kind is FieldKind.GIVEN_NAME]
    family = [i for i, values in enumerate(columns) if values.field.kind is FieldKind.FAMILY_NAME]
    found = []
    for first, last in zip(given, family, strict=False):
        known = {text: code for code, text in enumerate(columns[first].texts)}
        size = len(known)
        renumbered = [known.get(text, size + code) for code, text in enumerate(columns[last].texts)]
        codes = np.append(np.array(renumbered, dtype=np.int64), BLANK)[columns[last].codes]
        found.append((first, last, columns[first].codes, codes))
    return found
