"""The Flask application: routes in, one way through each call, one shape of answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, jsonify, request

from backend.errors import AudiencesMissing
from backend.web import documents, faults, headers, health, logs, metrics, proofs, registers, runs
from backend.web.body import MOST_BYTES, read_body
from backend.web.call import Call, language_wanted, signed_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from backend.web.routes import Route
    from backend.wiring import Steward

ROUTES: Sequence[Route] = (
    *runs.ROUTES,
    *registers.ROUTES,
    *proofs.ROUTES,
    *health.ROUTES,
    *documents.ROUTES,
    *metrics.ROUTES,
)
"""Everything the service answers; the OpenAPI document is made of it."""


def create_app(steward: Steward) -> Flask:
    """Give the service of a process.

    Raises:
        AudiencesMissing: No audience is allowed, so that no caller could be believed.
        KeyOnSand: A key would be lost with the instance.
    """
    if not steward.audiences.allowed():
        raise AudiencesMissing
    _ = steward.audit, steward.ledger
    app = Flask("backend.web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False
    app.extensions["steward"] = steward
    for route in ROUTES:
        app.add_url_rule(
            route.rule,
            endpoint=route.name,
            view_func=partial(_answered, route, steward),
            methods=[route.method],
            provide_automatic_options=False,
        )
    faults.install(app)
    headers.install(app)
    metrics.install(app)
    logs.install(app)
    return app


def _answered(route: Route, steward: Steward, **path: str) -> Response | tuple[Response, int]:
    """Answer one call: who, how often, what, and then the route's own work."""
    caller = None if route.is_public else signed_in(steward, request)
    fields: dict[str, Any] = {} if route.body is None else read_body(request, route.body())
    call = Call(steward=steward, caller=caller, language=language_wanted(request), fields=fields)
    answer = route.answer(call, **path)
    if isinstance(answer, dict):
        return jsonify({"ok": True, **answer}), route.status
    return answer
