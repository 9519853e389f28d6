from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.core.fields.field import Context, State
from backend.core.fields.resident_id import PROVINCES, check_character, mask, normalise

CONTEXT = Context(today=date(2026, 11, 22), placeholders=frozenset({"无"}))
RIGHT = "11010519491231002X"
FORM_OF_AN_ID = "0123456789Xx ×-"


def ids(count: int) -> list[str]:
    """Ids of people from everywhere, born on any day."""
    draw = random.Random(5)
    starts = [code for code in PROVINCES if code < "81"]
    made = []
    for _ in range(count):
        born = date(1930, 1, 1) + timedelta(days=draw.randrange(34_000))
        digits = f"{draw.choice(starts)}{draw.randrange(10_000):04d}{born:%Y%m%d}{draw.randrange(1000):03d}"
        made.append(digits + check_character(digits))
    return made


def test_an_id_tells_birth_date_sex_and_province_and_is_shown_masked() -> None:
    field = normalise(RIGHT, CONTEXT)

    assert (field.value, field.state, field.display) == (RIGHT, State.VALID, "110105********002X")
    assert dict(field.parts) == {
        "birth_date": "1949-12-31",
        "sex": "female",
        "province": "北京市",
        "division": "110105",
    }


@pytest.mark.parametrize(
    "cell",
    [
        "11010519491231002x",
        " 110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002×",
    ],
)
def test_the_one_form_is_suggested(cell: str) -> None:
    field = normalise(cell, CONTEXT)

    assert (field.value, field.suggestion, field.state) == (RIGHT, RIGHT, State.VALID)


def test_an_old_number_is_lengthened() -> None:
    field = normalise("110105491231002", CONTEXT)

    assert (field.value, field.suggestion, field.issues) == (RIGHT, RIGHT, ("resident-id-old",))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("110105194912310021", "resident-id-check"),
        ("110105194913310021", "resident-id-birth-date"),
        ("110105202712310021", "resident-id-birth-date"),
        ("110105190002290021", "resident-id-birth-date"),
        ("010105194912310021", "resident-id-province"),
        ("1101051949123100", "resident-id-length"),
        (110105194912310021, "digits-lost"),
        (110105194912310000.0, "digits-lost"),
        ("1101O519491231002X", "resident-id-characters"),
        ("无", "placeholder"),
    ],
)
def test_what_is_wrong_with_an_id_is_named(cell: str | float, code: str) -> None:
    field = normalise(cell, CONTEXT)

    assert (field.value, field.state, field.issues) == ("", State.INVALID, (code,))


def test_nobody_is_born_after_the_day_of_the_run() -> None:
    born_today, born_tomorrow = (
        day + check_character(day) for day in ("11010520261122002", "11010520261123002")
    )

    assert normalise(born_today, CONTEXT).part("birth_date") == "2026-11-22"
    assert normalise(born_tomorrow, CONTEXT).issues == ("resident-id-birth-date",)


def test_a_letter_typed_for_a_digit_is_put_right_where_the_check_character_proves_it() -> None:
    assert normalise("1101O519491231002X", CONTEXT).suggestion == RIGHT
    assert normalise("1101O519491231003X", CONTEXT).suggestion == ""


@pytest.mark.parametrize("whole", ["110111198001010015", "440305198201010014", "235499198001011236"])
def test_counties_are_not_asked_whether_they_existed_in_the_year_of_birth(whole: str) -> None:
    code = whole[:17] + check_character(whole[:17])

    assert normalise(code, CONTEXT).state is State.VALID


def test_every_slip_of_one_character_is_noticed() -> None:
    for code in ids(40):
        for place in range(18):
            for other in "0123456789X":
                slipped = code[:place] + other + code[place + 1 :]
                if slipped != code:
                    assert normalise(slipped, CONTEXT).value != slipped, slipped


def test_most_neighbours_changed_about_are_noticed() -> None:
    swapped = {
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for code in ids(100)
        for place in range(16)
        if code[place] != code[place + 1]
    }

    assert sum(normalise(code, CONTEXT).value == "" for code in swapped) == len(swapped)


def test_right_ids_are_valid_and_no_text_raises() -> None:
    assert all(normalise(code, CONTEXT).state is State.VALID for code in ids(2_000))
    draw = random.Random(7)
    for _ in range(20_000):
        normalise("".join(draw.choices(FORM_OF_AN_ID, k=draw.randrange(25))), CONTEXT)


@pytest.mark.parametrize(
    ("cell", "country", "value"),
    [
        ("Z097798(6)", "HK", "Z097798(6)"),
        ("z0977986", "HK", "Z097798(6)"),
        ("AB987654(3)", "HK", "AB987654(3)"),
        ("A123456789", "TW", "A123456789"),
        ("a123456789", "TW", "A123456789"),
    ],
)
def test_cards_of_hong_kong_and_taiwan_are_read_where_the_row_lies_there(
    cell: str, country: str, value: str
) -> None:
    assert normalise(cell, replace(CONTEXT, country=country)).value == value


@pytest.mark.parametrize(
    ("cell", "country"), [("Z097798(5)", "HK"), ("A123456788", "TW"), ("A323456789", "TW")]
)
def test_a_wrong_card_of_hong_kong_and_taiwan_is_refused(cell: str, country: str) -> None:
    assert normalise(cell, replace(CONTEXT, country=country)).state is State.INVALID


def test_a_mask_hides_birth_date() -> None:
    assert mask(RIGHT) == "110105********002X"
