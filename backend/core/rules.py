"""The team's rules: the Settings and TierRules tabs -> frozen rules, plus issues about their lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core import signature
from backend.core.issues import Issue
from backend.core.team_settings import SETTINGS, SettingUnreadable, TeamSettings, defaults
from backend.core.tiers.rules import TierRule, parse_tier_rules

if TYPE_CHECKING:
    from datetime import date

    from backend.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything the team decided, as one run uses it.

    Attributes:
        tiers: Tier rules by priority; empty when no line of the tab could be read.
    """

    settings: TeamSettings
    tiers: tuple[TierRule, ...]

    @property
    def hash(self) -> str:
        """Fingerprint of the rules: the same rules give the same fingerprint."""
        placeholders = sorted(self.settings.placeholders)
        settings = replace(self.settings, placeholders=frozenset())
        return signature.digest([repr(settings), repr(placeholders), *map(repr, self.tiers)])


def read_settings(snapshot: Snapshot) -> tuple[TeamSettings, tuple[Issue, ...]]:
    """Read the Settings tab; a line that cannot be read is named and its default applies."""
    read = snapshot.get("Settings")
    settings = defaults()
    if read is None:
        return settings, ()
    issues: list[Issue] = []
    known = {setting.key: setting for setting in SETTINGS}
    seen: set[str] = set()
    for row in read.frame.index:
        key = str(read.cells("key").at[row]).strip()
        text = str(read.cells("value").at[row]).strip()
        setting = known.get(key.casefold())
        if setting is None:
            issues.extend(_unknown(row, key))
        elif key in seen:
            issues.append(_issue(row, "setting-twice", key, text))
        elif text:
            seen.add(key)
            try:
                settings = replace(settings, **{setting.key: setting.read(text)})
            except SettingUnreadable as problem:
                expected = (("expected_zh", problem.expected.zh), ("expected_en", problem.expected.en))
                issues.append(_issue(row, "setting-unreadable", key, text, *expected))
    return settings, tuple(issues)


def read_rules(snapshot: Snapshot, *, today: date) -> tuple[Rules, tuple[Issue, ...]]:
    """Read all rules of a register, and what is wrong with them."""
    settings, about_settings = read_settings(snapshot)
    tiers, about_tiers = parse_tier_rules(
        snapshot.get("TierRules"), today=today, currency=settings.base_currency
    )
    return Rules(settings=settings, tiers=tiers), (*about_settings, *about_tiers)


def _unknown(row: int, key: str) -> tuple[Issue, ...]:
    return (_issue(row, "setting-unknown", key, ""),) if key else ()


def _issue(row: int, code: str, key: str, value: str, *more: tuple[str, str]) -> Issue:
    params = (("row", str(row)), ("key", key), ("value", value), *more)
    return Issue(tab="Settings", row=row, column="value", code=code, value=value, params=params)
