"""How the store is opened: a SQLite file, or PostgreSQL by its address; brought up to date first."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.adapters.store.caller_tables import METADATA
from backend.adapters.store.failing import failure_of_file, refuse_damaged
from backend.errors import HomeUnusable, SettingsError, StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "0003"
"""The last step of `migrations/`; a store that has taken it is opened without asking Alembic."""

_WAIT_SECONDS = 30
_POSTGRESQL = {"options": "-c timezone=utc", "connect_timeout": 10, "tcp_user_timeout": 15_000}


def open_store(where: Path | str | None, *, wait_seconds: float = _WAIT_SECONDS) -> sa.Engine:
    """Open the store, made if it is not there. Several processes may do so at once.

    A file is looked at as a whole first. That it is locked or damaged is said in the same words whenever it
    turns out later.

    Args:
        where: The SQLite file, or the address of a PostgreSQL database (`postgresql://...`); None keeps
            everything in memory.
        wait_seconds: How long another program's lock on the file is waited for.

    Raises:
        StoreDamaged: The file is there and is no database, or a page of it is not whole.
        StoreLocked: Another program does not let go of it.
        HomeUnusable: It cannot be written.
        StoreUnusable: The database does not answer, or was written by a later version of Steward.
    """
    engine = _engine(where, wait_seconds)
    try:
        if isinstance(where, Path) and where.exists():
            refuse_damaged(engine, where)
        if where is None:
            METADATA.create_all(engine)
        elif not _is_up_to_date(engine):
            _bring_up_to_date(engine)
    except sa.exc.DatabaseError as problem:
        engine.dispose()
        if isinstance(where, Path):
            raise failure_of_file(where, problem.orig, wait_seconds) or HomeUnusable(
                where, str(problem.orig)
            ) from None
        raise StoreUnusable(type(problem.orig).__name__) from None
    except SettingsError:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: sa.Engine, *, lasting: bool = False) -> Iterator[sa.Connection]:
    """Give a transaction that may write; on SQLite it is the only one from its beginning on.

    Args:
        engine: The store.
        lasting: Whether it has to be on the disk at the end, with all that was written before, even if the
            power fails then; otherwise that holds a moment later.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def _engine(where: Path | str | None, wait_seconds: float) -> sa.Engine:
    if where is None:
        return sa.create_engine(
            "sqlite://", poolclass=sa.StaticPool, connect_args={"check_same_thread": False}
        )
    if isinstance(where, Path):
        engine = sa.create_engine(f"sqlite:///{where}", connect_args={"timeout": wait_seconds})
        sa.event.listen(engine, "connect", _write_ahead)
        sa.event.listen(
            engine,
            "handle_error",
            lambda context: failure_of_file(where, context.original_exception, wait_seconds),
            retval=True,
        )
        return engine
    url = sa.make_url(where).set(drivername="postgresql+psycopg")
    return sa.create_engine(url, pool_pre_ping=True, connect_args=_POSTGRESQL)


def _is_up_to_date(engine: sa.Engine) -> bool:
    """Say whether the store has taken the last step; False too where there is none yet."""
    try:
        with engine.connect() as connection:
            step = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except (sa.exc.OperationalError, sa.exc.ProgrammingError):
        return False
    return bool(step == HEAD)


def _bring_up_to_date(engine: sa.Engine) -> None:
    from backend.adapters.store.migrating import migrate  # noqa: PLC0415 - Alembic is needed once in a store's life

    with writing(engine) as connection:
        migrate(connection)


def _write_ahead(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
