"""The tables of the store; how they came about is told by `migrations/`, step by step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData()


class Moment(sa.TypeDecorator[datetime]):
    """A moment, UTC when it is read, whatever the database makes of time zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - the signature SQLAlchemy demands
        """Give what goes to the database."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - the same
        """Give what was read: SQLite keeps no time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


RUNS = sa.Table(
    "runs",
    METADATA,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("job", sa.String(80), nullable=False),
    sa.Column("arguments", sa.JSON, nullable=False),
    sa.Column("work", sa.String(64), nullable=False),
    sa.Column("spreadsheet_id", sa.String(100), nullable=False),
    sa.Column("register", sa.String(200), nullable=False),
    sa.Column("requested_by", sa.String(200), nullable=False),
    sa.Column("caller", sa.String(200), nullable=False),
    sa.Column("preview", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("started", Moment, nullable=False),
    sa.Column("ended", Moment),
    sa.Column("not_before", Moment),
    sa.Column("lease_until", Moment),
    sa.Column("worker", sa.String(100), nullable=False),
    sa.Column("token", sa.Integer, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("most_attempts", sa.Integer, nullable=False),
    sa.Column("cancel_asked", sa.Boolean, nullable=False),
    sa.Column("stage", sa.String(80), nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("plan_hash", sa.String(64), nullable=False),
    sa.Column("rules_hash", sa.String(64), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
)
"""One line a run. `work` is a hash of job, arguments and preview; `token` goes up with every claim."""

_RUNNING = RUNS.c.state == "running"
_OPEN = RUNS.c.state.in_(["queued", "running"]) & ~RUNS.c.cancel_asked

sa.Index(
    "one_running_run_a_spreadsheet",
    RUNS.c.spreadsheet_id,
    unique=True,
    sqlite_where=_RUNNING,
    postgresql_where=_RUNNING,
)
sa.Index(
    "one_open_run_a_work",
    RUNS.c.spreadsheet_id,
    RUNS.c.work,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
sa.Index("runs_by_state", RUNS.c.state, RUNS.c.created)
sa.Index("runs_by_spreadsheet", RUNS.c.spreadsheet_id, RUNS.c.created)

REQUESTS = sa.Table(
    "requests",
    METADATA,
    sa.Column("caller", sa.String(200), primary_key=True),
    sa.Column("idempotency_key", sa.String(100), primary_key=True),
    sa.Column("run_id", sa.String(40), nullable=False),
    sa.Column("asked", Moment, nullable=False),
)
"""Which run a caller was given for a key: the same key gives the same run."""

RESULTS = sa.Table(
    "results",
    METADATA,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("written", Moment, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
"""What a run shows to who asked for it, encrypted; for hours, not days."""

JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("written", Moment, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
"""What each run was about to change, a few thousand rows a line, encrypted."""

REGISTERS = sa.Table(
    "registers",
    METADATA,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("spreadsheet_id", sa.String(100), nullable=False),
    sa.Column("used", Moment, nullable=False),
)
"""The registers known here, by the name people call them; the one used last is the default."""
