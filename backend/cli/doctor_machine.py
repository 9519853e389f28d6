"""What `steward doctor` looks at on this machine: Python, packages, settings, disk, databases, time zones."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sqlite3
import sys
import zoneinfo
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from backend.errors import StewardError
    from sheets_schema.model import Language

_PACKAGES = ("sheet-steward", "gspread", "google-auth", "cryptography", "requests", "pandas", "sqlalchemy")
_OLDEST_PYTHON = (3, 11)
_ROOMY_GB = 1.0
_DATABASES = ("sheets.db", "state.db", "google.db")
_GB = 1e9


class Level(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found.

    Attributes:
        check: What was looked at.
        code: The sentence that says it.
        params: What stands in its places; a function gives what it is in a language.
        problem: The error that says it instead; None where there is none.
    """

    check: str
    level: Level
    code: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    problem: StewardError | None = None

    @classmethod
    def of_error(cls, check: str, problem: StewardError) -> Finding:
        """Give the finding that a check ended with an error."""
        return cls(check=check, level=Level.ERROR, code="doctor-problem", problem=problem)

    def message(self, language: Language) -> str:
        """Say what was found."""
        if self.problem is not None:
            return self.problem.to(language.value)
        params = {name: value(language) if callable(value) else value for name, value in self.params.items()}
        return say(self.code, language, **params)

    def as_json(self, language: Language) -> Mapping[str, str]:
        """Give it for scripts."""
        code = self.problem.code if self.problem is not None else self.code
        return {
            "check": self.check,
            "level": self.level.value,
            "code": code,
            "message": self.message(language),
        }


def found(check: str, level: Level, code: str, **params: object) -> Finding:
    """Give a finding; a parameter may be a function of the language."""
    return Finding(check=check, level=level, code=code, params=MappingProxyType(params))


def look_at_python() -> Finding:
    """Look at the version of Python."""
    version = platform.python_version()
    if sys.version_info < _OLDEST_PYTHON:
        return found("python", Level.ERROR, "doctor-python-old", version=version)
    return found("python", Level.OK, "doctor-python", version=version)


def look_at_packages() -> Finding:
    """Look at the versions of what Steward stands on."""
    there = {name: _version(name) for name in _PACKAGES}
    missing = ", ".join(name for name, version in there.items() if not version)
    if missing:
        return found("packages", Level.ERROR, "doctor-packages-missing", packages=missing)
    texts = ", ".join(f"{name} {version}" for name, version in there.items())
    return found("packages", Level.OK, "doctor-packages", packages=texts)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def look_at_time_zones() -> Finding:
    """Look whether a time zone can be told."""
    try:
        zoneinfo.ZoneInfo("Asia/Shanghai")
    except zoneinfo.ZoneInfoNotFoundError:
        return found("time zones", Level.ERROR, "doctor-time-zones-missing")
    return found("time zones", Level.OK, "doctor-time-zones", now=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}")


def look_at_settings(environment: Mapping[str, str]) -> Finding:
    """Name the variables that are set; their values are nobody's business."""
    names = ", ".join(sorted(name for name in environment if name.startswith("STEWARD_")))
    if not names:
        return found("settings", Level.OK, "doctor-settings-none")
    return found("settings", Level.OK, "doctor-settings", names=names)


def look_at_home(home: Path) -> Finding:
    """Look at the free space of the home, which can be written."""
    free = shutil.disk_usage(home).free / _GB
    level, code = (Level.OK, "doctor-home") if free >= _ROOMY_GB else (Level.WARNING, "doctor-home-full")
    return found("home", level, code, path=home, free=f"{free:,.1f}")


def look_at_databases(home: Path) -> Iterator[Finding]:
    """Look whether each database is whole."""
    there = [name for name in _DATABASES if (home / name).exists()]
    if not there:
        yield found("databases", Level.OK, "doctor-database-none")
    for name in there:
        if _is_whole(home / name):
            yield found("databases", Level.OK, "doctor-database", name=name)
        else:
            yield found("databases", Level.ERROR, "doctor-database-broken", name=name)


def _is_whole(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False
