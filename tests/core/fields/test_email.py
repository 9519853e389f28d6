from __future__ import annotations

from datetime import date

import pytest

from backend.core.fields.email import key, normalise, propose_domain
from backend.core.fields.field import Context, Field, State

CONTEXT = Context(
    today=date(2026, 11, 22),
    placeholders=frozenset({"无", "nobody@example.com"}),
    email_domains=("acme-tools.cn",),
)


def read(cell: str | float) -> Field:
    return normalise(cell, CONTEXT)


def told(field: Field) -> list[str]:
    return [finding.code for finding in field.findings]


@pytest.mark.parametrize(
    "cell", ["a@qq.com", "Zhang.San@acme-tools.cn", "用户@例子.公司", "a+b@x.co.uk", "o'neil@x.com"]
)
def test_a_right_address_is_left_alone(cell: str) -> None:
    field = read(cell)

    assert (field.value, field.state, field.findings, field.suggestion) == (cell, State.VALID, (), "")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Zhang@QQ.COM", "Zhang@qq.com"),
        (" a@qq.com ", "a@qq.com"),
        ("ａ＠qq．com", "a@qq.com"),
        ("a\u200b@qq.com", "a@qq.com"),
    ],
)
def test_case_width_and_spaces_change_the_form_only(cell: str, value: str) -> None:
    field = read(cell)

    assert (field.value, field.state, field.findings, field.suggestion) == (value, State.VALID, (), value)


@pytest.mark.parametrize(
    "cell",
    [
        "mailto:a@b.com",
        "张三 <a@b.com>",
        "邮箱：a@b.com",
        "<a@b.com>",
        "a@b.com.",
        "a@b.com;",
        "a@b.com\n",
        "'a@b.com",
        "a@b.com 张三",
        "张三 a@b.com",
        "a@b.com（工作）",
        "a@b.com张三",
    ],
)
def test_what_stands_around_an_address_is_taken_off_and_said(cell: str) -> None:
    field = read(cell)

    assert (field.value, field.state, told(field)) == ("a@b.com", State.POSSIBLE, ["email-extra"])
    assert field.suggestion == "a@b.com"


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@qq.con", "a@qq.com"),
        ("a@163.cm", "a@163.com"),
        ("a@hotmial.com", "a@hotmail.com"),
        ("a@acme-tool.cn", "a@acme-tools.cn"),
        ("a@some-company.con", "a@some-company.com"),
    ],
)
def test_a_domain_that_is_probably_mistyped_is_kept_and_the_likely_one_suggested(
    cell: str, meant: str
) -> None:
    field = read(cell)

    assert (field.value, field.state, told(field)) == (cell, State.POSSIBLE, ["email-domain-typo"])
    assert field.suggestion == meant


@pytest.mark.parametrize(
    "domain", ["mail.com", "139.com", "foxmail.com", "example.org", "acme-tools.cn", "tencent.com"]
)
def test_a_right_domain_is_no_typo(domain: str) -> None:
    assert propose_domain(domain, ("acme-tools.cn",)) == ""


@pytest.mark.parametrize(
    ("cell", "code", "suggestion"),
    [
        ("zhangsan", "email-no-at", ""),
        ("aqq.com", "email-no-at", ""),
        ("a@@b.com", "email-two-at", ""),
        ("@qq.com", "email-no-name", ""),
        ("a@", "email-no-domain", ""),
        ("a b@qq.com", "email-space", "ab@qq.com"),
        ("a@qq .com", "email-space", "a@qq.com"),
        ("a..b@qq.com", "email-dots", ""),
        (".a@qq.com", "email-dots", ""),
        ("a@qq..com", "email-dots", "a@qq.com"),
        ("a@gmailcom", "email-domain-no-dot", "a@gmail.com"),
        ("a@qq,com", "email-domain-no-dot", "a@qq.com"),
        ("a@acme", "email-domain-no-dot", ""),
        ("a@-acme.cn", "email-bad-domain", ""),
        ("a@x.test", "email-bad-domain", ""),
        ("a(b)c@qq.com", "email-bad-name", ""),
        ("a" * 65 + "@qq.com", "email-name-too-long", ""),
        ("a" * 64 + "@" + ("b" * 62 + ".") * 3 + "com", "email-too-long", ""),
        ("test@test.cn", "placeholder", ""),
        ("nobody@example.com", "placeholder", ""),
        ("无", "placeholder", ""),
        ("=a@qq.com", "formula-text", ""),
        (",=a@qq.com", "formula-text", ""),
        ("a" * 1001, "too-long", ""),
        (12, "email-no-at", ""),
    ],
)
def test_what_is_wrong_with_an_address_is_named(cell: str | float, code: str, suggestion: str) -> None:
    field = read(cell)

    assert (field.value, field.state, told(field), field.suggestion) == (
        "",
        State.INVALID,
        [code],
        suggestion,
    )


@pytest.mark.parametrize(
    "cell", ["a@b.com;c@d.com", "a@b.com, c@d.com", "a@b.com c@d.com", "a@b.com、c@d.com", "x@y/a@b.com"]
)
def test_of_several_addresses_the_first_usable_is_taken(cell: str) -> None:
    field = read(cell)

    assert (field.value, field.state, told(field), field.suggestion) == (
        "a@b.com",
        State.POSSIBLE,
        ["email-several"],
        "",
    )


def test_several_addresses_none_of_them_usable_are_invalid() -> None:
    field = read("a@b;c@d")

    assert (field.value, told(field)) == ("", ["email-several", "email-domain-no-dot"])


def test_addresses_are_compared_without_case() -> None:
    assert key("Zhang@qq.com") == key("zhang@qq.com")
