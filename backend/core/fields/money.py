"""Amounts of money: in any notation, kept as whole minor units of one currency."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from backend.core.fields.currencies import EXPONENTS, choose, exponent, has_decimals
from backend.core.fields.field import Cell, Context, Field, Finding, Params, State
from backend.core.fields.money_text import MoneyText, take_apart
from backend.core.fields.reading import excerpt, finding, invalid, is_number, read

__all__ = ["EXPONENTS", "exponent", "format_minor", "normalise"]

_TWO_READINGS = re.compile(r"[^\d.,]*(?P<number>[1-9]\d{0,2}\.\d{3})\D*", re.ASCII)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_PERCENT = re.compile("[%‰]")
_LARGEST_MINOR = 2**63 - 1
_NOISE = Decimal("1e-6")


def format_minor(minor: int, currency: str) -> str:
    """Give minor units as people read them: 1234550 of CNY is `12,345.50`."""
    decimals = exponent(currency)
    return f"{Decimal(minor).scaleb(-decimals):,.{decimals}f}"


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as an amount of money.

    Args:
        cell: Any cell.
        context: Its currency and placeholders are used; an empty currency takes amounts of any.

    Returns:
        Whole minor units of the context's currency (int, within int64) as value. An amount that
        names another currency is refused. In text, `1,234` is one thousand two hundred and
        thirty-four; `1.234` has two readings and is refused (`money-ambiguous`). One amount among
        words, and the first of several, are possible; a range is refused. Parts: `amount` (exact, decimal),
        `currency` (ISO 4217; the context's when the cell names none): also of a refused currency.

    Source:
        ISO 4217 for the decimals; fields.md 2.6.
    """
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    if is_number(cell):
        return _field(cell, Decimal(str(cell)), context.currency, ())
    if _PERCENT.search(text):
        return invalid("money-percent", value=excerpt(text))
    return _read_text(cell, text, context.currency)


def _read_text(cell: Cell, text: str, own: str) -> Field:
    said = take_apart(text)
    if said.amount is None:
        return invalid("money-range" if said.several else "money-unreadable", value=excerpt(text))
    currency = choose(said.sign, own) if said.sign else own
    amount = said.amount
    if _TWO_READINGS.fullmatch(text):
        if not said.whole and has_decimals(currency) and exponent(currency) <= _ordinary():
            return _ambiguous(text)
        amount = amount * 1000 if exponent(currency) <= _ordinary() else amount
    if own and currency != own:
        refused = invalid("money-other-currency", found=currency, expected=own, value=excerpt(text))
        return replace(refused, parts=_parts(amount, currency))
    return _field(cell, amount, currency, _remarks(said, text))


def _ordinary() -> int:
    return exponent("CNY")


def _remarks(said: MoneyText, text: str) -> tuple[Finding, ...]:
    remarks: tuple[Finding, ...] = ()
    if said.about:
        remarks += (finding("money-about", value=excerpt(text)),)
    if said.several:
        remarks += (finding("money-several", value=excerpt(text), amount=f"{said.amount:f}"),)
    elif any(one.isalnum() for one in said.words):
        remarks += (finding("money-with-words", value=excerpt(text), words=excerpt(said.words)),)
    return remarks


def _ambiguous(text: str) -> Field:
    digits = re.sub(r"[^\d.]", "", text)
    return invalid("money-ambiguous", value=excerpt(text), small=digits, large=digits.replace(".", ""))


def _field(cell: Cell, amount: Decimal, currency: str, remarks: tuple[Finding, ...]) -> Field:
    decimals = exponent(currency)
    exact = amount.scaleb(decimals) if amount else Decimal(0)
    if abs(exact) > _LARGEST_MINOR:
        return invalid("money-too-large", value=excerpt(f"{amount:f}"))
    minor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    display = f"{Decimal(minor).scaleb(-decimals):.{decimals}f}"
    rounded = abs(exact - minor) > _NOISE * max(1, abs(minor))
    if rounded:
        remarks += (finding("money-rounded", value=excerpt(f"{amount:f}"), rounded=display),)
    as_typed = not isinstance(cell, str) or _PLAIN.fullmatch(cell) is not None
    return Field(
        value=minor,
        display=display,
        state=State.POSSIBLE if remarks else State.VALID,
        findings=remarks,
        suggestion="" if as_typed and not rounded else display,
        parts=_parts(amount, currency),
    )


def _parts(amount: Decimal, currency: str) -> Params:
    pairs = (("amount", f"{amount:f}"), ("currency", currency))
    return tuple(pair for pair in pairs if pair[1])
