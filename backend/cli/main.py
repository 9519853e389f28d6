"""The group of commands, and how an error ends them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from backend.cli.demo import demo
from backend.cli.exporting import export
from backend.cli.guide import guide
from backend.cli.importing import import_
from backend.cli.running import run, runs
from backend.cli.screen import open_screen
from backend.cli.version import version
from backend.errors import StewardError

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def steward() -> None:
    """Look after a team's customer register in a Google Sheet (客户管家).

    Steward checks and normalises every field, puts each customer in a tier by rules the team can edit, flags
    duplicates with the evidence, and writes the answers beside the rows. It never writes the team's own
    columns.

    \b
    Begin with    steward demo                                a made-up register
    then          steward import FILE.csv --preset retail     your own
                  steward run validate-and-tier --preview     what a run would write
                  steward run validate-and-tier               write it
                  steward export --out register.xlsx          take it away

    Everything happens on this machine; nothing is sent anywhere. STEWARD_HOME names the folder where sheets
    and runs are kept (default ~/.local/share/steward), STEWARD_LANG the language (zh or en).
    """  # noqa: D301 - click wants the character itself


for command in (demo, import_, run, runs, export, guide, version):
    steward.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done, 1 failed, 2 usage, 3 refused, 4 partly done.
    """
    said: dict[str, Any] = {}
    try:
        steward.main(args=None if arguments is None else list(arguments), standalone_mode=False, obj=said)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except StewardError as problem:
        open_screen(**said).fail(problem)
        sys.exit(problem.exit_code)
    except (KeyboardInterrupt, click.Abort):
        open_screen(**said).say_aside("interrupted")
        sys.exit(_INTERRUPTED)
    except Exception as problem:
        open_screen(**said).say_aside("unexpected", kind=type(problem).__name__)
        raise
