"""USER_ENTERED: what a text becomes when a person types it into a cell.

Google does not publish the grammar. What is here follows the recordings (2020-01-01 is 43831, a DATE,
shown as typed) and reports (leading zeros are lost, "22 34" becomes 2234, ' keeps text); the rest is a
guess on the careful side: what is not plainly a number, a date or a time stays text.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.localsheets.cells import Scalar, checked_text, formula, whole
from backend.localsheets.number_formats import EPOCH, SECONDS_A_DAY
from backend.localsheets.problems import Json

NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<currency>[$¥€£]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?: \d+)*|\d*)"
    r"(?P<fraction>\.\d*)?(?P<power>[eE][+-]?\d+)?(?P<percent>%?)"
)
DATE = r"(?P<a>\d{1,4})(?P<mark>[-/])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{1,4})"
TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?: ?(?P<half>[aApP][mM]))?"
MOMENT = re.compile(f"(?:{DATE})?(?:(?(a) +){TIME})?")
YEAR_DIGITS = 4
LAST_HOUR = 24


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed text became: the cell, and the NumberFormat it brings along, if any."""

    cell: Scalar
    number_format: Json | None = None


def typed(text: str, locale: str, *, text_cell: bool = False) -> Typed:
    """Give what a typed text becomes.

    Args:
        text: As typed.
        locale: Of the spreadsheet; en_US reads 1/2/2026 as 2 January, most others as 1 February.
        text_cell: The cell is formatted as plain text: everything but nothing stays text.
    """
    checked_text(text)
    if text_cell:
        return Typed(text)
    if text.startswith("'"):
        return Typed(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Typed(formula(text))
    bare = text.strip()
    if bare.upper() in {"TRUE", "FALSE"}:
        return Typed(bare.upper() == "TRUE")
    return _number(bare) or _moment(bare, locale) or Typed(text)


def _number(text: str) -> Typed | None:
    found = NUMBER.fullmatch(text)
    if found is None or not any(each.isdigit() for each in (found["digits"] + (found["fraction"] or ""))):
        return None
    digits = found["digits"].replace(",", "").replace(" ", "")
    number = float(found["sign"] + (digits or "0") + (found["fraction"] or "") + (found["power"] or ""))
    decimals = len(found["fraction"] or ".") > 1
    if found["percent"]:
        return Typed(whole(number / 100), {"type": "PERCENT", "pattern": "0.00%" if decimals else "0%"})
    number_format = None
    if found["currency"]:
        mark = found["currency"]
        number_format = {"type": "CURRENCY", "pattern": f'"{mark}"#,##0' + (".00" if decimals else "")}
    elif "," in found["digits"]:
        number_format = {"type": "NUMBER", "pattern": "#,##0" + (".00" if decimals else "")}
    elif found["power"]:
        number_format = {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return Typed(whole(number), number_format)


def _moment(text: str, locale: str) -> Typed | None:
    found = MOMENT.fullmatch(text)
    if found is None or not (found["a"] or found["hour"]):
        return None
    day = _day(found, locale) if found["a"] else (EPOCH, "")
    seconds = _seconds(found) if found["hour"] else 0
    if day is None or seconds is None:
        return None
    serial = (day[0] - EPOCH + timedelta(seconds=seconds)) / timedelta(seconds=SECONDS_A_DAY)
    kind = "DATE" if not found["hour"] else "DATE_TIME" if found["a"] else "TIME"
    pattern = " ".join(part for part in (day[1], _time_pattern(found)) if part)
    return Typed(whole(serial), {"type": kind, "pattern": pattern})


def _day(found: re.Match[str], locale: str) -> tuple[datetime, str] | None:
    mark = found["mark"]
    if len(found["a"]) == YEAR_DIGITS:
        order, pattern = ("a", "b", "c"), _pattern(("yyyy", found["b"], found["c"]), "md", mark)
    elif locale == "en_US":
        order, pattern = ("c", "a", "b"), _pattern((found["a"], found["b"], "yyyy"), "md", mark)
    else:
        order, pattern = ("c", "b", "a"), _pattern((found["a"], found["b"], "yyyy"), "dm", mark)
    if len(found[order[0]]) != YEAR_DIGITS:
        return None
    year, month, day = (int(found[name]) for name in order)
    try:
        return datetime(year, month, day), pattern  # noqa: DTZ001 - a day in a cell has no time zone
    except ValueError:
        return None


def _pattern(parts: tuple[str, str, str], letters: str, mark: str) -> str:
    rest = iter(letters)
    return mark.join(part if part.isalpha() else next(rest) * len(part) for part in parts)


def _seconds(found: re.Match[str]) -> int | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].upper() == "PM" else 0)
    return hour * 3600 + minute * 60 + second if hour < LAST_HOUR and max(minute, second) < 60 else None  # noqa: PLR2004 - minutes


def _time_pattern(found: re.Match[str]) -> str:
    if not found["hour"]:
        return ""
    return (
        "h" * len(found["hour"])
        + ":mm"
        + (":ss" if found["second"] else "")
        + (" am/pm" if found["half"] else "")
    )
