import subprocess
import sys
from typing import Any

import pytest

from backend.adapters.google.creator import NewTab, create_register
from backend.errors import (
    HomeUnusable,
    KeyOnSand,
    RegisterUnknown,
    SpreadsheetMissing,
    StoreDamaged,
    StoreOnSand,
)
from backend.settings import Settings
from backend.wiring import open_steward
from sheets_schema.headers import HeaderLanguage
from sheets_schema.tabs.customers import CUSTOMERS


@pytest.fixture
def steward(tmp_path: Any) -> Any:
    steward = open_steward(Settings(home=tmp_path / "home"))
    yield steward
    steward.close()


def make(steward: Any, name: Any) -> Any:
    tabs = [NewTab(tab=CUSTOMERS, rows=[["K1", "", "张三"]])]
    made = create_register(
        steward.client, name, tabs, language=HeaderLanguage.ZH, told=lambda _done, _total: None
    )
    steward.registers.remember(name, made)
    return made


def test_nothing_is_made_before_it_is_needed(tmp_path: Any) -> None:
    open_steward(Settings(home=tmp_path / "home"))

    assert list(tmp_path.iterdir()) == []


def test_a_register_is_reached_by_its_name(steward: Any) -> None:
    made = make(steward, "shop")

    register = steward.register("shop")

    assert (register.spreadsheet_id, register.name) == (made, "shop")
    assert register.read_raw()[0].rows[1][9:12] == ["K1", "", "张三"]


def test_what_is_written_lies_in_the_home(steward: Any) -> None:
    make(steward, "shop")

    names = {path.name for path in steward.home.iterdir()}
    assert {"sheets.db", "state.db"} <= names


def test_a_register_that_is_forgotten_is_gone(steward: Any) -> None:
    make(steward, "shop")

    steward.forget("shop")

    with pytest.raises(SpreadsheetMissing):
        steward.register("shop").read()


def test_forgetting_what_is_not_there_does_nothing(steward: Any) -> None:
    make(steward, "shop")

    steward.forget("north")
    steward.forget("shop")
    steward.forget("shop")

    assert [known.name for known in steward.registers.all()] == ["shop"]


def test_a_register_nobody_knows_is_refused(steward: Any) -> None:
    with pytest.raises(RegisterUnknown):
        steward.register("shop")


@pytest.mark.parametrize(("name", "error"), [("sheets.db", HomeUnusable), ("state.db", StoreDamaged)])
def test_a_file_of_the_home_that_is_no_database_is_named(tmp_path: Any, name: Any, error: Any) -> None:
    (tmp_path / name).write_text("not a database, " * 100, encoding="utf-8")
    steward = open_steward(Settings(home=tmp_path))

    with pytest.raises(error, match=name):
        make(steward, "shop")

    steward.close()


def test_a_home_that_is_a_file_is_named(tmp_path: Any) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")

    with pytest.raises(HomeUnusable, match="home"):
        _ = open_steward(Settings(home=tmp_path / "home")).home


@pytest.mark.parametrize("part", ["ledger", "journal", "registers"])
def test_where_the_disk_goes_away_a_store_on_it_is_refused(tmp_path: Any, part: Any) -> None:
    steward = open_steward(Settings(home=tmp_path, platform="Cloud Run"))

    with pytest.raises(StoreOnSand, match="Cloud Run"):
        getattr(steward, part)


def test_where_the_disk_goes_away_a_database_serves(tmp_path: Any, postgresql_server: Any) -> None:
    url = postgresql_server.new_database()
    settings = Settings(home=tmp_path, platform="Cloud Run", database_url=url, journal_key=b"k" * 32)
    steward = open_steward(settings)

    steward.registers.remember("shop", "sheet")
    steward.queue.put("r1")

    assert (steward.registers.find(None).name, steward.queue.take(), steward.ledger.recent(1)) == (
        "shop",
        "r1",
        [],
    )
    assert not (tmp_path / "queue.db").exists()
    steward.close()


def test_who_only_queues_runs_imports_no_pandas(tmp_path: Any) -> None:
    program = f"""
import sys
from pathlib import Path
from backend.settings import Settings
from backend.wiring import open_steward
steward = open_steward(Settings(home=Path({str(tmp_path)!r})))
record = steward.recorder.new_record("validate-and-tier", "sheet", "shop", requested_by="ann", preview=False)
steward.queue.put(steward.ledger.request(record, "key").run_id)
print(steward.journal.knows(record.run_id), steward.registers.all(), "pandas" in sys.modules)
steward.close()
"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    assert (done.stdout, done.stderr) == ("False [] False\n", "")


@pytest.mark.parametrize("part", ["audit", "ledger", "journal"])
def test_where_the_disk_goes_away_a_key_has_to_be_set(postgresql: Any, tmp_path: Any, part: Any) -> None:
    options: Any = {"home": tmp_path, "database_url": postgresql, "platform": "App Engine"}
    without = open_steward(Settings(**options))
    with_keys = open_steward(Settings(**options, audit_key=b"a" * 32, journal_key=b"j" * 32))

    with pytest.raises(KeyOnSand, match="App Engine"):
        getattr(without, part)
    assert getattr(with_keys, part)

    assert list(tmp_path.glob("*.key")) == []
    without.close()
    with_keys.close()


def test_keys_of_a_home_are_made_once_and_for_their_owner_alone(tmp_path: Any) -> None:
    first, second = (open_steward(Settings(home=tmp_path)) for _ in range(2))

    keys = [steward.audit.key for steward in (first, second)]
    token = first.identities.token("li@example.com", 0)

    assert (keys[0] == keys[1], len(keys[0])) == (True, 32)
    assert token.split(".")[0] == second.identities.token("li@example.com", 0).split(".")[0]
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("*.key*")} == {
        "audit.key": 0o600,
        "identity.key": 0o600,
    }
    first.close()
    second.close()


@pytest.mark.parametrize("name", ["audit", "identity"])
def test_a_key_file_that_holds_no_key_is_named(tmp_path: Any, name: Any) -> None:
    (tmp_path / f"{name}.key").write_bytes(b"short")
    steward = open_steward(Settings(home=tmp_path))

    with pytest.raises(HomeUnusable, match=f"{name}.key"):
        _ = steward.audit if name == "audit" else steward.identities

    steward.close()
