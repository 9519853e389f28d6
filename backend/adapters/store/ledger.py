"""The run ledger: who asked for which run, how far it is, and who holds which spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.adapters.store import claiming
from backend.adapters.store.opening import writing
from backend.adapters.store.run_rows import progress_row, record_of, row_of, work_of
from backend.adapters.store.sealing import Seal, SealBrokenError
from backend.adapters.store.tables import REQUESTS, RESULTS, RUNS
from backend.errors import AlreadyRunning, LeaseLost, RunCancelled, RunMissing
from backend.ports import RunState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from backend.ports import Clock, RunProgress, RunRecord

MOST_ATTEMPTS = 3
"""How often a run is begun whose worker dies."""

_TRIES = 20
"""How often a transaction is repeated that another process was quicker than."""


@dataclass(frozen=True, slots=True)
class SqlRunLedger:
    """The ledger in a database; several processes on several machines may use it, if their clocks agree.

    Attributes:
        lease: How long a run is held without a sign of life.
        seal: What results are sealed with.
        result_hours: How long a result is kept.
    """

    engine: sa.Engine
    clock: Clock
    lease: timedelta = timedelta(seconds=60)
    seal: Seal = field(default_factory=Seal)
    result_hours: int = 24

    def begin(self, run: RunRecord) -> RunRecord:
        """Record a run and take it at once; nobody else goes on with it if its process is killed.

        Raises:
            AlreadyRunning: Another run holds the spreadsheet, and its lease has not run out.
        """
        begun = replace(run, state=RunState.RUNNING, token=1, attempt=1)
        for is_last in (False, True):
            try:
                with writing(self.engine) as connection:
                    connection.execute(claiming.release_lost(self.clock.now(), run.spreadsheet_id))
                    _insert(
                        connection, begun, work=run.run_id, most_attempts=1, lease_until=self._lease_until
                    )
            except sa.exc.IntegrityError:
                holder = self._holder(run.spreadsheet_id)
                if holder is not None:
                    since = f"{holder.started:%Y-%m-%d %H:%M} UTC"
                    raise AlreadyRunning(holder.run_id, since, holder.requested_by) from None
                if is_last:
                    raise
            else:
                break
        return begun

    def request(self, run: RunRecord, idempotency_key: str = "") -> RunRecord:
        """Record a run that is to be carried out; give it, or the one that was asked for already."""
        for tries in range(1, _TRIES + 1):
            try:
                with writing(self.engine) as connection:
                    return _requested(connection, run, idempotency_key)
            except sa.exc.IntegrityError:
                if tries == _TRIES:
                    raise
        raise AssertionError

    def claim(self, run_id: str | None, worker: str) -> RunRecord | None:
        """Take this waiting run, or any whose spreadsheet is free; None when there is none."""
        with self.engine.connect() as connection:
            if connection.execute(claiming.is_anything_to_do(self.clock.now())).first() is None:
                return None
        for _ in range(_TRIES):
            try:
                return self._claim(run_id, worker)
            except sa.exc.IntegrityError:
                continue
        return None

    def beat(self, run_id: str, token: int, progress: RunProgress | None = None) -> None:
        """Renew a run's hold on its spreadsheet.

        Raises:
            LeaseLost: It gave no sign of life for so long that another run took the spreadsheet.
            RunCancelled: Somebody wants it to stop.
        """
        renewed = RUNS.update().where(claiming.held(run_id, token)).values(lease_until=self._lease_until)
        if progress is not None:
            renewed = renewed.values(progress_row(progress))
        with writing(self.engine) as connection:
            row = connection.execute(renewed.returning(RUNS.c.cancel_asked)).first()
        if row is None:
            raise LeaseLost(run_id)
        if row.cancel_asked:
            raise RunCancelled(run_id)

    def finish(self, run: RunRecord, token: int) -> None:
        """Record how a run ended; the spreadsheet is free again. A run ends once.

        Raises:
            LeaseLost: Somebody else holds it, or ended it.
        """
        own = ("run_id", "token", "attempt", "worker", "created", "cancel_asked", "stage", "done", "total")
        row = {name: cell for name, cell in row_of(run).items() if name not in own}
        self._let_go(run.run_id, RUNS.update().where(claiming.held(run.run_id, token)).values(row))

    def hand_back(self, run_id: str, token: int) -> None:
        """Let somebody else carry a run out; the attempt is not counted.

        Raises:
            LeaseLost: Somebody else holds it already.
        """
        self._let_go(run_id, claiming.hand_back(run_id, token))

    def put_off(self, run_id: str, token: int) -> bool:
        """Let a run be tried again in a while; False when it was tried often enough, and is still held."""
        with writing(self.engine) as connection:
            return bool(connection.execute(claiming.put_off(run_id, token, self.clock.now())).rowcount)

    def cancel(self, run_id: str) -> RunRecord:
        """Let a waiting run end, and ask one that is being carried out to stop.

        Raises:
            RunMissing: There is none with this id.
        """
        with writing(self.engine) as connection:
            connection.execute(claiming.cancel(run_id, self.clock.now()))
        return self.find(run_id)

    def keep_result(self, run_id: str, token: int, result: Mapping[str, object]) -> None:
        """Keep what a run shows to who asked for it, sealed; forget results that are too old.

        Raises:
            LeaseLost: Somebody else holds the run.
        """
        now = self.clock.now()
        sealed = self.seal.close(dict(result), f"result of {run_id}")
        with writing(self.engine) as connection:
            if (
                connection.execute(sa.select(RUNS.c.run_id).where(claiming.held(run_id, token))).first()
                is None
            ):
                raise LeaseLost(run_id)
            too_old = RESULTS.c.written <= now - timedelta(hours=self.result_hours)
            connection.execute(RESULTS.delete().where(sa.or_(RESULTS.c.run_id == run_id, too_old)))
            connection.execute(RESULTS.insert().values(run_id=run_id, written=now, sealed=sealed))

    def result(self, run_id: str) -> Mapping[str, object] | None:
        """Give what a run shows; None when there is nothing, or no longer, or not with this key."""
        oldest = self.clock.now() - timedelta(hours=self.result_hours)
        query = sa.select(RESULTS.c.sealed).where(RESULTS.c.run_id == run_id, RESULTS.c.written > oldest)
        with self.engine.connect() as connection:
            sealed = connection.execute(query).scalar()
        if sealed is None:
            return None
        try:
            opened: Mapping[str, object] = self.seal.open(sealed, f"result of {run_id}")
        except SealBrokenError:
            return None
        return opened

    def recent(
        self, most: int, spreadsheet_id: str | None = None, *, but: Collection[str] = ()
    ) -> Sequence[RunRecord]:
        """Give the last runs, of one spreadsheet or of all, but for some jobs, the newest first."""
        query = RUNS.select().order_by(RUNS.c.created.desc(), RUNS.c.run_id.desc()).limit(most)
        query = query.where(RUNS.c.job.not_in(but))
        if spreadsheet_id is not None:
            query = query.where(RUNS.c.spreadsheet_id == spreadsheet_id)
        with self.engine.connect() as connection:
            return [record_of(row) for row in connection.execute(query).mappings()]

    def find(self, run_id: str) -> RunRecord:
        """Give one run.

        Raises:
            RunMissing: There is none with this id.
        """
        with self.engine.connect() as connection:
            found = _first(connection, RUNS.c.run_id == run_id)
        if found is None:
            raise RunMissing(run_id)
        return found

    @property
    def _lease_until(self) -> Any:
        return self.clock.now() + self.lease

    def _claim(self, run_id: str | None, worker: str) -> RunRecord | None:
        now = self.clock.now()
        with writing(self.engine) as connection:
            connection.execute(claiming.release_lost(now))
            taken = connection.execute(claiming.take_next(now, now + self.lease, worker, run_id))
            row = taken.mappings().first()
        return None if row is None else record_of(row)

    def _let_go(self, run_id: str, update: sa.Update) -> None:
        with writing(self.engine) as connection:
            if not connection.execute(update.values(lease_until=None)).rowcount:
                raise LeaseLost(run_id)

    def _holder(self, spreadsheet_id: str) -> RunRecord | None:
        """Give the run that holds a spreadsheet; None when it ended this very moment."""
        with self.engine.connect() as connection:
            return _first(
                connection, RUNS.c.spreadsheet_id == spreadsheet_id, RUNS.c.state == RunState.RUNNING.value
            )


def _requested(connection: sa.Connection, run: RunRecord, key: str) -> RunRecord:
    """Give the run that an equal request was given; else the one that does the same; else a new one."""
    if key:
        same_key = sa.and_(REQUESTS.c.caller == run.caller, REQUESTS.c.idempotency_key == key)
        given = connection.execute(sa.select(REQUESTS.c.run_id).where(same_key)).scalar()
        if given is not None and (found := _first(connection, RUNS.c.run_id == given)):
            return found
    work = work_of(run)
    is_open = RUNS.c.state.in_([RunState.QUEUED.value, RunState.RUNNING.value]) & ~RUNS.c.cancel_asked
    joined = _first(connection, RUNS.c.spreadsheet_id == run.spreadsheet_id, RUNS.c.work == work, is_open)
    if joined is None:
        joined = replace(run, state=RunState.QUEUED, token=0, attempt=0)
        _insert(connection, joined, work=work, most_attempts=MOST_ATTEMPTS)
    if key:
        line = {"caller": run.caller, "idempotency_key": key, "run_id": joined.run_id, "asked": run.created}
        connection.execute(REQUESTS.insert().values(line))
    return joined


def _insert(connection: sa.Connection, run: RunRecord, **more: Any) -> None:
    connection.execute(RUNS.insert().values({**row_of(run), **more}))


def _first(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> RunRecord | None:
    row = connection.execute(RUNS.select().where(*where).limit(1)).mappings().first()
    return None if row is None else record_of(row)
