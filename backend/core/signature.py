"""The signature of a row: proof that the block beside it belongs to this id and these inputs.

`sig = row_id # hash(inputs) # hash(name) # hash(contact) # hash(block) # run`. Name and contact tell whose
row it was when other cells have been edited since; each is blank where the row has none.

A hash is 40 bits of BLAKE2b (name and contact: 32) in base64, since signatures are half of what a first run
sends. An edit that leaves the hash of its row as it was, one in 10^12, would go unnoticed until the next one.
Earlier signatures have the same hashes in hexadecimal; they are read as if they had been written like this.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from backend.core.snapshot import TabRead

_DIGEST_BYTES = 5
_WHO_BYTES = 4
_PARTS = 6
_HEXADECIMAL = re.compile(r"(?<=#)(?:[0-9a-f]{10}|[0-9a-f]{8})(?=#)")
_NAME = ("full_name",)
_CONTACT = ("mobile", "phone_2", "email", "wechat_id")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature taken apart; every part is text."""

    row_id: str
    inputs: str
    name: str
    contact: str
    block: str
    run: str


def parse(sig: object) -> Signature | None:
    """Take a signature apart; None for anything else."""
    parts = _dense(sig).split("#") if isinstance(sig, str) else []
    return Signature(*parts) if len(parts) == _PARTS else None


def unsigned(row_id: str, hashes: Iterable[str], block: str) -> str:
    """Give the signature of a row without the run that writes it.

    Args:
        row_id: The row's id.
        hashes: Its hashes, in the order of the columns of `hashes`.
        block: Hash of its block, see `block_hash`.
    """
    return "#".join((row_id, *hashes, block))


def without_run(sig: object) -> object:
    """Give a signature as `unsigned` gives it."""
    return _dense(sig).rpartition("#")[0] if isinstance(sig, str) else sig


def signed(sig: str, run_id: str) -> str:
    """Give a signature with the run that writes it, in short: 2611210700a1b2 for 20261121-0700-a1b2."""
    return f"{sig}#{run_id.removeprefix('20').replace('-', '')}"


def digest(cells: Iterable[object]) -> str:
    """Give the hash of cells in their order; 1 and 1.0 are the same cell, 1 and '1' are not."""
    return _hash(_text(cells)).hex()


def _text(cells: Iterable[object]) -> str:
    return "".join(map(_canonical, cells))


def _hash(text: str, size: int = _DIGEST_BYTES) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


def _base64(found: bytes) -> str:
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def _dense(sig: str) -> str:
    """Give a signature with its hashes in base64, as they are written now."""
    return _HEXADECIMAL.sub(lambda found: _base64(bytes.fromhex(found[0])), sig)


def _canonical(cell: object) -> str:
    """Give a cell as text that tells its type, and where it ends."""
    if isinstance(cell, str):
        return f"s{len(cell)}:{cell}"
    if isinstance(cell, float) and cell.is_integer():
        return f"n{int(cell)};"
    return f"{'b' if isinstance(cell, bool) else 'n'}{cell};"


def hashes(customers: TabRead) -> pd.DataFrame:
    """Give the hashes of each row: index = row, columns `inputs` (all the team's cells), `name`, `contact`.

    Columns count in the order of their ids and blank cells not at all, so that moving a column, or adding
    an empty one, changes no hash.
    """
    names = sorted(column.id for column in customers.tab.team_columns if customers.has(column.id))
    texts = {name: _named(name, customers.frame[name].tolist()) for name in names}
    lines = {
        "inputs": [_base64(_hash("".join(cells))) for cells in zip(*texts.values(), strict=True)],
        "name": _who(texts, _NAME),
        "contact": _who(texts, _CONTACT),
    }
    count = len(customers.frame)
    import pandas as pd  # noqa: PLC0415 - the journal names the form of a signature, and needs no table for it

    return pd.DataFrame(
        {name: found or [""] * count for name, found in lines.items()},
        index=customers.frame.index,
        dtype=object,
    )


def _who(texts: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    columns = [texts[name] for name in names if name in texts]
    joined = ["".join(cells) for cells in zip(*columns, strict=True)]
    return [_base64(_hash(text, _WHO_BYTES)) if text else "" for text in joined]


def _named(name: str, cells: Iterable[object]) -> list[str]:
    """Give the cells of a column as texts that tell the column, the type and where they end; '' for blank."""
    return [
        "" if cell == "" else f"{name}={f's{len(cell)}:{cell}' if type(cell) is str else _canonical(cell)}"
        for cell in cells
    ]


def block_hash(cells: Iterable[object]) -> str:
    """Give the hash of the block's cells between row id and signature."""
    return _base64(_hash(_text(cells)))
