"""Made-up phone numbers and addresses, and what the libraries say to them; for tests and the benchmark."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from backend.core.fields.field import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = Context(today=date(2026, 11, 22))

_DOMAINS = (
    "qq.com", "163.com", "gmail.com", "acme-tools.cn", "mail.acme.co.uk", "EXAMPLE.com", "例子.公司",
    "a.b.c.d.cn",
    "-bad.com", "bad-.com", "nodot", "two..dots.com", "x.test", "under_score.com", "xn--fsqu00a.xn--55qx5d",
)  # fmt: skip
_LOCAL_SIGNS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789._-+'!#%&=~"


def phones(count: int, *, seed: int) -> Iterator[str]:
    """Mainland mobiles and landlines, right and slightly wrong, in the styles people type."""
    draw = random.Random(seed)
    for _ in range(count):
        if draw.random() < 0.8:
            digits = f"1{draw.randrange(10)}{draw.randrange(10**9):09d}"
            digits = digits[: draw.choice((11, 11, 11, 11, 11, 10))]
            yield draw.choice(("{}", "+86{}", "+86 {}", "0086{}", "{} ")).format(draw.choice(_styled(digits)))
        else:
            area = draw.choice(("010", "021", "0755", "0571", "0898", "099"))
            yield f"{area}-{draw.randrange(10**7, 10**8)}"


def _styled(digits: str) -> tuple[str, ...]:
    return (
        digits,
        f"{digits[:3]} {digits[3:7]} {digits[7:]}",
        f"{digits[:3]}-{digits[3:7]}-{digits[7:]}",
    )


def addresses(count: int, *, seed: int) -> Iterator[str]:
    """Addresses of letters, digits and signs at domains that exist, may exist and cannot.

    None begins with ' or =: those are the marks of a text and of a formula in a cell.
    """
    draw = random.Random(seed)
    for _ in range(count):
        local = "".join(draw.choices(_LOCAL_SIGNS, k=draw.choice((1, 3, 8, 12, 20, 64, 65))))
        yield local.lstrip("'=") + "@" + draw.choice(_DOMAINS)


def library_phone(text: str) -> str:
    """E.164 by libphonenumber; empty when it is no valid number."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(number)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)) if valid else ""


def library_address(text: str) -> str:
    """The form of `email_validator` with RFC 5321's 64 characters before the @; empty when it refuses."""
    try:
        read = validate_email(text, check_deliverability=False, strict=True)
    except EmailNotValidError:
        return ""
    return read.normalized
