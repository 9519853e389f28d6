"""How two parts of names compare, a given name or a family name: letters, looks, sound, short forms.

A part has traits of its own, worked out once a distinct value, under the name of the part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from backend.core.duplicates import lexicon
from backend.core.duplicates.chinese import has_cjk, pinyin
from backend.core.duplicates.columns import BLANK, shared_texts
from backend.core.duplicates.levels import Level, cut, jaro_winkler, mapped, marked, slips
from backend.core.duplicates.nicknames import lines_of, one_name

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints, Texts
    from backend.core.duplicates.joined import Array
    from backend.core.duplicates.levels import Levels
    from backend.core.duplicates.traits import Traits

_NEAR_NAME, _FAR_NAME = 0.88, 0.75
_DOUBTFUL = 0.6
"""Likeness from which two words may still be an initial or the same letters in another order."""
_LEAST_LETTERS = 4
FAMILY = "family"
"""The name of the part that is a family name; two common ones may be a slip apart."""
_LOOKS_ALIKE = str.maketrans("i1056894", "llosbgqa")


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


def _bare(text: str) -> str:
    """Give a part of a name without the word that tells father from son."""
    rest, _, last = text.rpartition(" ")
    return rest if rest and last in lexicon.GENERATIONS else text


def _generation(text: str) -> int:
    rest, _, last = text.rpartition(" ")
    return lexicon.GENERATIONS.get(last, 0) if rest else 0


def part_traits(texts: Texts, name: str, *, given: bool, alone: bool = False) -> dict[str, Array]:
    """Give what is compared of one part of names.

    Args:
        texts: The part of each value.
        name: What its traits are called.
        given: Whether it is a given name, which may be short and have a middle name after it.
        alone: Whether it has a column of its own; of a full name the whole is compared by its sound.
    """
    bare = mapped(texts, _bare)
    first = shared_texts([text.partition(" ")[0] for text in bare]) if given else bare
    middle = marked(bare, _second_letter) if given else np.full(len(bare), BLANK)
    return {
        name: bare,
        f"{name}_first": first,
        f"{name}_middle": middle,
        f"{name}_looks": marked(bare, _looks),
        f"{name}_sounds": marked(bare, _sound) if alone else np.full(len(bare), BLANK),
        f"{name}_initial": np.array([len(text) == 1 and text.isascii() for text in first], dtype=np.bool_),
        f"{name}_lines": lines_of(first if given else first[:0], len(first)),
        f"{name}_generation": np.fromiter(map(_generation, texts), dtype=np.int8, count=len(texts)),
    }


def _sound(text: str) -> str:
    return pinyin(text) if has_cjk(text) else ""


def _looks(text: str) -> str:
    """Give a text with the letters that a scanner takes for one another made one."""
    return text.replace("rn", "m").replace("ri", "n").translate(_LOOKS_ALIKE) if text.isascii() else ""


def _second_letter(text: str) -> str:
    return text.partition(" ")[2][:1]


def part_levels(of: Traits, name: str, left: Ints, right: Ints) -> Levels:
    """Compare one part of names: by its letters, as nicknames, without the middle names, by generation.

    Args:
        of: Traits of the values, those of `part_traits` among them.
        name: What the traits of the part are called.
        left: Places of values.
        right: Places of values, one for each of `left`.
    """
    levels = word_levels(of[name][left], of[name][right])
    _raise_slips(levels, of, name, left, right)
    if "common" in of.arrays and name != FAMILY:
        first = of[f"{name}_first"]
        two = of["common"][left] & of["common"][right] & (levels == Level.NEAR)
        levels[two & (first[left] != first[right])] = Level.FAR
    _raise_short_forms(levels, of, name, left, right)
    return _by_generation(levels, of[f"{name}_generation"], left, right)


def _raise_slips(levels: Levels, of: Traits, name: str, left: Ints, right: Ints) -> None:
    """Take for near what is a slip apart in a short name, looks alike to a scanner, or sounds the same."""
    far = np.flatnonzero(levels == Level.FAR)
    levels[far[_one_slip(of[name][left[far]], of[name][right[far]])]] = Level.NEAR
    for like in ("looks", "sounds"):
        marks = of[f"{name}_{like}"]
        levels[(marks[left] == marks[right]) & (marks[left] != BLANK) & (levels < Level.NEAR)] = Level.NEAR


def _raise_short_forms(levels: Levels, of: Traits, name: str, left: Ints, right: Ints) -> None:
    """Take for near a nickname, and a first name whose middle names are left out or shortened."""
    first, middle, lines = (of[f"{name}_{trait}"] for trait in ("first", "middle", "lines"))
    open_ = np.flatnonzero(levels < Level.NEAR)
    no_middle = _any_blank(middle, left[open_], right[open_])
    open_ = open_[no_middle | (middle[left[open_]] == middle[right[open_]])]
    nick = one_name(lines[left[open_]], lines[right[open_]])
    levels[open_[nick]] = Level.NEAR
    longer = open_[~nick & _any_blank(middle, left[open_], right[open_])]
    longer = longer[middle[left[longer]] != middle[right[longer]]]
    alike = word_levels(first[left[longer]], first[right[longer]]) >= Level.NEAR
    levels[longer[alike]] = Level.NEAR


def _one_slip(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
    """Whether two words of four or more letters are one slip apart."""
    long = np.fromiter(
        (min(len(one), len(other)) >= _LEAST_LETTERS for one, other in zip(left, right, strict=True)),
        dtype=bool,
        count=len(left),
    )
    return np.asarray((slips(left, right, 1) == 1) & long)


def _any_blank(marks: Ints, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    return np.asarray((marks[left] == BLANK) | (marks[right] == BLANK))


def _by_generation(levels: Levels, generation: Array, left: Ints, right: Ints) -> Levels:
    """Take father and son for what they are; where one of them is not marked, they may be."""
    one, other = generation[left], generation[right]
    levels[(one != other) & (np.maximum(one, other) > 1) & (levels > Level.FAR)] = Level.FAR
    levels[(one != other) & (one > 0) & (other > 0)] = Level.DIFFERENT
    return levels


def alike_words(left: Texts, right: Texts, *, short: bool = False) -> npt.NDArray[np.bool_]:
    """Whether two parts of a name are the same or a slip apart, place by place.

    Args:
        left: Names.
        right: Names, one for each of `left`.
        short: Whether an initial and a nickname count too.
    """
    likeness = jaro_winkler(left, right)
    alike = np.asarray(likeness >= _NEAR_NAME)
    doubtful = np.flatnonzero(~alike & (likeness >= _DOUBTFUL))
    alike[doubtful] = _same_letters(left[doubtful], right[doubtful])
    if short:
        alike |= word_levels(left, right) >= Level.NEAR
        alike |= one_name(lines_of(left, len(left)), lines_of(right, len(right)))
    return alike


def word_levels(left: Texts, right: Texts) -> Levels:
    """Compare one part of a name: near is one slip in four letters, or an initial."""
    likeness = jaro_winkler(left, right)
    levels = cut(likeness, _NEAR_NAME, _FAR_NAME)
    doubtful = np.flatnonzero((likeness >= _DOUBTFUL) & (likeness < _NEAR_NAME))
    one, other = left[doubtful], right[doubtful]
    initial = np.fromiter(map(_is_initial, one, other), dtype=bool, count=len(one))
    levels[doubtful[initial | _same_letters(one, other)]] = Level.NEAR
    levels[left == right] = Level.EXACT
    return levels
