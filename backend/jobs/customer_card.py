"""The card of one customer: tier and why, problems, possible duplicates, last orders. Nothing is written."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from backend.core.block import Answers, by_customer
from backend.core.card import Alike
from backend.core.checks import check
from backend.core.issues import located
from backend.core.pair_decisions import read_decisions
from backend.core.plan import Plan
from backend.core.tiers.override import read_overrides
from backend.jobs.arguments import selected_row
from backend.jobs.cards import card_of, last_orders
from backend.jobs.check_rows import about_customers, of_rows
from backend.jobs.choosing import chosen_rows
from backend.jobs.deciding import facts_of_rows, figures_of, identities_of
from sheets_schema.choices import LINE_STATES, STRENGTHS
from sheets_schema.headers import plain
from sheets_schema.model import Text
from sheets_schema.tabs.duplicates import DUPLICATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts
    from backend.core.snapshot import Snapshot
    from backend.jobs.job import Task

NAME = "customer-card"
_ASKED = ("row_id_a", "row_id_b", "strength", "evidence", "state")
_RESOLVED = frozenset(plain(text) for text in (LINE_STATES[1].label.zh, LINE_STATES[1].label.en))
_STRENGTHS = MappingProxyType(
    {plain(text): choice.label for choice in STRENGTHS for text in (choice.label.zh, choice.label.en)}
)


def plan(snapshot: Snapshot, task: Task) -> Plan:
    """Plan nothing, and tell about one customer.

    Tier and problems are those of this moment; possible duplicates are those that the last search wrote into
    the Duplicates tab and nobody has decided about.

    Raises:
        JobArgumentsWrong: No customer stands in the row that was chosen.
    """
    task.tell("stage-check")
    identities = identities_of(snapshot, task)
    rows = chosen_rows(NAME, snapshot["Customers"], identities.ids, selected_row(NAME, task.arguments))
    facts = facts_of_rows(snapshot, task, identities, rows)
    overrides, about_overrides = read_overrides(facts.customers.values, today=task.today)
    issues = of_rows((*check(about_customers(facts)), *about_overrides), rows)
    task.tell("stage-tier")
    answers = Answers(figures=figures_of(facts), overrides=overrides, duplicate_of={})
    said = by_customer(issues)
    alike = tuple(_alike(facts, rows[0]))
    card = card_of(facts, rows[0], said.get(rows[0], ()), answers, alike=alike, orders=last_orders(facts))
    return Plan(
        job=NAME,
        before=pd.DataFrame(),
        after=pd.DataFrame(),
        issues=tuple(located(issues, snapshot)),
        counts=MappingProxyType(
            {
                "read": len(facts.customers.everywhere.raw),
                "checked": 1,
                "transactions": len(facts.transactions.raw) if facts.transactions else 0,
                "conflicts": 0,
                "restored": 0,
                "duplicate_groups": 0,
                "duplicate_pairs": len(alike),
                "not_compared": 0,
            }
        ),
        cards=(card,),
    )


def _alike(facts: Facts, row: int) -> Iterator[Alike]:
    """Give the other rows of the open lines of the Duplicates tab, the surest first."""
    read, ids = facts.snapshot.get(DUPLICATES.id), facts.identities.ids
    rows = {row_id: row for row, row_id in ids.items() if row_id}
    if read is None or not all(read.has(name) for name in _ASKED):
        return
    decided, _ = read_decisions(read, rows, today=facts.today)
    apart = {frozenset(pair) for pair in decided.apart}
    table = facts.customers.everywhere
    lines = read.frame[list(_ASKED)].astype(object).itertuples(index=False, name=None)
    for id_a, id_b, strength, evidence, state in lines:
        if ids[row] not in {id_a, id_b} or plain(str(state)) in _RESOLVED:
            continue
        other = rows.get(str(id_b if id_a == ids[row] else id_a))
        if other is not None and frozenset((row, other)) not in apart:
            yield Alike(
                spot=table.read.spot(other),
                name=str(table.cell(other, "full_name")),
                strength=_STRENGTHS.get(plain(str(strength)), _as_written(strength)),
                evidence=_as_written(evidence),
            )


def _as_written(cell: object) -> Text:
    return Text(zh=str(cell), en=str(cell))
