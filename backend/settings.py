"""Settings of the process: environment variables `STEWARD_*`, read once, all problems reported together."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.errors import SettingsError
from sheets_schema.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN = (
    "STEWARD_HOME",
    "STEWARD_LANG",
    "STEWARD_GOOGLE_CREDENTIALS",
    "STEWARD_SHEETS_URL",
    "STEWARD_JOURNAL_KEY",
    "STEWARD_JOURNAL_DAYS",
    "STEWARD_DATABASE_URL",
    "STEWARD_QUEUE_URL",
    "STEWARD_LEASE_SECONDS",
    "STEWARD_GRACE_SECONDS",
    "STEWARD_RESULT_HOURS",
    "STEWARD_AUDIENCES",
    "STEWARD_DOMAINS",
    "STEWARD_CALLS_A_MINUTE",
    "STEWARD_AUDIT_KEY",
    "STEWARD_METRICS_TOKEN",
)
"""Every variable that is read; another `STEWARD_...` is a slip of the pen and is refused."""

SECRETS = (
    "STEWARD_JOURNAL_KEY",
    "STEWARD_AUDIT_KEY",
    "STEWARD_METRICS_TOKEN",
    "STEWARD_DATABASE_URL",
    "STEWARD_QUEUE_URL",
)
"""Those that may lie in a file instead, which `..._FILE` names."""

_NAMES = frozenset({*KNOWN, *(f"{name}_FILE" for name in SECRETS)})
_KEYS = ("STEWARD_JOURNAL_KEY", "STEWARD_AUDIT_KEY")
_KEY_BYTES = 32
_DATABASES = ("postgresql://", "postgres://")
_QUEUES = ("redis://", "rediss://", "unix://", *_DATABASES)
_PLATFORMS = MappingProxyType({"GAE_ENV": "App Engine", "K_SERVICE": "Cloud Run"})
"""Variables by which a platform is known whose disk goes away with the instance."""

_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/?")


@dataclass(frozen=True, slots=True)
class _Number:
    """A variable that holds a whole number."""

    name: str
    default: int
    least: int
    most: int

    @property
    def attribute(self) -> str:
        return self.name.removeprefix("STEWARD_").lower()

    def read(self, environment: Mapping[str, str]) -> int | None:
        """Give the number; None when it is none, or not within its bounds."""
        text = environment.get(self.name, "") or str(self.default)
        is_good = text.isascii() and text.isdecimal() and self.least <= int(text) <= self.most
        return int(text) if is_good else None


_NUMBERS = (
    _Number("STEWARD_JOURNAL_DAYS", 90, 1, 3_650),
    _Number("STEWARD_LEASE_SECONDS", 60, 2, 3_600),
    _Number("STEWARD_GRACE_SECONDS", 20, 1, 3_600),
    _Number("STEWARD_RESULT_HOURS", 24, 1, 720),
    _Number("STEWARD_CALLS_A_MINUTE", 120, 1, 100_000),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says.

    Attributes:
        home: Folder that holds the local sheets and the store.
        language: Language of the command line.
        credentials: A service account's key file, or `default`; '' for local sheets.
        sheets_url: Where the Sheets API is answered on this machine, for tests; '' for Google's own address.
        journal_key: 32 bytes that the journal is sealed with; none where a file of the home holds them.
        journal_days: How many days a run can be undone.
        database_url: A PostgreSQL database; '' for a SQLite file in the home.
        queue_url: A Redis server or PostgreSQL database that carries run ids; '' for a file in the home.
        lease_seconds: How long a run holds its spreadsheet without a sign of life.
        grace_seconds: How long a worker that has to end may go on with what it is writing.
        result_hours: How long what a run shows is kept.
        audiences: Client ids whose ID tokens the service takes, besides those an administrator adds.
        domains: Workspace domains people must be of; none means any account.
        calls_a_minute: How often one caller may call; all callers of a spreadsheet ten times as often.
        audit_key: 32 bytes that bind the audit log; none where a file of the home holds them.
        metrics_token: What opens /metrics; '' keeps it shut.
        platform: Where the disk goes away with the instance, the name of the platform; '' elsewhere.
    """

    home: Path
    language: Language = Language.EN
    credentials: str = ""
    sheets_url: str = ""
    journal_key: bytes = b""
    journal_days: int = 90
    database_url: str = field(default="", repr=False)
    queue_url: str = field(default="", repr=False)
    lease_seconds: int = 60
    grace_seconds: int = 20
    result_hours: int = 24
    audiences: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    calls_a_minute: int = 120
    audit_key: bytes = field(default=b"", repr=False)
    metrics_token: str = field(default="", repr=False)
    platform: str = ""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of the process.

    Raises:
        SettingsError: A variable has an unknown name or a value that cannot be used; all are named.
    """
    unknown = sorted(name for name in environment if name.startswith("STEWARD_") and name not in _NAMES)
    problems_en = [f"{name} is not a setting" for name in unknown]
    problems_zh = [f"没有 {name} 这一项" for name in unknown]
    environment, unread = _with_files(environment)
    problems_en += [f"{name}_FILE names a file that cannot be read" for name in unread]
    problems_zh += [f"{name}_FILE 指定的文件无法读取" for name in unread]
    wish = environment.get("STEWARD_LANG", "")
    if wish and wish not in tuple(Language):
        problems_en.append(f'STEWARD_LANG is "{wish}", but should be zh or en')
        problems_zh.append(f"STEWARD_LANG 是“{wish}”，应为 zh 或 en")
    sheets_url = environment.get("STEWARD_SHEETS_URL", "")
    if sheets_url and not _LOOPBACK.fullmatch(sheets_url):
        problems_en.append(
            "STEWARD_SHEETS_URL is not an address of this machine, such as http://127.0.0.1:8080"
        )
        problems_zh.append("STEWARD_SHEETS_URL 不是本机地址，例如 http://127.0.0.1:8080")
    keys = {name: _key(environment.get(name, "")) for name in _KEYS}
    wrong = [name for name in _KEYS if keys[name] is None]
    problems_en += [f"{name} is not 32 bytes in base64" for name in wrong]
    problems_zh += [f"{name} 不是 base64 写的 32 个字节" for name in wrong]
    for name, schemes in (("STEWARD_DATABASE_URL", _DATABASES), ("STEWARD_QUEUE_URL", _QUEUES)):
        if environment.get(name) and not environment[name].startswith(schemes):
            problems_en.append(f"{name} does not begin with {' or '.join(schemes)}")
            problems_zh.append(f"{name} 应以 {' 或 '.join(schemes)} 开头")
    numbers = {number.name: number.read(environment) for number in _NUMBERS}
    for number in _NUMBERS:
        if numbers[number.name] is None:
            text, span = environment[number.name], (number.least, number.most)
            problems_en.append(
                f'{number.name} is "{text}", but should be a number from {span[0]} to {span[1]}'
            )
            problems_zh.append(f"{number.name} 是“{text}”，应为 {span[0]} 到 {span[1]} 的整数")
    if problems_en:
        known = ", ".join(KNOWN)
        msg = f"The environment cannot be used: {'; '.join(problems_en)}. Settings are: {known}."
        raise SettingsError(
            msg,
            f"环境变量不能用：{'；'.join(problems_zh)}。可用的有：{known}。",
        )
    home = environment.get("STEWARD_HOME") or "~/.local/share/steward"
    return Settings(
        home=Path(home).expanduser(),
        language=spoken(environment),
        credentials=environment.get("STEWARD_GOOGLE_CREDENTIALS", ""),
        sheets_url=sheets_url,
        journal_key=keys["STEWARD_JOURNAL_KEY"] or b"",
        audit_key=keys["STEWARD_AUDIT_KEY"] or b"",
        metrics_token=environment.get("STEWARD_METRICS_TOKEN", ""),
        audiences=_listed(environment.get("STEWARD_AUDIENCES", "")),
        domains=_listed(environment.get("STEWARD_DOMAINS", "")),
        database_url=environment.get("STEWARD_DATABASE_URL", ""),
        queue_url=environment.get("STEWARD_QUEUE_URL", ""),
        platform=next((name for sign, name in _PLATFORMS.items() if environment.get(sign)), ""),
        **{number.attribute: numbers[number.name] for number in _NUMBERS},  # type: ignore[arg-type]
    )


def _with_files(environment: Mapping[str, str]) -> tuple[Mapping[str, str], list[str]]:
    """Give the environment with the secrets that lie in files, and the names of those that cannot be read."""
    found, unread = dict(environment), []
    for name in SECRETS:
        path = environment.get(f"{name}_FILE")
        if path and not environment.get(name):
            try:
                found[name] = Path(path).expanduser().read_text(encoding="utf-8").strip()
            except (OSError, ValueError):
                unread.append(name)
    return found, unread


def _listed(text: str) -> tuple[str, ...]:
    """Read what stands between commas and spaces."""
    return tuple(text.replace(",", " ").split())


def _key(text: str) -> bytes | None:
    """Read a key; none for '', None when it is not one."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return key if len(key) in (0, _KEY_BYTES) else None


def spoken(environment: Mapping[str, str]) -> Language:
    """Give the language of the command line: as set, else Chinese where the locale is, else English."""
    wish = environment.get("STEWARD_LANG", "")
    if wish in tuple(Language):
        return Language(wish)
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return Language.ZH if locale.startswith("zh") else Language.EN
