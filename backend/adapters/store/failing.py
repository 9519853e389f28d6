"""Tell a database that cannot be reached, is locked or damaged from a mistake of ours."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.errors import StoreDamaged, StoreLocked

if TYPE_CHECKING:
    from pathlib import Path

    from backend.errors import StewardError

_PRIMARY = 0xFF
"""The bits of a code of SQLite's that say which kind of error it is."""


def is_store_failure(problem: Exception) -> bool:
    """Say whether an error means that the store does not answer for the moment."""
    database = sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError
    return isinstance(problem, database | StoreLocked | StoreDamaged)


def failure_of_file(file: Path, problem: BaseException | None, seconds: float) -> StewardError | None:
    """Give the error about a file of SQLite's that is locked or damaged; None when it is neither.

    Args:
        file: The database.
        problem: What the driver said.
        seconds: How long a lock was waited for.
    """
    code = getattr(problem, "sqlite_errorcode", 0) & _PRIMARY
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLocked(file, seconds)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamaged(file, str(problem))
    return None


def refuse_damaged(engine: sa.Engine, file: Path) -> None:
    """Look whether every page of a file of SQLite's is whole: half a second for 1 GB.

    Raises:
        StoreDamaged: One is not.
    """
    with engine.connect() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if said != "ok":
        raise StoreDamaged(file, " ".join(str(said).split()))
