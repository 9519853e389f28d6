"""What a search for duplicates gives back."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from backend.core.fields.field import Params

RowKey = Hashable
"""What the caller names a row by: a row id, or the row of the sheet."""


class Evidence(NamedTuple):
    """One reason for or against a pair.

    Attributes:
        column: The column it comes from; empty for the prior.
        code: Code of its sentence in the wording.
        bits: What it adds to the log-odds (base 2) that the two rows are one customer.
        params: Parameters of the sentence. Contact values are masked already.
    """

    column: str
    code: str
    bits: float
    params: Params = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedValue:
    """A value that says nothing about who a customer is, because too many carry it.

    Attributes:
        column: The column it stands in.
        value: The value, masked as in the evidence.
        rows: How many rows carry it.
    """

    column: str
    value: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """The rows of a register that are the same customer.

    Attributes:
        pairs: One row a pair of rows of one group, best first; a weak one stands where its group does:
            `a` and `b` (row keys, `a` the earlier in the frame), `score` (0 to 1), `strength` (a
            `Strength`), `group` (place in `groups`), `evidence` (tuple of `Evidence`; the bits of all, the
            prior among them, are the log-odds of the score).
        groups: Row keys of each group, in the order of the frame; groups in the order of their first row.
        not_compared: Pairs that shared a block and were left out by a cap; 0 when nothing was capped.
        shared: The values that lost their weight.
        too_long: Cells of more than 200 characters: not compared in a name, number or date, else in part.
    """

    pairs: pd.DataFrame
    groups: tuple[tuple[RowKey, ...], ...]
    not_compared: int
    shared: tuple[SharedValue, ...]
    too_long: int = 0
