"""Registers: what a sidebar shows of one when it opens."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from backend.adapters.store.grants import Role
from backend.jobs.catalogue import JOBS
from backend.ports import RunState
from backend.web.routes import Route
from backend.web.run_answers import run_answer
from backend.web.shapes import SummaryShape

if TYPE_CHECKING:
    from backend.ports import RunRecord
    from backend.web.call import Call

_LAST_RUNS = 10
_LOOKS = tuple(job.name for job in JOBS if job.only_reads)
"""Jobs that only look something up: nobody asks for them a second time."""

_WROTE = (RunState.DONE, RunState.PARTLY_DONE)


def show_summary(call: Call, spreadsheet_id: str) -> dict[str, Any]:
    """Give a register, the caller's role, its last runs and which of them can be taken back."""
    register, role = call.register_for(spreadsheet_id, Role.VIEWER)
    runs = call.steward.ledger.recent(_LAST_RUNS, spreadsheet_id, but=_LOOKS)
    can_undo = next((run.run_id for run in runs if _can_be_undone(run, call)), None)
    return {
        "register": {"name": register.name, "spreadsheet_id": spreadsheet_id, "role": role.value},
        "last_runs": [run_answer(run, call) for run in runs],
        "can_undo": can_undo,
    }


def _can_be_undone(run: RunRecord, call: Call) -> bool:
    return run.state in _WROTE and not run.preview and call.steward.journal.knows(run.run_id)


ROUTES = (
    Route(
        method="GET",
        path="/registers/{spreadsheet_id}/summary",
        summary="Show a register and its last runs",
        answer=show_summary,
        gives=SummaryShape,
        refusals=(HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND),
    ),
)
