"""A plan: the cells a job wants to change, each with the row's id, before, after; and the issues it found."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from backend.core import signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.core.card import Card
    from backend.core.fields.field import Cell
    from backend.core.issues import Issue
    from backend.core.quality import Quality
    from backend.core.signature import Signature

UNSIGNED = ("sig",)
"""Columns of the block that prove the others and are no answer themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell that is to change.

    Attributes:
        row_id: Id of the customer's row.
        column: Field id.
    """

    row_id: str
    column: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a job wants to write.

    Attributes:
        job: Name of the job.
        before: The tool block as read, of the rows to write: index = sheet row, columns = block columns.
        after: The tool block as it is to be, same shape; `sig` is the signature without the run's id.
        lines: By tab id, the lines of tool tabs to write: index = sheet row, columns = Steward's columns.
        issues: What the job found.
        pairs: Possible duplicates, one line a pair, columns = those of the Duplicates tab.
        counts: Figures for the summary, by name.
        tiers: Customers in each tier, by code.
        quality: The points of the Customers tab; None when the job gives none.
        only: Ids of the only rows that are looked at afterwards, whether they are signed; None when all rows
            have to be settled.
        proven: Those of `only` whose signature has to fit the team's cells too.
        chosen: Ids of the rows a person chose, by which later rounds find them again; None where all count.
        cards: What is told about single customers.
    """

    job: str
    before: pd.DataFrame
    after: pd.DataFrame
    lines: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    issues: tuple[Issue, ...] = ()
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    pairs: pd.DataFrame = field(default_factory=pd.DataFrame)
    tiers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    only: frozenset[str] | None = None
    proven: frozenset[str] = frozenset()
    chosen: frozenset[str] | None = None
    cards: tuple[Card, ...] = ()
    quality: Quality | None = None

    @property
    def signatures(self) -> Mapping[str, Signature]:
        """The signatures that are to be written, by id."""
        lines = zip(self.after.get("row_id", ()), self.after.get("sig", ()), strict=True)
        sigs = (signature.parse(f"{sig}#") for row_id, sig in lines if row_id)
        return {sig.row_id: sig for sig in sigs if sig}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return self.after.empty and all(lines.empty for lines in self.lines.values())

    def changes(self) -> Iterator[Change]:
        """Give every cell of the tool block that is to change, signatures left out, row by row."""
        columns = [name for name in self.after.columns if name not in UNSIGNED]
        ids = [*map(_id_of, *(frame["row_id"] for frame in (self.before, self.after)))] if columns else []
        befores = zip(*(self.before[name].tolist() for name in columns), strict=True)
        afters = zip(*(self.after[name].tolist() for name in columns), strict=True)
        for row_id, before, after in zip(ids, befores, afters, strict=True):
            for column, one, other in zip(columns, before, after, strict=True):
                if one != other:
                    yield Change(row_id=row_id, column=column, before=one, after=other)

    def changed_cells(self) -> Mapping[str, int]:
        """Count the cells that are to change, by column."""
        return Counter(change.column for change in self.changes())

    @property
    def hash(self) -> str:
        """Fingerprint of what is to be written: the same plan gives the same fingerprint."""
        total = hashlib.blake2b(digest_size=8)
        for name, frame in (("block", self.after), *sorted(self.lines.items())):
            total.update(name.encode())
            for row in frame.itertuples():
                total.update(signature.digest(row).encode())
        return total.hexdigest()


def _id_of(before: str, after: str) -> str:
    """Give the id a row goes by: a row that is cleared goes by the id it had."""
    return after or before
