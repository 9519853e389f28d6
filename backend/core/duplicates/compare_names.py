"""How two names compare: of persons, by their parts, letters and sound; of companies, by their head.

Each comparer takes two arrays of value numbers of one column and gives a level for each place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from backend.core.duplicates.chinese import (
    company_sound,
    given_and_family,
    has_cjk,
    name_sound,
    surname_sound,
)
from backend.core.duplicates.columns import BLANK, as_texts, codes_of
from backend.core.duplicates.levels import Level, cut, jaro_winkler, mapped, numbered
from backend.core.duplicates.normalise import PART
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import overlap, tokenise

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.levels import Comparer, Levels

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
    levels[left == right] = Level.EXACT
    return levels


def name_parts(values: Values) -> Comparer:
    """Compare one part of a name that stands in its own column."""
    common = _common(values.texts, values.rows, given=values.field.kind is FieldKind.GIVEN_NAME)

    def compare(left: Ints, right: Ints) -> Levels:
        levels = _word_levels(values.texts[left], values.texts[right])
        return _two_names(levels, common[left] & common[right])

    return compare


def _common(texts: Texts, rows: Ints, *, given: bool) -> npt.NDArray[np.bool_]:
    """Whether a given name is borne by so many that it is no slip of another; initials are not."""
    codes, _ = codes_of(texts)
    if not given or not len(codes):
        return np.zeros(len(texts), dtype=np.bool_)
    known = codes != BLANK
    borne = np.bincount(codes[known], rows[known], minlength=1)
    long = np.fromiter((len(text) > 1 for text in texts), dtype=bool, count=len(texts))
    return np.asarray(long & known & (borne[codes] >= COMMON))


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


def person(values: Values) -> Comparer:
    """Compare full names: family and given name each on their own, and the words in any order."""
    split = [given_and_family(text) for text in values.texts]
    given, family = as_texts([name[0] for name in split]), as_texts([name[1] for name in split])
    common = _common(given, values.rows, given=True)
    in_order, closed = (
        numbered(values.texts, _sorted_words),
        numbered(values.texts, lambda text: text.replace(" ", "")),
    )
    sounds = numbered(values.texts, name_sound)
    surnames = numbered(family, lambda text: surname_sound(text) if has_cjk(text) else "")

    def compare(left: Ints, right: Ints) -> Levels:
        last = _word_levels(family[left], family[right])
        first = _two_names(_word_levels(given[left], given[right]), common[left] & common[right])
        one_missing = (family[left] == "") | (family[right] == "")
        last[one_missing] = Level.FAR
        kin = np.flatnonzero((last == Level.EXACT) & (first < Level.EXACT))
        first[kin[_half_alike(given[left[kin]], given[right[kin]])]] = Level.FAR
        levels = np.minimum(last, first)
        levels[(levels == Level.EXACT) | (in_order[left] == in_order[right])] = Level.EXACT
        joined = closed[left] == closed[right]
        levels[joined] = Level.EXACT
        turned = (surnames[left] != surnames[right]) & (surnames[left] != BLANK) & (surnames[right] != BLANK)
        return np.where(turned, levels, _or_sound(levels.copy(), sounds, left, right))

    return compare


def _or_sound(levels: Levels, sounds: Ints, left: Ints, right: Ints) -> Levels:
    """Raise what is less than part to part where both sound the same."""
    alike = (sounds[left] == sounds[right]) & (sounds[left] != BLANK)
    levels[alike & (levels < Level.PART)] = Level.PART
    return levels


def company(values: Values) -> Comparer:
    """Compare companies: the head decides; another trade or region makes it at best far."""
    parts = [(*text.split(PART), "", "")[:3] for text in values.texts]
    head, trade, region = (as_texts([part[i] for part in parts]) for i in range(3))
    closed = mapped(head, lambda text: text.replace(" ", ""))
    tokens = tokenise(head)
    sounds = numbered(head, company_sound)

    def compare(left: Ints, right: Ints) -> Levels:
        likeness = np.maximum(
            jaro_winkler(closed[left], closed[right]),
            process.cpdist(head[left], head[right], scorer=fuzz.token_sort_ratio, dtype=np.float32) / 100,
        )
        levels = cut(likeness, _NEAR_COMPANY, _FAR_COMPANY)
        jaccard, inside = overlap(tokens, left, right)
        levels[(levels < Level.FAR) & ((jaccard >= _FAR_WORDS) | (inside >= _NEAR_WORDS))] = Level.FAR
        levels[(levels < Level.NEAR) & ((jaccard >= _NEAR_WORDS) | (inside >= _NEAR_COMPANY))] = Level.NEAR
        same = closed[left] == closed[right]
        levels[same] = Level.EXACT
        levels[same & (trade[left] != trade[right])] = Level.NEAR
        levels = _or_sound(levels, sounds, left, right)
        for part in (trade, region):
            clash = (part[left] != part[right]) & (part[left] != "") & (part[right] != "")
            levels[clash] = np.minimum(levels[clash], np.int8(Level.FAR))
        return levels

    return compare


def person_or_company(values: Values) -> Comparer:
    """Compare names of persons or companies: both persons as persons, all else as companies."""
    by_person, by_company = person(values), company(values)
    is_company = np.fromiter((PART in text for text in values.texts), dtype=bool, count=len(values.texts))

    def compare(left: Ints, right: Ints) -> Levels:
        persons = ~is_company[left] & ~is_company[right]
        levels = np.empty(len(left), dtype=np.int8)
        levels[persons] = by_person(left[persons], right[persons])
        levels[~persons] = by_company(left[~persons], right[~persons])
        return levels

    return compare
