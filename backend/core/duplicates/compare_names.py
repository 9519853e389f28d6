"""How two names compare: of persons, by their parts, letters and sound; of companies, by their head.

Each kind has a function for the traits of the distinct values, and one that takes them and two arrays of
value numbers and gives a level for each place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from backend.core.duplicates.chinese import (
    company_sound,
    given_and_family,
    has_cjk,
    name_sound,
    surname_sound,
)
from backend.core.duplicates.columns import BLANK, marks_of, shared_texts
from backend.core.duplicates.compare_parts import FAMILY, part_levels, part_traits, word_levels
from backend.core.duplicates.levels import Level, cut, jaro_winkler, mapped, marked
from backend.core.duplicates.normalise import PART
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import overlap, tokenise
from backend.core.duplicates.traits import Traits

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.levels import Levels

_NEAR_COMPANY, _FAR_COMPANY = 0.93, 0.82
_NEAR_WORDS, _FAR_WORDS = 0.6, 0.3
COMMON = 10
"""Rows with a given name from which it is a name of its own."""
SLIP_TO_NAME = 20
"""How many times more often a name is borne than a slip of it, at least."""
_GIVEN_CHARACTERS = 2


def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split())) if " " in text else text


def _closed(text: str) -> str:
    return text.replace(" ", "")


def name_part_traits(values: Values) -> Traits:
    """Give what is compared of a part of a name."""
    given = values.field.kind is FieldKind.GIVEN_NAME
    common = _common(values.texts, values.rows, given=given)
    return Traits(
        values.texts, {"common": common, **part_traits(values.texts, "part", given=given, alone=True)}
    )


def name_parts(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare one part of a name that stands in its own column."""
    levels = part_levels(of, "part", left, right)
    levels[(of.texts[left] == of.texts[right])] = Level.EXACT
    return levels


def _common(texts: Texts, rows: Ints, *, given: bool) -> npt.NDArray[np.bool_]:
    """Whether a given name is borne by so many that it is no slip of another; initials are not."""
    if not given or rows.sum() < COMMON:
        return np.zeros(len(texts), dtype=np.bool_)
    codes, names = pd.factorize(texts)
    borne = np.bincount(codes, rows, minlength=len(names)).astype(np.int64)
    common = (borne >= COMMON) & np.array([len(name) > 1 for name in names], dtype=np.bool_)
    common[_slips_of_others(names, borne, np.flatnonzero(common))] = False
    return np.asarray(common[codes])


def _slips_of_others(names: Texts, borne: Ints, common: Ints) -> Ints:
    """Give the names that are one slip from a name far more often borne: a frequent slip is a slip."""
    often = common[borne[common] >= COMMON * SLIP_TO_NAME]
    if not len(often):
        return common[:0]
    apart = process.cdist(names[common], names[often], scorer=OSA.distance, score_cutoff=1, dtype=np.int32)
    rarer = borne[often] >= SLIP_TO_NAME * borne[common][:, np.newaxis]
    return np.asarray(common[((apart == 1) & rarer).any(axis=1)])


def _half_alike(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
    """Whether given names differ from Chinese ones of two characters in one: often one that sounds alike."""
    return np.fromiter(
        (
            len(other) == _GIVEN_CHARACTERS and one != other and (one[0] == other[0] or one[1] == other[1])
            for one, other in zip(left, right, strict=True)
        ),
        dtype=bool,
        count=len(left),
    )


def person_traits(values: Values) -> Traits:
    """Give what is compared of full names."""
    texts = values.texts
    split = [given_and_family(text) for text in texts]
    given, family = shared_texts([name[0] for name in split]), shared_texts([name[1] for name in split])
    return Traits(
        texts,
        {
            **part_traits(given, "given", given=True),
            **part_traits(family, FAMILY, given=False),
            "given_letter": _letters(given),
            "given_two": np.array(
                [len(text) == _GIVEN_CHARACTERS and has_cjk(text) for text in given], dtype=np.bool_
            ),
            "family_letter": _letters(family),
            "common": _common(given, values.rows, given=True),
            "in_order": marked(texts, _sorted_words),
            "one_word": family == "",
            "closed": marked(texts, _closed),
            "sounds": marked(texts, name_sound),
            "surnames": marked(family, lambda text: surname_sound(text) if has_cjk(text) else ""),
        },
    )


def _letters(texts: Texts) -> Ints:
    """Give a number for the first letter of each Latin name, -1 for others."""
    return np.array(
        [ord(text[0]) if text[:1].isascii() and text else BLANK for text in texts], dtype=np.int64
    )


def person(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare full names: family and given name each on their own, and the words in any order."""
    levels, one_word = part_levels(of, FAMILY, left, right), of["one_word"]
    levels[one_word[left] | one_word[right]] = Level.FAR
    open_ = np.flatnonzero(levels > Level.DIFFERENT)
    first = _first_names(of, left[open_], right[open_], levels[open_] == Level.EXACT)
    levels[open_] = np.minimum(levels[open_], first)
    _turn(levels, of, left, right)
    for name in ("in_order", "closed"):
        levels[of[name][left] == of[name][right]] = Level.EXACT
    one, other = of["surnames"][left], of["surnames"][right]
    turned = (one != other) & (one != BLANK) & (other != BLANK)
    return np.where(turned, levels, _or_sound(levels.copy(), of["sounds"], left, right))


def _first_names(of: Traits, left: Ints, right: Ints, kin: npt.NDArray[np.bool_]) -> Levels:
    """Compare given names; of those of one family name, `kin`, Chinese ones that are half alike are far."""
    levels, given = part_levels(of, "given", left, right), of["given"]
    doubtful = np.flatnonzero(kin & (levels < Level.EXACT) & of["given_two"][left])
    half = _half_alike(given[left[doubtful]], given[right[doubtful]])
    levels[doubtful[half]] = Level.FAR
    return levels


def _turn(levels: Levels, of: Traits, left: Ints, right: Ints) -> None:
    """See full names that are turned round with a slip, a nickname or an initial in them."""
    first, last = of["given_letter"], of["family_letter"]
    turned = np.flatnonzero(
        (levels <= Level.FAR)
        & (first[left] == last[right])
        & (last[left] == first[right])
        & (last[left] != BLANK)
        & (last[right] != BLANK)
    )
    one, other = left[turned], right[turned]
    given, family = of["given"], of["family"]
    across = np.minimum(word_levels(given[one], family[other]), word_levels(family[one], given[other]))
    levels[turned[across >= Level.NEAR]] = Level.NEAR


def _or_sound(levels: Levels, sounds: Ints, left: Ints, right: Ints) -> Levels:
    """Raise what is less than part to part where both sound the same."""
    alike = (sounds[left] == sounds[right]) & (sounds[left] != BLANK)
    levels[alike & (levels < Level.PART)] = Level.PART
    return levels


def company_traits(values: Values) -> Traits:
    """Give what is compared of companies."""
    parts = [(*text.split(PART), "", "")[:3] for text in values.texts]
    head, trade, region = (shared_texts([part[i] for part in parts]) for i in range(3))
    return Traits(
        values.texts,
        {
            "head": head,
            "head_closed": mapped(head, _closed),
            "head_sounds": marked(head, company_sound),
            "trade": marks_of(trade),
            "region": marks_of(region),
        },
        {"head": tokenise(head)},
    )


def company(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare companies: the head decides; another trade or region makes it at best far."""
    head, closed = of["head"], of["head_closed"]
    likeness = np.maximum(
        jaro_winkler(closed[left], closed[right]),
        process.cpdist(head[left], head[right], scorer=fuzz.token_sort_ratio, dtype=np.float32) / 100,
    )
    levels = cut(likeness, _NEAR_COMPANY, _FAR_COMPANY)
    jaccard, inside = overlap(of.tokens["head"], left, right)
    levels[(levels < Level.FAR) & ((jaccard >= _FAR_WORDS) | (inside >= _NEAR_WORDS))] = Level.FAR
    levels[(levels < Level.NEAR) & ((jaccard >= _NEAR_WORDS) | (inside >= _NEAR_COMPANY))] = Level.NEAR
    same = closed[left] == closed[right]
    levels[same] = Level.EXACT
    levels[same & (of["trade"][left] != of["trade"][right])] = Level.NEAR
    levels = _or_sound(levels, of["head_sounds"], left, right)
    for part in (of["trade"], of["region"]):
        clash = (part[left] != part[right]) & (part[left] != BLANK) & (part[right] != BLANK)
        levels[clash] = np.minimum(levels[clash], np.int8(Level.FAR))
    return levels


def either_traits(values: Values) -> Traits:
    """Give what is compared of names of persons or companies."""
    persons, companies = person_traits(values), company_traits(values)
    is_company = np.array([PART in text for text in values.texts], dtype=np.bool_)
    arrays = {**persons.arrays, **companies.arrays, "is_company": is_company}
    return Traits(values.texts, arrays, companies.tokens)


def person_or_company(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare names of persons or companies: both persons as persons, all else as companies."""
    persons = ~of["is_company"][left] & ~of["is_company"][right]
    levels = np.empty(len(left), dtype=np.int8)
    levels[persons] = person(of, left[persons], right[persons])
    levels[~persons] = company(of, left[~persons], right[~persons])
    return levels
