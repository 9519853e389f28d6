"""What a register says about its households: whether it has families, and which columns no housemates share.

Housemates are rows of two people, by their names, who share an address, a phone, a town. What
agrees among them no more often than among strangers belongs to the person: a gender, a trade. What agrees
more often is a matter of the place, and is counted with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.duplicates.columns import BLANK, as_texts
from backend.core.duplicates.levels import Level
from backend.core.duplicates.priors import Group
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.columns import Ints, Values
    from backend.core.duplicates.field_model import FieldModel, Mask

_HOUSE = frozenset({FieldKind.ADDRESS, FieldKind.PHONE, FieldKind.EMAIL})
_PLACES = frozenset({*_HOUSE, FieldKind.POSTCODE, FieldKind.COMPANY, FieldKind.TEXT})
_MAYBE_OWN = frozenset({FieldKind.TEXT, FieldKind.CHOICE})
_LEAST_PAIRS = 50
_MOST_PAIRS = 20_000
_MORE_OFTEN = 0.15
"""How much more often than strangers housemates may agree in a column that is their own, of 1."""
_MIXED = 0.6180339887
"""Multiples of it, their whole part left out, are as good as drawn by lot."""
_TWINS = 0.5
"""Share of namesakes in one house that are born on one day, up to which they are families."""
_AREA_LESS, _AREA = 3, 2
"""How many characters at the end of a postcode tell streets apart, and how many are left at least."""


def own_columns(
    columns: Sequence[Values], fields: Sequence[FieldModel], sample: tuple[Ints, Ints]
) -> list[int]:
    """Give the columns of texts and choices that no housemates share: they say something of their own.

    Args:
        columns: The columns, normalised.
        fields: Their models.
        sample: Pairs of strangers.
    """
    places = [_neighbours(columns, fields, i) for i, v in enumerate(columns) if v.field.kind in _PLACES]
    return [
        i
        for i, values in enumerate(columns)
        if values.field.kind in _MAYBE_OWN
        and _is_own(values, sample, [pairs for place, *pairs in places if place != i])
    ]


def _is_own(values: Values, sample: tuple[Ints, Ints], places: Sequence[Sequence[Ints]]) -> bool:
    by_chance, _ = _agreeing(values, *sample)
    shares = [
        share for share, known in (_agreeing(values, *pairs) for pairs in places) if known >= _LEAST_PAIRS
    ]
    return bool(shares) and max(shares) - by_chance < _MORE_OFTEN * (1 - by_chance)


def _agreeing(values: Values, a: Ints, b: Ints) -> tuple[float, int]:
    """Give which share of pairs has the same value, and how many have any."""
    left, right = values.codes[a], values.codes[b]
    known = (left != BLANK) & (right != BLANK)
    return float(np.mean(left[known] == right[known])) if known.any() else 0.0, int(np.count_nonzero(known))


def _neighbours(
    columns: Sequence[Values], fields: Sequence[FieldModel], place: int
) -> tuple[int, Ints, Ints]:
    """Give the pairs of rows that share a place and are two, by their names."""
    values = columns[place]
    codes = values.codes
    if values.field.kind is FieldKind.POSTCODE:
        codes = np.append(pd.factorize(as_texts([_area(text) for text in values.texts]))[0], BLANK)[codes]
    a, b = _side_by_side(codes, np.zeros(len(codes), dtype=np.int64))
    apart = np.zeros(len(a), dtype=np.bool_)
    for field in fields:
        if field.group is Group.PERSON:
            apart |= field.comparer.levels(a, b) == Level.DIFFERENT
    return place, a[apart], b[apart]


def _area(postcode: str) -> str:
    return postcode[: max(len(postcode) - _AREA_LESS, _AREA)]


def _side_by_side(house: Ints, family: Ints) -> tuple[Ints, Ints]:
    """Pair the rows of one house and family with another one drawn by lot, at most 20,000 of them."""
    order = np.lexsort((np.arange(len(house)) * _MIXED % 1, family, house))
    a, b = order[:-1], order[1:]
    same = (house[a] == house[b]) & (family[a] == family[b]) & (house[a] != BLANK) & (family[a] != BLANK)
    step = max(np.count_nonzero(same) // _MOST_PAIRS, 1)
    return a[same][::step], b[same][::step]


def has_families(columns: Sequence[Values], fields: Sequence[FieldModel]) -> bool:
    """Whether those of one family name and house, and two given names, are people rather than slips.

    They are where they are mostly born on two days, and, where no day of birth is known, where they are
    as many as those of one given name.
    """
    dates = [values for values in columns if values.field.kind is FieldKind.DATE]
    alike, pairs = 0.0, 0
    for values in columns:
        if values.field.kind in _HOUSE:
            for a, b, unlike in _relatives(values.codes, columns, fields):
                share, known = float(np.mean(~unlike)) if len(a) else 0.0, len(a)
                if dates:
                    share, known = _agreeing(dates[0], a[unlike], b[unlike])
                alike, pairs = alike + share * known, pairs + known
    return pairs >= _LEAST_PAIRS and alike < _TWINS * pairs


def _relatives(
    house: Ints, columns: Sequence[Values], fields: Sequence[FieldModel]
) -> list[tuple[Ints, Ints, Mask]]:
    """Give pairs of rows of one house and family name, and whether their given names are unlike."""
    found = []
    for values, field in zip(columns, fields, strict=True):
        if field.kind not in {FieldKind.FAMILY_NAME, FieldKind.PERSON_NAME, FieldKind.NAME}:
            continue
        family, given = values.codes, [f for f in fields if f.kind is FieldKind.GIVEN_NAME]
        if field.kind is not FieldKind.FAMILY_NAME:
            known = pd.factorize(field.comparer.traits["family"])[0]
            family, given = np.append(known, BLANK)[values.codes], [field]
        a, b = _side_by_side(house, family)
        unlike = np.zeros(len(a), dtype=np.bool_)
        for one in given:
            levels = one.comparer.levels(a, b)
            unlike |= (levels == Level.DIFFERENT) | (levels == Level.FAR)
        found.append((a, b, unlike))
    return found
