"""Undo: give every cell of a run back what it held before, as long as it still holds what the run wrote."""

from __future__ import annotations

import itertools
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from backend.core import signature
from backend.core.block import cleared_lines, foreign_rows
from backend.core.ownership import assign
from backend.core.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from backend.core.journal import JournalEntry
    from backend.core.ownership import Identities
    from backend.core.snapshot import Snapshot, TabRead
    from backend.jobs.job import Task

Cells = dict[str, Any]


def plan(snapshot: Snapshot, task: Task, *, entries: Sequence[JournalEntry]) -> Plan:
    """Plan the way back from a run.

    Args:
        snapshot: The register as it is.
        task: What every plan is given.
        entries: What the run changed, in the order it did.

    Returns:
        A plan whose counts say how many cells go back (`undone`), how many hold something else by now
        (`edited`) and how many are on rows that are gone (`gone`).
    """
    task.tell("stage-plan")
    customers = snapshot["Customers"]
    counts: Counter[str] = Counter()
    identities = assign(customers, seed=task.seed, known=task.known, placed=task.placed)
    changed = _by_row_id(entries)
    others = {**_moved(customers, identities), **_hit(customers, task, changed)}
    before, after = _blocks(customers, identities, {**others, **changed}, counts)
    lines = {
        tab_id: _lines(snapshot[tab_id], [entry for entry in entries if entry.tab == tab_id], counts)
        for tab_id in sorted({entry.tab for entry in entries if not entry.row_id})
        if tab_id in snapshot.tabs
    }
    left = _foreign_ids(customers, task) - {*before["row_id"], *after["row_id"]}
    left |= changed.keys() & set(customers.cells("row_id").loc[list(identities.unclear)])
    figures = {"read": len(customers.frame), "transactions": 0, "conflicts": len(left), "restored": 0}
    found = {"duplicate_groups": 0, "duplicate_pairs": 0, "not_compared": 0}
    undone = {name: counts[name] for name in ("undone", "edited", "gone")}
    return Plan(
        job="undo",
        before=before,
        after=after,
        lines=MappingProxyType(lines),
        counts=MappingProxyType({**figures, **found, **undone}),
        only=frozenset(after["row_id"]),
    )


def _hit(customers: TabRead, task: Task, changed: Collection[str]) -> Mapping[str, tuple[Cells, Cells]]:
    """Give the blocks that other rows had before this undo hit them: they get them back."""
    if task.first is None:
        return {}
    first = task.first["Customers"]
    hit = _foreign_ids(customers, task) - set(changed)
    names = [column.id for column in first.tab.block][1:-1]
    blocks = zip(first.cells("row_id"), *(first.cells(name) for name in names), strict=True)
    return {
        row_id: (found, found)
        for row_id, *cells in blocks
        if row_id in hit and (found := dict(zip(names, cells, strict=True)))
    }


def _foreign_ids(customers: TabRead, task: Task) -> set[str]:
    """Give the ids beside which the block of another stands since this undo began."""
    if task.first is None:
        return set()
    now, then = (
        set(read.cells("row_id").loc[list(foreign_rows(read))])
        for read in (customers, task.first["Customers"])
    )
    return now - then


def _moved(customers: TabRead, identities: Identities) -> Mapping[str, tuple[Cells, Cells]]:
    """Give the blocks of ids that stand beside another row than their own, as they are, and of copies: blank.

    An id can be given back to its row only when it leaves the row on which it stands.
    """
    names = [column.id for column in customers.tab.block][1:-1]
    cells = zip(*(customers.cells(name) for name in names), strict=True)
    homes = dict(zip(customers.cells("row_id"), cells, strict=True))
    moved = {
        identities.ids[row]: homes[identities.ids[row]]
        for row in identities.moved
        if identities.ids[row] in homes
    }
    copied = {identities.ids[row]: ("",) * len(names) for row in identities.copied}
    blocks = {row_id: dict(zip(names, block, strict=True)) for row_id, block in (moved | copied).items()}
    return {row_id: (block, block) for row_id, block in blocks.items()}


def _by_row_id(entries: Iterable[JournalEntry]) -> Mapping[str, tuple[Cells, Cells]]:
    """Put together what a run did to each row, maybe in several rounds: what it found, and what it left."""
    found: dict[str, tuple[Cells, Cells]] = {}
    for entry in entries:
        if entry.row_id:
            first, last = found.setdefault(entry.row_id, ({}, {}))
            first.update({name: cell for name, cell in entry.before.items() if name not in first})
            last.update(entry.after)
    return found


def _blocks(
    customers: TabRead,
    identities: Identities,
    changed: Mapping[str, tuple[Cells, Cells]],
    counts: Counter[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the blocks to write, as they are and as they are to be.

    A row is known by the id that is its own, though it may have been cleared or left elsewhere by a sort;
    what the block held is read where the id stands. Its signature goes on saying what its cells were. A
    block that stands beside another id is nobody's word: it goes back whole.
    """
    columns = [column.id for column in customers.tab.block]
    block = pd.DataFrame({name: customers.cells(name) for name in columns})
    blocks = {row: dict(zip(columns, cells, strict=True)) for row, *cells in block.itertuples(name=None)}
    rows = {row_id: row for row, row_id in identities.ids.items() if row_id}
    homes: dict[str, Any] = {cells["row_id"]: row for row, cells in blocks.items()}
    hashes = signature.hashes(customers)
    after: dict[Any, Cells] = {}
    for row_id, (old, new) in changed.items():
        row = rows.get(row_id)
        if row is None:
            counts["gone"] += len(new)
            continue
        now = blocks[homes.get(row_id, row)]
        sig = signature.parse(now["sig"])
        own = sig is not None and sig.row_id == row_id
        back = {name: old[name] for name, cell in new.items() if not own or now[name] == cell}
        counts["undone"] += sum(old[name] != new[name] for name in back)
        counts["edited"] += sum(name not in back and now[name] != old[name] for name in new)
        foreign = sig is not None and not own
        moves = homes.get(row_id, row) != row or blocks[row]["row_id"] not in ("", row_id)
        if foreign or moves or any(now[name] != cell for name, cell in back.items()):
            whole = {**now, **back, "row_id": row_id}
            was = (sig.inputs, sig.name, sig.contact) if own and sig else tuple(hashes.loc[row])
            text = signature.block_hash(whole[name] for name in columns[1:-1])
            after[row] = {**whole, "sig": signature.unsigned(row_id, was, text)}
    cleared = cleared_lines(customers, identities)
    after.update({row: dict(zip(columns, line, strict=True)) for row, line in cleared.items()})
    index = sorted(after)
    wanted = pd.DataFrame([after[row] for row in index], index=index, columns=columns, dtype=object)
    return block.loc[index], wanted


def _lines(read: TabRead, entries: Sequence[JournalEntry], counts: Counter[str]) -> pd.DataFrame:
    """Give the lines of a tool tab to write: those that still say what the run made them say.

    A line that the run had blanked stands below the others again; one that a person wrote something beside
    is not taken away.
    """
    columns = [column.id for column in read.tab.block]
    free = _rows_by_words(read, columns)
    below = itertools.count(read.last_row + 1)
    wanted: dict[Any, list[Any]] = {}
    for entry in reversed(entries):
        back = [entry.before.get(name, "") for name in columns]
        says = tuple(entry.after.get(name, "") if read.has(name) else "" for name in columns)
        rows = free.get(says, []) if any(says) else [next(below)]
        fitting = [row for row in rows if any(back) or not _is_worded(read, row)]
        if not fitting:
            counts["edited"] += entry.changed_cells
            continue
        rows.remove(fitting[0])
        wanted[fitting[0]] = back
        counts["undone"] += entry.changed_cells
    return pd.DataFrame(
        [wanted[row] for row in sorted(wanted)], index=sorted(wanted), columns=columns, dtype=object
    )


def _rows_by_words(read: TabRead, columns: list[str]) -> dict[tuple[Any, ...], list[Any]]:
    frame = read.frame.reindex(columns=columns, fill_value="").astype(object)
    rows: dict[tuple[Any, ...], list[Any]] = {}
    for row, cells in zip(frame.index, frame.itertuples(index=False, name=None), strict=True):
        rows.setdefault(cells, []).append(row)
    return rows


def _is_worded(read: TabRead, row: Any) -> bool:
    """Say whether the team wrote anything beside a line."""
    team = [column.id for column in read.tab.team_columns if read.has(column.id)]
    return row in read.frame.index and any(read.frame.at[row, name] != "" for name in team)
