"""Resident ids of mainland China: check character, birth date, sex, province; shown masked."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from backend.core.fields.field import Cell, Context, Field, Finding, State
from backend.core.fields.reading import excerpt, finding, invalid, read_exact, text_of
from backend.core.fields.resident_id_neighbours import read_hong_kong, read_taiwan, sex_in_taiwan

if TYPE_CHECKING:
    from backend.core.fields.field import Params

PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区", "21": "辽宁省",
    "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省",
    "35": "福建省", "36": "江西省", "37": "山东省", "41": "河南省", "42": "湖北省", "43": "湖南省",
    "44": "广东省", "45": "广西壮族自治区", "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省",
    "53": "云南省", "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省",
    "64": "宁夏回族自治区", "65": "新疆维吾尔自治区", "71": "台湾省", "81": "香港特别行政区",
    "82": "澳门特别行政区", "83": "台湾省",
}  # fmt: skip
"""Provinces by the first two digits (GB/T 2260); 81 to 83 stand on residence permits."""

_ABROAD = "9"
_NEIGHBOURS = {"HK": read_hong_kong, "TW": read_taiwan}
_GAPS = re.compile(r"[\s-]+")
_FORM = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_FORM = re.compile(r"\d{15}", re.ASCII)
LENGTH = 18
"""Characters of an id of the mainland."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_TYPED_FOR_X = str.maketrans({"×": "X", "✕": "X", "Х": "X", "Χ": "X", "*": "X"})
_TYPED_FOR_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_OLDEST = 130


def check_character(digits: str) -> str:
    """Give the last character of the id that begins with these 17 digits.

    >>> check_character("11010519491231002")
    'X'

    Source:
        GB 11643-1999 (ISO 7064 MOD 11-2).
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def mask(value: str) -> str:
    """Give an id with its birth date and serial hidden: `110105********002X`."""
    return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"


_LABEL = re.compile(r"^(?:居民)?身份[证證](?:[号號]码?|碼)?\s*:?\s*")


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a resident id.

    Args:
        cell: Any cell; a number of 16 digits or more has lost some in the sheet.
        context: Its day of the run, country and placeholders are used.

    Returns:
        Eighteen characters as value (in Hong Kong and Taiwan the number of their card), masked as
        display. Whether the county existed in the year of
        birth is not asked: a code is given at the first registration, which may be years later.
        Parts: `birth_date` (ISO), `sex` (`male`, `female`), `province`, `division` (six digits).

    Source:
        GB 11643-1999; fields.md 2.4.
    """
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    code = _GAPS.sub("", _LABEL.sub("", text)).upper().translate(_TYPED_FOR_X)
    if context.country in _NEIGHBOURS and not code.isdecimal():
        return _read_neighbour(code, cell, context.country)
    return _read_old(code, context) if _OLD_FORM.fullmatch(code) else _read_code(code, cell, context)


def _read_code(code: str, cell: Cell, context: Context) -> Field:
    if len(code) != LENGTH:
        return invalid("resident-id-length", digits=len(code), expected=LENGTH)
    if not _FORM.fullmatch(code):
        return _with_letters(code, context)
    problem = _problem(code, context)
    if problem:
        return invalid(problem, value=mask(code))
    return _field(code, suggestion="" if code == text_of(cell) else code)


def _read_neighbour(code: str, cell: Cell, country: str) -> Field:
    value, problem = _NEIGHBOURS[country](code)
    if problem:
        return invalid(problem, value=excerpt(code))
    sex = (("sex", sex_in_taiwan(value)),) if country == "TW" else ()
    return Field(
        value=value,
        display=f"{value[:3]}****{value[-3:]}",
        state=State.VALID,
        suggestion="" if value == text_of(cell) else value,
        parts=sex,
    )


def _with_letters(code: str, context: Context) -> Field:
    """Refuse letters; suggest the id that was meant where the check character proves it."""
    meant = code[:-1].translate(_TYPED_FOR_DIGITS) + code[-1]
    proved = _FORM.fullmatch(meant) is not None and not _problem(meant, context)
    return invalid("resident-id-characters", suggestion=meant if proved else "", value=excerpt(code))


def _read_old(code: str, context: Context) -> Field:
    """Read the fifteen digits of an id from before 1999; the form with eighteen is the value."""
    longer = f"{code[:6]}19{code[6:]}"
    whole = longer + check_character(longer)
    problem = _problem(whole, context)
    if problem:
        return invalid(problem, value=mask(code))
    remark = finding("resident-id-old", value=mask(code))
    return _field(whole, suggestion=whole, findings=(remark,))


def _problem(code: str, context: Context) -> str:
    """Give the code of what is wrong with eighteen characters, or the empty string."""
    if code[:2] not in PROVINCES and code[0] != _ABROAD:
        return "resident-id-province"
    born = _birth_date(code)
    if born is None or not 0 <= context.today.year - born.year <= _OLDEST or born > context.today:
        return "resident-id-birth-date"
    return "" if check_character(code[:-1]) == code[-1] else "resident-id-check"


def _birth_date(code: str) -> date | None:
    try:
        return date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None


def _field(code: str, *, suggestion: str, findings: tuple[Finding, ...] = ()) -> Field:
    return Field(
        value=code,
        display=mask(code),
        state=State.VALID,
        findings=findings,
        suggestion=suggestion,
        parts=_parts(code),
    )


def _parts(code: str) -> Params:
    return (
        ("birth_date", f"{code[6:10]}-{code[10:12]}-{code[12:14]}"),
        ("sex", "male" if int(code[16]) % 2 else "female"),
        ("province", PROVINCES.get(code[:2], "")),
        ("division", code[:6]),
    )
