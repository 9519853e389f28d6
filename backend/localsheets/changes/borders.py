"""The batchUpdate request updateBorders."""

from collections.abc import Callable
from typing import Any

from backend.localsheets.formats import with_colour_styles
from backend.localsheets.grid import Area
from backend.localsheets.problems import Json
from backend.localsheets.workbook import Workbook


def _lines(area: Area) -> list[tuple[str, str, Area]]:
    """Give for each border of a request: its name, the side of a cell it is drawn on, and which cells."""
    top, bottom, left, right = area.top, area.bottom, area.left, area.right
    return [
        ("top", "top", Area(top, top + 1, left, right)),
        ("bottom", "bottom", Area(bottom - 1, bottom, left, right)),
        ("left", "left", Area(top, bottom, left, left + 1)),
        ("right", "right", Area(top, bottom, right - 1, right)),
        ("innerHorizontal", "bottom", Area(top, bottom - 1, left, right)),
        ("innerVertical", "right", Area(top, bottom, left, right - 1)),
    ]


def update_borders(book: Workbook, request: Json) -> None:
    """Draw borders round and inside a range; what is not named stays, the style NONE takes a border away.

    A line between two cells is kept with the upper or left one. Source: discovery document,
    UpdateBordersRequest; on which of the two cells Google keeps it is unverified.
    """
    grid_range = request.get("range") or {}
    sheet = book.sheet_of(grid_range)
    area = sheet.area(grid_range)
    for name, side, cells in _lines(area):
        if request.get(name) is not None and cells.height > 0 < cells.width:
            sheet.formats.change(cells, _drawn(side, with_colour_styles(request[name])))


def _drawn(side: str, border: Json) -> Callable[[Any], Any]:
    def drawn(old: Json | None) -> Json | None:
        borders = {name: each for name, each in ((old or {}).get("borders") or {}).items() if name != side}
        if border.get("style", "NONE") != "NONE":
            borders[side] = border
        rest = {name: each for name, each in (old or {}).items() if name != "borders"}
        return {**rest, **({"borders": borders} if borders else {})} or None

    return drawn
