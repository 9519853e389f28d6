"""`steward import`: a file of customers becomes a register, or comes into one that is there."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.adapters.files import meant
from backend.adapters.google.creator import NewTab, create_register
from backend.cli.arriving import show_imported, write_refused
from backend.cli.demo import NAME as DEMO
from backend.cli.file_options import (
    file_options,
    read_customers,
    say_which_tabs,
    settings_texts,
    tabs_json,
)
from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option
from backend.cli.person import person
from backend.cli.screen import open_screen
from backend.core.arrivals import Fate
from backend.core.import_plan import Delivery
from backend.core.incoming import columns_taken, rows_to_write
from backend.core.intake import tab_for
from backend.core.mappings import source_of
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.core.team_settings import defaults
from backend.errors import OptionUnreadable
from backend.jobs.recording import Progress
from backend.ports import RunState
from sheets_schema.headers import HeaderLanguage
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from backend.adapters.files import Table
    from backend.cli.screen import Screen
    from backend.core.fields.field import Cell
    from backend.core.import_plan import ImportPlan
    from backend.core.team_settings import TeamSettings
    from backend.jobs.importer import Imported
    from backend.wiring import Steward
    from sheets_schema.model import Language, Preset

_PARTLY_DONE = 4


@click.command(name="import")
@file_options
@click.option("--preview", is_flag=True, help="Say what would become of each row, and write nothing.")
@click.option(
    "--include-duplicates/--leave-duplicates",
    "include",
    default=None,
    help="Whether possible duplicates are written; in a new register they are, else they are not.",
)
@click.option(
    "--refused",
    type=click.Path(path_type=Path),
    help="The file for rows that cannot be used; FILE.refused.csv beside FILE when left out.",
)
@click.option(
    "--register",
    "name",
    default="",
    help="The register, which is made when there is none of this name; the file's name when left out.",
)
@language_option
@json_option
def import_(  # noqa: PLR0913 - one parameter for each option
    file: Path,
    preset: Preset,
    mapping: Sequence[str],
    refused: Path | None,
    file_tabs: Sequence[str],
    name: str,
    language: Language | None,
    *,
    include: bool | None,
    preview: bool,
    as_json: bool,
    **options: str,
) -> None:
    """Bring a CSV, XLSX or JSON file of customers into a register, new or there already.

    \b
    steward import customers.csv --preview              what would become of each row
    steward import customers.csv                        a register of that name is made
    steward import november.csv --register customers    new customers go into it
    steward import sites.csv --preset b2b --map "Site name=full_name" --country US --area-code 312

    Columns are recognised by their headers, Chinese or English, in any order; --map says what a header does
    not, and the Mappings tab keeps it for the next file. The file itself is only read. Every cell arrives as
    it was: nothing is parsed, a leading zero stays, a formula stays text. Blank cells of a customer who is
    there are filled; a cell that holds something is never changed, and what differs from the file is listed.
    The same file a second time writes nothing.

    With STEWARD_GOOGLE_CREDENTIALS set, a new sheet is made in Google. It belongs to the service account, and
    with the spreadsheets scope Steward cannot share it: to work on a sheet that people open, make it
    yourself, share it with the account and name its address with --register.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    texts = settings_texts(options, preset, language)
    table = _without_block(read_customers(file, file_tabs, mapping))
    say_which_tabs(screen, table, file_tabs)
    steward = steward_of_this_command()
    asked = _Asked(
        path=file,
        name=name or file.stem,
        preview=preview,
        refused=refused or file.with_name(f"{file.stem}.refused.csv"),
        delivery=Delivery(
            source=source_of(file.stem),
            table=table,
            mapping=mapping,
            include=include,
        ),
    )
    known = {name for one in steward.registers.all() for name in (one.name, one.spreadsheet_id)}
    if asked.name in known or "/" in asked.name:
        imported = _into_register(steward, screen, asked)
    else:
        imported = _into_new_register(steward, screen, asked, texts)
    refused_file = asked.refused if asked.refuses(imported.plan) else None
    show_imported(screen, imported, path=file, refused_file=refused_file, tabs=tabs_json(table))
    if imported.state is RunState.PARTLY_DONE:
        sys.exit(_PARTLY_DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What one import is asked to do."""

    path: Path
    name: str
    preview: bool
    refused: Path
    delivery: Delivery

    def refuses(self, plan: ImportPlan) -> bool:
        """Say whether a file of refused rows is written."""
        return not self.preview and bool(plan.incoming.arrivals.of(Fate.REFUSED))

    def write_refused(self, screen: Screen) -> Callable[[ImportPlan], None]:
        """Give what writes the rows that cannot be used into their file, where there are any."""

        def write(plan: ImportPlan) -> None:
            if self.refuses(plan):
                write_refused(self.refused, plan, screen.language)

        return write


def _without_block(table: Table) -> Table:
    """Give a file without the tool block of an export of ours, and without its marks against formulas."""
    kept = columns_taken(CUSTOMERS, table.headers)
    marked = table.encoding != "" and table.delimiter != ""
    tabs = [
        replace(
            tab,
            headers=tuple(tab.headers[place] for place in kept),
            rows=[[meant(row[place]) if marked else row[place] for place in kept] for row in tab.rows],
        )
        for tab in table.tabs
    ]
    return replace(table, headers=tuple(table.headers[place] for place in kept), tabs=tuple(tabs))


def _into_new_register(steward: Steward, screen: Screen, asked: _Asked, texts: Mapping[str, str]) -> Imported:
    """Make a register of a file: all its rows but those without a name, duplicates too."""
    if asked.name == DEMO:
        en = "another name, since every demo throws the register of this name away"
        option, zh = "--register", "每次演示都会重做这个名称的登记表，请换一个名称"
        raise OptionUnreadable(option, asked.name, en, zh)
    settings = defaults(**texts)

    def create(plan: ImportPlan, line: Mapping[str, Cell], told: Callable[[int, int], None]) -> str:
        first, heads = tab_for(plan.tab, plan.file.headers, plan.intake)
        tab = NewTab(tab=first, headers=heads, rows=rows_to_write(plan.file, plan.wanted))
        lines = {"Mappings": plan.mapping_lines, "Runs": [line]}
        language = HeaderLanguage(settings.language.value)
        tabs = [tab, *_other_tabs(settings, texts, lines)]
        made = create_register(steward.client, asked.name, tabs, language=language, told=told)
        steward.registers.remember(asked.name, made)
        return made

    with screen.progress() as told:
        imported = steward.importer.make(
            asked.delivery,
            asked.name,
            settings,
            create,
            requested_by=person(),
            preview=asked.preview,
            progress=Progress(told=told),
            ready=asked.write_refused(screen),
        )
    if steward.in_google and not asked.preview:
        screen.say_aside("import-in-google", sheet=steward.registers.find(asked.name).spreadsheet_id)
    return imported


def _into_register(steward: Steward, screen: Screen, asked: _Asked) -> Imported:
    """Bring a file into a register that is there: new rows, and values for cells that are blank."""
    with screen.progress() as told:
        return steward.importer.bring_in(
            asked.delivery,
            steward.register(asked.name),
            requested_by=person(),
            preview=asked.preview,
            progress=Progress(told=told),
            ready=asked.write_refused(screen),
        )


def _other_tabs(
    settings: TeamSettings, texts: Mapping[str, str], lines: Mapping[str, Sequence[Mapping[str, Cell]]]
) -> list[NewTab]:
    """Give the tabs of a new register beside Customers, with the lines they begin with."""
    return [
        NewTab(tab=tab, rows=in_columns(tab, lines.get(tab.id) or first_lines(tab, settings.language, texts)))
        for tab in new_tabs(settings.preset)
        if tab.id != "Customers"
    ]
