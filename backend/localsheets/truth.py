"""What is true of a sheet that people edit: which customer each row is, and what people wrote into it.

A `TrueSheet` mirrors what happens to a tab, row by row and column by column, by rules of its own: it never
reads the cells back. Each row that people look after has a hidden identity, a number that stands nowhere in
the sheet. The identity belongs to the cell in the anchor column, as a customer belongs to the name in the
row: whoever sorts, moves or cuts that cell moves the customer. What the tool writes is not mirrored, only
where its requests move rows and columns; so each difference between mirror and sheet is the tool's doing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from backend.localsheets.cells import Scalar
from backend.localsheets.grid import Area, Shift
from backend.localsheets.sheet import Sheet, shifted

TOOL = 0
"""In place of a column's number: the column is the tool's."""

NOBODY = 0
"""In place of an identity: the row is no customer's."""


class What(StrEnum):
    """What can become of a customer or of a value."""

    ADDED = "added"
    COPIED = "copied"
    DELETED = "deleted"
    TYPED = "typed"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    Attributes:
        what: ADDED, COPIED and DELETED are about a customer, TYPED and LOST about a value.
        by_person: Whether a person did it; otherwise the tool.
        identity: The customer; NOBODY for the header and for rows that are no customer's.
        origin: For COPIED, the customer the copy was made from.
        column: The number of the column, for a value.
        old: The value before.
        new: The value after.
    """

    what: What
    by_person: bool
    identity: int
    origin: int = NOBODY
    column: int = TOOL
    old: Scalar = ""
    new: Scalar = ""


@dataclass(slots=True)
class TrueRow:
    """One row: its customer, and what people wrote, by column number; blanks are left out."""

    identity: int = NOBODY
    cells: dict[int, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell of a team's column that does not hold what people wrote there."""

    row: int
    column: int
    identity: int
    expected: Scalar
    found: Scalar


class TrueSheet:
    """The mirror of one tab; rows and columns are counted from zero, the header is row 0.

    Args:
        sheet: The tab as it is now; everything in its team's columns counts as written by people.
        tool_columns: The positions of the columns the tool owns.
        anchor: The position of the column a customer goes with.

    Attributes:
        columns: For each position, the number of the team's column there, or TOOL. A number is given once.
        rows: For each position, the row; rows after the last one with content may be missing.
        events: Everything that happened, in order.
        is_gone: Whether the tab was deleted.
        aside: Rows that the tool took out of the tab and has not brought back.
    """

    def __init__(self, sheet: Sheet, tool_columns: Iterable[int], anchor: int) -> None:
        owned = frozenset(tool_columns)
        self.columns = [TOOL if place in owned else place + 1 for place in range(sheet.column_count)]
        self.anchor = self.columns[anchor]
        if self.anchor == TOOL:
            msg = f"Column {anchor} is the tool's; a customer goes with a column of the team's."
            raise ValueError(msg)
        self.rows: list[TrueRow] = []
        self.events: list[Event] = []
        self.is_gone = False
        self.aside: list[TrueRow] = []
        self._last_column = sheet.column_count
        self._last_identity = NOBODY
        for place, cells in enumerate(sheet.rows):
            self.rows.append(self._first_seen(place, cells))

    def _first_seen(self, place: int, cells: Sequence[Scalar]) -> TrueRow:
        named = zip(self.columns, cells, strict=False)
        row = TrueRow(cells={column: cell for column, cell in named if column != TOOL and cell != ""})
        if place and row.cells:
            row.identity = self._new_identity()
        return row

    def _new_identity(self) -> int:
        self._last_identity += 1
        return self._last_identity

    def row(self, place: int) -> TrueRow:
        """Give a row, blank when nothing was there yet."""
        self.rows.extend(TrueRow() for _ in range(place + 1 - len(self.rows)))
        return self.rows[place]

    def customers(self) -> dict[int, int]:
        """Give the identity of each row that is a customer's, by its position."""
        return {place: row.identity for place, row in enumerate(self.rows) if row.identity != NOBODY}

    def values(self, identity: int) -> dict[int, Scalar]:
        """Give what people wrote into the row of a customer, by column number.

        Raises:
            KeyError: No row is this customer's now.
        """
        for row in self.rows:
            if row.identity == identity != NOBODY:
                return dict(row.cells)
        raise KeyError(identity)

    def place_of(self, column: int) -> int | None:
        """Give where a column of the team's stands now; None when it was deleted."""
        return self.columns.index(column) if column in self.columns else None

    def differences(self, sheet: Sheet) -> list[Difference]:
        """Give the cells of the team's columns, header included, that do not hold what people wrote there.

        A row or a value that was lost is among them, and so is what the tool wrote into the team's columns.
        """
        return list(self._differences(sheet))

    def _differences(self, sheet: Sheet) -> Iterator[Difference]:
        team = [(place, column) for place, column in enumerate(self.columns) if column != TOOL]
        for place in range(max(len(self.rows), len(sheet.rows))):
            row = self.rows[place] if place < len(self.rows) else TrueRow()
            for position, column in team:
                expected, found = row.cells.get(column, ""), sheet.cell(place, position)
                if expected != found or isinstance(expected, bool) != isinstance(found, bool):
                    yield Difference(
                        row=place, column=column, identity=row.identity, expected=expected, found=found
                    )

    def shift(self, shift: Shift, *, by_person: bool) -> None:
        """Follow rows or columns that are inserted, deleted or moved."""
        if shift.dimension == "ROWS":
            self._shift_rows(shift, by_person=by_person)
            return
        if shift.kind == "delete":
            for row in self.rows:
                for column in self.columns[shift.start : shift.end]:
                    self._lose(row, column, by_person=by_person)
        self.columns = shifted(self.columns, shift, lambda count: self._new_columns(count, by_person))

    def _shift_rows(self, shift: Shift, *, by_person: bool) -> None:
        if shift.kind == "delete":
            for row in self.rows[shift.start : shift.end]:
                self._delete(row, by_person=by_person)
        if shift.start < len(self.rows) or shift.kind == "move":
            self.rows = shifted(self.rows, shift, lambda count: [TrueRow() for _ in range(count)])

    def _new_columns(self, count: int, by_person: bool) -> list[int]:  # noqa: FBT001 - called in one place
        if not by_person:
            return [TOOL] * count
        self._last_column += count
        return list(range(self._last_column - count + 1, self._last_column + 1))

    def resize(self, row_count: int, column_count: int, *, by_person: bool) -> None:
        """Follow the grid when rows or columns are cut off or added at its ends."""
        if row_count < len(self.rows):
            cut = Shift(kind="delete", dimension="ROWS", start=row_count, count=len(self.rows) - row_count)
            self.shift(cut, by_person=by_person)
        surplus = len(self.columns) - column_count
        if surplus > 0:
            cut = Shift(kind="delete", dimension="COLUMNS", start=column_count, count=surplus)
            self.shift(cut, by_person=by_person)
        self.columns += self._new_columns(max(-surplus, 0), by_person)

    def reorder(self, area: Area, order: Sequence[int]) -> None:
        """Follow a sort: what stood in row order[k] of the area comes to stand in row area.top + k."""
        clips = [self._pick_up(place, area) for place in order]
        for place, clip in enumerate(clips, start=area.top):
            self._put_down(place, clip, self.columns[area.left : area.right])

    def copy(self, source: Area, top: int, left: int, *, by_person: bool) -> None:
        """Follow a copy: a row whose anchor is copied becomes a customer of its own."""
        clips = [self._pick_up(place, source) for place in range(source.top, source.bottom)]
        columns = self.columns[left : left + source.width]
        for place, clip in enumerate(clips, start=top):
            self._make_way(place, columns, by_person=by_person)
            origin = clip.identity
            if origin != NOBODY and self.anchor in columns:
                clip.identity = self._new_identity()
                self._note(What.COPIED, clip.identity, by_person=by_person, origin=origin)
            self._put_down(place, clip, columns)

    def cut(self, source: Area, top: int, left: int, *, by_person: bool) -> None:
        """Follow a cut and paste: the customer goes with the anchor."""
        clips = [self._pick_up(place, source) for place in range(source.top, source.bottom)]
        for place in range(source.top, source.bottom):
            self._put_down(place, TrueRow(), self.columns[source.left : source.right])
        columns = self.columns[left : left + source.width]
        for place, clip in enumerate(clips, start=top):
            self._make_way(place, columns, by_person=by_person)
            self._put_down(place, clip, columns)

    def type_in(self, place: int, position: int, value: Scalar) -> None:
        """Follow a person who types a value into a cell, or makes it blank."""
        column, row = self.columns[position], self.row(place)
        old = row.cells.get(column, "")
        if column == TOOL or value == old:
            return
        if place and row.identity == NOBODY:
            row.identity = self._new_identity()
            self._note(What.ADDED, row.identity, by_person=True)
        self._note(What.TYPED, row.identity, by_person=True, column=column, old=old, new=value)
        row.cells[column] = value
        if value == "":
            del row.cells[column]
        if not row.cells and row.identity != NOBODY:
            self._delete(row, by_person=True)

    def _pick_up(self, place: int, area: Area) -> TrueRow:
        """Give the part of a row in an area, by its columns; with the anchor goes the customer."""
        row, columns = self.row(place), self.columns[area.left : area.right]
        cells = {column: row.cells[column] for column in columns if column in row.cells}
        return TrueRow(row.identity if self.anchor in columns else NOBODY, cells)

    def _put_down(self, place: int, clip: TrueRow, columns: Sequence[int]) -> None:
        row = self.row(place)
        for column in columns:
            row.cells.pop(column, None)
        row.cells.update(clip.cells)
        if self.anchor in columns:
            row.identity = clip.identity

    def _make_way(self, place: int, columns: Sequence[int], *, by_person: bool) -> None:
        row = self.row(place)
        if self.anchor in columns and row.identity != NOBODY:
            self._note(What.DELETED, row.identity, by_person=by_person)
        for column in columns:
            self._lose(row, column, by_person=by_person)

    def bring_back(self, place: int, left: int, cells: Sequence[Scalar]) -> None:
        """Follow the tool when it pastes a row from another tab: a row that it took out, if it is one."""
        columns = self.columns[left : left + len(cells)]
        named = zip(columns, cells, strict=True)
        wanted = {column: cell for column, cell in named if column != TOOL and cell != ""}
        found = next((row for row in self.aside if row.cells == wanted), None)
        if found is not None:
            self.aside.remove(found)
            row = self.row(place)
            row.identity, row.cells = found.identity, dict(found.cells)

    def _delete(self, row: TrueRow, *, by_person: bool) -> None:
        if not by_person:
            self.aside.append(TrueRow(row.identity, dict(row.cells)))
        for column in list(row.cells):
            self._lose(row, column, by_person=by_person)
        if row.identity != NOBODY:
            self._note(What.DELETED, row.identity, by_person=by_person)
            row.identity = NOBODY

    def _lose(self, row: TrueRow, column: int, *, by_person: bool) -> None:
        if column in row.cells:
            old = row.cells.pop(column)
            self._note(What.LOST, row.identity, by_person=by_person, column=column, old=old)

    def _note(
        self,
        what: What,
        identity: int,
        *,
        by_person: bool,
        origin: int = NOBODY,
        column: int = TOOL,
        old: Scalar = "",
        new: Scalar = "",
    ) -> None:
        self.events.append(
            Event(
                what=what,
                by_person=by_person,
                identity=identity,
                origin=origin,
                column=column,
                old=old,
                new=new,
            )
        )
