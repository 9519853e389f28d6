"""Match rules: the lines of the MatchRules tab, typed; what they do not say stays as usual."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from backend.core.duplicates.rules import FieldKind, MatchField, MatchRules
from backend.core.duplicates.schema_rules import KINDS, default_rules
from backend.core.fields.binding import normaliser_of
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt
from backend.core.issues import Issue
from backend.core.snapshot import data_rows
from sheets_schema import headers
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.match_rules import MATCH_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from backend.core.snapshot import TabRead

WHOLE = "*"
"""What the line of the thresholds names instead of a column."""
_MOST: Mapping[str, float] = MappingProxyType({"weight": 5, "possible_from": 1, "certain_from": 1})
_NORMALISERS: Mapping[str, Callable[[Cell, Context], Field]] = MappingProxyType(
    {column.id: normaliser_of(column) for column in MATCH_RULES.columns}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLines:
    """What the team says about the search for duplicates.

    Attributes:
        fields: The columns of Customers that are named; none means the usual ones, as usual.
        off: Columns that are switched off.
        possible_from: Probability from which a pair is shown; None for the usual.
        certain_from: Probability from which a pair may be certain; None for the usual.
    """

    fields: tuple[MatchField, ...] = ()
    off: frozenset[str] = frozenset()
    possible_from: float | None = None
    certain_from: float | None = None

    def rules(self, columns: Collection[str], *, max_shared: int) -> MatchRules:
        """Give the rules for a register that has these columns: the usual ones, with what the lines change.

        Args:
            columns: Field ids of Customers that the sheet has.
            max_shared: A contact on more rows than this is no evidence, where a line says nothing else.
        """
        usual = default_rules(columns, max_shared=max_shared)
        said = {field.column: field for field in self.fields if field.column in columns}
        kept = [said.pop(field.column, field) for field in usual.fields if field.column not in self.off]
        rules = replace(usual, fields=(*kept, *said.values()))
        if self.possible_from is not None:
            rules = replace(rules, possible_from=self.possible_from)
        return rules if self.certain_from is None else replace(rules, certain_from=self.certain_from)


NO_LINES = MatchLines()
"""A register without the tab, or with an empty one."""


def parse_match_rules(read: TabRead | None, *, today: date) -> tuple[MatchLines, tuple[Issue, ...]]:
    """Read the MatchRules tab.

    Args:
        read: The tab as read; None, or a tab without lines, means the usual rules.
        today: The day of the run.

    Returns:
        What the lines say, and what is wrong with them. A line that cannot be read is named and left out.
    """
    lines, issues, seen = NO_LINES, list[Issue](), set[str]()
    if read is None or read.frame.empty:
        return lines, ()
    for row in read.frame.index[data_rows(read)]:
        cells: dict[Any, Any] = read.frame.loc[row].to_dict()
        fields = {name: _NORMALISERS[name](cell, Context(today=today)) for name, cell in cells.items()}
        named = str(fields["field"].value) if "field" in fields else ""
        column = WHOLE if named == WHOLE else next(iter(headers.columns_of(CUSTOMERS, named)), "")
        wrong = [name for name, field in fields.items() if _is_wrong(name, field)] or ["field"] * (not column)
        issues += [_issue(row, name, "match-rule-unreadable", str(cells.get(name, ""))) for name in wrong]
        if wrong:
            continue
        if column in seen:
            issues.append(_issue(row, "field", "match-rule-twice", named))
            continue
        seen.add(column)
        lines = _with(lines, column, {n: f.value for n, f in fields.items() if f.state is not State.BLANK})
    return lines, tuple(issues)


def _is_wrong(name: str, field: Field) -> bool:
    if field.state is State.BLANK:
        return False
    if field.state in (State.INVALID, State.UNKNOWN):
        return True
    least = MATCH_RULES.column(name).minimum
    below = least is not None and float(field.value) < least
    return below or float(field.value if name in _MOST else 0) > _MOST.get(name, 0)


def _with(lines: MatchLines, column: str, values: Mapping[str, Any]) -> MatchLines:
    """Give the lines with one more."""
    if values.get("active") == "no":
        return lines if column == WHOLE else replace(lines, off=lines.off | {column})
    if column == WHOLE:
        possible, certain = values.get("possible_from"), values.get("certain_from")
        return replace(
            lines,
            possible_from=None if possible is None else float(possible),
            certain_from=None if certain is None else float(certain),
        )
    usual = KINDS.get(column, FieldKind.CHOICE if values.get("scope") == "yes" else FieldKind.TEXT)
    field = MatchField(
        column=column,
        kind=FieldKind(values["match_kind"]) if "match_kind" in values else usual,
        weight=float(values.get("weight", 1.0)),
        max_shared=values.get("max_shared"),
        scope=values.get("scope") == "yes",
    )
    return replace(lines, fields=(*lines.fields, field))


def _issue(row: int, column_id: str, code: str, value: str) -> Issue:
    label = MATCH_RULES.column(column_id).label
    params = (
        ("row", str(row)),
        ("column_zh", label.zh),
        ("column_en", label.en),
        ("value", excerpt(value)),
    )
    return Issue(tab=MATCH_RULES.id, row=row, column=column_id, code=code, value=value, params=params)
