"""The text of an amount taken apart: number, currency, and the words around them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from backend.core.fields.currencies import PATTERN, SIGNS
from backend.core.fields.numeral import read_amount

_OTHER_DIGITS = re.compile(r"(?![0-9])\d|[٫٬]")
_BARE = re.compile(r"[-+]?\d(?:[\d.,']*\d)?", re.ASCII)
_SIGN_BEFORE = re.compile(f"(?P<lead>[-+(]?)\\s*(?P<sign>{PATTERN})\\s*(?P<rest>.+)")
_SIGN_AFTER = re.compile(f"(?P<rest>.+?)\\s*(?P<sign>{PATTERN})(?P<tail>[-)]?)")
_DIGIT = r"(?:\d{1,2}|[0-9一二两兩三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸])"
_YUAN = re.compile(
    rf"(?P<minus>[负負-]?)(?P<yuan>.+?)(?:[元圆圓块塊蚊]|[个個](?=半|{_DIGIT}[毫毛角]))"
    rf"(?:[零〇]?(?P<jiao>{_DIGIT})[角毛毫](?:(?P<cents>{_DIGIT})(?!分))?)?"
    rf"(?:[零〇](?P<rest>{_DIGIT})|(?P<half>半)|[零〇]?(?P<fen>{_DIGIT})分|(?P<odd>{_DIGIT}))?[整正]?[钱錢]?"
)
_COINS = re.compile(rf"(?:(?P<jiao>.+?)[角毛毫](?:(?P<fen>{_DIGIT})分?)?|(?P<only_fen>.+?)分)[整正]?[钱錢]?")
_PIECES_AND_HALF = re.compile("(?P<body>.+?)[个個]半")
_SHARES = {"jiao": "0.1", "cents": "0.01", "fen": "0.01", "odd": "0.1", "rest": "0.01", "half": "0.5"}
_ABOUT = re.compile(
    "^(?:大约|大約|大概|约|約|近|将近|接近|差不多|不到|不足|超过|超過|最多|最少|至多|至少|起码|起碼|小于|大于|少于|多于|不超过|不低于|高于|低于)\\s*"
    "|(?:左右|上下|以上|以下|以内|以內|之内|起|出头)$|(?<=[\\dkw百千万萬亿億元块])\\+$|\\(含\\)|(?<=[百千万亿\\d])(?:多|余)(?=[元块万亿]|$)"
)
_NUMBER = re.compile(
    r"(?<![\d.,])(?:\d[\d.,'’ ]*\d|\d|[.,]\d+)(?:\s?(?:万|萬|千|亿|億|百万|千万|[kw](?!\w)))?"
)
_NO_COINS = re.compile(r"[.,]\s?(?:-{1,2}|–|—)(?=\s|$|[^\d])")
_SPLIT_COINS = re.compile(r"(?<=\d[.,]) (?=\d\d(?!\d))")
_RANGE = re.compile(r"[\d百千万萬亿元块圆kw两]\s?(?:-|–|—|~|～|至|到)+\s?[^\d]{0,4}\d")
_SIGN_AS_POINT = re.compile(r"(\d+)\s?[€$£]\s?(\d{2})", re.ASCII)
_CENTS = re.compile(r"(\d+(?:\.\d+)?)\s?¢", re.ASCII)
_FREE = re.compile("(?:free|免费|免費)(?: of charge)?!?")
_DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? (?:\d\d?,? )?\d{4}\b"
    r"|\d[-/.]\d{1,2}[-/.]\d"
)
_OF_MONEY = re.compile(
    "金额|价|價|合计|合計|总计|小计|费|費|付|款|额|price|total|amount|cost|sum|paid|fee|from|only|incl"
    "|tax|vat|rrp|msrp|sale|now|our|cena|prix|preis|prezzo|цена"
)
_UNIT = 14
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_QUANTITY = re.compile(r"[年月日号號时時点點分秒个件次人位岁歲米吨楼室折%‰]|\bx\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyText:
    """What a text says about money.

    Attributes:
        amount: The number; None when there is none, or several.
        sign: The currency sign, a key of `SIGNS`; empty when there is none.
        words: What else stands in the text.
        about: Whether the text says that the amount is not exact.
        several: Whether there are several amounts; `amount` is the first, or None for a range.
        whole: Whether the text shows that there are no decimals (`1.899,-`).
    """

    amount: Decimal | None = None
    sign: str = ""
    words: str = ""
    about: bool = False
    several: bool = False
    whole: bool = False


def take_apart(text: str) -> MoneyText:
    """Take a clean half-width text apart.

    >>> take_apart("约1.2万元").amount, take_apart("Price: $9.95").words
    (Decimal('12000.0'), 'price:')
    """
    bare = read_amount(text) if _BARE.fullmatch(text) else None
    if bare is not None:
        return MoneyText(amount=bare)
    lowered = _plain_digits(text).casefold()
    read = _strict(lowered)
    if read.amount is not None:
        return read
    about = _ABOUT.sub("", lowered).strip()
    if about not in {lowered, ""}:
        near = _strict(about)
        if near.amount is not None:
            return MoneyText(amount=near.amount, sign=near.sign, about=True)
    return _among_words(lowered)


def _plain_digits(text: str) -> str:
    if not _OTHER_DIGITS.search(text):
        return text
    return "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else "." if one == "٫" else "" if one == "٬" else one
        for one in text
    )


def _strict(lowered: str) -> MoneyText:
    """Read a text that is an amount and nothing else."""
    whole = _NO_COINS.sub("", lowered)
    sign, bare = _split_sign(_SPLIT_COINS.sub("", whole).strip())
    pointed = _SIGN_AS_POINT.fullmatch(lowered)
    if pointed:
        return MoneyText(amount=Decimal(f"{pointed[1]}.{pointed[2]}"), sign=lowered.strip("0123456789 "))
    cents = _CENTS.fullmatch(lowered)
    if cents:
        return MoneyText(amount=Decimal(cents[1]) / 100, sign="$")
    amount = Decimal(0) if _FREE.fullmatch(lowered) else read_amount(bare)
    if amount is None:
        amount = _read_yuan(bare)
        amount = _read_yuan(lowered) if amount is None else amount
    return MoneyText(amount=amount, sign=sign, whole=whole != lowered)


def _split_sign(lowered: str) -> tuple[str, str]:
    """Take the currency off a text: its sign and the number that is left."""
    before = _SIGN_BEFORE.fullmatch(lowered)
    if before:
        rest = before["lead"] + before["rest"]
        again = _SIGN_AFTER.fullmatch(rest)
        same = again is not None and bool(set(SIGNS[again["sign"]]) & set(SIGNS[before["sign"]]))
        sign = _narrower(before["sign"], again["sign"]) if again and same else before["sign"]
        return sign, again["rest"] + again["tail"] if again and same else rest
    after = _SIGN_AFTER.fullmatch(lowered)
    if after:
        return after["sign"], after["rest"].removesuffix("元") + after["tail"]
    return "", lowered


def _narrower(one: str, other: str) -> str:
    return min(one, other, key=lambda sign: len(SIGNS[sign]))


def _read_yuan(text: str) -> Decimal | None:
    """Read yuan, jiao and fen: 叁佰元整, 十块三毛, 12元5角, 两毛五, 五个半."""
    half = _PIECES_AND_HALF.fullmatch(text)
    if half:
        whole = read_amount(half["body"])
        return None if whole is None else whole + Decimal("0.5")
    match = _YUAN.fullmatch(text)
    if match is None:
        return _read_coins(text)
    yuan = read_amount(match["yuan"])
    if yuan is None:
        return None
    small = sum((_share(match, part) for part in _SHARES), start=Decimal(0))
    return -(yuan + small) if match["minus"] else yuan + small


def _share(match: re.Match[str], part: str) -> Decimal:
    if not match[part]:
        return Decimal(0)
    count = Decimal(1) if part == "half" else read_amount(match[part]) or Decimal(0)
    return count * Decimal(_SHARES[part])


def _read_coins(text: str) -> Decimal | None:
    match = _COINS.fullmatch(text)
    if match is None:
        return None
    if match["only_fen"]:
        fen = read_amount(match["only_fen"])
        return None if fen is None else fen * Decimal("0.01")
    jiao, fen = read_amount(match["jiao"]), read_amount(match["fen"] or "0")
    return None if jiao is None or fen is None else jiao * Decimal("0.1") + fen * Decimal("0.01")


def _among_words(lowered: str) -> MoneyText:
    """Read the amount that stands among words; the first of several, none of a range or a date."""
    found = [(match, read_amount(_bare_number(match[0]))) for match in _NUMBER.finditer(lowered)]
    amounts = {amount for _, amount in found}
    if not found or None in amounts or _DATED.search(lowered):
        return MoneyText()
    several = len(amounts) > 1
    if _RANGE.search(lowered) or (several and not _has_sign(lowered)):
        return MoneyText(several=True)
    match, amount = next((one for one in found if _stands_by_sign(lowered, one[0])), found[0])
    before, after = lowered[: match.start()].strip(), lowered[match.end() :].strip()
    said = _has_sign(lowered) or _OF_MONEY.search(lowered) or (not before and len(after) <= _UNIT)
    if amount is None or not said or _OTHER_QUANTITY.match(after):
        return MoneyText()
    if before.endswith("-") and not _LETTER.search(before.rstrip("-")[-1:]):
        amount = -amount
    sign, words = _sign_beside(before, after)
    return MoneyText(amount=amount, sign=sign, words=words, several=several)


def _stands_by_sign(text: str, number: re.Match[str]) -> bool:
    sign, _ = _sign_beside(text[: number.start()].strip(), text[number.end() :].strip())
    return sign != ""


def _bare_number(text: str) -> str:
    return _SPLIT_COINS.sub("", text).strip().rstrip(",. ")


def _has_sign(text: str) -> bool:
    return any(unicodedata.category(one) == "Sc" for one in text) or re.search(PATTERN, text) is not None


def _sign_beside(before: str, after: str) -> tuple[str, str]:
    """Give the sign next to the number, and the words that are left."""
    left = re.search(f"(?:^|(?<![^\\W\\d_]))({PATTERN})\\s*[-+]?$", before)
    if left:
        return left[1], f"{before[: left.start()]} {after}".strip()
    right = re.match(f"({PATTERN})(?![^\\W\\d_])", after)
    if right:
        return right[1], f"{before} {after[right.end() :]}".strip()
    return "", f"{before} {after}".strip()
