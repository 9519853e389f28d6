"""Runs: ask for one, look how far it is, let it stop."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, ValidationError

from backend.adapters.store.grants import Role
from backend.errors import FieldsWrong, ProofNeeded, RoleMissing, RunMissing
from backend.jobs.catalogue import UNDO, find_job
from backend.jobs.recording import Recorder
from backend.web.routes import Route
from backend.web.run_answers import retry_after, run_answer
from backend.web.shapes import (
    CancelledShape,
    NothingShape,
    RequestedShape,
    RowArguments,
    RowsArguments,
    RunRequestShape,
    RunShape,
    UndoArguments,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.ports import RunRecord
    from backend.web.call import Call

_ARGUMENTS: Mapping[str, type[Schema]] = MappingProxyType(
    {"undo": UndoArguments, "check-rows": RowsArguments, "customer-card": RowArguments}
)
"""What each job is given; the others are given nothing."""

_MOST_ID = 40


def request_run(call: Call) -> dict[str, Any]:
    """Put a run into the ledger; the same request again gives the same run.

    Raises:
        JobUnknown: There is no such job.
        FieldsWrong: What the job is to be given does not fit.
        CallError: The caller may not.
    """
    wanted = call.fields
    needed = Role.VIEWER if wanted["preview"] else Role.EDITOR
    register, _ = call.register_for(wanted["spreadsheet_id"], needed)
    name, arguments = _job_of(call)
    record = Recorder(ledger=call.steward.ledger, clock=call.steward.clock).new_record(
        name,
        register.spreadsheet_id,
        register.name,
        requested_by=call.who.email,
        preview=wanted["preview"],
        arguments=arguments,
        caller=call.who.sub,
    )
    run = call.steward.ledger.request(record, wanted["idempotency_key"])
    joined = run.run_id != record.run_id
    if not joined:
        call.steward.audit.add(
            call.who.sub, "run-requested", run.spreadsheet_id, run=run.run_id, job=name, preview=run.preview
        )
        call.steward.queue.put(run.run_id)
    return {"run": run_answer(run, call), "joined": joined}


def _job_of(call: Call) -> tuple[str, Mapping[str, Any]]:
    name, given = call.fields["job"], call.fields["arguments"]
    job = UNDO if name == UNDO.name else find_job(name)
    try:
        arguments: Mapping[str, Any] = _ARGUMENTS.get(job.name, NothingShape)().load(given)
    except ValidationError as problem:
        raise FieldsWrong([f"arguments.{field}" for field in sorted(problem.messages)][:5]) from None
    if job is UNDO and _run(call, arguments["run_id"]).spreadsheet_id != call.fields["spreadsheet_id"]:
        raise RunMissing(arguments["run_id"])
    return job.name, arguments


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
