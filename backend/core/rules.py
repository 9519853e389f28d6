"""The team's rules: the Settings and TierRules tabs -> frozen rules, plus issues about their lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from backend.core import signature
from backend.core.fields.clean import clean_lines
from backend.core.fields.field import Field
from backend.core.fields.reading import excerpt, look, text_of
from backend.core.fields.text import CELL_LIMIT
from backend.core.issues import Issue
from backend.core.match_rules import NO_LINES, MatchLines, parse_match_rules
from backend.core.team_settings import SETTINGS, SettingUnreadable, TeamSettings, defaults
from backend.core.tiers.rules import TierRule, parse_tier_rules
from sheets_schema.model import Text

if TYPE_CHECKING:
    from datetime import date

    from backend.core.snapshot import Snapshot, TabRead
    from backend.core.team_settings import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything the team decided, as one run uses it.

    Attributes:
        tiers: Tier rules by priority; empty when no line of the tab could be read.
        matches: What the MatchRules tab says.
    """

    settings: TeamSettings
    tiers: tuple[TierRule, ...]
    matches: MatchLines = NO_LINES

    @property
    def hash(self) -> str:
        """Fingerprint of the rules: the same rules give the same fingerprint."""
        placeholders = sorted(self.settings.placeholders)
        settings = replace(self.settings, placeholders=frozenset())
        return signature.digest(
            [repr(settings), repr(placeholders), *map(repr, self.tiers), repr(self.matches)]
        )


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
        key, text = _text(read, row, "key"), _text(read, row, "value")
        setting = known.get(key.casefold())
        if setting is None:
            issues.extend(_unknown(row, key))
        elif setting.key in seen:
            issues.append(_issue(row, "setting-twice", key, text))
        elif text:
            seen.add(setting.key)
            try:
                settings = replace(settings, **{setting.key: _read(setting, text)})
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
    matches, about_matches = parse_match_rules(snapshot.get("MatchRules"), today=today)
    rules = Rules(settings=settings, tiers=tiers, matches=matches)
    return rules, (*about_settings, *about_tiers, *about_matches)


def _text(read: TabRead, row: int, column_id: str) -> str:
    cell: Any = read.cells(column_id).at[row]
    return clean_lines(text_of(cell))


def _read(setting: Setting, text: str) -> Any:
    """Read the text of a setting; an error of the sheet (#REF!) is none."""
    seen = look(text, limit=CELL_LIMIT)
    if isinstance(seen, Field):
        raise SettingUnreadable(Text(zh="应为内容本身", en="the text itself"))
    return setting.read(text)


def _unknown(row: int, key: str) -> tuple[Issue, ...]:
    return (_issue(row, "setting-unknown", key, ""),) if key else ()


def _issue(row: int, code: str, key: str, value: str, *more: tuple[str, str]) -> Issue:
    params = (("row", str(row)), ("key", excerpt(key)), ("value", excerpt(value)), *more)
    return Issue(tab="Settings", row=row, column="value", code=code, value=value, params=params)
