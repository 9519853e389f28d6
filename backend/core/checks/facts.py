"""What checks look at: the tabs with every cell read as its kind, the rules, the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from backend.core.fields import NORMALISERS, date, text
from backend.core.fields.binding import context_of
from backend.core.fields.clean import halfwidth
from backend.core.fields.column import FieldColumn, apply, apply_each, without_collection
from backend.core.fields.field import DateOrder
from backend.core.fields.memory import FINDING
from backend.core.snapshot import data_rows
from sheets_schema.model import Kind
from sheets_schema.presets import register

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Sequence

    from backend.core.fields.field import Cell, Context, Field
    from backend.core.fields.memory import Codes
    from backend.core.ownership import Identities
    from backend.core.rules import Rules
    from backend.core.snapshot import Snapshot, TabRead
    from backend.core.team_settings import TeamSettings
    from sheets_schema.model import Column, Tab

READ = ("Customers", "Transactions")
"""Tabs whose cells are checked."""

_WHOLE_FROM_ROWS = 3
"""A finding is said once for a column when so many rows or more, and most of the rows, have it."""

OF_A_WHOLE_COLUMN: Mapping[str, str] = MappingProxyType(
    {"cell-error": "column-broken", "phone-no-area-code": "column-no-area-code"}
)
"""What is said of a column, by what would otherwise be said of each of its cells."""

_COUNTRIES = {
    "中国": "CN",
    "中国大陆": "CN",
    "香港": "HK",
    "中国香港": "HK",
    "台湾": "TW",
    "中国台湾": "TW",
    "澳门": "MO",
    "中国澳门": "MO",
    "CHINA": "CN",
    "HONG KONG": "HK",
    "TAIWAN": "TW",
    "MACAU": "MO",
    "USA": "US",
    "UNITED STATES": "US",
    "美国": "US",
    "UK": "GB",
    "UNITED KINGDOM": "GB",
    "英国": "GB",
    "日本": "JP",
    "JAPAN": "JP",
    "新加坡": "SG",
    "SINGAPORE": "SG",
}
_COUNTRY_LETTERS = 2

_BY_COUNTRY = frozenset({Kind.PHONE, Kind.TAX_ID, Kind.POSTCODE, Kind.ADDRESS, Kind.RESIDENT_ID})
"""Kinds of which a cell is read by the country of its row."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One tab with every cell of the team read as its kind.

    Attributes:
        read: The tab as read.
        raw: Its cells, only of rows that hold data.
        columns: The fields of each bound team column, by field id.
        whole: All rows of the tab, where this table holds some of them only.
    """

    read: TabRead
    raw: pd.DataFrame
    columns: Mapping[str, FieldColumn]
    whole: Table | None = None

    @property
    def everywhere(self) -> Table:
        """All rows of the tab: what a question is asked of that one row alone cannot answer."""
        return self.whole or self

    @property
    def tab(self) -> Tab:
        """The tab of the schema."""
        return self.read.tab

    @cached_property
    def values(self) -> pd.DataFrame:
        """Normalised values: index = sheet row, columns = bound team columns, '' where there is none."""
        return pd.DataFrame(
            {name: column.values for name, column in self.columns.items()}, index=self.raw.index, dtype=object
        )

    def value(self, column_id: str) -> pd.Series[Any]:
        """Give the normalised values of one column, by row; '' throughout where the sheet has none."""
        if column_id in self.columns:
            return self.columns[column_id].values
        return pd.Series("", index=self.raw.index, dtype=object)

    def take(self, places: Codes) -> Table:
        """Give some rows, by their positions."""
        columns = {name: column.take(places) for name, column in self.columns.items()}
        return Table(read=self.read, raw=self.raw.iloc[places], columns=columns, whole=self.everywhere)

    def cell(self, row: int, column_id: str) -> Cell:
        """Give a cell as it was read."""
        cells = self._lists.get(column_id)
        if cells is None:
            cells = self._lists[column_id] = self.raw[column_id].tolist()
        return cells[cast("int", self.raw.index.get_loc(row))]

    @cached_property
    def _lists(self) -> dict[str, list[Cell]]:
        """Cells of the columns that were asked for, as lists: a look into a frame takes ten times as long."""
        return {}

    def blank(self, column_id: str) -> pd.Series[bool]:
        """Say for each row whether nothing stands in a column; an error or a wrong value is not blank."""
        return self.columns[column_id].blank()

    def said(self, column_id: str, name: str) -> pd.Series[Any]:
        """Give what the cells of a column say under a name, by row: the province of an address; else ''."""
        return self.columns[column_id].parts(name)

    def bound(self, *kinds: Kind) -> tuple[Column, ...]:
        """Give the team's columns that the sheet has, of these kinds; of any kind when none is named."""
        return tuple(
            column
            for column in self.tab.team_columns
            if column.id in self.columns and (not kinds or column.kind in kinds)
        )


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything a check may look at.

    Attributes:
        tables: The tabs of `READ` that the spreadsheet has, by tab id.
        identities: Which id each row of Customers is to have.
        whole: Those of which these are some rows; None when they are all there is.
    """

    snapshot: Snapshot
    tables: Mapping[str, Table]
    identities: Identities
    rules: Rules
    today: dt.date
    whole: Facts | None = None

    def of_rows(self, places: Mapping[str, Codes]) -> Facts:
        """Give some rows of each tab, by tab id and position."""
        tables = {tab_id: table.take(places[tab_id]) for tab_id, table in self.tables.items()}
        return replace(self, tables=tables, whole=self)

    @cached_property
    def said_once(self) -> Mapping[tuple[str, str, str], int]:
        """What most rows of a column have in common, by tab, column and code, with the number of rows."""
        if self.whole is not None:
            return self.whole.said_once
        return {
            (table.tab.id, column.id, code): rows
            for table in self.tables.values()
            for column in table.bound()
            if table.whole is None or _may_be_said_once(table.columns[column.id])
            for code, rows in _said_of_most(table.everywhere.columns[column.id])
        }

    @property
    def customers(self) -> Table:
        """The Customers tab."""
        return self.tables["Customers"]

    @property
    def transactions(self) -> Table | None:
        """The Transactions tab; None when the spreadsheet has none, or it has no rows."""
        table = self.tables.get("Transactions")
        return table if table is not None and len(table.everywhere.raw) else None

    @cached_property
    def known_customers(self) -> Mapping[str, int]:
        """Position of a customer among all of them, by customer id, and by row id where a row has one."""
        known: dict[str, int] = {}
        table = self.customers.everywhere
        rows = table.raw.index
        ids = [self.identities.ids.get(row, "") for row in rows]
        for column in (table.value("customer_id"), ids):
            for position, value in enumerate(column):
                if value != "":
                    known.setdefault(str(value), position)
        return known


def _said_of_most(column: FieldColumn) -> Iterator[tuple[str, int]]:
    """Give the findings that most rows of a column have, with the number of rows."""
    rows: Counter[str] = Counter()
    counts = column.counts()
    for place in np.flatnonzero(column.marks & FINDING).tolist():
        for finding in column.fields[place].findings:
            if finding.code in OF_A_WHOLE_COLUMN:
                rows[finding.code] += int(counts[place])
    most = max(_WHOLE_FROM_ROWS, len(column.index) // 2 + 1)
    return ((code, number) for code, number in rows.items() if number >= most)


def _may_be_said_once(column: FieldColumn) -> bool:
    """Say whether any of some rows has such a finding: if none has, the whole column need not be read."""
    return any(finding.code in OF_A_WHOLE_COLUMN for field in column.fields for finding in field.findings)


@without_collection()
def read_table(read: TabRead, settings: TeamSettings, *, today: dt.date) -> Table:
    """Read every team cell of a tab as its kind, each distinct cell of a column once.

    What is required follows from the register's preset.
    """
    table = look_at_table(read, settings, today=today)
    return replace(table, columns=dict(table.columns))


def look_at_table(read: TabRead, settings: TeamSettings, *, today: dt.date) -> Table:
    """Give the same table, of which a column is read when it is first looked at."""
    raw = read.frame[data_rows(read)]
    read = replace(read, tab=register(settings.preset).tab(read.tab.id))
    return Table(read=read, raw=raw, columns=_columns(read, raw, raw, settings.context(today=today)))


def read_rows(table: Table, rows: Collection[int], settings: TeamSettings, *, today: dt.date) -> Table:
    """Read some rows of a table, each cell as it is read among all the others.

    Args:
        table: The whole table.
        rows: Which of its rows; the order is the sheet's.
        settings: As the whole was read.
        today: The same.
    """
    some = table.raw[table.raw.index.isin(list(rows))]
    columns = _columns(table.read, some, table.raw, settings.context(today=today))
    return Table(read=table.read, raw=some, columns=dict(columns), whole=table)


class _Columns(Mapping[str, FieldColumn]):
    """Columns by field id, each read when it is first looked at."""

    def __init__(self, readers: Mapping[str, Callable[[], FieldColumn]]) -> None:
        self._readers = readers
        self._read: dict[str, FieldColumn] = {}

    def __getitem__(self, name: str) -> FieldColumn:
        if name not in self._read:
            self._read[name] = self._readers[name]()
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._readers

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


def _columns(read: TabRead, raw: pd.DataFrame, whole: pd.DataFrame, base: Context) -> _Columns:
    return _Columns(
        {
            column.id: partial(_read_column, f"{read.tab.id}.{column.id}", column, raw, whole, base)
            for column in read.tab.team_columns
            if column.id in raw
        }
    )


def _read_column(
    name: str, column: Column, raw: pd.DataFrame, whole: pd.DataFrame, base: Context
) -> FieldColumn:
    """Read a column of some rows; in which order its dates are written, the whole column says.

    What was read before is found by `name`: two tabs have a column of customer ids.
    """
    cells = raw[column.id].rename(name)
    context = context_of(column, base)
    normalise = NORMALISERS[column.kind]
    if column.kind in _BY_COUNTRY and "country" in raw:
        return apply_each(cells, normalise, _by_country(raw["country"], context))
    if column.id == "currency":
        return apply(cells, _read_currency, context)
    if column.kind is Kind.MONEY and "currency" in raw:
        return apply_each(cells, normalise, _by_currency(raw["currency"], context))
    if column.kind is Kind.DATE and context.date_order is DateOrder.UNKNOWN:
        context = replace(context, date_order=date.vote(whole[column.id].unique()))
    return apply(cells, normalise, context)


def _by_country(countries: pd.Series[Any], context: Context) -> Sequence[Context]:
    contexts: dict[str, Context] = {}
    for cell in countries.unique():
        country = country_code(str(cell)) or context.country
        area_code = context.area_code if country == context.country else ""
        contexts[cell] = replace(context, country=country, area_code=area_code)
    return [contexts[cell] for cell in countries]


def country_code(cell: str) -> str:
    """Give the two-letter code of a country cell; '' when it names none."""
    name = cell.strip().upper()
    code = _COUNTRIES.get(name, name)
    return code if len(code) == _COUNTRY_LETTERS and code.isascii() and code.isalpha() else ""


def _by_currency(currencies: pd.Series[Any], context: Context) -> Sequence[Context]:
    contexts = {
        cell: replace(context, currency=str(_read_currency(cell, context).value) or context.currency)
        for cell in currencies.unique()
    }
    return [contexts[cell] for cell in currencies]


def _read_currency(cell: Cell, context: Context) -> Field:
    """Read the code of a currency: half-width and in capitals, so that one currency has one code."""
    field = text.normalise(cell, context)
    return replace(field, value=halfwidth(str(field.value)).strip().upper())
