"""Cases that nobody here wrote (../shared/truth/fields): the gates, and why we disagree with some."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from stdnum import get_cc_module

from backend.core.fields import date as dates
from backend.core.fields import email, money, phone, tax_id
from backend.core.fields.field import DateOrder, State
from tests.core.fields.truth import (
    CONTEXT,
    JUDGES,
    TRUTH,
    Judge,
    cases,
    library_takes_address,
    out_of_scope,
    policy,
    price,
)

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.skipif(not TRUTH.is_dir(), reason=f"no truth cases at {TRUTH}")

BY_SOURCE = {judge.source: judge for judge in JUDGES}


def share(judge: Judge) -> float:
    asked = list(judge.cases())
    return 1 - len(judge.disagreements()) / len(asked)


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.source)
def test_every_disagreement_is_meant_and_none_is_listed_in_vain(judge: Judge) -> None:
    listed = {case["id"] for case in judge.cases()} & set(policy())

    assert set(judge.disagreements()) == listed


@pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.source)
def test_a_source_is_answered_at_least_as_well_as_before(judge: Judge) -> None:
    assert share(judge) >= judge.floor


def test_every_reason_is_said_and_every_listed_case_exists() -> None:
    known = {case["id"] for judge in JUDGES for case in judge.cases()}

    assert set(policy()) <= known
    assert all(len(why) > 20 for why in policy().values())


def test_every_source_is_asked_or_left_out_for_a_reason() -> None:
    sources = {str(path.relative_to(TRUTH).with_suffix("")) for path in TRUTH.glob("*/*.jsonl")}

    assert sources == set(BY_SOURCE) | set(out_of_scope())
    assert not set(BY_SOURCE) & set(out_of_scope())


@pytest.mark.parametrize(
    ("source", "gate"),
    [
        ("phone/libphonenumber-examples", 1.0),
        ("money/price-parser", 0.97),
        ("money/jionlp", 0.85),
        ("money/duckling", 0.85),
        ("address/cpca", 0.9),
        ("address/jionlp", 0.9),
        ("personal_id/validatorjs", 1.0),
        ("personal_id/idvalidator", 1.0),
    ],
)
def test_the_gates_hold_without_the_policy(source: str, gate: float) -> None:
    assert share(BY_SOURCE[source]) >= gate


def test_no_number_with_letters_is_ever_accepted() -> None:
    word = re.compile(r"^tel:? *|ext\w*|x(?=\d)|(?<=\d)e(?=[+\d])|;.*", re.IGNORECASE)
    accepted = [
        case["input"]
        for name in ("any-rule", "duckling", "libphonenumber-parse", "recognizers-text", "validatorjs")
        for case in cases(f"phone/{name}")
        if re.search("[a-z]", word.sub("", case["input"]), re.IGNORECASE)
        and phone.normalise(case["input"], CONTEXT).state in {State.VALID, State.POSSIBLE}
        and "phone-with-words" not in phone.normalise(case["input"], CONTEXT).issues
    ]

    assert accepted == []


@pytest.mark.parametrize("source", ["email/isemail-original", "email/isemail-tests"])
def test_addresses_are_judged_no_worse_than_by_the_library(source: str) -> None:
    library = sum(library_takes_address(case["input"]) == case["expected"] for case in cases(source))

    assert len(cases(source)) - len(BY_SOURCE[source].disagreements()) >= library


@pytest.mark.parametrize(
    "name", ["isemail-original", "isemail-tests", "email-validator-tests", "django-validators"]
)
def test_an_address_we_accept_as_typed_the_library_accepts_too(name: str) -> None:
    only_ours = [
        case["input"]
        for case in cases(f"email/{name}")
        if email.normalise(case["input"], CONTEXT).value == case["input"]
        and not library_takes_address(case["input"])
    ]

    assert only_ours == []


def test_mistyped_domains_are_guessed_like_mailcheck_does() -> None:
    right = 0
    for case in cases("email_typo/mailcheck"):
        domain = case["input"].partition("@")[2].lower()
        proposal = email.propose_domain(domain, tuple(case["args"]["domains"])) if domain else ""
        right += proposal == (case["expected"] or "")

    assert right >= 12


def test_chinese_dates_are_read() -> None:
    chinese = [case for case in cases("date/register-absolute") if re.search("[年月日号號]", case["input"])]
    right = sum(dates.normalise(case["input"], CONTEXT).value == case["expected"] for case in chinese)

    assert right / len(chinese) >= 0.95


@pytest.mark.parametrize("order", [DateOrder.UNKNOWN, DateOrder.MONTH_FIRST])
def test_no_date_is_silently_wrong(order: DateOrder) -> None:
    wrong = [
        case["id"]
        for case in cases("date/register-absolute")
        for field in (dates.normalise(case["input"], replace(CONTEXT, date_order=order)),)
        if field.state is State.VALID and field.value != case["expected"] and case["id"] not in policy()
    ]

    assert wrong == []


def test_no_price_is_silently_wrong() -> None:
    wrong = [
        case["id"]
        for case in cases("money/price-parser")
        if money.normalise(str(case["input"]), replace(CONTEXT, currency="")).state is State.VALID
        and not price(case)
        and case["id"] not in policy()
    ]

    assert wrong == []


def test_tax_numbers_are_judged_no_worse_than_by_python_stdnum() -> None:
    ours = library = 0
    for case in cases("tax_id/jsvat"):
        country = case["args"]["country"]
        module = get_cc_module(country.lower(), "vat")
        field = tax_id.normalise(case["input"], replace(CONTEXT, country=country))
        ours += (field.state is State.VALID) == case["expected"]
        library += bool(module and module.is_valid(case["input"])) == case["expected"]

    assert ours >= library


def test_tax_numbers_of_other_lists_are_judged_no_worse_either() -> None:
    ours = library = 0
    for case in cases("tax_id/validatorjs"):
        country = str((case.get("args") or [""])[0])[-2:]
        names = ("vat", "tin") if "VAT" in case["task"] else ("tin", "vat")
        found = (get_cc_module(country.lower(), name) for name in names) if country.isupper() else ()
        module = next((module for module in found if module is not None), None)
        if module is not None:
            field = tax_id.normalise(case["input"], replace(CONTEXT, country=country))
            ours += (field.state is State.VALID) == case["expected"]
            library += is_valid(module, case["input"]) == case["expected"]

    assert ours >= library > 0


def is_valid(module: ModuleType, text: str) -> bool:
    """What python-stdnum says; some of its modules raise what they should not."""
    try:
        return bool(module.is_valid(text))
    except (ValueError, LookupError):
        return False
