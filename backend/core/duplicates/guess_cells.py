"""What the columns of a foreign file are by what stands in them, where headers do not tell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.duplicates.chinese import has_cjk
from backend.core.duplicates.nicknames import is_first_name
from backend.core.duplicates.normalise import fold, looks_like_company, normalise
from backend.core.duplicates.rules import FieldKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pandas as pd

SAMPLE = 2_000
"""Cells at the top of a column by which it is known."""
_PARTLY, _HALF, _MOSTLY, _NEARLY_ALL = 0.3, 0.5, 0.6, 0.9
_LEAST_PEOPLE = 0.2
"""Share of cells that begin with a first name we know (some 700, English) in a column of people."""
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
"""The commonest Chinese surnames; some 85 of 100 people have one of them."""
_LONGEST_CHINESE_NAME = 4
_LEAST_FILLED = 0.1
_ONE_WORD, _SOME_WORDS = 1.5, 3.0
_LONGEST_NAME = 60
_LEAST_PLACES = 12
_BEGINNING = 2
"""Letters of names that are compared to see whether one number means one customer."""
_LEAST_SPAN = 25
"""Years between the first and the last day of birth but for a tenth at each end; other dates lie closer."""

_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}(?:\s*(?:ext|x|转).*)?")
_WRITTEN_PHONE = re.compile(r"\+|.*\d[ -]\d|1[3-9]\d{9}$")
"""What tells a phone number from any other number: a sign, a gap, or the shape of a mobile in China."""
_ROADS = (
    r"street|road|avenue|boulevard|lane|drive|way|court|place|crescent|circuit|close|terrace|parade|grove"
)
_STREET = re.compile(rf"\d.*\b(?:st|rd|ave?|blvd|ln|dr|ct|pl|{_ROADS})\b|\b(?:{_ROADS})$|[路街巷弄].*\d+号")
_BRITISH_CODE = re.compile(r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}")
_CODE = re.compile(r"(?=(?:.*\d){4})[a-z\d]{6,}")
_SHORT_CODE = re.compile(r"\d{4,6}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def share_like(texts: Sequence[str], kind: FieldKind) -> float:
    """Give the share of folded texts that look like a kind, 0 to 1; 1 for a kind without one."""
    if kind is FieldKind.EMAIL:
        return _mean("@" in text for text in texts)
    if kind is FieldKind.PHONE:
        return _mean(_PHONE.fullmatch(text) is not None and normalise(text, kind) != "" for text in texts)
    if kind is FieldKind.ADDRESS:
        return _mean(_STREET.search(text) is not None for text in texts)
    if kind is FieldKind.DATE:
        return len(_years(texts)) / len(texts)
    return 1.0


def fits(texts: Sequence[str], kind: FieldKind) -> bool:
    """Say whether a column may be of the kind that its header names."""
    return kind is FieldKind.ADDRESS or share_like(texts, kind) >= _PARTLY


def kind_of(texts: Sequence[str]) -> FieldKind | None:
    """Give the kind of a column whose cells tell by themselves: mail, street, day of birth, phone.

    Args:
        texts: Its different cells, folded.
    """
    for kind in (FieldKind.EMAIL, FieldKind.ADDRESS):
        if share_like(texts, kind) >= _MOSTLY:
            return kind
    if share_like(texts, FieldKind.DATE) >= _PARTLY:
        return FieldKind.DATE if _are_births(texts) else None
    written = _mean(_WRITTEN_PHONE.match(text) is not None for text in texts)
    return FieldKind.PHONE if min(share_like(texts, FieldKind.PHONE), written) >= _MOSTLY else None


def who_and_where(frame: pd.DataFrame, named: Collection[str]) -> Mapping[str, FieldKind]:
    """Tell places and numbers by their cells, and names where no header says who somebody is.

    Args:
        frame: Columns of names, and those of which nothing is known yet, in the order of the file.
        named: Columns of names; where there are none, they are looked for.
    """
    looks = {
        header: look
        for header in frame.columns.difference(list(named), sort=False)
        if (look := _look(frame[header]))
    }
    found = {} if named else _names(looks)
    names = list(named or found)
    for header in looks.keys() - found.keys():
        kind = looks[header].place_or_number()
        if kind is FieldKind.IDENTIFIER and not _means_one(frame[header], frame[names]):
            kind = FieldKind.PHONE
        if kind:
            found[header] = kind
    return found


def _means_one(numbers: pd.Series, names: pd.DataFrame) -> bool:
    """Say whether rows of one number mostly have one name; else it may be a phone, which housemates share."""
    again = numbers[(numbers != "") & numbers.duplicated(keep=False)].sort_values(kind="stable").head(SAMPLE)
    begins = ["".join(map(str, cells)) for cells in names.loc[again.index].itertuples(index=False, name=None)]
    pairs = zip(again, again[1:], map(_beginning, begins), map(_beginning, begins[1:]), strict=False)
    alike = [
        name == other for number, follower, name, other in pairs if number == follower and name and other
    ]
    return bool(alike) and _mean(alike) >= _HALF


def _beginning(name: str) -> str:
    return fold(name)[:_BEGINNING]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What a column looks like, from its first cells.

    Attributes:
        texts: Different cells, folded.
        filled: Share of the cells that are filled, 0 to 1.
        variety: Different cells among those that are filled, 0 to 1.
        repeats: Whether any value of the whole column stands twice.
        people: Share of the filled cells that begin with a first name, or a Chinese surname, that we know.
    """

    texts: tuple[str, ...]
    filled: float
    variety: float
    repeats: bool
    people: float

    @property
    def words(self) -> float:
        """Words a text, on average."""
        return _mean(text.count(" ") + 1 for text in self.texts)

    @property
    def is_worded(self) -> bool:
        """Whether it has texts of some words, and little else."""
        letters = _mean(sum(map(str.isalpha, text)) >= _MOSTLY * len(text) for text in self.texts)
        return letters >= _MOSTLY and _mean(map(len, self.texts)) <= _LONGEST_NAME

    @property
    def companies(self) -> float:
        """Share of the texts that are names of companies."""
        return _mean(looks_like_company(text) for text in self.texts)

    def place_or_number(self) -> FieldKind | None:
        """Say whether it is a postcode, a number that names one customer, or a place."""
        many = len(self.texts) >= _LEAST_PLACES
        if many and self._is_postcode():
            return FieldKind.POSTCODE
        codes = [re.sub(r"[ -]", "", text) for text in self.texts]
        coded = _mean(_CODE.fullmatch(code) is not None for code in codes)
        if min(coded, _commonest_width(codes)) >= _NEARLY_ALL and self.variety >= _PARTLY and self.repeats:
            return FieldKind.IDENTIFIER
        told_often = many and self.variety <= _MOSTLY and self.filled >= _HALF
        place = self.is_worded and self.words <= _SOME_WORDS and self.people < _LEAST_PEOPLE
        return FieldKind.TEXT if told_often and place else None

    def _is_postcode(self) -> bool:
        short = _mean(_SHORT_CODE.fullmatch(text) is not None for text in self.texts)
        years = _mean(_YEAR.fullmatch(text) is not None for text in self.texts)
        british = _mean(_BRITISH_CODE.fullmatch(text) is not None for text in self.texts)
        digits = min(short, _commonest_width(self.texts)) >= _NEARLY_ALL and years < _MOSTLY
        return british >= _MOSTLY or digits


def _look(cells: pd.Series) -> _Look | None:
    """Look at a column; None where it holds too little to say anything."""
    top = cells.head(SAMPLE)
    sample = [text for cell in top if (text := fold(str(cell)))]
    texts = tuple(dict.fromkeys(sample))
    if len(sample) < len(top) * _LEAST_FILLED or len(texts) < 2:  # noqa: PLR2004 - one value says nothing
        return None
    return _Look(
        texts=texts,
        filled=len(sample) / len(top),
        variety=len(texts) / len(sample),
        repeats=bool(cells[cells != ""].duplicated().any()),
        people=_mean(map(_begins_like_a_person, sample)),
    )


def _names(looks: Mapping[str, _Look]) -> dict[str, FieldKind]:
    """Find the columns that name customers: given and family name, or whole names; and companies."""
    worded = {header: look for header, look in looks.items() if look.is_worded}
    firms = _most_told({header: look for header, look in worded.items() if look.companies >= _MOSTLY})[:1]
    full = {header: look for header, look in worded.items() if look.filled >= _HALF}
    people = {header: look for header, look in full.items() if look.people >= _LEAST_PEOPLE}
    persons = _persons(full, sorted(people.keys() - firms, key=lambda header: -people[header].people))
    if not persons:
        return dict.fromkeys(_most_told(full)[:1], FieldKind.NAME)
    return {**dict.fromkeys(firms, FieldKind.COMPANY), **persons}


def _most_told(looks: Mapping[str, _Look]) -> list[str]:
    """Give columns in order: those with most different texts first."""
    return sorted(looks, key=lambda header: -len(looks[header].texts))


def _persons(worded: Mapping[str, _Look], people: Sequence[str]) -> dict[str, FieldKind]:
    """Tell given and family names where they stand apart, else the names in one column.

    Args:
        worded: All columns of words, in the order of the file.
        people: Those that begin with a first name, surest first.
    """
    order = list(worded)
    single = [header for header in _most_told(worded) if worded[header].words < _ONE_WORD]
    for given in people:
        family = [header for header in single if header != given]
        beside = [header for header in family if abs(order.index(header) - order.index(given)) == 1]
        if given in single and family and not _is_chinese(worded[given]):
            return {given: FieldKind.GIVEN_NAME, (beside or family)[0]: FieldKind.FAMILY_NAME}
    return dict.fromkeys(people[:1], FieldKind.NAME)


def _is_chinese(look: _Look) -> bool:
    return _mean(map(has_cjk, look.texts)) >= _MOSTLY


def _begins_like_a_person(text: str) -> bool:
    if has_cjk(text):
        return text[0] in _SURNAMES and len(text) <= _LONGEST_CHINESE_NAME
    return is_first_name(text.split(maxsplit=1)[0])


def _commonest_width(texts: Sequence[str]) -> float:
    """Give the share of the texts that are as long as most are."""
    return Counter(map(len, texts)).most_common(1)[0][1] / len(texts)


def _mean(values: Iterable[float]) -> float:
    """Give the mean; of yes and no the share that is so."""
    found = list(values)
    return sum(found) / len(found)


def _years(texts: Iterable[str]) -> list[int]:
    days = (normalise(text, FieldKind.DATE) for text in texts)
    return sorted(int(day[:4]) for day in days if re.fullmatch(r"\d{4}-\d\d-\d\d", day))


def _are_births(texts: Sequence[str]) -> bool:
    years = _years(texts)
    tenth = len(years) // 10
    return years[-1 - tenth] - years[tenth] >= _LEAST_SPAN
