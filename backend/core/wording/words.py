"""One sentence in two languages, under a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
