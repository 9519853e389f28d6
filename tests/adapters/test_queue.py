"""The queue over each of its stores: ids go in, come out once, in order; a silent store loses no run."""

import logging
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from backend.adapters.queue import open_queue
from backend.errors import QueueUnusable
from tests.servers import free_port


@pytest.fixture(params=["sqlite", "redis", "postgresql"])
def opened(request: Any, tmp_path: Any) -> Any:
    """Give what opens the queue, once for each process that is played."""
    url = ""
    if request.param == "redis":
        url = request.getfixturevalue("redis_url")
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_server").new_database()
    made: list[Any] = []

    def open_one() -> Any:
        made.append(open_queue(url, lambda: tmp_path / "queue.db"))
        return made[-1]

    yield open_one
    made[0]._open().flush_queue() if request.param == "redis" else None  # noqa: SLF001 - the server is shared
    for one in made:
        one.close()


def test_ids_come_out_once_and_in_order(opened: Any) -> None:
    web, worker = opened(), opened()
    for number in range(5):
        web.put(f"r{number}")

    assert [worker.take() for _ in range(5)] == [f"r{number}" for number in range(5)]
    assert worker.take() is None


def test_an_id_is_taken_soon_after_it_comes(opened: Any) -> None:
    web, worker = opened(), opened()
    worker.check()
    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(worker.take)
        time.sleep(0.3)
        web.put("r1")

        assert taken.result(timeout=5) == "r1"


def test_four_workers_take_each_id_once(opened: Any) -> None:
    web, workers = opened(), [opened() for _ in range(4)]
    for number in range(40):
        web.put(f"r{number:02d}")

    def all_of(worker: Any) -> list[str]:
        taken = []
        while (one := worker.take()) is not None:
            taken.append(one)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [one for part in pool.map(all_of, workers) for one in part]

    assert sorted(taken) == [f"r{number:02d}" for number in range(40)]


def test_what_travels_is_json_and_nothing_but_the_id(opened: Any) -> None:
    web = opened()
    web.put("20261122-0700-a1b2")

    assert bytes(web._open().dequeue()) == b'{"run": "20261122-0700-a1b2"}'  # noqa: SLF001 - what lies in the store


@pytest.mark.parametrize("message", [b"\x80\x04\x95pickle", b"[1]", b'{"run": 7}', b'{"task": "x"}'])
def test_a_message_nobody_of_ours_wrote_is_no_id(opened: Any, message: Any) -> None:
    worker = opened()
    worker._open().enqueue(message)  # noqa: SLF001 - as a stranger would

    assert worker.take() is None


@pytest.mark.parametrize(
    "url", ["redis://:geheim@127.0.0.1:{port}/0", "postgresql://steward:geheim@127.0.0.1:{port}/x"]
)
def test_a_queue_that_does_not_answer_costs_a_second_and_no_run(url: Any, caplog: Any) -> None:
    slept: list[float] = []
    queue = open_queue(url.format(port=free_port()), lambda: None)  # type: ignore[arg-type,return-value]
    queue.sleep = slept.append

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            queue.put("r1")
        taken = queue.take()
    with pytest.raises(QueueUnusable) as caught:
        queue.check()

    assert (taken, len(slept), len(caplog.records)) == (None, 1, 2)
    assert "geheim" not in caplog.text + caught.value.en


def test_a_queue_that_comes_back_is_used_again(redis_url: Any) -> None:
    queue = open_queue(redis_url, lambda: None)  # type: ignore[arg-type,return-value]
    makes, real = [], queue.make

    def make() -> Any:
        makes.append(1)
        if len(makes) == 1:
            raise ConnectionError
        return real()

    queue.make, queue.sleep = make, lambda _seconds: None
    queue.put("lost")
    queue.put("lost as well, without asking")
    tried = len(makes)
    before = queue.take()
    queue.put("r1")

    assert (tried, before, queue.take(), len(makes)) == (1, None, "r1", 2)
    queue.close()


def test_a_redis_that_accepts_and_never_answers_holds_a_click_up_once_and_for_less_than_a_second() -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        queue = open_queue(f"redis://127.0.0.1:{mute.getsockname()[1]}/0", lambda: None)  # type: ignore[arg-type,return-value]
        began = time.monotonic()
        queue.put("r1")
        first = time.monotonic() - began
        queue.put("r2")
        second = time.monotonic() - began - first

    assert 0.5 < first < 2
    assert second < 0.1
