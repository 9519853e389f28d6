"""What somebody who watches the service wants to know of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.adapters.store.tables import RUNS
from backend.ports import RunState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.ports import Clock


@dataclass(frozen=True, slots=True)
class ServiceLook:
    """A look at the store."""

    engine: sa.Engine
    clock: Clock

    def ask(self) -> None:
        """Ask it anything; raises what `is_store_failure` knows when it does not answer."""
        with self.engine.connect() as connection:
            connection.execute(sa.select(sa.literal(1)))

    def waiting_seconds(self) -> float:
        """Give how long the oldest run has waited while none was carried out; 0 when none waits."""
        states = self.runs()
        if not states.get(RunState.QUEUED.value) or states.get(RunState.RUNNING.value):
            return 0.0
        oldest = sa.select(sa.func.min(RUNS.c.created)).where(RUNS.c.state == RunState.QUEUED.value)
        with self.engine.connect() as connection:
            created = connection.execute(oldest).scalar()
        return (self.clock.now() - created).total_seconds() if created else 0.0

    def runs(self) -> Mapping[str, int]:
        """Give how many runs wait and how many are being carried out, by state."""
        unfinished = (RunState.QUEUED.value, RunState.RUNNING.value)
        query = (
            sa.select(RUNS.c.state, sa.func.count().label("waiting"))
            .where(RUNS.c.state.in_(unfinished))
            .group_by(RUNS.c.state)
        )
        with self.engine.connect() as connection:
            return {row.state: row.waiting for row in connection.execute(query)}
