"""Signs of life of a run: by itself at each stage and request, and by a thread while it computes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from backend.errors import RunHandedBack

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.ports import RunLedger, RunProgress, RunRecord

_BEATS_A_LEASE = 3


class Pulse:
    """Renews the lease of a run three times as often as it would run out, until it is left.

    The thread only renews: that a run was cancelled or taken over is learnt by the run itself, where it asks
    for its next stage or has just written, so that it never stops in the middle of a request.
    """

    def __init__(self, ledger: RunLedger, record: RunRecord, must_leave: Callable[[], bool]) -> None:
        self._ledger, self._record, self._must_leave = ledger, record, must_leave
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def beat(self, progress: RunProgress) -> None:
        """Give a sign of life, and say how far the run is.

        Raises:
            LeaseLost: Somebody else holds the run.
            RunCancelled: Somebody wants it to stop.
            RunHandedBack: This process has to leave.
        """
        self._ledger.beat(self._record.run_id, self._record.token, progress)
        if self._must_leave():
            raise RunHandedBack(self._record.run_id)

    def _go_on(self) -> None:
        pause = self._ledger.lease.total_seconds() / _BEATS_A_LEASE
        while not self._over.wait(pause):
            try:
                self._ledger.beat(self._record.run_id, self._record.token)
            except Exception:  # noqa: BLE001, S112 - the run itself meets with it, or the lease runs out
                continue
