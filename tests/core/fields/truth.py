"""How a case that nobody here wrote is put to our normalisers, and whether they agree with it."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from email_validator import EmailNotValidError, validate_email

from backend.core.fields import (
    address,
    age,
    company,
    consent,
    email,
    money,
    name,
    number,
    percent,
    phone,
    postcode,
    resident_id,
    social,
    tax_id,
    url,
)
from backend.core.fields import date as dates
from backend.core.fields.clean import halfwidth
from backend.core.fields.field import Context, DateOrder, Field, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TRUTH = Path(__file__).resolve().parents[4] / "shared" / "truth" / "fields"
POLICY = Path(__file__).with_name("policy.toml")
CONTEXT = Context(today=date(2026, 11, 22))

Case = dict[str, Any]


@lru_cache
def cases(source: str) -> tuple[Case, ...]:
    lines = (TRUTH / f"{source}.jsonl").read_text(encoding="utf-8").strip().split("\n")
    return tuple(json.loads(line) for line in lines)


@lru_cache
def policy() -> dict[str, str]:
    """Why we disagree, by the id of the case."""
    entries = tomllib.loads(POLICY.read_text(encoding="utf-8"))["disagreement"]
    return {case_id: entry["why"] for entry in entries for case_id in entry["ids"]}


def out_of_scope() -> dict[str, str]:
    """Why a source is asked by no judge."""
    return dict(tomllib.loads(POLICY.read_text(encoding="utf-8"))["out_of_scope"])


@dataclass(frozen=True, kw_only=True)
class Judge:
    """One source: which of its cases are cells of a register, and whether a field agrees with one."""

    source: str
    applies: Callable[[Case], bool]
    agrees: Callable[[Case], bool]
    floor: float

    def cases(self) -> Iterator[Case]:
        return (case for case in cases(self.source) if self.applies(case))

    def disagreements(self) -> list[str]:
        return [case["id"] for case in self.cases() if not self.agrees(case)]


def usable(field: Field) -> bool:
    return field.state in {State.VALID, State.POSSIBLE}


def region(case: Case) -> str:
    arguments = case.get("args") or {}
    if isinstance(arguments, dict):
        return str(arguments.get("region") or arguments.get("country") or "CN")
    return str(arguments[0])[-2:] if arguments and isinstance(arguments[0], str) else ""


def in_region(case: Case) -> Context:
    code = region(case)
    return replace(CONTEXT, country="" if code == "ZZ" else code)


def library_takes_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def every(_: Case) -> bool:
    return True


def plain(case: Case) -> bool:
    """A case with no options of a library we do not have."""
    return not case.get("args")


def of_a_locale(case: Case) -> bool:
    arguments = case.get("args") or []
    return (
        len(arguments) == 1 and re.fullmatch(r"[a-z]{2,3}-[A-Z]{2}|[A-Z]{2}", str(arguments[0])) is not None
    )


def whole_cell(case: Case) -> bool:
    """An extraction case in which the cell is the value and nothing else."""
    typed = halfwidth(case["input"]).replace(" ", "").lower()
    expected = case["expected"]
    return (
        len(expected) == 1
        and expected[0]["text"].replace(" ", "") == typed
        and expected[0]["value"] != "null"
    )


def phone_number(case: Case) -> bool:
    field, expected = phone.normalise(case["input"], in_region(case)), case["expected"]
    if isinstance(expected, dict) and "country_code" in expected:
        return field.value == f"+{expected['country_code']}{expected['national_number']}"
    if isinstance(expected, bool):
        return (field.state is State.VALID) == expected
    return field.value == (expected if isinstance(expected, str) else "")


def possible_phone(case: Case) -> bool:
    return usable(phone.normalise(case["input"], in_region(case))) == case["expected"]


def address_of_mail(case: Case) -> bool:
    field, expected = email.normalise(case["input"], CONTEXT), case["expected"]
    return field.value == expected if isinstance(expected, str) else (field.state is State.VALID) == expected


def absolute_date(case: Case) -> bool:
    context = replace(CONTEXT, date_order=DateOrder.MONTH_FIRST)
    return dates.normalise(case["input"], context).value == (case["expected"] or "")


def is_date(case: Case) -> bool:
    return usable(dates.normalise(case["input"], CONTEXT)) == case["expected"]


def price(case: Case) -> bool:
    text = case["input"] if isinstance(case["input"], str) else ""
    amount = money.normalise(text, replace(CONTEXT, currency="")).part("amount")
    expected = case["expected"]["amount"]
    return (amount == "") if expected is None else amount != "" and Decimal(amount) == Decimal(str(expected))


def is_one_amount(case: Case) -> bool:
    value = case["expected"].get("num", case["expected"].get("value"))
    return isinstance(value, str) and "(" not in value


def chinese_amount(case: Case) -> bool:
    expected = case["expected"]
    value = Decimal(expected.get("num", expected.get("value")))
    if expected.get("unit") == "Cent":
        value /= 100
    amount = money.normalise(case["input"], CONTEXT).part("amount")
    return amount != "" and Decimal(amount) == value


def is_amount(case: Case) -> bool:
    return usable(money.normalise(case["input"], CONTEXT)) == case["expected"]


def divisions(case: Case) -> bool:
    field, expected = address.normalise(case["input"], CONTEXT), case["expected"]
    said = [field.part(part) for part in ("province", "city", "district")]
    return said == [expected[part] or "" for part in ("province", "city", "county")]


def company_core(case: Case) -> bool:
    return company.normalise(case["input"], CONTEXT).part("core") == case["expected"]


def postal_code(case: Case) -> bool:
    return usable(postcode.normalise(case["input"], in_region(case))) == case["expected"]


def tax_number(case: Case) -> bool:
    return (tax_id.normalise(case["input"], in_region(case)).state is State.VALID) == case["expected"]


def identity_card(case: Case) -> bool:
    code = "HK" if "香港" in case.get("note", "") else region(case) or "CN"
    return (
        resident_id.normalise(case["input"], replace(CONTEXT, country=code)).state is State.VALID
    ) == case["expected"]


def is_resident_id(case: Case) -> bool:
    if "护照" in case.get("note", ""):
        return False
    return case["task"] != "validate:isPassportNumber" and (region(case) or "CN") in {"CN", "HK", "TW"}


def percentage(case: Case) -> bool:
    field = percent.normalise(case["input"], CONTEXT)
    return field.value != "" and field.display == case["expected"][0]["value"]


def plain_number(case: Case) -> bool:
    field, expected = number.normalise(case["input"], CONTEXT), case["expected"]
    wanted = float(expected[0]["value"] if isinstance(expected, list) else expected)
    return field.value != "" and abs(float(field.value) - wanted) <= 1e-9 * max(1.0, abs(wanted))


def said_consent(case: Case) -> bool:
    return consent.normalise(case["input"], CONTEXT).value == ("yes" if case["expected"] == [True] else "no")


def web_address(case: Case) -> bool:
    domains = ("omain", "FQDN", "域名")
    reads_domain = any(word in case["task"] + case.get("note", "") for word in domains)
    read = url.normalise_domain if reads_domain else url.normalise
    field, expected = read(case["input"], CONTEXT), case["expected"]
    return field.value == expected if isinstance(expected, str) else usable(field) == expected


def social_id(case: Case) -> bool:
    read = social.normalise_qq if "qq" in case["note"] else social.normalise_wechat
    return (read(case["input"], CONTEXT).state is State.VALID) == case["expected"]


def person_name(case: Case) -> bool:
    return usable(name.normalise(case["input"], CONTEXT)) == case["expected"]


def labelled_name(case: Case) -> bool:
    return usable(name.normalise(case["input"], CONTEXT))


def is_age(case: Case) -> bool:
    field = age.normalise(case["expected"][0]["text"], CONTEXT)
    expected = case["expected"][0]
    return (field.part("amount"), field.part("unit")) == (expected["value"], expected["unit"].lower())


def _judge(
    source: str, agrees: Callable[[Case], bool], floor: float, applies: Callable[[Case], bool] = every
) -> Judge:
    return Judge(source=source, applies=applies, agrees=agrees, floor=floor)


JUDGES = (
    _judge("phone/libphonenumber-examples", phone_number, 1.0),
    _judge("phone/libphonenumber-parse", phone_number, 0.86),
    _judge("phone/libphonenumber-matcher", possible_phone, 0.86),
    _judge("phone/any-rule", phone_number, 0.66),
    _judge("phone/validatorjs", phone_number, 0.79, of_a_locale),
    _judge("email/isemail-original", address_of_mail, 0.98),
    _judge("email/isemail-tests", address_of_mail, 0.97),
    _judge("email/email-validator-tests", address_of_mail, 0.90, lambda case: "quoted" not in case["task"]),
    _judge("email/django-validators", address_of_mail, 0.85),
    _judge("email/py-validators", address_of_mail, 0.94),
    _judge(
        "email/validatorjs", address_of_mail, 0.68, lambda case: plain(case) and "Mailto" not in case["task"]
    ),
    _judge("date/register-absolute", absolute_date, 0.47),
    _judge("date/validatorjs", is_date, 1.0, lambda case: plain(case) and case["task"] == "validate:isDate"),
    _judge("date/any-rule", is_date, 0.66),
    _judge("money/price-parser", price, 0.97),
    _judge("money/jionlp", chinese_amount, 1.0, is_one_amount),
    _judge("money/duckling", chinese_amount, 1.0, is_one_amount),
    _judge("money/any-rule", is_amount, 1.0),
    _judge("address/cpca", divisions, 1.0),
    _judge("address/jionlp", divisions, 1.0),
    _judge("company/cleanco", company_core, 0.89),
    _judge("postcode/libaddressinput", postal_code, 0.99),
    _judge("postcode/validatorjs", postal_code, 0.90, of_a_locale),
    _judge("postcode/any-rule", postal_code, 1.0),
    _judge("tax_id/jsvat", tax_number, 0.95),
    _judge("tax_id/any-rule", tax_number, 1.0),
    _judge("tax_id/rigour", tax_number, 1.0, lambda case: "USCC" in case["task"]),
    _judge("personal_id/validatorjs", identity_card, 1.0, is_resident_id),
    _judge("personal_id/idvalidator", identity_card, 1.0, is_resident_id),
    _judge("personal_id/any-rule", identity_card, 0.0, is_resident_id),
    _judge("percent/recognizers-text", percentage, 0.93, whole_cell),
    _judge(
        "number/recognizers-text",
        plain_number,
        0.64,
        lambda case: whole_cell(case) and case["args"]["lang"] == "zh",
    ),
    _judge("number/duckling", plain_number, 0.78),
    _judge("consent/recognizers-text", said_consent, 0.37),
    _judge("url/django-validators", web_address, 0.97),
    _judge("url/py-validators", web_address, 0.88),
    _judge("url/validatorjs", web_address, 0.95, plain),
    _judge("url/any-rule", web_address, 0.66),
    _judge("url/duckling", web_address, 0.71),
    _judge("social/any-rule", social_id, 1.0),
    _judge("name/any-rule", person_name, 1.0),
    _judge("name/chinese-names-corpus", person_name, 1.0),
    _judge("name/probablepeople", labelled_name, 1.0),
    _judge("age/recognizers-text", is_age, 0.6, lambda case: len(case["expected"]) == 1),
)
