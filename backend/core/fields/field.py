"""What a normaliser takes and gives: the context of a cell, and the field it became."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

Cell = str | int | float | bool
"""A raw JSON scalar as the sheet gave it; a blank cell is the empty string."""

Params = tuple[tuple[str, str], ...]
"""Named parameters of a sentence, in a form that hashes."""


class State(StrEnum):
    """What is known about a cell after it was read as its kind."""

    BLANK = "blank"
    VALID = "valid"
    POSSIBLE = "possible"
    """It can be used, but somebody should look at it."""
    INVALID = "invalid"
    UNKNOWN = "unknown"
    """The sheet itself could not say (#REF!, Loading...): neither blank nor wrong."""


class DateOrder(StrEnum):
    """Which number stands first in an all-numeric date that does not start with the year."""

    UNKNOWN = "unknown"
    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a normaliser may know besides the text. Hashable, so that answers can be kept.

    Attributes:
        today: The day of the run, in the register's time zone.
        country: ISO 3166-1 alpha-2 code that phones, postcodes, addresses and tax ids are read by.
        area_code: Area code of a local phone number without one; empty when unknown.
        currency: ISO 4217 code of amounts that name no currency; empty takes amounts of any currency.
        date_order: How this column writes numeric dates.
        two_digit_future: Whether a two-digit year may lie in the future (never for a birth date).
        choices: Pairs of (how people write it, casefolded; code) of a choice column.
        placeholders: Texts, casefolded, that people type instead of leaving the cell blank.
        email_domains: Domains that a mistyped e-mail domain is compared with.
    """

    today: date
    country: str = "CN"
    area_code: str = ""
    currency: str = "CNY"
    date_order: DateOrder = DateOrder.UNKNOWN
    two_digit_future: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    placeholders: frozenset[str] = frozenset()
    email_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a normaliser has to say about a cell: a code of the wording, and its parameters."""

    code: str
    params: Params = ()


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Field:
    """A cell, read as its kind.

    Attributes:
        value: The one form everything is compared in: E.164 for a phone, the ISO date
            (`2026-11-22`) for a date, int minor units for money, the code for a choice,
            text otherwise. The empty string when there is none.
        display: The right form as a person would write it; what `suggestion` proposes.
        state: What is known about the cell.
        findings: What a person should be told, at most a few.
        suggestion: The text to put into the cell instead; empty when the cell is fine as it is.
        parts: What else the cell says, by name, for the checks that compare columns: the birth date
            and sex of a resident id, the province of an address. Each module names its own.
    """

    value: str | int | float
    display: str
    state: State
    findings: tuple[Finding, ...] = ()
    suggestion: str = ""
    parts: Params = ()

    def __init__(
        self,
        *,
        value: str | float,
        display: str,
        state: State,
        findings: tuple[Finding, ...] = (),
        suggestion: str = "",
        parts: Params = (),
    ) -> None:
        """Set the attributes by their slots: half the time of what a frozen dataclass does, for each cell."""
        _set_value(self, value)
        _set_display(self, display)
        _set_state(self, state)
        _set_findings(self, findings)
        _set_suggestion(self, suggestion)
        _set_parts(self, parts)

    @property
    def issues(self) -> tuple[str, ...]:
        """Codes of the findings, in their order."""
        return tuple(finding.code for finding in self.findings)

    def part(self, name: str) -> str:
        """Give what the cell says under this name; empty when it says nothing."""
        return next((said for part, said in self.parts if part == name), "")


_set_value, _set_display, _set_state, _set_findings, _set_suggestion, _set_parts = (
    getattr(Field, name).__set__ for name in ("value", "display", "state", "findings", "suggestion", "parts")
)

Normaliser = Callable[[Cell, Context], Field]
"""Reads one cell as one kind. Pure; never raises.

Applied to its own suggestion it suggests nothing more, and gives the same value where there was one: but for
a mistyped e-mail domain, where the suggestion is another address.
"""

BLANK = Field(value="", display="", state=State.BLANK)
