"""What a job is, what it is given, and how a run of it can end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from backend.core.card import Card
    from backend.core.issues import Issue
    from backend.core.plan import Change, Plan
    from backend.core.quality import Quality
    from backend.core.rules import Rules
    from backend.core.signature import Signature
    from backend.core.snapshot import Snapshot
    from backend.ports import RunState
    from sheets_schema.model import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing Steward can do to a register. URL, command, menu line and schedule follow from its name.

    Attributes:
        name: In kebab-case.
        label: What people call it.
        plan: Dotted name of its plan function, so that naming a job does not import pandas.
        read_arguments: Raises `JobArgumentsWrong` where arguments are not as the job wants them. Whether the
            sheet has such a row is not looked at.
        only_reads: Whether it never writes.
    """

    name: str
    label: Text
    plan: str
    read_arguments: Callable[[Mapping[str, object]], object] = dict
    only_reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a plan function is given besides the snapshot.

    Attributes:
        today: The day of the run in the register's time zone.
        rules: The team's rules.
        rule_issues: What is wrong with the rules' lines.
        seed: Bytes nobody can guess, for new row ids.
        tell: Called with the code of each stage as it begins.
        known: Signatures that stood in the sheet earlier in this run, by id.
        placed: Ids that this run gave back to rows that did not carry them.
        first: The register as this run read it first; None in its first round.
        signs: Whether the rows are signed; a file, which nothing is written beside, needs no signatures.
        arguments: What the job was asked to work on, as the job's `read_arguments` takes it.
        chosen: Ids of the only rows that the first round chose to look at; None in the first round.
    """

    today: date
    rules: Rules
    rule_issues: tuple[Issue, ...]
    seed: bytes
    tell: Callable[[str], None]
    known: Mapping[str, Signature] = field(default_factory=lambda: MappingProxyType({}))
    placed: frozenset[str] = frozenset()
    first: Snapshot | None = None
    signs: bool = True
    arguments: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    chosen: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One cell that changes, as people are shown it.

    Attributes:
        spot: Where its row stands, as people say it.
        name: The customer.
        column: Its header.
        before: What it holds, contact details masked.
        after: What it is to hold, masked as well.
    """

    spot: str
    name: str
    column: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something a person has to look at: where, whose, and what it is."""

    spot: str
    name: str
    text: Text


PlanFunction = Callable[["Snapshot", Task], "Plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run came to.

    Attributes:
        state: How it ended.
        preview: Whether nothing was to be written.
        counts: `read`, `changed`, `unchanged`, `conflicts`, `hidden` (customer rows), `cells` (changed cells
            of the block), `lines` (changed lines of tool tabs), `duplicate_groups`, `duplicate_pairs`,
            `not_compared`, `transactions`.
        issues: Everything that was found.
        pairs: The surest possible duplicates: names of the two customers, strength, evidence.
        tiers: Customers in each tier, by code.
        examples: The first changes.
        changes: The first changes, as people are shown them.
        matters: What a person has to look at, the most urgent first, as far as it is shown.
        cards: What is told about single customers.
        changed_cells: Cells changed, by column.
        unsettled: Sheet rows that could not be verified when the run ended.
        quality: The points of the Customers tab; None when the job gives none.
        seconds: How long the stages took, by code.
    """

    run_id: str
    job: str
    register: str
    state: RunState
    preview: bool
    rules_hash: str
    plan_hash: str
    counts: Mapping[str, int]
    issues: tuple[Issue, ...] = ()
    pairs: tuple[tuple[str, str, str, str], ...] = ()
    tiers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    examples: tuple[Change, ...] = ()
    changes: tuple[ShownChange, ...] = ()
    matters: tuple[Matter, ...] = ()
    cards: tuple[Card, ...] = ()
    changed_cells: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    unsettled: tuple[int, ...] = ()
    api_calls: int = 0
    quality: Quality | None = None
    seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
