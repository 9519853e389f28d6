from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.checks import places as checks
from sheets_schema.model import Language
from tests.builders import Line, customer, facts_of, places, tab_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from backend.core.issues import Issue


def found(check: Callable[..., Iterable[Issue]], *lines: Line) -> list[tuple[int, str, str]]:
    return places(list(check(facts_of(tab_read("Customers", *lines)))))


@pytest.mark.parametrize(
    ("province", "city", "named"),
    [
        ("浙江省", "杭州市", False),
        ("浙江", "杭州", False),
        ("浙江省", "义乌市", False),
        ("广东省", "杭州市", True),
        ("北京市", "北京市", False),
        ("北京", "朝阳区", False),
        ("上海市", "北京市", True),
        ("江苏省", "吉林市", True),
        ("吉林省", "吉林市", False),
        ("浙江省", "Hangzhou", False),
        ("California", "杭州市", False),
        ("", "杭州市", False),
        ("台湾省", "台北市", False),
        ("廣東省", "東莞市", False),
    ],
)
def test_a_city_lies_in_its_province(province: str, city: str, *, named: bool) -> None:
    line = customer(province=province, city=city)

    assert found(checks.find_cities_outside_their_province, line) == [(2, "city", "city-elsewhere")] * named


@pytest.mark.parametrize(
    ("city", "district", "named"),
    [
        ("杭州市", "西湖区", False),
        ("南京市", "鼓楼区", False),
        ("福州市", "鼓楼区", False),
        ("杭州市", "鼓楼区", True),
        ("上海市", "浦东新区", False),
        ("杭州市", "江干区", False),
        ("杭州市", "某某园区", False),
    ],
)
def test_a_district_lies_in_its_city(city: str, district: str, *, named: bool) -> None:
    line = customer(city=city, district=district)

    expected = [(2, "district", "district-elsewhere")] * named
    assert found(checks.find_districts_outside_their_city, line) == expected


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"province": "浙江省", "city": "杭州市"}, False),
        ({"province": "浙江省", "city": ""}, False),
        ({"province": "", "city": "宁波"}, True),
        ({"province": "江苏省", "city": "南京市"}, True),
        ({"province": "", "city": ""}, False),
    ],
)
def test_an_address_begins_where_the_row_says(cells: Line, *, named: bool) -> None:
    line = customer(address_line="浙江省杭州市西湖区文三路1号", **cells)

    assert found(checks.find_addresses_elsewhere, line) == [(2, "address_line", "address-elsewhere")] * named


def test_an_address_without_a_place_is_nowhere_else() -> None:
    line = customer(address_line="文三路1号", province="江苏省", city="南京市")

    assert found(checks.find_addresses_elsewhere, line) == []


@pytest.mark.parametrize(
    ("cells", "code", "named"),
    [
        ({"province": "浙江省"}, "310012", False),
        ({"province": "浙江"}, "310012", False),
        ({"province": "江苏省"}, "310012", True),
        ({"address_line": "江苏省南京市中山路1号"}, "310012", True),
        ({"province": "", "address_line": "江苏省南京市中山路1号"}, "310012", True),
        ({"province": "内蒙古自治区"}, "137400", False),
        ({"province": "内蒙古"}, "165450", False),
        ({"province": "北京市"}, "137400", True),
        ({"city": "杭州市"}, "100000", False),
        ({"province": "Ontario"}, "310012", False),
    ],
)
def test_a_postcode_belongs_to_its_province(cells: Line, code: str, *, named: bool) -> None:
    line = customer(postal_code=code, **cells)

    assert found(checks.find_postcodes_elsewhere, line) == [(2, "postal_code", "postcode-elsewhere")] * named


@pytest.mark.parametrize(
    ("province", "phone", "named"),
    [
        ("浙江省", "0571-87651234", False),
        ("北京市", "010-65529988", False),
        ("江苏省", "0571-87651234", True),
        ("江苏省", "13812348000", False),
        ("江苏省", "400-860-8608", False),
        ("江苏省", "+1 212 555 0123", False),
        ("", "0571-87651234", False),
    ],
)
def test_a_landline_belongs_to_its_province(province: str, phone: str, *, named: bool) -> None:
    line = customer(province=province, phone_2=phone)

    assert found(checks.find_landlines_elsewhere, line) == [(2, "phone_2", "landline-elsewhere")] * named


def test_without_places_nothing_is_elsewhere() -> None:
    line = customer(postal_code="310012", phone_2="010-65529988")

    assert found(checks.find_postcodes_elsewhere, line) == []
    assert found(checks.find_landlines_elsewhere, line) == []
    assert found(checks.find_cities_outside_their_province, line) == []


def test_a_city_elsewhere_says_where_it_should_be() -> None:
    facts = facts_of(tab_read("Customers", customer(province="广东省", city="杭州市")))

    (issue,) = checks.find_cities_outside_their_province(facts)

    assert issue.message(Language.ZH) == "杭州市 不在 广东省"
