"""`steward audit`: what was done over the service, by whom, and whether the log was changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option
from backend.cli.screen import open_screen
from backend.core.wording import say

if TYPE_CHECKING:
    from sheets_schema.model import Language


@click.group()
def audit() -> None:
    """Look at the audit log. Each line is bound to the one before by a key, so that a change shows."""


@audit.command()
@language_option
@json_option
def verify(language: Language | None, *, as_json: bool) -> None:
    """Check every line from the first, and say how many there are.

    That lines at the end were taken away shows only by comparing with a number and a code noted elsewhere.
    Exit codes: 0 it holds, 1 it does not.
    """
    screen = open_screen(language, as_json=as_json)
    lines, mac = steward_of_this_command().audit.verify()
    screen.give({"ok": True, "lines": lines, "mac": mac})
    screen.say("audit-holds" if lines else "audit-empty", lines=lines, mac=mac)


@audit.command()
@click.option("--most", default=50, show_default=True, type=click.IntRange(1), help="How many lines to show.")
@language_option
@json_option
def show(most: int, language: Language | None, *, as_json: bool) -> None:
    """Show the last lines, the newest first."""
    screen = open_screen(language, as_json=as_json)
    steward = steward_of_this_command()
    lines, emails = steward.audit.last(most), steward.callers.emails()
    screen.give({"ok": True, "lines": [asdict(line) for line in lines]})
    if not lines:
        screen.say("audit-empty")
        return
    columns = {
        "column-number": True,
        **dict.fromkeys(
            ("column-at", "column-who", "column-action", "column-spreadsheet", "column-detail"), False
        ),
    }
    rows = [
        (
            str(line.number),
            line.at,
            emails.get(line.caller, line.caller),
            line.action,
            line.spreadsheet_id,
            json.dumps(line.detail, ensure_ascii=False),
        )
        for line in lines
    ]
    screen.table(say("table-audit", screen.language), columns, rows)
