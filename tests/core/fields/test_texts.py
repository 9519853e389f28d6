"""Text, names, ids, tax ids, choices, and the hygiene they share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.fields import choice, identifier, name, tax_id, text
from backend.core.fields.clean import clean, clean_lines, halfwidth, key
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt

CONTEXT = Context(
    today=date(2026, 11, 22),
    choices=(
        ("individual", "individual"),
        ("个人", "individual"),
        ("company", "company"),
        ("企业", "company"),
        ("无", "none"),
    ),
    placeholders=frozenset({"无", "n/a"}),
)


def told(field: Field) -> list[str]:
    return [finding.code for finding in field.findings]


@pytest.mark.parametrize(
    ("dirty", "right"),
    [
        (" 张\u200b伟\ufeff ", "张伟"),
        ("a\u3000\xa0b", "a b"),
        ("a\x00b\x7fc\ud800d", "abcd"),
        ("\u202a138\u202c", "138"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
        ("张\u200d伟", "张伟"),
        ("👨\u200b\u200d\u200d", "👨"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("a\U000e0067b", "ab"),
        ("a\tb\nc", "a b c"),
        ("plain text", "plain text"),
    ],
)
def test_what_nobody_sees_is_taken_out(dirty: str, right: str) -> None:
    assert clean(dirty) == right


@given(dirty=st.text(st.characters(exclude_categories=())))
def test_a_clean_text_is_clean(dirty: str) -> None:
    assert clean(clean(dirty)) == clean(dirty)
    assert clean_lines(clean_lines(dirty)) == clean_lines(dirty)
    assert key(key(dirty)) == key(dirty)


def test_the_key_forgets_width_and_case_and_the_half_width_form_does_not() -> None:
    assert (key("ＡＢＣ㈱ Ｘ"), halfwidth("ＡＢＣ㈱￥")) == ("abc(株) x", "ABC㈱¥")


def test_an_excerpt_fits_into_a_sentence() -> None:
    assert (excerpt("a" * 40), excerpt("a" * 41)) == ("a" * 40, "a" * 39 + "…")


@pytest.mark.parametrize(
    ("cell", "value", "state", "codes", "suggestion"),
    [
        ("老客户", "老客户", State.VALID, [], ""),
        (" a \r\n\n b ", "a\n\nb", State.VALID, [], "a\n\nb"),
        (5.0, "5", State.VALID, [], ""),
        (True, "TRUE", State.VALID, [], ""),
        ("=1+1", "=1+1", State.POSSIBLE, ["formula-text"], ""),
        ("＝1", "＝1", State.POSSIBLE, ["formula-text"], ""),
        ("无", "", State.INVALID, ["placeholder-text"], ""),
        ("x" * 50_001, "", State.INVALID, ["too-long"], ""),
    ],
)
def test_free_text_keeps_its_lines(
    cell: Cell, value: str, state: State, codes: list[str], suggestion: str
) -> None:
    field = text.normalise(cell, CONTEXT)

    assert (field.value, field.state, told(field), field.suggestion) == (value, state, codes, suggestion)


@pytest.mark.parametrize(
    "cell",
    [
        "张偉",
        "欧阳娜娜",
        "张伟(北京)",
        "Zhang Wei",
        "买买提·吐尔逊",
        "金",
        "丽丽",
        "北京 分公司",
        "3M",
        "Dr. Martens",
        "😀张",
    ],
)
def test_a_right_name_is_left_alone(cell: str) -> None:
    field = name.normalise(cell, CONTEXT)

    assert (field.value, field.state, field.findings, field.suggestion) == (cell, State.VALID, (), "")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("张\xa0伟", "张伟"),
        ("张　伟", "张伟"),
        ("李 小 明", "李小明"),
        ("王 小明", "王小明"),
        ("张\u200b伟", "张伟"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提 ‧ 吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("Ｚｈａｎｇ　Ｗｅｉ", "Zhang Wei"),
        (" Zhang  Wei ", "Zhang Wei"),
    ],
)
def test_a_name_is_cleaned_and_never_split(cell: str, value: str) -> None:
    field = name.normalise(cell, CONTEXT)

    assert (field.value, field.state, field.findings, field.suggestion) == (value, State.VALID, (), value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("张伟先生", "张伟"),
        ("Mr. John Smith", "John Smith"),
        ("Mrs Smith", "Smith"),
        ("张伟 先生先生", "张伟"),
    ],
)
def test_a_form_of_address_is_taken_off(cell: str, value: str) -> None:
    field = name.normalise(cell, CONTEXT)

    assert (field.value, field.state, told(field), field.suggestion) == (
        value,
        State.VALID,
        ["name-title"],
        value,
    )


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("张先生", "name-title-only"),
        ("王总", "name-title-only"),
        ("老王", "name-title-only"),
        ("aaaa", "name-repeated"),
        ("哈哈哈", "name-repeated"),
        ("张伟13800138000", "name-digits"),
        ("=HYPERLINK(1)", "formula-text"),
    ],
)
def test_a_doubtful_name_is_kept_and_said(cell: str, code: str) -> None:
    field = name.normalise(cell, CONTEXT)

    assert (field.value, field.state, told(field)) == (cell, State.POSSIBLE, [code])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *(
            (nobody, "placeholder")
            for nobody in (
                "test",
                "测试01",
                "测试客户",
                "无名",
                "未知",
                "N/A",
                "匿名",
                "xxx",
                "asdf",
                "Mr. test",
            )
        ),
        ("123", "name-no-letters"),
        ("...", "name-no-letters"),
        (12, "name-no-letters"),
        ("先生" * 101, "too-long"),
    ],
)
def test_what_is_no_name_is_named(cell: Cell, code: str) -> None:
    field = name.normalise(cell, CONTEXT)

    assert (field.value, field.state, told(field)) == ("", State.INVALID, [code])


def test_a_title_alone_is_left_standing() -> None:
    assert name.normalise("Mr. 先生", CONTEXT).value == "Mr. 先生"


@pytest.mark.parametrize(
    ("cell", "value", "suggestion"),
    [
        (1001, "1001", ""),
        (1001.0, "1001", ""),
        ("0012", "0012", ""),
        (" A-1 ", "A-1", "A-1"),
        (1.5, "1.5", ""),
    ],
)
def test_an_id_is_text(cell: Cell, value: str, suggestion: str) -> None:
    field = identifier.normalise(cell, CONTEXT)

    assert (field.value, field.state, field.suggestion) == (value, State.VALID, suggestion)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (10**15, "digits-lost"),
        (1e20, "digits-lost"),
        ("1.23457E+17", "digits-lost"),
        ("n/a", "placeholder"),
        ("=A1", "formula-text"),
    ],
)
def test_an_id_that_cannot_be_right_is_named(cell: Cell, code: str) -> None:
    assert told(identifier.normalise(cell, CONTEXT)) == [code]


@pytest.mark.parametrize(
    ("cell", "country", "value", "suggestion"),
    [
        ("91110000600037341L", "CN", "91110000600037341L", ""),
        ("9111 0000 6000 3734 1l", "CN", "91110000600037341L", "91110000600037341L"),
        ("DE136695976", "DE", "DE136695976", ""),
        ("DE 136 695 976", "DE", "DE136695976", "DE136695976"),
        ("136695976", "DE", "136695976", ""),
        ("12-3456789", "US", "123456789", "123456789"),
        ("ABC123", "VG", "ABC123", ""),
        ("ABC123", "", "ABC123", ""),
    ],
)
def test_a_tax_id_is_read_by_the_rules_of_its_country(
    cell: str, country: str, value: str, suggestion: str
) -> None:
    field = tax_id.normalise(cell, replace(CONTEXT, country=country))

    assert (field.value, field.state, field.suggestion) == (value, State.VALID, suggestion)


@pytest.mark.parametrize(
    ("cell", "country", "code", "suggestion"),
    [
        ("91110000600037341A", "CN", "tax-id-check", ""),
        ("9111OOOO600037341L", "CN", "tax-id-form", "91110000600037341L"),
        ("9111000060003734", "CN", "tax-id-credit-code-length", ""),
        ("110108772551611", "CN", "tax-id-old", ""),
        ("税号123", "CN", "tax-id-characters", ""),
        (123456789012345678, "CN", "digits-lost", ""),
        ("9" * 41, "CN", "too-long", ""),
        ("无", "CN", "placeholder", ""),
        ("DE136695978", "DE", "tax-id-check", ""),
        ("DE13669597", "DE", "tax-id-length", ""),
        ("00-1234567", "US", "tax-id-form", ""),
        ("G00SR3KP1A9", "GH", "tax-id-form", ""),
    ],
)
def test_what_is_wrong_with_a_tax_id_is_named(cell: Cell, country: str, code: str, suggestion: str) -> None:
    field = tax_id.normalise(cell, replace(CONTEXT, country=country))

    assert (told(field), field.suggestion) == ([code], suggestion)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("个人", "individual"),
        ("Individual", "individual"),
        (" 企业 ", "company"),
        ("ＣＯＭＰＡＮＹ", "company"),
        ("无", "none"),
    ],
)
def test_a_choice_is_found_in_any_spelling_and_before_a_placeholder(cell: str, code: str) -> None:
    field = choice.normalise(cell, CONTEXT)

    assert (field.value, field.state, field.findings, field.suggestion) == (code, State.VALID, (), "")


@pytest.mark.parametrize(
    ("cell", "finding", "suggestion"),
    [
        ("compny", "choice-unknown-near", "company"),
        ("个体", "choice-unknown-near", "个人"),
        ("zzz", "choice-unknown", ""),
        ("n/a", "placeholder", ""),
        (3, "choice-unknown", ""),
    ],
)
def test_what_is_no_choice_is_named_with_the_nearest(cell: Cell, finding: str, suggestion: str) -> None:
    field = choice.normalise(cell, CONTEXT)

    assert (field.value, told(field), field.suggestion) == ("", [finding], suggestion)


def test_only_the_first_choices_are_named() -> None:
    many = replace(CONTEXT, choices=tuple((f"甲{number}", str(number)) for number in range(8)))
    few = choice.normalise("zzz", CONTEXT)

    assert dict(few.findings[0].params)["allowed"] == "individual / company / 无"
    assert (
        dict(choice.normalise("zzz", many).findings[0].params)["allowed"]
        == "甲0 / 甲1 / 甲2 / 甲3 / 甲4 / 甲5 …"
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((yes, "yes") for yes in (True, "TRUE", "是", "同意", "√", "✅", "Y", 1, 1.0)),
        *((no, "no") for no in (False, "否", "不同意", "×", "N", 0)),
    ],
)
def test_yes_and_no_are_read_in_many_words(cell: Cell, value: str) -> None:
    field = choice.normalise_boolean(cell, replace(CONTEXT, choices=()))

    assert (field.value, field.state, field.suggestion) == (value, State.VALID, "")


@pytest.mark.parametrize(
    ("cell", "finding"), [("也许", "boolean-unknown"), ("n/a", "placeholder"), (2, "boolean-unknown")]
)
def test_what_is_neither_yes_nor_no_is_named(cell: Cell, finding: str) -> None:
    assert told(choice.normalise_boolean(cell, CONTEXT)) == [finding]


def test_the_words_of_the_register_go_before_the_usual_ones() -> None:
    opposite = replace(CONTEXT, choices=(("y", "no"),))

    assert choice.normalise_boolean("Y", opposite).value == "no"


@pytest.mark.parametrize(
    ("cell", "country", "state"),
    [
        ("01-1234567", "US", State.VALID),
        ("0-11234567", "US", State.INVALID),
        ("CHE-116.281.710 MWST", "CH", State.VALID),
        ("CHE-116/281/710 MWST", "CH", State.INVALID),
    ],
)
def test_the_signs_of_a_foreign_id_stand_where_its_country_puts_them(
    cell: str, country: str, state: State
) -> None:
    assert tax_id.normalise(cell, replace(CONTEXT, country=country)).state is state
