"""A real PostgreSQL and a real Redis for the tests that want one, from the system's packages, on loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_SECONDS = 60


@dataclass(slots=True)
class PostgreSQL:
    """A server that anybody on this machine may use; each database is new."""

    port: int
    _numbers: Any = field(default_factory=count)

    def url(self, database: str) -> str:
        return f"postgresql://steward@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make a database and give its address."""
        import psycopg  # noqa: PLC0415 - an extra that need not be installed

        name = f"steward_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


@pytest.fixture(scope="session", name="postgresql_server")
def _postgresql_server() -> Iterator[PostgreSQL]:
    binaries = _postgresql_binaries()
    pytest.importorskip("psycopg", reason="the extra [postgres] is not installed")
    server = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="steward-postgresql-"))
    if server:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    make = [binaries / "initdb", "-D", folder / "data", "--auth=trust", "-U", "steward", "-E", "UTF8", "-N"]
    subprocess.run(  # noqa: S603 - the system's own program
        make, check=True, capture_output=True, cwd="/", **server
    )
    port = free_port()
    fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories="]
    options = [part for one in ("listen_addresses=127.0.0.1", *fast) for part in ("-c", one)]
    run = [binaries / "postgres", "-D", folder / "data", "-p", str(port), *options]
    with _started(run, lambda: _answers_sql(port), **server):
        yield PostgreSQL(port)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", name="postgresql")
def _postgresql(postgresql_server: PostgreSQL) -> str:
    """The address of a database that tests share; who uses it leaves its tables empty."""
    return postgresql_server.new_database()


@pytest.fixture(scope="session", name="redis_url")
def _redis_url() -> Iterator[str]:
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("Redis is not installed: apt-get install redis-server")
    pytest.importorskip("redis", reason="the extra [redis] is not installed")
    port = free_port()
    with (
        tempfile.TemporaryDirectory(prefix="steward-redis-") as folder,
        _started([binary, "--port", str(port), "--save", "", "--dir", folder], lambda: _listens(port)),
    ):
        yield f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class _started:  # noqa: N801 - read as a word
    """A server while it is needed; it has to answer first."""

    def __init__(self, command: list[Any], answers: Callable[[], bool], **options: Any) -> None:
        self._command, self._answers, self._options = command, answers, options

    def __enter__(self) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
        self._process = subprocess.Popen(self._command, **quiet, **self._options)  # noqa: S603 - the same
        until = time.monotonic() + _SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{self._command[0]} does not start")
            time.sleep(0.05)

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(2)
        self._process.wait(_SECONDS)


def _postgresql_binaries() -> Path:
    on_path = shutil.which("initdb")
    places = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *([Path(on_path)] if on_path else [])]
    if not places:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return max(places, key=lambda place: [int(part) for part in place.parts if part.isdecimal()]).parent


def _answers_sql(port: int) -> bool:
    import psycopg  # noqa: PLC0415 - an extra that need not be installed

    try:
        psycopg.connect(f"postgresql://steward@127.0.0.1:{port}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0
