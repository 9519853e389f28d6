"""IBANs: bank account numbers of the countries that have them."""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.exceptions import InvalidChecksum, ValidationError

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, invalid, read_exact, text_of

_GAPS = re.compile(r"[\s.\-]+")
_LABEL = re.compile(r"^IBAN:?", re.ASCII)
_FORM = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{8,30}", re.ASCII)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as an IBAN.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        The number in upper case without gaps as value; in groups of four as it is written on paper is
        the same. Parts: `country`.

    Source:
        ISO 13616 and the national rules, through `python-stdnum`.
    """
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    code = _LABEL.sub("", _GAPS.sub("", text).upper())
    if not _FORM.fullmatch(code):
        return invalid("iban-form", value=excerpt(text))
    problem = _problem(code)
    if problem:
        return invalid(problem, value=excerpt(code))
    return Field(
        value=code,
        display=code,
        state=State.VALID,
        suggestion="" if code == text_of(cell) else code,
        parts=(("country", code[:2]),),
    )


def _problem(code: str) -> str:
    try:
        iban.validate(code)
    except InvalidChecksum:
        return "iban-check"
    except (ValidationError, ValueError, LookupError):
        return "iban-form"
    return ""
