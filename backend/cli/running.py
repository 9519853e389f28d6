"""`steward run`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option, register_option
from backend.cli.person import person
from backend.cli.screen import open_screen
from backend.cli.summary import show_outcome
from backend.jobs.catalogue import JOBS, find_job
from backend.jobs.recording import Progress
from backend.ports import RunState

if TYPE_CHECKING:
    from backend.cli.screen import Screen
    from backend.jobs.job import Outcome
    from backend.wiring import Steward
    from sheets_schema.model import Language

_PARTLY_DONE = 4


@click.command(epilog="Jobs: " + ", ".join(f"{job.name} ({job.label.both})" for job in JOBS))
@click.argument("job_name", metavar="JOB")
@click.option("--preview", is_flag=True, help="Say what would be written, and write nothing.")
@register_option
@language_option
@json_option
def run(
    job_name: str, register_text: str | None, language: Language | None, *, preview: bool, as_json: bool
) -> None:
    """Run a job on a register: read it, decide, write the answers beside the rows, verify them.

    \b
    steward run validate-and-tier --preview     what would be written
    steward run validate-and-tier               check, tier, flag duplicates
    steward run validate-and-tier --json        for scripts

    A second run writes nothing unless something changed. Exit codes: 0 done, 3 refused before writing
    anything, 4 partly done.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    outcome = run_job(steward_of_this_command(), screen, job_name, register_text, preview=preview)
    show_outcome(screen, outcome)
    if outcome.state is RunState.PARTLY_DONE:
        sys.exit(_PARTLY_DONE)


def run_job(
    steward: Steward, screen: Screen, job_name: str, register_text: str | None, *, preview: bool
) -> Outcome:
    """Run a job with a bar that shows how far it is."""
    job = find_job(job_name)
    register = steward.register(register_text)
    with screen.progress() as told:
        return steward.runner.run(
            job, register, requested_by=person(), preview=preview, progress=Progress(told=told)
        )
