"""WeChat ids and QQ numbers: who they are to a customer's colleague, and what people type instead."""

from __future__ import annotations

import re
from dataclasses import replace

from backend.core.fields import phone
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, finding, invalid, is_placeholder, read_exact, text_of

_LABEL = re.compile(
    r"^(?:微信号?|wechat(?: ?id)?|weixin|wx(?=[:： ])|v信|qq号码?|qq)\s*[:：]?\s*", re.IGNORECASE
)
_WECHAT = re.compile(r"[A-Za-z_][-_A-Za-z0-9]{5,19}")
_LETTERS_FIRST = re.compile(r"[A-Za-z_]")
_CHARACTERS = re.compile(r"[-_A-Za-z0-9]+")
_SHORTEST, _LONGEST = 6, 20
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_QQ = re.compile(r"[1-9]\d{4,10}", re.ASCII)
_QQ_MAIL = re.compile(r"([1-9]\d{4,10})@(?:vip\.)?qq\.com", re.ASCII | re.IGNORECASE)
_SAME_DIGIT = re.compile(r"(\d)\1+", re.ASCII)


def normalise_wechat(cell: Cell, context: Context) -> Field:
    """Read a cell as a WeChat id.

    Args:
        cell: Any cell.
        context: Its placeholders and country are used.

    Returns:
        The id as value, its letters as typed (they are compared without case). A phone or QQ number,
        by which an account may be found too, is possible and not invalid.

    Source:
        fields.md: 6 to 20 letters, digits, `-` and `_`, a letter or `_` in front.
    """
    bare = _bare(cell, context)
    if isinstance(bare, Field):
        return bare
    if _WECHAT.fullmatch(bare):
        return _field(bare, cell)
    if _MOBILE.fullmatch(bare):
        return _possible(bare, cell, "wechat-phone")
    number = phone.normalise(bare, context) if bare.startswith(("+", "(")) else None
    if number is not None and number.state is State.VALID:
        return _possible(str(number.value), cell, "wechat-phone")
    if _QQ.fullmatch(bare):
        return _possible(bare, cell, "wechat-qq")
    return invalid(_wechat_problem(bare), value=excerpt(bare), length=len(bare))


def normalise_qq(cell: Cell, context: Context) -> Field:
    """Read a cell as a QQ number.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        5 to 11 digits as value; the number of an address at qq.com is taken out of it. Eleven digits that
        are a mobile are possible (`qq-phone`).
    """
    bare = _bare(cell, context)
    if isinstance(bare, Field):
        return bare
    mail = _QQ_MAIL.fullmatch(bare)
    digits = mail[1] if mail else bare.replace(" ", "")
    if not _QQ.fullmatch(digits) or _SAME_DIGIT.fullmatch(digits):
        return invalid("qq-form", value=excerpt(bare))
    return _possible(digits, cell, "qq-phone") if _MOBILE.fullmatch(digits) else _field(digits, cell)


def _bare(cell: Cell, context: Context) -> str | Field:
    """Give the text of a cell without its label."""
    text = read_exact(cell, context)
    if isinstance(text, Field):
        return text
    bare = text
    while (less := _LABEL.sub("", bare).strip()) not in {bare, ""}:
        bare = less
    if is_placeholder(bare, context) or is_placeholder(text, context):
        return invalid("placeholder", value=excerpt(text))
    return bare


def _wechat_problem(text: str) -> str:
    if not _CHARACTERS.fullmatch(text):
        return "wechat-characters"
    if not _LETTERS_FIRST.match(text):
        return "wechat-first"
    return "wechat-length"


def _field(value: str, cell: Cell) -> Field:
    return Field(
        value=value,
        display=value,
        state=State.VALID,
        suggestion="" if value == text_of(cell) else value,
    )


def _possible(value: str, cell: Cell, code: str) -> Field:
    remark = finding(code, value=value)
    return replace(_field(value, cell), state=State.POSSIBLE, findings=(remark,))
