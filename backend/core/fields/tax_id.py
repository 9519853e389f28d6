"""Tax ids: the unified social credit code of mainland China, VAT and employer numbers elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from stdnum import get_cc_module
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, finding, invalid, read_exact, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    _Validate = Callable[[str], object]

_LONGEST = 40
_GAPS = re.compile(r"[\s.\-/_]+")
_ALPHABET = re.compile(r"[0-9A-Z+&*]{2,40}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CREDIT_CODE_LENGTH = 18
_REGISTRATION_LENGTH = 15
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"})
_LISTS = {"US": ("ein",)}
_USUAL_LISTS = ("vat", "tin")


_LABEL = re.compile(
    r"^(?:(?:统一)?(?:社会)?信用代码|税号|纳税人识别号|税务登记号|vat(?: no\.?)?)\s*:\s*", re.IGNORECASE
)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a tax id of the context's country.

    Args:
        cell: Any cell.
        context: Its country and placeholders are used.

    Returns:
        The id in upper case without gaps as value. A wrong length, form or check character is
        invalid. An id of a country that no rule is known for is valid as it is.

    Source:
        GB 32100-2015 and the national rules, through `python-stdnum`.
    """
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    if len(text) > _LONGEST:
        return invalid("too-long", limit=_LONGEST)
    code = _GAPS.sub("", _LABEL.sub("", text)).upper()
    if not _ALPHABET.fullmatch(code):
        return invalid("tax-id-characters", value=excerpt(text))
    field = _credit_code(code) if context.country == "CN" else _foreign(code, text.upper(), context.country)
    return _as_typed(field, cell)


def _as_typed(field: Field, cell: Cell) -> Field:
    """Suggest the right form where a usable id is typed in another."""
    if field.state is State.INVALID or field.value == text_of(cell):
        return field
    return Field(
        value=field.value,
        display=field.display,
        state=field.state,
        findings=field.findings,
        suggestion=field.display,
    )


def _credit_code(code: str) -> Field:
    if len(code) == _REGISTRATION_LENGTH and code.isdigit():
        remark = finding("tax-id-old", value=code)
        return Field(value=code, display=code, state=State.POSSIBLE, findings=(remark,))
    problem = _problem(uscc.validate, code)
    if not problem:
        return Field(value=code, display=code, state=State.VALID)
    if problem == "tax-id-length":
        return invalid("tax-id-credit-code-length", digits=len(code), expected=_CREDIT_CODE_LENGTH)
    meant = code.translate(_LOOKS_LIKE)
    likely = meant if meant != code and not _problem(uscc.validate, meant) else ""
    return invalid(problem, value=code, suggestion=likely)


def _foreign(code: str, typed: str, country: str) -> Field:
    """Read an id with its signs as typed: which of them may stand where is part of the national rule."""
    rules = _rules_of(country)
    bare = "".join(typed.split())
    forms = dict.fromkeys((typed, bare, bare.removeprefix(country).lstrip("-.:")))
    problems = {_problem(rules, form) for form in forms} if rules else {""}
    if "" not in problems:
        return invalid(max(problems), value=code)
    return Field(value=code, display=code, state=State.VALID)


@lru_cache(maxsize=256)
def _rules_of(country: str) -> _Validate | None:
    if not _COUNTRY.fullmatch(country):
        return None
    lists = _LISTS.get(country, _USUAL_LISTS)
    found = (get_cc_module(country.lower(), name) for name in lists)
    return next((cast("_Validate", module.validate) for module in found if module is not None), None)


def _problem(validate: _Validate, code: str) -> str:
    try:
        validate(code)
    except InvalidLength:
        return "tax-id-length"
    except InvalidChecksum:
        return "tax-id-check"
    except (ValidationError, ValueError, LookupError):
        # Some national modules let int() and a missing table entry through (python-stdnum 2.2: Ghana).
        return "tax-id-form"
    return ""
