"""Checks that follow from the schema alone: required, unique, in range, readable."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.core.checks.facts import OF_A_WHOLE_COLUMN
from backend.core.checks.found import at_cell, repeats
from backend.core.issues import WHOLE_COLUMN, Issue
from backend.core.merged import merged_data
from backend.core.snapshot import MOST_ROWS
from sheets_schema.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.core.checks.facts import Facts, Table
    from backend.core.fields.field import Cell, Field
    from sheets_schema.model import Column


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
        for sheet in table.read.sheets:
            for column_id, places in sheet.binding.twice:
                column = table.tab.column(column_id)
                named = {"tab": sheet.title, "count": len(places), **_labels(column)}
                yield _about(table, column, "header-twice", **named)


def find_merged_cells(facts: Facts) -> Iterator[Issue]:
    """Name merged cells: only the first of them holds a value, the others count as blank."""
    for table in facts.tables.values():
        rows = table.raw.index if any(sheet.merges for sheet in table.read.sheets) else ()
        for place, sheet in enumerate(table.read.sheets):
            for area, column_id in merged_data(sheet):
                inside = range(area.top + 1 + place * MOST_ROWS, area.bottom + 1 + place * MOST_ROWS)
                row = next((row for row in inside if row in rows), None)
                if row is not None:
                    yield at_cell(table, row, column_id, "merged-cells", range=area.name, cell=area.corner)


def find_whole_columns(facts: Facts) -> Iterator[Issue]:
    """Name columns of which most cells have the same fault (#REF!, no area code), once for the column."""
    for (tab_id, column_id, code), rows in facts.said_once.items():
        table = facts.tables[tab_id]
        column = table.tab.column(column_id)
        yield _about(table, column, OF_A_WHOLE_COLUMN[code], rows=f"{rows:,}", **_labels(column))


def find_unreadable_cells(facts: Facts) -> Iterator[Issue]:
    """Give what the normalisers found in each cell, but for what is said of the column as a whole."""
    for table in facts.tables.values():
        for column in table.bound():
            for row, field in table.columns[column.id].findings():
                for finding in field.findings:
                    if (table.tab.id, column.id, finding.code) not in facts.said_once:
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
    """Give the common form of cells that are right and written otherwise; a space too many does not count."""
    for table in facts.tables.values():
        for column in table.bound():
            for row, field in table.columns[column.id].suggestions():
                if not field.findings and not _is_plain(table.cell(row, column.id), field):
                    yield Issue(
                        tab=table.tab.id,
                        row=row,
                        column=column.id,
                        code="form-differs",
                        value=table.cell(row, column.id),
                        params=(("suggestion", field.suggestion),),
                        suggestion=field.suggestion,
                    )


def _is_plain(cell: Cell, field: Field) -> bool:
    """Say whether a cell is as good as its common form: but for spaces, or the digits of a local number."""
    text = " ".join(str(cell).split())
    local = text.isascii() and text.isdigit() and str(field.value).endswith(text)
    return local or text == field.suggestion


def find_blank_cells(facts: Facts) -> Iterator[Issue]:
    """Name blank cells of required columns."""
    for table in facts.tables.values():
        for column in table.bound():
            if column.required:
                blank = table.blank(column.id)
                for row in blank.index[blank]:
                    yield at_cell(table, row, column.id, f"required-{column.required}", **_labels(column))


def find_blank_cells_of_companies(facts: Facts) -> Iterator[Issue]:
    """Name blank cells of columns that are required where the customer is of one type."""
    table = facts.customers
    if "customer_type" not in table.columns:
        return
    types = table.value("customer_type")
    for column in table.bound():
        if column.required_of:
            blank = table.blank(column.id) & (types == column.required_of)
            for row in blank.index[blank]:
                yield at_cell(table, row, column.id, "required-of-company")


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
                yield at_cell(table, row, columns[0].id, "required-one-of", columns_zh=zh, columns_en=en)


def find_repeated_values(facts: Facts) -> Iterator[Issue]:
    """Name values that stand more than once where each may stand once: in the register, or in a store."""
    for table in facts.tables.values():
        for column in table.bound():
            if column.unique:
                yield from _repeated(table, column, _scope(table, column, facts.rules.settings.unique_within))


def _repeated(table: Table, column: Column, scope: str) -> Iterator[Issue]:
    read = table.everywhere.columns[column.id]
    where = table.everywhere.columns[scope] if scope else None
    code = "not-unique-within" if scope else "not-unique"

    def key(place: int) -> tuple[object, object]:
        return read.field(place).value, where.field(place).value if where else ""

    for place, row, count in repeats(table, column.id, key):
        named = {"count": count} | ({"scope": where.field(place).value} if where else {})
        yield at_cell(table, row, column.id, code, **named)


def _scope(table: Table, column: Column, scope: str) -> str:
    """Give the column within which a value may stand once; '' for the whole register."""
    return scope if column.unique_in_store and scope in table.columns else ""


def find_numbers_out_of_range(facts: Facts) -> Iterator[Issue]:
    """Name numbers below the minimum of their column. Of money, that is nought: minor units do not matter."""
    for table in facts.tables.values():
        for column in table.bound(Kind.MONEY, Kind.NUMBER, Kind.INTEGER):
            if column.minimum is not None:
                numbers = table.value(column.id)
                numbers = numbers[numbers != ""].astype(float)
                for row in numbers.index[numbers < column.minimum]:
                    yield at_cell(table, row, column.id, "too-small", least=f"{column.minimum:g}")


def find_dates_out_of_range(facts: Facts) -> Iterator[Issue]:
    """Name dates before the earliest or after the latest of their column."""
    for table in facts.tables.values():
        for column in table.bound(Kind.DATE):
            days = table.value(column.id)
            days = days[days != ""].astype(str)
            if column.earliest:
                early = days[days < column.earliest]
                for row, day in zip(early.index, early, strict=True):
                    yield at_cell(table, row, column.id, "date-too-early", date=day, earliest=column.earliest)
            if column.future_days is not None:
                latest = _later(facts.today, column.future_days).isoformat()
                late = days[days > latest]
                for row, day in zip(late.index, late, strict=True):
                    yield at_cell(table, row, column.id, "date-in-future", date=day)


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _labels(column: Column) -> dict[str, str]:
    return {"column_zh": column.label.zh, "column_en": column.label.en}


def _about(table: Table, column: Column, code: str, **params: object) -> Issue:
    named = {"tab": table.read.title} | {name: str(value) for name, value in params.items()}
    params_said = tuple(named.items())
    return Issue(tab=table.tab.id, row=WHOLE_COLUMN, column=column.id, code=code, params=params_said)
