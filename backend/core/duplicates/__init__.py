"""Finds rows that are the same customer, and says why."""

from __future__ import annotations

from backend.core.duplicates.answer import Duplicates, Evidence, RowKey, SharedValue
from backend.core.duplicates.decisions import Decisions
from backend.core.duplicates.explain import explain
from backend.core.duplicates.find import find_duplicates
from backend.core.duplicates.index import Index
from backend.core.duplicates.rules import FieldKind, MatchField, MatchRules, Strength

__all__ = [
    "Decisions",
    "Duplicates",
    "Evidence",
    "FieldKind",
    "Index",
    "MatchField",
    "MatchRules",
    "RowKey",
    "SharedValue",
    "Strength",
    "explain",
    "find_duplicates",
]
