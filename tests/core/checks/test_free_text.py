from __future__ import annotations

import pytest

from backend.core.checks.free_text import find_sensitive_texts, find_sensitive_texts_elsewhere, scan
from backend.core.fields.field import Context
from sheets_schema.model import Language
from tests.builders import TODAY, customer, facts_of, places, sheet_read, tab_read

CONTEXT = Context(today=TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("卡号 4111 1111 1111 1111", "text-card-number"),
        ("4111-1111-1111-1111，有效期 12/27", "text-card-number"),
        ("卡号6222021234567890128", "text-card-number"),
        ("amex 378282246310005", "text-card-number"),
        ("卡号４１１１１１１１１１１１１１１１", "text-card-number"),
        ("4111 1111 1111 1112", ""),
        ("订单 9111111111111111", ""),
        ("身份证11010519491231002X", "text-resident-id"),
        ("身份证 110105 19491231 002x", "text-resident-id"),
        ("身份证110105194912310021", ""),
        ("电话 13812348000，座机 010-65529988", ""),
        ("13812348000 13912348001", ""),
        ("信用代码 91110000600037341L", ""),
        ("2026-11-22 10:00:00 来访", ""),
        ("快递单号 SF4111111111111111", ""),
        ("http://example.com/p/0.4111111111111111", ""),
        ("", ""),
    ],
)
def test_cards_and_ids_are_found_by_their_check_digits(text: str, code: str) -> None:
    assert scan(text, CONTEXT)[0] == code


def test_every_number_is_hidden_in_what_is_shown() -> None:
    text = "卡 4111111111111111 和 5555555555554444，证 11010519491231002X"

    assert scan(text, CONTEXT) == (
        "text-card-number",
        "卡 411111****1111 和 555555****4444，证 110105****002X",
        "411111****1111",
    )


def test_a_number_in_a_text_is_named_and_never_repeated() -> None:
    card, person = "4111111111111111", "11010519491231002X"
    facts = facts_of(
        tab_read(
            "Customers",
            customer(notes=f"卡 {card}", owner="li"),
            customer(notes="老客户，电话 13812348000", owner="li"),
            customer(notes="", owner=f"li {person}"),
        ),
        tab_read("Transactions", {"product_name": f"充值 {card}"}),
    )

    issues = list(find_sensitive_texts(facts))

    assert places(issues) == [
        (4, "owner", "text-resident-id"),
        (2, "notes", "text-card-number"),
        (2, "product_name", "text-card-number"),
    ]
    said = [text for issue in issues for text in (str(issue.value), *map(issue.message, Language))]
    assert not any(number in text for text in said for number in (card, person))


def test_an_id_in_its_own_column_is_where_it_belongs() -> None:
    facts = facts_of(tab_read("Customers", customer(resident_id="11010519491231002X")))

    assert list(find_sensitive_texts(facts)) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("4111 1111 1111 1111", "other-text-card-number"),
        (4111111111111111, "other-text-card-number"),
        (4111111111111111.0, "other-text-card-number"),
        (4.2e30, ""),
        ("证 11010519491231002X", "other-text-resident-id"),
        (110105194912310021, ""),
        ("卡号４１１１１１１１１１１１１１１１", "other-text-card-number"),
        ("13812348000", ""),
        (True, ""),
        ("", ""),
    ],
)
def test_columns_that_are_not_recognised_are_searched_too(cell: object, code: str) -> None:
    read = sheet_read("Customers", ["姓名", "手机", "我们的备注"], ["王小明", "13812348000", cell])

    issues = list(find_sensitive_texts_elsewhere(facts_of(read)))

    assert places(issues) == ([(2, "", code)] if code else [])
    for issue in issues:
        assert "我们的备注" in issue.message(Language.ZH)
        shown = f"{issue.value}{issue.message(Language.EN)}"
        assert "4111111111111111" not in shown.replace(" ", "")
        assert "11010519491231002X" not in shown


def test_a_column_of_other_numbers_holds_no_card_by_chance_and_a_note_in_it_does() -> None:
    numbers = ["4111111111111111", "4111111111111112", "4111111111111113", "卡 5555555555554444"]
    rows = [[f"客户{place}", f"1381234800{place}", number] for place, number in enumerate(numbers)]
    read = sheet_read("Customers", ["姓名", "手机", "供应商编号"], *rows)

    issues = list(find_sensitive_texts_elsewhere(facts_of(read)))

    assert places(issues) == [(5, "", "other-text-card-number")]


def test_a_column_of_cards_is_named_row_by_row_with_a_slip_among_them() -> None:
    numbers = ["4111111111111111", "4111111111111112", "5555555555554444"]
    rows = [[f"客户{place}", f"1381234800{place}", number] for place, number in enumerate(numbers)]
    read = sheet_read("Customers", ["姓名", "手机", "付款"], *rows)

    issues = list(find_sensitive_texts_elsewhere(facts_of(read)))

    assert places(issues) == [(2, "", "other-text-card-number"), (4, "", "other-text-card-number")]


def test_nothing_else_of_a_column_that_is_not_recognised_is_kept() -> None:
    read = sheet_read("Customers", ["姓名", "手机", "其他"], ["王小明", "13812348000", "随便写"])

    assert read.long_numbers == ()
