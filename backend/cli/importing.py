"""`steward import`: a file of customers becomes a register."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from backend.adapters.files import read_table
from backend.adapters.google.creator import NewTab, create_register
from backend.cli.demo import NAME as DEMO
from backend.cli.opening import steward_of_this_command
from backend.cli.options import OneOf, json_option, language_option
from backend.cli.screen import open_screen
from backend.core.intake import parse_mapping, recognise, tab_for
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.core.team_settings import check_text, defaults
from backend.errors import FileEmpty, OptionUnreadable, RegisterExists
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Language, Preset
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from backend.adapters.files import Table
    from backend.cli.screen import Screen
    from backend.core.intake import Intake

_CHINESE_SPEAKING = ("CN", "HK", "TW", "MO")


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what a command has to know about a file of customers."""
    for add in reversed(_FILE_OPTIONS):
        command = add(command)
    return command


_FILE_OPTIONS = (
    click.argument("file", type=click.Path(path_type=Path)),
    click.option(
        "--preset",
        type=OneOf(Preset),
        default=Preset.RETAIL.value,
        show_default=True,
        help="Kind of business; decides the tabs and which columns are required.",
    ),
    click.option(
        "--map",
        "mapping",
        multiple=True,
        metavar="COLUMN=FIELD",
        help="Which field a column is; - leaves it alone.",
    ),
    click.option(
        "--country", default="CN", show_default=True, help="Country of rows that name none, two letters."
    ),
    click.option("--area-code", default="", help="Area code of local phone numbers without one."),
    click.option(
        "--currency", default="", help="Currency of amounts that name none; the country's when left out."
    ),
    click.option(
        "--time-zone", default="", help="What decides which day today is; the country's when left out."
    ),
    click.option("--tab", "file_tab", default="", help="Tab of an XLSX file; the first when left out."),
)


@click.command(name="import")
@file_options
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

    With STEWARD_GOOGLE_CREDENTIALS set, the new sheet is made in Google. It belongs to the service account,
    and with the spreadsheets scope Steward cannot share it: to work on a sheet that people open, make it
    yourself, share it with the account and name its address to "steward run --register".
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
    if steward.in_google:
        screen.say_aside("import-in-google", sheet=spreadsheet_id)
    return intake


def settings_texts(options: Mapping[str, str], preset: Preset, language: Language | None) -> dict[str, str]:
    """Give the texts of the new register's Settings that the options decide.

    Raises:
        OptionUnreadable: An option has a value the setting cannot hold.
    """
    country = options["country"].upper()
    spoken = language or (Language.ZH if country in _CHINESE_SPEAKING else Language.EN)
    currency, time_zone = _COUNTRIES.get(country, _COUNTRIES["CN"])
    texts = {
        "preset": preset.value,
        "language": spoken.value,
        "default_country": country,
        "area_code": options["area_code"],
        "base_currency": options["currency"] or currency,
        "time_zone": options["time_zone"] or time_zone,
    }
    names = {"default_country": "--country", "base_currency": "--currency"}
    for key, text in texts.items():
        expected = check_text(key, text)
        if expected is not None:
            raise OptionUnreadable(
                names.get(key, f"--{key.replace('_', '-')}"), text, expected.en, expected.zh
            )
    return texts


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


_COUNTRIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "CN": ("CNY", "Asia/Shanghai"),
        "HK": ("HKD", "Asia/Hong_Kong"),
        "TW": ("TWD", "Asia/Taipei"),
        "MO": ("MOP", "Asia/Macau"),
        "SG": ("SGD", "Asia/Singapore"),
        "MY": ("MYR", "Asia/Kuala_Lumpur"),
        "TH": ("THB", "Asia/Bangkok"),
        "VN": ("VND", "Asia/Ho_Chi_Minh"),
        "JP": ("JPY", "Asia/Tokyo"),
        "KR": ("KRW", "Asia/Seoul"),
        "IN": ("INR", "Asia/Kolkata"),
        "AU": ("AUD", "Australia/Sydney"),
        "NZ": ("NZD", "Pacific/Auckland"),
        "US": ("USD", "America/New_York"),
        "CA": ("CAD", "America/Toronto"),
        "GB": ("GBP", "Europe/London"),
        "IE": ("EUR", "Europe/Dublin"),
        "DE": ("EUR", "Europe/Berlin"),
        "FR": ("EUR", "Europe/Paris"),
        "ES": ("EUR", "Europe/Madrid"),
        "IT": ("EUR", "Europe/Rome"),
        "NL": ("EUR", "Europe/Amsterdam"),
    }
)
"""Currency and time zone of a country, where the options name none; those of China for any other country."""
