"""The queue: Huey's stores carry the ids of runs to workers, as JSON, without delays and results.

It may lose an id (a worker that was killed) or not answer at all: the ledger is the truth, and workers look
there each second as well. So a failing queue costs a second, never a run.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from huey.storage import BaseStorage, RedisStorage, SqliteStorage

from backend.errors import QueueUnusable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "steward"
PATIENCE_SECONDS = 1.0
"""How long `take` waits for an id."""

_LOOK_EVERY_SECONDS = 0.2
_SILENT_SECONDS = 10.0
"""How long a queue that did not answer is not told anything: a click must not wait for it each time."""

_REDIS = {"socket_timeout": 0.8, "socket_connect_timeout": 0.8, "health_check_interval": 30}

_METADATA = sa.MetaData()
_MESSAGES = sa.Table(
    "steward_queue",
    _METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=True),
    sa.Column("message", sa.LargeBinary, nullable=False),
)
_LOCK = 0x51756575

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class HueyQueue:
    """The ids in one of Huey's stores.

    Attributes:
        make: Makes the store, when it is first needed and whenever it did not answer.
        sleep: Waits so many seconds.
    """

    make: Callable[[], BaseStorage]
    sleep: Callable[[float], object] = time.sleep
    _storage: BaseStorage | None = None
    _silent_until: float = 0.0

    def put(self, run_id: str) -> None:
        """Let a worker know of a run; where the queue does not answer, one finds it in the ledger."""
        if time.monotonic() < self._silent_until:
            return
        try:
            self._open().enqueue(json.dumps({"run": run_id}).encode())
        except Exception as problem:  # noqa: BLE001 - whatever sqlite3, redis and psycopg raise
            self._give_up(problem)

    def take(self) -> str | None:
        """Give the id of a run, waiting a second for one; None when there is none, or the queue is silent."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                message = self._open().dequeue()
            except Exception as problem:  # noqa: BLE001 - the same
                self._give_up(problem)
                self.sleep(max(until - time.monotonic(), 0))
                return None
            self._silent_until = 0.0
            if message is not None:
                return _run_id(bytes(message))
            if time.monotonic() >= until:
                return None
            self.sleep(_LOOK_EVERY_SECONDS)

    def check(self) -> None:
        """Say whether the queue answers.

        Raises:
            QueueUnusable: It does not.
        """
        try:
            self._open().queue_size()
        except Exception as problem:  # noqa: BLE001 - the same
            self.close()
            raise QueueUnusable(type(problem).__name__) from None

    def close(self) -> None:
        """Close the store."""
        storage, self._storage = self._storage, None
        if isinstance(storage, RedisStorage):
            storage.pool.disconnect()
        elif storage is not None:
            storage.close()

    def _open(self) -> BaseStorage:
        if self._storage is None:
            self._storage = self.make()
        return self._storage

    def _give_up(self, problem: Exception) -> None:
        """Say that the queue does not answer, and open it anew the next time."""
        self._silent_until = time.monotonic() + _SILENT_SECONDS
        _log.warning("the queue does not answer: %s", type(problem).__name__)
        try:
            self.close()
        except Exception:  # noqa: BLE001 - what is broken cannot always be closed
            self._storage = None


def open_queue(url: str, file: Callable[[], Path]) -> HueyQueue:
    """Give the queue of an address: Redis, PostgreSQL, or for '' a SQLite file."""
    if url.startswith(("redis://", "rediss://", "unix://")):
        return HueyQueue(partial(_redis, url))
    if url:
        return HueyQueue(partial(PostgresStorage, NAME, url=url))
    return HueyQueue(
        lambda: SqliteStorage(NAME, filename=str(file()), timeout=30, strict_fifo=True, fsync=False)
    )


class PostgresStorage(BaseStorage):  # type: ignore[misc]
    """What Huey's stores do, in a table of a PostgreSQL database; Huey's own wants another database layer."""

    def __init__(self, name: str = NAME, *, url: str) -> None:
        super().__init__(name)
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
        options = {"connect_timeout": 2, "tcp_user_timeout": 15_000}
        self._engine = sa.create_engine(address, pool_size=1, pool_pre_ping=True, connect_args=options)
        with self._engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            _METADATA.create_all(connection)

    def enqueue(self, data: bytes, priority: float | None = None) -> None:  # noqa: ARG002 - Huey's signature
        """Add a message."""
        with self._engine.begin() as connection:
            connection.execute(_MESSAGES.insert().values(message=data))

    def dequeue(self) -> bytes | None:
        """Take the oldest message that nobody else is taking."""
        which = sa.select(_MESSAGES.c.number).order_by(_MESSAGES.c.number).limit(1)
        which = which.with_for_update(skip_locked=True)
        taken = _MESSAGES.delete().where(_MESSAGES.c.number == which.scalar_subquery())
        with self._engine.begin() as connection:
            message: bytes | None = connection.execute(taken.returning(_MESSAGES.c.message)).scalar()
        return message

    def queue_size(self) -> int:
        """Count the messages."""
        with self._engine.connect() as connection:
            size: int = connection.execute(sa.select(sa.func.count()).select_from(_MESSAGES)).scalar_one()
        return size

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _redis(url: str) -> BaseStorage:
    from redis import ConnectionPool  # noqa: PLC0415 - an extra that need not be installed

    return RedisStorage(NAME, connection_pool=ConnectionPool.from_url(url, **_REDIS), blocking=False)


def _run_id(message: bytes) -> str | None:
    """Give the id in a message; None for what nobody of ours wrote."""
    try:
        content: Any = json.loads(message)
    except ValueError:
        return None
    run_id = content.get("run") if isinstance(content, dict) else None
    return run_id if isinstance(run_id, str) else None
