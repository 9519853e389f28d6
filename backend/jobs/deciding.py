"""What several jobs decide alike: what the register says, tiers, possible duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from backend.core.checks.facts import READ, Facts, look_at_table, read_rows, read_table
from backend.core.duplicate_policy import DuplicatePolicy
from backend.core.fields.field import State
from backend.core.ownership import assign
from backend.core.pair_decisions import read_decisions
from backend.core.tiers.columns import COLUMNS, RecordedTotals, read_totals
from backend.core.tiers.purchases import Purchases, read_purchases
from backend.core.tiers.tiering import tier_customers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from backend.core.checks.facts import Table
    from backend.core.duplicates import Decisions, Duplicates
    from backend.core.issues import Issue
    from backend.core.ownership import Identities
    from backend.core.snapshot import Snapshot
    from backend.core.tiers.tiering import Figures
    from backend.jobs.job import Task


def facts_of(snapshot: Snapshot, task: Task) -> Facts:
    """Read every cell of the register as its kind, and say which row is whose."""
    tables = {
        tab_id: read_table(snapshot[tab_id], task.rules.settings, today=task.today)
        for tab_id in READ
        if tab_id in snapshot.tabs
    }
    return _facts(snapshot, task, tables, identities_of(snapshot, task))


def facts_at_a_look(snapshot: Snapshot, task: Task, identities: Identities) -> Facts:
    """Give the facts of which a column of Customers is read when it is looked at, and no other tab."""
    table = look_at_table(snapshot["Customers"], task.rules.settings, today=task.today)
    return _facts(snapshot, task, {"Customers": table}, identities)


def facts_of_rows(snapshot: Snapshot, task: Task, identities: Identities, rows: Collection[int]) -> Facts:
    """Read some rows of Customers with their lines of Transactions, each cell as among all the others.

    Args:
        snapshot: The register.
        task: What every plan is given.
        identities: Which row is whose.
        rows: Rows of Customers.
    """
    settings, today = task.rules.settings, task.today
    facts = facts_at_a_look(snapshot, task, identities)
    customers = facts.customers
    places = {place for place, row in enumerate(customers.raw.index.tolist()) if row in rows}
    tables = {"Customers": read_rows(customers, rows, settings, today=today)}
    if "Transactions" in snapshot.tabs:
        lines = look_at_table(snapshot["Transactions"], settings, today=today)
        theirs: Collection[int] = ()
        if "customer_id" in lines.columns:
            owners = lines.columns["customer_id"].values.map(facts.known_customers)
            theirs = owners.index[owners.isin(list(places))].tolist()
        tables["Transactions"] = read_rows(lines, theirs, settings, today=today)
    return _facts(snapshot, task, tables, identities)


def identities_of(snapshot: Snapshot, task: Task) -> Identities:
    """Say which row of Customers is whose."""
    return assign(snapshot["Customers"], seed=task.seed, known=task.known, placed=task.placed)


def _facts(snapshot: Snapshot, task: Task, tables: Mapping[str, Table], identities: Identities) -> Facts:
    return Facts(
        snapshot=snapshot,
        tables=MappingProxyType(dict(tables)),
        identities=identities,
        rules=task.rules,
        today=task.today,
    )


def figures_of(facts: Facts) -> Mapping[int, Figures]:
    """Tier by order lines; without any, by the totals the team keeps itself.

    Returns:
        Figures of every customer; where the facts hold the orders of some only, those of the others are not
        right.
    """
    customers, settings = facts.customers.everywhere, facts.rules.settings
    if facts.transactions is None:
        purchases: Purchases | RecordedTotals | None = read_totals(_recorded(customers))
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


def _recorded(customers: Table) -> pd.DataFrame:
    """Give the totals that the team keeps itself: normalised values of the columns there are."""
    columns = {name: customers.columns[name].values for name in COLUMNS if name in customers.columns}
    return pd.DataFrame(columns, index=customers.raw.index, dtype=object)


def _with_readable_status(transactions: Table) -> pd.DataFrame:
    """Give the order lines; a status that cannot be read is no blank one and counts as nothing."""
    values = transactions.values
    if "status" not in transactions.columns:
        return values
    unreadable = transactions.columns["status"].states.isin((State.INVALID, State.UNKNOWN))
    return values.assign(status=values["status"].where(~unreadable, "unreadable"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search of the whole register for duplicates found.

    Attributes:
        duplicates: Pairs and groups, by row of the frame.
        survivors: Row id of the suggested survivor of each group.
        of: Row id of the survivor, by row that may be a duplicate of it.
        issues: What is wrong with the team's decisions.
    """

    duplicates: Duplicates
    survivors: list[str]
    of: Mapping[int, str]
    issues: tuple[Issue, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Groups, pairs, and the pairs that were left out."""
        return {
            "duplicate_groups": len(self.duplicates.groups),
            "duplicate_pairs": len(self.duplicates.pairs),
            "not_compared": self.duplicates.not_compared,
        }


def search(facts: Facts) -> Search:
    """Look for duplicates in the whole register, as the team's decisions and match rules say."""
    decisions, issues = _decisions(facts)
    duplicates = _duplicates(facts, decisions)
    survivors = _survivors(facts, duplicates.groups)
    ids = facts.identities.ids
    rows: list[tuple[Any, str]] = [
        (row, survivor) for group, survivor in zip(duplicates.groups, survivors, strict=True) for row in group
    ]
    return Search(
        duplicates=duplicates,
        survivors=survivors,
        of={row: survivor for row, survivor in rows if ids[row] != survivor},
        issues=issues,
    )


def _decisions(facts: Facts) -> tuple[Decisions, tuple[Issue, ...]]:
    rows = {row_id: row for row, row_id in facts.identities.ids.items() if row_id}
    return read_decisions(facts.snapshot.get("Duplicates"), rows, today=facts.today)


def _duplicates(facts: Facts, decisions: Decisions) -> Duplicates:
    table, rules = facts.customers.everywhere, facts.rules
    policy = DuplicatePolicy(
        max_shared=rules.settings.shared_contact_rows, matches=rules.matches, decisions=decisions
    )
    names = [field.column for field in policy.rules(list(table.columns)).fields]
    columns = {name: table.columns[name].values for name in names}
    values = pd.DataFrame(columns, index=table.raw.index, dtype=object)
    return policy.search(values[[facts.identities.ids[row] != "" for row in values.index]])


def _survivors(facts: Facts, groups: Sequence[Sequence[Any]]) -> list[str]:
    """Suggest the row to keep: the one with most cells filled, of several the one with the smallest id."""
    ids, customers = facts.identities.ids, facts.customers.everywhere
    counts = (customers.raw[list(customers.columns)] != "").sum(axis=1)
    filled = dict(zip(counts.index, counts, strict=True))
    return [min((-filled[row], ids[row]) for row in group)[1] for group in groups]
