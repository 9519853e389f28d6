from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.core.masking import mask, masked_params, masked_text, shown
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from sheets_schema.model import Column

MOBILE, NAME, BIRTH = (CUSTOMERS.column(name) for name in ("mobile", "full_name", "birth_date"))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("+8613800138000", "+86138****8000"),
        ("13800138000", "138****8000"),
        ("123456789", "1****6789"),
        ("12345678", "1***"),
        ("1", "1***"),
        ("wang@qq.com", "w***@qq.com"),
        ("@qq.com", "***@qq.com"),
        ("a@b@qq.com", "a***@qq.com"),
        ("微信@13800138000", "微***@138****8000"),
        ("杭州市西湖区文三路四百七十八号三楼三零一室", "杭州市西湖区****三零一室"),
    ],
)
def test_enough_is_left_to_recognise_a_contact(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(st.integers(9, 60).flatmap(lambda size: st.permutations([chr(0x4E00 + at) for at in range(size)])))
@example([*"0123456789"])
def test_the_middle_is_never_shown(chars: list[str]) -> None:
    text = "".join(chars)
    middle = text[6:-4] if len(text) > 14 else text[len(text) - 8 : -4]

    assert not set(middle) & set(mask(text))


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        (MOBILE, "13800138000", "138****8000"),
        (MOBILE, 13800138000, "138****8000"),
        (MOBILE, "", ""),
        (NAME, "王小明", "王小明"),
        (BIRTH, 45000, "2023-03-15"),
        (BIRTH, 45000.75, "2023-03-15"),
        (BIRTH, 20240304, "20240304"),
        (BIRTH, 1e300, "1e+300"),
        (BIRTH, -5, "-5"),
        (BIRTH, True, "True"),
        (BIRTH, "昨天", "昨天"),
    ],
)
def test_a_cell_is_shown_masked_when_it_is_a_contact_and_as_a_date_when_it_is_one(
    column: Column,
    cell: str | float,
    text: str,
) -> None:
    assert shown(column, cell) == text


def test_what_a_sentence_says_of_a_contact_is_masked_and_its_figures_are_not() -> None:
    params = (
        ("value", "13800138000"),
        ("proposal", "wang@qq.com"),
        ("words", "wangqq.com"),
        ("digits", "10"),
        ("domain", "qq.con"),
        ("proposal", "qq.com"),
    )

    assert masked_params(MOBILE, params) == (
        ("value", "138****8000"),
        ("proposal", "w***@qq.com"),
        ("words", "wa****.com"),
        ("digits", "10"),
        ("domain", "qq.con"),
        ("proposal", "qq.com"),
    )
    assert masked_params(NAME, params) == params


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("“13800138000”不是选项", "“138****8000”不是选项"),
        ("call +86 138-0013-8000 or wang@qq.com", "call +86 13****8000 or w***@qq.com"),
        ("since 2026-11-22 there are 12,345 rows", "since 2026-11-22 there are 12,345 rows"),
    ],
)
def test_contacts_inside_a_sentence_are_masked_and_dates_stay(text: str, masked: str) -> None:
    assert masked_text(text) == masked
