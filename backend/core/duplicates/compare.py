"""How two distinct values compare: a few levels, by kind.

Each comparer takes two arrays of value numbers of one column and gives a level for each place.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates import compare_names, lexicon
from backend.core.duplicates.columns import BLANK, as_texts, codes_of, distinct
from backend.core.duplicates.levels import Level, cut, jaro_winkler, mapped, numbered, slips
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import overlap, tokenise

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.levels import Comparer, Levels
    from backend.core.duplicates.tokens import Floats

_NEAR_ADDRESS, _FAR_ADDRESS = 0.6, 0.3
_MOST_WORDS = 0.93
_SLIP_ADDRESS, _ALL_NUMBERS = 0.95, 0.99
_NUMBER = re.compile(r"[0-9]+")
_NEAR_TEXT, _FAR_TEXT = 0.9, 0.8
_NEAR_EMAIL = 0.92
_LONG_NUMBER = 6
"""Digits of a mailbox from which another digit is a slip rather than another person of that name."""
_FEW_SLIPS = 2
_FAR_DOMAIN, _FAR_LOCAL = 0.85, 0.85
_FULL_DIGITS, _LOCAL_DIGITS, _LONGEST = 10, 7, 12
_LOCAL_PART = 5
_SAME_DATE_PARTS = 2
_DAYS_OF_A_YEAR = 366
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _phone(values: Values) -> Comparer:
    """Compare numbers: one may lack the country or area code, or have 0 for it; one slip is near."""
    digits = mapped(values.texts, lambda text: text.removeprefix("+").lstrip("0"))
    lengths = np.fromiter(map(len, digits), dtype=np.int64, count=len(digits))
    tail = {
        size: codes_of(as_texts([text[-size:] for text in digits]))[0]
        for size in range(_LOCAL_DIGITS, _LONGEST + 1)
    }

    def compare(left: Ints, right: Ints) -> Levels:
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        shorter = np.minimum(lengths[left], lengths[right])
        one_slip = (lengths[left] == lengths[right]) & (slips(digits[left], digits[right], 1) == 1)
        levels[one_slip] = Level.NEAR
        for size, ends in tail.items():
            same = (shorter == size) & (ends[left] == ends[right])
            levels[same] = Level.EXACT if size >= _FULL_DIGITS else Level.PART
        levels[digits[left] == digits[right]] = Level.EXACT
        return levels

    return compare


def _email(values: Values) -> Comparer:
    """Compare addresses: a slip or two is near, one mailbox at another domain part, slips in both far."""
    local = mapped(values.texts, lambda text: text.partition("@")[0])
    domain = mapped(values.texts, lambda text: text.partition("@")[2])
    own = np.fromiter(
        (len(text) >= _LOCAL_PART and text not in lexicon.ROLE_MAILBOXES for text in local),
        dtype=bool,
        count=len(local),
    )
    letters, digits = numbered(local, lambda text: _NUMBER.sub("", text)), numbered(local, _numbers)
    long = np.fromiter((len(_numbers(text)) >= _LONG_NUMBER for text in local), dtype=bool, count=len(local))

    def compare(left: Ints, right: Ints) -> Levels:
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        likeness = jaro_winkler(local[left], local[right])
        alike = np.flatnonzero(likeness >= _FAR_LOCAL)
        levels[alike] = closer(left[alike], right[alike], likeness[alike])
        levels[left == right] = Level.EXACT
        return levels

    def closer(left: Ints, right: Ints, likeness: Floats) -> Levels:
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        misspelt = (domain[left] != domain[right]) & (digits[left] == digits[right])
        misspelt &= jaro_winkler(domain[left], domain[right]) >= _FAR_DOMAIN
        levels[misspelt] = Level.FAR
        levels[(local[left] == local[right]) & own[left]] = Level.PART
        whole = values.texts[left], values.texts[right]
        near = (slips(*whole, _FEW_SLIPS) <= _FEW_SLIPS) & (likeness >= _NEAR_EMAIL)
        near &= jaro_winkler(*whole) >= _NEAR_EMAIL
        levels[near & own[left] & own[right]] = Level.NEAR
        renumbered = (letters[left] == letters[right]) & ~(long[left] & long[right])
        levels[renumbered & (local[left] != local[right])] = Level.DIFFERENT
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
        levels[(slips(values.texts[left], values.texts[right], 1) == 1) | swapped] = Level.NEAR
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _code(values: Values) -> Comparer:
    """Compare numbers and codes: one slip in five or more characters is near."""
    lengths = np.fromiter(map(len, values.texts), dtype=np.int64, count=len(values.texts))

    def compare(left: Ints, right: Ints) -> Levels:
        levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
        long = np.minimum(lengths[left], lengths[right]) >= _LOCAL_PART - 1
        levels[(slips(values.texts[left], values.texts[right], 1) == 1) & long] = Level.NEAR
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _numbers(text: str) -> str:
    return " ".join(_NUMBER.findall(text))


def _address(values: Values) -> Comparer:
    """Compare addresses by the rare words they share; another house number makes it at best far."""
    numbers = mapped(values.texts, _numbers)
    tokens, number_tokens = tokenise(values.texts), tokenise(numbers)

    def compare(left: Ints, right: Ints) -> Levels:
        jaccard, inside = overlap(tokens, left, right)
        levels = cut(jaccard, _NEAR_ADDRESS, _FAR_ADDRESS)
        open_ = np.flatnonzero(levels < Level.NEAR)
        likeness = jaro_winkler(values.texts[left[open_]], values.texts[right[open_]])
        levels[open_[likeness >= _SLIP_ADDRESS]] = Level.NEAR
        levels[(inside >= _MOST_WORDS) & (levels < Level.NEAR)] = Level.NEAR
        both = (numbers[left] != "") & (numbers[right] != "") & (numbers[left] != numbers[right])
        odd = np.flatnonzero(both & (levels > Level.FAR))
        elsewhere = odd[overlap(number_tokens, left[odd], right[odd])[1] < _ALL_NUMBERS]
        levels[elsewhere] = Level.FAR
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _text(values: Values) -> Comparer:
    """Compare short texts such as a city, by their letters."""

    def compare(left: Ints, right: Ints) -> Levels:
        levels = cut(jaro_winkler(values.texts[left], values.texts[right]), _NEAR_TEXT, _FAR_TEXT)
        levels[left == right] = Level.EXACT
        return levels

    return compare


def _choice(values: Values) -> Comparer:
    """Compare codes of a list: the same or not."""
    del values
    return lambda left, right: np.where(left == right, Level.EXACT, Level.DIFFERENT).astype(np.int8)


_BY_KIND = MappingProxyType(
    {
        FieldKind.PERSON_NAME: compare_names.person,
        FieldKind.FAMILY_NAME: compare_names.name_parts,
        FieldKind.GIVEN_NAME: compare_names.name_parts,
        FieldKind.COMPANY: compare_names.company,
        FieldKind.NAME: compare_names.person_or_company,
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

    def same(self, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
        """Whether the two rows of each pair have the same value."""
        left = self._codes[a]
        return np.asarray((left == self._codes[b]) & (left != BLANK))

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
