"""`steward import`: a file of customers becomes a register, or comes into one that is there."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.adapters.files import meant, read_table
from backend.adapters.google.creator import NewTab, create_register
from backend.cli.arriving import Brought, show_brought, write_refused
from backend.cli.demo import NAME as DEMO
from backend.cli.file_options import file_options, settings_texts
from backend.cli.holding import holding
from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option
from backend.cli.screen import open_screen
from backend.core.checks.facts import read_table as read_kinds
from backend.core.identity import row_ids
from backend.core.incoming import FileRows, cells_for, columns_taken, judge_file, places_of, rows_to_write
from backend.core.intake import parse_mapping, recognise, tab_for
from backend.core.mappings import NOTHING_MAPPED, mapping_lines, read_mappings, source_of
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.core.rules import read_settings
from backend.core.team_settings import defaults
from backend.errors import FileEmpty, OptionUnreadable
from sheets_schema.headers import LEFT_ALONE, HeaderLanguage
from sheets_schema.model import Language, Preset
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.adapters.files import Table
    from backend.cli.screen import Screen
    from backend.core.fields.field import Cell, Context
    from backend.core.incoming import Incoming
    from backend.core.intake import Intake
    from backend.core.mappings import Mapped
    from backend.core.snapshot import TabRead
    from backend.core.team_settings import TeamSettings
    from backend.wiring import Steward
    from sheets_schema.model import Tab

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
    file_tab: str,
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
    it was: nothing is parsed, a leading zero stays, a formula stays text. A register's own cells are never
    changed: what differs from the file is listed. The same file a second time writes nothing.

    With STEWARD_GOOGLE_CREDENTIALS set, a new sheet is made in Google. It belongs to the service account, and
    with the spreadsheets scope Steward cannot share it: to work on a sheet that people open, make it
    yourself, share it with the account and name its address with --register.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    texts = settings_texts(options, preset, language)
    table = _read(file, file_tab)
    steward = steward_of_this_command()
    asked = _Asked(
        path=file,
        table=table,
        mapping=mapping,
        name=name or file.stem,
        include=include,
        preview=preview,
        refused=refused or file.with_name(f"{file.stem}.refused.csv"),
    )
    known = {one.name for one in steward.registers.all()} | {
        one.spreadsheet_id for one in steward.registers.all()
    }
    if asked.name in known or "/" in asked.name:
        brought = _into_register(steward, screen, asked)
    else:
        brought = _into_new_register(steward, screen, asked, texts)
    show_brought(screen, brought)
    if brought.missing:
        sys.exit(_PARTLY_DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What one import is asked to do."""

    path: Path
    table: Table
    mapping: Sequence[str]
    name: str
    include: bool | None
    preview: bool
    refused: Path

    def wanted(self, incoming: Incoming, *, include: bool) -> list[int]:
        """Give the rows of the file to write."""
        return incoming.arrivals.to_write(duplicates=include if self.include is None else self.include)

    def write_refused(self, file: FileRows, incoming: Incoming, tab: Tab, language: Language) -> Path | None:
        """Write the rows that cannot be used into their file; give it where there are any."""
        return None if self.preview else write_refused(self.refused, file, incoming, tab, language)

    def mapping_lines(self, known: _Known) -> list[dict[str, Cell]]:
        """Give the lines for the Mappings tab that it does not have yet."""
        return mapping_lines(
            source_of(self.path.stem), self.table.headers, known.intake.fields, known.mapped, known.left
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the columns of a file are known as, and which of them somebody said to leave alone."""

    intake: Intake
    mapped: Mapped
    left: frozenset[str]


def _read(path: Path, file_tab: str) -> Table:
    """Read the file without the tool block of an export of ours, and without its marks against formulas.

    Raises:
        FileEmpty: It has no rows.
    """
    table = read_table(path, tab=file_tab)
    if not table.rows:
        raise FileEmpty(path)
    kept = columns_taken(register_of(Preset.RETAIL).tab("Customers"), table.headers)
    marked = table.encoding != "" and table.delimiter != ""
    rows = [[meant(row[place]) if marked else row[place] for place in kept] for row in table.rows]
    return replace(table, headers=tuple(table.headers[place] for place in kept), rows=rows)


def _into_new_register(steward: Steward, screen: Screen, asked: _Asked, texts: Mapping[str, str]) -> Brought:
    """Make a register of a file: all its rows but those without a name, duplicates too."""
    if asked.name == DEMO:
        en = "another name, since every demo throws the register of this name away"
        option, zh = "--register", "每次演示都会重做这个名称的登记表，请换一个名称"
        raise OptionUnreadable(option, asked.name, en, zh)
    settings = defaults(**texts)
    today = steward.clock.today(settings.time_zone)
    customers = register_of(settings.preset).tab("Customers")
    known = _recognise(asked, customers, None, settings.context(today=today))
    file = _file_rows(asked.table, known.intake.fields)
    with screen.progress() as told:
        told("stage-compare", 0, 0)
        incoming = judge_file(customers, file, None, settings, today=today)
        wanted = asked.wanted(incoming, include=True)
        refused_file = asked.write_refused(file, incoming, customers, screen.language)
        if not asked.preview:
            first, heads = tab_for(customers, file.headers, known.intake)
            tab = NewTab(tab=first, headers=heads, rows=rows_to_write(file, wanted))
            spreadsheet_id = create_register(
                steward.client,
                asked.name,
                [tab, *_other_tabs(settings, texts, asked.mapping_lines(known))],
                language=HeaderLanguage(settings.language.value),
                told=lambda done, total: told("stage-make", done, total),
            )
            steward.registers.remember(asked.name, spreadsheet_id)
            if steward.in_google:
                screen.say_aside("import-in-google", sheet=spreadsheet_id)
    return Brought(
        path=asked.path,
        register=asked.name,
        tab=customers,
        file=file,
        intake=known.intake,
        incoming=incoming,
        written=len(wanted),
        preview=asked.preview,
        refused_file=refused_file,
    )


def _into_register(steward: Steward, screen: Screen, asked: _Asked) -> Brought:
    """Bring the new rows of a file into a register that is there; nothing that stands there is changed."""
    register = steward.register(asked.name)
    with screen.progress() as told, holding(steward, register, "import", preview=asked.preview) as note:
        told("stage-read", 0, 0)
        snapshot = register.read(may_be_empty=True)
        settings, _ = read_settings(snapshot)
        today = steward.clock.today(settings.time_zone)
        ours = read_kinds(snapshot["Customers"], settings, today=today)
        told("stage-compare", 0, 0)
        known = _recognise(asked, ours.tab, snapshot["Mappings"], settings.context(today=today))
        file = _file_rows(
            asked.table, [field if field in ours.columns else "" for field in known.intake.fields]
        )
        incoming = judge_file(ours.tab, file, ours, settings, today=today)
        wanted = asked.wanted(incoming, include=False)
        refused_file = asked.write_refused(file, incoming, ours.tab, screen.language)
        missing: Sequence[str] = ()
        if wanted and not asked.preview:
            fresh = row_ids(secrets.token_bytes(16), frozenset(map(str, ours.read.cells("row_id"))))
            missing = register.bring_in(
                cells_for(file, incoming, ours, wanted),
                [row_id for _, row_id in zip(wanted, fresh, strict=False)],
                told=lambda done, total: told("stage-write", done, total),
            )
        lines = asked.mapping_lines(known)
        if lines and not asked.preview:
            register.add_lines("Mappings", lines)
        note(read=len(incoming.arrivals.fates), changed=len(wanted) - len(missing))
    places = places_of(file, ours.read)
    return Brought(
        path=asked.path,
        register=register.name,
        tab=ours.tab,
        file=file,
        intake=known.intake,
        incoming=incoming,
        written=len(wanted) - len(missing),
        preview=asked.preview,
        left_out=[header for place, header in enumerate(file.headers) if place not in places],
        skipped=known.mapped.skipped,
        missing=missing,
        refused_file=refused_file,
    )


def _recognise(asked: _Asked, customers: Tab, mappings: TabRead | None, context: Context) -> _Known:
    """Decide which column is which field: by --map, else by the Mappings tab, else by its header."""
    heads = asked.table.headers
    pairs = parse_mapping(asked.mapping, customers, heads)
    mapped = NOTHING_MAPPED
    if mappings is not None:
        mapped = read_mappings(mappings, customers, source_of(asked.path.stem), heads)
    told = {
        header: field
        for header, field in mapped.fields.items()
        if header not in pairs and (field == LEFT_ALONE or field not in pairs.values())
    }
    intake = recognise(customers, heads, asked.table.rows, {**told, **pairs}, context)
    left = frozenset(header for header, field in {**told, **pairs}.items() if field == LEFT_ALONE)
    return _Known(intake=intake, mapped=mapped, left=left)


def _other_tabs(
    settings: TeamSettings, texts: Mapping[str, str], mappings: Sequence[Mapping[str, Cell]]
) -> list[NewTab]:
    """Give the tabs of a new register beside Customers, with the lines they begin with."""
    return [
        NewTab(
            tab=tab,
            rows=in_columns(
                tab, mappings if tab.id == "Mappings" else first_lines(tab, settings.language, texts)
            ),
        )
        for tab in new_tabs(settings.preset)
        if tab.id != "Customers"
    ]


def _file_rows(table: Table, fields: Sequence[str]) -> FileRows:
    return FileRows(
        headers=table.headers, fields=tuple(fields), rows=table.rows, first_row=table.header_row + 1
    )
