import threading
from typing import Any

import pytest

from backend.adapters.store.rate import Rate
from backend.errors import TooManyCalls


@pytest.fixture
def rate(engine: Any, clock: Any) -> Rate:
    return Rate(engine, clock)


def taken(rate: Rate, calls: int, bucket: str = "li", a_minute: int = 60) -> int:
    """How many of so many calls are let through."""
    through = 0
    for _ in range(calls):
        try:
            rate.count(bucket, a_minute)
        except TooManyCalls:
            continue
        through += 1
    return through


def test_a_bucket_is_full_at_first_and_fills_again_with_time(rate: Rate, clock: Any) -> None:
    first = taken(rate, 70)
    clock.forward(seconds=5)
    after_five_seconds = taken(rate, 70)
    clock.forward(hours=5)

    assert (first, after_five_seconds, taken(rate, 70)) == (60, 5, 60)


def test_buckets_are_apart(rate: Rate) -> None:
    taken(rate, 60)

    assert (taken(rate, 1), taken(rate, 1, "wang")) == (0, 1)


def test_who_calls_too_often_is_told_how_long_to_wait(rate: Rate, clock: Any) -> None:
    taken(rate, 2, a_minute=2)

    with pytest.raises(TooManyCalls) as caught:
        rate.count("li", 2)
    clock.forward(seconds=29)
    with pytest.raises(TooManyCalls) as late:
        rate.count("li", 2)
    clock.forward(seconds=1)
    rate.count("li", 2)

    assert (caught.value.retry_after, late.value.retry_after) == (30, 1)


def test_calls_at_once_are_counted_once_each(rate: Rate) -> None:
    through: list[int] = []
    threads = [threading.Thread(target=lambda: through.append(taken(rate, 15))) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(through) == 60
