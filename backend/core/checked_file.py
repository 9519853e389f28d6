"""What was found in a file, ready to be written: the rows with their answers, and a list of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.wording import say
from sheets_schema.model import Language, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.core.issues import Issue
    from backend.core.plan import Plan
    from backend.core.snapshot import TabRead

ANSWERS = ("tier", "status", "issues", "duplicate_of", "tier_reason")
"""Columns of the tool block that a checked file shows; `duplicate_of` names a row of the file."""

COLOURS: Mapping[Severity, str] = {Severity.ERROR: "#F4CCCC", Severity.WARNING: "#FFF2CC"}
"""Background of a cell with a problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One line of the list of what is wrong.

    Attributes:
        row: Row of the file; 0 for a whole column.
        field: Header of the column in the file, or the label of a column it lacks.
        reason: What is wrong, in the reader's language.
    """

    row: int
    field: str
    value: Cell
    severity: Severity
    code: str
    reason: str
    suggestion: str


def list_problems(plan: Plan, headers: Mapping[str, str], read: TabRead, language: Language) -> list[Problem]:
    """Give everything that is wrong with a file, the worst first, then by row.

    Args:
        plan: From Validate & Tier on the file.
        headers: Header of the file by field id.
        read: The file as a tab.
        language: Language of the reasons.
    """
    return [
        _problem(issue, headers, read, language)
        for issue in sorted(plan.issues, key=lambda issue: (-issue.severity.rank, issue.row))
        if issue.tab == "Customers"
    ]


def _problem(issue: Issue, headers: Mapping[str, str], read: TabRead, language: Language) -> Problem:
    label = read.tab.column(issue.column).label.to(language) if issue.column else ""
    return Problem(
        row=int(issue.row),
        field=headers.get(issue.column, label) or dict(issue.params).get("header", ""),
        value=issue.value,
        severity=issue.severity,
        code=issue.code,
        reason=issue.message(language),
        suggestion=issue.suggestion,
    )


def answers_by_row(plan: Plan) -> Mapping[int, Sequence[Cell]]:
    """Give the answers of each row, as `ANSWERS`; a duplicate is named by its row."""
    rows = dict(zip(plan.after["row_id"], plan.after.index, strict=True))
    columns = [plan.after[name].tolist() for name in ANSWERS]
    at = ANSWERS.index("duplicate_of")
    return {
        row: [*cells[:at], rows.get(cells[at], ""), *cells[at + 1 :]]
        for row, *cells in zip(plan.after.index, *columns, strict=True)
    }


def colours(
    problems: Sequence[Problem], headers: Sequence[str], *, first_row: int, first_column: int
) -> Mapping[tuple[int, int], str]:
    """Give the background of each cell with a problem, by 0-based place; the worst problem counts.

    Args:
        problems: The worst first.
        headers: Headers of the file in their order.
        first_row: Row of the file that is place 0.
        first_column: Columns that stand before the file's own.
    """
    places = {header: place + first_column for place, header in enumerate(headers)}
    coloured: dict[tuple[int, int], str] = {}
    for problem in problems:
        if problem.row and problem.field in places and problem.severity in COLOURS:
            coloured.setdefault((problem.row - first_row, places[problem.field]), COLOURS[problem.severity])
    return coloured


def problem_cells(problem: Problem, language: Language) -> list[Cell]:
    """Give a problem as the cells of a line: row, field, value, severity, reason, suggestion, code."""
    severity = say(f"severity-{problem.severity}", language)
    return [
        problem.row or "",
        problem.field,
        problem.value,
        severity,
        problem.reason,
        problem.suggestion,
        problem.code,
    ]
