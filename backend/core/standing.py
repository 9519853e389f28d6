"""The block as it stands: for runs that answer a part of it, or some rows, and leave the rest as it was.

A block goes where its id goes. Where rows and blocks came apart, all ids are put right together or none: an
id that is written over would be lost, and one that stands in two rows cannot be written to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core import signature
from backend.core.block import (
    by_customer,
    cleared_lines,
    doubted_line,
    foreign_rows,
    hashes_of,
    unproven_rows,
    unsigned_rows,
)
from backend.core.ownership import DOUBTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from backend.core.issues import Issue
    from backend.core.ownership import Identities
    from backend.core.plan import Plan
    from backend.core.signature import Signature
    from backend.core.snapshot import TabRead
    from sheets_schema.model import Language

Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What the block of an id holds, between id and signature, and its signature where it has one."""

    answers: Cells
    sig: Signature | None


def blocks_by_id(read: TabRead, first: TabRead | None = None) -> Mapping[str, Held]:
    """Give the block of each id: where its signature stands, else beside the id.

    Args:
        read: Customers as read.
        first: Customers as the run read it first: a block that the run's own write landed on is only there.
    """
    blocks = dict(_unsigned(read))
    if first is not None:
        blocks.update(_signed(first))
    blocks.update(_signed(read))
    return blocks


def astray(read: TabRead, identities: Identities) -> frozenset[int]:
    """Give the rows beside which another id, or the block of another, stands than their own."""
    ids = identities.ids
    stray = {*identities.restored, *identities.moved, *identities.copied, *foreign_rows(read)}
    return frozenset(row for row in stray if ids.get(row))


def carrying(read: TabRead, rows: Collection[int], ids: Collection[str]) -> bool:
    """Say whether one of these rows carries one of these ids, in its cell or in its signature."""
    sigs = (signature.parse(sig) for sig in read.cells("sig").loc[list(rows)])
    carried = {*read.cells("row_id").loc[list(rows)], *(sig.row_id for sig in sigs if sig)}
    return not carried.isdisjoint(ids)


def standing_lines(
    read: TabRead,
    identities: Identities,
    rows: Collection[int],
    *,
    blocks: Mapping[str, Held],
    duplicate_of: Mapping[int, str] | None = None,
) -> dict[int, Cells]:
    """Give the blocks of rows as they stand, signed; a row that never had one gets a blank one.

    Where the id stays in its row, so does what the signature says of the team's cells: a row that was edited
    since it was checked stays one that was.

    Args:
        read: Customers as read.
        identities: Whose each row is.
        rows: Rows that have an id.
        blocks: As `blocks_by_id` gives them.
        duplicate_of: What that cell is to say instead, by row ('' where a row is not named); None leaves it.
    """
    names = [column.id for column in read.tab.block][1:-1]
    place = names.index("duplicate_of")
    cells = read.cells("row_id")
    hashes = hashes_of(read, rows)
    lines: dict[int, Cells] = {}
    for row in rows:
        row_id = identities.ids[row]
        held = blocks.get(row_id, Held(("",) * len(names), None))
        answers = list(held.answers)
        if duplicate_of is not None:
            answers[place] = duplicate_of.get(row, "")
        stays = held.sig is not None and cells.at[row] == row_id
        was = (held.sig.inputs, held.sig.name, held.sig.contact) if stays and held.sig else hashes[row]
        lines[row] = (row_id, *answers, signature.unsigned(row_id, was, signature.block_hash(answers)))
    return lines


def repaired_lines(
    read: TabRead,
    identities: Identities,
    issues: Sequence[Issue],
    *,
    blocks: Mapping[str, Held],
    language: Language,
) -> dict[int, Cells]:
    """Give the lines that put every id right: strays get their own block, doubts are marked, ghosts blanked.

    Args:
        read: Customers as read.
        identities: Whose each row is.
        issues: What is said of rows that are in doubt.
        blocks: As `blocks_by_id` gives them.
        language: Of the register.
    """
    lines = standing_lines(read, identities, astray(read, identities), blocks=blocks)
    said = by_customer(issues)
    for row, sig in identities.doubted.items():
        if sig.block != DOUBTED:
            lines[row] = doubted_line(read, sig, said.get(row, ()), language)
    return {**lines, **cleared_lines(read, identities)}


def proven_ids(read: TabRead, lines: Mapping[int, Cells]) -> frozenset[str]:
    """Give the ids of those lines whose signature says what the team's cells are now."""
    hashes = hashes_of(read, lines)
    sigs = ((row, signature.parse(f"{cells[-1]}#")) for row, cells in lines.items())
    return frozenset(
        sig.row_id for row, sig in sigs if sig and (sig.inputs, sig.name, sig.contact) == hashes[row]
    )


def unsettled_of(plan: Plan, read: TabRead, before: TabRead) -> frozenset[int]:
    """Give the rows that a plan for some rows has to write again: not signed, edited since, or hit by it.

    So are rows with a planned id and another block than planned: copies from before the write. And so are
    ids that were to go to another row and stand beside other cells: rows were moved before the ids were set.

    Args:
        plan: Its `only` is not None.
        read: Customers after the write.
        before: Customers as the plan saw them; what stood beside a foreign id then, and is no row of the
            plan's, is none of its business.
    """
    only = plan.only or frozenset()
    ids = read.cells("row_id")
    planned = replace(read, frame=read.frame[ids.isin(only)])
    ours = replace(read, frame=read.frame[ids.isin(plan.proven)])
    known = set(before.cells("row_id").loc[list(foreign_rows(before))]) - only
    hit = {row for row in foreign_rows(read) if ids.at[row] not in known}
    astray_now = {*_not_as_planned(plan, planned), *_not_in_place(plan, planned, before)}
    return frozenset({*unsigned_rows(planned), *unproven_rows(ours), *astray_now, *hit})


def _not_as_planned(plan: Plan, read: TabRead) -> Iterator[int]:
    """Give the rows whose answers are not those that were planned for their id."""
    names = [column.id for column in read.tab.block][1:-1]
    after = zip(plan.after["row_id"], *(plan.after[name] for name in names), strict=True)
    wanted = {row_id: tuple(answers) for row_id, *answers in after}
    for row, (row_id, _, answers) in zip(read.frame.index, _rows(read), strict=True):
        if tuple(answers) != wanted.get(row_id, tuple(answers)):
            yield row


def _not_in_place(plan: Plan, read: TabRead, before: TabRead) -> Iterator[int]:
    """Give the rows on which an id stands that was meant for a row with other cells."""
    moves = plan.after["row_id"] != plan.before["row_id"]
    meant_for = hashes_of(before, plan.after.index[moves])
    meant = {plan.after.at[row, "row_id"]: hashes for row, hashes in meant_for.items()}
    ids = read.cells("row_id")
    found = hashes_of(read, ids.index[ids.isin(meant.keys() - {""})])
    return (row for row, hashes in found.items() if hashes != meant[ids.at[row]])


def _signed(read: TabRead) -> dict[str, Held]:
    """Give each block by the id in its signature; of several, the one that stands beside that id."""
    found = [(cell, Held(answers, sig)) for cell, sig, answers in _rows(read) if sig is not None]
    found.sort(key=lambda one: one[1].sig is not None and one[0] == one[1].sig.row_id)
    return {held.sig.row_id: held for _, held in found if held.sig}


def _unsigned(read: TabRead) -> Iterator[tuple[str, Held]]:
    return ((str(cell), Held(answers, None)) for cell, sig, answers in _rows(read) if sig is None and cell)


def _rows(read: TabRead) -> Iterator[tuple[object, Signature | None, Cells]]:
    """Give id, signature and answers of each row."""
    names = [column.id for column in read.tab.block][1:-1]
    answers = zip(*(read.cells(name).tolist() for name in names), strict=True)
    sigs = map(signature.parse, read.cells("sig").tolist())
    return zip(read.cells("row_id").tolist(), sigs, answers, strict=True)
