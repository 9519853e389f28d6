"""The supervisor: what dies is started again, later each time; told to end, nothing is left."""

import sys
import time
from itertools import pairwise
from typing import Any

import pytest

from backend.cli.supervising import FIRST_PAUSE_SECONDS, Child, Supervisor

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


@pytest.fixture
def child() -> Any:
    made: list[Child] = []

    def make(program: str) -> Child:
        made.append(Child("one", python(program)))
        return made[-1]

    yield make
    for one in made:
        one.end(time.monotonic())


def starts(child: Child, seconds: float) -> list[float]:
    """The moments at which a child is started, of a clock that makes steps of a tenth of a second."""
    moments, now, before = [], 0.0, None
    while now < seconds:
        child.keep_going(now)
        if child.pid not in (before, None):
            moments.append(round(now, 1))
            child._process.wait()  # noqa: SLF001 - what dies at once has died by the next look
        before = child.pid
        now += 0.1
    return moments


def test_each_death_doubles_the_pause(child: Any) -> None:
    moments = starts(child("pass"), 6.5)

    pauses = [later - sooner for sooner, later in pairwise(moments)]
    expected = [
        FIRST_PAUSE_SECONDS * 2**number + 0.1 for number in range(4)
    ]  # a death is seen at the next look
    assert pauses == pytest.approx(expected, abs=0.15)


def test_who_lived_for_long_is_started_again_soon(child: Any) -> None:
    one = child("pass")
    starts(one, 6.5)
    for moment in (100.0, 100.3):
        one.keep_going(moment)
    one._process.wait()  # noqa: SLF001 - it dies, but the clock says it lived for long
    one.keep_going(200.0)
    before = one.pid

    one.keep_going(200.3)

    assert (before, one.pid is None) == (None, False)


def test_told_to_end_all_end_and_nobody_is_started_again() -> None:
    children = [Child("quick", python("import time; time.sleep(60)")), Child("stubborn", python(STUBBORN))]
    looks = iter([False] * 10 + [True] * 9)
    began = time.monotonic()

    Supervisor(children=children, grace_seconds=0.5).run(lambda: next(looks))

    codes = [one._process.returncode for one in children]  # noqa: SLF001 - how they ended
    assert codes[0] == -15
    assert codes[1] in (-9, -15)
    assert time.monotonic() - began < 20
