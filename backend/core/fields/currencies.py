"""Currencies: how many decimals each has, and the signs and words that people write for it."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODES = (
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNH",
    "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD",
    "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR",
    "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD",
    "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP",
    "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB",
    "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG",
    "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND",
    "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST",
    "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
)  # fmt: skip

_WITHOUT_DECIMALS = (
    "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF", "BIF", "DJF", "GNF", "KMF", "RWF",
    "VUV",
)  # fmt: skip

EXPONENTS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(_WITHOUT_DECIMALS, 0),
        **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    }
)
"""Decimals of the currencies that have not two (ISO 4217)."""

_ORDINARY_EXPONENT = 2
_LITTLE_COINS = frozenset(("IDR", "HUF", "IRR", "LAK", "COP", "KHR", "MMK", "UZS"))

# A sign that several currencies share is the register's own when that is among them, else the first.
_DOLLARS = (
    "USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MXN", "MOP", "CLP", "COP", "ARS", "UYU", "BND", "FJD",
)  # fmt: skip
_CROWNS = ("SEK", "NOK", "DKK", "ISK")
_BY_SIGN = {
    "jp¥": ("JPY",),
    "¥": ("CNY", "JPY"), "rmb": ("CNY",), "人民币": ("CNY",), "人民幣": ("CNY",), "cn¥": ("CNY",),
    "rmb¥": ("CNY",), "元": ("CNY", "TWD", "HKD", "MOP", "USD", "JPY"), "元人民币": ("CNY",),
    "圆": ("CNY", "JPY"), "圓": ("CNY", "TWD", "HKD", "JPY"), "块": ("CNY", "TWD"), "块钱": ("CNY",),
    "塊": ("TWD", "CNY"), "蚊": ("HKD",), "yuan": ("CNY",), "$": _DOLLARS, "us$": ("USD",),
    "u.s.$": ("USD",), "usd$": ("USD",), "$us": ("USD",), "美元": ("USD",), "美金": ("USD",),
    "美圆": ("USD",), "dollar": _DOLLARS, "dollars": _DOLLARS, "us dollars": ("USD",), "hk$": ("HKD",),
    "hkd$": ("HKD",), "港币": ("HKD",), "港元": ("HKD",), "港幣": ("HKD",), "港纸": ("HKD",),
    "nt$": ("TWD",), "ntd": ("TWD",), "新台币": ("TWD",), "新臺幣": ("TWD",), "新台幣": ("TWD",),
    "台币": ("TWD",), "台幣": ("TWD",), "a$": ("AUD",), "au$": ("AUD",), "aud$": ("AUD",), "澳元": ("AUD",),
    "澳币": ("AUD",), "c$": ("CAD",), "ca$": ("CAD",), "cad$": ("CAD",), "加元": ("CAD",), "加币": ("CAD",),
    "s$": ("SGD",), "sg$": ("SGD",), "新加坡元": ("SGD",), "新元": ("SGD",), "新币": ("SGD",),
    "nz$": ("NZD",), "nzd$": ("NZD",), "nzd $": ("NZD",), "新西兰元": ("NZD",), "mx$": ("MXN",),
    "r$": ("BRL",), "€": ("EUR",), "euro": ("EUR",), "euros": ("EUR",), "欧元": ("EUR",), "歐元": ("EUR",),
    "欧": ("EUR",), "£": ("GBP", "EGP"), "pound": ("GBP",), "pounds": ("GBP",), "英镑": ("GBP",),
    "英鎊": ("GBP",), "镑": ("GBP",), "日元": ("JPY",), "日圆": ("JPY",), "日圓": ("JPY",), "円": ("JPY",),
    "日币": ("JPY",), "日幣": ("JPY",), "yen": ("JPY",), "₩": ("KRW",), "韩元": ("KRW",), "韓元": ("KRW",),
    "韩币": ("KRW",), "won": ("KRW",), "₹": ("INR",), "rs": ("INR", "PKR", "LKR", "NPR"),
    "rs.": ("INR", "PKR", "LKR", "NPR"), "卢比": ("INR",), "₽": ("RUB",), "руб": ("RUB",), "руб.": ("RUB",),
    "р.": ("RUB",), "р": ("RUB",), "卢布": ("RUB",), "грн": ("UAH",), "грн.": ("UAH",), "₴": ("UAH",),
    "лв": ("BGN",), "лв.": ("BGN",), "тг": ("KZT",), "₸": ("KZT",), "฿": ("THB",), "泰铢": ("THB",),
    "铢": ("THB",), "₫": ("VND",), "đ": ("VND",), "越南盾": ("VND",), "mop$": ("MOP",), "澳门元": ("MOP",),
    "澳门币": ("MOP",), "瑞士法郎": ("CHF",), "瑞郎": ("CHF",), "sfr": ("CHF",), "fr.": ("CHF",),
    "₱": ("PHP",), "₺": ("TRY",), "tl": ("TRY",), "kč": ("CZK",), "zł": ("PLN",), "zl": ("PLN",),
    "ft": ("HUF",), "lei": ("RON", "MDL"), "leu": ("RON",), "kr": _CROWNS, "kr.": _CROWNS, "din": ("RSD",),
    "kn": ("HRK",), "km": ("BAM",), "₪": ("ILS",), "rp": ("IDR",), "rp.": ("IDR",), "rm": ("MYR",),
    "马币": ("MYR",), "林吉特": ("MYR",), "₦": ("NGN",), "₡": ("CRC",), "₲": ("PYG",), "₭": ("LAK",),
    "₮": ("MNT",), "₼": ("AZN",), "₾": ("GEL",), "֏": ("AMD",), "؋": ("AFN",), "৳": ("BDT",), "៛": ("KHR",),
    "﷼": ("IRR", "SAR"), "تومان": ("IRR",), "د.إ": ("AED",), "迪拉姆": ("AED",), "s/": ("PEN",),
    "s/.": ("PEN",), "b/.": ("PAB",), "bs": ("VES",), "bs.": ("BOB",), "gh₵": ("GHS",), "ksh": ("KES",),
    "tsh": ("TZS",), "ush": ("UGX",), "fcfa": ("XOF",), "cfa": ("XOF",), "r": ("ZAR",), "兰特": ("ZAR",),
    "雷亚尔": ("BRL",), "比索": ("MXN", "PHP"), **{code.casefold(): (code,) for code in _CODES},
}  # fmt: skip
SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(_BY_SIGN)
"""Currencies by what stands beside the amount, casefolded."""

_LETTER_SIGNS = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
PATTERN = f"(?:{_LETTER_SIGNS})"
"""Any of the signs, the longest first, for a casefolded text."""


def exponent(currency: str) -> int:
    """Give how many decimals a currency has: 2 for most, 0 for the yen."""
    return EXPONENTS.get(currency, _ORDINARY_EXPONENT)


def has_decimals(currency: str) -> bool:
    """Tell whether amounts of a currency are written with decimals; of the rupiah they are not."""
    return exponent(currency) > 0 and currency not in _LITTLE_COINS


def choose(sign: str, own: str) -> str:
    """Give the currency that a sign means in a register: its own where the sign may mean that."""
    meant = SIGNS[sign]
    return own if own in meant else meant[0]
