"""What is told about one customer: tier and why, problems, possible duplicates, last orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.masking import shown
from backend.core.wording import both
from sheets_schema.model import Language, Text

if TYPE_CHECKING:
    from backend.core.issues import Issue
    from sheets_schema.model import Severity, Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem, as it may be told outside its row; the column is blank where none is meant."""

    column: Text
    severity: Severity
    message: Text
    suggestion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A row that may be the same customer.

    Attributes:
        spot: Where it stands; '' where it cannot be told.
        name: Its customer.
        strength: How sure it is.
        evidence: Why; contact details are masked.
    """

    spot: str
    name: str
    strength: Text
    evidence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One line of an order: ISO day, amount as people write it with its currency, status."""

    day: str
    amount: str
    status: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One customer.

    Attributes:
        row: Row of the frame.
        spot: Where it stands, as people say it.
        row_id: Its id; '' where it has none yet, or whose it is is not clear.
        tier: Its tier; blank where the row's id is unclear.
        reason: Why.
        status: The worst of its problems.
        problems: What is wrong, the worst first.
        alike: Rows that may be the same customer, the surest first.
        orders: The last orders, the newest first; only where they were asked for.
    """

    row: int
    spot: str
    row_id: str
    name: str
    tier: Text
    reason: Text
    status: Text
    problems: tuple[Problem, ...] = ()
    alike: tuple[Alike, ...] = ()
    orders: tuple[Order, ...] = ()


def problem_of(tab: Tab, issue: Issue) -> Problem:
    """Give a problem as it may be told outside its row: contact details are masked."""
    column = tab.column(issue.column) if issue.column else None
    if column is None:
        message = both(issue.code, **dict(issue.params))
        return Problem(column=Text(zh="", en=""), severity=issue.severity, message=message)
    zh, en = (issue.masked_message(column, language) for language in (Language.ZH, Language.EN))
    return Problem(
        column=column.label,
        severity=issue.severity,
        message=Text(zh=zh, en=en),
        suggestion=shown(column, issue.suggestion),
    )
