"""Web addresses and domains: the host checked as a browser would, the rest kept as typed."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import idna

from backend.core.fields.field import Cell, Context, Field, State
from backend.core.fields.reading import excerpt, invalid, read, text_of

_SCHEMES = ("http", "https", "ftp")
_DEFAULT = "https"
_LABEL = re.compile(r"^(?:网址|网站|官网|主页|website|web|url|homepage)\s*[:：]\s*", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(?=//)")
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+\-]*:(?!\d)")
_FORBIDDEN = re.compile(r"[\s<>\"\\^`{|}]")
_HOST_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?", re.ASCII)
_TOP = re.compile(r"(?!-)(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59}|[a-z][a-z0-9-]{0,61}[a-z])", re.ASCII)
_LOOKS_NUMERIC = re.compile(r"[\d.]+", re.ASCII)
_WWW = re.compile(r"^(?:www\.)+(?=[^.]+\.)")
_LONGEST_HOST = 253
_LARGEST_PORT = 65_535
_USUAL_PORT_DIGITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """A web address taken apart, or what is wrong with it."""

    scheme: str = ""
    host: str = ""
    ascii_host: str = ""
    rest: str = ""
    user: str = ""
    port: str = ""
    problem: str = ""

    @property
    def whole(self) -> str:
        """The address in one piece: scheme and host in lower case."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{self.user}{host}{self.port}{self.rest}"


def normalise(cell: Cell, context: Context) -> Field:
    """Read a cell as a web address.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        The address as value, with a scheme (https where none was typed), scheme and host in lower case.
        Only http, https and ftp; the host has a dot or is an IP address. Parts: `domain` (without
        www.), `scheme`.

    Source:
        RFC 3986; RFC 5890 for hosts in other scripts, through `idna`.
    """
    address = _read(cell, context)
    if isinstance(address, Field):
        return address
    return Field(
        value=address.whole,
        display=address.whole,
        state=State.VALID,
        suggestion="" if address.whole == text_of(cell) else address.whole,
        parts=(("domain", _domain(address)), ("scheme", address.scheme)),
    )


def normalise_domain(cell: Cell, context: Context) -> Field:
    """Read a cell as a web domain; of a whole web address, its domain.

    Args:
        cell: Any cell.
        context: Its placeholders are used.

    Returns:
        The domain as value, in lower case, without `www.`, path and port. Parts: `ascii`.
    """
    address = _read(cell, context)
    if isinstance(address, Field):
        return address
    domain = _domain(address)
    if ":" in domain or _LOOKS_NUMERIC.fullmatch(domain):
        return invalid("url-no-domain", value=excerpt(domain))
    return Field(
        value=domain,
        display=domain,
        state=State.VALID,
        suggestion="" if domain == text_of(cell) else domain,
        parts=(("ascii", _WWW.sub("", address.ascii_host)),),
    )


def _domain(address: _Address) -> str:
    return _WWW.sub("", address.host)


def _read(cell: Cell, context: Context) -> _Address | Field:
    text = read(cell, context)
    if isinstance(text, Field):
        return text
    address = _take_apart(_LABEL.sub("", text))
    return invalid(address.problem, value=excerpt(text)) if address.problem else address


def _take_apart(text: str) -> _Address:
    if _FORBIDDEN.search(text):
        return _Address(problem="url-characters")
    scheme = _SCHEME.match(text)
    if scheme is None and (_OTHER_SCHEME.match(text) or text.startswith("/")):
        return _Address(problem="url-scheme")
    if scheme and scheme[1].lower() not in _SCHEMES:
        return _Address(problem="url-scheme")
    try:
        split = urlsplit(text if scheme else f"{_DEFAULT}://{text}")
        host, port = split.hostname or "", split.port
    except ValueError:
        return _Address(problem="url-host")
    if not _is_port(split, port) or (not scheme and "@" in split.netloc):
        return _Address(problem="url-host")
    return _with_host(split, host)


def _is_port(split: SplitResult, port: int | None) -> bool:
    typed = split.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]
    return len(typed) <= _USUAL_PORT_DIGITS and (port is None or port <= _LARGEST_PORT)


def _with_host(split: SplitResult, typed: str) -> _Address:
    user, at, _ = split.netloc.rpartition("@")
    if at and not user.strip(":"):
        return _Address(problem="url-host")
    host = typed.rstrip(".") if typed.count(".") > 1 or typed.endswith(".") else typed
    ascii_host = _ascii_host(host)
    if not ascii_host:
        return _Address(problem="url-host")
    port = f":{split.port}" if split.port is not None else ""
    rest = split._replace(scheme="", netloc="").geturl()
    return _Address(
        scheme=split.scheme, host=host.lower(), ascii_host=ascii_host, rest=rest, user=user + at, port=port
    )


def _ascii_host(host: str) -> str:
    """Give a host as it goes over the wire, or the empty string when there can be none."""
    if ":" in host or _LOOKS_NUMERIC.fullmatch(host):
        try:
            return str(ipaddress.ip_address(host))
        except ValueError:
            return ""
    if host.isascii():
        wire = host.lower()
    else:
        try:
            wire = ".".join(_label(label) for label in host.lower().split("."))
        except (idna.IDNAError, UnicodeError):
            return ""
    labels = wire.split(".")
    good = len(wire) <= _LONGEST_HOST and len(labels) > 1 and _TOP.fullmatch(labels[-1]) is not None
    return wire if good and all(_HOST_LABEL.fullmatch(label) for label in labels) else ""


def _label(label: str) -> str:
    """Give a part of a host in ASCII; a picture, which IDNA 2008 forbids, is in use all the same."""
    if label.isascii():
        return label
    try:
        return idna.encode(label, uts46=True).decode()
    except idna.IDNAError:
        if any(
            (not sign.isalnum() and unicodedata.category(sign) != "So") or sign == "\ufffd" for sign in label
        ):
            raise
        return "xn--" + label.encode("punycode").decode()
