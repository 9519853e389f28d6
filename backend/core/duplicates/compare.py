"""How two distinct values compare: a few levels, by kind.

Each kind has a function that works out the traits of the distinct values, and one that takes them and two
arrays of value numbers and gives a level for each place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates import compare_names, lexicon
from backend.core.duplicates.columns import BLANK, as_texts, distinct, marks_of, shared_texts
from backend.core.duplicates.levels import Level, cut, jaro_winkler, mapped, marked, slips
from backend.core.duplicates.rules import FieldKind
from backend.core.duplicates.tokens import overlap, tokenise
from backend.core.duplicates.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.core.duplicates.columns import Ints, Texts, Values
    from backend.core.duplicates.levels import Levels
    from backend.core.duplicates.tokens import Floats

_NEAR_ADDRESS, _FAR_ADDRESS = 0.6, 0.3
_MOST_WORDS = 0.93
_SLIP_ADDRESS, _ALL_NUMBERS = 0.95, 0.99
_NUMBER = re.compile(r"[0-9]+")
_NO_LETTER = re.compile(r"[\W\d_]+")
_NEAR_TEXT, _FAR_TEXT = 0.9, 0.8
_NEAR_EMAIL = 0.92
_LONG_NUMBER = 6
"""Digits of a mailbox from which another digit is a slip rather than another person of that name."""
_FEW_SLIPS = 2
_FAR_DOMAIN, _FAR_LOCAL = 0.85, 0.85
_FULL_DIGITS, _LOCAL_DIGITS, _LONGEST, _KEPT_DIGITS = 10, 7, 12, 18
_TENS = 10 ** np.arange(_LONGEST + 1)
_DATE_PARTS = ("year", "month", "day")
_NO_DAY = frozenset({("", ""), ("01", "01")})
"""Month and day of a date of which the year alone is known."""
_LOCAL_PART = 5
_SAME_DATE_PARTS = 2
_DAYS_OF_A_YEAR = 366
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _phone_traits(values: Values) -> Traits:
    digits = mapped(values.texts, lambda text: text.removeprefix("+").lstrip("0"))
    lengths = np.array([len(text) for text in digits], dtype=np.int64)
    ends = np.array([int(text[-_KEPT_DIGITS:] or "0") for text in digits], dtype=np.int64)
    return Traits(values.texts, {"digits": digits, "lengths": lengths, "ends": ends})


def _phone(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare numbers: one may lack the country or area code, or have 0 for it; one slip is near."""
    levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
    lengths = of["lengths"][left], of["lengths"][right]
    as_long = np.flatnonzero(lengths[0] == lengths[1])
    apart = slips(of["digits"][left[as_long]], of["digits"][right[as_long]], 1)
    levels[as_long[apart == 1]] = Level.NEAR
    shorter = np.minimum(*lengths)
    ended = np.flatnonzero((shorter >= _LOCAL_DIGITS) & (shorter <= _LONGEST))
    shorter, ends = shorter[ended], of["ends"][left[ended]] - of["ends"][right[ended]]
    same = ends % _TENS[shorter] == 0
    levels[ended[same]] = np.where(shorter[same] >= _FULL_DIGITS, Level.EXACT, Level.PART)
    levels[as_long[apart == 0]] = Level.EXACT
    return levels


def _email_traits(values: Values) -> Traits:
    local = shared_texts([text.partition("@")[0] for text in values.texts])
    domain = shared_texts([text.partition("@")[2] for text in values.texts])
    numbers = mapped(local, _numbers)
    own = [len(text) >= _LOCAL_PART and text not in lexicon.ROLE_MAILBOXES for text in local]
    return Traits(
        values.texts,
        {
            "local": local,
            "domain": domain,
            "own": np.array(own, dtype=np.bool_),
            "letters": marked(local, lambda text: text if text.isalpha() else _NO_LETTER.sub("", text)),
            "numbers": marks_of(numbers),
            "long": np.array([len(text) >= _LONG_NUMBER for text in numbers], dtype=np.bool_),
        },
    )


def _email(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare addresses: a slip or two is near, one mailbox at another domain part, slips in both far."""
    levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
    likeness = jaro_winkler(of["local"][left], of["local"][right])
    alike = np.flatnonzero(likeness >= _FAR_LOCAL)
    levels[alike] = _like_emails(of, left[alike], right[alike], likeness[alike])
    levels[left == right] = Level.EXACT
    return levels


def _like_emails(of: Traits, left: Ints, right: Ints, likeness: Floats) -> Levels:
    levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
    local, domain, own, long = (of[name] for name in ("local", "domain", "own", "long"))
    misspelt = (domain[left] != domain[right]) & (of["numbers"][left] == of["numbers"][right])
    misspelt &= jaro_winkler(domain[left], domain[right]) >= _FAR_DOMAIN
    levels[misspelt] = Level.FAR
    levels[(local[left] == local[right]) & own[left]] = Level.PART
    whole = of.texts[left], of.texts[right]
    near = (slips(*whole, _FEW_SLIPS) <= _FEW_SLIPS) & (likeness >= _NEAR_EMAIL)
    near &= jaro_winkler(*whole) >= _NEAR_EMAIL
    levels[near & own[left] & own[right]] = Level.NEAR
    renumbered = (of["letters"][left] == of["letters"][right]) & ~(long[left] & long[right])
    renumbered &= of["numbers"][left] != of["numbers"][right]
    levels[renumbered] = Level.DIFFERENT
    return levels


def _day_numbers(texts: Texts) -> npt.NDArray[np.float64]:
    """Give days as numbers, roughly; NaN where the text is no date."""
    numbers = np.full(len(texts), np.nan)
    for place, text in enumerate(texts):
        if _ISO.fullmatch(text):
            numbers[place] = int(text[:4]) * 365.25 + int(text[5:7]) * 30.4 + int(text[8:])
    return numbers


def _date_traits(values: Values) -> Traits:
    parts = [(*text.split("-"), "", "")[:3] for text in values.texts]
    marks = {name: marks_of(as_texts([part[i] for part in parts])) for i, name in enumerate(_DATE_PARTS)}
    year_only = np.array([part[1:] in _NO_DAY for part in parts], dtype=np.bool_)
    return Traits(values.texts, {**marks, "days": _day_numbers(values.texts), "year_only": year_only})


def _date(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare days: one slip or day and month swapped is near, two of three parts are part, a year is far.

    A year alone, or the first of January that stands for one, has a day and a month like any other.
    """
    same = [(of[name][left] == of[name][right]).astype(np.int8) for name in _DATE_PARTS]
    month, day, years = of["month"], of["day"], of["year_only"][left] & of["year_only"][right]
    swapped = (month[left] == day[right]) & (day[left] == month[right]) & (same[0] == 1)
    levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
    levels[np.abs(of["days"][left] - of["days"][right]) <= _DAYS_OF_A_YEAR] = Level.FAR
    levels[(np.sum(same, axis=0) >= _SAME_DATE_PARTS) & ~years] = Level.PART
    slip = slips(of.texts[left], of.texts[right], 1) == 1
    levels[(slip | swapped) & ~years] = Level.NEAR
    levels[slip & years] = Level.FAR
    levels[(same[0] == 1) & (of["year_only"][left] | of["year_only"][right]) & (levels < Level.NEAR)] = (
        Level.FAR
    )
    levels[(same[0] == 1) & years] = Level.NEAR
    levels[left == right] = Level.EXACT
    return levels


def _code_traits(values: Values) -> Traits:
    return Traits(values.texts, {"lengths": np.array([len(text) for text in values.texts], dtype=np.int64)})


def _code(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare numbers and codes: one slip in five or more characters is near."""
    levels = np.full(len(left), Level.DIFFERENT, dtype=np.int8)
    long = np.minimum(of["lengths"][left], of["lengths"][right]) >= _LOCAL_PART - 1
    levels[(slips(of.texts[left], of.texts[right], 1) == 1) & long] = Level.NEAR
    levels[left == right] = Level.EXACT
    return levels


def _numbers(text: str) -> str:
    return "" if text.isalpha() else " ".join(_NUMBER.findall(text))


def _address_traits(values: Values) -> Traits:
    numbers = mapped(values.texts, _numbers)
    tokens = {"words": tokenise(values.texts), "numbers": tokenise(numbers)}
    return Traits(values.texts, {"numbers": marks_of(numbers)}, tokens)


def _address(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare addresses by the rare words they share; another house number makes it at best far."""
    numbers = of["numbers"]
    jaccard, inside = overlap(of.tokens["words"], left, right)
    levels = cut(jaccard, _NEAR_ADDRESS, _FAR_ADDRESS)
    open_ = np.flatnonzero(levels < Level.NEAR)
    likeness = jaro_winkler(of.texts[left[open_]], of.texts[right[open_]])
    levels[open_[likeness >= _SLIP_ADDRESS]] = Level.NEAR
    levels[(inside >= _MOST_WORDS) & (levels < Level.NEAR)] = Level.NEAR
    both = (numbers[left] != BLANK) & (numbers[right] != BLANK) & (numbers[left] != numbers[right])
    odd = np.flatnonzero(both & (levels > Level.FAR))
    elsewhere = odd[overlap(of.tokens["numbers"], left[odd], right[odd])[1] < _ALL_NUMBERS]
    levels[elsewhere] = Level.FAR
    levels[left == right] = Level.EXACT
    return levels


def _texts_alone(values: Values) -> Traits:
    return Traits(values.texts)


def _text(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare short texts such as a city, by their letters."""
    levels = cut(jaro_winkler(of.texts[left], of.texts[right]), _NEAR_TEXT, _FAR_TEXT)
    levels[left == right] = Level.EXACT
    return levels


def _choice(of: Traits, left: Ints, right: Ints) -> Levels:
    """Compare codes of a list: the same or not."""
    del of
    return np.where(left == right, Level.EXACT, Level.DIFFERENT).astype(np.int8)


@dataclass(frozen=True, slots=True)
class _Method:
    """How a kind is compared: what is worked out of each value, and of a pair of values by their place."""

    traits: Callable[[Values], Traits]
    compare: Callable[[Traits, Ints, Ints], Levels]


_BY_KIND = MappingProxyType(
    {
        FieldKind.PERSON_NAME: _Method(compare_names.person_traits, compare_names.person),
        FieldKind.FAMILY_NAME: _Method(compare_names.name_part_traits, compare_names.name_parts),
        FieldKind.GIVEN_NAME: _Method(compare_names.name_part_traits, compare_names.name_parts),
        FieldKind.COMPANY: _Method(compare_names.company_traits, compare_names.company),
        FieldKind.NAME: _Method(compare_names.either_traits, compare_names.person_or_company),
        FieldKind.PHONE: _Method(_phone_traits, _phone),
        FieldKind.EMAIL: _Method(_email_traits, _email),
        FieldKind.DATE: _Method(_date_traits, _date),
        FieldKind.IDENTIFIER: _Method(_code_traits, _code),
        FieldKind.ADDRESS: _Method(_address_traits, _address),
        FieldKind.POSTCODE: _Method(_code_traits, _code),
        FieldKind.TEXT: _Method(_texts_alone, _text),
        FieldKind.CHOICE: _Method(_texts_alone, _choice),
    }
)


def traits_of(values: Values) -> Traits:
    """Give what is compared of each distinct value of a column."""
    return _BY_KIND[values.field.kind].traits(values)


class ColumnComparer:
    """Compares rows in one column, each distinct pair of values once."""

    def __init__(self, values: Values, traits: Traits | None = None) -> None:
        """Make ready what does not depend on the pair.

        Args:
            values: The column.
            traits: Of its distinct values, where they are known.
        """
        self.traits = traits_of(values) if traits is None else traits
        self._codes = values.codes
        self._size = max(len(self.traits.texts), 1)
        self._compare = _BY_KIND[values.field.kind].compare

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
            levels[open_] = self._compare(self.traits, *np.divmod(once, self._size))[back]
        return levels
