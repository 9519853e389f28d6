"""A store is made, brought up to date or taken over when it is opened, by one process or several."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from backend.adapters.clock import SystemClock
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.migrating import FIRST, migrate, script
from backend.adapters.store.opening import HEAD, open_store, writing
from backend.adapters.store.registers import Registers
from backend.adapters.store.tables import METADATA
from backend.errors import StoreDamaged, StoreUnusable
from backend.ports import RunState

OPENING = """
import sys
from pathlib import Path
from backend.adapters.store.opening import open_store
where = sys.argv[1]
sys.stdin.read()  # all begin at once
open_store(where if "://" in where else Path(where)).dispose()
"""


@pytest.fixture(params=["file", "postgresql"])
def where(request: Any, tmp_path: Any) -> Any:
    if request.param == "file":
        return tmp_path / "state.db"
    return request.getfixturevalue("postgresql_server").new_database()


def steps_taken(engine: Any) -> list[str]:
    with engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("select version_num from alembic_version")]


def old_store(where: Any) -> None:
    """A store as Steward made it before there were steps, with a run in it that was killed."""
    address = f"sqlite:///{where}" if isinstance(where, Path) else where.replace("://", "+psycopg://")
    engine = sa.create_engine(address)
    with writing(engine) as connection:
        migrate(connection, FIRST)
        connection.exec_driver_sql("drop table alembic_version")
        for run_id, state in (("20261101-0700-aaaa", "done"), ("20261101-0800-bbbb", "running")):
            connection.execute(
                sa.text(
                    "insert into runs values (:run_id, 'undo x', 'sheet', 'shop', 'ann', false, :state,"
                    " '2026-11-01 07:00:00', null, '2026-11-01 07:15:00', '{}', '', '', '')"
                ),
                {"run_id": run_id, "state": state},
            )
        connection.execute(
            sa.text("insert into registers values ('shop', 'sheet', '2026-11-01 07:00:00.000000')")
        )
    engine.dispose()


def test_a_store_that_was_made_step_by_step_is_the_one_the_tables_say(where: Any) -> None:
    engine = open_store(where)

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        indexes = {
            index["name"]: bool(index["dialect_options"])
            for index in sa.inspect(connection).get_indexes("runs")
        }
    assert [indexes[name] for name in ("one_running_run_a_spreadsheet", "one_open_run_a_work")] == [
        True,
        True,
    ]
    assert steps_taken(engine) == [HEAD]
    engine.dispose()


def test_the_last_step_is_the_one_that_opening_looks_for() -> None:
    assert script().get_current_head() == HEAD


def test_a_store_from_before_there_were_steps_is_taken_over(where: Any) -> None:
    old_store(where)

    engine = open_store(where)

    ledger = SqlRunLedger(engine, SystemClock())
    done, killed = (ledger.find(one) for one in ("20261101-0700-aaaa", "20261101-0800-bbbb"))
    assert (done.title, done.state, done.created) == (
        "undo x",
        RunState.DONE,
        datetime(2026, 11, 1, 7, tzinfo=UTC),
    )
    assert ledger.claim(None, "w") is None
    assert (killed.state, ledger.find(killed.run_id).state) == (RunState.RUNNING, RunState.FAILED)
    assert Registers(engine, SystemClock()).find(None).spreadsheet_id == "sheet"
    assert steps_taken(engine) == [HEAD]
    engine.dispose()


@pytest.mark.parametrize("is_old", [False, True])
def test_five_processes_open_a_new_store_at_once(where: Any, is_old: Any) -> None:
    if is_old:
        old_store(where)
    command = [sys.executable, "-c", OPENING, str(where)]
    waiting, go = os.pipe()
    started = [
        subprocess.Popen(command, stdin=waiting, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own program
        for _ in range(5)
    ]
    os.close(waiting)

    os.close(go)

    said = [one.communicate()[1] for one in started]

    assert [one.returncode for one in started] == [0] * 5, said
    engine = open_store(where)
    assert steps_taken(engine) == [HEAD]
    engine.dispose()


def test_a_store_of_a_later_version_is_refused(where: Any) -> None:
    engine = open_store(where)
    with engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    engine.dispose()

    with pytest.raises(StoreUnusable, match="later version"):
        open_store(where)


def test_a_file_that_is_no_database_is_named(tmp_path: Any) -> None:
    (tmp_path / "state.db").write_text("not a database, " * 100, encoding="utf-8")

    with pytest.raises(StoreDamaged, match=r"state\.db"):
        open_store(tmp_path / "state.db")


def test_a_database_that_does_not_answer_is_said_so_without_its_password() -> None:
    with pytest.raises(StoreUnusable) as caught:
        open_store("postgresql://steward:geheim@127.0.0.1:1/steward")

    assert "OperationalError" in caught.value.en
    assert "geheim" not in caught.value.en + caught.value.zh


def test_a_store_that_is_up_to_date_is_opened_without_alembic(tmp_path: Any) -> None:
    open_store(tmp_path / "state.db").dispose()
    program = f"""
import sys
from pathlib import Path
from backend.adapters.store.opening import open_store
open_store(Path({str(tmp_path / "state.db")!r})).dispose()
print("alembic" in sys.modules, "pandas" in sys.modules)
"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    assert (done.stdout, done.stderr) == ("False False\n", "")


def test_a_transaction_that_may_write_is_alone_from_its_beginning_on(tmp_path: Any) -> None:
    engine = open_store(tmp_path / "state.db")
    other = sqlite3.connect(tmp_path / "state.db", timeout=0)

    with writing(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("delete from runs")

    other.close()
    engine.dispose()
