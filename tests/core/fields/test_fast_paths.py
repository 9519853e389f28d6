"""The short cuts of phone and e-mail give what the libraries give, on 20,000 made-up inputs."""

from __future__ import annotations

import phonenumbers
import pytest

from backend.core.fields import email, phone
from backend.core.fields.field import State
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


@pytest.mark.parametrize("text", ["13800138000", "+86 138 0013 8000", "010-65529988"])
def test_the_oracle_reads_numbers(text: str) -> None:
    assert library_phone(text) == phonenumbers.format_number(
        phonenumbers.parse(text, "CN"), phonenumbers.PhoneNumberFormat.E164
    )
