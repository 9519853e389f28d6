"""The rounds of a run: what one of them read and planned, what is remembered, and what came of them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.ownership import given_back, signatures
from backend.core.snapshot import data_rows
from backend.jobs.job import Outcome
from backend.jobs.showing import matters_of, shown_changes
from backend.ports import RunState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.core.plan import Plan
    from backend.core.signature import Signature
    from backend.core.snapshot import Snapshot
    from backend.jobs.recording import Progress
    from backend.ports import RunRecord

EXAMPLES = 10
"""Changes and pairs an outcome shows."""


@dataclass(slots=True)
class Memory:
    """What a run remembers from round to round.

    Attributes:
        known: What each id's signature was when it was read or planned last.
        placed: Ids that were given back to rows that did not carry them.
        first: The register as it was read first.
        chosen: Ids of the rows a person chose.
    """

    known: dict[str, Signature] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    first: Snapshot | None = None
    chosen: frozenset[str] | None = None

    def remember(self, snapshot: Snapshot, plan: Plan) -> None:
        """Remember what was read, and what is going to be written."""
        customers = snapshot["Customers"]
        self.chosen = plan.chosen if self.first is None else self.chosen
        self.placed |= given_back(customers, plan.before, plan.after, self.known)
        self.known.update({**signatures(customers), **plan.signatures})
        self.first = self.first or snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One round of a run: what was read, and what is planned, maybe with what earlier rounds have read."""

    snapshot: Snapshot
    rules_hash: str
    plan: Plan
    remembers: bool

    @property
    def may_make_more_clear(self) -> bool:
        """Whether rows of which it was not clear whose they are may have become so: others got their ids.

        It is planned as the next run would, which remembers nothing.
        """
        return bool(self.plan.counts["conflicts"]) and (self.remembers or not self.plan.after.empty)


def outcome_of_rounds(
    record: RunRecord,
    first: Attempt,
    unsettled: tuple[int, ...],
    conflicts: int,
    api_calls: int,
    progress: Progress,
) -> Outcome:
    """Say what came of a run.

    Args:
        record: The run.
        first: Its first round, which saw the register as it was asked about.
        unsettled: Sheet rows that could not be verified when it ended.
        conflicts: Rows left to a person.
        api_calls: Requests it sent.
        progress: How long its stages took.
    """
    plan = first.plan
    changed = len(plan.after)
    return Outcome(
        run_id=record.run_id,
        job=record.title,
        register=record.register,
        state=RunState.PARTLY_DONE if unsettled or conflicts else RunState.DONE,
        preview=record.preview,
        rules_hash=first.rules_hash,
        plan_hash=plan.hash,
        counts=MappingProxyType(
            {
                **plan.counts,
                "conflicts": conflicts,
                "hidden": _hidden(first),
                "changed": changed,
                "unchanged": plan.counts["read"] - changed,
                "cells": sum(plan.changed_cells().values()),
                "lines": sum(map(len, plan.lines.values())),
            }
        ),
        issues=plan.issues,
        pairs=_pairs(plan),
        tiers=plan.tiers,
        quality=plan.quality,
        examples=tuple(islice(plan.changes(), EXAMPLES)),
        changes=shown_changes(plan, first.snapshot["Customers"]),
        matters=matters_of(plan, first.snapshot, unsettled),
        cards=plan.cards,
        changed_cells=plan.changed_cells(),
        unsettled=unsettled,
        api_calls=api_calls,
        seconds=MappingProxyType(dict(progress.seconds)),
    )


def _hidden(first: Attempt) -> int:
    """Count the customers in rows that nobody sees, and that were processed like all others."""
    customers = first.snapshot["Customers"]
    if not customers.hidden:
        return 0
    rows = data_rows(customers)
    return len(customers.hidden.intersection(rows.index[rows]))


def _pairs(plan: Plan) -> tuple[tuple[str, str, str, str], ...]:
    """Give the surest pairs, as people are shown them."""
    if plan.pairs.empty:
        return ()
    columns = ["name_a", "name_b", "strength", "evidence"]
    return tuple(plan.pairs[columns].head(EXAMPLES).itertuples(index=False, name=None))


def line_cells(record: RunRecord, attempt: Attempt) -> Mapping[str, object]:
    """Give the cells of a run's line in the Runs tab, by field id."""
    plan = attempt.plan
    return {
        "run_id": record.run_id,
        "job": record.title,
        "started": f"{record.started:%Y-%m-%d %H:%M:%S}",
        "requested_by": record.requested_by,
        "rows_read": plan.counts["read"],
        "rows_changed": len(plan.after),
        "problems": len(plan.issues),
        "duplicate_groups": plan.counts["duplicate_groups"],
        "plan_hash": plan.hash,
        "rules_hash": attempt.rules_hash,
    }
