"""Checks on what a row says about one person: birth date, age, resident id, gender, kind of customer."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from backend.core.checks.found import at_cell, disagreements
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from backend.core.checks.facts import Facts, Table
    from backend.core.checks.found import Verdict
    from backend.core.issues import Issue

_YEARS_BELOW = 1
_YEARS_ABOVE = 2
"""An age may be a year old, and counts up to two years more where people count from birth (虚岁)."""

_OF_A_COMPANY = re.compile(
    r"(?:公司|集团|集團|合作社|事务所|工作室|经营部|门市部|商行|株式会社|(?<=...)[厂廠])$"
    r"|\b(?:ltd|limited|inc|llc|corp|plc|pte|pty|gmbh|sarl)\.?$",
    re.IGNORECASE,
)
"""Legal forms that are nobody's name; Co, SA, AG, Da and As are."""

_SEXES = {"1": "male", "2": "female"}


def find_birth_dates_unlike_the_id(facts: Facts) -> Iterator[Issue]:
    """Name birth dates that are not the one in the resident id of the row."""
    table = facts.customers
    for column in table.bound(Kind.RESIDENT_ID):
        if "birth_date" in table.columns:
            said = (table.value("birth_date"), table.said(column.id, "birth_date"))
            for row, params in disagreements(said, _same_day):
                yield at_cell(table, row, "birth_date", "birth-date-unlike-id", **params)


def find_ages_unlike_the_birth_date(facts: Facts) -> Iterator[Issue]:
    """Name ages that do not follow from the birth date, or where there is none from the resident id."""
    table = facts.customers
    born = _born(table)
    if born is None:
        return

    def judge(years: int, day: str) -> Verdict:
        age = _completed_years(day, facts.today)
        near = -_YEARS_BELOW <= years - age <= _YEARS_ABOVE
        return None if near else (("age", str(age)), ("date", day))

    for column in table.bound(Kind.AGE):
        for row, params in disagreements((table.value(column.id), born), judge):
            yield at_cell(table, row, column.id, "age-unlike-birth-date", **params)


def find_genders_unlike_the_id(facts: Facts) -> Iterator[Issue]:
    """Name genders that are not the one in the resident id of the row."""
    table = facts.customers
    for column in table.bound(Kind.RESIDENT_ID):
        if "gender" in table.columns:
            said = (table.value("gender"), table.said(column.id, "sex"))
            for row, _ in disagreements(said, _same_sex):
                yield at_cell(table, row, "gender", "gender-unlike-id")


def find_names_unlike_the_type(facts: Facts) -> Iterator[Issue]:
    """Name customers that are said to be a person and are called like a company."""
    table = facts.customers
    if not {"customer_type", "full_name"} <= set(table.columns):
        return
    persons = table.value("customer_type") == "individual"
    for row, params in disagreements((table.value("full_name")[persons],), _company_form):
        yield at_cell(table, row, "full_name", "name-of-company", **params)


def _born(table: Table) -> pd.Series[Any] | None:
    """Give the day of birth of each row, ISO: as typed, else as the resident id says; '' when unknown."""
    days = table.value("birth_date") if "birth_date" in table.columns else None
    for column in table.bound(Kind.RESIDENT_ID):
        inside = table.said(column.id, "birth_date")
        days = inside if days is None else days.where(days != "", inside)
    return days


def _same_day(typed: str, inside: str) -> Verdict:
    return None if typed == inside else (("date", inside),)


def _same_sex(typed: str, inside: str) -> Verdict:
    return None if _SEXES.get(typed, inside) == inside else ()


def _company_form(name: str) -> Verdict:
    form = _OF_A_COMPANY.search(name)
    return (("form", form[0].strip()),) if form else None


def _completed_years(born: str, today: date) -> int:
    day = date.fromisoformat(born)
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
