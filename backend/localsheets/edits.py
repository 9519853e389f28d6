"""What people do to a sheet: each kind of edit as the requests it is made of, drawn by chance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from random import Random
from types import MappingProxyType
from typing import TypeAlias

from backend.localsheets.cells import Formula, Scalar
from backend.localsheets.problems import Json
from backend.localsheets.sheet import Sheet
from backend.localsheets.truth import TOOL, TrueSheet

Typist: TypeAlias = Callable[[str, Random, int], Scalar]
"""Gives what a person types: for a header, by chance, as the so manieth value that is typed."""


class Edit(StrEnum):
    """A kind of edit."""

    INSERT_ROW = "insert-row"
    APPEND_ROW = "append-row"
    DELETE_ROWS = "delete-rows"
    CLEAR_ROW = "clear-row"
    SORT_WHOLE = "sort-whole"
    SORT_PART = "sort-part"
    MOVE_ROWS = "move-rows"
    COPY_ROWS = "copy-rows"
    CUT_ROW = "cut-row"
    RETYPE_CELL = "retype-cell"
    CLEAR_CELL = "clear-cell"
    CLEAR_IDS = "clear-ids"
    RETYPE_ID = "retype-id"
    FILTER = "filter"
    HIDE_ROWS = "hide-rows"
    INSERT_COLUMN = "insert-column"
    MOVE_COLUMN = "move-column"
    RENAME_COLUMN = "rename-column"
    DELETE_COLUMN = "delete-column"
    RENAME_TAB = "rename-tab"
    DUPLICATE_TAB = "duplicate-tab"
    DELETE_TAB = "delete-tab"


ON_COLUMNS = (Edit.INSERT_COLUMN, Edit.MOVE_COLUMN, Edit.RENAME_COLUMN, Edit.DELETE_COLUMN)
ON_TABS = (Edit.RENAME_TAB, Edit.DUPLICATE_TAB, Edit.DELETE_TAB)
ON_ROWS: tuple[Edit, ...] = tuple(edit for edit in Edit if edit not in (*ON_COLUMNS, *ON_TABS))
"""What people do all day; the others happen now and then and may stop a run for good reason."""

_FEWEST = 3
"""Customers that stay: nobody empties the sheet."""


def type_text(_header: str, chance: Random, number: int) -> Scalar:
    """Give a value nobody typed before: text, now and then a number."""
    return f"v{number}" if chance.random() < 0.8 else number + 0.5  # noqa: PLR2004 - four of five


@dataclass(slots=True)
class Scene:
    """What a person sees: the tab, what is true of it, and chance.

    `typed` counts what was typed, so that no two values are the same.
    """

    sheet: Sheet
    truth: TrueSheet
    chance: Random
    types: Typist
    typed: int = 0

    @property
    def people(self) -> list[int]:
        """The rows that are a customer's."""
        return list(self.truth.customers())

    @property
    def bottom(self) -> int:
        """The first row below everything."""
        return max(self.sheet.last_row_with_content(), max(self.people, default=0) + 1)

    @property
    def team(self) -> list[int]:
        """The positions of the team's columns that have a header."""
        columns = enumerate(self.truth.columns)
        return [place for place, column in columns if column != TOOL and self.header(place)]

    @property
    def tool(self) -> list[int]:
        """The positions of the tool's columns."""
        return [place for place, column in enumerate(self.truth.columns) if column == TOOL]

    @property
    def anchor(self) -> int | None:
        """Where the column a customer goes with stands."""
        return self.truth.place_of(self.truth.anchor)

    def header(self, place: int) -> str:
        """Give the header of a column as it stands there."""
        return str(self.sheet.cell(0, place))

    def typing(self, place: int) -> Scalar:
        """Give a new value for a column."""
        self.typed += 1
        return self.types(self.header(place), self.chance, self.typed)

    def stretches(self) -> Iterator[list[int]]:
        """Give the team's columns as stretches that stand side by side."""
        for _, group in groupby(enumerate(self.team), key=lambda pair: pair[1] - pair[0]):
            yield [place for _, place in group]

    def span(self, dimension: str, start: int, count: int = 1) -> Json:
        """Give rows or columns of the tab as a DimensionRange."""
        named = {"sheetId": self.sheet.sheet_id, "dimension": dimension}
        return {**named, "startIndex": start, "endIndex": start + count}

    def area(self, top: int, bottom: int, left: int = 0, right: int | None = None) -> Json:
        """Give cells of the tab as a GridRange."""
        rows = {"sheetId": self.sheet.sheet_id, "startRowIndex": top, "endRowIndex": bottom}
        width = self.sheet.column_count if right is None else right
        return {**rows, "startColumnIndex": left, "endColumnIndex": width}

    def cells(self, row: int, left: int, values: list[Scalar]) -> Json:
        """Give the request that types values side by side."""
        start = {"sheetId": self.sheet.sheet_id, "rowIndex": row, "columnIndex": left}
        entered = [_entered(value) for value in values]
        return {"updateCells": {"start": start, "rows": [{"values": entered}], "fields": "userEnteredValue"}}

    def some_people(self, most: int = 3) -> tuple[int, int]:
        """Give the first row and the number of some customers that stand below each other."""
        first = self.chance.choice(self.people)
        wished = self.chance.randint(1, most)
        taken = set(self.people)
        count = next((n for n in range(1, wished) if first + n not in taken), wished)
        return first, count


def _entered(value: Scalar) -> Json:
    if value == "" or isinstance(value, Formula):
        return {}
    kind = {bool: "boolValue", str: "stringValue"}.get(type(value), "numberValue")
    return {"userEnteredValue": {kind: value}}


Draw: TypeAlias = Callable[[Scene], list[Json]]
"""Gives the requests of an edit; none when it cannot be done in this scene."""


def _new_row(scene: Scene, row: int) -> list[Json]:
    return [
        scene.cells(row, places[0], [scene.typing(place) for place in places]) for places in scene.stretches()
    ]


def _insert_row(scene: Scene) -> list[Json]:
    row = scene.chance.randint(1, scene.bottom)
    if row >= scene.sheet.row_count:
        return []
    return [{"insertDimension": {"range": scene.span("ROWS", row)}}, *_new_row(scene, row)]


def _append_row(scene: Scene) -> list[Json]:
    return _new_row(scene, scene.bottom) if scene.bottom < scene.sheet.row_count else []


def _delete_rows(scene: Scene) -> list[Json]:
    if len(scene.people) <= _FEWEST + 1:
        return []
    return [{"deleteDimension": {"range": scene.span("ROWS", *scene.some_people(2))}}]


def _clear_row(scene: Scene) -> list[Json]:
    if len(scene.people) <= _FEWEST:
        return []
    row = scene.chance.choice(scene.people)
    return [scene.cells(row, places[0], [""] * len(places)) for places in scene.stretches()]


def _sort(scene: Scene, left: int, right: int) -> list[Json]:
    order = scene.chance.choice(["ASCENDING", "DESCENDING"])
    filled = [
        place
        for place in range(left, right)
        if any(scene.sheet.cell(row, place) != "" for row in scene.people)
    ]
    specs = [{"dimensionIndex": scene.chance.choice(filled or [left]), "sortOrder": order}]
    return [{"sortRange": {"range": scene.area(1, scene.bottom, left, right), "sortSpecs": specs}}]


def _sort_whole(scene: Scene) -> list[Json]:
    width = max([*scene.team, *scene.tool], default=0) + 1
    return _sort(scene, 0, width) if scene.bottom > 1 else []


def _sort_part(scene: Scene) -> list[Json]:
    """Sort a stretch of the team's columns and leave the rest behind; now and then a part of a stretch."""
    if scene.bottom <= 1:
        return []
    places = scene.chance.choice(list(scene.stretches()))
    if scene.chance.random() < 0.2:  # noqa: PLR2004 - one of five
        first, last = sorted(scene.chance.choice(places) for _ in range(2))
        places = [first, last]
    return _sort(scene, places[0], places[-1] + 1)


def _move_rows(scene: Scene) -> list[Json]:
    start, count = scene.some_people()
    target = scene.chance.randint(1, scene.bottom)
    if start <= target <= start + count or target > scene.sheet.row_count:
        return []
    return [{"moveDimension": {"source": scene.span("ROWS", start, count), "destinationIndex": target}}]


def _copy_rows(scene: Scene) -> list[Json]:
    """Copy whole rows, the tool's columns too: between two others, or below everything."""
    start, count = scene.some_people()
    if scene.chance.random() < 0.5:  # noqa: PLR2004 - half
        if scene.bottom + count > scene.sheet.row_count:
            return []
        return [_copy(scene, start, scene.bottom, count)]
    target = scene.chance.choice([start, start + count])
    if target >= scene.sheet.row_count:
        return []
    source = start + count if target == start else start
    return [
        {"insertDimension": {"range": scene.span("ROWS", target, count)}},
        _copy(scene, source, target, count),
    ]


def _copy(scene: Scene, source: int, target: int, count: int) -> Json:
    origin, destination = scene.area(source, source + count), scene.area(target, target + count)
    return {"copyPaste": {"source": origin, "destination": destination}}


def _cut_row(scene: Scene) -> list[Json]:
    """Cut the stretch a customer goes with out of a row and paste it below everything."""
    if scene.bottom >= scene.sheet.row_count or scene.anchor is None:
        return []
    row = scene.chance.choice(scene.people)
    places = next((each for each in scene.stretches() if scene.anchor in each), [scene.anchor])
    destination = {
        "sheetId": scene.sheet.sheet_id,
        "rowIndex": scene.bottom,
        "columnIndex": places[0],
    }
    source = scene.area(row, row + 1, places[0], places[-1] + 1)
    return [{"cutPaste": {"source": source, "destination": destination}}]


def _retype_cell(scene: Scene) -> list[Json]:
    row, place = scene.chance.choice(scene.people), scene.chance.choice(scene.team)
    return [scene.cells(row, place, [scene.typing(place)])]


def _clear_cell(scene: Scene) -> list[Json]:
    places = [place for place in scene.team if place != scene.anchor]
    return (
        [scene.cells(scene.chance.choice(scene.people), scene.chance.choice(places), [""])] if places else []
    )


def _clear_ids(scene: Scene) -> list[Json]:
    if not scene.tool:
        return []
    start, count = scene.some_people()
    return [scene.cells(row, scene.tool[0], [""]) for row in range(start, start + count)]


def _retype_id(scene: Scene) -> list[Json]:
    """Type another row's id over an id, or something that is none."""
    if not scene.tool:
        return []
    row, other = (scene.chance.choice(scene.people) for _ in range(2))
    value = scene.sheet.cell(other, scene.tool[0])
    if row == other or value == "":
        value = f"C-{scene.chance.randrange(10**6):06d}"
    return [scene.cells(row, scene.tool[0], [value])]


def _filter(scene: Scene) -> list[Json]:
    place = scene.chance.choice(scene.team)
    hidden = str(scene.sheet.cell(scene.chance.choice(scene.people), place))
    criteria = {str(place): {"hiddenValues": [hidden]}}
    whole = {"range": scene.area(0, scene.bottom), "criteria": criteria}
    return [{"setBasicFilter": {"filter": whole}}]


def _hide_rows(scene: Scene) -> list[Json]:
    rows = scene.span("ROWS", *scene.some_people())
    properties = {"hiddenByUser": scene.chance.random() < 0.7}  # noqa: PLR2004 - more are hidden than shown
    return [
        {"updateDimensionProperties": {"range": rows, "properties": properties, "fields": "hiddenByUser"}}
    ]


def _insert_column(scene: Scene) -> list[Json]:
    """Insert a column anywhere, between two of the tool's too, with a header or without."""
    place = scene.chance.randint(0, max([*scene.team, *scene.tool]))
    scene.typed += 1
    header = f"column {scene.typed}" if scene.chance.random() < 0.7 else ""  # noqa: PLR2004 - most have one
    return [
        {"insertDimension": {"range": scene.span("COLUMNS", place)}},
        scene.cells(0, place, [header]),
    ]


def _move_column(scene: Scene) -> list[Json]:
    place = scene.chance.choice([*scene.team, *scene.tool])
    target = scene.chance.randint(0, max([*scene.team, *scene.tool]) + 1)
    if place <= target <= place + 1:
        return []
    return [{"moveDimension": {"source": scene.span("COLUMNS", place), "destinationIndex": target}}]


def _rename_column(scene: Scene) -> list[Json]:
    scene.typed += 1
    return [scene.cells(0, scene.chance.choice(scene.team), [f"renamed {scene.typed}"])]


def _delete_column(scene: Scene) -> list[Json]:
    places = [place for place in scene.team if place != scene.anchor]
    if len(places) < 2:  # noqa: PLR2004 - one stays beside the names
        return []
    return [{"deleteDimension": {"range": scene.span("COLUMNS", scene.chance.choice(places))}}]


def _rename_tab(scene: Scene) -> list[Json]:
    scene.typed += 1
    properties = {"sheetId": scene.sheet.sheet_id, "title": f"renamed {scene.typed}"}
    return [{"updateSheetProperties": {"properties": properties, "fields": "title"}}]


def _duplicate_tab(scene: Scene) -> list[Json]:
    scene.typed += 1
    named = {"sourceSheetId": scene.sheet.sheet_id, "newSheetName": f"copy {scene.typed}"}
    return [{"duplicateSheet": {**named, "insertSheetIndex": 0}}]


def _delete_tab(scene: Scene) -> list[Json]:
    return [{"deleteSheet": {"sheetId": scene.sheet.sheet_id}}]


DRAWS: MappingProxyType[Edit, Draw] = MappingProxyType(
    {
        Edit.INSERT_ROW: _insert_row,
        Edit.APPEND_ROW: _append_row,
        Edit.DELETE_ROWS: _delete_rows,
        Edit.CLEAR_ROW: _clear_row,
        Edit.SORT_WHOLE: _sort_whole,
        Edit.SORT_PART: _sort_part,
        Edit.MOVE_ROWS: _move_rows,
        Edit.COPY_ROWS: _copy_rows,
        Edit.CUT_ROW: _cut_row,
        Edit.RETYPE_CELL: _retype_cell,
        Edit.CLEAR_CELL: _clear_cell,
        Edit.CLEAR_IDS: _clear_ids,
        Edit.RETYPE_ID: _retype_id,
        Edit.FILTER: _filter,
        Edit.HIDE_ROWS: _hide_rows,
        Edit.INSERT_COLUMN: _insert_column,
        Edit.MOVE_COLUMN: _move_column,
        Edit.RENAME_COLUMN: _rename_column,
        Edit.DELETE_COLUMN: _delete_column,
        Edit.RENAME_TAB: _rename_tab,
        Edit.DUPLICATE_TAB: _duplicate_tab,
        Edit.DELETE_TAB: _delete_tab,
    }
)
