"""Who may take a run: the statements by which runs are taken, given back, and taken from who is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.adapters.store.tables import JOURNAL, RUNS
from backend.errors import WorkerDied
from backend.ports import RunState

if TYPE_CHECKING:
    from datetime import datetime

_QUEUED, _RUNNING = RunState.QUEUED.value, RunState.RUNNING.value
_SOON, _LATER = timedelta(seconds=20), timedelta(seconds=80)
"""After how long a run is tried again that the service was too busy for: the first time, and after that."""

_WROTE = sa.exists().where(JOURNAL.c.run_id == RUNS.c.run_id)
_CANCELLED = sa.case((_WROTE, RunState.PARTLY_DONE.value), else_=RunState.CANCELLED.value)
"""What a cancelled run is: what stands in the journal may have been written."""


def held(run_id: str, token: int) -> sa.ColumnElement[bool]:
    """Say of which run: this one, as long as the token is the last one given out for it."""
    return sa.and_(RUNS.c.run_id == run_id, RUNS.c.state == _RUNNING, RUNS.c.token == token)


def is_anything_to_do(now: datetime) -> sa.Select[int]:
    """Ask whether a run may begin or has lost its holder; takes no lock."""
    waits = sa.and_(RUNS.c.state == _QUEUED, _is_due(RUNS, now), _is_free(RUNS))
    return sa.select(sa.literal(1)).where(sa.or_(waits, _is_lost(RUNS, now))).limit(1)


def release_lost(now: datetime, spreadsheet_id: str | None = None) -> sa.Update:
    """Take every run from a holder whose lease ran out: it waits again, or has been tried often enough."""
    lost = RUNS.alias("lost")
    which = sa.select(lost.c.run_id).where(_is_lost(lost, now)).with_for_update(skip_locked=True)
    if spreadsheet_id is not None:
        which = which.where(lost.c.spreadsheet_id == spreadsheet_id)
    tried = RUNS.c.attempt >= RUNS.c.most_attempts
    over = sa.or_(RUNS.c.cancel_asked, tried)
    return (
        RUNS.update()
        .where(RUNS.c.run_id.in_(which))
        .values(
            state=sa.case((RUNS.c.cancel_asked, _CANCELLED), (tried, RunState.FAILED.value), else_=_QUEUED),
            message=sa.case((RUNS.c.cancel_asked, ""), (tried, WorkerDied.code), else_=""),
            ended=sa.case((over, sa.literal(now, RUNS.c.ended.type)), else_=sa.null()),
            lease_until=None,
        )
    )


def take_next(now: datetime, lease_until: datetime, worker: str, run_id: str | None) -> sa.Update:
    """Take the run that has waited longest of those that may begin, or this one if it may."""
    waiting = RUNS.alias("waiting")
    which = (
        sa.select(waiting.c.run_id)
        .where(waiting.c.state == _QUEUED, _is_due(waiting, now), _is_free(waiting))
        .order_by(waiting.c.created, waiting.c.run_id)
        .limit(1)
        .with_for_update(skip_locked=True, of=waiting)
    )
    if run_id is not None:
        which = which.where(waiting.c.run_id == run_id)
    return (
        RUNS.update()
        .where(RUNS.c.run_id == which.scalar_subquery())
        .values(
            state=_RUNNING,
            started=now,
            lease_until=lease_until,
            worker=worker,
            token=RUNS.c.token + 1,
            attempt=RUNS.c.attempt + 1,
            **_FROM_THE_START,
        )
        .returning(RUNS)
    )


def hand_back(run_id: str, token: int) -> sa.Update:
    """Let a run wait again, as if it had not been taken."""
    return (
        RUNS.update()
        .where(held(run_id, token))
        .values(state=_QUEUED, lease_until=None, attempt=RUNS.c.attempt - 1, **_FROM_THE_START)
    )


def put_off(run_id: str, token: int, now: datetime) -> sa.Update:
    """Let a run wait for a while, if it may be tried again and is wanted."""
    moment = RUNS.c.not_before.type
    due = sa.case(
        (RUNS.c.attempt <= 1, sa.literal(now + _SOON, moment)), else_=sa.literal(now + _LATER, moment)
    )
    return (
        RUNS.update()
        .where(held(run_id, token), RUNS.c.attempt < RUNS.c.most_attempts, ~RUNS.c.cancel_asked)
        .values(state=_QUEUED, lease_until=None, not_before=due, **_FROM_THE_START)
    )


def cancel(run_id: str, now: datetime) -> sa.Update:
    """Let a run end that waits; mark one that is being carried out."""
    waits = RUNS.c.state == _QUEUED
    return (
        RUNS.update()
        .where(RUNS.c.run_id == run_id, RUNS.c.state.in_([_QUEUED, _RUNNING]))
        .values(
            state=sa.case((waits, _CANCELLED), else_=RUNS.c.state),
            ended=sa.case((waits, sa.literal(now, RUNS.c.ended.type)), else_=sa.null()),
            cancel_asked=True,
        )
    )


_FROM_THE_START = {"stage": "", "done": 0, "total": 0}


def _is_lost(runs: sa.FromClause, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(runs.c.state == _RUNNING, runs.c.lease_until < now)


def _is_due(runs: sa.FromClause, now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(runs.c.not_before.is_(None), runs.c.not_before <= now)


def _is_free(runs: sa.FromClause) -> sa.ColumnElement[bool]:
    """Say that no run is going on on the same spreadsheet."""
    running = RUNS.alias("running")
    same = running.c.spreadsheet_id == runs.c.spreadsheet_id
    return ~sa.exists().where(same, running.c.state == _RUNNING)
