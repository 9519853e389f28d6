"""The OpenAPI document, made of the routes; the first who asks waits for it to be made."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, jsonify

from backend.web.routes import Route
from backend.web.shapes import ErrorShape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.web.call import Call

_OPENAPI = "3.1.0"
_JSON = "application/json"


def show_document(_call: Call) -> Response:
    """Give the document."""
    from backend.web.application import ROUTES as ALL  # noqa: PLC0415 - the routes hold this one too

    return jsonify(document(tuple(ALL)))


@cache
def document(routes: Sequence[Route]) -> dict[str, Any]:
    """Give the OpenAPI document of these routes."""
    from apispec import APISpec  # noqa: PLC0415 - takes memory, and is wanted once in a while
    from apispec.ext.marshmallow import MarshmallowPlugin  # noqa: PLC0415 - the same

    spec = APISpec(
        title="Sheet Steward",
        version="1",
        openapi_version=_OPENAPI,
        plugins=[MarshmallowPlugin()],
        info={"description": "What a click in the sheet calls. Messages follow Accept-Language: zh or en."},
    )
    spec.components.security_scheme(
        "idToken", {"type": "http", "scheme": "bearer", "bearerFormat": "Google ID token"}
    )
    for route in routes:
        spec.path(path=route.path, operations={route.method.lower(): _operation(route)})
    return spec.to_dict()


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
            for name in route.places
        ],
        "responses": {str(int(status)): answer for status, answer in _answers(route).items()},
    }
    if not route.is_public:
        operation["security"] = [{"idToken": []}]
    if route.body is not None:
        takes = {"required": bool(route.body().fields), "content": {_JSON: {"schema": route.body}}}
        operation["requestBody"] = takes
    return operation


def _answers(route: Route) -> dict[HTTPStatus, Any]:
    content = {_JSON: {"schema": route.gives}} if route.gives else {}
    answers: dict[HTTPStatus, Any] = {route.status: {"description": route.status.phrase, "content": content}}
    for status in _refusals(route):
        schema = ErrorShape
        answers[status] = {"description": status.phrase, "content": {_JSON: {"schema": schema}}}
    if route.path == "/readyz":
        answers[HTTPStatus.SERVICE_UNAVAILABLE] = {"description": "Not ready", "content": content}
    return answers


def _refusals(route: Route) -> set[HTTPStatus]:
    """Give every status a route may be refused with."""
    found = {*route.refusals, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
    if not route.is_public:
        found |= {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS}
    if route.places or route.path == "/metrics":
        found |= {HTTPStatus.NOT_FOUND}
    if route.body is not None:
        found |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    return found


ROUTES = (
    Route(
        method="GET",
        path="/openapi.json",
        summary="This document",
        answer=show_document,
        gives=None,
        is_public=True,
    ),
)
