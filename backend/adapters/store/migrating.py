"""Brings a store up to date: the steps of `migrations/` it has not taken yet, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from backend.adapters.store.caller_tables import METADATA
from backend.errors import StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = "0001"
"""The step that made what a store without a version has."""

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x53746577
"""Number of PostgreSQL's advisory lock, so that processes which start at once take the steps one by one."""


def script() -> ScriptDirectory:
    """Give the steps there are."""
    return ScriptDirectory(_FOLDER)


def migrate(connection: sa.Connection, to: str = "head") -> None:
    """Take every step up to `to`; a store of a Steward that knew no steps is taken over as it is.

    Raises:
        StoreUnusable: It was written by a later version of Steward.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    steps = script()

    def ahead(found: Any, _context: object) -> Sequence[Any]:
        return steps._upgrade_revs(to, found)  # noqa: SLF001 - as alembic.command does

    environment = EnvironmentContext(Config(), steps)
    environment.configure(connection=connection, target_metadata=METADATA, fn=ahead)
    context = environment.get_context()
    try:
        if not context.get_current_heads() and sa.inspect(connection).has_table("runs"):
            context.stamp(steps, FIRST)
        environment.run_migrations()
    except CommandError:
        raise StoreUnusable(reason="written by a later version") from None
