"""The options that say what a file of customers is, and what they make of the Settings of a register."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from backend.adapters.files import read_table
from backend.cli.options import OneOf
from backend.core.adoption_mapping import fields_by_header
from backend.core.header_lines import header_row_of
from backend.core.team_settings import check_text
from backend.errors import FileEmpty, OptionUnreadable
from sheets_schema.model import Language, Preset
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from backend.adapters.files import Table
    from backend.cli.screen import Screen

_CHINESE_SPEAKING = ("CN", "HK", "TW", "MO")


tab_option = click.option(
    "--tab",
    "file_tabs",
    multiple=True,
    help="Tab of an XLSX file; several are read as one table. The first and those alike when left out.",
)


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
        help="Kind of business of a new register; decides the tabs and which columns are required.",
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
    tab_option,
)


def read_customers(file: Path, tabs: Sequence[str], mapping: Sequence[str]) -> Table:
    """Read a file of customers, whose headers stand among its first ten rows.

    Args:
        file: The file.
        tabs: Titles of the tabs to read together, where somebody names them.
        mapping: `COLUMN=FIELD` pairs, which tell headers too.

    Raises:
        FileEmpty: It has no rows.
    """
    fields = fields_by_header(CUSTOMERS, mapping)
    table = read_table(file, tabs=tabs, header_row=lambda rows: header_row_of(CUSTOMERS, fields, rows))
    if not table.rows:
        raise FileEmpty(file)
    return table


def say_which_tabs(screen: Screen, table: Table, tabs: Sequence[str]) -> None:
    """Say which tabs of a workbook are read, where there are others or several, and nobody named them."""
    if tabs or not (table.others or table.in_several_tabs):
        return
    code = "file-tabs" if table.in_several_tabs else "file-tab"
    screen.say(code, tab=", ".join(table.titles))
    if table.others:
        screen.say("file-tabs-left", others=", ".join(table.others))


def tabs_json(table: Table) -> dict[str, list[str]]:
    """Give the tabs that are read, and those that are not, as scripts read them; nothing of a single one."""
    if not (table.others or table.in_several_tabs):
        return {}
    return {"tabs": list(table.titles), "tabs_not_read": list(table.others)}


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
        "area_code": options.get("area_code", ""),
        "base_currency": options.get("currency") or currency,
        "time_zone": options.get("time_zone") or time_zone,
    }
    names = {"default_country": "--country", "base_currency": "--currency"}
    for key, text in texts.items():
        expected = check_text(key, text)
        if expected is not None:
            raise OptionUnreadable(
                names.get(key, f"--{key.replace('_', '-')}"), text, expected.en, expected.zh
            )
    return texts


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
