"""`steward export`: the register as a file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.adapters.files import CellFormat, Sheet, write_csv, write_json, write_xlsx
from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option, register_option
from backend.cli.screen import open_screen
from backend.errors import ExportKindUnknown, TabMissing
from sheets_schema.headers import is_tab, plain
from sheets_schema.model import Kind, Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    steward export --out wang.csv --tab 小王            one of several tabs with customers
    steward export --out customers.json                one record a row, by field id

    Phones and ids stay text, dates stay dates, and text that a spreadsheet would run as a formula is made
    harmless. The register itself is only read.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    register = steward_of_this_command().register(register_text)
    if out.suffix.lower() == ".xlsx":
        written = export_xlsx(register, out)
        titles, rows = list(written), sum(len(sheet.rows) for sheet in written.values())
    elif out.suffix.lower() in (".csv", ".json"):
        titles, rows = _export_one(register, out, tab)
    else:
        raise ExportKindUnknown(out)
    screen.give({"ok": True, "path": str(out), "tabs": titles, "rows": rows})
    screen.say("export-done", tabs=len(titles), rows=f"{rows:,}", path=out)


def export_xlsx(register: SheetRegister, path: Path) -> Mapping[str, Sheet]:
    """Write every tab of a register into one workbook; give what was written, by title."""
    sheets = {raw.title: _sheet(raw) for raw in register.read_raw()}
    write_xlsx(path, sheets)
    return sheets


def _export_one(register: SheetRegister, path: Path, name: str) -> tuple[list[str], int]:
    """Write one sheet by its title, or a tab with all the sheets it is kept in; give titles and rows."""
    raws = register.read_raw()
    wanted = [raw for raw in raws if raw.title == name] or [
        raw for raw in raws if raw.tab is not None and is_tab(raw.tab, name)
    ]
    if not wanted:
        raise TabMissing(name, [raw.title for raw in raws])
    sheet, fields = _joined(wanted)
    if path.suffix.lower() == ".json":
        write_json(path, sheet, fields)
    else:
        write_csv(path, sheet)
    return [raw.title for raw in wanted], len(sheet.rows)


def _joined(raws: Sequence[RawTab]) -> tuple[Sheet, list[str]]:
    """Give sheets as one table from their headers on, and its field ids; same column, same place."""
    columns: dict[tuple[str, int], tuple[str, str]] = {}
    for raw in raws:
        for key, (header, name) in zip(_keys(raw), _columns(raw), strict=True):
            columns.setdefault(key, (header, name))
    rows = []
    for raw in raws:
        keys = _keys(raw)
        for row in raw.rows[raw.header_row :]:
            cells = dict(zip(keys, row, strict=False))
            rows.append([cells.get(key, "") for key in columns])
    fields = [name for _, name in columns.values()]
    formats = [_format(raws[0], name) for name in fields]
    return Sheet(headers=[header for header, _ in columns.values()], rows=rows, formats=formats), fields


def _columns(raw: RawTab) -> list[tuple[str, str]]:
    """Give header and field id of each column that holds anything."""
    headers = raw.rows[raw.header_row - 1] if len(raw.rows) >= raw.header_row else ()
    width = max((len(row) for row in raw.rows), default=0)
    texts = [str(cell) for cell in headers] + [""] * (width - len(headers))
    names = [*raw.fields, *[""] * width]
    return list(zip(texts, names, strict=False))


def _keys(raw: RawTab) -> list[tuple[str, int]]:
    """Give what each column is known by in other sheets: its field, else its header; numbered."""
    seen: Counter[str] = Counter()
    keys = []
    for header, name in _columns(raw):
        key = name or f"own {plain(header)}"
        keys.append((key, seen[key]))
        seen[key] += 1
    return keys


def _sheet(raw: RawTab) -> Sheet:
    headers = [str(cell) for cell in raw.rows[0]] if raw.rows else []
    return Sheet(headers=headers, rows=raw.rows[1:], formats=[_format(raw, name) for name in raw.fields])


def _format(raw: RawTab, name: str) -> CellFormat:
    if raw.tab is None or not name:
        return CellFormat.PLAIN
    return _FORMATS.get(raw.tab.column(name).kind, CellFormat.PLAIN)
