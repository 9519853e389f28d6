"""What was found in a file, ready to be written: the rows with their answers, and a list of what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.wording import say
from sheets_schema.model import Language, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.core.file_table import FileTable
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
        row: Number of the row, see `FileTable`; 0 for a whole column.
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


def list_problems(plan: Plan, table: FileTable, read: TabRead, language: Language) -> list[Problem]:
    """Give everything that is wrong with a file, the worst first, then by row.

    Args:
        plan: From Validate & Tier on the file.
        table: What the file holds.
        read: The file as a tab.
        language: Language of the reasons.
    """
    headers = {field: table.headers[place] for field, place in read.binding.positions}
    found = [
        _problem(issue, table.number(issue.sheet, int(issue.row)), headers, read, language)
        for issue in plan.issues
        if issue.tab == "Customers"
    ]
    return sorted(found, key=lambda problem: (-problem.severity.rank, problem.row))


def _problem(
    issue: Issue, row: int, headers: Mapping[str, str], read: TabRead, language: Language
) -> Problem:
    label = read.tab.column(issue.column).label.to(language) if issue.column else ""
    return Problem(
        row=row,
        field=headers.get(issue.column, label) or dict(issue.params).get("header", ""),
        value=issue.value,
        severity=issue.severity,
        code=issue.code,
        reason=issue.message(language),
        suggestion=issue.suggestion,
    )


def answers_by_row(plan: Plan, table: FileTable) -> Mapping[int, Sequence[Cell]]:
    """Give the answers of each row by its number, as `ANSWERS`; a duplicate is named by its row."""
    rows = dict(zip(plan.after["row_id"], map(table.named, plan.after.index.tolist()), strict=True))
    columns = [plan.after[name].tolist() for name in ANSWERS]
    at = ANSWERS.index("duplicate_of")
    return {
        row: [*cells[:at], rows.get(cells[at], ""), *cells[at + 1 :]]
        for row, *cells in zip(plan.after.index, *columns, strict=True)
    }


def colours(
    problems: Sequence[Problem], table: FileTable, *, first_column: int
) -> Mapping[tuple[int, int], str]:
    """Give the background of each cell with a problem, by 0-based place; the worst problem counts.

    Args:
        problems: The worst first.
        table: What the file holds; its rows stand one after the other.
        first_column: Columns that stand before the file's own.
    """
    lines = {number: place for place, number in enumerate(table.numbers())}
    places = {header: place + first_column for place, header in enumerate(table.headers)}
    coloured: dict[tuple[int, int], str] = {}
    for problem in problems:
        if problem.row and problem.field in places and problem.severity in COLOURS:
            coloured.setdefault((lines[problem.row], places[problem.field]), COLOURS[problem.severity])
    return coloured


def problem_cells(problem: Problem, table: FileTable, language: Language) -> list[Cell]:
    """Give a problem as the cells of a line: where, field, value, severity, reason, suggestion, code."""
    severity = say(f"severity-{problem.severity}", language)
    return [
        *(cell or "" for cell in table.where(problem.row).values()),
        problem.field,
        problem.value,
        severity,
        problem.reason,
        problem.suggestion,
        problem.code,
    ]
