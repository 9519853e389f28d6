"""`steward export`: the register as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.adapters.files import CellFormat, Sheet, write_csv, write_json, write_xlsx
from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option, register_option
from backend.cli.screen import open_screen
from backend.errors import ExportKindUnknown, TabMissing
from sheets_schema.headers import is_tab
from sheets_schema.model import Kind, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.adapters.google.register import RawTab, SheetRegister

_FORMATS = {Kind.DATE: CellFormat.DATE, Kind.MONEY: CellFormat.MONEY}


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The file; .xlsx takes every tab, .csv and .json one.",
)
@click.option("--tab", default="Customers", show_default=True, help="Which tab goes into a .csv or .json.")
@register_option
@language_option
@json_option
def export(
    out: Path, tab: str, register_text: str | None, language: Language | None, *, as_json: bool
) -> None:
    """Write a register into a file.

    \b
    steward export --out register.xlsx                 every tab
    steward export --out customers.csv                 the Customers tab
    steward export --out orders.csv --tab Transactions
    steward export --out customers.json                one record a row, by field id

    Phones and ids stay text, dates stay dates, and text that a spreadsheet would run as a formula is made
    harmless. The register itself is only read.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    register = steward_of_this_command().register(register_text)
    if out.suffix.lower() == ".xlsx":
        sheets = export_xlsx(register, out)
    elif out.suffix.lower() in (".csv", ".json"):
        sheets = _export_one(register, out, tab)
    else:
        raise ExportKindUnknown(out)
    rows = sum(len(sheet.rows) for sheet in sheets.values())
    screen.give({"ok": True, "path": str(out), "tabs": list(sheets), "rows": rows})
    screen.say("export-done", tabs=len(sheets), rows=f"{rows:,}", path=out)


def export_xlsx(register: SheetRegister, path: Path) -> Mapping[str, Sheet]:
    """Write every tab of a register into one workbook; give what was written, by title."""
    sheets = {raw.title: _sheet(raw) for raw in register.read_raw()}
    write_xlsx(path, sheets)
    return sheets


def _export_one(register: SheetRegister, path: Path, name: str) -> Mapping[str, Sheet]:
    raws = register.read_raw()
    for raw in raws:
        if raw.title == name or (raw.tab is not None and is_tab(raw.tab, name)):
            sheet = _sheet(raw)
            if path.suffix.lower() == ".json":
                write_json(path, sheet, raw.fields)
            else:
                write_csv(path, sheet)
            return {raw.title: sheet}
    raise TabMissing(name, [raw.title for raw in raws])


def _sheet(raw: RawTab) -> Sheet:
    headers = [str(cell) for cell in raw.rows[0]] if raw.rows else []
    formats = [
        _FORMATS.get(raw.tab.column(name).kind, CellFormat.PLAIN)
        if raw.tab is not None and name
        else CellFormat.PLAIN
        for name in raw.fields
    ]
    return Sheet(headers=headers, rows=raw.rows[1:], formats=formats)
