"""Runs, journal and registers, as they were before there were steps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first three tables."""
    op.create_table(
        "runs",
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
    running = sa.text("state = 'running'")
    op.create_index(
        "one_running_run_a_spreadsheet",
        "runs",
        ["spreadsheet_id"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_table(
        "journal",
        sa.Column("run_id", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "registers",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("spreadsheet_id", sa.String(100), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=False),
    )
