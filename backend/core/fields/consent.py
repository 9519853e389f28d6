"""Consent: yes, no or withdrawn; what is blank or unclear stays unknown, never no and never yes."""

from __future__ import annotations

import re

from backend.core.fields.choice import YES_NO
from backend.core.fields.clean import key
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, invalid, look, read

_WITHDRAWN = (
    "withdrawn", "withdraw", "revoked", "unsubscribed", "unsubscribe", "已撤回", "撤回", "撤销", "已撤销",
    "已退订", "退订", "td", "取消同意",
)  # fmt: skip
_MORE_YES = (
    "consent", "consented", "subscribed", "subscribe", "sure", "yep", "yeah", "yup", "okay", "fine", "订阅",
    "已订阅", "授权", "已授权", "允许", "行", "可", "没问题", "當然", "当然", "肯定", "确定", "同意接收",
    "愿意接收", "👌", "👍",
)  # fmt: skip
_MORE_NO = (
    "nope", "nah", "not ok", "refuse", "refused", "declined", "don't", "do not", "never", "不行", "不可",
    "不同意接收", "不愿意接收", "不允许", "未授权", "不授权", "没授权", "否定", "勿扰", "请勿联系", "不用",
    "别", "👎", "✋", "🖐",
)  # fmt: skip
_UNKNOWN = (
    "unknown", "not asked", "n/a", "na", "none", "未知", "未问", "未询问", "未确认", "待确认", "待定",
    "不详", "不清楚", "不确定", "无", "無", "空", "-", "--", "/", "?",
)  # fmt: skip
_CODES = {
    **{key(word): code for word, code in YES_NO},
    **{key(word): "withdrawn" for word in _WITHDRAWN},
    **{key(word): "yes" for word in _MORE_YES},
    **{key(word): "no" for word in _MORE_NO},
}
_UNCLEAR = frozenset(map(key, _UNKNOWN))
_SHOWN = {"yes": "是", "no": "否", "withdrawn": "已撤回"}
_END = " .。!！,，~～啊呀嘞啦呢哦"
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as consent.

    Args:
        cell: Any cell.
        context: Its choices are used before the usual words; its placeholders are unknown.

    Returns:
        `yes`, `no` or `withdrawn` as value. A blank cell is blank and a word for "not asked" is invalid
        (`consent-unknown`): both have no value, and no value is never a yes.
    """
    seen = look(cell)
    if isinstance(seen, Field):
        return seen
    word = key(_SKIN.sub("", seen))
    own = {key(spelling): code for spelling, code in context.choices}
    code = own.get(word) or ("" if word in _UNCLEAR else _CODES.get(word) or _CODES.get(word.strip(_END), ""))
    if code:
        return _field(code, seen, context)
    text = seen if word in _UNCLEAR else read(cell, context)
    if isinstance(text, Field) and text.findings[0].code != "placeholder":
        return text
    if isinstance(text, Field) or word in _UNCLEAR:
        return invalid("consent-unknown", value=excerpt(seen))
    return invalid("consent-unclear", value=excerpt(seen))


def _field(code: str, seen: str, context: Context) -> Field:
    shown = next((spelling for spelling, of in context.choices if of == code), _SHOWN.get(code, code))
    return Field(
        value=code,
        display=shown,
        state=State.VALID,
        suggestion="",
        parts=(("as_typed", excerpt(seen)),),
    )
