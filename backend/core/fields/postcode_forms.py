"""The forms of postcodes by country, and the province by the first digits of a Chinese one."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# d a digit, a a letter, w either, [12] one of these; a space or hyphen is optional and put in.
_FORMS_BY_COUNTRIES = {
    "ddd": "FO GN IS LS MG PG OM",
    "dddd": "AF AL AM AT AU BE BG CC CH CV CX CY DK ET GE GW GL HM HU LR LU MD MK MZ NE NF NO NZ PH PY SI SJ"
    " TN VE ZA",
    "ddddd": "BA BT CU DE DO DZ EE EH ES FI GT HN HR ID IQ IT JO KE KH KW LA LK LT MA MM MN MX MY NP"
    " PK RS SD SN TH TJ TR UA UY YT ZM XK",
    "[1-8]ddddd": "IN", "2[0-4]dddd": "BY", "dddddd": "CN CO KG KZ NG RO RU SG TM TT UZ VN",
    "ddddd|dddd": "TZ MV HT", "dddd|adddd aaa": "AR", "ddddd|ddddd-dddd": "US SA",
    "9[678]ddd|9[678]ddd-dddd": "AS GU MH MP FM PW UM", "00[679]dd|00[679]dd-dddd": "PR VI",
    "[ABCEGHJKLMNPRSTVXY]d[ABCEGHJKLMNPRSTVWXYZ] d[ABCEGHJKLMNPRSTVWXYZ]d": "CA", "ddddd-ddd": "BR",
    "ddddddd|ddd dddd": "CL", "ddd dd": "CZ SE SK GR", "[0-8]dddd|9[0-57]ddd|980dd": "FR",
    "9[78]ddd": "GF GP MQ RE PM BL MF", "98ddd": "MC NC PF WF", "ddddd|ddddddd": "IL",
    "ddddd-ddddd|dddddddddd": "IR", "ddd-dddd": "JP", "ddddd|ddd-ddd": "KR", "dddd|dddd dddd": "LB",
    "[1-9]ddd [A-RT-Z]a|[1-9]ddd S[BCE-RT-Z]": "NL", "dd-ddd": "PL", "dddd-ddd": "PT",
    "ddd|ddddd|ddd-dd|dddddd": "TW",
    "ad daa|add daa|aad daa|aadd daa|ada daa|aada daa|GIR 0AA|BFPO d|BFPO dd|BFPO ddd|BFPO dddd": "GB",
    "GYd daa|GYdd daa": "GG", "JEd daa": "JE", "IMd daa|IMdd daa": "IM", "AD[1-7]0d": "AD",
    "AZ dddd|dddd": "AZ", "BBddddd": "BB", "ddd|dddd|1[0-2]dd": "BH", "aadddd": "BN",
    "ddddd|dddd|ddd-dddd": "CR", "dddddd|ECdddddd|adddda": "EC", "ada wwww|D6W wwww|add wwww": "IE",
    "KYd-dddd": "KY", "LV-dddd": "LV", "94[89]d": "LI", "8dddd": "ME", "aaa dddd|aaa ddd|aaa dd": "MT",
    "ddddd|ddddaaddd|dddaaddd": "MU", "[1-8]ddd|9[0-4]dd": "BD",
    "ddddd|LIMA d|LIMA dd|CALLAO d|CALLAO dd": "PE", "22ddd": "AX", "4789d": "SM", "00120": "VA",
    "CP dddd": "SV", "VCdddd": "VC", "VGdddd": "VG", "SOdddd|ddddd|aa ddddd": "SO", "add-dddd|addd": "SZ",
    "MSR dddd": "MS", "LCdd ddd": "LC", "aa ww": "BM", "2640|AI-2640": "AI", "ASCN 1ZZ": "AC",
    "FIQQ 1ZZ": "FK", "GX11 1AA": "GI", "SIQQ 1ZZ": "GS", "BBND 1ZZ": "IO", "PCRN 1ZZ": "PN",
    "STHL 1ZZ": "SH", "TDCU 1ZZ": "TA", "TKCA 1ZZ": "TC", "999077": "HK", "999078": "MO",
}  # fmt: skip

_CHINA = (
    ("北京市", "10"), ("上海市", "20"), ("天津市", "30"), ("重庆市", "40"), ("内蒙古自治区", "01 02"),
    ("山西省", "03 04"), ("河北省", "05 06 07"), ("辽宁省", "11 12"), ("吉林省", "13"),
    ("黑龙江省", "15 16"), ("江苏省", "21 22"), ("安徽省", "23 24"), ("山东省", "25 26 27"),
    ("浙江省", "31 32"), ("江西省", "33 34"), ("福建省", "35 36"), ("湖南省", "41 42"), ("湖北省", "43 44"),
    ("河南省", "45 46 47"), ("广东省", "51 52"), ("广西壮族自治区", "53 54"), ("贵州省", "55 56"),
    ("海南省", "57"), ("四川省", "61 62 63 64"), ("云南省", "65 66 67"), ("陕西省", "71 72"),
    ("甘肃省", "73 74"), ("宁夏回族自治区", "75"), ("青海省", "81"), ("新疆维吾尔自治区", "83 84"),
    ("西藏自治区", "85 86"),
)  # fmt: skip
_NEIGHBOURS = {"999077": "香港特别行政区", "999078": "澳门特别行政区"}

CHINA: Mapping[str, str] = MappingProxyType(
    {start: province for province, starts in _CHINA for start in starts.split()}
)
"""Provinces by the first two digits of a postcode."""

_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        country: tuple(forms.split("|"))
        for forms, countries in _FORMS_BY_COUNTRIES.items()
        for country in countries.split()
    }
)
_SIGNS = {"d": r"\d", "a": "[A-Z]", "w": "[A-Z0-9]"}
_EXAMPLES = {"d": "1", "w": "1", "a": "A"}
_PIECE = re.compile(r"\[[^\]]+\]|.")
_GAPS = re.compile(r"[\s\-]+")
_WIDE_GAPS = re.compile(r"[ \-](?![^\[]*\])")


def province_of(code: str) -> str:
    """Give the province that a Chinese postcode belongs to; empty when there is none.

    Source:
        The first two digits, as the Chinese post has given them out.
    """
    return _NEIGHBOURS.get(code) or CHINA.get(code[:2], "")


def is_known(country: str) -> bool:
    """Tell whether the forms of a country's postcodes are known."""
    return country in _FORMS


def example_of(country: str) -> str:
    """Give what a postcode of a country looks like: a 1 for a digit, an A for a letter."""
    pieces = _pieces(_FORMS[country][0])
    return "".join(_EXAMPLES.get(piece, piece.strip("[")[0]) for piece in pieces)


def read_form(text: str, country: str) -> str:
    """Give a postcode in the one form of its country, or the empty string when it has none of them.

    Args:
        text: Upper case, half width.
        country: A country that is known.

    >>> read_form("SW1A1AA", "GB"), read_form("1540023", "JP"), read_form("12345", "CN")
    ('SW1A 1AA', '154-0023', '')
    """
    bare = _GAPS.sub("", text)
    for form, pattern in _patterns(country):
        if pattern.fullmatch(bare):
            return _with_gaps(bare, form)
    return ""


@lru_cache(maxsize=256)
def _patterns(country: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, re.compile(_regex(form), re.ASCII)) for form in _FORMS[country])


def _regex(form: str) -> str:
    return "".join(_SIGNS.get(piece, piece) for piece in _PIECE.findall(_WIDE_GAPS.sub("", form)))


def _with_gaps(bare: str, form: str) -> str:
    """Put the spaces and hyphens of a form into a code."""
    characters = iter(bare)
    return "".join(piece if piece in " -" else next(characters) for piece in _pieces(form))


def _pieces(form: str) -> list[str]:
    return _PIECE.findall(form)
