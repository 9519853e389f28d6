"""The document says what the service does: every route is in it, and it names every answer."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.web.application import ROUTES
from backend.web.documents import document
from tests.web.conftest import Bench

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
OPERATIONS = sorted((route.path, route.method) for route in ROUTES)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: Any) -> Iterator[tuple[Bench, str, str]]:
    """A service with a register and a run, and a caller who may do anything there."""
    bench = Bench(tmp_path_factory.mktemp("busy"), {"calls_a_minute": 100_000})
    sheet = bench.register()
    bench.grant(sheet, "admin")
    run = bench.ask(sheet).get_json()["run"]["run_id"]
    yield bench, sheet, run
    bench.close()


def test_every_route_stands_in_the_document(bench: Bench) -> None:
    app = bench.web.application
    assert isinstance(app, Flask)
    served = {
        (rule.rule.replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method != "HEAD"
    }

    paths = bench.web.get("/openapi.json").get_json()["paths"]

    assert served == {(path, method.upper()) for path, inner in paths.items() for method in inner}


def test_whoever_must_be_signed_in_is_told_so_in_the_document() -> None:
    paths = document(tuple(ROUTES))["paths"]
    public = {
        path for path, inner in paths.items() for operation in inner.values() if "security" not in operation
    }

    assert public == {"/healthz", "/readyz", "/openapi.json", "/metrics"}


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_gets_an_answer_the_document_names(busy: Any, path: Any, method: Any) -> None:
    bench, sheet, run = busy
    schema = schemathesis.openapi.from_wsgi("/openapi.json", bench.web.application)
    operation = schema[path][method]
    headers = {"Authorization": f"Bearer {bench.token()}"}

    @hypothesis.settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(), is_there=hypothesis.strategies.booleans())
    def send(case: Any, *, is_there: bool) -> None:
        if is_there:
            names = {"spreadsheet_id": sheet, "run_id": run}
            case.path_parameters = {name: names[name] for name in case.path_parameters or {}}
            if isinstance(case.body, dict) and "spreadsheet_id" in case.body:
                case.body = {**case.body, "spreadsheet_id": sheet, "job": "validate-and-tier"}
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    send()
