"""Number format patterns: how a number, a date or a time looks in a cell.

A subset of Google's date and number format guide: date and time tokens, digits, thousands, percent,
exponent, literals, sections. Colours and conditions in brackets are passed over.
"""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

from backend.localsheets.problems import Json

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serial numbers have no time zone
SECONDS_A_DAY = 86_400
LAST_SERIAL = 2_958_466
SHOWN_DIGITS = 10
LARGEST_PLAIN = 1e15
SMALLEST_PLAIN = 1e-5
NOON = 12
DATE_KINDS = ("DATE", "DATE_TIME", "TIME")

PATTERN_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[h+\]|\[m+\]|\[s+\]|\[[^\]]*\]|y+|m+|d+|h+|s+|a/p|am/pm|E\+0+|\.0+|[0#?][0#?,]*|.',
    re.IGNORECASE | re.DOTALL,
)
Tokens: TypeAlias = tuple[str, ...]

DEFAULT_PATTERNS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": "$#,##0.00",
    "SCIENTIFIC": "0.00E+00",
    "TEXT": "@",
    "TIME": "h:mm:ss am/pm",
}
DATE_PATTERNS = {"en_US": "m/d/yyyy", "zh_CN": "yyyy/m/d", "zh_TW": "yyyy/m/d", "ja_JP": "yyyy/mm/dd"}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def general(number: float) -> str:
    """Give a number as a cell without a format shows it: at most ten significant digits of a fraction."""
    if isinstance(number, int) or number.is_integer():
        if abs(number) < LARGEST_PLAIN:
            return str(int(number))
        return _exponent(number, "0.00E+00")
    if SMALLEST_PLAIN <= abs(number) < LARGEST_PLAIN:
        places = SHOWN_DIGITS - 1 - math.floor(math.log10(abs(number)))
        text = f"{number:.{max(places, 0)}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, power = f"{number:.{SHOWN_DIGITS - 1}E}".partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{power}"


def is_date(number_format: Json | None) -> bool:
    """Tell whether a format shows dates or times."""
    return bool(number_format) and (number_format or {}).get("type") in DATE_KINDS


def pattern_of(number_format: Json, locale: str) -> str:
    """Give the pattern of a NumberFormat; without one, the default of its type and the locale."""
    if number_format.get("pattern"):
        return str(number_format["pattern"])
    kind = number_format.get("type", "")
    date = DATE_PATTERNS.get(locale, "dd/mm/yyyy")
    if kind in {"DATE", "DATE_TIME"}:
        return date if kind == "DATE" else f"{date} h:mm:ss"
    return DEFAULT_PATTERNS.get(kind, "")


def formatted(number: float, number_format: Json, locale: str) -> str:
    """Give a number as a cell with this NumberFormat shows it."""
    pattern = pattern_of(number_format, locale)
    if not pattern or pattern.lower() == "general" or pattern == "@":
        return general(number)
    sections = _sections(pattern)
    tokens = sections[0]
    if number < 0 and len(sections) > 1:
        tokens, number = sections[1], -number
    elif number == 0 and len(sections) > 2:  # noqa: PLR2004 - the third section is for zero
        tokens = sections[2]
    if _is_date_pattern(tokens):
        return _date_text(number, tokens)
    return _number_text(number, tokens)


@lru_cache(maxsize=256)
def _sections(pattern: str) -> tuple[Tokens, ...]:
    sections: list[list[str]] = [[]]
    for part in PATTERN_TOKEN.findall(pattern):
        if part == ";":
            sections.append([])
        else:
            sections[-1].append(part)
    return tuple(tuple(section) for section in sections)


def _is_date_pattern(tokens: Tokens) -> bool:
    return any(token[0] in "yYmMdDhHsS" or token[:2].lower() in {"[h", "[m", "[s"} for token in tokens)


@lru_cache(maxsize=8192)
def _date_text(number: float, tokens: Tokens) -> str:
    if not -LAST_SERIAL < number < LAST_SERIAL:
        return general(number)
    moment = EPOCH + timedelta(seconds=round(number * SECONDS_A_DAY, 3))
    half_day = any(token.lower() in {"am/pm", "a/p"} for token in tokens)
    return "".join(_date_part(moment, number, each, half_day=half_day) for each in _with_minutes(tokens))


def _with_minutes(tokens: Tokens) -> Iterator[str]:
    """Give the tokens with `m` as `n` where it means minutes: after hours or before seconds."""
    units = [(place, token[0].lower()) for place, token in enumerate(tokens) if token[0] in "yYmMdDhHsS["]
    minutes = set()
    for order, (place, unit) in enumerate(units):
        before = tokens[units[order - 1][0]].strip("[]")[:1].lower() if order else ""
        after = units[order + 1][1] if order + 1 < len(units) else ""
        if unit == "m" and (before == "h" or after == "s"):
            minutes.add(place)
    for place, token in enumerate(tokens):
        yield "n" * len(token) if place in minutes else token


def _date_part(moment: datetime, number: float, token: str, *, half_day: bool) -> str:
    unit, size = token[0].lower(), len(token)
    hour = (moment.hour % NOON or NOON) if half_day else moment.hour
    elapsed = {"[h": 24, "[m": 1440, "[s": SECONDS_A_DAY}.get(token[:2].lower())
    if elapsed:
        return str(int(number * elapsed + 1e-9)).zfill(size - 2)
    if token.lower() in {"am/pm", "a/p"}:
        text = "AM" if moment.hour < NOON else "PM"
        return text if "m" in token.lower() else text[0]
    year = f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}"  # noqa: PLR2004 - yy, yyyy
    parts = {
        "y": year,
        "m": _named(moment.month, MONTHS[moment.month - 1], size),
        "d": _named(moment.day, WEEKDAYS[moment.weekday()], size),
        "h": str(hour).zfill(min(size, 2)),
        "n": str(moment.minute).zfill(min(size, 2)),
        "s": str(moment.second).zfill(min(size, 2)),
    }
    if token.startswith(".0"):
        return f"{moment.microsecond / 1e6:.{size - 1}f}"[1:]
    return parts[unit] if unit in parts else _literal(token)


def _named(number: int, name: str, size: int) -> str:
    if size <= 2:  # noqa: PLR2004 - d and dd, m and mm
        return str(number).zfill(size)
    return {3: name[:3], 5: name[:1]}.get(size, name)


def _literal(token: str) -> str:
    if token.startswith('"'):
        return token.strip('"')
    if token.startswith("\\"):
        return token[1:]
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0]
    return "" if token.startswith(("[", "_", "*")) else token


def _number_text(number: float, tokens: Tokens) -> str:
    whole_part = next((token for token in tokens if token[0] in "0#?"), None)
    fraction = next((token for token in tokens if token.startswith(".")), "")
    decimals = _decimals(tokens)
    percent = 100 if "%" in tokens else 1
    exponent = next((token for token in tokens if token[:2].upper() == "E+"), None)
    if exponent:
        digits = _exponent(number, f"0.{'0' * decimals}{exponent}" if decimals else f"0{exponent}")
    else:
        digits = _digits(abs(number) * percent, whole_part or "0", decimals, _least_decimals(tokens))
    parts = []
    for token in tokens:
        if token == whole_part:
            parts.append(digits)
            digits = ""
        elif token not in {fraction, exponent} and token[0] not in "0#?":
            parts.append(_literal(token))
    text = "".join(parts)
    return f"-{text}" if number < 0 and not exponent and _has_digit(text) else text


def _has_digit(text: str) -> bool:
    return any(each in "123456789" for each in text)


def _decimals(tokens: Sequence[str]) -> int:
    fraction = _fraction(tokens)
    return sum(each in "0#?" for each in fraction)


def _least_decimals(tokens: Sequence[str]) -> int:
    return _fraction(tokens).count("0")


def _fraction(tokens: Sequence[str]) -> str:
    text = "".join(token for token in tokens if token[0] in "0#?.")
    return text.partition(".")[2]


def _digits(number: float, whole_part: str, decimals: int, least_decimals: int) -> str:
    text = f"{number:.{decimals}f}"
    before, _, after = text.partition(".")
    while len(after) > least_decimals and after.endswith("0"):
        after = after[:-1]
    least = whole_part.count("0")
    before = before.lstrip("0").zfill(least) if least else before.lstrip("0")
    if "," in whole_part:
        before = f"{int(before or 0):,}".rjust(least, "0") if before else before
    return f"{before}.{after}" if after else before


def _exponent(number: float, pattern: str) -> str:
    mantissa_pattern, _, power_pattern = pattern.upper().partition("E+")
    decimals = len(mantissa_pattern.partition(".")[2])
    mantissa, _, power = f"{number:.{decimals}E}".partition("E")
    return f"{mantissa}E{power[0]}{power[1:].lstrip('0').zfill(len(power_pattern))}"
