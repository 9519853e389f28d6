"""The form in which rows of a file and of the register are compared, and which row says all of another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from backend.core.fields import email
from backend.core.fields.clean import clean
from backend.core.fields.field import State
from backend.core.fields.reading import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from backend.core.checks.facts import Table
    from backend.core.fields.field import Field

IDS = ("customer_id", "member_no", "uscc")
"""Columns of which one value is one customer, the surest first."""

_TELLING = (*IDS, "mobile", "email", "wechat_id", "phone_2", "tax_id")
"""Columns of which one has to be equal before a row is taken to say all of another with the same name."""

_MOST_COMPARED = 100
_UNREAD = "\x01"
"""Stands before the text of a cell that cannot be read as its kind."""


@dataclass(frozen=True, kw_only=True)
class Bodies:
    """The rows of the register, then those of the file, as they are compared.

    Attributes:
        columns: Field ids that the file has, and the register where there is one.
        keys: For each column one text a row, '' where it says nothing.
        ours: How many rows are the register's.
        register_rows: Their sheet rows.
        file_rows: The rows of the file.
        rank: For each row of the file its place when they are ordered by what they hold, the fullest first.
    """

    columns: tuple[str, ...]
    keys: Mapping[str, np.ndarray[Any, Any]]
    register_rows: tuple[int, ...]
    file_rows: tuple[int, ...]
    rank: np.ndarray[Any, Any]

    @property
    def ours(self) -> int:
        """How many rows are the register's."""
        return len(self.register_rows)

    def our_keys(self, name: str) -> np.ndarray[Any, Any]:
        """Give the keys of the register's rows."""
        return self.keys[name][: self.ours]

    def file_keys(self, name: str) -> np.ndarray[Any, Any]:
        """Give the keys of the file's rows."""
        return self.keys[name][self.ours :]


@dataclass(frozen=True, slots=True, kw_only=True)
class ById:
    """What the ids of a file's rows say, by place.

    Attributes:
        belongs: The register's place of each row whose id stands there once.
        unclear: The first of the register's places of each row whose id stands there several times.
        shared: Pairs of rows of the file with the same id.
    """

    belongs: dict[int, int] = field(default_factory=dict)
    unclear: dict[int, int] = field(default_factory=dict)
    shared: list[tuple[int, int]] = field(default_factory=list)


def bodies_of(file: Table, register: Table | None) -> Bodies:
    """Give the rows of a file and a register as they are compared: in the columns that both have."""
    columns = tuple(name for name in file.columns if register is None or name in register.columns)
    both = [file] if register is None else [register, file]
    keys = {name: np.concatenate([_keys(table, name) for table in both]) for name in columns}
    ours = 0 if register is None else len(register.raw)
    return Bodies(
        columns=columns,
        keys=keys,
        register_rows=() if register is None else tuple(register.raw.index.tolist()),
        file_rows=tuple(file.raw.index.tolist()),
        rank=_rank(file, [keys[name][ours:] for name in columns]),
    )


def _keys(table: Table, name: str) -> np.ndarray[Any, Any]:
    """Give the cells of a column in one form; a cell that cannot be read stands for itself."""
    column = table.columns[name]
    answers = np.array([_key(name, one) for one in column.fields] or [""], dtype=object)
    keys = answers[column.codes] if len(column.codes) else np.empty(0, dtype=object)
    raw = table.raw[name].tolist()
    for place in np.flatnonzero(keys == _UNREAD).tolist():
        keys[place] = _UNREAD + clean(text_of(raw[place])).casefold()
    return keys


def _key(name: str, read: Field) -> str:
    if read.value != "":
        text = str(read.value)
        return email.key(text) if name == "email" else text
    nothing = read.state is State.BLANK or any(one.code == "placeholder" for one in read.findings)
    return "" if nothing else _UNREAD


def _rank(file: Table, keys: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """Order the rows by how much they hold, then by what, so that their order in the file is not seen."""
    filled = sum(((one != "").astype(np.int64) for one in keys), np.zeros(len(file.raw), dtype=np.int64))
    codes = [pd.factorize(one, sort=True)[0] for one in keys]
    raws = [pd.factorize(file.raw[name].map(repr), sort=True)[0] for name in file.raw]
    order = np.lexsort([*reversed(raws), *reversed(codes), -filled])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def contained(bodies: Bodies, *, without: Collection[int]) -> dict[int, int]:
    """Find the rows of the file that say nothing another row does not say.

    A row is contained in an equal one, and in one with the same name and an equal id or contact that has all
    its filled cells. A row of the register counts before a row of the file; of two equal rows of the file
    the first by rank is kept.

    Args:
        bodies: The rows.
        without: Places of rows of the file that do not take part.

    Returns:
        By place of the row in the file, the place of the row that contains it, the register's first.
    """
    ours = bodies.ours
    matrix = list(zip(*(bodies.keys[name].tolist() for name in bodies.columns), strict=True))
    telling = [bodies.columns.index(name) for name in _TELLING if name in bodies.columns]
    name_at = bodies.columns.index("full_name")
    order = [
        *range(ours),
        *(ours + int(place) for place in np.argsort(bodies.rank) if int(place) not in without),
    ]
    equal: dict[tuple[str, ...], int] = {}
    near: dict[tuple[int, str, str], list[int]] = {}
    found: dict[int, int] = {}
    for place in order:
        row = matrix[place]
        if place >= ours:
            big = equal.get(row)
            if big is None:
                big = _container(row, matrix, near, telling, name_at)
            if big is not None:
                found[place - ours] = big
                continue
        equal.setdefault(row, place)
        for at in telling:
            if row[at]:
                rows = near.setdefault((at, row[at], row[name_at]), [])
                if len(rows) < _MOST_COMPARED:
                    rows.append(place)
    return found


def _container(
    row: tuple[str, ...],
    matrix: Sequence[tuple[str, ...]],
    near: Mapping[tuple[int, str, str], Sequence[int]],
    telling: Sequence[int],
    name_at: int,
) -> int | None:
    at = next((at for at in telling if row[at]), None)
    if at is None:
        return None
    for place in near.get((at, row[at], row[name_at]), ()):
        if all(not one or one == other for one, other in zip(row, matrix[place], strict=True)):
            return place
    return None


def known_by_id(bodies: Bodies) -> set[int]:
    """Give the rows of the file that carry an id of the register's."""
    known: set[int] = set()
    for name in IDS:
        if name in bodies.columns:
            ours = set(bodies.our_keys(name).tolist()) - {""}
            theirs = bodies.file_keys(name).tolist()
            known.update(
                place for place, key in enumerate(theirs) if key in ours and not key.startswith(_UNREAD)
            )
    return known


def belonging_by_id(bodies: Bodies, live: Sequence[int]) -> ById:
    """Say which customers the live rows of a file name by an id, the surest id of each row first."""
    told = ById()
    for name in IDS:
        if name not in bodies.columns:
            continue
        ours, theirs = bodies.our_keys(name).tolist(), bodies.file_keys(name).tolist()
        counts = Counter(ours)
        places: dict[str, int] = {}
        for place, key in enumerate(ours):
            places.setdefault(key, place)
        first: dict[str, int] = {}
        for place in live:
            key = theirs[place]
            if key == "" or key.startswith(_UNREAD):
                continue
            if first.setdefault(key, place) != place:
                told.shared.append((first[key], place))
            if place in told.belongs or place in told.unclear or not counts[key]:
                continue
            (told.belongs if counts[key] == 1 else told.unclear)[place] = places[key]
    return told
