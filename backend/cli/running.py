"""`steward run`."""

from __future__ import annotations

import re
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option, register_option
from backend.cli.person import person
from backend.cli.screen import open_screen
from backend.cli.summary import show_outcome
from backend.errors import JobArgumentsWrong
from backend.jobs.catalogue import JOBS, find_job
from backend.jobs.recording import Progress
from backend.ports import RunState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.cli.screen import Screen
    from backend.jobs.job import Outcome
    from backend.wiring import Steward
    from sheets_schema.model import Language

_PARTLY_DONE = 4
_ROWS = re.compile(r"[0-9]{1,15}(-[0-9]{1,15})?")


@click.command(epilog="Jobs: " + ", ".join(f"{job.name} ({job.label.both})" for job in JOBS))
@click.argument("job_name", metavar="JOB")
@click.option("--rows", metavar="FIRST-LAST", help="The rows to check, as in 5-9; for check-rows.")
@click.option("--row", metavar="ROW", help="The row of the customer; for customer-card.")
@click.option(
    "--sheet", metavar="TITLE", help="The sheet these rows are in, where customers stand in several."
)
@click.option("--preview", is_flag=True, help="Say what would be written, and write nothing.")
@register_option
@language_option
@json_option
def run(
    job_name: str,
    register_text: str | None,
    language: Language | None,
    *,
    preview: bool,
    as_json: bool,
    **chosen: str | None,
) -> None:
    """Run a job on a register: read it, decide, write the answers beside the rows, verify them.

    \b
    steward run validate-and-tier --preview     what would be written
    steward run validate-and-tier               check, tier, flag duplicates
    steward run validate-and-tier --json        for scripts
    steward run find-duplicates                 flag duplicates, leave everything else as it is
    steward run check-rows --rows 5-9           check, tier and compare these rows, write no others
    steward run customer-card --row 17          what is known of one customer; nothing is written

    A second run writes nothing unless something changed. Exit codes: 0 done, 3 refused before writing
    anything, 4 partly done.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    steward = steward_of_this_command()
    find_job(job_name)
    arguments = _arguments(steward, job_name, register_text, **chosen)
    outcome = run_job(steward, screen, job_name, register_text, arguments=arguments, preview=preview)
    show_outcome(screen, outcome)
    if outcome.state is RunState.PARTLY_DONE:
        sys.exit(_PARTLY_DONE)


def _arguments(
    steward: Steward, job_name: str, register_text: str | None, **chosen: str | None
) -> dict[str, object]:
    """Give what a job is to work on, as the options say it.

    Raises:
        JobArgumentsWrong: A row is no number, or there is no such sheet.
    """
    numbers = {"rows": _numbers(job_name, chosen["rows"]), "row": _numbers(job_name, chosen["row"])}
    arguments: dict[str, object] = {}
    if numbers["rows"] is not None:
        first, last = numbers["rows"][0], numbers["rows"][-1]
        arguments["rows"] = [first, last]
    if numbers["row"] is not None:
        arguments["row"] = numbers["row"][0] if len(numbers["row"]) == 1 else numbers["row"]
    if arguments or chosen["sheet"] is not None:
        sheets = steward.register(register_text).customer_sheets()
        title = chosen["sheet"] if chosen["sheet"] is not None else next(iter(sheets), "")
        if title not in sheets:
            there = ", ".join(f'"{one}"' for one in sheets)
            raise JobArgumentsWrong(
                job_name,
                f'there is no sheet "{title}" with customers; there is {there}',
                f"没有名为“{title}”的客户工作表；现有：{there}",
            )
        arguments["sheet_id"] = sheets[title]
    return arguments


def _numbers(job_name: str, text: str | None) -> list[int] | None:
    """Read `5-9` or `17`; None where nothing is said."""
    if text is None:
        return None
    if not _ROWS.fullmatch(text):
        raise JobArgumentsWrong(
            job_name,
            f'"{text}" is no row, as 17, and no rows, as 5-9',
            f"“{text}”不是行号（如 17）或范围（如 5-9）",
        )
    return [int(part) for part in text.split("-")]


def run_job(
    steward: Steward,
    screen: Screen,
    job_name: str,
    register_text: str | None,
    *,
    arguments: Mapping[str, object] = MappingProxyType({}),
    preview: bool,
) -> Outcome:
    """Run a job with a bar that shows how far it is."""
    job = find_job(job_name)
    register = steward.register(register_text)
    with screen.progress() as told:
        return steward.runner.run(
            job,
            register,
            requested_by=person(),
            arguments=arguments,
            preview=preview,
            progress=Progress(told=told),
        )
