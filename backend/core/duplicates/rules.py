"""What a team decides about duplicates: which column is what kind, and where the bands begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a column says about a customer; it decides how two values are compared."""

    PERSON_NAME = "person_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    COMPANY = "company"
    NAME = "name"
    """A person or a company: the column does not say which."""
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    IDENTIFIER = "identifier"
    """A tax id, a member number, an account elsewhere: one customer each."""
    ADDRESS = "address"
    POSTCODE = "postcode"
    TEXT = "text"
    CHOICE = "choice"


class Strength(StrEnum):
    """How sure a pair is."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchField:
    """One column that takes part.

    Attributes:
        column: Name of the column in the frame.
        kind: What its values are.
        weight: Factor on the bits the column gives; 1 is the default, 0 leaves it to the candidates only.
        max_shared: Like that of the rules, for this column; None for the one of the rules.
        scope: Whether rows that differ here are never one customer.
    """

    column: str
    kind: FieldKind
    weight: float = 1.0
    max_shared: int | None = None
    scope: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRules:
    """How duplicates are found in one register.

    Attributes:
        fields: The columns that take part; a column may stand under two kinds.
        possible_from: Probability from which a pair is shown, 0 to 1.
        certain_from: Probability from which a pair may be called certain, 0 to 1.
        max_shared: A phone, e-mail address, identifier or address on rows of more different
            customers than this says nothing about who they are.
        max_block: Rows of one block that are compared each with each; a larger block is compared
            in a window, and what is left out is counted.
        max_pairs: Pairs of rows compared in one run at most.
    """

    fields: tuple[MatchField, ...]
    possible_from: float = 0.5
    certain_from: float = 0.95
    max_shared: int = 5
    max_block: int = 60
    max_pairs: int = 20_000_000

    @property
    def by_kind(self) -> tuple[MatchField, ...]:
        """The columns in the order of their kinds, so that no other order of theirs changes what is found."""
        kinds = tuple(FieldKind)
        return tuple(sorted(self.fields, key=lambda field: kinds.index(field.kind)))
