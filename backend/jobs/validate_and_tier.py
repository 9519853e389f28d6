"""Validate & Tier: check every cell, give every customer a tier, flag duplicates."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from backend.core import tool_tabs
from backend.core.block import Answers, build_block, differing
from backend.core.checks import check
from backend.core.checks.facts import READ, Facts, read_table
from backend.core.duplicates import Decisions, Duplicates, find_duplicates
from backend.core.fields import email
from backend.core.fields.field import State
from backend.core.issues import located
from backend.core.ownership import assign
from backend.core.pair_decisions import read_decisions
from backend.core.plan import Plan
from backend.core.quality import measure_register
from backend.core.tiers.columns import RecordedTotals, read_totals
from backend.core.tiers.override import read_overrides
from backend.core.tiers.purchases import Purchases, read_purchases
from backend.core.tiers.tiering import tier_customers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from backend.core.checks.facts import Table
    from backend.core.issues import Issue
    from backend.core.snapshot import Snapshot
    from backend.core.tiers.tiering import Figures
    from backend.jobs.job import Task


def plan(snapshot: Snapshot, task: Task) -> Plan:
    """Plan the tool block of every customer and the lines of the Issues and Duplicates tabs."""
    task.tell("stage-check")
    facts = _facts(snapshot, task)
    found = (*task.rule_issues, *check(facts))
    task.tell("stage-tier")
    overrides, about_overrides = read_overrides(facts.customers.values, today=task.today)
    issues = (*found, *about_overrides)
    figures = _figures(facts)
    task.tell("stage-duplicates")
    decisions, about_decisions = _decisions(facts)
    issues = (*issues, *about_decisions)
    duplicates = _duplicates(facts, decisions)
    survivors = _survivors(facts, duplicates.groups)
    task.tell("stage-plan")
    answers = Answers(
        figures=figures,
        overrides=overrides,
        duplicate_of=_duplicate_of(facts, duplicates, survivors),
    )
    pairs = tool_tabs.pair_lines(facts, duplicates, dict(enumerate(survivors)))
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
        counts=MappingProxyType(_counts(facts, duplicates)),
        quality=measure_register(facts, issues),
        tiers=MappingProxyType(Counter(answers.tier(row) for row in facts.customers.raw.index)),
    )


def _counts(facts: Facts, duplicates: Duplicates) -> dict[str, int]:
    return {
        "read": len(facts.customers.raw),
        "transactions": len(facts.transactions.raw) if facts.transactions else 0,
        "conflicts": len(facts.identities.unclear),
        "restored": len(facts.identities.restored) + len(facts.identities.moved),
        "duplicate_groups": len(duplicates.groups),
        "duplicate_pairs": len(duplicates.pairs),
        "not_compared": duplicates.not_compared,
    }


def _facts(snapshot: Snapshot, task: Task) -> Facts:
    tables = {
        tab_id: read_table(snapshot[tab_id], task.rules.settings, today=task.today)
        for tab_id in READ
        if tab_id in snapshot.tabs
    }
    return Facts(
        snapshot=snapshot,
        tables=MappingProxyType(tables),
        identities=assign(snapshot["Customers"], seed=task.seed, known=task.known),
        rules=task.rules,
        today=task.today,
    )


def _figures(facts: Facts) -> Mapping[int, Figures]:
    """Tier by order lines; without any, by the totals the team keeps itself."""
    customers, settings = facts.customers, facts.rules.settings
    if facts.transactions is None:
        purchases: Purchases | RecordedTotals | None = read_totals(customers.values)
    elif {"customer_id", "transaction_date", "amount"} <= set(facts.transactions.columns):
        purchases = read_purchases(
            _with_readable_status(facts.transactions),
            customers=len(customers.raw),
            base_currency=settings.base_currency,
            rates=dict(settings.rates),
            known=facts.known_customers,
        )
    else:
        purchases = None
    return tier_customers(purchases, customers.raw.index, facts.rules.tiers, today=facts.today)


def _with_readable_status(transactions: Table) -> pd.DataFrame:
    """Give the order lines; a status that cannot be read is no blank one and counts as nothing."""
    values = transactions.values
    if "status" not in transactions.columns:
        return values
    unreadable = transactions.columns["status"].states.isin((State.INVALID, State.UNKNOWN))
    return values.assign(status=values["status"].where(~unreadable, "unreadable"))


def _decisions(facts: Facts) -> tuple[Decisions, tuple[Issue, ...]]:
    rows = {row_id: row for row, row_id in facts.identities.ids.items() if row_id}
    return read_decisions(facts.snapshot.get("Duplicates"), rows, today=facts.today)


def _duplicates(facts: Facts, decisions: Decisions) -> Duplicates:
    values = facts.customers.values
    rules = facts.rules.matches.rules(values.columns, max_shared=facts.rules.settings.shared_contact_rows)
    frame = values[[field.column for field in rules.fields]].copy()
    if "email" in frame:
        frame["email"] = frame["email"].map(email.key)
    written = [facts.identities.ids[row] != "" for row in frame.index]
    return find_duplicates(frame[written], rules, decisions)


def _survivors(facts: Facts, groups: Sequence[Sequence[Any]]) -> list[str]:
    """Suggest the row to keep: the one with most cells filled, of several the one with the smallest id."""
    ids, customers = facts.identities.ids, facts.customers
    counts = (customers.raw[list(customers.columns)] != "").sum(axis=1)
    filled = dict(zip(counts.index, counts, strict=True))
    return [min((-filled[row], ids[row]) for row in group)[1] for group in groups]


def _duplicate_of(facts: Facts, duplicates: Duplicates, survivors: list[str]) -> Mapping[int, str]:
    rows: list[tuple[Any, str]] = [
        (row, survivor) for group, survivor in zip(duplicates.groups, survivors, strict=True) for row in group
    ]
    return {row: survivor for row, survivor in rows if facts.identities.ids[row] != survivor}
