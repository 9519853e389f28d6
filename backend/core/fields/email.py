"""E-mail addresses: syntax as mail servers take it, domains that are probably mistyped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.core.fields.field import BLANK, Cell, Context, Field, State
from backend.core.fields.reading import excerpt, finding, invalid, is_placeholder, read

_LONGEST = 254
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_PLAIN = re.compile(r"([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)@([a-z0-9.-]+)")
_LABEL = re.compile(r"^(?:mailto|e-?mail|邮箱|电子邮箱|电子邮件)\s*[::]\s*", re.IGNORECASE)
_NAMED = re.compile(r"[^<>@]*<\s*([^<>]+?)\s*>")
_BETWEEN = re.compile(r"\s*[;,、|/\s]\s*")
_LEFT_EDGE = " ,;:、。'<("
_RIGHT_EDGE = " ,;:.、。'>)"
_HAN = re.compile(r"[\u3400-\u9fff]")
_BESIDE_CHINESE = re.compile(
    r"(?:^|(?<=[\s(:,;、]))[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?=$|[\s(),;、\u3400-\u9fff])"
)
_LINE_END = re.compile(r"[\r\n]")
_FAKE = re.compile(
    r"(?!test@test\.com)(?:test|none|no|null|abc|a{3,6}|x{3,6}|unknown|123)"
    r"@(?:test|none|no|null|abc|a{3,6}|x{3,6}|unknown|123)\.(?:com|cn|net|org|com\.cn)"
)

DOMAINS = (
    "qq.com", "vip.qq.com", "163.com", "126.com", "139.com", "189.cn", "foxmail.com", "sina.com", "sina.cn",
    "vip.sina.com", "vip.163.com", "sohu.com", "yeah.net", "aliyun.com", "21cn.com", "263.net", "tom.com",
    "wo.cn", "188.com", "88.com", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com",
    "live.cn", "msn.com", "yahoo.com", "yahoo.com.cn", "yahoo.cn", "yahoo.com.hk", "yahoo.com.tw",
    "yahoo.co.jp", "yahoo.co.uk", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "mail.com",
    "email.com", "proton.me", "protonmail.com", "gmx.com", "gmx.net", "gmx.de", "web.de", "mail.ru",
    "yandex.ru", "yandex.com", "naver.com", "daum.net", "comcast.net", "zoho.com",
)  # fmt: skip
"""Domains that many people have their mail at; a domain close to one of them is probably a typo of it."""

_ENDINGS = {
    "con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com", "cpm": "com",
    "coom": "com", "c0m": "com", "copm": "com", "nte": "net", "ent": "net", "nett": "net", "ogr": "org",
}  # fmt: skip
_LONG_DOMAIN = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Domain:
    """A domain as the library reads it: its form, its length on the wire, or what is wrong."""

    name: str = ""
    ascii_length: int = 0
    problem: str = ""


def key(value: str) -> str:
    """Give the form in which two addresses are compared: nobody keeps `A@x` and `a@x` apart."""
    return value.casefold()


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as an e-mail address.

    Args:
        cell: Any cell.
        context: Its e-mail domains and placeholders are used.

    Returns:
        The address as value, its local part as typed and its domain in lower case. A domain that is
        probably mistyped is possible (`email-domain-typo`) and the likely address is suggested: the
        one suggestion that changes the value.

    Source:
        `email_validator` without DNS (RFC 5321, 5322, 6531); fields.md 2.2.
    """
    if isinstance(cell, str) and _is_plain(cell, context):
        return Field(value=cell, display=cell, state=State.VALID)
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    addresses = _addresses(text)
    if len(addresses) > 1:
        return _first_of(addresses, context)
    field = _read_address(addresses[0], context)
    if field.state is not State.VALID or field.value == cell:
        return field
    if addresses[0] == text and not _LINE_END.search(str(cell)):
        return replace(field, suggestion=field.display)
    remark = finding("email-extra", address=excerpt(field.display))
    return replace(field, state=State.POSSIBLE, findings=(remark,), suggestion=field.display)


def _is_plain(cell: str, context: Context) -> bool:
    """Tell the fast way whether an address is right as it is: its domain known, in lower case, no typo."""
    match = _PLAIN.fullmatch(cell)
    return (
        match is not None
        and len(match[1]) <= _LONGEST_LOCAL
        and len(cell) <= _LONGEST
        and _is_right_domain(match[2], context.email_domains)
        and not is_placeholder(cell, context)
        and not _FAKE.fullmatch(cell.casefold())
    )


@lru_cache(maxsize=16_384)
def _is_right_domain(domain: str, domains: tuple[str, ...]) -> bool:
    known = _read_domain(domain)
    return known.name == domain and not known.problem and not propose_domain(domain, domains)


def propose_domain(domain: str, domains: tuple[str, ...] = ()) -> str:
    """Give the domain that was probably meant, or the empty string.

    Args:
        domain: A domain in lower case.
        domains: Domains that are right here, beside the well-known ones.

    Returns:
        A domain at most two slips away (one, for a short domain), by optimal string alignment.
    """
    if domain in DOMAINS or domain in domains:
        return ""
    return _propose(domain, domains)


@lru_cache(maxsize=16_384)
def _propose(domain: str, domains: tuple[str, ...]) -> str:
    slips = 2 if len(domain) >= _LONG_DOMAIN else 1
    near = process.extractOne(domain, (*domains, *DOMAINS), scorer=OSA.distance, score_cutoff=slips)
    if near is not None:
        return str(near[0])
    start, dot, ending = domain.rpartition(".")
    return f"{start}.{_ENDINGS[ending]}" if dot and ending in _ENDINGS else ""


def _addresses(text: str) -> list[str]:
    """Give the addresses of a cell, without label, name and brackets."""
    bare = _LABEL.sub("", text)
    named = _NAMED.fullmatch(bare)
    if named:
        bare = _LABEL.sub("", named[1])
    parts = [part for part in map(_without_edges, _BETWEEN.split(bare)) if "@" in part]
    if len(parts) > 1:
        return parts
    inside = _BESIDE_CHINESE.findall(bare)
    return inside if len(inside) == 1 and _HAN.search(bare) else [_without_edges(bare)]


def _without_edges(text: str) -> str:
    return text.lstrip(_LEFT_EDGE).rstrip(_RIGHT_EDGE)


def _first_of(addresses: list[str], context: Context) -> Field:
    fields = [_read_address(address, context) for address in addresses]
    usable = [field for field in fields if field.value]
    remark = finding("email-several", first=excerpt(addresses[0]), second=excerpt(addresses[1]))
    if not usable:
        return replace(fields[0], findings=(remark, *fields[0].findings), suggestion="")
    first = usable[0]
    return replace(first, state=State.POSSIBLE, findings=(remark, *first.findings), suggestion="")


def _read_address(address: str, context: Context) -> Field:
    if is_placeholder(address, context) or _FAKE.fullmatch(address.casefold()):
        return invalid("placeholder", value=excerpt(address))
    if address.startswith("="):
        return invalid("formula-text", value=excerpt(address))
    local, at, domain = address.rpartition("@")
    if not at:
        return invalid("email-no-at", value=excerpt(address))
    known = _read_domain(domain.casefold() if domain.isascii() else domain)
    proposal = propose_domain(known.name or domain.casefold(), context.email_domains)
    problem = known.problem or _local_problem(local)
    value = f"{local}@{known.name}"
    if not problem and not _LOCAL.fullmatch(local):
        value, problem = _slow(f"{local}@{known.name}")
    if problem or len(value) > _LONGEST or len(local.encode()) + 1 + known.ascii_length > _LONGEST:
        return _unusable(
            address, problem or "email-too-long", f"{local}@{proposal}" if proposal else "", context
        )
    if proposal:
        meant = f"{local}@{proposal}"
        remark = finding("email-domain-typo", domain=excerpt(known.name), proposal=proposal)
        return Field(value=value, display=meant, state=State.POSSIBLE, findings=(remark,), suggestion=meant)
    return Field(value=value, display=value, state=State.VALID)


def _unusable(address: str, problem: str, meant: str, context: Context) -> Field:
    """Give the field of a wrong address, with the right one where a space or the domain is at fault."""
    for candidate in (meant, address.replace(" ", "")):
        right = _read_address(candidate, context) if candidate not in {"", address} else BLANK
        if right.state is State.VALID:
            return invalid(problem, suggestion=right.display, value=excerpt(address))
    return invalid(problem, value=excerpt(address))


def _local_problem(local: str) -> str:
    if not local:
        return "email-no-name"
    if "@" in local:
        return "email-two-at"
    if " " in local:
        return "email-space"
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return "email-dots"
    return "email-name-too-long" if len(local) > _LONGEST_LOCAL else ""


@lru_cache(maxsize=16_384)
def _read_domain(domain: str) -> _Domain:
    """Read a domain once, however many addresses it has."""
    if not domain:
        return _Domain(problem="email-no-domain")
    try:
        read_as = validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return _Domain(problem=_domain_problem(domain))
    return _Domain(name=read_as.domain, ascii_length=len(read_as.ascii_domain))


def _domain_problem(domain: str) -> str:
    if " " in domain:
        return "email-space"
    if domain.startswith(".") or domain.endswith(".") or ".." in domain:
        return "email-dots"
    return "email-bad-domain" if "." in domain else "email-domain-no-dot"


def _slow(address: str) -> tuple[str, str]:
    """Give the library's form of an unusual address, and a code when there is none."""
    try:
        return validate_email(address, check_deliverability=False).normalized, ""
    except EmailNotValidError:
        return "", "email-bad-name"
