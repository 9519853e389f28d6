"""What every run shares: the lock, the ledger, signs of life, and how its end is recorded."""

from __future__ import annotations

import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.errors import RunMissing, StewardError, StoppedMidway
from backend.ports import RunRecord, RunState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from backend.ports import Clock, RunLedger

_STATES = MappingProxyType({3: RunState.REFUSED, 4: RunState.PARTLY_DONE})
"""What a run that ended with an error of this exit code is; with another one it failed."""


@dataclass(slots=True)
class Progress:
    """Tells somebody which stage a run is in and how far, and keeps how long each stage took.

    Attributes:
        told: Called with the code of the stage, rows done and rows to do (0 where it is not counted).
        wrote: Whether anything was written, or may have been.
    """

    told: Callable[[str, int, int], None] = lambda _stage, _done, _total: None
    seconds: dict[str, float] = field(default_factory=dict)
    wrote: bool = False
    _stage: str = ""
    _since: float = 0.0

    def begin(self, stage: str) -> None:
        """Begin a stage, which ends the one before."""
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now
        if stage:
            self.told(stage, 0, 0)

    def count(self, done: int, total: int) -> None:
        """Say how far the writing is."""
        self.wrote = True
        self.told(self._stage, done, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Holds a spreadsheet for a run and records how the run ends, whatever the end is.

    Attributes:
        draw: Gives four hexadecimal digits, which tell apart the runs of one minute.
    """

    ledger: RunLedger
    clock: Clock
    draw: Callable[[], str] = field(default=partial(secrets.token_hex, 2))

    def new_record(
        self, job: str, spreadsheet_id: str, register: str, *, requested_by: str, preview: bool
    ) -> RunRecord:
        """Give the record of a run that begins now. Without a spreadsheet, the run holds its own id."""
        started = self.clock.now()
        run_id = self._free_run_id(started)
        return RunRecord(
            run_id=run_id,
            job=job,
            spreadsheet_id=spreadsheet_id or run_id,
            register=register,
            requested_by=requested_by,
            started=started,
            preview=preview,
        )

    def _free_run_id(self, started: datetime) -> str:
        """Draw an id until no run has it."""
        while True:
            run_id = f"{started:%Y%m%d-%H%M}-{self.draw()}"
            try:
                self.ledger.find(run_id)
            except RunMissing:
                return run_id

    @contextmanager
    def recording(self, record: RunRecord, progress: Progress) -> Iterator[None]:
        """Hold the spreadsheet; when it ends without a word, record why and let the reason go on.

        Raises:
            AlreadyRunning: Another run holds it.
            StoppedMidway: Something ended the run after it had begun to write.
        """
        self.ledger.begin(record)
        try:
            yield
        except StewardError as problem:
            if progress.wrote:
                self.end(record, state=RunState.PARTLY_DONE, message=problem.code)
                raise StoppedMidway(problem) from problem
            state = _STATES.get(problem.exit_code, RunState.FAILED)
            self.end(record, state=state, message=problem.code)
            raise
        except KeyboardInterrupt:
            self.end(record, state=RunState.CANCELLED, message="interrupted")
            raise
        except BaseException as problem:
            self.end(record, state=RunState.FAILED, message=type(problem).__name__)
            raise

    def end(self, record: RunRecord, **figures: object) -> None:
        """Record how a run ended; for the figures see `RunRecord`."""
        self.ledger.finish(replace(record, ended=self.clock.now(), **figures))  # type: ignore[arg-type]

    def telling(self, record: RunRecord, progress: Progress) -> Callable[[int, int], None]:
        """Give what is called after each request that wrote: it renews the lease, and says how far it is."""

        def told(done: int, total: int) -> None:
            progress.count(done, total)
            self.ledger.beat(record.run_id)

        return told
