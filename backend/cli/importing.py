"""`steward import`: a file of customers becomes a register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.adapters.files import read_table
from backend.adapters.google.creator import NewTab, create_register
from backend.cli.demo import NAME as DEMO
from backend.cli.opening import steward_of_this_command
from backend.cli.options import OneOf, json_option, language_option
from backend.cli.screen import open_screen
from backend.cli.settings_texts import settings_texts
from backend.core.intake import parse_mapping, recognise, tab_for
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.core.team_settings import defaults
from backend.errors import FileEmpty, OptionUnreadable, RegisterExists
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Preset
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.adapters.files import Table
    from backend.cli.screen import Screen
    from backend.core.intake import Intake
    from sheets_schema.model import Language


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--preset",
    type=OneOf(Preset),
    default=Preset.RETAIL.value,
    show_default=True,
    help="Kind of business; decides the tabs and which columns are required.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Which field a column is; - leaves it alone.",
)
@click.option(
    "--country", default="CN", show_default=True, help="Country of rows that name none, two letters."
)
@click.option("--area-code", default="", help="Area code of local phone numbers without one.")
@click.option(
    "--currency", default="", help="Currency of amounts that name none; the country's when left out."
)
@click.option("--time-zone", default="", help="What decides which day today is; the country's when left out.")
@click.option("--tab", "file_tab", default="", help="Tab of an XLSX file; the first when left out.")
@click.option(
    "--register", "name", default="", help="What to call the register; the file's name when left out."
)
@language_option
@json_option
def import_(
    file: Path,
    preset: Preset,
    mapping: Sequence[str],
    file_tab: str,
    name: str,
    language: Language | None,
    *,
    as_json: bool,
    **options: str,
) -> None:
    """Bring a CSV or XLSX file of customers into a new register.

    \b
    steward import customers.csv
    steward import sites.csv --preset b2b --map "Site name=full_name" --country US --area-code 312

    Columns are recognised by their headers, Chinese or English, in any order; --map says what a header does
    not. Columns that are not recognised are kept as they are. The file itself is only read. Every cell
    arrives as it was: nothing is parsed, a leading zero stays, a formula stays text.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    texts = settings_texts(options, preset, language)
    table = read_table(file, tab=file_tab)
    if not table.rows:
        raise FileEmpty(file)
    name = name or file.stem
    intake = _bring_in(screen, table, mapping, texts, name)
    _show(screen, table, intake, name, texts)


def _bring_in(
    screen: Screen, table: Table, mapping: Sequence[str], texts: Mapping[str, str], name: str
) -> Intake:
    """Make a register of a table and remember it; give what its columns were taken for."""
    steward = steward_of_this_command()
    if name == DEMO:
        en = "another name, since every demo throws the register of this name away"
        option, zh = "--register", "每次演示都会重做这个名称的登记表，请换一个名称"
        raise OptionUnreadable(option, name, en, zh)
    if name in {known.name for known in steward.registers.all()}:
        raise RegisterExists(name)
    settings = defaults(**texts)
    customers = register_of(settings.preset).tab("Customers")
    pairs = parse_mapping(mapping, customers, table.headers)
    context = settings.context(today=steward.clock.today(settings.time_zone))
    intake = recognise(customers, table.headers, table.rows, pairs, context)
    first, headers = tab_for(customers, table.headers, intake)
    others = [tab for tab in new_tabs(settings.preset) if tab.id != customers.id]
    tabs = [
        NewTab(tab=first, headers=headers, rows=table.rows),
        *(
            NewTab(tab=tab, rows=in_columns(tab, first_lines(tab, settings.language, texts)))
            for tab in others
        ),
    ]
    with screen.progress() as told:
        spreadsheet_id = create_register(
            steward.client,
            name,
            tabs,
            language=HeaderLanguage(settings.language.value),
            told=lambda done, total: told("stage-make", done, total),
        )
    steward.registers.remember(name, spreadsheet_id)
    return intake


def _show(screen: Screen, table: Table, intake: Intake, name: str, texts: Mapping[str, str]) -> None:
    customers = register_of(Preset(texts["preset"])).tab("Customers")
    bound = {header: field for header, field in zip(table.headers, intake.fields, strict=True) if field}
    screen.give({"ok": True, "register": name, "rows": len(table.rows), "fields": bound})
    screen.say(
        "import-done",
        rows=f"{len(table.rows):,}",
        register=name,
        preset=texts["preset"],
        read=len(bound),
        kept=len(table.headers) - len(bound),
    )
    for header, field in bound.items():
        screen.say("import-column", header=header, label=customers.column(field).label.to(screen.language))
    for header, field in intake.doubted:
        label = customers.column(field).label.to(screen.language)
        screen.say("import-doubted", header=header, label=label, field=field)
    screen.say("import-next")
