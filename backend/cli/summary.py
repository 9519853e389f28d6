"""What a run came to, as a team lead wants to see it and as a script reads it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from backend.core.checks.facts import READ
from backend.core.issues import count_by_field
from backend.core.masking import shown, told
from backend.core.tiers.explain import tier_label
from backend.core.wording import say
from backend.jobs import telling
from backend.ports import RunState
from sheets_schema.choices import TIERS
from sheets_schema.model import Severity
from sheets_schema.presets import TABS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.cli.screen import Screen
    from backend.core.card import Card
    from backend.core.issues import Issue
    from backend.core.quality import Quality
    from backend.jobs.job import Outcome
    from backend.ports import RunRecord
    from sheets_schema.model import Column

_SHORT = 40
_FIELDS_SHOWN = 20
_PAIRS_SHOWN = 3
_LONG = 120


def show_outcome(screen: Screen, outcome: Outcome) -> None:
    """Show a summary, or print it as JSON."""
    screen.give(outcome_json(outcome))
    screen.say_text(telling.headline(outcome))
    if outcome.job == "customer-card":
        _show_card(screen, outcome)
        return
    if outcome.job == "validate-and-tier":
        show_findings(screen, outcome.issues, outcome.tiers, outcome.pairs, outcome.counts, outcome.quality)
    elif outcome.cards:
        for text in telling.customers(outcome.cards, len(outcome.cards)):
            screen.say_text(text)
    else:
        _show_duplicates(screen, outcome.pairs, outcome.counts)
    for text in telling.aside(outcome):
        screen.say_text(text)
    if outcome.preview:
        _show_changes(screen, outcome)
    show_written(screen, outcome)


def show_findings(
    screen: Screen,
    issues: Sequence[Issue],
    tiers: Mapping[str, int],
    pairs: Sequence[tuple[str, str, str, str]],
    counts: Mapping[str, int],
    quality: Quality | None,
) -> None:
    """Show problems, points, tiers and possible duplicates."""
    _show_problems(screen, issues)
    _show_quality(screen, quality)
    _show_tiers(screen, tiers)
    _show_duplicates(screen, pairs, counts)


def show_written(screen: Screen, outcome: Outcome) -> None:
    """Say what was written, or would be."""
    screen.say_text(telling.written(outcome))
    if outcome.preview:
        screen.say("run-preview")
    for text in telling.unsettled(outcome):
        screen.say_text(text)


def _show_card(screen: Screen, outcome: Outcome) -> None:
    for title, lines in telling.parts(outcome.cards[0]):
        screen.say_text(title)
        for line in lines:
            screen.say_line(f"  {line.to(screen.language)}")


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """Give an outcome as scripts read it."""
    counts = outcome.counts
    return {
        "ok": outcome.state is RunState.DONE,
        "run_id": outcome.run_id,
        "state": outcome.state.value,
        "register": outcome.register,
        "counts": {name: counts[name] for name in ("read", "changed", "unchanged", "conflicts", "hidden")},
        "issues": {
            field: {severity.value: number for severity, number in by_severity.items()}
            for field, by_severity in count_by_field(outcome.issues).items()
        },
        "quality": quality_json(outcome.quality),
        "tiers": dict(outcome.tiers),
        "duplicate_groups": counts["duplicate_groups"],
        "api_calls": outcome.api_calls,
        "seconds": round(sum(outcome.seconds.values()), 3),
        "rules_hash": outcome.rules_hash,
        **({"customers": [_card_json(card) for card in outcome.cards]} if outcome.cards else {}),
    }


def _card_json(card: Card) -> dict[str, Any]:
    """Give what is told about a customer as scripts read it; texts in both languages."""
    return {
        "row": card.spot,
        "row_id": card.row_id,
        "name": card.name,
        "tier": asdict(card.tier),
        "tier_reason": asdict(card.reason),
        "status": asdict(card.status),
        "problems": [asdict(one) for one in card.problems],
        "duplicates": [asdict(one) for one in card.alike],
        "orders": [asdict(one) for one in card.orders],
    }


def record_json(record: RunRecord) -> dict[str, Any]:
    """Give a run of the ledger as scripts read it."""
    return {
        "run_id": record.run_id,
        "job": record.job,
        "register": record.register,
        "state": record.state.value,
        "preview": record.preview,
        "requested_by": record.requested_by,
        "started": record.started.isoformat(),
        "ended": record.ended.isoformat() if record.ended else None,
        "counts": dict(record.counts),
        "message": record.message,
    }


def _show_problems(screen: Screen, issues: Sequence[Issue]) -> None:
    if not issues:
        screen.say("no-problems")
        return
    examples: dict[str, Issue] = {}
    for issue in sorted(issues, key=lambda issue: -issue.severity.rank):
        examples.setdefault(f"{issue.tab}.{issue.column}", issue)
    rows = [
        (
            _field_label(screen, examples[field]),
            *(
                f"{by_severity[severity]:,}" if severity in by_severity else ""
                for severity in reversed(Severity)
            ),
            _example(screen, examples[field]),
        )
        for field, by_severity in list(count_by_field(issues).items())[:_FIELDS_SHOWN]
    ]
    columns = {
        "column-field": False,
        "column-errors": True,
        "column-warnings": True,
        "column-notes": True,
        "column-example": False,
    }
    screen.table(say("table-problems", screen.language), columns, rows)


def quality_json(quality: Quality | None) -> dict[str, Any] | None:
    """Give the points of the register and its columns as scripts read them."""
    if quality is None:
        return None
    columns = {name: {"filled": one.filled, "score": one.score} for name, one in quality.columns.items()}
    tabs = {"tabs": {tab_id: quality_json(one) for tab_id, one in quality.others.items()}}
    points = {"score": quality.score, "filled": round(quality.filled, 4), "columns": columns}
    return points | (tabs if quality.others else {})


def _show_quality(screen: Screen, quality: Quality | None) -> None:
    for text in telling.quality(quality):
        screen.say_text(text)


def _show_tiers(screen: Screen, tiers: Mapping[str, int]) -> None:
    total = max(1, sum(tiers.values()))
    rows = [
        (
            tier_label(choice.code, screen.language),
            f"{tiers.get(choice.code, 0):,}",
            f"{tiers.get(choice.code, 0) / total:.1%}",
        )
        for choice in TIERS
    ]
    columns = {"column-tier": False, "column-customers": True, "column-share": True}
    screen.table(say("table-tiers", screen.language), columns, rows)


def _show_duplicates(
    screen: Screen, shown_pairs: Sequence[tuple[str, str, str, str]], counts: Mapping[str, int]
) -> None:
    groups, pairs = counts["duplicate_groups"], counts["duplicate_pairs"]
    if not pairs:
        screen.say("no-duplicates")
        return
    title = say("table-duplicates", screen.language, groups=f"{groups:,}", pairs=f"{pairs:,}")
    columns = dict.fromkeys(("column-first", "column-second", "column-strength", "column-evidence"), False)
    screen.table(
        title, columns, [tuple(_cut(text, _LONG) for text in pair) for pair in shown_pairs[:_PAIRS_SHOWN]]
    )


def _show_changes(screen: Screen, outcome: Outcome) -> None:
    shown_first = {change.column: change for change in reversed(outcome.examples)}
    rows = []
    for column_id, cells in outcome.changed_cells.items():
        change = shown_first.get(column_id)
        column = _column("Customers", column_id)
        cells_shown = (change.before, change.after) if change else ("", "")
        before, after = (_cut(told(column, cell)) for cell in cells_shown)
        rows.append((column.label.to(screen.language), f"{cells:,}", before, after))
    columns = {"column-field": False, "column-cells": True, "column-before": False, "column-after": False}
    if rows:
        screen.table(say("table-changes", screen.language), columns, rows)


def _field_label(screen: Screen, issue: Issue) -> str:
    tab = next(tab for tab in TABS if tab.id == issue.tab)
    label = tab.label.to(screen.language)
    return (
        f"{label} · {_column(issue.tab, issue.column).label.to(screen.language)}" if issue.column else label
    )


def _example(screen: Screen, issue: Issue) -> str:
    if not issue.row or not issue.column or issue.tab not in READ:
        return issue.message(screen.language)
    message = issue.masked_message(_column(issue.tab, issue.column), screen.language)
    value = _cut(shown(_column(issue.tab, issue.column), issue.value))
    code = "example-row" if value else "example-blank"
    row = f"{issue.sheet}!{issue.row}" if issue.sheet else issue.row
    return say(code, screen.language, row=row, value=value, message=message)


def _column(tab_id: str, column_id: str) -> Column:
    return next(tab for tab in TABS if tab.id == tab_id).column(column_id)


def _cut(cell: object, most: int = _SHORT) -> str:
    text = str(cell)
    return text if len(text) <= most else f"{text[: most - 1]}…"
