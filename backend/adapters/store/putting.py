"""Put a line into a table, new or instead of the one that is there, in one statement.

It gives the key back when it changed something: a driver need not know of how many lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa


def put(
    connection: sa.Connection,
    table: sa.Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    then: Mapping[str, Any] | None = None,
    only_if: sa.ColumnElement[bool] | None = None,
) -> sa.Executable:
    """Give the statement for a line; two processes may put the same line at once.

    Args:
        connection: Says which database it is for.
        table: Where.
        key: The primary key.
        values: The other columns.
        then: The other columns when the line is there already; the same values when left out.
        only_if: When a line that is there is changed; always when left out.
    """
    insert: Any = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement: sa.Executable = (
        insert(table)
        .values(**key, **values)
        .on_conflict_do_update(index_elements=[*key], set_={**(then or values)}, where=only_if)
        .returning(*(table.c[name] for name in key))
    )
    return statement
