"""Forms that no table of cases held, from first principles: each was wrong once or might have been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as day

import pytest

from backend.core.fields import address, company, date, money, phone, resident_id, tax_id
from backend.core.fields.field import Context, State

CONTEXT = Context(today=day(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("公历2024年3月5日", "2024-03-05"),
        ("阳历1990年5月5日", "1990-05-05"),
        ("日期：2024-3-5", "2024-03-05"),
        ("生于1990年5月5日", "1990-05-05"),
        ("1990-5-5生", "1990-05-05"),
        ("2024年3月5日出生", "2024-03-05"),
        ("2024.3月5日", "2024-03-05"),
        ("2024-3-5日", "2024-03-05"),
        ("2024年3月5日凌晨", "2024-03-05"),
        ("2024、3、5", "2024-03-05"),
        ("2024_03_05", "2024-03-05"),
        ("2024\\3\\5", "2024-03-05"),
        ("2024, 3, 5", "2024-03-05"),
        ("2024-2-30日", ""),
        ("2024年3-5日", ""),  # the third to the fifth of what, or the fifth of March
        ("2024,305", ""),
        ("1,234,5", ""),
        ("昨天", ""),
        ("出生", ""),
    ],
)
def test_a_date_with_words_or_other_signs_around_it(text: str, iso: str) -> None:
    assert date.normalise(text, CONTEXT).value == iso


@pytest.mark.parametrize(
    ("text", "minor", "state"),
    [
        ("3千5", 350_000, State.VALID),
        ("3千零5", 300_500, State.VALID),
        ("3千50", 305_000, State.VALID),
        ("1万2", 1_200_000, State.VALID),
        ("1万2千3", 1_230_000, State.VALID),
        ("1亿2", 12_000_000_000, State.VALID),
        ("1万零5", 1_000_500, State.VALID),
        ("一百块零五毛", 10_050, State.VALID),
        ("一百块零五分", 10_005, State.VALID),
        ("10W+", 10_000_000, State.POSSIBLE),
        ("1.2万+", 1_200_000, State.POSSIBLE),
        ("CN¥100", 10_000, State.VALID),
        ("JP¥100", "", State.INVALID),
        ("5折", "", State.INVALID),
    ],
)
def test_an_amount_as_it_is_said(text: str, minor: int | str, state: State) -> None:
    field = money.normalise(text, CONTEXT)

    assert (field.value, field.state) == (minor, state)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("內蒙古自治區呼和浩特市", ("内蒙古自治区", "呼和浩特市", "")),
        ("福建省廈門市思明區", ("福建省", "厦门市", "思明区")),
        ("新疆維吾爾自治區烏魯木齊市", ("新疆维吾尔自治区", "乌鲁木齐市", "")),
        ("湖南省長沙市嶽麓區", ("湖南省", "长沙市", "岳麓区")),
        ("廣東省廣州市天河區", ("广东省", "广州市", "天河区")),
    ],
)
def test_an_address_in_traditional_characters_is_read_and_not_called_renamed(
    text: str, parts: tuple[str, str, str]
) -> None:
    field = address.normalise(text, CONTEXT)

    assert tuple(field.part(name) for name in ("province", "city", "district")) == parts
    assert field.issues == ()


@pytest.mark.parametrize(
    ("name", "core", "form"),
    [
        ("阿里巴巴(中国)网络技术有限公司", "阿里巴巴网络技术", "有限公司"),
        ("阿里地区天路商贸有限公司", "天路商贸", "有限公司"),
        ("株式会社トヨタ", "トヨタ", "株式会社"),
        ("（株）日立", "日立", "株式会社"),
        ("㈱日立製作所", "日立製作所", "株式会社"),
        ("Foo GmbH & Co. KG", "Foo", "GmbH Co KG"),
    ],
)
def test_what_a_company_is_called_and_what_it_is(name: str, core: str, form: str) -> None:
    field = company.normalise(name, CONTEXT)

    assert (field.part("core"), field.part("legal_form")) == (core, form)


@pytest.mark.parametrize(
    ("text", "country", "number", "state"),
    [
        ("13812345678", "HK", "+8613812345678", State.POSSIBLE),
        ("13812345678", "GB", "+8613812345678", State.POSSIBLE),
        ("91234567", "HK", "+85291234567", State.VALID),
        ("1-650-253-0000", "US", "+16502530000", State.VALID),
        ("13102345678", "US", "+13102345678", State.VALID),
    ],
)
def test_a_chinese_mobile_is_known_in_a_row_of_another_country(
    text: str, country: str, number: str, state: State
) -> None:
    field = phone.normalise(text, replace(CONTEXT, country=country))

    assert (field.value, field.state) == (number, state)


@pytest.mark.parametrize(
    ("text", "minor"), [("99¢", 99), ("2 for $5", 500), ("$12.99 (was $15.99)", 1_299), ("$10/month", 1_000)]
)
def test_of_several_numbers_the_one_beside_the_sign_is_the_price(text: str, minor: int) -> None:
    assert money.normalise(text, replace(CONTEXT, currency="")).value == minor


def test_a_number_may_say_what_it_is() -> None:
    assert resident_id.normalise("身份证号：11010519491231002x", CONTEXT).value == "11010519491231002X"
    assert tax_id.normalise("统一社会信用代码：91110000600037341L", CONTEXT).value == "91110000600037341L"
