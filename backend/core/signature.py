"""The signature of a row: proof that the block beside it belongs to this id and these inputs.

`sig = row_id # hash(inputs) # hash(block) # run`, hashes as ten hexadecimal characters.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.core.snapshot import TabRead

_DIGEST_BYTES = 5
_PARTS = 4


def digest(cells: Iterable[object]) -> str:
    """Give the hash of cells in their order; 1 and 1.0 are the same cell, 1 and '1' are not."""
    return _hash("".join(map(_canonical, cells)))


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def _canonical(cell: object) -> str:
    """Give a cell as text that tells its type, and where it ends."""
    if isinstance(cell, str):
        return f"s{len(cell)}:{cell}"
    if isinstance(cell, float) and cell.is_integer():
        return f"n{int(cell)};"
    return f"{'b' if isinstance(cell, bool) else 'n'}{cell};"


def inputs(customers: TabRead) -> pd.Series[str]:
    """Give the hash of the team's cells of each row, by sheet row.

    Columns count in the order of their ids and blank cells not at all, so that moving a column, or adding
    an empty one, changes no hash.
    """
    names = sorted(column.id for column in customers.tab.team_columns if customers.has(column.id))
    columns = [_named(name, customers.frame[name].tolist()) for name in names]
    hashes = [_hash("".join(cells)) for cells in zip(*columns, strict=True)]
    return pd.Series(hashes, index=customers.frame.index, dtype=object)


def _named(name: str, cells: Iterable[object]) -> list[str]:
    """Give the cells of a column as texts that tell the column, the type and where they end; '' for blank."""
    return [
        "" if cell == "" else f"{name}={f's{len(cell)}:{cell}' if type(cell) is str else _canonical(cell)}"
        for cell in cells
    ]


def block_hash(cells: Iterable[object]) -> str:
    """Give the hash of the block's cells between row id and signature."""
    return digest(cells)


def sign(*, row_id: str, inputs: str, block: str, run_id: str) -> str:
    """Give the signature of a row."""
    return f"{row_id}#{inputs}#{block}#{run_id}"


def proves_inputs(sig: object, *, row_id: str, inputs: str) -> bool:
    """Say whether a signature belongs to this id and these inputs."""
    parts = sig.split("#") if isinstance(sig, str) else []
    return len(parts) == _PARTS and parts[0] == row_id and parts[1] == inputs


def proves(sig: object, *, row_id: str, inputs: str, block: str) -> bool:
    """Say whether a signature belongs to this id, these inputs and this block."""
    return proves_inputs(sig, row_id=row_id, inputs=inputs) and str(sig).split("#")[2] == block
