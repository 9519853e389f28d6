"""`steward audience`: whose ID tokens the service takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option
from backend.cli.person import person
from backend.cli.screen import open_screen
from backend.core.wording import say

if TYPE_CHECKING:
    from sheets_schema.model import Language


@click.group()
def audience() -> None:
    """Say whose ID tokens the service takes: the OAuth client ids of your Apps Script projects.

    A copy of a script that is bound to a sheet is a project of its own, with a client id of its own. Those of
    STEWARD_AUDIENCES are taken besides.
    """


@audience.command("add")
@click.argument("client_id")
@click.option("--note", default="", help="Whose project it is.")
@language_option
def add(client_id: str, note: str, language: Language | None) -> None:
    """Take tokens for one more client id, such as 123-abc.apps.googleusercontent.com."""
    screen, steward = open_screen(language), steward_of_this_command()
    steward.audiences.add(client_id, note)
    steward.audit.add(f"machine:{person()}", "audience-added", audience=client_id)
    screen.say("audience-added", audience=client_id)


@audience.command("remove")
@click.argument("client_id")
@language_option
def remove(client_id: str, language: Language | None) -> None:
    """Take its tokens no longer; at once."""
    screen, steward = open_screen(language), steward_of_this_command()
    gone = steward.audiences.remove(client_id)
    if gone:
        steward.audit.add(f"machine:{person()}", "audience-removed", audience=client_id)
    screen.say("audience-removed" if gone else "audience-none", audience=client_id)


@audience.command("list")
@language_option
@json_option
def list_(language: Language | None, *, as_json: bool) -> None:
    """List the client ids whose tokens are taken."""
    screen, steward = open_screen(language, as_json=as_json), steward_of_this_command()
    fixed = say("audience-fixed", screen.language)
    added = dict(steward.audiences.added())
    taken = [(one, added.get(one, fixed)) for one in sorted(steward.audiences.allowed())]
    screen.give({"ok": True, "audiences": [{"audience": one, "note": note} for one, note in taken]})
    if not taken:
        screen.say("audiences-empty")
        return
    columns = {"column-audience": False, "column-note": False}
    screen.table(say("table-audiences", screen.language), columns, taken)
