"""Postcodes, IBANs, WeChat, QQ, web addresses: codes that have one form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backend.core.fields import iban, postcode, social, url
from backend.core.fields.field import Cell, Context, State

CONTEXT = Context(today=date(2026, 11, 22), placeholders=frozenset({"无"}))


@pytest.mark.parametrize(
    ("cell", "country", "value"),
    [
        ("310000", "CN", "310000"),
        (310000, "CN", "310000"),
        ("邮编：310000", "CN", "310000"),
        ("３１００００", "CN", "310000"),
        ("310000.0", "CN", "310000"),
        ("sw1a1aa", "GB", "SW1A 1AA"),
        ("1540023", "JP", "154-0023"),
        ("K1A0B1", "CA", "K1A 0B1"),
        ("95014-1234", "US", "95014-1234"),
        ("CH-8000", "CH", "8000"),
        ("999077", "HK", "999077"),
        ("ABC 123", "AE", "ABC 123"),
    ],
)
def test_a_postcode_is_read_in_the_form_of_its_country(cell: Cell, country: str, value: str) -> None:
    field = postcode.normalise(cell, replace(CONTEXT, country=country))

    assert (field.value, field.state) == (value, State.VALID)


@pytest.mark.parametrize(
    ("cell", "country", "code"),
    [
        ("31000", "CN", "postcode-length"),
        ("389999", "CN", "postcode-unknown"),
        ("SW1A 1AA", "CN", "postcode-of-country"),
        ("310000", "GB", "postcode-of-country"),
        ("K1A 0D1", "CA", "postcode-of-country"),
        ("无", "CN", "placeholder"),
    ],
)
def test_what_is_wrong_with_a_postcode_is_named(cell: str, country: str, code: str) -> None:
    assert postcode.normalise(cell, replace(CONTEXT, country=country)).issues == (code,)


def test_a_nought_that_a_number_lost_is_put_back() -> None:
    field = postcode.normalise(10010, CONTEXT)

    assert (field.value, field.state, field.suggestion, field.part("province")) == (
        "010010",
        State.POSSIBLE,
        "010010",
        "内蒙古自治区",
    )
    assert postcode.normalise("10010", CONTEXT).value == ""


@pytest.mark.parametrize(
    "cell", ["DE89370400440532013000", "de89 3704 0044 0532 0130 00", "IBAN: DE89 3704 0044 0532 0130 00"]
)
def test_an_iban_has_one_form(cell: str) -> None:
    field = iban.normalise(cell, CONTEXT)

    assert (field.value, field.state, field.part("country")) == ("DE89370400440532013000", State.VALID, "DE")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("DE88370400440532013000", "iban-check"),
        ("DE8937040044053201300", "iban-check"),
        ("6222020200012345678", "iban-form"),
    ],
)
def test_what_is_wrong_with_an_iban_is_named(cell: str, code: str) -> None:
    assert iban.normalise(cell, CONTEXT).issues == (code,)


@pytest.mark.parametrize(
    ("cell", "value", "state"),
    [
        ("zhang_san-88", "zhang_san-88", State.VALID),
        ("wxid_abc123", "wxid_abc123", State.VALID),
        ("微信：ZhangSan88", "ZhangSan88", State.VALID),
        ("wechat: zhangsan", "zhangsan", State.VALID),
        ("13800138000", "13800138000", State.POSSIBLE),
        (13800138000, "13800138000", State.POSSIBLE),
        ("12345678", "12345678", State.POSSIBLE),
        ("zhang san", "", State.INVALID),
        ("张三", "", State.INVALID),
        ("abc", "", State.INVALID),
        ("a" * 21, "", State.INVALID),
        ("无", "", State.INVALID),
    ],
)
def test_a_wechat_id_is_told_from_what_people_type_instead(cell: Cell, value: str, state: State) -> None:
    field = social.normalise_wechat(cell, CONTEXT)

    assert (field.value, field.state) == (value, state)


@pytest.mark.parametrize(
    ("cell", "value", "state"),
    [
        ("10001", "10001", State.VALID),
        (123456789, "123456789", State.VALID),
        ("QQ:123456789", "123456789", State.VALID),
        ("123456789@qq.com", "123456789", State.VALID),
        ("13800138000", "13800138000", State.POSSIBLE),
        ("0123456", "", State.INVALID),
        ("1234", "", State.INVALID),
        ("111111", "", State.INVALID),
        ("abc", "", State.INVALID),
    ],
)
def test_a_qq_number_is_five_to_eleven_digits(cell: Cell, value: str, state: State) -> None:
    field = social.normalise_qq(cell, CONTEXT)

    assert (field.value, field.state) == (value, state)


@pytest.mark.parametrize(
    ("cell", "value", "domain"),
    [
        ("https://www.example.com/a?b=1#c", "https://www.example.com/a?b=1#c", "example.com"),
        ("HTTP://WWW.Example.COM/Path", "http://www.example.com/Path", "example.com"),
        ("example.com", "https://example.com", "example.com"),
        ("www.example.com.", "https://www.example.com", "example.com"),
        ("官网：www.example.cn", "https://www.example.cn", "example.cn"),
        ("http://例子.测试", "http://例子.测试", "例子.测试"),
        ("http://10.0.0.1:8080/", "http://10.0.0.1:8080/", "10.0.0.1"),
        ("http://[::1]/", "http://[::1]/", "::1"),
    ],
)
def test_a_web_address_has_one_form(cell: str, value: str, domain: str) -> None:
    field = url.normalise(cell, CONTEXT)

    assert (field.value, field.state, field.part("domain")) == (value, State.VALID, domain)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("javascript:alert(1)", "url-scheme"),
        ("mailto:a@b.com", "url-scheme"),
        ("//example.com", "url-scheme"),
        ("http://exa mple.com", "url-characters"),
        ("http://example", "url-host"),
        ("http://-a.com", "url-host"),
        ("http://1.2.3.256", "url-host"),
        ("http://example.com:99999", "url-host"),
        ("a@example.com", "url-host"),
        ("无", "placeholder"),
    ],
)
def test_what_is_no_web_address_is_named(cell: str, code: str) -> None:
    assert url.normalise(cell, CONTEXT).issues == (code,)


@pytest.mark.parametrize(
    ("cell", "domain"),
    [
        ("https://www.Example.com:443/a", "example.com"),
        ("example.co.uk", "example.co.uk"),
        ("www.cn", "www.cn"),
    ],
)
def test_a_domain_is_taken_out_of_an_address(cell: str, domain: str) -> None:
    assert url.normalise_domain(cell, CONTEXT).value == domain


def test_an_ip_address_is_no_domain() -> None:
    assert url.normalise_domain("http://10.0.0.1/", CONTEXT).issues == ("url-no-domain",)
