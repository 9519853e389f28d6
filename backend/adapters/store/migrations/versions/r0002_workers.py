"""What workers need: who asked with which arguments, the queue, tokens, progress, results."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COLUMNS = (
    sa.Column("arguments", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("work", sa.String(64), nullable=False, server_default=""),
    sa.Column("caller", sa.String(200), nullable=False, server_default=""),
    sa.Column(
        "created", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01 00:00:00.000000"
    ),
    sa.Column("not_before", sa.DateTime(timezone=True)),
    sa.Column("worker", sa.String(100), nullable=False, server_default=""),
    sa.Column("token", sa.Integer, nullable=False, server_default="0"),
    sa.Column("attempt", sa.Integer, nullable=False, server_default="1"),
    sa.Column("most_attempts", sa.Integer, nullable=False, server_default="1"),
    sa.Column("cancel_asked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("stage", sa.String(80), nullable=False, server_default=""),
    sa.Column("done", sa.Integer, nullable=False, server_default="0"),
    sa.Column("total", sa.Integer, nullable=False, server_default="0"),
)


def upgrade() -> None:
    """Add columns to the runs there are, whose work nobody else joins; make two tables."""
    for column in _COLUMNS:
        op.add_column("runs", column)
    op.execute("UPDATE runs SET created = started, work = run_id")
    not_ended = sa.text("state IN ('queued', 'running') AND NOT cancel_asked")
    op.create_index(
        "one_open_run_a_work",
        "runs",
        ["spreadsheet_id", "work"],
        unique=True,
        sqlite_where=not_ended,
        postgresql_where=not_ended,
    )
    op.create_index("runs_by_state", "runs", ["state", "created"])
    op.create_index("runs_by_spreadsheet", "runs", ["spreadsheet_id", "created"])
    op.create_table(
        "requests",
        sa.Column("caller", sa.String(200), primary_key=True),
        sa.Column("idempotency_key", sa.String(100), primary_key=True),
        sa.Column("run_id", sa.String(40), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "results",
        sa.Column("run_id", sa.String(40), primary_key=True),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
