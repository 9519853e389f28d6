"""An issue: one thing that is wrong, with its place, code and value; worded when somebody reads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core.masking import masked_params
from backend.core.wording import say, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from backend.core.fields.field import Cell, Params
    from backend.core.snapshot import Snapshot
    from sheets_schema.model import Column, Language, Severity

WHOLE_COLUMN = 0
"""The sheet row of an issue that concerns a whole column or tab."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing that is wrong.

    Attributes:
        tab: Tab id.
        row: Sheet row, or `WHOLE_COLUMN`.
        column: Field id; '' where no single column is meant.
        code: Code of the wording; it decides the severity and the sentence.
        value: The cell as it was found.
        params: Named parameters of the sentence.
        suggestion: What the cell could hold instead; '' when there is no proposal.
        sheet: Title of the sheet, once `located` in a tab that is kept in several.
    """

    tab: str
    row: int
    column: str
    code: str
    value: Cell = ""
    params: Params = ()
    suggestion: str = ""
    sheet: str = ""

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return severity_of(self.code)

    def message(self, language: Language) -> str:
        """Give the sentence a person reads beside the row itself; it may name the value in full."""
        return say(self.code, language, **dict(self.params))

    def masked_message(self, column: Column, language: Language) -> str:
        """Give the sentence as it may stand elsewhere: contact details are masked."""
        return say(self.code, language, **dict(masked_params(column, self.params)))


def located(issues: Iterable[Issue], snapshot: Snapshot) -> Iterator[Issue]:
    """Give issues by sheet and its own row, in tabs that are kept in several sheets."""
    for issue in issues:
        read = snapshot.get(issue.tab)
        if read is not None and read.parts and issue.row:
            sheet, row = read.at(issue.row)
            yield replace(issue, sheet=sheet.title, row=row)
        else:
            yield issue


def count_by_field(issues: Iterable[Issue]) -> Mapping[str, Mapping[Severity, int]]:
    """Count issues by `tab.column` and severity; most issues first."""
    counts: dict[str, Counter[Severity]] = {}
    for issue in issues:
        counts.setdefault(f"{issue.tab}.{issue.column}", Counter())[issue.severity] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1].total(), item[0])))
