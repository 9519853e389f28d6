"""A Chinese address taken apart: province, city, district, and the street that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from backend.core.fields.divisions import (
    Division,
    Level,
    by_full_name,
    by_short_name,
    current_name,
    lengths_by_start,
    simplified,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_NAME = 15
_BETWEEN = " ,，/、-_·|>"
_DIGIT = re.compile(r"\d")
_SIX_DIGITS = re.compile(r"\d{6}")
_POSTCODE = re.compile(r"^\(?(\d{6})\)?(?!\d)\s*|(?<!\d)\(?(?:邮编[:：]?\s*)?(\d{6})\)?$")
_LABEL = re.compile(
    r"^(?:(?:收货|收件|通讯|通信|联系|详细|注册|经营|公司|家庭|居住|办公|邮寄)?(?:地址|住址|所在地)|住所|籍贯)\s*[:：]?\s*"
)
_COUNTRY = re.compile(
    r"^(?:中华人民共和国|中華人民共和國|中国|中國|China\b|P\.?R\.? ?China\b)[ ,，]*", re.IGNORECASE
)
_STREET_AHEAD = re.compile(
    "[东南西北中一二三四五六七八九十]{0,2}(?:大?路|大?街|大道|巷|弄|胡同|站|村|大厦|广场|大学|医院|银行)"
)
_RETIRED_KIND = re.compile("地区|自治州|市|县|区|盟|州")
_ZONE = re.compile(
    "(?:国家级)?(?:经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|高新技术区|高新区|经开区|工业园区|综合保税区|保税区|开发区|市辖区)"
)

_HONG_KONG = "810000"
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_REPEATED = re.compile("^(?:北京市|天津市|上海市|重庆市|市辖区(?=.))[ ,，/、-]*")
_ISLAND = re.compile("^(?:九龙|九龍|新界|港岛|港島|香港岛|香港島)(?=.)")
_FAR = 60
_PROVINCE_INSIDE = re.compile(
    "(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省"
    "|(?:北京|天津|上海|重庆)市|(?:内蒙古|西藏|广西壮族|宁夏回族|新疆维吾尔)自治区|(?:香港|澳门)特别行政区"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressParts:
    """What an address says.

    Attributes:
        province: Full name, `浙江省`; empty when unknown, like the rest.
        city: Full name, `杭州市`.
        district: Full name, `西湖区`; also a development zone.
        detail: What is left: street and number.
        postcode: Six digits at either end.
        code: GB/T 2260 of the smallest division.
        renamed: The name of a retired division as it was typed.
        misplaced: A city or district that lies in another province or city than the one before it.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    detail: str = ""
    postcode: str = ""
    code: str = ""
    renamed: str = ""
    misplaced: str = ""


def take_apart(text: str) -> AddressParts:
    """Take a clean half-width address apart.

    >>> parts = take_apart("浙江杭州西湖区文三路1号")
    >>> parts.province, parts.city, parts.district, parts.detail
    ('浙江省', '杭州市', '西湖区', '文三路1号')
    """
    bare = _COUNTRY.sub("", _LABEL.sub("", text))
    post = _POSTCODE.search(bare) if _SIX_DIGITS.search(bare) else None
    postcode = (post[1] or post[2]) if post else ""
    if post:
        bare = (bare[: post.start()] + bare[post.end() :]).strip(_BETWEEN)
        bare = _COUNTRY.sub("", bare)
    digit = _DIGIT.search(bare)
    head, tail = (bare[: digit.start()], bare[digit.start() :]) if digit else (bare, "")
    parts = _walk(head)
    # Written out: `replace` takes three times as long, and nearly every address of a register is distinct.
    return AddressParts(
        province=parts.province,
        city=parts.city,
        district=parts.district,
        detail=(parts.detail + tail).strip(_BETWEEN),
        postcode=postcode,
        code=parts.code,
        renamed=parts.renamed,
        misplaced=parts.misplaced,
    )


@lru_cache(maxsize=65_536)
def _walk(text: str) -> AddressParts:
    """Go from the largest division to the smallest, each inside the one before.

    What stands before the first digit is enough, as no division has one; few of these are distinct.
    """
    start = 0 if _next(text, None) else _start(text)
    parts, last, rest = AddressParts(), None, text[start:]
    while last is None or last.level is not Level.DISTRICT:
        step = _next(rest, last)
        if step is None:
            break
        last, length = step
        parts = _with(parts, last, rest[:length])
        rest = (
            _REPEATED.sub("", rest[length:].lstrip(_BETWEEN))
            if last.name in _MUNICIPALITIES
            else rest[length:]
        )
        rest = rest.lstrip(_BETWEEN)
        rest = _ISLAND.sub("", rest) if last.code == _HONG_KONG else rest
    parts, rest = _retired_region(parts, rest, last)
    if last is not None and parts.city and not parts.district:
        zone = _ZONE.match(rest)
        if zone:
            parts, rest = replace(parts, district=zone[0]), rest[zone.end() :]
    if last is not None and not parts.misplaced:
        parts = replace(parts, misplaced=_misplaced(rest))
    return replace(parts, detail=text[:start] + rest.lstrip(_BETWEEN))


def _start(text: str) -> int:
    """Give where the full name of a province stands behind other words; 0 when nowhere."""
    found = _PROVINCE_INSIDE.search(simplified(text[:_FAR]))
    return found.start() if found else 0


def _next(text: str, within: Division | None) -> tuple[Division, int] | None:
    """Give the division a text begins with, the longest name first, and how long its name is."""
    plain = simplified(text[: _LONGEST_NAME + 1])
    for length in lengths_by_start().get(plain[:2], ()):
        if length > len(plain):
            continue
        found = _choose(by_full_name(), plain[:length], within)
        if found:
            return found, length
        found = _choose(by_short_name(), plain[:length], within, short=True)
        if found and not _STREET_AHEAD.match(plain, length):
            return _with_kind(found, plain, length)
    return None


def _with_kind(found: Division, plain: str, length: int) -> tuple[Division, int] | None:
    """Take the kind behind a short name along: 望城县 is 望城区 today; refuse what is no short name."""
    if found.level is not Level.PROVINCE:
        kind = _RETIRED_KIND.match(plain, length)
        if kind and not (kind[0] == "市" and plain[kind.end() : kind.end() + 1] in {"区", "场"}):
            return (found, kind.end()) if kind[0] != "地区" else None
    elif plain[length : length + 1] in {"市", "区", "县"}:
        return None
    return found, length


def _choose(
    names: Mapping[str, tuple[Division, ...]], name: str, within: Division | None, *, short: bool = False
) -> Division | None:
    """Give the one division of this name inside another; the larger one before the smaller."""
    candidates = names.get(name, ())
    if within is not None:
        candidates = tuple(one for one in candidates if one.is_within(within))
    elif short:
        candidates = tuple(one for one in candidates if one.level is not Level.DISTRICT)
    if not candidates:
        return None
    level = min(one.level for one in candidates)
    of_level = [one for one in candidates if one.level is level]
    return of_level[0] if len(of_level) == 1 else _ambiguous(of_level)


def _ambiguous(candidates: list[Division]) -> Division | None:
    """Of several, give what they have in common, as a district of an unknown city; None when typed short."""
    first = candidates[0]
    if any(one.name != first.name for one in candidates):
        return None
    same_province = len({one.province for one in candidates}) == 1
    return replace(first, province=first.province if same_province else "", city="", code="")


def _with(parts: AddressParts, found: Division, typed: str) -> AddressParts:
    name = found.name
    if found.level is Level.DISTRICT:
        now = current_name(found.city, name)
        kind = simplified(typed)[-1]
        renamed = typed if now != name or (kind in "市县区" and kind != name[-1]) else ""
        return replace(
            parts,
            province=found.province or parts.province,
            city=found.city or parts.city,
            district=now,
            code=found.code,
            renamed=renamed or parts.renamed,
        )
    city = found.city
    municipality = found.level is Level.PROVINCE and name in _MUNICIPALITIES
    renamed = typed if found.level is Level.CITY and city != name else parts.renamed
    return replace(
        parts,
        province=found.province,
        city=name if municipality else city,
        code=found.code,
        renamed=renamed,
    )


def _retired_region(parts: AddressParts, rest: str, last: Division | None) -> tuple[AddressParts, str]:
    """Read a region that is gone (柳州地区): the county behind it tells where it is today."""
    match = re.match("(.{2,6}?)地区", rest)
    if match is None or (last is not None and last.level is Level.DISTRICT):
        return parts, rest
    cities = [one for one in by_short_name().get(simplified(match[1]), ()) if one.level is Level.CITY]
    if not cities:
        return parts, rest
    province = Division(name=cities[0].province, level=Level.PROVINCE, province=cities[0].province)
    behind = rest[match.end() :]
    step = _next(behind, province)
    found, length = step or (cities[0], 0)
    return _with(replace(parts, renamed=match[0]), found, found.name), behind[length:]


def _misplaced(rest: str) -> str:
    """Give the full name of a city at the head of what is left: it is not in the province before it."""
    plain = simplified(rest[:_LONGEST_NAME])
    for length in range(len(plain), 2, -1):
        if any(one.level is Level.CITY for one in by_full_name().get(plain[:length], ())):
            return rest[:length]
    return ""
