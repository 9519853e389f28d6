"""Choices out of a list, and yes or no."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.core.fields.clean import key
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, invalid, look, read

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEAR = 0.5
_NAMED_CHOICES = 6

_YES = (
    "true", "yes", "y", "t", "1", "on", "ok", "agree", "agreed", "accept", "opt in", "opt-in", "√",
    "✓", "✔", "☑", "✅", "是", "是的", "对", "對", "有", "同意", "已同意", "接受", "愿意", "要",
    "需要", "可以", "好", "好的",
)  # fmt: skip
_NO = (
    "false", "no", "n", "f", "0", "off", "disagree", "decline", "opt out", "opt-out", "x", "×", "✗",
    "✘", "☒", "❌", "否", "不", "不是", "不对", "没有", "沒有", "无", "不同意", "未同意", "拒绝",
    "不接受", "不愿意", "不要", "不需要", "不可以",
)  # fmt: skip
YES_NO = (*((word, "yes") for word in _YES), *((word, "no") for word in _NO))
"""How people write yes and no; a blank cell is neither."""

_YES_NO_SHOWN: Mapping[str, str] = MappingProxyType({"yes": "TRUE", "no": "FALSE"})


@lru_cache(maxsize=256)
def _by_key(choices: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return MappingProxyType({key(spelling): code for spelling, code in reversed(choices)})


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as one of a list of choices.

    Args:
        cell: Any cell.
        context: Its choices and placeholders are used. A choice goes before a placeholder.

    Returns:
        The code of the choice as value. A spelling that is not in the list is invalid; the nearest
        one is suggested where one is near (`choice-unknown-near`).
    """
    found = _find(cell, context.choices)
    if not isinstance(found, str):
        return found
    if found:
        return Field(value=found, display=_first_spelling(found, context), state=State.VALID)
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    near = _nearest(text, context)
    if near:
        return invalid("choice-unknown-near", suggestion=near, value=excerpt(text), nearest=near)
    return invalid("choice-unknown", value=excerpt(text), allowed=_some_choices(context))


def normalise_boolean(cell: Cell, context: Context) -> Field:
    """Read a cell as yes or no.

    Args:
        cell: Any cell.
        context: Its choices are used before the usual words; its placeholders after them.

    Returns:
        `yes` or `no` as value; a blank cell is blank, never no.
    """
    found = _find(cell, context.choices) or _find(cell, YES_NO)
    if not isinstance(found, str):
        return found
    if found:
        return Field(value=found, display=_YES_NO_SHOWN.get(found, found), state=State.VALID)
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    return invalid("boolean-unknown", value=excerpt(text))


def _find(cell: Cell, choices: tuple[tuple[str, str], ...]) -> str | Field:
    """Give the code of a cell, the empty string when it is no choice, or the field of an unread cell."""
    seen = look(cell)
    return seen if isinstance(seen, Field) else _by_key(choices).get(key(seen), "")


def _nearest(text: str, context: Context) -> str:
    spellings = [spelling for spelling, _ in context.choices]
    near = process.extractOne(key(text), spellings, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    return "" if near is None else str(near[0])


def _first_spelling(code: str, context: Context) -> str:
    return next(spelling for spelling, of in context.choices if of == code)


def _some_choices(context: Context) -> str:
    firsts = list(dict.fromkeys(_first_spelling(code, context) for _, code in context.choices))
    return " / ".join(firsts[:_NAMED_CHOICES]) + (" …" if len(firsts) > _NAMED_CHOICES else "")
