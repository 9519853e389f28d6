"""A worker: takes ids from the queue, claims the runs in the ledger, carries them out one by one."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import StewardError

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.ports import RunLedger, RunQueue, RunRecord

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Carries out runs, one at a time, until it has to leave.

    Attributes:
        carry_out: Carries out a run that was claimed and records its end; is given the run, and what says
            whether this process has to leave.
        name: What the ledger calls this worker.
    """

    ledger: RunLedger
    queue: RunQueue
    carry_out: Callable[[RunRecord, Callable[[], bool]], object]
    name: str

    def work(self, must_leave: Callable[[], bool]) -> None:
        """Carry out whatever is asked for.

        An id from the queue is only a hint that saves time: after each one, and each second without one, the
        ledger is asked for runs that wait and for runs whose worker is gone.
        """
        run_id = None
        while not must_leave():
            record = self._claim(run_id)
            while record is not None:
                self._carry_out(record, must_leave)
                record = None if must_leave() else self.ledger.claim(None, self.name)
            run_id = None if must_leave() else self.queue.take()

    def _claim(self, run_id: str | None) -> RunRecord | None:
        named = None if run_id is None else self.ledger.claim(run_id, self.name)
        return named or self.ledger.claim(None, self.name)

    def _carry_out(self, record: RunRecord, must_leave: Callable[[], bool]) -> None:
        """Carry out one run; how it ended is in the ledger, so no error of a run ends the worker."""
        about = {"run_id": record.run_id, "job": record.job, "attempt": record.attempt}
        _log.info("run %s begins: %s", record.run_id, record.job, extra=about)
        try:
            self.carry_out(record, must_leave)
        except StewardError as problem:
            _log.warning("run %s ended: %s", record.run_id, problem.code, extra=about)
        except Exception as problem:  # noqa: BLE001 - a run's bug is not the worker's
            where = "".join(
                traceback.format_tb(problem.__traceback__)
            )  # without the message: it may name people
            _log.error("run %s ended: %s\n%s", record.run_id, type(problem).__name__, where, extra=about)
        else:
            _log.info("run %s ended", record.run_id, extra=about)
