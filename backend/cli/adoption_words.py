"""What `steward init` says it recognised, as sentences and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cli.screen import some_rows
from backend.core.wording import say
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from backend.adapters.google.adopter import Side
    from backend.cli.screen import Screen
    from backend.core.adoption import Adoption, SheetAdoption


def show_adoption(screen: Screen, adoption: Adoption, side: Side) -> None:
    """Say what each tab is, which column is which field, what is left alone and what will be added."""
    for sheet in adoption.sheets:
        _show_sheet(screen, sheet)
    several = [sheet.seen.title for sheet in adoption.sheets if sheet.tab.block]
    if len(several) > 1:
        screen.say("init-several", count=len(several), tabs=", ".join(several))
    if adoption.left:
        screen.say("init-left", tabs=", ".join(adoption.left))
    if adoption.missing:
        screen.say("init-missing", tabs=", ".join(tab.label.to(screen.language) for tab in adoption.missing))
    block = next((len(sheet.tab.block) for sheet in adoption.sheets if sheet.tab.block), 0)
    if block and not adoption.obstacles:
        screen.say(f"init-side-{side}", columns=block)


def _show_sheet(screen: Screen, sheet: SheetAdoption) -> None:
    language = screen.language
    rows = ", ".join(map(str, sheet.totals))
    screen.say(
        "init-tab",
        title=sheet.seen.title,
        tab=sheet.tab.label.to(language),
        row=sheet.header_row,
        lines=f"{sheet.lines:,}",
        totals=say("init-totals", language, rows=rows) if rows else "",
        hidden=say("init-hidden", language) if sheet.seen.hidden else "",
    )
    if sheet.repeated:
        screen.say("left-out-headers", rows=some_rows(sheet.repeated))
    for header, field_id, place in sheet.bound:
        label = sheet.tab.column(field_id).label.to(language)
        screen.say("init-column", column=column_letters(place), header=header, label=label)
    for field_id, places in sheet.twice:
        cells = ", ".join(f"{column_letters(place)}{sheet.header_row}" for place in places)
        screen.say("init-twice-kept", label=sheet.tab.column(field_id).label.to(language), cells=cells)
    if sheet.kept:
        named = ", ".join(f"{column_letters(place)} “{header}”" for header, place in sheet.kept)
        screen.say("init-kept", headers=named)
    for header, field_id in sheet.doubted:
        label = sheet.tab.column(field_id).label.to(language)
        screen.say("import-doubted", header=header, label=label, field=field_id)


def adoption_json(register: str, adoption: Adoption, *, written: bool) -> dict[str, object]:
    """Give what was recognised as one JSON object."""
    return {
        "ok": True,
        "register": register,
        "written": written,
        "in_place": adoption.nothing_to_do,
        "tabs": [
            {
                "title": sheet.seen.title,
                "tab": sheet.tab.id,
                "hidden": sheet.seen.hidden,
                "header_row": sheet.header_row,
                "rows": sheet.lines,
                "totals": list(sheet.totals),
                "repeated_headers": list(sheet.repeated),
                "fields": {column_letters(place): field_id for _, field_id, place in sheet.bound},
                "kept": {column_letters(place): header for header, place in sheet.kept},
                "doubted": dict(sheet.doubted),
            }
            for sheet in adoption.sheets
        ],
        "missing": [tab.id for tab in adoption.missing],
        "left": list(adoption.left),
    }
