"""The tables of the store, and how it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.errors import HomeUnusable

if TYPE_CHECKING:
    from pathlib import Path

METADATA = sa.MetaData()

RUNS = sa.Table(
    "runs",
    METADATA,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("job", sa.String(80), nullable=False),
    sa.Column("spreadsheet_id", sa.String(100), nullable=False),
    sa.Column("register", sa.String(200), nullable=False),
    sa.Column("requested_by", sa.String(200), nullable=False),
    sa.Column("preview", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("started", sa.DateTime(timezone=True), nullable=False),
    sa.Column("ended", sa.DateTime(timezone=True)),
    sa.Column("lease_until", sa.DateTime(timezone=True)),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("plan_hash", sa.String(64), nullable=False),
    sa.Column("rules_hash", sa.String(64), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
)
"""One line a run. The index lets one run at a time work on a spreadsheet."""

sa.Index(
    "one_running_run_a_spreadsheet",
    RUNS.c.spreadsheet_id,
    unique=True,
    sqlite_where=RUNS.c.state == "running",
    postgresql_where=RUNS.c.state == "running",
)

JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("written", sa.DateTime(timezone=True), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
"""What each run was about to change, a few thousand rows a line, encrypted."""

REGISTERS = sa.Table(
    "registers",
    METADATA,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("spreadsheet_id", sa.String(100), nullable=False),
    sa.Column("used", sa.DateTime(timezone=True), nullable=False),
)
"""The registers known here, by the name people call them; the one used last is the default."""


def open_store(path: Path | None) -> sa.Engine:
    """Open the store, made if it is not there.

    Args:
        path: The SQLite file; None keeps everything in memory.

    Raises:
        HomeUnusable: The file is there and is no database, or cannot be written.
    """
    if path is None:
        engine = sa.create_engine(
            "sqlite://", poolclass=sa.StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
        sa.event.listen(engine, "connect", _write_ahead)
    try:
        METADATA.create_all(engine)
    except sa.exc.DatabaseError as problem:
        engine.dispose()
        raise HomeUnusable(path or "memory", str(problem.orig)) from None
    return engine


def _write_ahead(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
