"""The tabs of a new register: which columns it gets, and the lines its Settings and TierRules begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from backend.core.team_settings import SETTINGS
from backend.core.tiers.rules import DEFAULT_LINES
from sheets_schema.choices import MATCHES, TIERS, YES_NO
from sheets_schema.presets import laid_out, register

if TYPE_CHECKING:
    from backend.core.fields.field import Cell
    from sheets_schema.model import Language, Preset, Tab

Line = Mapping[str, "Cell"]
"""Cells of one line, by field id."""


def new_tabs(preset: Preset) -> tuple[Tab, ...]:
    """Give the tabs a new register of a preset gets, each with the columns it gets.

    The Archive tab is made when the first row is taken out.
    """
    return tuple(laid_out(tab, preset) for tab in register(preset).tabs if tab.id != "Archive")


def first_lines(tab: Tab, language: Language, settings: Mapping[str, str]) -> Sequence[Line]:
    """Give the lines a tab of a new register begins with.

    Args:
        tab: The tab.
        language: Language of codes and explanations.
        settings: Texts for the Settings tab that differ from the defaults, by key.
    """
    if tab.id == "Settings":
        return [
            {
                "key": setting.key,
                "value": settings.get(setting.key, setting.default),
                "explanation": setting.explanation.to(language),
            }
            for setting in SETTINGS
        ]
    if tab.id == "TierRules":
        labels = {choice.code: choice.label.to(language) for choice in (*TIERS, *MATCHES, *YES_NO)}
        return [{name: labels.get(str(cell), cell) for name, cell in line.items()} for line in DEFAULT_LINES]
    return []


def in_columns(tab: Tab, lines: Sequence[Line]) -> list[list[Cell]]:
    """Give lines as cells in the order of the team's columns, '' where a line has none.

    In a tab without columns of the team's they stand in the order of Steward's.
    """
    names = [column.id for column in tab.team_columns or tab.columns]
    return [[line.get(name, "") for name in names] for line in lines]
