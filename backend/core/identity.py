"""Row ids: their form, their check character, new ones. Who keeps which id: `ownership`."""

from __future__ import annotations

import hashlib
import operator
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
