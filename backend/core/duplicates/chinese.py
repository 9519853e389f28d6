"""Chinese as it is compared: traditional characters as simplified ones, and what a name sounds like.

The two tables beside this module are small and complete for single characters; a register is read through
them in milliseconds. What depends on the word (乾隆, 重庆) is left to comparing both characters and sound.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from backend.core.duplicates import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

CJK = "㐀-䶿一-鿿豈-﫿"
_HAS_CJK = re.compile(f"[{CJK}]")


def _lines(name: str) -> list[str]:
    text = files(__package__ or "").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def _simplified() -> Mapping[int, str]:
    traditional, simplified = _lines("simplified.txt")
    return {ord(old): new for old, new in zip(traditional, simplified, strict=True)}


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _simplified()))}]")


@cache
def _sounds() -> Mapping[str, str]:
    known = (line.split(" ", 1) for line in _lines("pinyin.txt"))
    return {character: syllable for syllable, characters in known for character in characters}


def has_cjk(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return not text.isascii() and _HAS_CJK.search(text) is not None


def simplify(text: str) -> str:
    """Give each traditional character as the simplified one.

    >>> simplify("張偉國")
    '张伟国'
    """
    return text.translate(_simplified()) if _traditional().search(text) else text


def pinyin(text: str) -> str:
    """Give the syllables of the characters, without tone, closed up; what is no Chinese stays.

    >>> pinyin("晓明")
    'xiaoming'
    """
    if text.isascii():
        return text
    known = _sounds()
    return "".join([known.get(character, character) for character in text])


def family_of(name: str) -> str:
    """Give the family name of a Chinese name: one character, or two that are known to be one name."""
    return name[:2] if name[:2] in lexicon.COMPOUND_SURNAMES else name[:1]


def given_and_family(name: str) -> tuple[str, str]:
    """Give the given and the family name; of a Latin name the last word is the family name, of one word none.

    >>> given_and_family("欧阳娜娜"), given_and_family("john b smith"), given_and_family("plato")
    (('娜娜', '欧阳'), ('john b', 'smith'), ('plato', ''))
    """
    if has_cjk(name):
        family = family_of(name)
        return name[len(family) :].strip(), family
    given, _, family = name.rpartition(" ")
    return (given, family) if given else (family, "")


def surname_sound(family: str) -> str:
    """Give how a Chinese family name sounds; some characters sound otherwise than in other words."""
    return lexicon.SURNAME_SOUNDS.get(family) or pinyin(family)


def name_sound(name: str) -> str:
    """Give how a person's name sounds, in either order and script; '' for a name of one word.

    >>> name_sound("张晓明") == name_sound("xiao ming zhang") == name_sound("章小鸣")
    True
    """
    given, family = given_and_family(name)
    if not (given and family):
        return ""
    sound = surname_sound(family) if has_cjk(name) else family
    return " ".join(sorted((sound, pinyin(given.replace(" ", "")))))


def company_sound(head: str) -> str:
    """Give how the head of a company's name sounds; '' when it is a single character."""
    return pinyin(head).replace(" ", "") if len(head) > 1 else ""
