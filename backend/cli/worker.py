"""`steward worker`."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import click

from backend.cli.opening import steward_of_this_command
from backend.cli.options import language_option
from backend.cli.screen import open_screen
from backend.cli.signals import ended_by_a_signal
from backend.jobs.catalogue import JOBS, load_plan
from backend.json_log import write_log

if TYPE_CHECKING:
    from sheets_schema.model import Language


@click.command()
@language_option
def worker(language: Language | None) -> None:
    """Carry out the runs that were asked for over HTTP, one after the other, until Ctrl-C or SIGTERM.

    "steward serve" starts one of these beside the web process. Start more, on this machine or on others,
    where one is not enough: they need the same STEWARD_DATABASE_URL, STEWARD_QUEUE_URL, STEWARD_JOURNAL_KEY
    and credentials. Told to end, it finishes the request it is writing, hands its run back for another
    worker, and leaves within STEWARD_GRACE_SECONDS.
    """
    screen = open_screen(language)
    write_log(sys.stderr)
    steward = steward_of_this_command()
    with ended_by_a_signal(lambda: _leave_at_last(steward.settings.grace_seconds)) as ended:
        work = steward.worker
        steward.queue.check()
        for job in JOBS:
            load_plan(job)
        screen.say("worker-works", name=work.name)
        work.work(ended.is_set)
    screen.say("worker-left", name=work.name)


def _leave_at_last(seconds: float) -> None:
    """End this process when the time is over, whatever it does: the lease of its run runs out then."""
    timer = threading.Timer(seconds, os._exit, [1])
    timer.daemon = True
    timer.start()
