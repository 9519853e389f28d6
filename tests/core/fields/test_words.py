"""Every sentence about fields is said by some cell, and every place in it is filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from backend.core.fields import NORMALISERS
from backend.core.fields.field import Cell, Context, DateOrder
from backend.core.wording import fields, say
from sheets_schema.model import Kind, Language

CONTEXT = Context(
    today=date(2026, 11, 22),
    choices=(("个人", "individual"), ("企业", "company")),
    placeholders=frozenset({"无"}),
)
EXAMPLES: tuple[tuple[str, Kind, Cell], ...] = (
    ("cell-error", Kind.TEXT, "#REF!"),
    ("too-long", Kind.PHONE, "1" * 1001),
    ("formula-text", Kind.TEXT, "=1+1"),
    ("placeholder", Kind.PHONE, "无"),
    ("placeholder-text", Kind.TEXT, "无"),
    ("digits-lost", Kind.IDENTIFIER, 1e16),
    ("phone-mobile-too-short", Kind.PHONE, "1380013800"),
    ("phone-mobile-too-long", Kind.PHONE, "138001380001"),
    ("phone-too-short", Kind.PHONE, "010-6552998"),
    ("phone-too-long", Kind.PHONE, "0755-260012345"),
    ("phone-unknown-prefix", Kind.PHONE, "14912345678"),
    ("phone-unknown-country", Kind.PHONE, "+999123456"),
    ("phone-country-guessed", Kind.PHONE, "0912345678"),
    ("phone-no-area-code", Kind.PHONE, "65529988"),
    ("phone-hotline", Kind.PHONE, "95588"),
    ("phone-letters", Kind.PHONE, "138OO138OOO"),
    ("phone-masked", Kind.PHONE, "138****8000"),
    ("phone-not-a-number", Kind.PHONE, "12:30"),
    ("phone-several", Kind.PHONE, "13800138000/13900139000"),
    ("phone-with-words", Kind.PHONE, "13800138000 张三"),
    ("phone-extension", Kind.PHONE, "010-65529988转801"),
    ("email-no-at", Kind.EMAIL, "qq.com"),
    ("email-two-at", Kind.EMAIL, "a@@b.com"),
    ("email-no-name", Kind.EMAIL, "@qq.com"),
    ("email-no-domain", Kind.EMAIL, "a@"),
    ("email-space", Kind.EMAIL, "a b@qq.com"),
    ("email-dots", Kind.EMAIL, "a..b@qq.com"),
    ("email-bad-name", Kind.EMAIL, "a(b)c@qq.com"),
    ("email-name-too-long", Kind.EMAIL, "a" * 65 + "@qq.com"),
    ("email-bad-domain", Kind.EMAIL, "a@-acme.cn"),
    ("email-domain-no-dot", Kind.EMAIL, "a@acme"),
    ("email-too-long", Kind.EMAIL, "a" * 64 + "@" + ("b" * 62 + ".") * 3 + "com"),
    ("email-domain-typo", Kind.EMAIL, "a@gmial.com"),
    ("email-extra", Kind.EMAIL, "张三 <a@b.com>"),
    ("email-several", Kind.EMAIL, "a@b.com;c@d.com"),
    ("date-unreadable", Kind.DATE, "明天"),
    ("date-ambiguous", Kind.DATE, "03/04/2024"),
    ("date-no-such-month", Kind.DATE, "2024-13-01"),
    ("date-no-such-day", Kind.DATE, "2024-02-30"),
    ("date-out-of-range", Kind.DATE, "1899-01-01"),
    ("date-incomplete", Kind.DATE, "2024-03"),
    ("date-no-year", Kind.DATE, "3月4日"),
    ("date-lunar", Kind.DATE, "正月初一"),
    ("date-minguo", Kind.DATE, "民国113年3月4日"),
    ("date-two-digit-year", Kind.DATE, "24年3月4日"),
    ("date-other-order", Kind.DATE, "2/29/2020"),
    ("date-small-number", Kind.DATE, 12),
    ("date-number-as-text", Kind.DATE, "45355"),
    ("date-empty", Kind.DATE, "1900-01-00"),
    ("date-lunar-read", Kind.DATE, "农历2012年正月初八"),
    ("money-unreadable", Kind.MONEY, "多少钱"),
    ("money-about", Kind.MONEY, "约100元"),
    ("money-with-words", Kind.MONEY, "合计¥100"),
    ("money-several", Kind.MONEY, "¥100 ¥90"),
    ("money-range", Kind.MONEY, "1万-5万元"),
    ("percent-unreadable", Kind.PERCENT, "很多"),
    ("percent-no-sign", Kind.PERCENT, "12"),
    ("age-unreadable", Kind.AGE, "成年"),
    ("age-out-of-range", Kind.AGE, 200),
    ("age-unusual", Kind.AGE, 115),
    ("address-misplaced", Kind.ADDRESS, "浙江省南京市玄武区"),
    ("address-renamed", Kind.ADDRESS, "杭州市江干区"),
    ("address-phone", Kind.ADDRESS, "文三路1号 13800138000"),
    ("postcode-length", Kind.POSTCODE, "31000"),
    ("postcode-unknown", Kind.POSTCODE, "999999"),
    ("postcode-zero-lost", Kind.POSTCODE, 10010),
    ("postcode-of-country", Kind.POSTCODE, "SW1A 1AA"),
    ("postcode-form", Kind.POSTCODE, "邮编"),
    ("company-only-form", Kind.COMPANY, "有限公司"),
    ("resident-id-length", Kind.RESIDENT_ID, "1101051949"),
    ("resident-id-characters", Kind.RESIDENT_ID, "1101O519491231002X"),
    ("resident-id-form", Kind.RESIDENT_ID, "A12345"),
    ("resident-id-province", Kind.RESIDENT_ID, "010105194912310021"),
    ("resident-id-birth-date", Kind.RESIDENT_ID, "110105194913310021"),
    ("resident-id-check", Kind.RESIDENT_ID, "110105194912310021"),
    ("resident-id-old", Kind.RESIDENT_ID, "110105491231002"),
    ("url-characters", Kind.URL, "http://a b.com"),
    ("url-scheme", Kind.URL, "mailto:a@b.com"),
    ("url-host", Kind.URL, "https://example"),
    ("url-no-domain", Kind.DOMAIN, "http://10.0.0.1/"),
    ("wechat-characters", Kind.WECHAT, "张三的微信"),
    ("wechat-first", Kind.WECHAT, "-abc123"),
    ("wechat-length", Kind.WECHAT, "abc"),
    ("wechat-phone", Kind.WECHAT, "13800138000"),
    ("wechat-qq", Kind.WECHAT, "12345678"),
    ("qq-form", Kind.QQ, "0123"),
    ("qq-phone", Kind.QQ, "13800138000"),
    ("consent-unknown", Kind.CONSENT, "未知"),
    ("consent-unclear", Kind.CONSENT, "再说吧"),
    ("iban-form", Kind.IBAN, "12"),
    ("iban-check", Kind.IBAN, "DE88370400440532013000"),
    ("money-ambiguous", Kind.MONEY, "1.234"),
    ("money-percent", Kind.MONEY, "12%"),
    ("money-other-currency", Kind.MONEY, "$12"),
    ("money-too-large", Kind.MONEY, 1e18),
    ("money-rounded", Kind.MONEY, 12.345),
    ("number-unreadable", Kind.NUMBER, "3个"),
    ("number-percent", Kind.NUMBER, "12%"),
    ("number-too-large", Kind.NUMBER, "9" * 20),
    ("number-not-whole", Kind.INTEGER, 3.5),
    ("choice-unknown", Kind.CHOICE, "zzz"),
    ("choice-unknown-near", Kind.CHOICE, "个体"),
    ("boolean-unknown", Kind.BOOLEAN, "也许"),
    ("name-no-letters", Kind.NAME, "123"),
    ("name-repeated", Kind.NAME, "哈哈哈"),
    ("name-digits", Kind.NAME, "张伟13800138000"),
    ("name-title", Kind.NAME, "张伟先生"),
    ("name-title-only", Kind.NAME, "张先生"),
    ("tax-id-credit-code-length", Kind.TAX_ID, "9111000060003734"),
    ("tax-id-length", Kind.TAX_ID, "DE13669597"),
    ("tax-id-check", Kind.TAX_ID, "91110000600037341A"),
    ("tax-id-form", Kind.TAX_ID, "9111OOOO600037341L"),
    ("tax-id-characters", Kind.TAX_ID, "税号"),
    ("tax-id-old", Kind.TAX_ID, "110108772551611"),
)


def context_of(code: str) -> Context:
    countries = {"tax-id-length": "DE", "resident-id-form": "TW", "postcode-form": "AE"}
    if code in countries:
        return replace(CONTEXT, country=countries[code])
    return replace(CONTEXT, date_order=DateOrder.DAY_FIRST) if code == "date-other-order" else CONTEXT


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_worded_code_has_a_cell_that_says_it() -> None:
    assert {code for code, _, _ in EXAMPLES} == set(fields.WORDS)


@pytest.mark.parametrize(("code", "kind", "cell"), EXAMPLES, ids=[code for code, _, _ in EXAMPLES])
def test_the_places_of_a_sentence_are_filled_by_its_finding(code: str, kind: Kind, cell: Cell) -> None:
    field = NORMALISERS[kind](cell, context_of(code))

    params = next(dict(finding.params) for finding in field.findings if finding.code == code)
    for language in Language:
        words = fields.WORDS[code].zh if language is Language.ZH else fields.WORDS[code].en
        sentence = say(code, language, **params)
        assert places(words) <= set(params)
        assert "{" not in sentence
        assert not sentence.endswith(("。", "."))


@pytest.mark.parametrize("code", sorted(fields.WORDS))
def test_a_sentence_is_short_and_has_a_severity(code: str) -> None:
    words = fields.WORDS[code]

    assert words.severity is not None
    assert (len(words.zh) <= 60, len(words.en) <= 110) == (True, True)
    assert places(words.zh) == places(words.en)


def test_how_far_a_mobile_is_off_is_said_in_both_languages() -> None:
    params = {"digits": "10", "expected": "11", "missing": "1"}

    assert say("phone-mobile-too-short", Language.ZH, **params) == "只有 10 位，手机号应为 11 位，少了 1 位"
    assert (
        say("phone-mobile-too-short", Language.EN, **params)
        == "has 10 digits; a mobile number has 11, 1 missing"
    )
