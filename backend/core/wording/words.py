"""One sentence in two languages, under a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_schema.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A sentence with `{named}` places, in Chinese and English.

    Attributes:
        zh: What a Chinese reader sees.
        en: What an English reader sees.
        severity: How bad it is, for the code of an issue; None for any other sentence.
    """

    zh: str
    en: str
    severity: Severity | None = None


Catalogue = Mapping[str, Words]


def error(zh: str, en: str) -> Words:
    """Give the words of an issue after which a value cannot be used."""
    return Words(zh=zh, en=en, severity=Severity.ERROR)


def warning(zh: str, en: str) -> Words:
    """Give the words of an issue that somebody should look at."""
    return Words(zh=zh, en=en, severity=Severity.WARNING)


def info(zh: str, en: str) -> Words:
    """Give the words of a remark."""
    return Words(zh=zh, en=en, severity=Severity.INFO)
