"""What every run shares: the lock, the ledger, signs of life, and how its end is recorded."""

from __future__ import annotations

import secrets
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.errors import (
    LeaseLost,
    RunCancelled,
    RunHandedBack,
    RunMissing,
    ServiceBusy,
    ServiceUnreachable,
    StewardError,
    StoppedMidway,
    StoreDamaged,
    StoreLocked,
)
from backend.jobs.pulse import Pulse
from backend.ports import RunProgress, RunRecord, RunState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from backend.ports import Clock, RunLedger

_STATES = MappingProxyType({3: RunState.REFUSED, 4: RunState.PARTLY_DONE})
"""What a run that ended with an error of this exit code is; with another one it failed."""

_WORTH_ANOTHER_TRY = (ServiceBusy, ServiceUnreachable)
"""Errors that may be over in a minute."""


def _nobody(_progress: RunProgress) -> None:
    """Nobody is told."""


@dataclass(slots=True)
class Progress:
    """Tells somebody which stage a run is in and how far, and keeps how long each stage took.

    Attributes:
        told: Called with the code of the stage, rows done and rows to do (0 where it is not counted).
        wrote: Whether anything was written, or may have been.
        alive: Gives a sign of life at the beginning of each stage and after each request that wrote; what it
            raises ends the run there.
    """

    told: Callable[[str, int, int], None] = lambda _stage, _done, _total: None
    seconds: dict[str, float] = field(default_factory=dict)
    wrote: bool = False
    alive: Callable[[RunProgress], None] = _nobody
    _stage: str = ""
    _since: float = 0.0

    def begin(self, stage: str) -> None:
        """Begin a stage, which ends the one before; '' ends the last one."""
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now
        if stage:
            self.told(stage, 0, 0)
            self.alive(RunProgress(stage=stage))

    def count(self, done: int, total: int) -> None:
        """Say how far the writing is."""
        self.wrote = True
        self.told(self._stage, done, total)
        self.alive(RunProgress(stage=self._stage, done=done, total=total))


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
        self,
        job: str,
        spreadsheet_id: str,
        register: str,
        *,
        requested_by: str,
        preview: bool,
        arguments: Mapping[str, object] = MappingProxyType({}),
        caller: str = "",
    ) -> RunRecord:
        """Give the record of a run that is asked for now. Without a spreadsheet, the run holds its own id."""
        created = self.clock.now()
        run_id = self._free_run_id(created)
        return RunRecord(
            run_id=run_id,
            job=job,
            arguments=arguments,
            spreadsheet_id=spreadsheet_id or run_id,
            register=register,
            requested_by=requested_by,
            caller=caller,
            created=created,
            started=created,
            preview=preview,
        )

    def _free_run_id(self, created: datetime) -> str:
        """Draw an id until no run has it."""
        while True:
            run_id = f"{created:%Y%m%d-%H%M}-{self.draw()}"
            try:
                self.ledger.find(run_id)
            except RunMissing:
                return run_id

    @contextmanager
    def recording(
        self, record: RunRecord, progress: Progress, *, must_leave: Callable[[], bool] = bool
    ) -> Iterator[None]:
        """Hold a run that is carried out; when it ends without a word, record why and let the reason go on.

        Args:
            record: A run that was taken.
            progress: Where it says how far it is. Saying so gives a sign of life, and ends the run when it
                was cancelled, when it lost its lease, or when this process has to leave.
            must_leave: Whether this process has to leave.

        Raises:
            RunHandedBack: This process has to leave; the run waits for another one.
            StoppedMidway: Something ended the run after it had begun to write.
        """
        with Pulse(self.ledger, record, must_leave) as pulse:
            progress.alive = pulse.beat
            try:
                yield
            except RunHandedBack:
                self.ledger.hand_back(record.run_id, record.token)
                raise
            except LeaseLost:
                raise
            except BaseException as problem:
                self._end_early(record, problem, wrote=progress.wrote)
                if isinstance(problem, StewardError) and progress.wrote:
                    raise StoppedMidway(problem) from problem
                raise
            finally:
                progress.alive = _nobody

    def _end_early(self, record: RunRecord, problem: BaseException, *, wrote: bool) -> None:
        """Record an end that is not the one that was meant; if somebody else did so, theirs holds.

        Where the ledger cannot be written either, the run's lease runs out.
        """
        with suppress(LeaseLost, StoreLocked, StoreDamaged):
            may_go_well = isinstance(problem, _WORTH_ANOTHER_TRY) and not wrote
            if may_go_well and self.ledger.put_off(record.run_id, record.token):
                return
            self.end(record, state=_state_after(problem, wrote=wrote), message=_code_of(problem))

    def end(self, record: RunRecord, **figures: object) -> None:
        """Record how a run ended; for the figures see `RunRecord`.

        Raises:
            LeaseLost: Somebody else holds it, or ended it.
        """
        ended = replace(record, ended=self.clock.now(), **figures)  # type: ignore[arg-type]
        self.ledger.finish(ended, record.token)


def _state_after(problem: BaseException, *, wrote: bool) -> RunState:
    if isinstance(problem, RunCancelled | KeyboardInterrupt):
        return RunState.PARTLY_DONE if wrote else RunState.CANCELLED
    if not isinstance(problem, StewardError):
        return RunState.FAILED
    return RunState.PARTLY_DONE if wrote else _STATES.get(problem.exit_code, RunState.FAILED)


def _code_of(problem: BaseException) -> str:
    if isinstance(problem, StewardError):
        return problem.code
    return "interrupted" if isinstance(problem, KeyboardInterrupt) else type(problem).__name__
