"""Area codes of mainland China, and the province each belongs to."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STARTS = (
    ("北京市", "10"), ("上海市", "21"), ("天津市", "22"), ("重庆市", "23"), ("河北省", "31 33"),
    ("山西省", "34 35"), ("河南省", "37 39"), ("辽宁省", "24 41 42"), ("吉林省", "43 44"),
    ("黑龙江省", "45 46"), ("内蒙古自治区", "47 48"), ("江苏省", "25 51 52"), ("山东省", "53 54 63"),
    ("安徽省", "55 56"), ("浙江省", "57 58"), ("福建省", "59"), ("广东省", "20 66 75 76"),
    ("云南省", "69 87 88"), ("江西省", "70 79"), ("湖北省", "27 71 72"), ("湖南省", "73 74"),
    ("广西壮族自治区", "77"), ("四川省", "28 81 82 83"), ("贵州省", "85"), ("西藏自治区", "89"),
    ("海南省", "898 899"), ("新疆维吾尔自治区", "90 99"), ("陕西省", "29 91"), ("甘肃省", "93 94"),
    ("宁夏回族自治区", "95"), ("青海省", "97"),
)  # fmt: skip

_PROVINCES: Mapping[str, str] = MappingProxyType(
    {start: province for province, starts in _STARTS for start in starts.split()}
)


def province_of_area_code(code: str) -> str:
    """Give the full name of the province an area code belongs to; empty when there is none.

    >>> province_of_area_code("571"), province_of_area_code("898"), province_of_area_code("10")
    ('浙江省', '海南省', '北京市')

    Args:
        code: Without the 0 in front.

    Source:
        The national numbering plan, as in libphonenumber's table of places.
    """
    return _PROVINCES.get(code[:3]) or _PROVINCES.get(code[:2], "")
