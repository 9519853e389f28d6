"""Holds a register while a command works on it outside the runner, and records how that ended."""

from __future__ import annotations

import getpass
import secrets
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.ports import RunRecord, RunState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backend.adapters.google.register import SheetRegister
    from backend.wiring import Steward


def person() -> str:
    """Give the name of whoever is at this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@contextmanager
def holding(
    steward: Steward, register: SheetRegister, job: str, *, preview: bool
) -> Iterator[Callable[..., None]]:
    """Hold a register's spreadsheet, so that no run writes at the same time; give what notes the figures.

    Raises:
        AlreadyRunning: A run holds it.
    """
    started = steward.clock.now()
    record = RunRecord(
        run_id=f"{started:%Y%m%d-%H%M}-{secrets.token_hex(2)}",
        job=job,
        spreadsheet_id=register.spreadsheet_id,
        register=register.name,
        requested_by=person(),
        started=started,
        preview=preview,
    )
    figures: dict[str, int] = {}
    steward.ledger.begin(record)
    state = RunState.FAILED
    try:
        yield figures.update
        state = RunState.DONE
    finally:
        ended = replace(
            record, state=state, ended=steward.clock.now(), counts=MappingProxyType(dict(figures))
        )
        steward.ledger.finish(ended)
