"""Phone numbers: typed in any way, kept as E.164; valid, possible or invalid."""

from __future__ import annotations

import re
from dataclasses import replace

from backend.core.fields.field import Cell, Context, Field, Finding, State
from backend.core.fields.phone_library import Answer, look_up
from backend.core.fields.phone_prefixes import read_by_prefix
from backend.core.fields.phone_text import (
    PhoneText,
    digits_of,
    has_letters,
    is_masked,
    letters_as_digits,
    take_apart,
)
from backend.core.fields.reading import excerpt, finding, invalid, read_exact

_LIMIT = 200
_MOST_DIGITS = 30
_NATIONAL_AS_TYPED = re.compile(r"\d+(?:-\d+)?", re.ASCII)
_ALLOWED = re.compile(r"[\d\s()+.\-/\[\]]+")
_DATE = re.compile(r"(?:19|20)\d\d([-/.])\d\d?\1\d\d?|[0-3]?\d/[0-3]?\d/(?:(?:19|20)?\d\d)", re.ASCII)
_SCIENTIFIC = re.compile(r"\+?(\d)(?:\.(\d+))?[eE]\+?(\d{1,3})", re.ASCII)
_SERIES = "01234567890123456789"
_FAKE_MOBILE = re.compile(r"1[3-9]\d?0{8,9}", re.ASCII)
_SHORTEST_FAKE = 5
_SHORTEST_SERIES = 7

_MAINLAND = "CN"
_HOTLINE = re.compile(r"1[012]\d|1[01]\d{3}|12[13]\d{2,3}|9[56]\d{3,6}", re.ASCII)
_LOCAL = re.compile(r"[2-9]\d{6,7}", re.ASCII)
_NEIGHBOUR = re.compile(r"(?:852|853|886)\d{8,9}", re.ASCII)
_TAIWAN_MOBILE = re.compile(r"09\d{8}", re.ASCII)
_LIKE_MOBILE = re.compile(r"1\d{10}", re.ASCII)
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_NORTH_AMERICA = frozenset({"US", "CA"})
_ABROAD = re.compile(r"[1-9]\d{10,14}", re.ASCII)
_MOBILE_DIGITS = 11
_LANDLINE_DIGITS = (11, 12)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a phone number.

    Args:
        cell: Any cell; a number of up to 15 digits is read by its digits.
        context: Its country, area code and placeholders are used.

    Returns:
        E.164 as value: valid; or possible, when the length is right and the prefix unknown, or when
        the cell holds more than the number. A local number without an area code has its bare digits
        as value. An extension is no part of the value. A national number typed plainly gets no
        suggestion. Parts: `country`, `type` (`mobile`, `landline` ...), `area_code` of a landline.

    Source:
        libphonenumber's metadata through `phonenumbers`; fields.md 2.1.
    """
    known = read_by_prefix(cell, context)
    if known is not None:
        return known
    text = _read_digits_of(cell, context)
    if isinstance(text, Field):
        return text
    parts = take_apart(text)
    field = _with_remarks(_read_numbers(parts, context), parts)
    as_typed = not isinstance(cell, str) or cell == parts.numbers[0]
    if as_typed or field.state is not State.VALID or field.findings:
        return field
    return replace(field, suggestion=field.display)


def _read_digits_of(cell: Cell, context: Context) -> str | Field:
    """Give the text of a cell, scientific notation (`1.3800138000E+10`) written out where it is whole."""
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    if len(text) > _LIMIT:
        return invalid("too-long", limit=_LIMIT)
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return text
    lead, rest, exponent = scientific[1], scientific[2] or "", int(scientific[3])
    return lead + rest if len(rest) == exponent else invalid("digits-lost", value=excerpt(text))


def _read_numbers(parts: PhoneText, context: Context) -> Field:
    """Give the field of the first usable number: a valid one before a possible one."""
    fields = [_read_number(number, context) for number in parts.numbers]
    rank = {State.VALID: 0, State.POSSIBLE: 1}
    return min(fields, key=lambda field: rank.get(field.state, 2))


def _with_remarks(field: Field, parts: PhoneText) -> Field:
    """Add what else stands in the cell; a cell with more than the number gets no suggestion."""
    remarks: tuple[Finding, ...] = ()
    state = field.state
    if len(parts.numbers) > 1:
        remarks += (finding("phone-several", first=parts.numbers[0], second=parts.numbers[1]),)
        state = State.POSSIBLE
    if parts.note:
        remarks += (finding("phone-with-words", words=excerpt(parts.note)),)
        state = State.POSSIBLE
    if parts.extension:
        remarks += (finding("phone-extension", extension=parts.extension),)
    if not remarks or field.state is State.INVALID:
        return field
    return replace(field, state=state, findings=remarks + field.findings, suggestion="")


def _read_number(number: str, context: Context) -> Field:
    if is_masked(number):
        return invalid("phone-masked", value=excerpt(number))
    if has_letters(number):
        meant = _read_digits(letters_as_digits(number), context)
        suggestion = meant.display if meant.state is State.VALID else ""
        return invalid("phone-letters", suggestion=suggestion, value=excerpt(number))
    return _read_digits(number, context)


def _read_digits(number: str, context: Context) -> Field:
    if not _ALLOWED.fullmatch(number) or _DATE.fullmatch(number):
        return invalid("phone-not-a-number", value=excerpt(number))
    digits = digits_of(number)
    if len(digits) > _MOST_DIGITS:
        return invalid("phone-too-long", digits=len(digits), expected=15, extra=len(digits) - 15)
    national = digits.removeprefix("00").removeprefix("86") if len(digits) > _MOBILE_DIGITS else digits
    if national in context.placeholders or _is_fake(national):
        return invalid("placeholder", value=excerpt(number))
    dialled = f"+{digits}" if number.lstrip("( [").startswith("+") else digits
    answer = look_up(dialled, context.country)
    if answer.valid:
        return _valid(answer, number)
    if _is_series(national):
        return invalid("placeholder", value=excerpt(number))
    return (
        _read_abroad(dialled, context)
        or _read_local(dialled, answer, context)
        or _problem(dialled, answer, context)
    )


def _is_fake(digits: str) -> bool:
    """Tell whether a number is one key held down, or a mobile prefix and zeros."""
    if len(digits) >= _SHORTEST_FAKE and len(set(digits)) == 1:
        return True
    return _FAKE_MOBILE.fullmatch(digits) is not None


def _is_series(digits: str) -> bool:
    """Tell whether a number is keys in a row; where such a number exists, it was found valid before."""
    return len(digits) >= _SHORTEST_SERIES and (digits in _SERIES or digits[::-1] in _SERIES)


def _valid(answer: Answer, number: str) -> Field:
    plain = number == answer.e164 or (
        _NATIONAL_AS_TYPED.fullmatch(number) is not None
        and number.replace("-", "") in (answer.national, f"0{answer.national}")
    )
    return Field(
        value=answer.e164,
        display=answer.e164,
        state=State.VALID,
        suggestion="" if plain else answer.e164,
        parts=answer.parts,
    )


def _read_abroad(dialled: str, context: Context) -> Field | None:
    """Read a number typed with a country code and without its plus, or a Chinese mobile among others."""
    if dialled.startswith("00") or _NEIGHBOUR.fullmatch(dialled):
        answer = look_up(f"+{dialled.removeprefix('00')}", "")
        return _valid(answer, "") if answer.valid else None
    mainland = context.country == _MAINLAND
    at_home = look_up(dialled, _MAINLAND) if _CHINESE_MOBILE.fullmatch(dialled) else None
    if at_home is not None and at_home.valid and context.country not in _NORTH_AMERICA:
        answer = at_home
    elif _ABROAD.fullmatch(dialled) and not (mainland and _LIKE_MOBILE.fullmatch(dialled)):
        answer = look_up(f"+{dialled}", "")
    elif mainland and _TAIWAN_MOBILE.fullmatch(dialled):
        answer = look_up(dialled, "TW")
    else:
        return None
    if not answer.valid:
        return None
    guess = finding("phone-country-guessed", number=answer.e164)
    return replace(_valid(answer, ""), state=State.POSSIBLE, findings=(guess,))


def _read_local(dialled: str, answer: Answer, context: Context) -> Field | None:
    """Read a number without its area code, and a hotline."""
    mainland = context.country == _MAINLAND
    if mainland and _HOTLINE.fullmatch(dialled):
        return _possible(dialled, finding("phone-hotline", number=dialled))
    if not (_LOCAL.fullmatch(dialled) if mainland else answer.local_only):
        return None
    area = digits_of(context.area_code).removeprefix("0")
    if area:
        for start in (f"0{area}", area):
            whole = look_up(start + dialled, context.country)
            if whole.valid:
                return _valid(whole, "")
    return _possible(dialled, finding("phone-no-area-code", number=dialled))


def _possible(value: str, remark: Finding) -> Field:
    return Field(value=value, display=value, state=State.POSSIBLE, findings=(remark,))


def _problem(dialled: str, answer: Answer, context: Context) -> Field:
    """Say what is wrong with a number that nobody can dial."""
    if not answer.known_country:
        return invalid("phone-unknown-country", value=dialled)
    if dialled.startswith(("+86", "0086")) or (context.country == _MAINLAND and dialled[0] != "+"):
        return _mainland_problem(dialled.removeprefix("+86").removeprefix("0086"), answer)
    return _length_problem("phone", answer.digits, answer.expected) or _unknown_prefix(dialled, answer)


def _mainland_problem(digits: str, answer: Answer) -> Field:
    if re.match(r"0?1[3-9]", digits):
        mobile = digits.removeprefix("0")
        off = _length_problem("phone-mobile", len(mobile), _MOBILE_DIGITS)
    else:
        shortest, longest = _LANDLINE_DIGITS if digits.startswith("0") else (_MOBILE_DIGITS, _MOBILE_DIGITS)
        off = _length_problem("phone", len(digits), min(max(len(digits), shortest), longest))
    return off or _unknown_prefix(digits, answer)


def _length_problem(kind: str, digits: int, expected: int) -> Field | None:
    if digits < expected:
        return invalid(f"{kind}-too-short", digits=digits, expected=expected, missing=expected - digits)
    if digits > expected:
        return invalid(f"{kind}-too-long", digits=digits, expected=expected, extra=digits - expected)
    return None


def _unknown_prefix(dialled: str, answer: Answer) -> Field:
    if not answer.e164:
        return invalid("phone-not-a-number", value=dialled)
    return _possible(answer.e164, finding("phone-unknown-prefix", number=answer.e164))
