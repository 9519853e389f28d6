"""Check selected rows: what Validate & Tier would say of them, and only they are written."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.block import Answers, build_lines, by_customer, differing, framed
from backend.core.checks import check
from backend.core.issues import located
from backend.core.plan import Plan
from backend.core.standing import astray, blocks_by_id, carrying, proven_ids, repaired_lines
from backend.core.tiers.override import read_overrides
from backend.jobs.arguments import selected_rows
from backend.jobs.cards import alike_of, card_of
from backend.jobs.choosing import chosen_rows
from backend.jobs.deciding import facts_of_rows, figures_of, identities_of, search

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from backend.core.checks.facts import Facts
    from backend.core.issues import Issue
    from backend.core.ownership import Identities
    from backend.core.snapshot import Snapshot, TabRead
    from backend.core.standing import Cells
    from backend.jobs.deciding import Search
    from backend.jobs.job import Task

NAME = "check-rows"


def plan(snapshot: Snapshot, task: Task) -> Plan:
    """Plan the tool block of the rows that were chosen; duplicates are looked for in the whole register.

    The tool tabs are left alone: they tell of the whole register, which was not checked.

    Raises:
        JobArgumentsWrong: No customer stands in the rows that were chosen.
    """
    task.tell("stage-check")
    identities = identities_of(snapshot, task)
    rows = _rows(snapshot, task, identities)
    facts = facts_of_rows(snapshot, task, identities, rows)
    found = check(about_customers(facts))
    task.tell("stage-tier")
    overrides, about_overrides = read_overrides(facts.customers.values, today=task.today)
    figures = figures_of(facts)
    task.tell("stage-duplicates")
    searched = search(facts)
    task.tell("stage-plan")
    issues = of_rows((*found, *about_overrides), rows)
    read = facts.customers.read
    repaired = _repaired(facts, task, found, rows)
    of = _standing(searched, identities, read, {*rows, *repaired})
    answers = Answers(figures=figures, overrides=overrides, duplicate_of=of)
    lines = {**repaired, **build_lines(facts, issues, answers, rows=rows)}
    before, after = differing(read, framed(read, lines))
    said = by_customer(issues)
    return Plan(
        job=NAME,
        before=before,
        after=after,
        issues=tuple(located(issues, snapshot)),
        counts=MappingProxyType(_counts(facts, searched, rows)),
        only=frozenset(str(cells[0]) for cells in lines.values()) - {""},
        proven=proven_ids(read, lines),
        chosen=frozenset(identities.ids[row] for row in rows) - {""},
        cards=tuple(
            card_of(facts, row, said.get(row, ()), answers, alike=alike_of(facts, searched, row))
            for row in rows
        ),
    )


def about_customers(facts: Facts) -> Facts:
    """Give the facts without the orders, of which only those of some customers are there."""
    return replace(facts, tables=MappingProxyType({"Customers": facts.customers}))


def of_rows(issues: Sequence[Issue], rows: Collection[int]) -> tuple[Issue, ...]:
    """Give the issues of some rows of Customers."""
    wanted = set(rows)
    return tuple(issue for issue in issues if issue.tab == "Customers" and issue.row in wanted)


def _rows(snapshot: Snapshot, task: Task, identities: Identities) -> tuple[int, ...]:
    """Give the rows that were chosen: by their place, and in later rounds by the ids they had there."""
    if task.chosen is not None:
        return tuple(row for row, row_id in identities.ids.items() if row_id in task.chosen)
    return chosen_rows(NAME, snapshot["Customers"], identities.ids, selected_rows(NAME, task.arguments))


def _standing(
    searched: Search, identities: Identities, read: TabRead, written: Collection[int]
) -> Mapping[int, str]:
    """Give the survivors that stand in the sheet, or will: a row nobody has written yet has no id to name."""
    cells = read.cells("row_id")
    ids = {row_id for row, row_id in identities.ids.items() if row in written or cells.at[row] == row_id}
    return {row: survivor for row, survivor in searched.of.items() if survivor in ids}


def _repaired(facts: Facts, task: Task, found: Sequence[Issue], rows: Collection[int]) -> Mapping[int, Cells]:
    """Give what puts all ids right, where the rows that were chosen cannot be written without."""
    read, identities = facts.customers.read, facts.identities
    strays = astray(read, identities)
    ids = {identities.ids[row] for row in rows} - {""}
    if strays.isdisjoint(rows) and not carrying(read, strays, ids):
        return {}
    blocks = blocks_by_id(read, task.first["Customers"] if task.first else None)
    return repaired_lines(read, identities, found, blocks=blocks, language=facts.rules.settings.language)


def _counts(facts: Facts, searched: Search, rows: Collection[int]) -> dict[str, int]:
    identities, chosen = facts.identities, set(rows)
    return {
        "read": len(facts.customers.everywhere.raw),
        "checked": len(chosen),
        "transactions": len(facts.transactions.raw) if facts.transactions else 0,
        "conflicts": len(chosen & set(identities.unclear)),
        "restored": len(chosen & {*identities.restored, *identities.moved}),
        **searched.counts,
    }
