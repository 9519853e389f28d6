"""One form for each value, by kind: the same customer written twice should read the same.

Each distinct value is read once. Values the caller has normalised already pass through unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING
from zlib import crc32

from backend.core.duplicates import lexicon
from backend.core.duplicates.chinese import CJK as _CJK
from backend.core.duplicates.chinese import has_cjk, simplify
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CHARACTERS = 200
"""Characters of a cell that are compared; the rest of a 10 kB cell is not."""
_CLIPPED = MAX_CHARACTERS - 9
"""Of a longer cell, the first characters and a sum over all of it: two long cells are not the same."""
_MAY_BE_LONG = frozenset({FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.CHOICE})
"""Kinds of which a longer cell still says something; no name, number or date is so long."""
PART = "|"
"""Stands between the parts of a company: head, trade, region."""

_SIMPLE = re.compile(r"[ -~㐀-䶿一-鿿]*")
"""Plain ASCII and Chinese characters, which NFKC leaves as they are."""
_BRACKETS = re.compile(r"[(\[{【〔<《][^)\]}】〕>》]*[)\]}】〕>》]?")
_APOSTROPHES = re.compile("['’‘`´]")
_DOTS = re.compile("[·•・‧∙●]")
_NOT_WORD = re.compile(r"[^\w]+|_")
_BETWEEN_CJK = re.compile(f"(?<=[{_CJK}])\\s+(?=[{_CJK}])")
_WHOLE_FLOAT = re.compile(r"\d+\.0")
_NUMERIC_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D.*)?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?: .*)?")
_MONTHS = 12
_NO_DIGIT = re.compile(r"\D+")
_EXTENSION = re.compile(r"(?:ext|转|轉|x|#).*", re.IGNORECASE)
_REGION = re.compile(
    f"^(?:中国)?((?:{'|'.join(lexicon.PROVINCES)})(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)?"
    f"(?:(?:{'|'.join(lexicon.CITIES)})市?)?|(?:{'|'.join(lexicon.CITIES)})市?)(?=.{{2,}})"
)
_LEGAL = re.compile(f"(?:{'|'.join(lexicon.CHINESE_LEGAL_FORMS)})+$")
_TRADE = re.compile(f"(?<=.{{2}})((?:{'|'.join(lexicon.TRADES)})+)$")
_TITLE = re.compile(f"(?<=.)(?:{'|'.join(lexicon.CHINESE_TITLES)})$")
_REGION_TAIL = re.compile("省|市|自治区|壮族|回族|维吾尔|特别行政区")
_MIN_PHONE_DIGITS = 7
_MIN_DIFFERENT_DIGITS = 3


def fold(text: str) -> str:
    """Give the text in one width, case and script, without invisible characters, at most 200 characters.

    Of a longer text the last characters are a sum over all of it.
    """
    clipped = text if len(text) <= MAX_CHARACTERS else f"{text[:_CLIPPED]} {crc32(text.encode()):08x}"
    if clipped.isascii():
        return " ".join(clipped.casefold().split())
    if _SIMPLE.fullmatch(clipped):
        return " ".join(simplify(clipped).casefold().split())
    plain = unicodedata.normalize("NFKC", clipped).casefold()
    visible = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Cc", "Mn"} or c.isspace())
    return " ".join(simplify(visible).split())[:MAX_CHARACTERS]


def words(text: str) -> str:
    """Give the words of a folded text, one space between them, Chinese closed up."""
    if text.isalnum():
        return text
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.split())
    spaced = _NOT_WORD.sub(" ", _APOSTROPHES.sub("", text)).strip()
    return _BETWEEN_CJK.sub("", spaced)


def person(text: str) -> str:
    """Give a person's name: no title, no remark in brackets, `Smith, John` turned round."""
    if text.isalpha():
        return _TITLE.sub("", text) if has_cjk(text) else text
    if text.isascii() and text.replace(" ", "").isalpha():
        tokens = text.split()
        if tokens and tokens[-1] in lexicon.GENERATIONS:
            return _generation_first(_without_titles(tokens))
        return text if lexicon.TITLES.isdisjoint(tokens) else _without_titles(tokens)
    bare = _DOTS.sub(" ", _BRACKETS.sub(" ", text)).strip() or text
    family, comma, given = bare.partition(",")
    name = _without_titles(words(f"{given} {family}" if comma else bare).split())
    name = _generation_first(name)
    return _TITLE.sub("", name) if has_cjk(name) else name


def _generation_first(name: str) -> str:
    """Put what tells a father from his son behind the given name: `john smith jr` is John jr Smith."""
    *names, last = name.split() or [""]
    return (
        " ".join([*names[:-1], last, names[-1]]) if len(names) > 1 and last in lexicon.GENERATIONS else name
    )


def _without_titles(tokens: list[str]) -> str:
    return " ".join([word for word in tokens if word not in lexicon.TITLES] or tokens)


def _chinese_company(text: str) -> str:
    bare = _LEGAL.sub("", text) or text
    region = ""
    found = _REGION.match(bare)
    if found:
        region, bare = _REGION_TAIL.sub("", found[1]), bare[found.end() :]
    trade = _TRADE.search(bare)
    head = bare[: trade.start()] if trade else bare
    return f"{head}{PART}{trade[1] if trade else ''}{PART}{region}"


def company(text: str) -> str:
    """Give a company as `head|trade|region`, without brackets and legal form.

    >>> company("北京华信科技有限公司")
    '华信|科技|北京'
    >>> company("acme trading co., ltd.")
    'acme trading||'
    """
    if text.count(PART) == _PART_MARKS:
        return text
    inner = words(_BRACKETS.sub(" ", text)) or words(text)
    if has_cjk(inner):
        return _chinese_company(inner.replace(" ", ""))
    tokens = inner.split()
    kept = [word for word in tokens if word not in lexicon.LATIN_LEGAL_FORMS]
    return f"{' '.join(kept or tokens)}{PART}{PART}" if tokens else ""


_PART_MARKS = 2
_COMPANY_MARK = re.compile(
    "公司|集团|事务所|中心|学校|医院|大学|银行|工厂|商店|酒店|餐厅|超市|经营部|门市部|合作社"
)
_LONGEST_CHINESE_NAME = 4
_LONGEST_LATIN_NAME = 4


def looks_like_company(text: str) -> bool:
    """Whether a folded name is a company's rather than a person's."""
    if _DOTS.search(text):
        return False
    if text.count(PART) == _PART_MARKS:
        return True
    if has_cjk(text):
        if text.isalpha() and len(text) <= _LONGEST_CHINESE_NAME:
            return _COMPANY_MARK.search(text) is not None
        bare = _TITLE.sub("", words(_BRACKETS.sub(" ", _DOTS.sub("", text))))
        return _COMPANY_MARK.search(bare) is not None or len(bare) > _LONGEST_CHINESE_NAME
    tokens = words(text).split()
    marks = lexicon.LATIN_LEGAL_FORMS | lexicon.ORGANISATION_WORDS
    return len(tokens) > _LONGEST_LATIN_NAME or any(word in marks or word.isdigit() for word in tokens)


def name(text: str) -> str:
    """Give a person's or a company's name; only a company has the part mark."""
    return company(text) if looks_like_company(text) else person(text)


def phone(text: str) -> str:
    """Give the digits of the first number, `+` kept; empty for a placeholder such as 00000000."""
    number = text.removeprefix("tel:").strip()
    digits = number.removeprefix("+")
    if not digits.isdecimal():
        number = _EXTENSION.sub("", number)
        digits = _NO_DIGIT.sub("", number)
    if len(digits) < _MIN_PHONE_DIGITS or len(set(digits[-_MIN_PHONE_DIGITS:])) < _MIN_DIFFERENT_DIGITS:
        return ""
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+{digits}" if number.startswith("+") else digits


def email(text: str) -> str:
    """Give the address without spaces and `mailto:`."""
    return text.replace(" ", "").removeprefix("mailto:")


def day(text: str) -> str:
    """Give an ISO date where the text has a year, month and day in numbers; the text itself otherwise.

    Of 3/4/2001 the first number is the day, in every row alike.
    """
    if _ISO_DAY.fullmatch(text):
        return text
    found = _COMPACT_DATE.fullmatch(text) or _NUMERIC_DATE.fullmatch(text)
    if found:
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    backwards = _DAY_FIRST.fullmatch(text)
    if not backwards:
        return text
    first, second = int(backwards[1]), int(backwards[2])
    month, date = (first, second) if second > _MONTHS else (second, first)
    return f"{backwards[3]}-{month:02d}-{date:02d}"


def identifier(text: str) -> str:
    """Give the letters and digits, in capitals."""
    return text.upper() if text.isalnum() else "".join(c for c in text if c.isalnum()).upper()


def address(text: str) -> str:
    """Give the words of an address, street words in their short form."""
    return " ".join([lexicon.STREET_WORDS.get(token, token) for token in words(text).split()])


_BY_KIND: MappingProxyType[FieldKind, Callable[[str], str]] = MappingProxyType(
    {
        FieldKind.PERSON_NAME: person,
        FieldKind.FAMILY_NAME: words,
        FieldKind.GIVEN_NAME: words,
        FieldKind.COMPANY: company,
        FieldKind.NAME: name,
        FieldKind.PHONE: phone,
        FieldKind.EMAIL: email,
        FieldKind.DATE: day,
        FieldKind.IDENTIFIER: identifier,
        FieldKind.ADDRESS: address,
        FieldKind.POSTCODE: identifier,
        FieldKind.TEXT: words,
        FieldKind.CHOICE: words,
    }
)


def normalise(value: object, kind: FieldKind) -> str:
    """Give the one form of a cell for comparing; '' when it holds nothing. Never raises.

    Applied to its own answer it gives the same answer.
    """
    if value is None or isinstance(value, bool) or value != value:  # noqa: PLR0124  # only NaN differs from itself
        return ""
    whole = str(value)
    if len(whole) > MAX_CHARACTERS and kind not in _MAY_BE_LONG:
        return ""
    text = fold(whole)
    if text.endswith(".0") and _WHOLE_FLOAT.fullmatch(text):
        text = text[:-2]
    return "" if text in lexicon.EMPTY_WORDS else _BY_KIND[kind](text)
