from __future__ import annotations

from random import Random

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
        ("given", ["Ann", "Bob"], K.GIVEN_NAME),
        ("Family", ["Lee", "Ray"], K.FAMILY_NAME),
        ("born", ["1971-06-24", "1980-01-02"], K.DATE),
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
        ("x", ["2.5", "13"]),
        ("x", ["good", "good"]),
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


def test_a_whole_name_that_holds_the_parts_stays_beside_them() -> None:
    told = {
        "full name": ["Ann B. Lee", "Bob Ray", "Kim Cho"],
        "agent name": ["X Y", "X Z", "X W"],
        "first name": ["Ann", "Bob", ""],
        "last name": ["Lee", "Ray", "Cho"],
    }

    assert guessed(told) == {"full name": K.NAME, "first name": K.GIVEN_NAME, "last name": K.FAMILY_NAME}


def test_cells_say_what_columns_are_whose_headers_say_nothing() -> None:
    chance, rows = Random(1), range(200)
    persons = [chance.randrange(150) for _ in rows]
    people = {
        "a": [["james", "mary", "henry", "anne", "xenia"][person % 5] for person in persons],
        "b": [chance.choice(["lee", "ray", "cho", "kerr", "moor", "lund"]) for _ in rows],
        "c": [f"{chance.randint(1, 99)} {chance.choice(['Oak', 'Elm'])} Road" for _ in rows],
        "d": [chance.choice([f"{town}ham" for town in "abcdefghijklmno"]) for _ in rows],
        "e": [f"{chance.randint(1940, 2005)}-0{chance.randint(1, 9)}-11" for _ in rows],
        "f": [f"{chance.choice(range(60300, 60360))}" for _ in rows],
        "g": [f"{1804974 + person}" for person in persons],
        "h": [f"{chance.choice(['good', 'late'])}" for _ in rows],
        "j": [f"{chance.choice(range(3865286, 3865400))}" for _ in rows],
        "i": [f"2024-0{chance.randint(1, 9)}-11" for _ in rows],
    }

    assert guessed(people) == {
        "a": K.GIVEN_NAME,
        "b": K.FAMILY_NAME,
        "c": K.ADDRESS,
        "d": K.TEXT,
        "e": K.DATE,
        "f": K.POSTCODE,
        "g": K.IDENTIFIER,
        "j": K.PHONE,
    }


def test_chinese_names_and_companies_are_known_by_their_cells() -> None:
    names = [a + b for a in "王李张刘陈杨" for b in "伟芳娜敏静强磊洋"]
    towns = [
        "上海",
        "北京",
        "广州",
        "深圳",
        "成都",
        "重庆",
        "西安",
        "长沙",
        "天津",
        "杭州",
        "南京",
        "青岛",
    ] * 4
    firms = [f"{town}华信科技{number}有限公司" for number, town in enumerate(towns)]

    assert guessed({"x": towns, "y": names, "z": firms}) == {"x": K.TEXT, "y": K.NAME, "z": K.COMPANY}
    assert guessed({"x": firms}) == {"x": K.NAME}


def test_names_of_nobody_we_know_are_those_with_most_different_cells() -> None:
    tables = {
        "a": ["american", "asian"] * 30,
        "b": [f"{'cafe' if i % 2 else 'chez'} {chr(97 + i % 26)}lo{chr(97 + i // 26)}" for i in range(60)],
    }

    assert guessed(tables) == {"b": K.NAME}


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
