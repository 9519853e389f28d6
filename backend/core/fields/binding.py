"""Which normaliser reads a column of the schema, and with which context."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from backend.core.fields import NORMALISERS
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from backend.core.fields.field import Cell, Context, Field, Normaliser
    from sheets_schema.model import Choice, Column


@lru_cache(maxsize=128)
def choice_pairs(choices: tuple[Choice, ...]) -> tuple[tuple[str, str], ...]:
    """Give the pairs (how people write it, casefolded; code) of a code list."""
    return tuple(
        (spelling.casefold(), choice.code)
        for choice in choices
        for spelling in dict.fromkeys((choice.code, choice.label.zh, choice.label.en, *choice.synonyms))
    )


def context_of(column: Column, context: Context) -> Context:
    """Give the context in which the cells of a column are read."""
    if column.kind is Kind.CHOICE:
        return replace(context, choices=choice_pairs(column.choices))
    if column.kind is Kind.DATE:
        return replace(context, two_digit_future=column.future_days != 0)
    return context


def normaliser_of(column: Column) -> Normaliser:
    """Give the function that reads single cells of a column."""
    return partial(_read, column)


def _read(column: Column, cell: Cell, context: Context) -> Field:
    return NORMALISERS[column.kind](cell, context_of(column, context))
