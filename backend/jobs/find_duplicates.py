"""Find duplicates: flag rows that may be the same customer; what else stands beside them stays."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core import tool_tabs
from backend.core.block import differing, framed
from backend.core.checks.customers import find_unclear_identities
from backend.core.issues import located
from backend.core.plan import Plan
from backend.core.standing import blocks_by_id, proven_ids, repaired_lines, standing_lines
from backend.jobs.deciding import facts_at_a_look, identities_of, search

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.core.checks.facts import Facts
    from backend.core.issues import Issue
    from backend.core.snapshot import Snapshot
    from backend.core.standing import Cells
    from backend.jobs.deciding import Search
    from backend.jobs.job import Task


def plan(snapshot: Snapshot, task: Task) -> Plan:
    """Plan the cells `duplicate_of` and the lines of the Duplicates tab.

    A row that nobody has checked yet gets a row id when it is one of a group, and else stays as it is.
    """
    task.tell("stage-check")
    facts = facts_at_a_look(snapshot, task, identities_of(snapshot, task))
    unclear = tuple(find_unclear_identities(facts))
    task.tell("stage-duplicates")
    searched = search(facts)
    task.tell("stage-plan")
    pairs = tool_tabs.pair_lines(facts, searched.duplicates, dict(enumerate(searched.survivors)))
    read = facts.customers.read
    lines = _lines(facts, task, searched, unclear)
    before, after = differing(read, framed(read, lines))
    written = {row: lines[row] for row in after.index}
    about_rules = tuple(issue for issue in task.rule_issues if issue.tab == "MatchRules")
    return Plan(
        job="find-duplicates",
        before=before,
        after=after,
        lines=MappingProxyType({"Duplicates": tool_tabs.duplicate_lines(facts, pairs)}),
        issues=tuple(located((*about_rules, *unclear, *searched.issues), snapshot)),
        pairs=pairs,
        counts=MappingProxyType(
            {
                "read": len(facts.customers.raw),
                "transactions": 0,
                "conflicts": len(facts.identities.unclear),
                "restored": len(facts.identities.restored) + len(facts.identities.moved),
                **searched.counts,
            }
        ),
        only=frozenset(after["row_id"]) - {""},
        proven=proven_ids(read, written),
    )


def _lines(facts: Facts, task: Task, searched: Search, unclear: tuple[Issue, ...]) -> Mapping[int, Cells]:
    """Give the blocks as they are to be: all that have an id, and new rows of a group."""
    read, identities = facts.customers.read, facts.identities
    blocks = blocks_by_id(read, task.first["Customers"] if task.first else None)
    grouped = {row for group in searched.duplicates.groups for row in group}
    new = set(identities.new) - grouped
    rows = [row for row, row_id in identities.ids.items() if row_id and row not in new]
    repaired = repaired_lines(
        read, identities, unclear, blocks=blocks, language=facts.rules.settings.language
    )
    return {
        **repaired,
        **standing_lines(read, identities, rows, blocks=blocks, duplicate_of=searched.of),
    }
