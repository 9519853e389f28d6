"""Row ids: their form, their check character, copies, and who keeps which id."""

from __future__ import annotations

import hashlib
import operator
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.core import signature
from backend.core.snapshot import data_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from backend.core.snapshot import TabRead

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""

BODY_LENGTH = 9
_MODULUS = 37
_WEIGHTS = range(2, 2 + BODY_LENGTH)
_SHIFTS = range(0, 5 * BODY_LENGTH, 5)
_FORM = re.compile(rf"C-([{ALPHABET}]{{5}})-([{ALPHABET}]{{4}})([{ALPHABET}])")


def check_character(body: str) -> str | None:
    """Give the check character of nine characters, weighted modulo 37; None when it has none.

    A body whose check value is above 31 is never issued, so one character always suffices. Every single
    wrong character and every swap of two characters changes the value, since 37 is prime.
    """
    return _check_of([ALPHABET.index(char) for char in body])


def _check_of(values: Sequence[int]) -> str | None:
    value = sum(map(operator.mul, values, _WEIGHTS)) % _MODULUS
    return ALPHABET[value] if value < len(ALPHABET) else None


def is_row_id(text: object) -> bool:
    """Say whether a text is a row id of ours: form and check character."""
    match = _FORM.fullmatch(text) if isinstance(text, str) else None
    return bool(match) and check_character(match[1] + match[2]) == match[3] if match else False


def row_ids(seed: bytes, taken: frozenset[str] = frozenset()) -> Iterator[str]:
    """Give new row ids without end, none of them taken; the same seed gives the same ids.

    Args:
        seed: Bytes nobody can guess; the ids are as random as it is.
        taken: Ids that are in use, or ever were.
    """
    used = set(taken)
    counter = 0
    while True:
        number = int.from_bytes(
            hashlib.blake2b(counter.to_bytes(8, "big"), key=seed, digest_size=8).digest(), "big"
        )
        counter += 1
        values = [(number >> shift) & 31 for shift in _SHIFTS]
        body, check = "".join([ALPHABET[value] for value in values]), _check_of(values)
        row_id = f"C-{body[:5]}-{body[5:]}{check}"
        if check is not None and row_id not in used:
            used.add(row_id)
            yield row_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Which id each row of Customers is to have.

    Attributes:
        ids: Row id by sheet row; '' for a row that may not be written.
        new: Sheet rows that get an id for the first time.
        restored: Sheet rows whose id was not one of ours and is replaced.
        copied: Sheet rows that carried a copy of another row's id and get a new one.
        unclear: Sheet rows that share an id and of which none can be told the owner: not written.
    """

    ids: Mapping[int, str]
    new: tuple[int, ...] = ()
    restored: tuple[int, ...] = ()
    copied: tuple[int, ...] = ()
    unclear: tuple[int, ...] = field(default=())


def assign(customers: TabRead, *, seed: bytes) -> Identities:
    """Decide the id of every row that holds data.

    A row without an id gets a new one, as does a row whose id fails its check. Of rows with the same id,
    the one whose signature proves its inputs keeps it (the topmost, if several do) and the others get new
    ones; where none proves anything, none is written and a person has to look.

    Args:
        customers: The Customers tab as read.
        seed: For new ids, see `row_ids`.
    """
    rows = data_rows(customers)
    present = customers.cells("row_id")[rows].map(
        lambda cell: cell.strip() if isinstance(cell, str) else cell
    )
    valid = present.map(is_row_id)
    blank = present.map(lambda cell: cell == "")
    shared = valid & present.where(valid).duplicated(keep=False)
    copied, unclear = _settle_copies(customers, present[shared])
    ids = {
        row: row_id if row not in unclear else ""
        for row, row_id in zip(present.index, present.where(valid, ""), strict=True)
    }
    fresh = row_ids(seed, frozenset(present[valid]))
    for row in (*present.index[~valid], *copied):
        ids[row] = next(fresh)
    return Identities(
        ids=ids,
        new=tuple(present.index[blank]),
        restored=tuple(present.index[~valid & ~blank]),
        copied=copied,
        unclear=unclear,
    )


def _settle_copies(customers: TabRead, shared: pd.Series[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    copied: list[int] = []
    unclear: list[int] = []
    if shared.empty:
        return (), ()
    inputs = signature.inputs(customers).loc[shared.index]
    sigs = customers.cells("sig").loc[shared.index]
    for row_id, group in shared.groupby(shared):
        owners = [
            row
            for row in group.index
            if signature.proves_inputs(sigs.loc[row], row_id=str(row_id), inputs=inputs.loc[row])
        ]
        if owners:
            copied.extend(row for row in group.index if row != owners[0])
        else:
            unclear.extend(group.index)
    return tuple(copied), tuple(unclear)
