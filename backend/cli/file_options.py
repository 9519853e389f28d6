"""The options that say what a file of customers is, and what they make of the Settings of a register."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from backend.cli.options import OneOf
from backend.core.team_settings import check_text
from backend.errors import OptionUnreadable
from sheets_schema.model import Language, Preset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.adapters.files import Table
    from backend.cli.screen import Screen

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
    click.option(
        "--tab",
        "file_tab",
        default="",
        help="Tab of an XLSX file; the first when left out, unless others have the same headers.",
    ),
)


def say_which_tab(screen: Screen, table: Table) -> None:
    """Say which tab of a workbook is read, where there are others."""
    if table.others:
        screen.say("file-tab", tab=table.tab, others=", ".join(table.others))


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
