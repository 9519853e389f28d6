"""`steward token`: an ID token of this machine, to try the service without Google."""

from __future__ import annotations

import click

from backend.cli.opening import steward_of_this_command


@click.command()
@click.argument("email", default="you@example.com")
def token(email: str) -> None:
    """Print an ID token for EMAIL that the service on this machine takes for an hour.

    It is signed with a key of this machine. A service whose sheets are Google's does not take it.

    \b
    curl -H "Authorization: Bearer $(steward token li@example.com)" http://127.0.0.1:8000/registers/ID/summary
    """  # noqa: D301 - click wants the character itself
    steward = steward_of_this_command()
    click.echo(steward.identities.token(email, steward.clock.now().timestamp()))
