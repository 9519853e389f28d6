"""The short cuts of phone and e-mail give what the libraries give, on 20,000 made-up inputs."""

from __future__ import annotations

from random import Random

import phonenumbers
import pytest

from backend.core.fields import email, phone
from backend.core.fields.field import State
from backend.core.fields.phone_library import look_up
from backend.core.fields.phone_prefixes import read_by_prefix
from tests.core.fields.made_up import CONTEXT, addresses, library_address, library_phone, phones

COUNT = 20_000


def test_phones_are_read_as_by_libphonenumber() -> None:
    different = [
        (text, field.value)
        for text in phones(COUNT, seed=11)
        for field in (phone.normalise(text, CONTEXT),)
        if field.state is State.VALID and field.value != library_phone(text)
    ]

    assert different == []


def test_what_libphonenumber_takes_is_not_lost_by_the_short_cut() -> None:
    lost = [
        text
        for text in phones(COUNT, seed=12)
        if library_phone(text)
        and phone.normalise(text, CONTEXT).value != library_phone(text)
        and phone.normalise(text, CONTEXT).issues != ("placeholder",)
    ]

    assert lost == []


def test_addresses_are_judged_as_by_email_validator() -> None:
    different = [
        (text, field.value)
        for text in addresses(COUNT, seed=13)
        for field in (email.normalise(text, CONTEXT),)
        if field.issues != ("placeholder",) and field.value != library_address(text)
    ]

    assert different == []


def test_landlines_of_every_area_are_read_as_by_libphonenumber() -> None:
    dice = Random(14)
    areas = ["10", *map(str, range(20, 30)), *map(str, range(300, 1000))]
    texts = [
        f"0{dice.choice(areas)}{dice.choice(('', '-'))}{dice.randrange(10 ** dice.choice((6, 7)), 10**8)}"
        for _ in range(COUNT)
    ]
    short_cuts = [(text, read_by_prefix(text, CONTEXT)) for text in texts]

    different = [
        (text, field)
        for text, field in short_cuts
        if field is not None
        and (field.value, field.parts) != (library_phone(text), look_up(text.replace("-", ""), "CN").parts)
    ]
    lost = [
        text
        for text in texts
        if library_phone(text) and phone.normalise(text, CONTEXT).value != library_phone(text)
    ]

    assert different == []
    assert lost == []
    assert sum(field is not None for _, field in short_cuts) > COUNT // 20


@pytest.mark.parametrize("text", ["13800138000", "+86 138 0013 8000", "010-65529988"])
def test_the_oracle_reads_numbers(text: str) -> None:
    assert library_phone(text) == phonenumbers.format_number(
        phonenumbers.parse(text, "CN"), phonenumbers.PhoneNumberFormat.E164
    )
