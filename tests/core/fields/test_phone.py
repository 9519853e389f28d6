from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import phonenumbers
import pytest

from backend.core.fields.field import Context, Field, State
from backend.core.fields.phone import normalise
from backend.core.fields.phone_library import place_of

CHINA = Context(today=date(2026, 11, 22), placeholders=frozenset({"无", "13900000001"}))


def read(cell: str | float, **context: str) -> Field:
    return normalise(cell, replace(CHINA, **context))


def ask_libphonenumber(digits: str) -> str:
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else ""


def told(field: Field) -> list[str]:
    return [finding.code for finding in field.findings]


@pytest.mark.parametrize(
    "cell", ["13800138000", "+8613800138000", 13800138000, 13800138000.0, "010-65529988", "01065529988"]
)
def test_a_number_typed_plainly_is_left_alone(cell: str | float) -> None:
    field = read(cell)

    assert (field.state, field.findings, field.suggestion) == (State.VALID, (), "")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("138-0013-8000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("\u202d13800138000\u202c", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("86-13800138000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("+86 013800138000", "+8613800138000"),
        ("17951 138 0013 8000", "+8613800138000"),
        ("13800138000.0", "+8613800138000"),
        ("1.3800138000E+10", "+8613800138000"),
        ("手机：13800138000", "+8613800138000"),
        ("13800138000、", "+8613800138000"),
        ("Tel: 010-65529988", "+861065529988"),
        ("（010）65529988", "+861065529988"),
        ("+86（0）10 65529988", "+861065529988"),
        ("0755 26001234", "+8675526001234"),
        ("400-860-8608", "+864008608608"),
        ("852-91234567", "+85291234567"),
        ("85366123456", "+85366123456"),
        ("886912345678", "+886912345678"),
        ("00852 91234567", "+85291234567"),
        ("+1 (312) 386-5286", "+13123865286"),
    ],
)
def test_a_number_in_another_form_is_read_and_its_right_form_suggested(cell: str, value: str) -> None:
    field = read(cell)

    assert (field.value, field.state, field.findings, field.suggestion) == (value, State.VALID, (), value)


@pytest.mark.parametrize(
    ("cell", "country", "value"),
    [
        ("(312) 386-5286", "US", "+13123865286"),
        ("020 8366 1177", "GB", "+442083661177"),
        ("030/12345678", "DE", "+493012345678"),
        ("9123 4567", "HK", "+85291234567"),
        ("0912-345-678", "TW", "+886912345678"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("+8613800138000", "US", "+8613800138000"),
    ],
)
def test_the_country_of_the_row_decides_how_a_number_is_read(cell: str, country: str, value: str) -> None:
    assert read(cell, country=country).value == value


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("14912345678", "+8614912345678", "phone-unknown-prefix"),
        ("23800138000", "+8623800138000", "phone-unknown-prefix"),
        ("0912345678", "+886912345678", "phone-country-guessed"),
        ("442083661177", "+442083661177", "phone-country-guessed"),
        ("95588", "95588", "phone-hotline"),
        ("10086", "10086", "phone-hotline"),
        ("12345", "12345", "phone-hotline"),
        ("110", "110", "phone-hotline"),
        ("65529988", "65529988", "phone-no-area-code"),
        ("6552-9988", "65529988", "phone-no-area-code"),
        ("13800138000/13900139000", "+8613800138000", "phone-several"),
        ("13800138000 13900139000", "+8613800138000", "phone-several"),
        ("138001380001、13900139000", "+8613900139000", "phone-several"),
        ("13800138000 张三", "+8613800138000", "phone-with-words"),
        ("微信同号13800138000", "+8613800138000", "phone-with-words"),
        ("13800138000（妻子）", "+8613800138000", "phone-with-words"),
    ],
)
def test_a_doubtful_number_can_be_used_and_somebody_should_look(cell: str, value: str, code: str) -> None:
    field = read(cell)

    assert (field.value, field.state, told(field)) == (value, State.POSSIBLE, [code])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1380013800", "phone-mobile-too-short"),
        ("+86 1380013800", "phone-mobile-too-short"),
        ("138001380001", "phone-mobile-too-long"),
        ("010-6552998", "phone-too-short"),
        ("010-655299881", "phone-unknown-prefix"),
        ("0755-260012345", "phone-too-long"),
        ("4444", "phone-too-short"),
        ("9" * 12 + "8", "phone-too-long"),
        ("1" * 30 + "2", "phone-too-long"),
        ("+999 123456", "phone-unknown-country"),
        ("+1 312 386", "phone-too-short"),
        ("+1 312 386 5286 77", "phone-too-long"),
        ("+1 212 000 0000", "phone-unknown-prefix"),
        ("138****8000", "phone-masked"),
        ("138xxxx8000", "phone-masked"),
        ("abc", "phone-letters"),
        ("1-800-FLOWERS", "phone-letters"),
        ("12:30", "phone-not-a-number"),
        ("2024-01-01", "phone-not-a-number"),
        ("17987003507", "phone-not-a-number"),
        ("1.38E+10", "digits-lost"),
        (1e15, "digits-lost"),
        ("=13800138000", "formula-text"),
        ("无", "placeholder"),
        ("139-0000-0001", "placeholder"),
        ("13900000001", "placeholder"),
        ("13800000000", "placeholder"),
        ("11111111111", "placeholder"),
        ("88888888", "placeholder"),
        ("12345678901", "placeholder"),
        ("87654321", "placeholder"),
        ("--", "placeholder"),
        ("1" * 201 + "2", "too-long"),
        (True, "phone-letters"),
    ],
)
def test_what_is_wrong_with_a_number_is_named(cell: str | float, code: str) -> None:
    assert told(read(cell)) == [code]


def test_of_several_extensions_all_are_kept() -> None:
    field = read("0571-87654321 转 801/802")

    assert (field.value, dict(field.findings[0].params)) == ("+8657187654321", {"extension": "801/802"})


def test_how_many_digits_are_missing_is_said() -> None:
    field = read("1380013800")

    assert dict(field.findings[0].params) == {"digits": "10", "expected": "11", "missing": "1"}


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ("138OO138OOO", "+8613800138000"),
        ("l38oo138ooo", "+8613800138000"),
        ("1-800-FLOWERS", ""),
        ("13BOO138OOO", ""),
    ],
)
def test_letters_are_never_read_as_digits_only_suggested(cell: str, suggestion: str) -> None:
    field = read(cell)

    assert (field.value, field.state, field.suggestion) == ("", State.INVALID, suggestion)


@pytest.mark.parametrize(
    "cell",
    [
        "010-65529988转8001",
        "010-65529988轉8001",
        "010-65529988 分机8001",
        "010-65529988分機：8001",
        "010-65529988 ext. 8001",
        "010-65529988 x8001",
        "010-65529988#8001",
        "010-65529988-8001",
        "(010)65529988-8001",
    ],
)
def test_an_extension_is_no_part_of_the_number(cell: str) -> None:
    field = read(cell)

    assert (field.value, field.state, told(field)) == ("+861065529988", State.VALID, ["phone-extension"])
    assert dict(field.findings[0].params) == {"extension": "8001"}


@pytest.mark.parametrize(
    ("cell", "country", "area_code", "value"),
    [
        ("65529988", "CN", "010", "+861065529988"),
        ("65529988", "CN", "10", "+861065529988"),
        ("3865286", "US", "312", "+13123865286"),
        ("386-5286", "CA", "416", "+14163865286"),
    ],
)
def test_the_area_code_of_the_register_completes_a_local_number(
    cell: str, country: str, area_code: str, value: str
) -> None:
    field = read(cell, country=country, area_code=area_code)

    assert (field.value, field.state, field.suggestion) == (value, State.VALID, value)


def test_an_area_code_that_does_not_fit_leaves_the_bare_digits() -> None:
    field = read("3865286", country="US", area_code="999")

    assert (field.value, field.state, told(field)) == ("3865286", State.POSSIBLE, ["phone-no-area-code"])


def test_of_several_bad_numbers_the_first_is_explained() -> None:
    field = read("1380013800/1390013900")

    assert (field.value, told(field)) == ("", ["phone-mobile-too-short"])


def test_the_fast_way_gives_what_libphonenumber_gives() -> None:
    draw = random.Random(20261122)
    for _ in range(20_000):
        digits = f"1{draw.randint(3, 9)}{draw.randint(0, 999_999_999):09}"

        field = normalise(digits, CHINA)

        assert (field.value if field.state is State.VALID else "") == ask_libphonenumber(digits)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("13800138000", {"country": "CN", "type": "mobile"}),
        ("138-0013 8000", {"country": "CN", "type": "mobile"}),
        ("010-65529988转8001", {"country": "CN", "type": "landline", "area_code": "10"}),
        ("0755-26001234", {"country": "CN", "type": "landline", "area_code": "755"}),
        ("+85291234567", {"country": "HK", "type": "mobile"}),
        ("95588", {}),
    ],
)
def test_a_number_tells_country_type_and_area_code(cell: str, parts: dict[str, str]) -> None:
    assert dict(normalise(cell, Context(today=date(2026, 11, 22))).parts) == parts


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("tel:03-331-6005;phone-context=+64", "+6433316005"),
        ("tel:+64-3-331-6005;isub=12345", "+6433316005"),
        ("tel:+8613800138000", "+8613800138000"),
    ],
)
def test_a_tel_address_is_read(cell: str, value: str) -> None:
    assert normalise(cell, Context(today=date(2026, 11, 22))).value == value


def test_the_place_of_a_landline_is_told_in_words() -> None:
    assert (place_of("+861065529988"), place_of("+861065529988", "en")) == ("北京市", "Beijing")
    assert place_of("nothing") == ""
