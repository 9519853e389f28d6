"""Money, numbers, whole numbers, and the numerals they are written with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.fields import money, number
from backend.core.fields.chinese import read_numeral
from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.numeral import read_amount

TODAY = date(2026, 11, 22)


def pay(cell: Cell, currency: str = "CNY") -> Field:
    return money.normalise(cell, Context(today=TODAY, currency=currency))


def count(cell: Cell) -> Field:
    return number.normalise(cell, Context(today=TODAY))


def count_whole(cell: Cell) -> Field:
    return number.normalise_integer(cell, Context(today=TODAY))


def told(field: Field) -> list[str]:
    return [finding.code for finding in field.findings]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("零", "0"), ("十", "10"), ("十五", "15"), ("二十", "20"), ("一百五", "150"), ("一百零五", "105"),
        ("三万五", "35000"), ("一万零五十", "10050"), ("两千", "2000"), ("一亿二千万", "120000000"),
        ("三万亿", "3000000000000"), ("二〇二四", "2024"),
        ("壹万贰仟叁佰肆拾伍", "12345"), ("三点一四", "3.14"),
        ("肆佰叁拾萬", "4300000"), ("一千零一", "1001"),
    ],
)  # fmt: skip
def test_chinese_numerals_are_read(text: str, amount: str) -> None:
    assert read_numeral(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "张", "三点", "三点十", "一二百", "三点一四点五", "一" * 41])
def test_what_is_no_chinese_numeral_is_none(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.50", "1234.50"), ("+5", "5"), ("- 5", "-5"), ("5-", "-5"), ("(12)", "-12"), ("负三百", "-300"),
        ("1,234", "1234"), ("1,234,567.89", "1234567.89"), ("12,3456,7890", "1234567890"),
        ("12,34,567", "1234567"), ("1 234 567", "1234567"), ("1'234.5", "1234.5"), ("1 234,56", "1234.56"),
        ("1.234,56", "1234.56"), ("1.234.567", "1234567"), ("12,5", "12.5"), (".5", "0.5"), ("1.5e3", "1500"),
        ("1.2万", "12000"), ("3k", "3000"), ("2.5w", "25000"), ("1.5亿", "150000000"), ("3百万", "3000000"),
    ],
)  # fmt: skip
def test_an_amount_in_any_usual_notation_is_read(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "-", "-5-", "1,23,4", "1.2.3", "10~20", "约100", "(x)", "5 kg", "9" * 61, "万"],
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("cell", "currency", "minor"),
    [
        (1234.5, "CNY", 123450),
        (-5, "CNY", -500),
        (0.1 + 0.2, "CNY", 30),
        (1.005, "KWD", 1005),
        (1500, "JPY", 1500),
        ("¥1,234.50", "CNY", 123450),
        ("￥1234", "CNY", 123400),
        ("RMB 1000", "CNY", 100000),
        ("人民币 8千元", "CNY", 800000),
        ("１２３４元", "CNY", 123400),
        ("1.2万", "CNY", 1200000),
        ("1.2万元", "CNY", 1200000),
        ("叁佰元整", "CNY", 30000),
        ("壹仟贰佰叁拾肆元伍角陆分", "CNY", 123456),
        ("十块三毛", "CNY", 1030),
        ("十块三", "CNY", 1030),
        ("一百零二元零五分", "CNY", 10205),
        ("12元5角", "CNY", 1250),
        ("-12元5角", "CNY", -1250),
        ("-¥5", "CNY", -500),
        ("(¥5)", "CNY", -500),
        ("(5元)", "CNY", -500),
        ("$12.50", "USD", 1250),
        ("US$12", "USD", 1200),
        ("12 USD", "USD", 1200),
        ("$12 USD", "USD", 1200),
        ("HK$12", "HKD", 1200),
        ("$12", "HKD", 1200),
        ("三万元欧元", "EUR", 3000000),
        ("1.234,56 €", "EUR", 123456),
        ("¥1500", "JPY", 1500),
        ("1,234", "CNY", 123400),
        ("1.234", "KWD", 1234),
        ("0.125", "KWD", 125),
    ],
)
def test_an_amount_is_kept_in_minor_units(cell: Cell, currency: str, minor: int) -> None:
    field = pay(cell, currency)

    assert (field.value, field.state, field.findings) == (minor, State.VALID, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.234", "money-ambiguous"),
        ("¥12.345", "money-ambiguous"),
        ("12%", "money-percent"),
        ("12％", "money-percent"),
        ("USD 12", "money-other-currency"),
        ("$12", "money-other-currency"),
        ("12 EUR", "money-other-currency"),
        ("12元5美元", "money-other-currency"),
        ("多少钱", "money-unreadable"),
        ("1万-5万元", "money-range"),
        ("x元", "money-unreadable"),
        ("元", "money-unreadable"),
        (True, "money-unreadable"),
        (1e18, "money-too-large"),
        ("9" * 30, "money-too-large"),
        ("¥", "placeholder"),
    ],
)
def test_an_amount_that_cannot_be_used_is_named(cell: Cell, code: str) -> None:
    field = pay(cell)

    assert (field.value, field.state, told(field)) == ("", State.INVALID, [code])


def test_both_readings_of_an_ambiguous_amount_are_named() -> None:
    params = dict(pay("¥12.345").findings[0].params)

    assert (params["small"], params["large"]) == ("12.345", "12345")


def test_more_decimals_than_the_currency_has_are_rounded_and_said() -> None:
    field = pay(12.345)

    assert (field.value, field.state, told(field), field.suggestion) == (
        1235,
        State.POSSIBLE,
        ["money-rounded"],
        "12.35",
    )


@pytest.mark.parametrize(
    ("cell", "suggestion"), [("1234.5", ""), ("-12", ""), (12, ""), ("¥12", "12.00"), ("1,234", "1234.00")]
)
def test_a_plain_amount_is_left_alone(cell: Cell, suggestion: str) -> None:
    assert pay(cell).suggestion == suggestion


@given(minor=st.integers(min_value=-(10**14), max_value=10**14))
def test_an_amount_survives_every_way_of_writing_it(minor: int) -> None:
    sign, yuan, fen = "-" if minor < 0 else "", abs(minor) // 100, abs(minor) % 100
    for text in (
        f"{sign}{yuan}.{fen:02}",
        f"{sign}{yuan:,}.{fen:02}",
        f"{sign}¥{yuan}.{fen:02}",
        f"{sign}{yuan}.{fen:02}元",
    ):
        assert pay(text).value == minor


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3, 3.0),
        (3.5, 3.5),
        ("3.5", 3.5),
        ("1,234", 1234.0),
        ("1.234", 1.234),
        ("三", 3.0),
        ("1.2万", 12000.0),
    ],
)
def test_a_number_is_a_float(cell: Cell, value: float) -> None:
    field = count(cell)

    assert (field.value, type(field.value), field.state) == (value, float, State.VALID)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("12%", "number-percent"),
        ("5‰", "number-percent"),
        ("3个", "number-unreadable"),
        (True, "number-unreadable"),
        ("9" * 20, "number-too-large"),
        (1e15, "digits-lost"),
    ],
)
def test_what_is_no_number_is_named(cell: Cell, code: str) -> None:
    assert (told(count(cell)), told(count_whole(cell))) == ([code], [code])


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [(1234550, "CNY", "12,345.50"), (-5, "CNY", "-0.05"), (1500, "JPY", "1,500"), (1005, "KWD", "1.005")],
)
def test_minor_units_are_shown_in_the_decimals_of_their_currency(
    minor: int, currency: str, shown: str
) -> None:
    assert money.format_minor(minor, currency) == shown


@pytest.mark.parametrize(("cell", "value"), [(3, 3), (3.0, 3), ("3.0", 3), ("1,234", 1234), (-7, -7)])
def test_a_whole_number_is_an_int(cell: Cell, value: int) -> None:
    field = count_whole(cell)

    assert (field.value, type(field.value), field.state) == (value, int, State.VALID)


def test_a_placeholder_of_digits_is_one_for_phones_and_not_for_amounts() -> None:
    context = Context(today=TODAY, placeholders=frozenset({"13800000000"}))

    assert (number.normalise("138亿", context).value, number.normalise(13800000000, context).value) == (
        138e8,
        138e8,
    )
    assert money.normalise("13800000000", context).value == 1380000000000


@pytest.mark.parametrize("cell", [3.5, "3.5", "1e-2"])
def test_a_number_with_decimals_is_never_rounded_to_a_whole_one(cell: Cell) -> None:
    assert told(count_whole(cell)) == ["number-not-whole"]


@pytest.mark.parametrize(
    ("cell", "suggestion"), [("1,234.50", "1234.5"), ("1,200", "1200"), ("12.0", ""), (12.0, "")]
)
def test_a_plain_number_is_left_alone(cell: Cell, suggestion: str) -> None:
    assert count(cell).suggestion == suggestion


@pytest.mark.parametrize(
    ("cell", "minor", "code"),
    [
        ("约100元", 10_000, "money-about"),
        ("近700万元", 700_000_000, "money-about"),
        ("50万元(含)以上", 50_000_000, "money-about"),
        ("合计：￥1234.5元", 123_450, "money-with-words"),
        ("100元/月", 10_000, "money-with-words"),
        ("¥100 ¥90", 10_000, "money-several"),
    ],
)
def test_one_amount_among_words_is_read_and_shown_to_a_person(cell: str, minor: int, code: str) -> None:
    field = pay(cell)

    assert (field.value, field.state, field.issues) == (minor, State.POSSIBLE, (code,))


@pytest.mark.parametrize(
    "cell", ["订单12", "v1", "2024年", "12个", "15.08.2017", "July, 2004", "5-10元", "两~3百元"]
)
def test_a_number_that_is_no_amount_for_sure_is_refused(cell: str) -> None:
    assert pay(cell).value == ""


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("590 Kč", "590", "CZK"),
        ("běžná cena 590 Kč", "590", "CZK"),
        ("1.899,- €", "1899", "EUR"),
        ("200.000 ₫", "200000", "VND"),
        ("1 234,56 zł", "1234.56", "PLN"),
        ("三百美元", "300", "USD"),
    ],
)
def test_an_amount_of_any_currency_is_read_where_the_register_has_none(
    cell: str, amount: str, currency: str
) -> None:
    field = pay(cell, "")
    other = pay(cell)

    assert (Decimal(field.part("amount")), field.part("currency")) == (Decimal(amount), currency)
    assert (other.value, other.issues, other.part("currency")) == ("", ("money-other-currency",), currency)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3万5千", "35000"),
        ("1亿2000万", "120000000"),
        ("3万4000", "34000"),
        ("四万万", "400000000"),
        ("两个亿", "200000000"),
        ("3千万亿", "3000000000000000"),
        ("12 万", "120000"),
    ],
)
def test_digits_and_chinese_units_in_turn_are_added_up(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["3千5万", "3万5万", "万3"])
def test_units_that_do_not_fall_are_no_amount(text: str) -> None:
    assert read_amount(text) is None
