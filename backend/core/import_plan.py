"""What an import of a file wants to write: new rows, blank cells to fill, lines of the Mappings tab."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core import signature
from backend.core.archived import names
from backend.core.checks.facts import read_table
from backend.core.duplicate_policy import read_policy
from backend.core.filling import NOTHING_TO_FILL, Fillable, fillable
from backend.core.identity import row_ids
from backend.core.incoming import FileRows, cells_for, judge_file, places_of
from backend.core.intake import parse_mapping, recognise
from backend.core.mappings import NOTHING_MAPPED, mapping_lines, read_mappings
from backend.core.rules import read_settings
from sheets_schema.headers import LEFT_ALONE
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Cell, Context
    from backend.core.file_table import FileTable
    from backend.core.incoming import Incoming
    from backend.core.intake import Intake
    from backend.core.mappings import Mapped
    from backend.core.snapshot import Snapshot, TabRead
    from backend.core.team_settings import TeamSettings
    from sheets_schema.model import Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file of customers and how it is to be taken.

    Attributes:
        source: What its columns are known by in the Mappings tab, from `source_of`.
        table: What it holds.
        mapping: `COLUMN=FIELD` pairs that somebody gave.
        include: Whether possible duplicates are written; None for the usual answer.
    """

    source: str
    table: FileTable
    mapping: Sequence[str] = ()
    include: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import wants to write, and what it saw.

    Attributes:
        tab: The Customers tab.
        file: The rows of the file, and which field each column is.
        wanted: Rows of the file that become new customers.
        rows: Their cells by 0-based column position; empty for a register that is still to be made.
        row_ids: A new row id for each of them; empty likewise.
        names: The name of each column of the register, see `archived.names`; empty likewise.
        fillable: Blank cells of the register that the file can fill, and the rows that cannot be written.
        mapping_lines: Lines the Mappings tab does not have yet.
        left_out: Headers of the file that the register has no column for.
    """

    tab: Tab
    file: FileRows
    intake: Intake
    mapped: Mapped
    incoming: Incoming
    wanted: Sequence[int]
    rows: Sequence[Mapping[int, Cell]] = ()
    row_ids: Sequence[str] = ()
    names: Sequence[str] = ()
    fillable: Fillable = NOTHING_TO_FILL
    mapping_lines: Sequence[Mapping[str, Cell]] = ()
    left_out: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.wanted or self.fillable.fills or self.mapping_lines)

    @property
    def named_rows(self) -> list[dict[str, Cell]]:
        """The cells of new rows that are not blank, by the names of their columns."""
        return [{self.names[place]: cell for place, cell in row.items() if cell != ""} for row in self.rows]

    @property
    def hash(self) -> str:
        """Fingerprint of what is to be written: the same file into the same register gives the same one."""
        total = hashlib.blake2b(digest_size=8)
        for row in self.wanted:
            total.update(signature.digest(self.file.row(row)).encode())
        for fill in self.fillable.fills:
            total.update(signature.digest((*fill.place, fill.text)).encode())
        return total.hexdigest()


def plan_into_new_register(delivery: Delivery, settings: TeamSettings, *, today: dt.date) -> ImportPlan:
    """Plan a register made of a file: all its rows but those without a name, duplicates too.

    Raises:
        MappingUnreadable: A pair of `mapping` cannot be used.
        NameNotInFile: No column holds the customer's name.
    """
    customers = register_of(settings.preset).tab("Customers")
    known = _recognise(delivery, customers, None, settings.context(today=today))
    file = _file_rows(delivery, known.intake.fields)
    incoming = judge_file(customers, file, None, settings, today=today)
    return ImportPlan(
        tab=customers,
        file=file,
        intake=known.intake,
        mapped=known.mapped,
        incoming=incoming,
        wanted=incoming.arrivals.to_write(duplicates=delivery.include is not False),
        mapping_lines=_lines(delivery, known),
    )


def plan_into_register(delivery: Delivery, snapshot: Snapshot, *, today: dt.date, seed: bytes) -> ImportPlan:
    """Plan what a file adds to a register: new rows, and values for cells that are blank.

    Args:
        delivery: The file.
        snapshot: The register, with a Mappings tab.
        today: The day.
        seed: Bytes nobody can guess, for new row ids.

    Raises:
        MappingUnreadable: A pair of `mapping` cannot be used.
        NameNotInFile: No column holds the customer's name.
    """
    settings, _ = read_settings(snapshot)
    ours = read_table(snapshot["Customers"], settings, today=today)
    known = _recognise(delivery, ours.tab, snapshot["Mappings"], settings.context(today=today))
    file = _file_rows(delivery, [field if field in ours.columns else "" for field in known.intake.fields])
    policy = read_policy(snapshot, settings.shared_contact_rows, today=today)
    incoming = judge_file(ours.tab, file, ours, settings, today=today, policy=policy)
    wanted = incoming.arrivals.to_write(duplicates=bool(delivery.include))
    fresh = row_ids(seed, frozenset(map(str, ours.read.cells("row_id"))))
    places = places_of(file, ours.read)
    return ImportPlan(
        tab=ours.tab,
        file=file,
        intake=known.intake,
        mapped=known.mapped,
        incoming=incoming,
        wanted=wanted,
        rows=cells_for(file, incoming, ours, wanted),
        names=names(ours.read.sheets[0]),
        row_ids=[row_id for _, row_id in zip(wanted, fresh, strict=False)],
        fillable=fillable(incoming, ours),
        mapping_lines=_lines(delivery, known),
        left_out=[header for place, header in enumerate(file.headers) if place not in places],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the columns of a file are known as, and which of them somebody said to leave alone."""

    intake: Intake
    mapped: Mapped
    left: frozenset[str]


def _recognise(delivery: Delivery, customers: Tab, mappings: TabRead | None, context: Context) -> _Known:
    """Decide which column is which field: by --map, else by the Mappings tab, else by its header."""
    pairs = parse_mapping(delivery.mapping, customers, delivery.table.headers)
    mapped = NOTHING_MAPPED
    if mappings is not None:
        mapped = read_mappings(mappings, customers, delivery.source, delivery.table.headers)
    told = {
        header: field
        for header, field in mapped.fields.items()
        if header not in pairs and (field == LEFT_ALONE or field not in pairs.values())
    }
    intake = recognise(customers, delivery.table.headers, delivery.table.rows, {**told, **pairs}, context)
    left = frozenset(header for header, field in {**told, **pairs}.items() if field == LEFT_ALONE)
    return _Known(intake=intake, mapped=mapped, left=left)


def _lines(delivery: Delivery, known: _Known) -> list[dict[str, Cell]]:
    return mapping_lines(
        delivery.source, delivery.table.headers, known.intake.fields, known.mapped, known.left
    )


def _file_rows(delivery: Delivery, fields: Sequence[str]) -> FileRows:
    return FileRows(headers=delivery.table.headers, tabs=delivery.table.tabs, fields=tuple(fields))
