"""A file on its way into the register: its rows read as its kinds, its cells as they are written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core.arrivals import Arrival, Arrivals, Fate, judge
from backend.core.checks.facts import Table, read_table
from backend.core.duplicate_policy import DuplicatePolicy
from backend.core.fields import date
from backend.core.fields.binding import context_of
from backend.core.fields.column import FieldColumn, apply
from backend.core.fields.field import DateOrder
from backend.core.file_table import FileTable
from backend.core.offline import file_tab
from sheets_schema import headers
from sheets_schema.model import Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Cell
    from backend.core.snapshot import TabRead
    from backend.core.team_settings import TeamSettings
    from sheets_schema.model import Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRows(FileTable):
    """The rows of a file and what its columns are.

    Attributes:
        fields: Field id of each column; '' for one that is not read.
    """

    fields: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A file as judged.

    Attributes:
        table: Its rows, every cell read as its kind.
        arrivals: What becomes of each row.
    """

    table: Table
    arrivals: Arrivals


def columns_taken(tab: Tab, file_headers: Sequence[str]) -> list[int]:
    """Give the positions of the columns to take in: the tool block of an export of ours is left out.

    Only a file that has the whole block is one; a column called "status" elsewhere is the team's.
    """
    block = [column.id for column in tab.block]
    meanings = [next(iter(headers.columns_of(tab, header)), "") for header in file_headers]
    ours = set(block) if set(block) <= set(meanings) else set()
    return [place for place, meaning in enumerate(meanings) if meaning not in ours]


def judge_file(
    tab: Tab,
    file: FileRows,
    register: Table | None,
    settings: TeamSettings,
    *,
    today: dt.date,
    policy: DuplicatePolicy | None = None,
) -> Incoming:
    """Read the rows of a file as the tab's kinds and decide what becomes of each.

    Args:
        tab: The Customers tab of the schema.
        file: The file's rows. A field that the register has no column for must be '' in `fields`.
        register: The register's customers; None for a register that is still to be made.
        settings: The register's settings.
        today: The day.
        policy: What the team decided about duplicates; what the settings say when left out.
    """
    table = read_table(file_tab(tab, file, file.fields), settings, today=today)
    if register is not None:
        table = replace(
            table, columns={**table.columns, **_dates_in_its_order(table, register, settings, today)}
        )
    usual = DuplicatePolicy(max_shared=settings.shared_contact_rows)
    arrivals = judge(table, register, policy or usual)
    unread = [row for row in table.read.frame.index.tolist() if row not in arrivals.fates]
    if unread:
        told = [
            *arrivals.told,
            *(Arrival(row=row, fate=Fate.REFUSED, reason=_why_unread(table.read, row)) for row in unread),
        ]
        fates = {**arrivals.fates, **dict.fromkeys(unread, Fate.REFUSED)}
        arrivals = Arrivals(
            fates=dict(sorted(fates.items())), told=tuple(sorted(told, key=lambda arrival: arrival.row))
        )
    return Incoming(table=table, arrivals=arrivals)


def _why_unread(read: TabRead, row: int) -> str:
    """Give the code of the reason why a row is no customer."""
    if row in read.repeated:
        return "arrival-header"
    return "arrival-total" if row in read.totals else "arrival-refused"


def _dates_in_its_order(
    table: Table, register: Table, settings: TeamSettings, today: dt.date
) -> dict[str, FieldColumn]:
    """Read dates whose order the file does not tell in the order of the register, where they will stand."""
    result: dict[str, FieldColumn] = {}
    for column in table.bound(Kind.DATE):
        order = date.vote(register.raw[column.id])
        if settings.date_order is DateOrder.UNKNOWN and date.vote(table.raw[column.id]) is DateOrder.UNKNOWN:
            context = replace(context_of(column, settings.context(today=today)), date_order=order)
            result[column.id] = apply(table.raw[column.id], date.normalise, context)
    return result


def rows_to_write(file: FileRows, wanted: Sequence[int]) -> list[list[Cell]]:
    """Give the rows of the file that are written, as they are."""
    return [list(file.row(row)) for row in wanted]


def places_of(file: FileRows, customers: TabRead) -> dict[int, int]:
    """Give the column position in the sheet for each column of the file that has a place there.

    A column that is not read goes where the sheet has a column of the team's own with the same header.
    """
    bound = dict(customers.binding.positions)
    own = {headers.plain(text): place for text, place in customers.binding.unknown}
    places: dict[int, int] = {}
    for position, (header, field) in enumerate(zip(file.headers, file.fields, strict=True)):
        place = bound.get(field) if field else own.get(headers.plain(header))
        if place is not None:
            places[position] = place
    return places


def cells_for(
    file: FileRows, incoming: Incoming, register: Table, wanted: Sequence[int]
) -> list[Mapping[int, Cell]]:
    """Give the cells of new rows by column position in the sheet.

    Cells go in as they are; only a date that the register would read as another day goes in as an ISO date.
    """
    places = places_of(file, register.read)
    dates = _dates_read_otherwise(file, incoming.table, register)
    result: list[Mapping[int, Cell]] = []
    for row in wanted:
        cells = file.row(row)
        result.append(
            {
                place: dates.get(position, {}).get(row, cells[position])
                for position, place in places.items()
                if cells[position] != ""
            }
        )
    return result


def _dates_read_otherwise(file: FileRows, table: Table, register: Table) -> dict[int, dict[int, Cell]]:
    """Give the ISO dates of columns in which the file writes day and month the other way round."""
    result: dict[int, dict[int, Cell]] = {}
    for position, name in enumerate(file.fields):
        if name not in table.columns or table.tab.column(name).kind is not Kind.DATE:
            continue
        theirs, ours = date.vote(table.raw[name]), date.vote(register.raw[name])
        if theirs not in (DateOrder.UNKNOWN, ours):
            values, raws = table.columns[name].values, table.raw[name]
            result[position] = {
                row: value
                for row, value, raw in zip(values.index.tolist(), values, raws, strict=True)
                if value != "" and isinstance(raw, str)
            }
    return result
