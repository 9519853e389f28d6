"""`steward doctor`: whether Steward can work here, one line a check."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from backend.cli.doctor_machine import (
    Finding,
    Level,
    look_at_databases,
    look_at_home,
    look_at_packages,
    look_at_python,
    look_at_settings,
    look_at_time_zones,
)
from backend.cli.doctor_service import look_at_access, look_at_registers
from backend.cli.options import json_option, language_option
from backend.cli.screen import open_screen
from backend.core.wording import say
from backend.errors import HomeUnusable, SettingsError
from backend.settings import read_settings
from backend.wiring import open_steward

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheets_schema.model import Language


@click.command()
@click.option(
    "--register",
    "register_text",
    metavar="NAME",
    help="Look at this register alone: name, id or address; every known one when left out.",
)
@language_option
@json_option
def doctor(register_text: str | None, language: Language | None, *, as_json: bool) -> None:
    """Look whether Steward can work: this machine, the settings, Google, every register.

    One line a check: ok, warning or error, what it means and what to do. No sheet is changed, and nothing of
    what stands in a cell, in a key or in a setting is printed, so the answer may be passed on.

    Exit codes: 0 no error, 1 at least one.
    """
    screen = open_screen(language, as_json=as_json)
    spoken = screen.language
    findings: list[Finding] = []
    for finding in _findings(register_text):
        findings.append(finding)
        screen.say_line(f"{say(f'doctor-level-{finding.level}', spoken):<8} {finding.message(spoken)}")
    errors = sum(finding.level is Level.ERROR for finding in findings)
    screen.give({"ok": not errors, "checks": [finding.as_json(spoken) for finding in findings]})
    screen.say("doctor-errors" if errors else "doctor-all-well", errors=errors)
    if errors:
        sys.exit(1)


def _findings(register_text: str | None) -> Iterator[Finding]:
    yield look_at_python()
    yield look_at_packages()
    yield look_at_time_zones()
    try:
        settings = read_settings()
    except SettingsError as problem:
        yield Finding.of_error("settings", problem)
        return
    yield look_at_settings(os.environ)
    steward = open_steward(settings)
    click.get_current_context().call_on_close(steward.close)
    try:
        yield look_at_home(steward.home)
    except HomeUnusable as problem:
        yield Finding.of_error("home", problem)
        return
    databases = list(look_at_databases(steward.home))
    yield from databases
    access = list(look_at_access(steward))
    yield from access
    if all(finding.level is not Level.ERROR for finding in (*databases, *access)):
        yield from look_at_registers(steward, register_text)
