from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.opening import open_store
from backend.adapters.store.sealing import Seal
from backend.adapters.store.tables import METADATA, RESULTS
from backend.core.journal import JournalEntry
from backend.errors import AlreadyRunning, LeaseLost, RunCancelled, RunMissing
from backend.ports import RunProgress, RunRecord, RunState

START = datetime(2026, 11, 21, 7, tzinfo=UTC)
ENDS = [state for state in RunState if state not in (RunState.QUEUED, RunState.RUNNING)]


class Clock:
    moment = START

    def now(self) -> Any:
        return self.moment

    def today(self, _time_zone: Any) -> Any:
        return self.moment.date()

    def forward(self, **time: int) -> None:
        self.moment += timedelta(**time)


def run(run_id: Any = "20261121-0700-aaaa", spreadsheet_id: Any = "sheet", **more: Any) -> Any:
    given = {"job": "validate-and-tier", "register": "shop", "requested_by": "ann", "created": START}
    given = {**given, **more}
    return RunRecord(run_id=run_id, spreadsheet_id=spreadsheet_id, started=given["created"], **given)


@pytest.fixture(params=["memory", "file", "postgresql"])
def ledger(request: Any, tmp_path: Any) -> Any:
    match request.param:
        case "memory":
            where = None
        case "file":
            where = tmp_path / "state.db"
        case _:
            where = request.getfixturevalue("postgresql")
    engine = open_store(where)
    yield SqlRunLedger(engine, Clock(), timedelta(minutes=15))
    if request.param == "postgresql":
        with engine.begin() as connection:
            for table in METADATA.sorted_tables:
                connection.execute(table.delete())
    engine.dispose()


def intend(ledger: Any, run_id: str, journal_of: Any) -> None:
    journal_of(ledger).intend(run_id, [JournalEntry(tab="Customers", row_id="C-1", before={}, after={})])


@pytest.fixture
def journal_of() -> Any:
    from backend.adapters.store.journal import SqlJournal  # noqa: PLC0415 - named once

    return lambda ledger: SqlJournal(ledger.engine, ledger.clock, b"k" * 32, 90)


def test_a_run_is_found_as_it_was_recorded(ledger: Any) -> None:
    begun = ledger.begin(run(preview=True, arguments={"rows": [5, 9]}, caller="sub-1"))
    ended = replace(
        begun,
        state=RunState.DONE,
        ended=START + timedelta(minutes=1),
        counts={"read": 3},
        plan_hash="p",
        rules_hash="r",
    )

    before = ledger.find(begun.run_id)
    ledger.finish(ended, begun.token)

    assert (before, ledger.find(begun.run_id)) == (begun, ended)
    assert (begun.state, begun.token, begun.attempt) == (RunState.RUNNING, 1, 1)


def test_the_last_runs_come_first(ledger: Any) -> None:
    for number in range(4):
        created = START + timedelta(minutes=number % 3)
        one = run(f"r{number}", f"sheet {number % 2}", created=created, arguments={"n": number})
        ledger.request(one)

    assert [record.run_id for record in ledger.recent(3)] == ["r2", "r1", "r3"]
    assert [record.run_id for record in ledger.recent(3, "sheet 1")] == ["r1", "r3"]


def test_one_run_at_a_time_works_on_a_spreadsheet(ledger: Any) -> None:
    ledger.begin(run())

    with pytest.raises(AlreadyRunning, match="20261121-0700-aaaa"):
        ledger.begin(run("other"))

    ledger.begin(run("elsewhere", "another sheet"))
    assert [record.run_id for record in ledger.recent(9)] == ["elsewhere", "20261121-0700-aaaa"]


@pytest.mark.parametrize("state", ENDS)
def test_a_run_that_ended_lets_go(ledger: Any, state: Any) -> None:
    begun = ledger.begin(run())
    ledger.finish(replace(begun, state=state, ended=START), begun.token)

    ledger.begin(run("next"))

    assert ledger.find("next").state is RunState.RUNNING


def test_a_run_ends_once(ledger: Any) -> None:
    begun = ledger.begin(run())
    ledger.finish(replace(begun, state=RunState.CANCELLED, ended=START, message="interrupted"), 1)

    with pytest.raises(LeaseLost):
        ledger.finish(replace(begun, state=RunState.DONE, ended=START), 1)

    assert ledger.find(run().run_id).state is RunState.CANCELLED


@pytest.mark.parametrize(("minutes", "free"), [(14, False), (15, False), (16, True)])
def test_a_lease_holds_so_long_without_a_sign_of_life(ledger: Any, minutes: Any, free: Any) -> None:
    ledger.begin(run())
    ledger.clock.forward(minutes=minutes)

    try:
        ledger.begin(run("next"))
        taken = True
    except AlreadyRunning:
        taken = False

    found = ledger.find(run().run_id)
    assert (taken, found.state, found.message) == (
        free,
        RunState.FAILED if free else RunState.RUNNING,
        "worker-died" if free else "",
    )


def test_a_sign_of_life_renews_the_lease_and_says_how_far_the_run_is(ledger: Any) -> None:
    ledger.begin(run())
    ledger.clock.forward(minutes=14)
    ledger.beat(run().run_id, 1, RunProgress(stage="stage-write", done=3, total=9))
    ledger.beat(run().run_id, 1)
    ledger.clock.forward(minutes=14)

    with pytest.raises(AlreadyRunning):
        ledger.begin(run("next"))

    assert ledger.find(run().run_id).progress == RunProgress(stage="stage-write", done=3, total=9)


def test_a_run_that_was_taken_over_learns_it_at_its_next_sign_of_life(ledger: Any) -> None:
    ledger.begin(run())
    ledger.clock.forward(minutes=16)
    ledger.begin(run("next"))

    with pytest.raises(LeaseLost, match="20261121-0700-aaaa"):
        ledger.beat(run().run_id, 1)


def test_a_run_that_is_not_there_is_named(ledger: Any) -> None:
    for ask in (ledger.find, ledger.cancel):
        with pytest.raises(RunMissing, match="nobody"):
            ask("nobody")


def test_a_requested_run_waits_until_it_is_claimed(ledger: Any) -> None:
    asked = ledger.request(run())
    ledger.clock.forward(seconds=5)
    claimed = ledger.claim(None, "w1")

    assert asked == run()
    assert claimed == ledger.find(run().run_id)
    expected = replace(
        run(), state=RunState.RUNNING, token=1, attempt=1, worker="w1", started=START + timedelta(seconds=5)
    )
    assert claimed == expected
    assert ledger.claim(None, "w2") is None


def test_runs_are_claimed_in_the_order_they_were_asked_for_one_for_each_sheet(ledger: Any) -> None:
    for number in range(6):
        created = START + timedelta(seconds=number)
        ledger.request(run(f"r{number}", f"sheet {number % 2}", created=created, arguments={"n": number}))

    first = [ledger.claim(None, "w").run_id for _ in range(2)]
    none = ledger.claim(None, "w")
    record = ledger.find("r1")
    ledger.finish(replace(record, state=RunState.DONE, ended=START), 1)

    assert (first, none) == (["r0", "r1"], None)
    assert ledger.claim("r2", "w") is None
    assert ledger.claim("r3", "w").run_id == "r3"


def test_the_same_key_of_the_same_caller_gives_the_run_of_then(ledger: Any) -> None:
    first = ledger.request(run("r1", caller="ann"), "key")
    taken = ledger.claim(None, "w")
    ledger.finish(replace(taken, state=RunState.DONE, ended=START), taken.token)

    again = ledger.request(run("r2", caller="ann"), "key")
    of_bob = ledger.request(run("r3", caller="bob"), "key")
    other_key = ledger.request(run("r4", caller="ann", preview=True), "other")

    assert [one.run_id for one in (first, again, of_bob, other_key)] == ["r1", "r1", "r3", "r4"]
    assert again.state is RunState.DONE


def test_the_same_work_is_joined_until_it_ends_or_is_to_stop(ledger: Any) -> None:
    first = ledger.request(run("r1", arguments={"a": 1, "b": 2}), "k1")
    waiting = ledger.request(run("r2", arguments={"b": 2, "a": 1}, caller="bob"), "k2")
    ledger.claim("r1", "w")
    running = ledger.request(run("r3", arguments={"a": 1, "b": 2}))
    ledger.cancel("r1")
    stopping = ledger.request(run("r4", arguments={"a": 1, "b": 2}))
    key_of_joined = ledger.request(run("r5", arguments={"z": 1}, caller="bob"), "k2")

    assert [one.run_id for one in (first, waiting, running, stopping, key_of_joined)] == [
        "r1",
        "r1",
        "r1",
        "r4",
        "r1",
    ]


@pytest.mark.parametrize(
    "other",
    [{"preview": True}, {"arguments": {"rows": [5, 9]}}, {"job": "find-duplicates"}, {"spreadsheet_id": "x"}],
)
def test_other_work_is_not_joined(ledger: Any, other: Any) -> None:
    ledger.request(run("r1"))

    assert ledger.request(run("r2", **other)).run_id == "r2"


def test_a_run_whose_worker_died_three_times_ends_failed(ledger: Any) -> None:
    ledger.request(run())
    claimed = []
    for _ in range(4):
        claimed.append(ledger.claim(None, "w"))
        ledger.clock.forward(minutes=16)

    assert [one and (one.token, one.attempt) for one in claimed] == [(1, 1), (2, 2), (3, 3), None]
    found = ledger.find(run().run_id)
    assert (found.state, found.message, found.ended) == (
        RunState.FAILED,
        "worker-died",
        START + timedelta(minutes=48),
    )


def test_who_holds_an_old_token_can_do_nothing_any_more(ledger: Any) -> None:
    ledger.request(run())
    old = ledger.claim(None, "w1")
    ledger.clock.forward(minutes=16)
    new = ledger.claim(None, "w2")
    done = replace(old, state=RunState.DONE, ended=START)
    deeds = [
        lambda: ledger.beat(old.run_id, old.token),
        lambda: ledger.finish(done, old.token),
        lambda: ledger.hand_back(old.run_id, old.token),
        lambda: ledger.keep_result(old.run_id, old.token, {"a": 1}),
    ]

    for deed in deeds:
        with pytest.raises(LeaseLost):
            deed()

    assert not ledger.put_off(old.run_id, old.token)
    assert (ledger.find(old.run_id), ledger.result(old.run_id)) == (new, None)


def test_a_run_that_was_handed_back_has_not_been_tried(ledger: Any) -> None:
    ledger.request(run())
    for _ in range(5):
        taken = ledger.claim(None, "w")
        ledger.hand_back(taken.run_id, taken.token)

    last = ledger.claim(None, "w")

    assert (last.attempt, last.token) == (1, 6)


def test_a_run_is_put_off_twice_longer_each_time(ledger: Any) -> None:
    ledger.request(run())
    waits = []
    for _ in range(2):
        taken = ledger.claim(None, "w")
        assert ledger.put_off(taken.run_id, taken.token)
        seconds = 0
        while ledger.claim(None, "w") is None:
            ledger.clock.forward(seconds=1)
            seconds += 1
        waits.append(seconds)
        taken = ledger.find(taken.run_id)
        ledger.hand_back(taken.run_id, taken.token)
    taken = ledger.claim(None, "w")

    assert waits == [20, 80]
    assert (taken.attempt, ledger.put_off(taken.run_id, taken.token)) == (3, False)
    assert ledger.find(taken.run_id).state is RunState.RUNNING


@pytest.mark.parametrize("wrote", [False, True])
def test_a_waiting_run_is_cancelled_at_once(ledger: Any, wrote: Any, journal_of: Any) -> None:
    ledger.request(run())
    if wrote:
        intend(ledger, run().run_id, journal_of)

    cancelled = ledger.cancel(run().run_id)

    assert cancelled.state is (RunState.PARTLY_DONE if wrote else RunState.CANCELLED)
    assert (cancelled.ended, ledger.claim(None, "w")) == (START, None)


def test_a_running_run_learns_that_it_is_to_stop(ledger: Any) -> None:
    ledger.request(run())
    taken = ledger.claim(None, "w")

    asked = ledger.cancel(taken.run_id)

    assert (asked.state, asked.cancel_asked, asked.ended) == (RunState.RUNNING, True, None)
    with pytest.raises(RunCancelled):
        ledger.beat(taken.run_id, taken.token)


@pytest.mark.parametrize("wrote", [False, True])
def test_a_cancelled_run_whose_worker_died_is_not_begun_again(
    ledger: Any, wrote: Any, journal_of: Any
) -> None:
    ledger.request(run())
    taken = ledger.claim(None, "w")
    if wrote:
        intend(ledger, taken.run_id, journal_of)
    ledger.cancel(taken.run_id)
    ledger.clock.forward(minutes=16)

    assert ledger.claim(None, "w") is None
    state = ledger.find(taken.run_id).state
    assert state is (RunState.PARTLY_DONE if wrote else RunState.CANCELLED)


def test_an_ended_run_stays_as_it_ended(ledger: Any) -> None:
    begun = ledger.begin(run())
    ledger.finish(replace(begun, state=RunState.DONE, ended=START), begun.token)

    assert ledger.cancel(begun.run_id) == ledger.find(begun.run_id)
    assert ledger.find(begun.run_id).state is RunState.DONE


def test_a_result_is_sealed_and_forgotten_after_a_day(ledger: Any) -> None:
    begun = ledger.begin(run())
    ledger.keep_result(begun.run_id, begun.token, {"changes": [{"name": "张三丰"}]})
    with ledger.engine.connect() as connection:
        (raw,) = connection.execute(RESULTS.select()).all()
    found = ledger.result(begun.run_id)
    of_another_key = replace(ledger, seal=Seal()).result(begun.run_id)
    ledger.clock.forward(hours=24)

    assert found == {"changes": [{"name": "张三丰"}]}
    assert "张三丰".encode() not in raw.sealed
    assert b"\\u5f20" not in raw.sealed
    assert (of_another_key, ledger.result(begun.run_id), ledger.result("nobody")) == (None, None, None)


def test_results_of_yesterday_leave_the_store(ledger: Any) -> None:
    for run_id in ("r1", "r2"):
        begun = ledger.begin(run(run_id, run_id))
        ledger.keep_result(run_id, begun.token, {})
        ledger.clock.forward(hours=24)

    with ledger.engine.connect() as connection:
        assert [row.run_id for row in connection.execute(RESULTS.select())] == ["r2"]


def test_eight_threads_take_each_run_once_and_one_at_a_time_on_a_sheet(ledger: Any) -> None:
    if ledger.engine.dialect.name == "sqlite" and ledger.engine.url.database is None:
        pytest.skip("one connection in memory is not shared by threads")
    for number in range(40):
        ledger.request(run(f"r{number:02d}", f"sheet {number % 5}", arguments={"n": number}))
    log: list[tuple[str, str, str]] = []

    def work(name: str) -> None:
        while taken := ledger.claim(None, name) or _more(ledger):
            if taken is True:
                continue
            log.append(("begin", taken.spreadsheet_id, taken.run_id))
            ledger.beat(taken.run_id, taken.token)
            log.append(("end", taken.spreadsheet_id, taken.run_id))
            ledger.finish(replace(taken, state=RunState.DONE, ended=START), taken.token)

    with ThreadPoolExecutor(8) as pool:
        for one in [pool.submit(work, f"w{number}") for number in range(8)]:
            one.result()

    assert sorted(run_id for what, _, run_id in log if what == "end") == [f"r{n:02d}" for n in range(40)]
    for sheet in range(5):
        deeds = [(what, run_id) for what, of, run_id in log if of == f"sheet {sheet}"]
        assert all(a[0] == "begin" and b == ("end", a[1]) for a, b in list(pairwise(deeds))[::2])


def _more(ledger: Any) -> bool:
    return any(record.state in (RunState.QUEUED, RunState.RUNNING) for record in ledger.recent(40))


def test_twenty_equal_requests_at_once_are_one_run(ledger: Any) -> None:
    if ledger.engine.dialect.name == "sqlite" and ledger.engine.url.database is None:
        pytest.skip("one connection in memory is not shared by threads")

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda number: ledger.request(run(f"r{number}"), "key"), range(20)))

    assert (len({one.run_id for one in given}), len(ledger.recent(20))) == (1, 1)
