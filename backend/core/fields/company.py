"""Company names: cleaned and kept whole, with core, legal form and region told apart."""

from __future__ import annotations

import re
from dataclasses import replace

from backend.core.fields import name as names
from backend.core.fields.address_parts import AddressParts, take_apart
from backend.core.fields.company_forms import CHINESE, Split, split_chinese, split_western
from backend.core.fields.field import Cell, Context, Field, Params, State
from backend.core.fields.reading import finding, text_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_BRACKETS = re.compile(r"\s*[(（]\s*|\s*[)）]")
_NARROW = str.maketrans("（）【】", "()()")
_WIDE = str.maketrans("()", "（）")
_IN_BRACKETS = re.compile(r"\(([^()]{2,12})\)")
_WORDS_BEHIND = re.compile(r"\((?:原|曾用名|已注销|注销|吊销|停业|新|旧)[^()]*\)$")

_NO_REGION = re.compile("阿里(?!地区)")
"""A region by its short name, and far more often the head of another word."""


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as the name of a company.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        The name as value: without unseen characters, half-width letters, in Chinese full-width
        brackets as on the licence. Parts: `core` (`华信科技`), `legal_form` (`有限公司`), `region`
        (`杭州市`), `province`, `branch`. A name
        without a legal form is valid; one that is nothing but a legal form is possible.

    Source:
        The legal forms are those of company law; fields.md.
    """
    field = names.normalise(cell, context)
    if field.value == "":
        return field
    value = _tidy(str(field.value))
    parts = take_name_apart(value)
    field = replace(field, value=value, display=value, parts=parts)
    if not dict(parts).get("core"):
        remark = finding("company-only-form", value=value)
        field = replace(field, state=State.POSSIBLE, findings=(*field.findings, remark))
    return replace(field, suggestion="" if value == text_of(cell) else value)


def take_name_apart(name: str) -> Params:
    """Give what a clean company name says, by name: core, legal_form, region, province, branch.

    >>> dict(take_name_apart("阿里巴巴（中国）有限公司"))
    {'core': '阿里巴巴', 'legal_form': '有限公司', 'region': '中国'}
    """
    bare = _WORDS_BEHIND.sub("", name.translate(_NARROW))
    chinese = _HAN.search(bare) is not None
    split = split_chinese(bare.replace(" ", "")) if chinese else Split(core=bare)
    if not split.form:
        western = split_western(bare)
        split = western if western.form or not chinese else split
    core, region, province = _without_region(split.core) if chinese else (split.core, "", "")
    pairs = (
        ("core", core),
        ("legal_form", split.form),
        ("region", region),
        ("province", province),
        ("branch", split.branch),
    )
    return tuple(pair for pair in pairs if pair[1])


def _without_region(core: str) -> tuple[str, str, str]:
    """Take the region off a core: in front of it (杭州华信), or in brackets (华信(中国))."""
    inside = _IN_BRACKETS.search(core)
    if inside:
        bare = (core[: inside.start()] + core[inside.end() :]).strip()
        where = take_apart(inside[1])
        named = where.district or where.city or where.province
        known = named or inside[1] in {"中国", "国际", "亚洲", "亚太", "集团", "控股", "大中华区"}
        if bare and known:
            return _core_and(bare, named or inside[1], where.province)
    parts = AddressParts() if _NO_REGION.match(core) else take_apart(core)
    region = parts.district or parts.city or parts.province
    if region and len(parts.detail) > 1 and parts.detail not in CHINESE:
        return parts.detail, region, parts.province
    return core, "", ""


def _core_and(bare: str, region: str, province: str) -> tuple[str, str, str]:
    core, front, front_province = _without_region(bare)
    return core, region or front, province or front_province


def _tidy(name: str) -> str:
    """Write full-width brackets without spaces around them where the name is Chinese."""
    if not _HAN.search(name):
        return name
    return _BRACKETS.sub(lambda sign: sign[0].strip().translate(_WIDE), name)
