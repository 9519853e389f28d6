"""How good the register is: points from 0 to 100 for each row, each column and the whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from sheets_schema.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.core.checks.facts import Facts, Table
    from backend.core.issues import Issue
    from backend.core.team_settings import TeamSettings
    from sheets_schema.model import Column

_MAY_BE_BLANK = frozenset(
    {
        *("notes", "team_tier", "age", "resident_id"),
        *("tier_override", "tier_override_reason", "tier_override_until"),
        *("product_code", "category", "quantity", "unit_price", "currency", "channel", "salesperson"),
    }
)
"""Columns of which a blank cell is no gap."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnQuality:
    """One column: the share of its cells that are filled (0 to 1), and its points (0 to 100)."""

    filled: float
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The points of a tab.

    Attributes:
        score: Mean of the rows, 0 to 100.
        filled: Share of the cells that count and are filled, 0 to 1.
        rows: By sheet row.
        columns: By field id, the weakest first.
        others: The points of the other tabs that are checked, by tab id.
    """

    score: int
    filled: float
    rows: Mapping[int, int]
    columns: Mapping[str, ColumnQuality]
    others: Mapping[str, Quality] = field(default_factory=lambda: MappingProxyType({}))


def measure_register(facts: Facts, issues: Sequence[Issue]) -> Quality | None:
    """Give the points of the Customers tab, with those of the other tabs; None when it has no points."""
    settings = facts.rules.settings
    customers = measure(facts.customers, issues, settings)
    others = {
        tab_id: measure(table, issues, settings)
        for tab_id, table in facts.tables.items()
        if table is not facts.customers
    }
    known = {tab_id: quality for tab_id, quality in others.items() if quality}
    return replace(customers, others=MappingProxyType(known)) if customers else None


def measure(table: Table, issues: Iterable[Issue], settings: TeamSettings) -> Quality | None:
    """Give the points of a tab; None when it has no row or no column of the team's.

    A cell earns its weight when it is filled and nothing is wrong with it, half with a warning, nothing when
    it is blank or has an error. A required cell weighs three times another; the team may set both, and the
    weight of each column. Of a group of which one is needed (phone, e-mail, WeChat), a blank cell beside a
    filled one is no gap.

    Args:
        table: The tab, read.
        issues: Everything that was found; those of other tabs and of whole columns are passed over.
        settings: What the team says about weights.
    """
    weights = {column.id: _weight(table, column, settings) for column in table.bound()}
    columns = [column for column in table.bound() if weights[column.id]]
    if not len(table.raw) or not columns:
        return None
    filled = {column.id: ~table.blank(column.id).to_numpy(dtype=bool) for column in columns}
    left = {Severity.WARNING: settings.quality_warning / 100, Severity.ERROR: 0.0}
    points = _points(table, filled, issues, left)
    counted = _counted(table, filled)
    earned = sum((weights[name] * points[name] for name in points), start=np.zeros(len(table.raw)))
    possible = sum((weights[name] * counted[name] for name in points), start=np.zeros(len(table.raw)))
    scores = 100 * np.divide(earned, possible, out=np.ones_like(earned), where=possible > 0)
    per_column = {name: _of_column(points[name], counted[name], filled[name]) for name in points}
    cells = float(sum(one.sum() for one in counted.values()))
    return Quality(
        score=round(float(scores.mean())),
        filled=float(sum(one.sum() for one in filled.values())) / max(1.0, cells),
        rows=MappingProxyType(
            dict(zip(map(int, table.raw.index), scores.round().astype(int).tolist(), strict=True))
        ),
        columns=MappingProxyType(dict(sorted(per_column.items(), key=lambda item: item[1].score))),
    )


def _points(
    table: Table, filled: Mapping[str, Any], issues: Iterable[Issue], left_of: Mapping[Severity, float]
) -> dict[str, Numbers]:
    """Give what each cell earns of its weight, by column; a problem leaves a part of it, a note all."""
    places = {row: place for place, row in enumerate(table.raw.index.tolist())}
    points = {name: cells.astype(float) for name, cells in filled.items()}
    for issue in issues:
        left = left_of.get(issue.severity)
        if left is not None and issue.tab == table.tab.id and issue.row in places and issue.column in points:
            place = places[issue.row]
            points[issue.column][place] = min(points[issue.column][place], left)
    return points


def _counted(table: Table, filled: Mapping[str, Any]) -> dict[str, Any]:
    """Say for each cell whether it counts: every filled one, and a blank one that is a gap."""
    counted = {
        name: cells if name in _MAY_BE_BLANK else np.ones_like(cells) for name, cells in filled.items()
    }
    for group in table.tab.one_of:
        names = [name for name in group if name in filled]
        if names:
            nothing = ~np.logical_or.reduce([filled[name] for name in names])
            for name in names:
                counted[name] = filled[name]
            counted[names[0]] = filled[names[0]] | nothing
    return counted


def _weight(table: Table, column: Column, settings: TeamSettings) -> int:
    needed = column.required is not None or any(column.id in group for group in table.tab.one_of)
    return dict(settings.quality_weights).get(column.id, settings.quality_required if needed else 1)


def _of_column(points: Numbers, counted: Any, filled: Any) -> ColumnQuality:
    score = round(100 * float(points.sum()) / counted.sum()) if counted.any() else 100
    return ColumnQuality(filled=round(float(filled.mean()), 4), score=score)
