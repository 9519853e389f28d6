"""Settings of the process: environment variables `STEWARD_*`, read once, all problems reported together."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backend.errors import SettingsError
from sheets_schema.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN = ("STEWARD_HOME", "STEWARD_LANG", "STEWARD_GOOGLE_CREDENTIALS", "STEWARD_SHEETS_URL")
"""Every variable that is read; another `STEWARD_...` is a slip of the pen and is refused."""

_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says.

    Attributes:
        home: Folder that holds the local sheets and the store.
        language: Language of the command line.
        credentials: A service account's key file, or `default`; '' for local sheets.
        sheets_url: Where the Sheets API is answered on this machine, for tests; '' for Google's own address.
    """

    home: Path
    language: Language = Language.EN
    credentials: str = ""
    sheets_url: str = ""


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
    )


def spoken(environment: Mapping[str, str]) -> Language:
    """Give the language of the command line: as set, else Chinese where the locale is, else English."""
    wish = environment.get("STEWARD_LANG", "")
    if wish in tuple(Language):
        return Language(wish)
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return Language.ZH if locale.startswith("zh") else Language.EN
