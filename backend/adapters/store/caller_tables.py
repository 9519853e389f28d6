"""The tables of callers: who they are, what they may do, how often they called, what was done.

`METADATA` holds these and all of `tables`.
"""

from __future__ import annotations

import sqlalchemy as sa

from backend.adapters.store.tables import METADATA, Moment

__all__ = ["AUDIENCES", "AUDIT", "BUCKETS", "CALLERS", "GRANTS", "METADATA", "PROOFS"]

_SUB = sa.String(200)
_SPREADSHEET = sa.String(100)

CALLERS = sa.Table(
    "callers",
    METADATA,
    sa.Column("caller", _SUB, primary_key=True),
    sa.Column("email", sa.String(320), nullable=False),
    sa.Column("seen", Moment, nullable=False),
)
"""Everybody who has signed in, by the `sub` of their token, with the e-mail it named last."""

AUDIENCES = sa.Table(
    "audiences",
    METADATA,
    sa.Column("audience", sa.String(255), primary_key=True),
    sa.Column("note", sa.String(200), nullable=False),
    sa.Column("added", Moment, nullable=False),
)
"""Client ids of the Apps Script projects whose tokens are taken, besides those of the settings."""

GRANTS = sa.Table(
    "grants",
    METADATA,
    sa.Column("caller", _SUB, primary_key=True),
    sa.Column("spreadsheet_id", _SPREADSHEET, primary_key=True),
    sa.Column("source", sa.String(20), primary_key=True),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("ends", Moment),
    sa.Column("granted_by", sa.String(320), nullable=False),
    sa.Column("granted", Moment, nullable=False),
)
"""Who may do what with which spreadsheet: one line from an administrator, one from a proof at most."""

PROOFS = sa.Table(
    "proofs",
    METADATA,
    sa.Column("nonce_hash", sa.String(64), primary_key=True),
    sa.Column("caller", _SUB, nullable=False),
    sa.Column("spreadsheet_id", _SPREADSHEET, nullable=False),
    sa.Column("purpose", sa.String(40), nullable=False),
    sa.Column("ends", Moment, nullable=False),
)
"""Proofs that were asked for and not shown yet; of the nonce only its SHA-256."""

BUCKETS = sa.Table(
    "buckets",
    METADATA,
    sa.Column("bucket", sa.String(300), primary_key=True),
    sa.Column("tokens", sa.Float, nullable=False),
    sa.Column("updated", sa.Float, nullable=False),
)
"""How many calls each caller and each spreadsheet has left, and since when (seconds since 1970)."""

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("caller", _SUB, nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("spreadsheet_id", _SPREADSHEET, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("mac", sa.String(64), nullable=False),
)
"""What was done, one line after the other; each carries a MAC over itself and the line before."""
