"""Which row owns which id: rows that were copied, edited, sorted apart from their block, or lost their id.

A signature says whose block it is and what that customer's cells were. So an id goes, in this order, to the
row that its own signature proves; to a row elsewhere whose cells are exactly those of the id's customer (a
sort left the block behind); to the row that still has the name or the contact; to the row it stands on. The
last only while nothing shows that blocks and rows came apart: else a person has to look.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from backend.core import signature
from backend.core.identity import is_row_id, row_ids
from backend.core.snapshot import data_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import pandas as pd

    from backend.core.signature import Signature
    from backend.core.snapshot import TabRead


DOUBTED = "?"
"""The hash of the block in the signature of a row that a person has to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Which id each row of Customers is to have.

    Attributes:
        ids: Row id by row; '' for a row that may not be written.
        new: Rows that get an id for the first time.
        restored: Rows whose id had been cleared or retyped: they get their own again, or a new one.
        moved: Rows that get the id of their customer back from another row.
        copied: Rows that carried a copy of another row's id and get a new one.
        unclear: Rows of which it cannot be told whose they are: not written.
        doubted: Those of the unclear rows that alone carry their id, with the signature they carry: they are
            marked, so that a later run does not take them for rows that were edited.
        borrowed: Those of the unclear rows that carry the id of a row whose it is: they lose it, or the other
            could not be written to.
    """

    ids: Mapping[int, str]
    new: tuple[int, ...] = ()
    restored: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    copied: tuple[int, ...] = ()
    unclear: tuple[int, ...] = ()
    doubted: Mapping[int, Signature] = field(default_factory=lambda: MappingProxyType({}))
    borrowed: tuple[int, ...] = ()


def assign(
    customers: TabRead,
    *,
    seed: bytes,
    known: Mapping[str, Signature] = MappingProxyType({}),
    placed: Collection[str] = (),
) -> Identities:
    """Decide the id of every row that holds data.

    Args:
        customers: The Customers tab as read.
        seed: For new ids, see `row_ids`.
        known: Signatures by id that stood in the sheet earlier in this run. They count where a row carries
            the id and another row's signature, and where the id stands nowhere any more: after a write of
            ours that people moved rows under, or when they deleted a block that a sort had left elsewhere.
        placed: Ids that this run gave back to a row that did not carry them. The cell was blank, and may have
            been that of another row by then: that such an id stands on a row proves nothing. And rows had
            come apart when it began: a copy made then may still carry the id of a customer who is gone.
    """
    if not known and not any((customers.cells(name) != "").any() for name in ("row_id", "sig")):
        rows = data_rows(customers)
        new = tuple(rows.index[rows])
        return Identities(ids=dict(zip(new, row_ids(seed), strict=False)), new=new)
    search = _Search(customers, known, frozenset(placed))
    search.by_proof()
    if search.open:
        search.by_cells()
        search.by_name_or_contact()
        search.by_place()
    return search.result(seed)


def given_back(
    customers: TabRead, before: pd.DataFrame, after: pd.DataFrame, known: Collection[str]
) -> set[str]:
    """Give the ids that a plan sets where they did not stand, but for those that nobody has had before.

    Args:
        customers: The Customers tab as read.
        before: The block as read, of the rows to write.
        after: The block as it is to be, same shape.
        known: Ids that stood in the sheet earlier in this run.
    """
    if after.empty:
        return set()
    set_now = {*after["row_id"][before["row_id"] != after["row_id"]]} - {""}
    if not set_now:
        return set()
    signed = {sig.row_id for sig in map(signature.parse, customers.cells("sig")) if sig}
    return set_now & {*known, *signed, *customers.cells("row_id")}


def signatures(customers: TabRead) -> dict[str, Signature]:
    """Give the signatures that stand beside their own id, by id."""
    pairs = zip(customers.cells("row_id"), map(signature.parse, customers.cells("sig")), strict=True)
    return {sig.row_id: sig for cell, sig in pairs if sig and sig.row_id == cell}


class _Row(NamedTuple):
    """One row: the id in its cell ('' where it is none of ours), its signature, the hashes of its cells."""

    row_id: str
    typed: bool
    sig: Signature | None
    inputs: str
    name: str
    contact: str

    @property
    def carried(self) -> str:
        """The id in the cell, else the one in the signature."""
        return self.row_id or (self.sig.row_id if self.sig else "")

    def is_like(self, sig: Signature) -> int:
        """Say how many of name and contact are those of a signature."""
        return (self.name != "" and self.name == sig.name) + (
            self.contact != "" and self.contact == sig.contact
        )


class _Search:
    """The search for owners, step by step.

    Attributes:
        rows: Every row that has data or a signature.
        open: Rows with data that have no id yet, in order.
        owner: Row by id.
    """

    def __init__(self, customers: TabRead, known: Mapping[str, Signature], placed: frozenset[str]) -> None:
        data = data_rows(customers)
        cells = [_text(cell) for cell in customers.cells("row_id")]
        sigs = [_ours(signature.parse(sig)) for sig in customers.cells("sig")]
        at_home = {sig.row_id for cell, sig in zip(cells, sigs, strict=True) if sig and sig.row_id == cell}
        hashed = signature.hashes(customers).itertuples(index=False, name=None)
        self.rows: dict[int, _Row] = {}
        for row, cell, found, hashes in zip(customers.frame.index, cells, sigs, hashed, strict=True):
            row_id = cell if is_row_id(cell) else ""
            sig = known.get(row_id, found) if row_id and row_id not in at_home else found
            self.rows[row] = _Row(row_id, bool(cell), sig, *hashes)
        here = {seen.row_id for seen in self.rows.values()} | set(self._signed_ids())
        self._gone = [sig for row_id, sig in known.items() if row_id not in here]
        self.open: dict[int, _Row] = {row: self.rows[row] for row in data.index[data]}
        self.owner: dict[str, int] = {}
        self._found: dict[int, str] = {}
        self._copied: list[int] = []
        self._unclear: list[int] = []
        self._contested: set[str] = set()
        self._placed = placed
        self._order = list(self.open)

    def by_proof(self) -> None:
        """Give an id to the row whose signature proves it: of several, to the topmost that carries it."""
        proven = [
            (row, seen, seen.sig.row_id)
            for row, seen in self.open.items()
            if seen.sig and seen.sig.inputs == seen.inputs
        ]
        for row, _, row_id in sorted(proven, key=lambda one: one[1].row_id != one[2]):
            if row_id in self.owner:
                self._copied.append(row)
                del self.open[row]
            else:
                self._give(row, row_id)

    def by_cells(self) -> None:
        """Give an id to the row that has exactly the cells of the id's customer."""
        wanted: dict[str, list[str]] = {}
        for sig in self._free_signatures():
            wanted.setdefault(sig.inputs, []).append(sig.row_id)
        for row, seen in list(self.open.items()):
            if wanted.get(seen.inputs):
                self._give(row, wanted[seen.inputs].pop(0))

    def by_name_or_contact(self) -> None:
        """Give an id to the row that still has name and contact of its customer, then name or contact.

        The row on which the signature stands comes first; elsewhere only where one row and one id fit.
        """
        for likeness in (2, 1):
            self._edited_in_place(likeness)
            self._edited_elsewhere(likeness)

    def by_place(self) -> None:
        """Settle what is left: rows that are like no signature, and rows that have none."""
        carried = {
            row: seen.row_id or (seen.sig.row_id if seen.sig else "") for row, seen in self.open.items()
        }
        displaced = {row for row, row_id in carried.items() if self._was_moved_away(row_id)}
        strangers = {
            row for row, row_id in carried.items() if row not in displaced and self._is_stranger(row)
        }
        count = Counter(carried.values())
        apart = bool(self._placed or displaced) or any(self._stood_elsewhere(row) for row in self._found)
        for row in self._doubted(strangers, apart=apart):
            self._leave(row)
        for row, row_id in carried.items():
            if row not in self.open or row in displaced or not row_id or self._is_new(row, apart=apart):
                continue
            if row_id in self.owner:
                self._copied.append(row)
                del self.open[row]
            elif count[row_id] > 1 or row_id in self._contested:
                self._leave(row)
            else:
                self._give(row, row_id)

    def _doubted(self, strangers: set[int], *, apart: bool) -> set[int]:
        """Give the strangers of which it is in doubt whose they are: all of them, once rows came apart."""
        marked = {
            row
            for row in strangers
            if (sig := self.rows[row].sig) and (sig.block == DOUBTED or sig.row_id in self._placed)
        }
        return strangers if apart else marked

    def _is_stranger(self, row: int) -> bool:
        """Say whether a row stands beside the block of an id that no row owns, and is unlike its customer."""
        seen = self.open[row]
        sig = seen.sig
        return sig is not None and sig.row_id not in self.owner and seen.row_id == sig.row_id

    def _is_new(self, row: int, *, apart: bool) -> bool:
        """Say whether a row without an id is nobody's: it is in doubt, or rows came apart from their blocks.

        Who clears the id of a row that is in doubt says that it is new.
        """
        seen = self.open[row]
        return not seen.typed and seen.sig is not None and (apart or seen.sig.block == DOUBTED)

    def result(self, seed: bytes) -> Identities:
        """Give what was found; the rows still open get new ids."""
        taken = {*self.owner, *self._signed_ids(), *(seen.row_id for seen in self.rows.values())}
        fresh = row_ids(seed, frozenset(taken))
        unclear = frozenset(self._unclear)
        ids = {row: "" if row in unclear else self._found.get(row) or next(fresh) for row in self._order}
        copied = frozenset(self._copied)
        carried = {row: self.rows[row].row_id for row in self._order}
        other = [row for row in self._order if ids[row] not in ("", carried[row]) and row not in copied]
        moved = {row for row in other if self._stood_elsewhere(row)}
        typed = {row for row in other if self.rows[row].typed or self.rows[row].sig} - moved
        alone = Counter(seen.row_id for seen in self.rows.values())
        doubted = {
            row: sig
            for row in self._unclear
            if (sig := self.rows[row].sig) and self.rows[row].row_id == sig.row_id and alone[sig.row_id] == 1
        }
        return Identities(
            ids=ids,
            new=tuple(row for row in other if row not in moved and row not in typed),
            restored=tuple(row for row in other if row in typed),
            moved=tuple(row for row in other if row in moved),
            copied=tuple(row for row in self._order if row in copied),
            unclear=tuple(row for row in self._order if row in unclear),
            doubted=MappingProxyType(doubted),
            borrowed=tuple(row for row in unclear - doubted.keys() if self.rows[row].row_id in self.owner),
        )

    def _give(self, row: int, row_id: str) -> None:
        self.owner[row_id] = row
        self._found[row] = row_id
        self.open.pop(row, None)

    def _leave(self, row: int) -> None:
        self._unclear.append(row)
        self._contested.add(self.rows[row].carried)
        self.open.pop(row, None)

    def _free_signatures(self) -> Iterator[Signature]:
        """Give the signatures of ids without an owner, each id once."""
        seen = self.owner.keys() | self._contested
        for sig in (*(row.sig for row in self.rows.values()), *self._gone):
            if sig and sig.row_id not in seen:
                seen.add(sig.row_id)
                yield sig

    def _signed_ids(self) -> Iterator[str]:
        return (row.sig.row_id for row in self.rows.values() if row.sig)

    def _edited_in_place(self, likeness: int) -> None:
        fitting: dict[str, list[int]] = {}
        for row, seen in self.open.items():
            sig = seen.sig
            if sig and sig.row_id not in self.owner and seen.is_like(sig) >= likeness:
                fitting.setdefault(sig.row_id, []).append(row)
        for row_id, rows in fitting.items():
            carrying = [row for row in rows if self.rows[row].row_id == row_id]
            chosen = carrying or rows
            if len(chosen) == 1:
                self._give(chosen[0], row_id)
            else:
                for row in chosen:
                    self._leave(row)

    def _edited_elsewhere(self, likeness: int) -> None:
        free = list(self._free_signatures())
        by_name, by_contact = (_index(free, part) for part in ("name", "contact"))
        pairs = [
            (row, sig.row_id)
            for row, seen in self.open.items()
            for sig in {*by_name.get(seen.name, ()), *by_contact.get(seen.contact, ())}
            if seen.is_like(sig) >= likeness
        ]
        rows, ids = Counter(row for row, _ in pairs), Counter(row_id for _, row_id in pairs)
        for row, row_id in pairs:
            if rows[row] == ids[row_id] == 1:
                self._give(row, row_id)

    def _was_moved_away(self, row_id: str) -> bool:
        """Say whether an id was found to belong to a row on which it does not stand."""
        return row_id in self.owner and self.rows[self.owner[row_id]].row_id != row_id

    def _stood_elsewhere(self, row: int) -> bool:
        """Say whether the signature of a row's id was found beside another row."""
        sig = self.rows[row].sig
        return row in self._found and (sig is None or sig.row_id != self._found[row])


def _index(sigs: Iterable[Signature], part: str) -> Mapping[str, list[Signature]]:
    found: dict[str, list[Signature]] = {}
    for sig in sigs:
        found.setdefault(getattr(sig, part), []).append(sig)
    found.pop("", None)
    return found


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else str(cell)


def _ours(sig: Signature | None) -> Signature | None:
    return sig if sig and is_row_id(sig.row_id) else None
