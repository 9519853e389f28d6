"""Identity card numbers of Hong Kong and Taiwan: form and check character."""

from __future__ import annotations

import re

_HONG_KONG = re.compile(r"([A-Z]{1,2})(\d{6})[(\[]?([0-9A])[)\]]?", re.ASCII)
_BLANK_IN_FRONT = 36
_TAIWAN = re.compile(r"[A-Z][1289]\d{8}", re.ASCII)
_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_TAIWAN_FIRST = 10
_TAIWAN_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def read_hong_kong(code: str) -> tuple[str, str]:
    """Give a Hong Kong number in its one form and no problem, or the code of what is wrong.

    >>> read_hong_kong("K034169(1)")
    ('K034169(1)', '')
    """
    match = _HONG_KONG.fullmatch(code)
    if match is None:
        return "", "resident-id-form"
    letters = [_BLANK_IN_FRONT] * (2 - len(match[1])) + [int(letter, 36) for letter in match[1]]
    values = (*letters, *map(int, match[2]), int(match[3], 16))
    if sum(value * weight for value, weight in zip(values, range(9, 0, -1), strict=True)) % 11:
        return "", "resident-id-check"
    return f"{match[1]}{match[2]}({match[3]})", ""


def read_taiwan(code: str) -> tuple[str, str]:
    """Give a Taiwan number in its one form and no problem, or the code of what is wrong.

    >>> read_taiwan("A123456789")
    ('A123456789', '')
    """
    if not _TAIWAN.fullmatch(code):
        return "", "resident-id-form"
    values = map(int, f"{_TAIWAN_FIRST + _TAIWAN_LETTERS.index(code[0])}{code[1:]}")
    if sum(value * weight for value, weight in zip(values, _TAIWAN_WEIGHTS, strict=True)) % 10:
        return "", "resident-id-check"
    return code, ""


def sex_in_taiwan(code: str) -> str:
    """Give the sex that a Taiwan number says: `male` or `female`."""
    return "male" if code[1] in "18" else "female"
