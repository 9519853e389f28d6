"""What becomes of each row of a file: new, the same, an update, a conflict, a possible duplicate, refused.

The order of the rows of a file changes nothing but the row numbers that are told. The same file a second
time, after its new rows were written, brings nothing new: whatever is compared holds the same rows, be they
in the register or still in the file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from backend.core.arrival_keys import Bodies, belonging_by_id, bodies_of, contained, known_by_id
from backend.core.duplicates import Duplicates, Strength
from backend.core.duplicates.cluster import components
from backend.core.snapshot import holds_something

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.core.checks.facts import Table
    from backend.core.duplicate_policy import DuplicatePolicy
    from backend.core.duplicates import Evidence
    from backend.core.duplicates.columns import Ints
    from backend.core.fields.field import Cell

_OF_TWO = 2


class Fate(StrEnum):
    """What becomes of a row of a file."""

    NEW = "new"
    SAME = "same"
    """The register says all it says already."""
    UPDATE = "update"
    """It fills blank cells of the row it belongs to."""
    CONFLICT = "conflict"
    """The row it belongs to says something else in a filled cell."""
    DUPLICATE = "duplicate"
    """It may be a customer of the register, or of another row of the file."""
    REFUSED = "refused"
    """It cannot be used: it names no customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell of the file and the cell of the register it would go into."""

    column: str
    theirs: Cell
    ours: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is to be told about one row of the file.

    Attributes:
        row: Its row in the file.
        belongs: The row, in the register's frame, of the customer it belongs to, or may be; 0: there is none.
        other: The row of the file it repeats; 0 when there is none.
        spot: That row, of the register or else of the file, as people call it; '' when there is none.
        differences: The cells that are blank in the register (update) or differ there (conflict).
        evidence: Why it may be a duplicate; empty where an id or all its cells say so.
        reason: Code of the sentence about a refused row.
        of_several: Whether it surely is a customer of the register, and several could be it: never written.
    """

    row: int
    fate: Fate
    belongs: int = 0
    other: int = 0
    spot: str = ""
    differences: tuple[Difference, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str = "arrival-refused"
    of_several: bool = False


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    """What becomes of every row of a file.

    Attributes:
        fates: By row of the file, in its order.
        told: Every row that is neither new nor the same, in the order of the file.
    """

    fates: Mapping[int, Fate]
    told: tuple[Arrival, ...]

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many rows have each fate, every fate in its order."""
        found = Counter(self.fates.values())
        return {fate: found[fate] for fate in Fate}

    def of(self, *fates: Fate) -> list[int]:
        """Give the rows of the file with one of these fates."""
        return [row for row, fate in self.fates.items() if fate in fates]

    def to_write(self, *, duplicates: bool) -> list[int]:
        """Give the rows of the file to write: the new ones, and possible duplicates where they are wanted."""
        never = {arrival.row for arrival in self.told if arrival.of_several}
        wanted = self.of(Fate.NEW, *((Fate.DUPLICATE,) if duplicates else ()))
        return [row for row in wanted if row not in never]


def judge(file: Table, register: Table | None, policy: DuplicatePolicy) -> Arrivals:
    """Decide what becomes of each row of a file.

    A row belongs to the customer with the same customer_id, else member_no, else uscc, where only one has it;
    else to the one customer it certainly duplicates. Rows of the file that are one customer among themselves
    are told apart by what they hold: the fullest is new, the others are duplicates of it.

    Args:
        file: The file's rows, read as the register's kinds: index = row of the file.
        register: The Customers tab: index = sheet row; None for a register that is still to be made.
        policy: What the team decided about duplicates, by rows of the register's frame.
    """
    bodies = bodies_of(file, register)
    fates: dict[int, Fate] = {}
    told: dict[int, Arrival] = {}
    for nameless in np.flatnonzero(file.values["full_name"].to_numpy(dtype=object) == "").tolist():
        told[nameless] = Arrival(row=bodies.file_rows[nameless], fate=Fate.REFUSED)
    known = known_by_id(bodies)
    for place, big in contained(bodies, without=told).items():
        if big < bodies.ours:
            fates[place] = Fate.SAME
        elif place not in known:
            other = bodies.file_rows[big - bodies.ours]
            told[place] = Arrival(row=bodies.file_rows[place], fate=Fate.DUPLICATE, other=other)
    live = [place for place in range(len(bodies.file_rows)) if place not in fates and place not in told]
    if live:
        _Judge(file, register, bodies, live, policy).settle(fates, told)
    for place, arrival in told.items():
        fates[place] = arrival.fate
    return Arrivals(
        fates={row: fates[place] for place, row in enumerate(bodies.file_rows)},
        told=tuple(_with_spot(told[place], file, register) for place in sorted(told)),
    )


def _with_spot(arrival: Arrival, file: Table, register: Table | None) -> Arrival:
    if register is not None and arrival.belongs:
        return replace(arrival, spot=register.read.spot(arrival.belongs))
    return replace(arrival, spot=file.read.spot(arrival.other)) if arrival.other else arrival


class _Judge:
    """Settles the rows that nothing contains. A row goes by its place: the register's, then the file's."""

    def __init__(
        self,
        file: Table,
        register: Table | None,
        bodies: Bodies,
        live: Sequence[int],
        policy: DuplicatePolicy,
    ) -> None:
        self._file, self._register, self._bodies, self._live = file, register, bodies, live
        self._duplicates = _look_for_duplicates(
            file, register, live, policy.for_arrivals({row: i for i, row in enumerate(bodies.register_rows)})
        )
        self._pairs = list(self._placed_pairs())
        self._best: dict[int, tuple[int, tuple[Evidence, ...]]] = {}
        for a, b, _, evidence in self._pairs:
            self._best.setdefault(a, (b, evidence))
            self._best.setdefault(b, (a, evidence))

    def settle(self, fates: dict[int, Fate], told: dict[int, Arrival]) -> None:
        """Give every live row its fate."""
        by_id = belonging_by_id(self._bodies, self._live)
        certain = self._certain()
        belongs = {place: min(rows) for place, rows in certain.items() if len(rows) == 1}
        belongs = {place: row for place, row in belongs.items() if place not in by_id.unclear} | by_id.belongs
        several = {place for place in (*certain, *by_id.unclear) if place not in belongs}
        self._compare(belongs, fates, told)
        labels = self._components(by_id.shared, by_id.unclear)
        taken = {int(labels[self._place(place)]) for place in (*belongs, *several)}
        taken |= {int(label) for label in labels[: self._bodies.ours]}
        first: dict[int, int] = {}
        for place in sorted(self._live, key=lambda place: int(self._bodies.rank[place])):
            label = int(labels[self._place(place)])
            if place in fates or place in told:
                continue
            if label in taken or label in first:
                arrival = self._duplicate(place, first.get(label), by_id.unclear.get(place))
                told[place] = replace(arrival, of_several=place in several)
            else:
                first[label] = place
                fates[place] = Fate.NEW

    def _place(self, place: int) -> int:
        return self._bodies.ours + place

    def _placed_pairs(self) -> Iterator[tuple[int, int, str, tuple[Evidence, ...]]]:
        """Give the pairs with a row of the file in them, best first, by place."""
        columns = ("a", "b", "strength", "evidence")
        for a, b, strength, evidence in zip(*(self._duplicates.pairs[name] for name in columns), strict=True):
            if max(a, b) >= self._bodies.ours:
                yield int(a), int(b), str(strength), evidence

    def _certain(self) -> dict[int, set[int]]:
        """Give the rows of the register that each live row certainly duplicates."""
        found: dict[int, set[int]] = {}
        for a, b, strength, _ in self._pairs:
            if strength == Strength.CERTAIN and min(a, b) < self._bodies.ours:
                found.setdefault(max(a, b) - self._bodies.ours, set()).add(min(a, b))
        return found

    def _components(self, shared: Sequence[tuple[int, int]], unclear: Mapping[int, int]) -> Ints:
        """Give each place the smallest place it is connected with: by a group, or by an id."""
        links = [(group[0], place) for group in self._duplicates.groups for place in group[1:]]
        links += [(self._place(a), self._place(b)) for a, b in shared]
        links += [(self._place(place), row) for place, row in unclear.items()]
        table = np.array(links, dtype=np.int64).reshape(-1, _OF_TWO)
        return components(self._bodies.ours + len(self._bodies.file_rows), table[:, 0], table[:, 1])

    def _duplicate(self, place: int, first: int | None, unclear: int | None) -> Arrival:
        partner, evidence = self._best.get(self._place(place), (-1, ()))
        if unclear is not None:
            partner, evidence = unclear, ()
        elif partner < 0 and first is not None:
            partner = self._place(first)
        ours = self._bodies.ours
        return Arrival(
            row=self._bodies.file_rows[place],
            fate=Fate.DUPLICATE,
            belongs=self._bodies.register_rows[partner] if 0 <= partner < ours else 0,
            other=self._bodies.file_rows[partner - ours] if partner >= ours else 0,
            evidence=evidence,
        )

    def _compare(self, belongs: Mapping[int, int], fates: dict[int, Fate], told: dict[int, Arrival]) -> None:
        """Compare rows with the customers they belong to, cell by cell."""
        if self._register is None or not belongs:
            return
        places, rows = list(belongs), list(belongs.values())
        found: dict[int, list[Difference]] = {}
        conflicts: set[int] = set()
        for name in self._bodies.columns:
            theirs, ours = self._bodies.file_keys(name)[places], self._bodies.our_keys(name)[rows]
            raw, cells = self._file.raw[name].tolist(), self._register.raw[name].tolist()
            for at in np.flatnonzero((theirs != "") & (theirs != ours)).tolist():
                ours_raw = cells[rows[at]]
                found.setdefault(places[at], []).append(
                    Difference(column=name, theirs=raw[places[at]], ours=ours_raw)
                )
                if holds_something(ours_raw):
                    conflicts.add(places[at])
        for place, row in belongs.items():
            if place not in found:
                fates[place] = Fate.SAME
                continue
            wrong = place in conflicts
            told[place] = Arrival(
                row=self._bodies.file_rows[place],
                fate=Fate.CONFLICT if wrong else Fate.UPDATE,
                belongs=self._bodies.register_rows[row],
                differences=tuple(one for one in found[place] if not wrong or holds_something(one.ours)),
            )


def _look_for_duplicates(
    file: Table, register: Table | None, live: Sequence[int], policy: DuplicatePolicy
) -> Duplicates:
    """Look for duplicates among the register's rows and the live rows of the file, named by place."""
    ours = 0 if register is None else len(register.raw)
    theirs = file.values.iloc[list(live)].set_axis([ours + place for place in live])
    both = [theirs] if register is None else [register.values.set_axis(range(ours)), theirs]
    asked = {field.column for field in policy.rules({str(name) for one in both for name in one}).fields}
    frame = pd.concat([one[[name for name in one if name in asked]] for one in both]).fillna("")
    return policy.search(frame)
