from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backend.core.fields.address import normalise
from backend.core.fields.address_parts import take_apart
from backend.core.fields.divisions import Level, by_full_name, divisions, short_name
from backend.core.fields.field import Context, State

CONTEXT = Context(today=date(2026, 11, 22), placeholders=frozenset({"无"}))


@pytest.mark.parametrize(
    ("text", "province", "city", "district", "detail"),
    [
        ("浙江省杭州市西湖区文三路1号", "浙江省", "杭州市", "西湖区", "文三路1号"),
        ("浙江杭州西湖文三路1号", "浙江省", "杭州市", "西湖区", "文三路1号"),
        ("浙江省 杭州市 西湖区 文三路1号", "浙江省", "杭州市", "西湖区", "文三路1号"),
        ("收货地址：中国浙江省杭州市西湖区文三路1号", "浙江省", "杭州市", "西湖区", "文三路1号"),
        ("北京朝阳区建国路88号", "北京市", "北京市", "朝阳区", "建国路88号"),
        ("上海浦东张江", "上海市", "上海市", "浦东新区", "张江"),
        ("吉林市昌邑区", "吉林省", "吉林市", "昌邑区", ""),
        ("福建省鼓楼区鼓楼医院", "福建省", "福州市", "鼓楼区", "鼓楼医院"),
        ("海南藏族自治州", "青海省", "海南藏族自治州", "", ""),
        ("新疆乌鲁木齐市天山区", "新疆维吾尔自治区", "乌鲁木齐市", "天山区", ""),
        ("湖南省湘西州吉首市", "湖南省", "湘西土家族苗族自治州", "吉首市", ""),
        ("河南济源", "河南省", "济源市", "", ""),
        ("广东省东莞市南城街道", "广东省", "东莞市", "", "南城街道"),
        ("江苏省苏州市工业园区星湖街", "江苏省", "苏州市", "工业园区", "星湖街"),
        ("臺北市信義區", "台湾省", "台北市", "", "信義區"),
        ("香港九龙油尖旺区弥敦道", "香港特别行政区", "香港特别行政区", "油尖旺区", "弥敦道"),
        ("朝阳区建国路", "", "", "朝阳区", "建国路"),
        ("北京路100号", "", "", "", "北京路100号"),
        ("南京东路100号", "", "", "", "南京东路100号"),
        ("文三路1号", "", "", "", "文三路1号"),
    ],
)
def test_province_city_and_district_are_told(
    text: str, province: str, city: str, district: str, detail: str
) -> None:
    parts = take_apart(text)

    assert (parts.province, parts.city, parts.district, parts.detail) == (province, city, district, detail)


@pytest.mark.parametrize(
    ("text", "district", "renamed"),
    [
        ("浙江省杭州市江干区景昙路", "上城区", "江干区"),
        ("湖南省长沙市望城县", "望城区", "望城县"),
        ("西安市长安县", "长安区", "长安县"),
        ("柳州地区忻城县", "忻城县", "柳州地区"),
        ("襄樊市樊城区", "樊城区", "襄樊市"),
    ],
)
def test_a_retired_name_gives_the_division_of_today(text: str, district: str, renamed: str) -> None:
    field = normalise(text, CONTEXT)

    assert (field.part("district"), field.issues, field.state) == (
        district,
        ("address-renamed",),
        State.VALID,
    )
    assert dict(field.findings[0].params)["value"] == renamed


def test_a_city_outside_its_province_is_named() -> None:
    field = normalise("浙江省南京市玄武区", CONTEXT)

    assert (field.value, field.state, field.issues) == (
        "浙江省南京市玄武区",
        State.POSSIBLE,
        ("address-misplaced",),
    )


def test_the_text_of_an_address_stays_as_typed_and_its_postcode_is_told() -> None:
    field = normalise("310000 浙江省杭州市西湖区\n文三路1号", CONTEXT)

    assert field.value == "310000 浙江省杭州市西湖区\n文三路1号"
    assert (field.part("postcode"), field.part("division"), field.part("detail")) == (
        "310000",
        "330106",
        "文三路1号",
    )


def test_an_address_abroad_is_kept_without_parts() -> None:
    field = normalise("44 Court St, Brooklyn", replace(CONTEXT, country="US"))

    assert (field.value, field.state, field.parts) == ("44 Court St, Brooklyn", State.VALID, ())


@pytest.mark.parametrize("cell", ["无", "--", "……"])
def test_a_filler_is_no_address(cell: str) -> None:
    assert normalise(cell, CONTEXT).state is State.INVALID


def test_the_table_is_whole() -> None:
    by_level = {level: [one for one in divisions() if one.level is level] for level in Level}

    assert len(by_level[Level.PROVINCE]) == 34
    assert len(by_level[Level.CITY]) > 380
    assert len(by_level[Level.DISTRICT]) > 2_800
    for name in ("临平区", "钱塘区", "襄都区", "沙县区", "两江新区"):
        assert name in by_full_name()


def test_every_mainland_division_is_found_by_its_whole_address() -> None:
    unread = [
        one
        for one in divisions()
        if one.level is Level.DISTRICT and one.code
        if take_apart(f"{one.province}{one.city}{one.name}文三路1号")
        != replace(
            take_apart(one.province),
            province=one.province,
            city=one.city,
            district=one.name,
            detail="文三路1号",
            code=one.code,
        )
    ]

    assert unread == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("浙江省", "浙江"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("红河哈尼族彝族自治州", "红河"),
        ("长阳土家族自治县", "长阳"),
        ("浦东新区", "浦东"),
        ("东区", "东区"),
        ("香港特别行政区", "香港"),
    ],
)
def test_a_division_is_called_by_its_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("内蒙古呼和浩特市新城区中山路1号", "内蒙古自治区"),
        ("内蒙古新城大街1号", "内蒙古自治区"),
        ("新疆乌鲁木齐市天山区1号", "新疆维吾尔自治区"),
        ("广西南宁市青秀区1号", "广西壮族自治区"),
        ("宁夏银川市金凤区1号", "宁夏回族自治区"),
        ("西藏拉萨市城关区1号", "西藏自治区"),
    ],
)
def test_an_autonomous_region_is_known_by_its_short_name(text: str, province: str) -> None:
    assert normalise(text, CONTEXT).part("province") == province
