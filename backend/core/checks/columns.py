"""Checks that follow from the schema alone: required, unique, in range, readable."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.core.fields.field import State
from backend.core.issues import WHOLE_COLUMN, Issue
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts, Table
    from sheets_schema.model import Column

_BROKEN_FROM_ROWS = 3
"""A column is called broken as a whole when the sheet itself reports an error in so many rows or more."""


def find_missing_columns(facts: Facts) -> Iterator[Issue]:
    """Name required columns the sheet does not have: one note for the register, not one for each row."""
    for table in facts.tables.values():
        for column in table.tab.team_columns:
            if column.required and column.id not in table.columns:
                yield _about(table, column, "column-missing", **_labels(column))
        for group in table.tab.one_of:
            if not any(name in table.columns for name in group):
                columns = [table.tab.column(name) for name in group]
                zh, en = ("、".join(c.label.zh for c in columns), ", ".join(c.label.en for c in columns))
                yield _about(table, columns[0], "columns-missing", columns_zh=zh, columns_en=en)


def find_unbound_headers(facts: Facts) -> Iterator[Issue]:
    """Name headers that claim a column twice: only the first is read."""
    for table in facts.tables.values():
        for column_id, places in table.read.binding.twice:
            column = table.tab.column(column_id)
            yield _about(table, column, "header-twice", count=len(places), **_labels(column))


def find_broken_columns(facts: Facts) -> Iterator[Issue]:
    """Name columns in which the sheet itself reports errors (#REF!) in most rows, once for the column."""
    for table in facts.tables.values():
        for column in table.bound():
            broken = _broken_rows(table, column)
            if broken:
                yield _about(table, column, "column-broken", rows=broken, **_labels(column))


def find_unreadable_cells(facts: Facts) -> Iterator[Issue]:
    """Give what the normalisers found in each cell."""
    for table in facts.tables.values():
        for column in table.bound():
            broken = _broken_rows(table, column) > 0
            for row, field in table.columns[column.id].findings():
                if broken and field.state is State.UNKNOWN:
                    continue
                for finding in field.findings:
                    yield Issue(
                        tab=table.tab.id,
                        row=row,
                        column=column.id,
                        code=finding.code,
                        value=table.cell(row, column.id),
                        params=finding.params,
                        suggestion=field.suggestion,
                    )


def find_other_forms(facts: Facts) -> Iterator[Issue]:
    """Give the common form of cells that are right and written otherwise."""
    for table in facts.tables.values():
        for column in table.bound():
            for row, field in table.columns[column.id].suggestions():
                if not field.findings:
                    yield Issue(
                        tab=table.tab.id,
                        row=row,
                        column=column.id,
                        code="form-differs",
                        value=table.cell(row, column.id),
                        params=(("suggestion", field.suggestion),),
                        suggestion=field.suggestion,
                    )


def find_blank_cells(facts: Facts) -> Iterator[Issue]:
    """Name blank cells of required columns."""
    for table in facts.tables.values():
        for column in table.bound():
            if column.required:
                blank = table.blank(column.id)
                for row in blank.index[blank]:
                    yield _cell(table, row, column, f"required-{column.required}", **_labels(column))


def find_rows_without_any(facts: Facts) -> Iterator[Issue]:
    """Name rows that hold nothing in any column of a group of which one is needed."""
    for table in facts.tables.values():
        for group in table.tab.one_of:
            columns = [table.tab.column(name) for name in group if name in table.columns]
            if not columns:
                continue
            nothing = table.blank(columns[0].id).copy()
            for column in columns[1:]:
                nothing &= table.blank(column.id)
            zh, en = "、".join(c.label.zh for c in columns), ", ".join(c.label.en for c in columns)
            for row in nothing.index[nothing]:
                yield _cell(table, row, columns[0], "required-one-of", columns_zh=zh, columns_en=en)


def find_repeated_values(facts: Facts) -> Iterator[Issue]:
    """Name values that stand more than once in a column where each may stand once."""
    for table in facts.tables.values():
        for column in table.bound():
            if column.unique:
                values = table.values[column.id]
                repeated = values[(values != "") & values.duplicated(keep=False)]
                counts = repeated.value_counts()
                for row, value in zip(repeated.index, repeated, strict=True):
                    yield _cell(table, row, column, "not-unique", count=counts[value])


def find_numbers_out_of_range(facts: Facts) -> Iterator[Issue]:
    """Name numbers below the minimum of their column. Of money, that is nought: minor units do not matter."""
    for table in facts.tables.values():
        for column in table.bound(Kind.MONEY, Kind.NUMBER, Kind.INTEGER):
            if column.minimum is not None:
                numbers = table.values[column.id]
                numbers = numbers[numbers != ""].astype(float)
                for row in numbers.index[numbers < column.minimum]:
                    yield _cell(table, row, column, "too-small", least=f"{column.minimum:g}")


def find_dates_out_of_range(facts: Facts) -> Iterator[Issue]:
    """Name dates before the earliest or after the latest of their column."""
    for table in facts.tables.values():
        for column in table.bound(Kind.DATE):
            days = table.values[column.id]
            days = days[days != ""].astype(str)
            if column.earliest:
                early = days[days < column.earliest]
                for row, day in zip(early.index, early, strict=True):
                    yield _cell(table, row, column, "date-too-early", date=day, earliest=column.earliest)
            if column.future_days is not None:
                latest = _later(facts.today, column.future_days).isoformat()
                late = days[days > latest]
                for row, day in zip(late.index, late, strict=True):
                    yield _cell(table, row, column, "date-in-future", date=day)


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _broken_rows(table: Table, column: Column) -> int:
    """Count the rows in which the sheet reports an error, when that is most of the column; else 0."""
    field_column = table.columns[column.id]
    if not any(field.state is State.UNKNOWN for field in field_column.fields):
        return 0
    unknown = int((field_column.states == State.UNKNOWN).sum())
    return unknown if unknown >= _BROKEN_FROM_ROWS and 2 * unknown > len(table.raw) else 0


def _labels(column: Column) -> dict[str, str]:
    return {"column_zh": column.label.zh, "column_en": column.label.en}


def _about(table: Table, column: Column, code: str, **params: object) -> Issue:
    named = (("tab", table.read.title), *((name, str(value)) for name, value in params.items()))
    return Issue(tab=table.tab.id, row=WHOLE_COLUMN, column=column.id, code=code, params=named)


def _cell(table: Table, row: int, column: Column, code: str, **params: object) -> Issue:
    return Issue(
        tab=table.tab.id,
        row=row,
        column=column.id,
        code=code,
        value=table.cell(row, column.id),
        params=tuple((name, str(value)) for name, value in params.items()),
    )
