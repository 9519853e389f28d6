"""Settings of the process: environment variables `STEWARD_*`, read once, all problems reported together."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass
from pathlib import Path
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
)
"""Every variable that is read; another `STEWARD_...` is a slip of the pen and is refused."""

_KEY_BYTES = 32
_MOST_DAYS = 3_650
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/?")


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
    """

    home: Path
    language: Language = Language.EN
    credentials: str = ""
    sheets_url: str = ""
    journal_key: bytes = b""
    journal_days: int = 90


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of the process.

    Raises:
        SettingsError: A variable has an unknown name or a value that cannot be used; all are named.
    """
    unknown = sorted(name for name in environment if name.startswith("STEWARD_") and name not in KNOWN)
    problems_en = [f"{name} is not a setting" for name in unknown]
    problems_zh = [f"没有 {name} 这一项" for name in unknown]
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
    key = _key(environment.get("STEWARD_JOURNAL_KEY", ""))
    if key is None:
        problems_en.append("STEWARD_JOURNAL_KEY is not 32 bytes in base64")
        problems_zh.append("STEWARD_JOURNAL_KEY 不是 base64 写的 32 个字节")
    days = environment.get("STEWARD_JOURNAL_DAYS", "") or "90"
    if not (days.isdecimal() and 1 <= int(days) <= _MOST_DAYS):
        problems_en.append(f'STEWARD_JOURNAL_DAYS is "{days}", but should be a number from 1 to {_MOST_DAYS}')
        problems_zh.append(f"STEWARD_JOURNAL_DAYS 是“{days}”，应为 1 到 {_MOST_DAYS} 的整数")
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
        journal_key=key or b"",
        journal_days=int(days),
    )


def _key(text: str) -> bytes | None:
    """Read the key of the journal; none for '', None when it is not one."""
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
