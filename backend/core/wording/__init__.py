"""Every sentence a person reads, in Chinese and English, by code."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording import (
    adoption,
    arrivals,
    checks,
    doctor,
    duplicates,
    fields,
    results,
    runs,
    serving,
    tiers,
)
from sheets_schema.model import Language, Severity, Text

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue, Words

_ROOMS: tuple[Catalogue, ...] = (
    fields.WORDS,
    checks.WORDS,
    tiers.WORDS,
    duplicates.WORDS,
    runs.WORDS,
    results.WORDS,
    doctor.WORDS,
    arrivals.WORDS,
    adoption.WORDS,
    serving.WORDS,
)


def _merge(rooms: tuple[Catalogue, ...]) -> dict[str, Words]:
    counts = Counter(code for room in rooms for code in room)
    twice = sorted(code for code, count in counts.items() if count > 1)
    if twice:
        message = f"codes worded twice: {', '.join(twice)}"
        raise ValueError(message)
    return {code: words for room in rooms for code, words in room.items()}


WORDS: Catalogue = MappingProxyType(_merge(_ROOMS))


def say(code: str, language: Language, **params: object) -> str:
    """Give the sentence of a code in one language, its places filled.

    Raises:
        KeyError: The code is not worded, or a place has no parameter.
    """
    words = WORDS[code]
    return (words.zh if language is Language.ZH else words.en).format(**params)


def both(code: str, **params: object) -> Text:
    """Give the sentence of a code in both languages; a place filled with a `Text` speaks the same one.

    Raises:
        KeyError: The code is not worded, or a place has no parameter.
    """

    def to(language: Language) -> str:
        said = {name: one.to(language) if isinstance(one, Text) else one for name, one in params.items()}
        return say(code, language, **said)

    return Text(zh=to(Language.ZH), en=to(Language.EN))


def severity_of(code: str) -> Severity:
    """Give how bad an issue of this code is.

    Raises:
        KeyError: The code is not worded, or is not the code of an issue.
    """
    severity = WORDS[code].severity
    if severity is None:
        raise KeyError(code)
    return severity
