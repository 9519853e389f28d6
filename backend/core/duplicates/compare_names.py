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

from backend.core.duplicates.chinese import (
    company_sound,
    given_and_family,
    has_cjk,
    name_sound,
    surname_sound,
)
from backend.core.duplicates.columns import BLANK, marks_of, shared_texts
from backend.core.duplicates.levels import Level, cut, jaro_winkler, mapped, marked
from backend.core.duplicates.normalise import PART
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import overlap, tokenise
from backend.core.duplicates.traits import Traits

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.levels import Levels

_NEAR_NAME, _FAR_NAME = 0.88, 0.75
_DOUBTFUL = 0.6
"""Likeness from which two words may still be an initial or the same letters in another order."""
_NEAR_COMPANY, _FAR_COMPANY = 0.93, 0.82
_NEAR_WORDS, _FAR_WORDS = 0.6, 0.3
COMMON = 10
"""Rows with a given name from which it is a name of its own."""
_GIVEN_CHARACTERS = 2
_LEAST_LETTERS = 4


def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split())) if " " in text else text


def _closed(text: str) -> str:
    return text.replace(" ", "")


def _is_initial(left: str, right: str) -> bool:
    """Whether one is a single Latin letter that the other begins with."""
    return left[:1] == right[:1] and (len(left) == 1 or len(right) == 1) and left.isascii()


def _same_letters(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
    """Whether two words of four or more letters have the same letters in another order."""
    return np.fromiter(
        (
            len(one) == len(other) >= _LEAST_LETTERS and sorted(one) == sorted(other)
            for one, other in zip(left, right, strict=True)
        ),
        dtype=bool,
        count=len(left),
    )


def alike_words(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
    """Whether two parts of a name are the same or a slip apart, place by place."""
    likeness = jaro_winkler(left, right)
    alike = np.asarray(likeness >= _NEAR_NAME)
    doubtful = np.flatnonzero(~alike & (likeness >= _DOUBTFUL))
    alike[doubtful] = _same_letters(left[doubtful], right[doubtful])
    return alike


def _word_levels(left: Texts, right: Texts) -> Levels:
    """Compare one part of a name: near is one slip in four letters, or an initial."""
    likeness = jaro_winkler(left, right)
    levels = cut(likeness, _NEAR_NAME, _FAR_NAME)
    doubtful = np.flatnonzero((likeness >= _DOUBTFUL) & (likeness < _NEAR_NAME))
    one, other = left[doubtful], right[doubtful]
    initial = np.fromiter(map(_is_initial, one, other), dtype=bool, count=len(one))
    levels[doubtful[initial | _same_letters(one, other)]] = Level.NEAR
    levels[likeness == 1] = Level.EXACT
    return levels


def name_part_traits(values: Values) -> Traits:
    """Give what is compared of a part of a name."""
    given = values.field.kind is FieldKind.GIVEN_NAME
    return Traits(values.texts, {"common": _common(values.texts, values.rows, given=given)})


def name_parts(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare one part of a name that stands in its own column."""
    levels = _word_levels(of.texts[left], of.texts[right])
    return _two_names(levels, of["common"][left] & of["common"][right])


def _common(texts: Texts, rows: Ints, *, given: bool) -> npt.NDArray[np.bool_]:
    """Whether a given name is borne by so many that it is no slip of another; initials are not."""
    if not given or rows.sum() < COMMON:
        return np.zeros(len(texts), dtype=np.bool_)
    codes, names = pd.factorize(texts)
    borne = np.bincount(codes, rows, minlength=len(names))
    return np.asarray((borne >= COMMON) & np.array([len(name) > 1 for name in names], dtype=np.bool_))[codes]


def _two_names(levels: Levels, common: npt.NDArray[np.bool_]) -> Levels:
    """Take two common names that are a slip apart, Mark and Mary, for what they are."""
    levels[common & (levels == Level.NEAR)] = Level.FAR
    return levels


def _half_alike(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
    """Whether two Chinese given names of two characters differ in one: often one that sounds alike."""
    return np.fromiter(
        (
            len(one) == len(other) == _GIVEN_CHARACTERS
            and one != other
            and (one[0] == other[0] or one[1] == other[1])
            and has_cjk(one)
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
            "given": given,
            "family": family,
            "one_word": family == "",
            "common": _common(given, values.rows, given=True),
            "in_order": marked(texts, _sorted_words),
            "closed": marked(texts, _closed),
            "sounds": marked(texts, name_sound),
            "surnames": marked(family, lambda text: surname_sound(text) if has_cjk(text) else ""),
        },
    )


def person(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare full names: family and given name each on their own, and the words in any order."""
    family, one_word = of["family"], of["one_word"]
    levels = _word_levels(family[left], family[right])
    levels[one_word[left] | one_word[right]] = Level.FAR
    kin = np.flatnonzero(levels > Level.DIFFERENT)
    levels[kin] = np.minimum(levels[kin], _first_names(of, left[kin], right[kin], levels[kin] == Level.EXACT))
    for name in ("in_order", "closed"):
        levels[of[name][left] == of[name][right]] = Level.EXACT
    one, other = of["surnames"][left], of["surnames"][right]
    turned = (one != other) & (one != BLANK) & (other != BLANK)
    return np.where(turned, levels, _or_sound(levels.copy(), of["sounds"], left, right))


def _first_names(of: Traits, left: Ints, right: Ints, kin: npt.NDArray[np.bool_]) -> Levels:
    """Compare given names; of those of one family name, `kin`, Chinese ones that are half alike are far."""
    given, common = of["given"], of["common"]
    levels = _two_names(_word_levels(given[left], given[right]), common[left] & common[right])
    levels[kin] = np.where(_half_alike(given[left[kin]], given[right[kin]]), Level.FAR, levels[kin])
    return levels


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
