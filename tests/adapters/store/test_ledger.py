from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.tables import open_store
from backend.errors import AlreadyRunning, HomeUnusable, LeaseLost, RunMissing
from backend.ports import RunRecord, RunState

START = datetime(2026, 11, 21, 7, tzinfo=UTC)


class Clock:
    moment = START

    def now(self) -> Any:
        return self.moment

    def today(self, _time_zone: Any) -> Any:
        return self.moment.date()


def run(run_id: Any = "20261121-0700-aaaa", spreadsheet_id: Any = "sheet", **more: Any) -> Any:
    given = {"job": "validate-and-tier", "register": "shop", "requested_by": "ann", "started": START, **more}
    return RunRecord(run_id=run_id, spreadsheet_id=spreadsheet_id, **given)


@pytest.fixture(params=["memory", "file"])
def ledger(request: Any, tmp_path: Any) -> Any:
    engine = open_store(None if request.param == "memory" else tmp_path / "state.db")
    yield SqlRunLedger(engine, Clock())
    engine.dispose()


def test_a_run_is_found_as_it_was_recorded(ledger: Any) -> None:
    begun = run(preview=True)
    ended = replace(
        begun,
        state=RunState.DONE,
        ended=START + timedelta(minutes=1),
        counts={"read": 3},
        plan_hash="p",
        rules_hash="r",
    )

    ledger.begin(begun)
    before = ledger.find(begun.run_id)
    ledger.finish(ended)

    assert (before, ledger.find(begun.run_id)) == (begun, ended)


def test_the_last_runs_come_first(ledger: Any) -> None:
    for number in range(4):
        one = run(f"r{number}", f"sheet {number}", started=START + timedelta(minutes=number % 3))
        ledger.begin(one)

    assert [record.run_id for record in ledger.recent(3)] == ["r2", "r1", "r3"]


def test_one_run_at_a_time_works_on_a_spreadsheet(ledger: Any) -> None:
    ledger.begin(run())

    with pytest.raises(AlreadyRunning, match="20261121-0700-aaaa"):
        ledger.begin(run("other"))

    ledger.begin(run("elsewhere", "another sheet"))
    assert [record.run_id for record in ledger.recent(9)] == ["elsewhere", "20261121-0700-aaaa"]


@pytest.mark.parametrize("state", list(RunState)[2:])
def test_a_run_that_ended_lets_go(ledger: Any, state: Any) -> None:
    ledger.begin(run())
    ledger.finish(run(state=state, ended=START))

    ledger.begin(run("next"))

    assert ledger.find("next").state is RunState.RUNNING


def test_a_run_ends_once(ledger: Any) -> None:
    ledger.begin(run())
    ledger.finish(run(state=RunState.CANCELLED, ended=START, message="interrupted"))
    ledger.finish(run(state=RunState.DONE, ended=START))

    assert ledger.find(run().run_id).state is RunState.CANCELLED


@pytest.mark.parametrize(("minutes", "free"), [(14, False), (15, False), (16, True)])
def test_a_lease_holds_for_fifteen_minutes_without_a_sign_of_life(
    ledger: Any, minutes: Any, free: Any
) -> None:
    ledger.begin(run())
    ledger.clock.moment = START + timedelta(minutes=minutes)

    try:
        ledger.begin(run("next"))
        taken = True
    except AlreadyRunning:
        taken = False

    assert (taken, ledger.find(run().run_id).state) == (free, RunState.FAILED if free else RunState.RUNNING)


def test_a_sign_of_life_renews_the_lease(ledger: Any) -> None:
    ledger.begin(run())
    ledger.clock.moment = START + timedelta(minutes=14)
    ledger.beat(run().run_id)
    ledger.clock.moment = START + timedelta(minutes=28)

    with pytest.raises(AlreadyRunning):
        ledger.begin(run("next"))


def test_a_run_that_was_taken_over_learns_it_at_its_next_sign_of_life(ledger: Any) -> None:
    ledger.begin(run())
    ledger.clock.moment = START + timedelta(minutes=16)
    ledger.begin(run("next"))

    with pytest.raises(LeaseLost, match="20261121-0700-aaaa"):
        ledger.beat(run().run_id)


def test_a_run_that_is_not_there_is_named(ledger: Any) -> None:
    with pytest.raises(RunMissing, match="nobody"):
        ledger.find("nobody")


def test_runs_outlive_the_process(tmp_path: Any) -> None:
    engine = open_store(tmp_path / "state.db")
    SqlRunLedger(engine, Clock()).begin(run())
    engine.dispose()

    engine = open_store(tmp_path / "state.db")
    found = SqlRunLedger(engine, Clock()).find(run().run_id)
    engine.dispose()

    assert found == run()


def test_a_file_that_is_no_database_is_named(tmp_path: Any) -> None:
    (tmp_path / "state.db").write_text("not a database, " * 100, encoding="utf-8")

    with pytest.raises(HomeUnusable, match=r"state\.db"):
        open_store(tmp_path / "state.db")
