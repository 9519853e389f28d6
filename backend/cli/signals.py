"""Ctrl-C and SIGTERM as a flag, for commands that go on until they are told to end."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def ended_by_a_signal(also: Callable[[], object] = lambda: None) -> Iterator[threading.Event]:
    """Give what Ctrl-C and SIGTERM set; afterwards both mean again what they meant before.

    Args:
        also: Called when the first signal comes.
    """
    ended = threading.Event()

    def end(*_: object) -> None:
        if not ended.is_set():
            ended.set()
            also()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
