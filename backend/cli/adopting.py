"""`steward init`: a spreadsheet the team keeps already becomes a register, where it stands."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.adapters.files import read_tabs
from backend.adapters.google.adopter import AddedTab, Side, adopt
from backend.adapters.google.creator import create_copy
from backend.adapters.google.looking import look
from backend.cli.adoption_words import adoption_json, show_adoption
from backend.cli.demo import NAME as DEMO
from backend.cli.file_options import settings_texts
from backend.cli.opening import steward_of_this_command
from backend.cli.options import OneOf, json_option, language_option
from backend.cli.screen import open_screen
from backend.core.adoption import Wishes, recognise_spreadsheet
from backend.core.new_register import first_lines, in_columns
from backend.core.seen import SheetSeen
from backend.core.team_settings import defaults
from backend.core.wording import say
from backend.errors import NotAdoptable, OptionUnreadable, RegisterExists, SpreadsheetUnknown
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Language, Preset
from sheets_schema.presets import laid_out
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.cli.screen import Screen
    from backend.core.adoption import Adoption
    from backend.wiring import Steward


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is to be taken over: a spreadsheet, or a file that becomes one first.

    Attributes:
        name: What the register will be called.
        spreadsheet_id: '' for a file.
    """

    name: str
    spreadsheet_id: str
    sheets: Sequence[SheetSeen]


@click.command()
@click.argument("spreadsheet")
@click.option("--yes", is_flag=True, help="Take it over without asking.")
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
    help="Which field a column is, by its header or its letter; - leaves it alone.",
)
@click.option(
    "--tab",
    "tabs",
    multiple=True,
    help="A tab with customers; several are one register together. All that look like it when left out.",
)
@click.option(
    "--block",
    "side",
    type=OneOf(Side),
    default=Side.LEFT.value,
    show_default=True,
    help="Where Steward's columns are put.",
)
@click.option(
    "--country", default="CN", show_default=True, help="Country of rows that name none, two letters."
)
@click.option("--area-code", default="", help="Area code of local phone numbers without one.")
@click.option("--register", "name", default="", help="What to call the register; its title when left out.")
@language_option
@json_option
def init(  # noqa: PLR0913 - one parameter an option
    spreadsheet: str,
    preset: Preset,
    mapping: Sequence[str],
    tabs: Sequence[str],
    side: Side,
    name: str,
    language: Language | None,
    *,
    yes: bool,
    as_json: bool,
    **options: str,
) -> None:
    """Take over a spreadsheet the team keeps already: SPREADSHEET is its title, id, address, or a file.

    \b
    steward init 客户信息表2024                  what was recognised, then a question
    steward init customers.xlsx --yes           a copy of the workbook becomes the register
    steward init clients --map "Site=full_name" --block right --yes

    It shows which tabs hold the customers (one for each salesperson, say: they are one register together),
    which column is which field, what is left alone, which rows are
    totals. Once confirmed, Steward's own columns and tabs are added beside the team's. Nothing of the
    team's is renamed or rewritten; running it again changes nothing. What cannot be taken over is refused,
    with the cell.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    steward = steward_of_this_command()
    texts = settings_texts(options, preset, language)
    source = _source(steward, spreadsheet, name)
    wishes = Wishes(mapping=mapping, tabs=tabs)
    adoption = _recognised(steward, source, texts, wishes)
    _show(screen, source, adoption, side)
    agreed = yes or adoption.nothing_to_do
    while not agreed and _confirmed(screen):
        shown, source = _as_shown(adoption), _seen_again(steward, source)
        adoption = _recognised(steward, source, texts, wishes)
        agreed = adoption.nothing_to_do or _as_shown(adoption) == shown
        if not agreed:
            screen.say("init-changed")
            _show(screen, source, adoption, side)
    written = agreed and not adoption.nothing_to_do
    if written:
        source = _take_over(steward, source, adoption, texts, side)
    if source.spreadsheet_id and (written or adoption.nothing_to_do):
        steward.registers.remember(source.name, source.spreadsheet_id)
    screen.give(adoption_json(source.name, adoption, written=written))
    _say_end(screen, source, adoption, written=written)


def _show(screen: Screen, source: Source, adoption: Adoption, side: Side) -> None:
    """Show what was recognised.

    Raises:
        NotAdoptable: Something stands in the way.
    """
    show_adoption(screen, adoption, side)
    if adoption.obstacles:
        reasons = [
            [obstacle.message(spoken) for obstacle in adoption.obstacles]
            for spoken in (Language.EN, Language.ZH)
        ]
        raise NotAdoptable(source.name, *reasons)


def _seen_again(steward: Steward, source: Source) -> Source:
    """Look again, since people go on working while the question stands; a file was read once and for all."""
    if not source.spreadsheet_id:
        return source
    return replace(source, sheets=look(steward.client, source.spreadsheet_id)[1])


def _as_shown(adoption: Adoption) -> object:
    """Give what somebody agreed to: tabs and columns; rows may come and go."""
    sheets = [(one.seen.title, one.tab.id, one.header_row, one.texts, one.fields) for one in adoption.sheets]
    return sheets, [tab.id for tab in adoption.missing], adoption.left


def _say_end(screen: Screen, source: Source, adoption: Adoption, *, written: bool) -> None:
    if adoption.nothing_to_do:
        screen.say("init-again", register=source.name)
    elif written:
        screen.say("init-done", register=source.name)
    else:
        screen.say("init-not-yet")


def _source(steward: Steward, text: str, name: str) -> Source:
    """Find the spreadsheet, or read the file.

    Raises:
        SpreadsheetUnknown: There is neither.
        RegisterExists: Another register has the name already.
    """
    known = steward.spreadsheet(text)
    path = Path(text)
    if known is not None:
        _, sheets = look(steward.client, known.spreadsheet_id)
        source = Source(name=name or known.name, spreadsheet_id=known.spreadsheet_id, sheets=sheets)
    elif path.exists():
        source = Source(name=name or path.stem, spreadsheet_id="", sheets=_file_sheets(path))
    else:
        raise SpreadsheetUnknown(text, [title for _, title in steward.sheets.spreadsheets()])
    taken = {one.name: one.spreadsheet_id for one in steward.registers.all()}
    if taken.get(source.name, source.spreadsheet_id) != source.spreadsheet_id:
        raise RegisterExists(source.name)
    if source.name == DEMO and source.name not in taken:
        en = "another name, since every demo throws the register of this name away"
        option, zh = "--register", "每次演示都会重做这个名称的登记表，请换一个名称"
        raise OptionUnreadable(option, source.name, en, zh)
    return source


def _file_sheets(path: Path) -> list[SheetSeen]:
    """Give the tabs of a file as the sheets of the spreadsheet they will become."""
    return [
        SheetSeen(title=tab.title or path.stem, rows=_trimmed(tab.rows), hidden=tab.hidden)
        for tab in read_tabs(path)
    ]


def _trimmed(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Give rows as the service would: without blank cells at their ends, without blank rows at the end."""
    trimmed = [list(row) for row in rows]
    for row in trimmed:
        while row and row[-1] == "":
            row.pop()
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _recognised(steward: Steward, source: Source, texts: Mapping[str, str], wishes: Wishes) -> Adoption:
    settings = defaults(**texts)
    context = settings.context(today=steward.clock.today(settings.time_zone))
    return recognise_spreadsheet(source.sheets, register_of(settings.preset), context, wishes)


def _confirmed(screen: Screen) -> bool:
    """Ask whoever is at the terminal; where nobody is, the answer is no."""
    if screen.as_json or not sys.stdin.isatty():
        return False
    return click.confirm(say("init-ask", screen.language), err=True)


def _take_over(
    steward: Steward, source: Source, adoption: Adoption, texts: Mapping[str, str], side: Side
) -> Source:
    """Add what is missing; a file becomes a spreadsheet first. Give what was taken over."""
    language = defaults(**texts).language
    preset = Preset(texts["preset"])
    if not source.spreadsheet_id:
        made = create_copy(steward.client, source.name, source.sheets)
        _, sheets = look(steward.client, made)
        source = Source(name=source.name, spreadsheet_id=made, sheets=sheets)
        adoption = adoption.on(sheets)
    tabs = [laid_out(tab, preset) for tab in adoption.missing]
    added = [AddedTab(tab=tab, rows=in_columns(tab, first_lines(tab, language, texts))) for tab in tabs]
    adopt(
        steward.client,
        source.spreadsheet_id,
        source.sheets,
        adoption,
        added,
        side=side,
        language=HeaderLanguage(language.value),
    )
    return source
