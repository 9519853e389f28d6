"""Whether the process lives, and whether it can do its work. Both are public and say nothing else."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, jsonify

from backend.adapters.store.failing import is_store_failure
from backend.web.routes import Route
from backend.web.shapes import OkShape, ReadyShape

if TYPE_CHECKING:
    from backend.web.call import Call

_LONGEST_WAIT = 300.0
"""Seconds a run may wait while none is being carried out; longer than that no worker is at work."""


def show_health(_call: Call) -> dict[str, Any]:
    """Say that the process lives."""
    return {}


def show_readiness(call: Call) -> Response:
    """Say whether the store answers, certificates are there and runs are taken up."""
    store = _store_answers(call)
    checks = {
        "store": store,
        "certificates": call.steward.certificates.has_some(),
        "workers": store and call.steward.service_look.waiting_seconds() < _LONGEST_WAIT,
    }
    answer = jsonify({"ok": all(checks.values()), "checks": checks})
    if not all(checks.values()):
        answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        answer.headers["Retry-After"] = "5"
    return answer


def _store_answers(call: Call) -> bool:
    try:
        call.steward.service_look.ask()
    except Exception as problem:
        if is_store_failure(problem):
            return False
        raise
    return True


ROUTES = (
    Route(
        method="GET",
        path="/healthz",
        summary="Say whether the process lives",
        answer=show_health,
        gives=OkShape,
        is_public=True,
    ),
    Route(
        method="GET",
        path="/readyz",
        summary="Say whether it can do its work",
        answer=show_readiness,
        gives=ReadyShape,
        is_public=True,
        refusals=(),
    ),
)
