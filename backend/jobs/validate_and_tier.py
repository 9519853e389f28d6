"""Validate & Tier: check every cell, give every customer a tier, flag duplicates."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core import tool_tabs
from backend.core.block import Answers, build_block, differing
from backend.core.checks import check
from backend.core.issues import located
from backend.core.plan import Plan
from backend.core.quality import measure_register
from backend.core.tiers.override import read_overrides
from backend.jobs.deciding import facts_of, figures_of, search

if TYPE_CHECKING:
    from backend.core.checks.facts import Facts
    from backend.core.snapshot import Snapshot
    from backend.jobs.deciding import Search
    from backend.jobs.job import Task


def plan(snapshot: Snapshot, task: Task) -> Plan:
    """Plan the tool block of every customer and the lines of the Issues and Duplicates tabs."""
    task.tell("stage-check")
    facts = facts_of(snapshot, task)
    found = (*task.rule_issues, *check(facts))
    task.tell("stage-tier")
    overrides, about_overrides = read_overrides(facts.customers.values, today=task.today)
    figures = figures_of(facts)
    task.tell("stage-duplicates")
    searched = search(facts)
    issues = (*found, *about_overrides, *searched.issues)
    task.tell("stage-plan")
    answers = Answers(figures=figures, overrides=overrides, duplicate_of=searched.of)
    pairs = tool_tabs.pair_lines(facts, searched.duplicates, dict(enumerate(searched.survivors)))
    before, after = differing(facts.customers.read, build_block(facts, issues, answers, signs=task.signs))
    return Plan(
        job="validate-and-tier",
        before=before,
        after=after,
        lines=MappingProxyType(
            {
                "Issues": tool_tabs.issue_lines(facts, issues),
                "Duplicates": tool_tabs.duplicate_lines(facts, pairs),
            }
        ),
        issues=tuple(located(issues, snapshot)),
        pairs=pairs,
        counts=MappingProxyType(_counts(facts, searched)),
        quality=measure_register(facts, issues),
        tiers=MappingProxyType(Counter(answers.tier(row) for row in facts.customers.raw.index)),
    )


def _counts(facts: Facts, searched: Search) -> dict[str, int]:
    return {
        "read": len(facts.customers.raw),
        "transactions": len(facts.transactions.raw) if facts.transactions else 0,
        "conflicts": len(facts.identities.unclear),
        "restored": len(facts.identities.restored) + len(facts.identities.moved),
        **searched.counts,
    }
