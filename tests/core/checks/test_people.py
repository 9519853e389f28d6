from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.checks import people
from sheets_schema.model import Language
from tests.builders import Line, customer, facts_of, places, tab_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from backend.core.issues import Issue

# A woman born on 31 December 1949, from the text of GB 11643.
ID = "11010519491231002X"


def found(check: Callable[..., Iterable[Issue]], *lines: Line) -> list[tuple[int, str, str]]:
    return places(list(check(facts_of(tab_read("Customers", *lines)))))


@pytest.mark.parametrize(
    ("birth_date", "resident_id", "named"),
    [
        ("1949-12-31", ID, False),
        ("1949年12月31日", ID, False),
        ("1949-12-30", ID, True),
        ("", ID, False),
        ("1949-12-30", "", False),
        ("1949-12-30", "11010519491231002", False),
        ("31/02/1949", ID, False),
    ],
)
def test_a_birth_date_is_the_one_in_the_id(birth_date: str, resident_id: str, *, named: bool) -> None:
    line = customer(birth_date=birth_date, resident_id=resident_id)

    expected = [(2, "birth_date", "birth-date-unlike-id")] * named
    assert found(people.find_birth_dates_unlike_the_id, line) == expected


@pytest.mark.parametrize(
    ("age", "named"),
    [("35", False), ("34", False), ("36", False), ("37", False), ("38", True), ("33", True), ("老", False)],
)
def test_an_age_follows_from_the_birth_date_give_or_take_how_people_count(age: str, *, named: bool) -> None:
    line = customer(birth_date="1991-11-22", age=age)

    assert (
        found(people.find_ages_unlike_the_birth_date, line) == [(2, "age", "age-unlike-birth-date")] * named
    )


def test_the_day_before_the_birthday_the_year_is_not_complete() -> None:
    facts = facts_of(tab_read("Customers", customer(birth_date="1991-11-23", age=60)))

    (issue,) = people.find_ages_unlike_the_birth_date(facts)

    assert issue.message(Language.EN) == "does not follow from the birth date 1991-11-23: that makes 34"


def test_without_a_birth_date_an_age_is_held_against_the_id() -> None:
    lines = [
        customer(resident_id=ID, age=76, birth_date=""),
        customer(resident_id=ID, age=50, birth_date=""),
        customer(resident_id="", age=50, birth_date=""),
    ]

    assert found(people.find_ages_unlike_the_birth_date, *lines) == [(3, "age", "age-unlike-birth-date")]
    assert found(people.find_ages_unlike_the_birth_date, customer(age=50)) == []


@pytest.mark.parametrize(
    ("gender", "named"), [("女", False), ("男", True), ("", False), ("保密", False), ("不适用", False)]
)
def test_a_gender_is_the_one_in_the_id(gender: str, *, named: bool) -> None:
    line = customer(gender=gender, resident_id=ID)

    assert found(people.find_genders_unlike_the_id, line) == [(2, "gender", "gender-unlike-id")] * named


def test_no_sentence_repeats_the_id() -> None:
    facts = facts_of(tab_read("Customers", customer(gender="男", birth_date="1949-12-30", resident_id=ID)))
    issues = [
        *people.find_birth_dates_unlike_the_id(facts),
        *people.find_genders_unlike_the_id(facts),
    ]

    assert len(issues) == 2
    assert not any(ID in issue.message(language) for issue in issues for language in Language)


@pytest.mark.parametrize(
    ("kind", "name", "named"),
    [
        ("个人", "杭州华信科技有限公司", True),
        ("个人", "Acme Trading Co., Ltd.", True),
        ("企业", "杭州华信科技有限公司", False),
        ("个人", "王小明", False),
        ("", "杭州华信科技有限公司", False),
        ("个人", "Wang Xiaoming", False),
        ("个人", "Ana Sa", False),
        ("个人", "李厂", False),
        ("个人", "永兴玩具厂", True),
        ("个人", "公司", True),
    ],
)
def test_a_person_is_not_called_like_a_company(kind: str, name: str, *, named: bool) -> None:
    line = customer(customer_type=kind, full_name=name)

    assert found(people.find_names_unlike_the_type, line) == [(2, "full_name", "name-of-company")] * named
