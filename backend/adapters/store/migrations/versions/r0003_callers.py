"""What the service needs of callers: who they are, what they may do, how often they called, what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make six tables."""
    op.create_table(
        "callers",
        sa.Column("caller", sa.String(200), primary_key=True),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
    )
    op.create_table(
        "audiences",
        sa.Column("audience", sa.String(255), primary_key=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("added", _MOMENT, nullable=False),
    )
    op.create_table(
        "grants",
        sa.Column("caller", sa.String(200), primary_key=True),
        sa.Column("spreadsheet_id", sa.String(100), primary_key=True),
        sa.Column("source", sa.String(20), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("ends", _MOMENT),
        sa.Column("granted_by", sa.String(320), nullable=False),
        sa.Column("granted", _MOMENT, nullable=False),
    )
    op.create_table(
        "proofs",
        sa.Column("nonce_hash", sa.String(64), primary_key=True),
        sa.Column("caller", sa.String(200), nullable=False),
        sa.Column("spreadsheet_id", sa.String(100), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("ends", _MOMENT, nullable=False),
    )
    op.create_table(
        "buckets",
        sa.Column("bucket", sa.String(300), primary_key=True),
        sa.Column("tokens", sa.Float, nullable=False),
        sa.Column("updated", sa.Float, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("caller", sa.String(200), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("spreadsheet_id", sa.String(100), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
