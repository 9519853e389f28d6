"""The run ledger: who asked for which run, how far it is, and who holds which spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.adapters.store.tables import RUNS
from backend.errors import AlreadyRunning, LeaseLost, RunMissing
from backend.ports import RunRecord, RunState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.ports import Clock

LEASE = timedelta(minutes=15)
"""How long a run holds its spreadsheet without a sign of life."""


@dataclass(frozen=True, slots=True)
class SqlRunLedger:
    """The ledger in a database."""

    engine: sa.Engine
    clock: Clock

    def begin(self, run: RunRecord) -> None:
        """Record a run and take the spreadsheet.

        Raises:
            AlreadyRunning: Another run holds it, and its lease has not run out.
        """
        self._end_expired(run.spreadsheet_id)
        try:
            self._insert(run)
        except sa.exc.IntegrityError:
            holder = self._holder(run.spreadsheet_id)
            if holder is not None:
                since = f"{holder.started:%Y-%m-%d %H:%M} UTC"
                raise AlreadyRunning(holder.run_id, since, holder.requested_by) from None
            self._insert(run)

    def beat(self, run_id: str) -> None:
        """Renew a run's hold on its spreadsheet.

        Raises:
            LeaseLost: It gave no sign of life for so long that another run ended it.
        """
        with self.engine.begin() as connection:
            renewed = connection.execute(
                RUNS.update().where(*_running(run_id)).values(lease_until=self._lease())
            )
        if not renewed.rowcount:
            raise LeaseLost(run_id, int(LEASE.total_seconds() // 60))

    def finish(self, run: RunRecord) -> None:
        """Record how a run ended; the spreadsheet is free again. A run ends once: the first end counts."""
        with self.engine.begin() as connection:
            connection.execute(
                RUNS.update().where(*_running(run.run_id)).values(**_row(run), lease_until=None)
            )

    def recent(self, most: int) -> Sequence[RunRecord]:
        """Give the last runs, the newest first."""
        query = RUNS.select().order_by(RUNS.c.started.desc(), RUNS.c.run_id.desc()).limit(most)
        with self.engine.connect() as connection:
            return [_record(row) for row in connection.execute(query).mappings()]

    def find(self, run_id: str) -> RunRecord:
        """Give one run.

        Raises:
            RunMissing: There is none with this id.
        """
        with self.engine.connect() as connection:
            row = connection.execute(RUNS.select().where(RUNS.c.run_id == run_id)).mappings().first()
        if row is None:
            raise RunMissing(run_id)
        return _record(row)

    def _insert(self, run: RunRecord) -> None:
        with self.engine.begin() as connection:
            connection.execute(RUNS.insert().values(**_row(run), lease_until=self._lease()))

    def _lease(self) -> datetime:
        return self.clock.now() + LEASE

    def _end_expired(self, spreadsheet_id: str) -> None:
        """End a run that holds the spreadsheet and gave no sign of life: its process is gone."""
        with self.engine.begin() as connection:
            connection.execute(
                RUNS.update()
                .where(
                    RUNS.c.spreadsheet_id == spreadsheet_id,
                    RUNS.c.state == RunState.RUNNING.value,
                    RUNS.c.lease_until < self.clock.now(),
                )
                .values(state=RunState.FAILED.value, ended=self.clock.now(), message="lease ran out")
            )

    def _holder(self, spreadsheet_id: str) -> RunRecord | None:
        """Give the run that holds a spreadsheet; None when it ended this very moment."""
        query = RUNS.select().where(
            RUNS.c.spreadsheet_id == spreadsheet_id, RUNS.c.state == RunState.RUNNING.value
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else _record(row)


def _running(run_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return RUNS.c.run_id == run_id, RUNS.c.state == RunState.RUNNING.value


def _row(run: RunRecord) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "job": run.job,
        "spreadsheet_id": run.spreadsheet_id,
        "register": run.register,
        "requested_by": run.requested_by,
        "preview": run.preview,
        "state": run.state.value,
        "started": run.started,
        "ended": run.ended,
        "counts": dict(run.counts),
        "plan_hash": run.plan_hash,
        "rules_hash": run.rules_hash,
        "message": run.message,
    }


def _record(row: Any) -> RunRecord:
    values = {name: cell for name, cell in row.items() if name != "lease_until"}
    return RunRecord(
        **{
            **values,
            "state": RunState(row["state"]),
            "counts": MappingProxyType(row["counts"]),
            "started": row["started"].replace(tzinfo=UTC),
            "ended": row["ended"] and row["ended"].replace(tzinfo=UTC),
        }
    )
