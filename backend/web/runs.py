"""Runs: ask for one, look how far it is, let it stop."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from backend.adapters.store.grants import Role
from backend.errors import ProofNeeded, RoleMissing, RunMissing
from backend.jobs.catalogue import UNDO, find_job
from backend.web.routes import Route
from backend.web.run_answers import retry_after, run_answer
from backend.web.shapes import (
    CancelledShape,
    NothingShape,
    RequestedShape,
    RunRequestShape,
    RunShape,
)

if TYPE_CHECKING:
    from backend.ports import RunRecord
    from backend.web.call import Call

_MOST_ID = 40


def request_run(call: Call) -> dict[str, Any]:
    """Put a run into the ledger; the same request again gives the same run.

    Raises:
        JobUnknown: There is no such job.
        JobArgumentsWrong: What the job is to be given does not fit.
        CallError: The caller may not.
    """
    wanted = call.fields
    job = UNDO if wanted["job"] == UNDO.name else find_job(wanted["job"])
    needed = Role.VIEWER if wanted["preview"] or job.only_reads else Role.EDITOR
    register, _ = call.register_for(wanted["spreadsheet_id"], needed)
    job.read_arguments(wanted["arguments"])
    if job is UNDO:
        _same_register(call, wanted["arguments"]["run_id"])
    record = call.steward.recorder.new_record(
        job.name,
        register.spreadsheet_id,
        register.name,
        requested_by=call.who.email,
        preview=wanted["preview"],
        arguments=wanted["arguments"],
        caller=call.who.sub,
    )
    run = call.steward.ledger.request(record, wanted["idempotency_key"])
    joined = run.run_id != record.run_id
    if not joined:
        about = {"run": run.run_id, "job": run.job, "preview": run.preview}
        call.steward.audit.add(call.who.sub, "run-requested", run.spreadsheet_id, **about)
        call.steward.queue.put(run.run_id)
    return {"run": run_answer(run, call), "joined": joined}


def _same_register(call: Call, run_id: str) -> None:
    """Look whether a run that is to be undone ran on the register the call is about.

    Raises:
        RunMissing: It ran on another one, or there is none.
    """
    if _run(call, run_id).spreadsheet_id != call.fields["spreadsheet_id"]:
        raise RunMissing(run_id)


def show_run(call: Call, run_id: str) -> dict[str, Any]:
    """Give a run of a register on which the caller has a role."""
    run = _run(call, run_id)
    return {"run": run_answer(run, call, with_result=True), "retry_after": retry_after(run, call)}


def cancel_run(call: Call, run_id: str) -> dict[str, Any]:
    """Let a run stop: one's own, or as an approver anybody's.

    Raises:
        RoleMissing: It is somebody else's.
    """
    run = _run(call, run_id)
    needed = Role.EDITOR if run.caller == call.who.sub else Role.APPROVER
    held = call.role(run.spreadsheet_id)
    if held is None or not held.includes(needed):
        raise RoleMissing(needed)
    stopped = call.steward.ledger.cancel(run.run_id)
    call.steward.audit.add(call.who.sub, "run-cancelled", run.spreadsheet_id, run=run.run_id)
    return {"run": run_answer(stopped, call)}


def _run(call: Call, run_id: str) -> RunRecord:
    """Give a run the caller may see.

    Raises:
        RunMissing: There is none, or it is none of the caller's business: both look the same.
        ProofNeeded: It is the caller's own, but they have no role on the register any longer.
    """
    if len(run_id) > _MOST_ID:
        raise RunMissing(run_id[:_MOST_ID])
    run = call.steward.ledger.find(run_id)
    if call.role(run.spreadsheet_id) is None:
        raise ProofNeeded if run.caller == call.who.sub else RunMissing(run_id)
    call.count_for(run.spreadsheet_id)
    return run


ROUTES = (
    Route(
        method="POST",
        path="/runs",
        summary="Ask for a run",
        answer=request_run,
        gives=RequestedShape,
        body=RunRequestShape,
        status=HTTPStatus.ACCEPTED,
        refusals=(
            HTTPStatus.FORBIDDEN,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.UNPROCESSABLE_ENTITY,
        ),
    ),
    Route(
        method="GET",
        path="/runs/{run_id}",
        summary="Look how far a run is",
        answer=show_run,
        gives=RunShape,
        refusals=(HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND),
    ),
    Route(
        method="POST",
        path="/runs/{run_id}/cancel",
        summary="Let a run stop",
        answer=cancel_run,
        gives=CancelledShape,
        body=NothingShape,
        status=HTTPStatus.ACCEPTED,
        refusals=(HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
)
