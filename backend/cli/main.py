"""The group of commands, and how an error ends them."""

from __future__ import annotations

import gc
import importlib
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from backend.cli.screen import open_screen
from backend.errors import StewardError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_INTERRUPTED = 130

_COLLECTED_AFTER = (200_000, 20, 50)
"""When Python looks for cycles to collect. A run makes millions of small objects and hardly a cycle: at the
usual 700 the search took a twelfth of the time of a check of 100,000 rows."""

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "backend.cli.demo.demo",
        "check": "backend.cli.checking.check",
        "duplicates": "backend.cli.duplicates.duplicates",
        "lookup": "backend.cli.lookup.lookup",
        "import": "backend.cli.importing.import_",
        "init": "backend.cli.adopting.init",
        "run": "backend.cli.running.run",
        "runs": "backend.cli.runs.runs",
        "undo": "backend.cli.undoing.undo",
        "export": "backend.cli.exporting.export",
        "token": "backend.cli.token.token",
        "grant": "backend.cli.granting.grant",
        "audience": "backend.cli.audiences.audience",
        "audit": "backend.cli.auditing.audit",
        "doctor": "backend.cli.doctor.doctor",
        "serve": "backend.cli.serving.serve",
        "worker": "backend.cli.worker.worker",
        "sheets": "backend.cli.sheets.sheets",
        "guide": "backend.cli.guide.guide",
        "version": "backend.cli.version.version",
    }
)
"""Dotted name of each command, so that a command imports only what it needs itself."""


class _Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature click demands
        """Give the names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """Give a command, or None when there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].rpartition(".")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def steward() -> None:
    """Look after a team's customer register in a Google Sheet (客户管家).

    Steward checks and normalises every field, puts each customer in a tier by rules the team can edit, flags
    duplicates with the evidence, and writes the answers beside the rows. A run never writes the team's own
    columns.

    \b
    Begin with    steward demo                                a made-up register
                  steward check FILE.csv                      your own file, nothing is written
                  steward duplicates FILE.csv                 the same customer twice? any file, any columns
    then          steward import FILE.csv --preset retail     a register from a file
                  steward init FILE.xlsx                      or the sheet you have, taken over as it is
                  steward run validate-and-tier --preview     what a run would write
                  steward run validate-and-tier               write it
                  steward undo RUN                            take it back, as far as nobody changed it
                  steward export --out register.xlsx          take it away
                  steward serve                               the menu in the sheet, for everybody

    Without STEWARD_GOOGLE_CREDENTIALS everything happens on this machine and nothing is sent anywhere; with
    it, Steward works on the Google Sheets shared with its account ("steward doctor" says whether it can).
    STEWARD_HOME names the folder where sheets and runs are kept (default ~/.local/share/steward),
    STEWARD_LANG the language (zh or en).
    """  # noqa: D301 - click wants the character itself


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done, 1 failed, 2 usage, 3 refused, 4 partly done, 5 `check` found errors.
    """
    gc.set_threshold(*_COLLECTED_AFTER)
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
