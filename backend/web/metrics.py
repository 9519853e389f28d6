"""Figures for Prometheus, for whoever has the token of the settings; to others there is no such page."""

from __future__ import annotations

import hmac
import time
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from backend.errors import PathUnknown
from backend.ports import RunState
from backend.web.routes import Route

if TYPE_CHECKING:
    from flask import Flask

    from backend.web.call import Call

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_NAME = "figures"


class Figures:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.calls = Counter("steward_calls", "Calls answered", ["route", "status"], registry=self.registry)
        self.seconds = Histogram(
            "steward_call_seconds", "Time to answer", ["route"], buckets=_BOUNDS, registry=self.registry
        )
        self.runs = Gauge("steward_runs", "Runs not ended yet", ["state"], registry=self.registry)
        self.certificates = Gauge(
            "steward_certificates_age_seconds", "Age of the certificates", registry=self.registry
        )


def install(app: Flask) -> None:
    """Count every call of an application."""
    figures = app.extensions[_NAME] = Figures()

    def begin() -> None:
        g.counted_from = time.perf_counter()

    def end(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else ""
        figures.calls.labels(route, str(answer.status_code)).inc()
        figures.seconds.labels(route).observe(time.perf_counter() - g.counted_from)
        return answer

    app.before_request(begin)
    app.after_request(end)


def show_metrics(call: Call) -> Response:
    """Give the figures.

    Raises:
        PathUnknown: The token is not the one of the settings, or they name none.
    """
    wanted = call.steward.settings.metrics_token
    given = request.headers.get("Authorization", "")
    if not wanted or not hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        raise PathUnknown
    figures: Any = current_app.extensions[_NAME]
    runs = call.steward.service_look.runs()
    for state in (RunState.QUEUED.value, RunState.RUNNING.value):
        figures.runs.labels(state).set(runs.get(state, 0))
    figures.certificates.set(call.steward.certificates.age or 0.0)
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)


ROUTES = (
    Route(
        method="GET",
        path="/metrics",
        summary="Figures for Prometheus, for whoever has the token",
        answer=show_metrics,
        gives=None,
        is_public=True,
    ),
)
