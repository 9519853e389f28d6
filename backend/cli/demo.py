"""`steward demo`: a made-up register, the main job on it, and the same run once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backend.adapters.google.creator import NewTab, create_register
from backend.cli.exporting import export_xlsx
from backend.cli.opening import local_steward_of_this_command
from backend.cli.options import language_option
from backend.cli.running import run_job
from backend.cli.screen import open_screen
from backend.cli.summary import show_outcome, show_written
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.core.wording import say
from backend.demo import make_register
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Language, Preset

if TYPE_CHECKING:
    from backend.cli.screen import Screen
    from backend.demo import DemoRegister
    from backend.wiring import Steward

NAME = "demo"
_SEED = 20261122


@click.command()
@click.option("--customers", default=2_000, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--transactions", default=12_000, show_default=True, type=click.IntRange(0, 1_000_000))
@language_option
def demo(customers: int, transactions: int, language: Language | None) -> None:
    """Make a register up and run Validate & Tier on it twice, all on this machine.

    The register is the retail preset with Chinese and English headers; every customer in it is invented,
    and slips are planted on purpose: phones in six formats, dates that do not exist, the same customer twice.
    The demo is always local, with STEWARD_GOOGLE_CREDENTIALS set too.
    """
    screen = open_screen(language)
    steward = local_steward_of_this_command()
    made = make_register(_SEED, customers, transactions, steward.clock.today("Asia/Shanghai"))
    _lay_out(steward, screen, made)
    screen.say(
        "demo-made",
        customers=f"{customers:,}",
        transactions=f"{transactions:,}",
        planted=f"{len(made.planted):,}",
    )
    show_outcome(screen, run_job(steward, screen, "validate-and-tier", NAME, preview=False))
    screen.say("demo-again")
    show_written(screen, run_job(steward, screen, "validate-and-tier", NAME, preview=False))
    xlsx = steward.home / "demo.xlsx"
    export_xlsx(steward.register(NAME), xlsx)
    screen.say("demo-where", sheets=steward.sheets_file, xlsx=xlsx)
    screen.say("demo-next")


def _lay_out(steward: Steward, screen: Screen, made: DemoRegister) -> None:
    """Make the spreadsheet of the demo anew; the one of the last demo is thrown away."""
    lines = {"Customers": made.customers, "Transactions": made.transactions}
    spoken = {"language": screen.language.value}
    tabs = [
        NewTab(tab=tab, rows=in_columns(tab, lines.get(tab.id) or first_lines(tab, screen.language, spoken)))
        for tab in new_tabs(Preset.RETAIL)
    ]
    steward.forget(NAME)
    with screen.progress() as told:
        spreadsheet_id = create_register(
            steward.client,
            say("demo-title", screen.language),
            tabs,
            language=HeaderLanguage.BOTH,
            told=lambda done, total: told("stage-make", done, total),
        )
    steward.registers.remember(NAME, spreadsheet_id)
