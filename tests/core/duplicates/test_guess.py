from __future__ import annotations

import pandas as pd
import pytest

from backend.core.duplicates.guess import guess_fields, parse_kinds
from backend.core.duplicates.rules import FieldKind as K
from sheets_schema.model import Preset
from sheets_schema.presets import register

CUSTOMERS = register(Preset.RETAIL).tab("Customers")


def guessed(columns: dict[str, list[str]]) -> dict[str, K]:
    fields = guess_fields(pd.DataFrame(columns, dtype=object), {}, CUSTOMERS)
    return {field.column: field.kind for field in fields}


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("first_name", ["Ann", "Bob"], K.GIVEN_NAME),
        ("surname", ["Lee", "Ray"], K.FAMILY_NAME),
        ("first_and_surname", ["Ann Lee", "Bob Ray"], K.NAME),
        ("Date of Birth", ["1971-06-24", "1980-01-02"], K.DATE),
        ("birth_place", ["York", "Hull"], K.TEXT),
        ("soc_sec_id", ["1804974", "2185997"], K.IDENTIFIER),
        ("身份证号", ["110101199003078515", "110101199003078523"], K.IDENTIFIER),
        ("ZIP code", ["60302", "60647"], K.POSTCODE),
        ("Street", ["1 Oak", "2 Elm"], K.ADDRESS),
        ("State", ["IL", "NY"], K.CHOICE),
        ("Site name", ["St Lucy School", "Little Tykes"], K.NAME),
        ("手机号码", ["13812348000", "13912345678"], K.PHONE),
    ],
)
def test_a_header_says_what_its_column_is(header: str, cells: list[str], kind: K) -> None:
    assert guessed({header: cells}) == {header: kind}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("phone type", ["home", "work"]),
        ("created", ["2024-01-02", "2024-01-03"]),
        ("x", ["2024-01-02", "2024-01-03"]),
        ("notes", ["good", "late payer"]),
        ("rec_id", ["1", "2"]),
        ("email", ["", ""]),
    ],
)
def test_what_does_not_say_who_somebody_is_takes_no_part(header: str, cells: list[str]) -> None:
    assert guessed({header: cells}) == {}


def test_of_several_names_one_is_kept_and_none_beside_given_and_family_name() -> None:
    names = {"name": ["Ann", "Bob"], "agent name": ["X", "X"]}

    assert guessed(names) == {"name": K.NAME}
    assert guessed({**names, "first name": ["A", "B"], "last name": ["C", "D"]}) == {
        "first name": K.GIVEN_NAME,
        "last name": K.FAMILY_NAME,
    }


def test_a_column_of_companies_beside_names_is_one_of_companies() -> None:
    firms, people = ["Acme Ltd", "Best Ltd"], ["Ann Lee", "Bob Ray"]

    assert guessed({"company": firms, "contact": people}) == {"company": K.COMPANY, "contact": K.NAME}
    assert guessed({"company": firms, "last name": ["Lee", "Ray"]})["company"] is K.COMPANY
    assert guessed({"company": firms}) == {"company": K.NAME}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a=person name", K.PERSON_NAME),
        ("a=e-mail", K.EMAIL),
        ("a=id", K.IDENTIFIER),
        ("a=Given_Name", K.GIVEN_NAME),
        ("a=-", None),
    ],
)
def test_a_kind_may_be_written_in_several_ways(text: str, kind: K | None) -> None:
    assert parse_kinds([text], ["a"]) == {"a": kind}
