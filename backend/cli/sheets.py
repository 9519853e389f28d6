"""`steward sheets serve`: the local sheet server over HTTP, with quotas, faults and people if wanted."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backend.adapters.google.layout_names import BLOCK_RANGES
from backend.adapters.google.self_made import make_key
from backend.cli.options import language_option
from backend.cli.screen import open_screen
from backend.cli.signals import ended_by_a_signal
from backend.errors import HomeUnusable, OptionUnreadable
from backend.localsheets import LocalSheets
from backend.localsheets.editors import Editors
from backend.localsheets.faults import Faults
from backend.localsheets.http import SheetsOverHttp
from backend.localsheets.quota import Limits
from backend.localsheets.stack import stacked
from backend.settings import read_settings
from backend.wiring_callers import identities_in

if TYPE_CHECKING:
    from backend.adapters.google.self_made import SelfMadeKey
    from backend.cli.screen import Screen
    from backend.localsheets.identities import Certificates
    from backend.localsheets.transport import Service
    from sheets_schema.model import Language


_KEY_NAME = "served-key.json"
_SEED_AND_RATE = re.compile(r"(\d{1,9}):(\d{1,2}(?:\.\d{1,6})?)")


class _SeedAndRate(click.ParamType[Any]):
    """A seed and a rate, as in 7:0.1."""

    name = "SEED:RATE"

    def __init__(self, kind: type[Faults | Editors]) -> None:
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the faults or editors, or refuse a text that names none."""
        found = _SEED_AND_RATE.fullmatch(str(value))
        if found is None:
            self.fail(f'"{value}" is not a seed and a rate, such as 7:0.1', param, ctx)
        try:
            return self._kind(seed=int(found[1]), rate=float(found[2]))
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


@click.group()
def sheets() -> None:
    """Serve the sheets of this machine as Google serves its own."""


@sheets.command()
@click.option(
    "--port", default=0, type=click.IntRange(0, 65_535), help="The port; any free one when left out."
)
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File the spreadsheets lie in, such as sheets.db of STEWARD_HOME; in memory when left out.",
)
@click.option(
    "--key-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Where the key to sign in with is written; {_KEY_NAME} in STEWARD_HOME when left out.",
)
@click.option(
    "--quota", is_flag=True, help="Answer 429 beyond Google's requests a minute: 300, and 60 a user."
)
@click.option(
    "--faults", type=_SeedAndRate(Faults), help="Let faults befall this part of all calls, as in 7:0.1."
)
@click.option(
    "--editors",
    type=_SeedAndRate(Editors),
    help="Let people edit the sheet so often before each call, as in 7:0.5.",
)
@language_option
def serve(
    port: int,
    file: Path | None,
    key_file: Path | None,
    faults: Faults | None,
    editors: Editors | None,
    language: Language | None,
    *,
    quota: bool,
) -> None:
    """Answer the Sheets API on this machine's loopback address until Ctrl-C or SIGTERM.

    The real gspread, and Steward in Google mode, work against it: the screen says which two variables to set.
    A key is made anew at each start, so a sign-in from before no longer holds. Faults and edits can be had
    again by the same seed and rate. Other processes may use the file meanwhile.
    """
    screen = open_screen(language)
    settings = read_settings()
    local = _opened(file)
    click.get_current_context().call_on_close(local.close)
    service = stacked(
        local, limits=Limits() if quota else None, faults=faults, editors=editors, block=BLOCK_RANGES
    )
    key = make_key()
    http = _listening(service, key, port, identities_in(_made(settings.home)).certificates)
    click.get_current_context().call_on_close(http.close)
    key_path = key_file or settings.home / _KEY_NAME
    key.write(key_path, http.token_uri)
    with ended_by_a_signal() as ended:
        _say_how_to_use(screen, http.url, key_path, local.spreadsheets())
        ended.wait()
    screen.say("serve-stopped", calls=http.answered)


def _opened(file: Path | None) -> LocalSheets:
    try:
        return LocalSheets(file)
    except (OSError, sqlite3.Error) as problem:
        en, zh = f"a file of spreadsheets, or a new one ({problem})", f"应为表格文件或新文件（{problem}）"
        option = "--file"
        raise OptionUnreadable(option, str(file), en, zh) from None


def _made(home: Path) -> Path:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise HomeUnusable(home, problem.strerror or type(problem).__name__) from None
    return home


def _listening(service: Service, key: SelfMadeKey, port: int, certificates: Certificates) -> SheetsOverHttp:
    try:
        return SheetsOverHttp(service, verify=key.claims, port=port, certificates=certificates)
    except OSError as problem:
        option, why = "--port", problem.strerror or type(problem).__name__
        en, zh = f"a free port ({why})", f"应为空闲端口（{why}）"
        raise OptionUnreadable(option, str(port), en, zh) from None


def _say_how_to_use(screen: Screen, url: str, key: Path, spreadsheets: list[tuple[str, str]]) -> None:
    screen.say("serve-address", url=url)
    for spreadsheet_id, title in spreadsheets:
        screen.say("serve-spreadsheet", id=spreadsheet_id, title=title)
    if not spreadsheets:
        screen.say("serve-empty")
    screen.say("serve-use", url=url, key=key.absolute())
