"""Case 21 of faults.md: the database of runs is damaged or locked. The sheet has what is needed to go on."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from backend.adapters.store.journal import SqlJournal
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.opening import open_store
from backend.errors import StoppedMidway, StoreDamaged, StoreLocked

WRITES_THE_BLOCK = 4


@pytest.fixture
def shop(steward: Any, home: Any) -> Any:
    (home / "shop.csv").write_text("full_name,mobile\n张三,13800138000\n李四,13900139000\n", encoding="utf-8")
    steward("import", home / "shop.csv")
    return steward("run", "validate-and-tier", "--register", "shop")


def damage(file: Any) -> None:
    """Overwrite the page of a table, as a disk that fails does."""
    with closing(sqlite3.connect(file)) as connection:
        page = connection.execute("select rootpage from sqlite_master where name = 'runs'").fetchone()[0]
        size = connection.execute("pragma page_size").fetchone()[0]
    with file.open("r+b") as disk:
        disk.seek((page - 1) * size)
        disk.write(b"\xff" * size)


def without_reason(text: str, reason: str) -> str:
    start = text.index(reason)
    return text[:start] + "REASON" + text[text.index(". Stop" if ". Stop" in text else "。请停止") :]


def test_a_damaged_database_is_found_at_the_start_and_the_sheet_is_the_truth(
    steward: Any, shop: Any, home: Any
) -> None:
    damage(home / "state.db")

    english, chinese = (steward("run", "validate-and-tier", "--lang", lang) for lang in ("en", "zh"))
    for left in home.glob("state.db*"):
        left.unlink()
    again = steward("run", "validate-and-tier")

    assert (shop.code, english.code, chinese.code, again.code) == (0, 3, 3, 0)
    assert (
        f'The database "{home / "state.db"}" is damaged REASON. Stop Steward and put the last backup of this '
        "file in its place, without the files of the same name that end in -wal and -shm. Without a "
        "backup, move all "
        "three away: Steward begins anew, and the sheets keep their row ids and answers; what is lost "
        "is the list of "
        "runs and the undo of earlier ones.\nNothing was written.\n"
    ) == without_reason(english.err, "(")
    assert (
        f"数据库“{home / 'state.db'}”已损坏REASON。请停止管家，用最近的备份替换这个文件，"
        "并删除同名的 -wal 和 -shm 文件。没有备份的话，请把这三个文件移走：管家会新建一个，"
        "表格里的行号标识和结果都还在；失去的只是运行记录，以及对以前运行的撤销。\n没有写入任何内容。\n"
    ) == without_reason(chinese.err, "（")
    assert "Nothing changed: 0 cells written." in again.out


@pytest.fixture
def store(desk: Any, tmp_path: Any) -> Any:
    """The desk's ledger and journal in a file, whose locks are waited for a moment only."""
    file = tmp_path / "state.db"
    engine = open_store(file, wait_seconds=0.1)
    desk.ledger.engine.dispose()
    desk.ledger = SqlRunLedger(engine, desk.clock)
    desk.journal = SqlJournal(engine, desk.clock, b"k" * 32, 90)
    return file


def locked(file: Any) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection


ENGLISH = (
    'The database "{}" is locked by another program, which did not let go of it within 0.1 s. End '
    "that program (a "
    "backup, a folder that is synchronised, a viewer of databases), then run again."
)
CHINESE = (
    "数据库“{}”被别的程序锁住，0.1 秒内没有放开。"
    "请关闭那个程序（备份、网盘同步、数据库查看工具），然后再运行一次。"
)


def test_a_locked_database_refuses_a_run_before_anything_is_read(desk: Any, people: Any, store: Any) -> None:
    register = desk.make(people(3))

    with closing(locked(store)), pytest.raises(StoreLocked) as caught:
        desk.run(register)

    problem = caught.value
    assert (problem.code, problem.exit_code, desk.wire.sent) == ("store-locked", 3, [])
    assert (problem.en, problem.zh) == (ENGLISH.format(store), CHINESE.format(store))
    assert desk.run(register).counts["changed"] == 3


def test_a_database_that_is_locked_midway_stops_the_run_and_the_next_one_finishes_it(
    desk: Any, people: Any, store: Any
) -> None:
    register = desk.make(people(3))
    held: list[sqlite3.Connection] = []
    desk.wire.after = {WRITES_THE_BLOCK: lambda: held.append(locked(store))}

    with pytest.raises(StoppedMidway) as caught:
        desk.run(register)

    problem = caught.value
    held[0].close()
    desk.clock.forward(minutes=2)
    assert (problem.code, problem.exit_code) == ("stopped-midway", 4)
    assert problem.en == (
        f"The run had begun to write when it stopped: {ENGLISH.format(store)} What was written is "
        f"right; run again "
        "afterwards to finish."
    )
    assert problem.zh == (
        f"运行写到一半时停下了：{CHINESE.format(store)}已写入的内容是对的；处理后再运行一次即可完成。"
    )
    desk.run(register)
    assert desk.run(register).counts["cells"] == 0


def test_a_page_that_is_damaged_later_is_said_in_the_same_words(tmp_path: Any) -> None:
    engine = open_store(tmp_path / "state.db")
    engine.dispose()
    damage(tmp_path / "state.db")

    with pytest.raises(StoreDamaged), engine.connect() as connection:
        connection.exec_driver_sql("select * from runs")

    engine.dispose()


def test_a_mistake_of_ours_is_not_taken_for_a_damaged_file(tmp_path: Any) -> None:
    engine = open_store(tmp_path / "state.db")

    with engine.connect() as connection, pytest.raises(Exception, match="no such table"):
        connection.exec_driver_sql("select * from missing_table")

    engine.dispose()
