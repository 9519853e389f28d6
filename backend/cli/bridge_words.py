"""The words of the menu in the sheet, as the script file that holds nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from backend.core.wording import WORDS
from backend.core.wording.menu import WORDS as MENU_WORDS
from backend.jobs.catalogue import JOBS, UNDO
from backend.ports import RunState
from sheets_schema.model import Language
from sheets_schema.presets import TABS

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT = """// Written by `steward guide --bridge`; a test fails when it is out of date.
/* eslint no-unused-vars: off */

/**
 * What people read, by language and code; places in braces are filled in.
 * @type {Readonly<Record<Language, Record<string, string>>>}
 */
const WORDS_ = Object.freeze({words});

/**
 * What people call each job, by language and name.
 * @type {Readonly<Record<Language, Record<string, string>>>}
 */
const JOBS_ = Object.freeze({jobs});

/**
 * The names under which the team's settings stand in the sheet.
 * @type {Readonly<Record<Language, string>>}
 */
const SETTINGS_TABS_ = Object.freeze({tabs});
"""


def bridge_words() -> str:
    """Give the content of `I18n.js`: words of menu and sidebar, labels of jobs and states."""
    return (
        _SCRIPT.replace("{words}", _json({language.value: _words(language) for language in Language}))
        .replace("{jobs}", _json({language.value: _jobs(language) for language in Language}))
        .replace("{tabs}", _json(_settings_tabs()))
    )


def _words(language: Language) -> Mapping[str, str]:
    codes = [*MENU_WORDS, *(f"state-{state.value}" for state in RunState)]
    return {code: getattr(WORDS[code], language.value) for code in codes}


def _jobs(language: Language) -> Mapping[str, str]:
    return {job.name: job.label.to(language) for job in (*JOBS, UNDO)}


def _settings_tabs() -> Mapping[str, str]:
    label = next(tab.label for tab in TABS if tab.id == "Settings")
    return {language.value: label.to(language) for language in Language}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
