"""`steward undo`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option
from backend.cli.person import person
from backend.cli.screen import open_screen
from backend.jobs import telling
from backend.jobs.recording import Progress
from backend.ports import RunState

if TYPE_CHECKING:
    from backend.cli.screen import Screen
    from backend.jobs.job import Outcome
    from sheets_schema.model import Language

_PARTLY_DONE = 4


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option("--preview", is_flag=True, help="Say what would be taken back, and write nothing.")
@language_option
@json_option
def undo(run_id: str, language: Language | None, *, preview: bool, as_json: bool) -> None:
    """Take back what RUN wrote, wherever it still stands as it was written.

    \b
    steward runs                                which runs there were
    steward runs show 20261122-0700-1a2b        what one of them changed
    steward undo 20261122-0700-1a2b --preview   what would be taken back
    steward undo 20261122-0700-1a2b             take it back

    A cell that holds something else by now, because a person or a later run changed it, stays as it is and is
    counted. Rows that an import added go to the Archive tab, if nobody has changed a cell of them. A register
    that an import made is not taken away. An undo is a run of its own: undo it, and everything is as before.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    steward = steward_of_this_command()
    register = steward.register(steward.ledger.find(run_id).spreadsheet_id)
    with screen.progress() as told:
        outcome = steward.runner.undo(
            run_id, register, requested_by=person(), preview=preview, progress=Progress(told=told)
        )
    show_undone(screen, run_id, outcome)
    if outcome.state is RunState.PARTLY_DONE:
        sys.exit(_PARTLY_DONE)


def show_undone(screen: Screen, run_id: str, outcome: Outcome) -> None:
    """Say how much of a run was taken back, or would be, and what stays."""
    counts = {name: outcome.counts[name] for name in ("undone", "edited", "gone")}
    screen.give(
        {
            "ok": outcome.state is RunState.DONE,
            "run_id": outcome.run_id,
            "undoes": run_id,
            "state": outcome.state.value,
            "preview": outcome.preview,
            "register": outcome.register,
            "counts": {
                **counts,
                **{name: outcome.counts.get(name, 0) for name in ("taken_out", "brought_back")},
            },
            "api_calls": outcome.api_calls,
        }
    )
    for text in telling.undone(outcome, run_id):
        screen.say_text(text)
    if outcome.preview:
        screen.say("run-preview")
    elif counts["undone"]:
        screen.say("undo-again", run_id=outcome.run_id)
