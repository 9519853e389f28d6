"""Names of people and companies: cleaned, never split, never judged by length."""

from __future__ import annotations

import re
from dataclasses import replace

from backend.core.fields.clean import clean
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, finding, invalid, is_placeholder, look, text_of

_LONGEST = 200
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af〇"
_ONLY_HAN = re.compile(f"[{_HAN}]+")
_DOTS = re.compile(r"\s*[·•・･‧∙⋅᛫]\s*")
_DOT_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s*[.．]\\s*(?=[{_HAN}])")
_SPACED_OUT = re.compile(f"[{_HAN}](?: [{_HAN}]{{2}}|(?: [{_HAN}]){{1,3}})")
_WIDE = str.maketrans(
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
_LETTER = re.compile(r"[^\W\d_]")
_MANY_DIGITS = re.compile(r"\d(?:[ -]?\d){4}")
_HELD_DOWN = re.compile(r"(.)\1{2,}", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:test|测试|測試|demo)(?:客户|客戶|用户|公司|数据|customer|user|name)?[ _-]?\d*"
    r"|无名|無名|无名氏|未知|不详|不詳|匿名|佚名|待补|待补充"
    r"|unknown|anonymous|no ?name|nobody|none|null|nan|undefined"
    r"|asdf\w*|qwert\w*|admin|某某|某人|[x×某]{2,}",
    re.IGNORECASE,
)
_TITLE_AFTER = re.compile(r"\s*(?:先生|女士|小姐|太太|老师|同学)$")
_TITLE_BEFORE = re.compile(r"^(?:mr|mrs|ms|miss)(?:\.\s*|\s+)", re.IGNORECASE)
_ONLY_A_FAMILY_NAME = re.compile(
    f"[{_HAN}](?:总|先生|女士|小姐|太太|老师|同学|经理|老板|工)|老[{_HAN}]|小[{_HAN}]"
)


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as the name of a person or a company.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        The name as value: without unseen characters, half-width letters, one kind of middle dot,
        without a form of address. Nothing is split, translated or put in title case.

    Source:
        fields.md 2.5; traps.md 4.
    """
    seen = look(cell)
    if isinstance(seen, Field):
        return seen
    name = _tidy(seen)
    if len(name) > _LONGEST:
        return invalid("too-long", limit=_LONGEST)
    bare = _without_title(name)
    if is_placeholder(seen, context) or is_placeholder(bare, context) or _NOBODY.fullmatch(bare):
        return invalid("placeholder", value=excerpt(seen))
    if not _LETTER.search(name):
        return invalid("name-no-letters", value=excerpt(seen))
    suspicion = _suspicion(bare)
    title = (finding("name-title", value=excerpt(name), name=excerpt(bare)),) if bare != name else ()
    field = Field(value=bare, display=bare, state=State.VALID, findings=title)
    if suspicion:
        field = replace(
            field, state=State.POSSIBLE, findings=(finding(suspicion, value=excerpt(bare)), *title)
        )
    return field if bare == text_of(cell) else replace(field, suggestion=bare)


def _tidy(text: str) -> str:
    if _ONLY_HAN.fullmatch(text):
        return text
    unified = _DOTS.sub("·", text.translate(_WIDE))
    unified = _DOT_BETWEEN_HAN.sub("·", unified)
    return unified.replace(" ", "") if _SPACED_OUT.fullmatch(unified) else clean(unified)


def _without_title(name: str) -> str:
    """Take forms of address off a name, unless only a family name or nothing would be left."""
    if _ONLY_A_FAMILY_NAME.fullmatch(name):
        return name
    bare = _tidy(_TITLE_BEFORE.sub("", _TITLE_AFTER.sub("", name)))
    if bare == name or not _LETTER.search(bare) or isinstance(look(bare), Field):
        return name
    return _without_title(bare)


def _suspicion(name: str) -> str:
    """Give the code of what makes a name doubtful, the gravest first."""
    if name.startswith(("=", "＝")):
        return "formula-text"
    if _HELD_DOWN.fullmatch(name):
        return "name-repeated"
    if _MANY_DIGITS.search(name):
        return "name-digits"
    return "name-title-only" if _ONLY_A_FAMILY_NAME.fullmatch(name) else ""
