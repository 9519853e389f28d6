"""`steward lookup`: whether a customer is known, without telling a detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backend.adapters.clock import SystemClock
from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option, register_option
from backend.cli.screen import open_screen
from backend.core.checks.facts import read_table
from backend.core.lookup import look_up
from backend.core.rules import read_settings
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from sheets_schema.model import Language


@click.command()
@click.argument("value")
@register_option
@language_option
@json_option
def lookup(value: str, register_text: str | None, language: Language | None, *, as_json: bool) -> None:
    """Say whether a customer is known: by a phone, an e-mail address, an id or a name.

    \b
    steward lookup 13812348000
    steward lookup 张晓明                  names that sound alike are told too

    The answer names the row and, masked, who looks after it; no detail of the customer is shown, and the
    register is only read.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    snapshot = steward_of_this_command().register(register_text).read()
    settings, _ = read_settings(snapshot)
    today = SystemClock().today(settings.time_zone)
    customers = read_table(snapshot["Customers"], settings, today=today)
    found = look_up(customers.values, value)
    lines = [(known, CUSTOMERS.column(known.column).label.to(screen.language)) for known in found]
    screen.give(
        {
            "ok": True,
            "known": bool(found),
            "rows": [
                {"row": known.row, "field": known.column, "exact": known.exact, "owner": known.owner}
                for known in found
            ],
        }
    )
    if not found:
        screen.say("lookup-unknown")
    for known, label in lines:
        code = "lookup-same" if known.exact else "lookup-alike"
        screen.say(code, row=known.row, label=label)
        if known.owner:
            screen.say("lookup-owner", owner=known.owner)
