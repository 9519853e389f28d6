"""`steward serve`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import backend
from backend.cli.opening import steward_of_this_command
from backend.cli.options import language_option
from backend.cli.screen import open_screen
from backend.cli.signals import ended_by_a_signal
from backend.cli.supervising import Child, Supervisor
from backend.errors import AudiencesMissing
from backend.json_log import write_log

if TYPE_CHECKING:
    from sheets_schema.model import Language

APPLICATION = "backend.wsgi:app"
_MORE_SECONDS = 5
"""How much longer than its grace a process may take before it is killed."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="The port.")
@language_option
def serve(host: str, port: int, language: Language | None) -> None:
    """Answer the menu in the sheet, and carry out what it asks for, until Ctrl-C or SIGTERM.

    Starts a web process (gunicorn) and one worker, and starts either again when it dies.
    """
    screen = open_screen(language)
    write_log(sys.stderr)
    steward = steward_of_this_command()
    _ = steward.ledger
    if not steward.audiences.allowed():
        raise AudiencesMissing
    steward.queue.check()
    steward.close()
    children = [Child("web", web_command(host, port)), Child("worker", worker_command())]
    supervisor = Supervisor(children=children, grace_seconds=steward.settings.grace_seconds + _MORE_SECONDS)
    with ended_by_a_signal() as ended:
        screen.say("service-serves", url=f"http://{host}:{port}")
        if steward.knows_own_people:
            screen.say("service-token")
        supervisor.run(ended.is_set)
    screen.say("service-left")


def web_command(host: str, port: int, application: str = APPLICATION) -> list[str]:
    """Give what starts the web process."""
    settings = Path(backend.__file__).parent / "gunicorn.conf.py"
    plain = ["--worker-class", "gthread", "--threads", "8", "--no-control-socket"]
    chosen = ["--config", str(settings)] if settings.exists() else plain
    return [sys.executable, "-m", "gunicorn", *chosen, "--bind", f"{host}:{port}", application]


def worker_command() -> list[str]:
    """Give what starts a worker."""
    return [sys.executable, "-c", "from backend.cli import main; main()", "worker"]
