"""How two distinct values compare: a few levels, by kind.

Each comparer takes two arrays of value numbers of one column and gives a level for each place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from backend.core.duplicates import lexicon
from backend.core.duplicates.columns import BLANK, Ints, as_texts, distinct
from backend.core.duplicates.normalise import PART, has_cjk
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import overlap, tokenise

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Texts, Values
    from backend.core.duplicates.tokens import Floats


class Level(IntEnum):
    """How well two values agree; the larger the better."""

    MISSING = -1
    DIFFERENT = 0
    FAR = 1
    PART = 2
    """The end of a phone number, the local part of an e-mail address, a name turned round."""
    NEAR = 3
    EXACT = 4


Levels = npt.NDArray[np.int8]
Comparer = Callable[[Ints, Ints], Levels]
"""Takes two arrays of value numbers of one column, gives a level for each place."""

_NEAR_NAME, _FAR_NAME = 0.88, 0.75
_NEAR_COMPANY, _FAR_COMPANY = 0.93, 0.82
_NEAR_ADDRESS, _FAR_ADDRESS = 0.6, 0.3
_SLIP_ADDRESS, _ALL_NUMBERS = 0.95, 0.99
_NUMBER = re.compile(r"[0-9]+")
_NEAR_TEXT, _FAR_TEXT = 0.9, 0.8
_NEAR_EMAIL = 0.92
_GIVEN_CHARACTERS = 2
_FULL_DIGITS, _LOCAL_DIGITS, _LONGEST = 10, 7, 12
_LOCAL_PART = 5
_SAME_DATE_PARTS = 2
_DAYS_OF_A_YEAR = 366
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _cut(likeness: Floats, near: float, far: float) -> Levels:
    levels = np.full(len(likeness), Level.DIFFERENT, dtype=np.int8)
    levels[likeness >= far] = Level.FAR
    levels[likeness >= near] = Level.NEAR
    return levels


def jaro_winkler(left: Texts, right: Texts) -> Floats:
    """Give the Jaro-Winkler likeness of texts, place by place."""
    return process.cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)


def slips(left: Texts, right: Texts) -> Ints:
    """Give how many slips of a key (one letter wrong, missing, more, or two swapped) lie between texts."""
    return process.cpdist(left, right, scorer=OSA.distance, dtype=np.int32)


def _map(texts: Texts, change: Callable[[str], str]) -> Texts:
    return as_texts([change(text) for text in texts])


def _family(name: str) -> str:
    if has_cjk(name):
        return name[:2] if name[:2] in lexicon.COMPOUND_SURNAMES else name[:1]
    return name.rpartition(" ")[2] if " " in name else ""


def _given(name: str) -> str:
    return name[len(_family(name)) :] if has_cjk(name) else name.rpartition(" ")[0] or name


def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split()))


def _is_initial(left: str, right: str) -> bool:
    """Whether one is a single Latin letter that the other begins with."""
    return left[:1] == right[:1] and (len(left) == 1 or len(right) == 1) and left.isascii()


def _word_levels(left: Texts, right: Texts) -> Levels:
    """Compare one part of a name: near is one slip in four letters, or an initial."""
    levels = _cut(jaro_winkler(left, right), _NEAR_NAME, _FAR_NAME)
    initial = np.fromiter(map(_is_initial, left, right), dtype=bool, count=len(left))
    levels[initial & (levels < Level.NEAR)] = Level.NEAR
    levels[left == right] = Level.EXACT
    return levels


def _name_parts(values: Values) -> Comparer:
    """Compare one part of a name that stands in its own column."""
    return lambda left, right: _word_levels(values.texts[left], values.texts[right])


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


def _person(values: Values) -> Comparer:
    """Compare full names: family and given name each on their own, and the words in any order."""
    family, given = _map(values.texts, _family), _map(values.texts, _given)
    in_order, closed = (
        _map(values.texts, _sorted_words),
        _map(values.texts, lambda text: text.replace(" ", "")),
    )

    def compare(left: Ints, right: Ints) -> Levels:
        last = _word_levels(family[left], family[right])
        first = _word_levels(given[left], given[right])
        one_missing = (family[left] == "") | (family[right] == "")
        last[one_missing] = Level.FAR
        first[_half_alike(given[left], given[right]) & (last == Level.EXACT)] = Level.FAR
        levels = np.minimum(last, first)
        levels[(levels == Level.EXACT) | (in_order[left] == in_order[right])] = Level.EXACT
        joined = closed[left] == closed[right]
        levels[joined] = Level.EXACT
        return levels

    return compare


def _company(values: Values) -> Comparer:
    """Compare companies: the head decides; another trade or region makes it at best far."""
    parts = [(*text.split(PART), "", "")[:3] for text in values.texts]
    head, trade, region = (as_texts([part[i] for part in parts]) for i in range(3))
    closed = _map(head, lambda text: text.replace(" ", ""))
    tokens = tokenise(head)

    def compare(left: Ints, right: Ints) -> Levels:
        likeness = np.maximum(
            jaro_winkler(closed[left], closed[right]),
            process.cpdist(head[left], head[right], scorer=fuzz.token_sort_ratio, dtype=np.float32) / 100,
        )
        levels = _cut(likeness, _NEAR_COMPANY, _FAR_COMPANY)
        jaccard, inside = overlap(tokens, left, right)
        levels[(levels < Level.FAR) & ((jaccard >= _FAR_ADDRESS) | (inside >= _NEAR_ADDRESS))] = Level.FAR
        levels[(levels < Level.NEAR) & ((jaccard >= _NEAR_ADDRESS) | (inside >= _NEAR_COMPANY))] = Level.NEAR
        same = closed[left] == closed[right]
        levels[same] = Level.EXACT
        levels[same & (trade[left] != trade[right])] = Level.NEAR
        for part in (trade, region):
            clash = (part[left] != part[right]) & (part[left] != "") & (part[right] != "")
            levels[clash] = np.minimum(levels[clash], np.int8(Level.FAR))
        return levels

    return compare


def _name(values: Values) -> Comparer:
    """Compare names of persons or companies: both persons as persons, all else as companies."""
    by_person, by_company = _person(values), _company(values)
    is_company = np.fromiter((PART in text for text in values.texts), dtype=bool, count=len(values.texts))

    def compare(left: Ints, right: Ints) -> Levels:
        persons = ~is_company[left] & ~is_company[right]
        levels = np.empty(len(left), dtype=np.int8)
        levels[persons] = by_person(left[persons], right[persons])
        levels[~persons] = by_company(left[~persons], right[~persons])
        return levels

    return compare


def _phone(values: Values) -> Comparer:
    """Compare numbers: one may lack the country or area code; one slip in a number of the same length."""
    digits = _map(values.texts, lambda text: text.removeprefix("+"))
    lengths = np.fromiter(map(len, digits), dtype=np.int64, count=len(digits))
    tail = {size: as_texts([text[-size:] for text in digits]) for size in range(_LOCAL_DIGITS, _LONGEST + 1)}

    def compare(left: Ints, right: Ints) -> Levels:
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        shorter = np.minimum(lengths[left], lengths[right])
        one_slip = (lengths[left] == lengths[right]) & (slips(digits[left], digits[right]) == 1)
        levels[one_slip] = Level.NEAR
        for size, ends in tail.items():
            same = (shorter == size) & (ends[left] == ends[right])
            levels[same] = Level.EXACT if size >= _FULL_DIGITS else Level.PART
        levels[digits[left] == digits[right]] = Level.EXACT
        return levels

    return compare


def _email(values: Values) -> Comparer:
    """Compare addresses: a slip or two is near, the same person at another domain is part."""
    local = _map(values.texts, lambda text: text.partition("@")[0])
    own = np.fromiter(
        (len(text) >= _LOCAL_PART and text not in lexicon.ROLE_MAILBOXES for text in local),
        dtype=bool,
        count=len(local),
    )

    def compare(left: Ints, right: Ints) -> Levels:
        near_local = jaro_winkler(local[left], local[right]) >= _NEAR_EMAIL
        close = jaro_winkler(values.texts[left], values.texts[right]) >= _NEAR_EMAIL
        few = slips(values.texts[left], values.texts[right]) <= _SAME_DATE_PARTS
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        levels[(local[left] == local[right]) & own[left]] = Level.PART
        levels[few & close & near_local & own[left] & own[right]] = Level.NEAR
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _day_numbers(texts: Texts) -> npt.NDArray[np.float64]:
    """Give days as numbers, roughly; NaN where the text is no date."""
    numbers = np.full(len(texts), np.nan)
    for place, text in enumerate(texts):
        if _ISO.fullmatch(text):
            numbers[place] = int(text[:4]) * 365.25 + int(text[5:7]) * 30.4 + int(text[8:])
    return numbers


def _date(values: Values) -> Comparer:
    """Compare days: one slip or day and month swapped is near, two of three parts are part, a year is far."""
    parts = [(*text.split("-"), "", "")[:3] for text in values.texts]
    year, month, date = (as_texts([part[i] for part in parts]) for i in range(3))
    days = _day_numbers(values.texts)

    def compare(left: Ints, right: Ints) -> Levels:
        same = [(part[left] == part[right]).astype(np.int8) for part in (year, month, date)]
        swapped = (month[left] == date[right]) & (date[left] == month[right]) & (same[0] == 1)
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        levels[np.abs(days[left] - days[right]) <= _DAYS_OF_A_YEAR] = Level.FAR
        levels[np.sum(same, axis=0) >= _SAME_DATE_PARTS] = Level.PART
        levels[(slips(values.texts[left], values.texts[right]) == 1) | swapped] = Level.NEAR
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _code(values: Values) -> Comparer:
    """Compare numbers and codes: one slip in five or more characters is near."""
    lengths = np.fromiter(map(len, values.texts), dtype=np.int64, count=len(values.texts))

    def compare(left: Ints, right: Ints) -> Levels:
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        long = np.minimum(lengths[left], lengths[right]) >= _LOCAL_PART - 1
        levels[(slips(values.texts[left], values.texts[right]) == 1) & long] = Level.NEAR
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _numbers(text: str) -> str:
    return " ".join(_NUMBER.findall(text))


def _address(values: Values) -> Comparer:
    """Compare addresses by the rare words they share; another house number makes it at best far."""
    numbers = _map(values.texts, _numbers)
    tokens, number_tokens = tokenise(values.texts), tokenise(numbers)

    def compare(left: Ints, right: Ints) -> Levels:
        jaccard, inside = overlap(tokens, left, right)
        levels = _cut(jaccard, _NEAR_ADDRESS, _FAR_ADDRESS)
        closer = jaro_winkler(values.texts[left], values.texts[right]) >= _SLIP_ADDRESS
        levels[closer] = Level.NEAR
        levels[(inside >= _NEAR_COMPANY) & (levels < Level.NEAR)] = Level.NEAR
        numbered = (numbers[left] != "") & (numbers[right] != "")
        elsewhere = numbered & (overlap(number_tokens, left, right)[1] < _ALL_NUMBERS)
        levels[elsewhere] = np.minimum(levels[elsewhere], np.int8(Level.FAR))
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _text(values: Values) -> Comparer:
    """Compare short texts such as a city, by their letters."""

    def compare(left: Ints, right: Ints) -> Levels:
        levels = _cut(jaro_winkler(values.texts[left], values.texts[right]), _NEAR_TEXT, _FAR_TEXT)
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _choice(values: Values) -> Comparer:
    """Compare codes of a list: the same or not."""
    del values
    return lambda left, right: np.where(left == right, Level.EXACT, Level.DIFFERENT).astype(np.int8)


_BY_KIND = MappingProxyType(
    {
        FieldKind.PERSON_NAME: _person,
        FieldKind.FAMILY_NAME: _name_parts,
        FieldKind.GIVEN_NAME: _name_parts,
        FieldKind.COMPANY: _company,
        FieldKind.NAME: _name,
        FieldKind.PHONE: _phone,
        FieldKind.EMAIL: _email,
        FieldKind.DATE: _date,
        FieldKind.IDENTIFIER: _code,
        FieldKind.ADDRESS: _address,
        FieldKind.POSTCODE: _code,
        FieldKind.TEXT: _text,
        FieldKind.CHOICE: _choice,
    }
)


class ColumnComparer:
    """Compares rows in one column, each distinct pair of values once."""

    def __init__(self, values: Values) -> None:
        """Make ready what does not depend on the pair."""
        self._codes = values.codes
        self._size = max(len(values.texts), 1)
        self._compare = _BY_KIND[values.field.kind](values)

    def levels(self, a: Ints, b: Ints) -> Levels:
        """Give the level of each pair of rows.

        Args:
            a: Row positions.
            b: Row positions, one for each of `a`.
        """
        left, right = self._codes[a], self._codes[b]
        levels = np.full(len(a), Level.MISSING, dtype=np.int8)
        levels[(left == right) & (left != BLANK)] = Level.EXACT
        open_ = np.flatnonzero((left != right) & (left != BLANK) & (right != BLANK))
        low, high = np.minimum(left[open_], right[open_]), np.maximum(left[open_], right[open_])
        pairs = low * self._size + high
        once = distinct(pairs)
        if len(once):
            back = np.searchsorted(once, pairs)
            levels[open_] = self._compare(*np.divmod(once, self._size))[back]
        return levels
