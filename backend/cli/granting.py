"""`steward grant`: who may do what with which register over the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backend.adapters.store.grants import EVERY_REGISTER, Role
from backend.cli.opening import steward_of_this_command
from backend.cli.options import OneOf, json_option, language_option, register_option
from backend.cli.person import person
from backend.cli.screen import open_screen
from backend.core.wording import say

if TYPE_CHECKING:
    from backend.adapters.store.grants import Grant
    from backend.cli.screen import Screen
    from backend.wiring import Steward
    from sheets_schema.model import Language

every_register_option = click.option(
    "--every-register", is_flag=True, help="On every register there is and will be."
)


@click.group()
def grant() -> None:
    """Say who may do what over the service: viewer, editor, reviewer, approver, admin.

    Each role may what those before it may. Somebody who shows that they can edit a sheet is taken for an
    editor of it for 12 hours without a grant. A change acts with the next call.
    """


@grant.command("add")
@click.argument("who", metavar="WHO")
@click.argument("role", type=OneOf(Role))
@register_option
@every_register_option
@language_option
def add(
    who: str, role: Role, register_text: str | None, language: Language | None, *, every_register: bool
) -> None:
    """Grant a role to WHO: the e-mail of somebody who has opened the menu once, or the account's `sub`."""
    screen = open_screen(language)
    steward = steward_of_this_command()
    spreadsheet_id, name = _place(steward, screen, register_text, every_register=every_register)
    caller = steward.callers.find(who)
    steward.grants.give(caller, spreadsheet_id, role, granted_by=person())
    steward.audit.add(_me(), "role-granted", spreadsheet_id, to=caller, role=role.value)
    screen.say("grant-given", who=who, role=role.value, register=name)


@grant.command("revoke")
@click.argument("who", metavar="WHO")
@register_option
@every_register_option
@language_option
def revoke(who: str, register_text: str | None, language: Language | None, *, every_register: bool) -> None:
    """Take back every role WHO has on a register, one from a proof too."""
    screen = open_screen(language)
    steward = steward_of_this_command()
    spreadsheet_id, name = _place(steward, screen, register_text, every_register=every_register)
    caller = steward.callers.find(who)
    gone = steward.grants.revoke(caller, spreadsheet_id)
    if gone:
        steward.audit.add(_me(), "role-revoked", spreadsheet_id, to=caller)
    screen.say("grant-revoked" if gone else "grant-none", who=who, register=name)


@grant.command("list")
@language_option
@json_option
def list_(language: Language | None, *, as_json: bool) -> None:
    """List the roles that hold now."""
    screen = open_screen(language, as_json=as_json)
    steward = steward_of_this_command()
    grants, emails = steward.grants.all(), steward.callers.emails()
    screen.give({"ok": True, "grants": [_grant_json(one, emails) for one in grants]})
    if not grants:
        screen.say("grants-empty")
        return
    columns = dict.fromkeys(
        ("column-who", "column-spreadsheet", "column-role", "column-source", "column-until"), False
    )
    rows = [
        (
            emails.get(one.caller, one.caller),
            say("every-register", screen.language)
            if one.spreadsheet_id == EVERY_REGISTER
            else one.spreadsheet_id,
            one.role.value,
            one.source.value,
            f"{one.ends:%Y-%m-%d %H:%M}" if one.ends else "",
        )
        for one in grants
    ]
    screen.table(say("table-grants", screen.language), columns, rows)


def _place(
    steward: Steward, screen: Screen, register_text: str | None, *, every_register: bool
) -> tuple[str, str]:
    """Give the spreadsheet a grant is about, and what people call it."""
    if every_register:
        return EVERY_REGISTER, say("every-register", screen.language)
    known = steward.registers.find(register_text)
    return known.spreadsheet_id, known.name


def _me() -> str:
    return f"machine:{person()}"


def _grant_json(one: Grant, emails: dict[str, str]) -> dict[str, object]:
    return {
        "caller": one.caller,
        "email": emails.get(one.caller, ""),
        "spreadsheet_id": one.spreadsheet_id,
        "role": one.role.value,
        "source": one.source.value,
        "ends": one.ends and one.ends.isoformat(timespec="seconds"),
        "granted_by": one.granted_by,
    }
