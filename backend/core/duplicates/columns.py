"""Columns as codes: each row holds the number of its distinct value, so that work is done once a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from backend.core.duplicates.normalise import MAX_CHARACTERS, normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.duplicates.rules import MatchField

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]

_WORTH_SHARING, _WORTH_FINDING_EQUALS = 5_000, 100
BLANK = -1
"""The code of a cell that holds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """One column, normalised.

    Attributes:
        field: The rule it was read by.
        codes: For each row the place of its value in `texts`; -1 for a blank cell.
        texts: The distinct normalised values, sorted.
        rows: How many rows carry each.
        contents: How many of them differ in any column; `rows` until they were counted.
        too_long: Cells that are longer than what is compared.
    """

    field: MatchField
    codes: Ints
    texts: Texts
    rows: Ints
    contents: Ints
    too_long: int = 0


def distinct(numbers: Ints) -> Ints:
    """Give the different numbers, sorted: sorting beats the hash table of `np.unique` many times over."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def among(numbers: Ints, known: Ints) -> npt.NDArray[np.bool_]:
    """Whether each number is one of those that are known, which are sorted and different."""
    if not len(known):
        return np.zeros(len(numbers), dtype=np.bool_)
    return np.asarray(known.take(known.searchsorted(numbers), mode="clip") == numbers)


def as_texts(texts: Sequence[object]) -> Texts:
    """Give strings, or other things, as an array of objects, also when there are none."""
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return array


def shared_texts(texts: list[str]) -> Texts:
    """Give a list of strings as an array in which equal ones are one object: parts of values repeat."""
    if len(texts) < _WORTH_SHARING:
        return as_texts(texts)
    codes, found = pd.factorize(as_texts(texts))
    return np.asarray(found[codes], dtype=object)


def marks_of(texts: Texts) -> Ints:
    """Give a number for each text: the same for equal texts, in every run; -1 for ''.

    Sixty-three bits of a hash: two of a million texts share a number once in ten million runs.
    """
    marks = (pd.util.hash_array(texts, categorize=False) >> np.uint64(1)).astype(np.int64)
    marks[texts == ""] = BLANK
    return marks


def ranks_of(texts: Texts) -> tuple[Ints, Texts]:
    """Number the texts in their order, equal ones alike, '' as -1; give the distinct texts, sorted."""
    codes, found = pd.factorize(texts)
    known = found.tolist()
    order = np.array(sorted(range(len(known)), key=known.__getitem__), dtype=np.int64)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    ordered = found[order]
    numbers = rank[codes] if len(codes) else codes.astype(np.int64)
    if len(ordered) and ordered[0] == "":
        return numbers - 1, ordered[1:]
    return numbers, ordered


def read_column(series: pd.Series, field: MatchField) -> Values:
    """Normalise each distinct value of a column once.

    Args:
        series: Any cells; None, NaN and '' are blank.
        field: What kind they are.
    """
    return read_cells(series.to_numpy(dtype=object), field)


def read_cells(cells: npt.NDArray[np.object_], field: MatchField) -> Values:
    """Normalise each distinct cell once; the arguments are those of `read_column`."""
    few = len(cells) < _WORTH_FINDING_EQUALS
    raw_codes, raw = (np.arange(len(cells)), cells) if few else pd.factorize(cells, use_na_sentinel=True)
    known = as_texts([normalise(value, field.kind) for value in raw] + [""])
    codes, texts = ranks_of(known)
    numbers = codes[raw_codes]
    rows = np.bincount(numbers[numbers >= 0], minlength=len(texts)).astype(np.int64)
    long = [code for code, value in enumerate(raw) if len(str(value)) > MAX_CHARACTERS]
    too_long = int(np.isin(raw_codes, long).sum()) if long else 0
    return Values(field=field, codes=numbers, texts=texts, rows=rows, contents=rows, too_long=too_long)
