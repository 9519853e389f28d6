"""Evidence in words a person reads."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from backend.core.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.core.duplicates.answer import Evidence
    from backend.core.fields.field import Params
    from sheets_schema.model import Language, Text

WORTH_SAYING = 0.5
"""Bits from which a reason is told; a value that lost its weight is told too."""
_KEPT = 50_000
"""Sentences that are kept for the next pairs; contact values in them are masked."""
_PRIOR = "match-prior"
_SHARED = "match-shared"


def _label(column: str, language: Language, labels: Mapping[str, Text]) -> str:
    """Give a column's label as it stands inside a sentence: `Mobile` small, `ID` as it is."""
    if column not in labels:
        return column
    label = labels[column].to(language)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


@lru_cache(maxsize=_KEPT)
def sentence(code: str, language: Language, label: str, params: Params) -> str:
    """Say one reason; the same ones come back in pair after pair."""
    return say(code, language, label=label, **dict(params))


def explain(evidence: Iterable[Evidence], language: Language, labels: Mapping[str, Text]) -> str:
    """Say in one line why two rows may be one customer: the strongest reason first, then those against.

    Args:
        evidence: The evidence of one pair.
        language: In which language.
        labels: Headers of the columns; a column without one is called by its name.
    """
    told = [
        reason
        for reason in evidence
        if reason.code != _PRIOR and (abs(reason.bits) >= WORTH_SAYING or reason.code == _SHARED)
    ]
    told.sort(key=lambda reason: -reason.bits)
    sentences = (
        sentence(reason.code, language, _label(reason.column, language, labels), reason.params)
        for reason in told
    )
    return say("match-between", language).join(sentences)
