"""What comes in and what gets into the log: checks 33 to 35 of the design, and what it adds to them."""

import ast
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.test import EnvironBuilder, run_wsgi_app

from backend.json_log import JsonLines
from backend.web.body import MOST_BYTES
from tests.web.conftest import Bench, error_of

SELECT = "SELECT canary"
BACKEND = Path(__file__).parents[2] / "backend"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as it is written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def lines(log: io.StringIO) -> list[Any]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_check_33_a_line_break_makes_no_line_of_the_log(bench: Bench, log: io.StringIO) -> None:
    forged = 'x\r\n{"severity": "CRITICAL", "message": "forged"}'

    bench.web.get("/nowhere/" + forged.replace("\r\n", "%0D%0A"), headers={"User-Agent": "x"})
    bench.web.get("/healthz", headers={"X-Cloud-Trace-Context": "0" * 31 + "forged"})
    logging.getLogger("any").warning("a\nforged %s", forged)

    assert [line["severity"] for line in lines(log)] == ["INFO", "INFO", "WARNING"]
    assert lines(log)[2]["message"].startswith("a\nforged x\r\n")
    assert "trace" not in str(lines(log)[1])


def test_a_call_is_logged_with_its_trace_and_without_its_path(bench: Bench, log: io.StringIO) -> None:
    sheet = bench.register()
    trace = "105445aa7843bc8bf206b12000100000"

    bench.call("GET", f"/registers/{sheet}/summary", headers={"X-Cloud-Trace-Context": f"{trace}/1;o=1"})

    call = lines(log)[-1]
    assert (call["method"], call["route"], call["status"], call["severity"]) == (
        "GET",
        "/registers/<spreadsheet_id>/summary",
        403,
        "INFO",
    )
    assert call["logging.googleapis.com/trace"] == trace
    assert len(call["sheet"]) == 16
    assert sheet not in log.getvalue()


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"[" * 5_000 + b"]" * 5_000, "application/json", (400, "body-unreadable")),
        (b'{"a":' * 8 + b"1" + b"}" * 8, "application/json", (400, "body-unreadable")),
        (b"[1]", "application/json", (400, "body-unreadable")),
        (b'{"a": NaN}', "application/json", (400, "body-unreadable")),
        (b'{"job": "a", "job": "b"}', "application/json", (400, "body-unreadable")),
        (b'{"a": "\\ud800"}', "application/json", (400, "body-unreadable")),
        (b'{"a": "\xff"}', "application/json", (400, "body-unreadable")),
        (b"", "application/json", (400, "body-unreadable")),
        (b"x" * (MOST_BYTES + 1), "application/json", (413, "body-too-large")),
        (b"job=x", "application/x-www-form-urlencoded", (415, "content-type-wrong")),
        (b"{}", "text/plain", (415, "content-type-wrong")),
        (b"{}", "", (415, "content-type-wrong")),
        (b"{}", "application/json", (422, "fields-wrong")),
    ],
)
def test_check_34_depth_size_and_content_type(bench: Bench, body: Any, kind: Any, expected: Any) -> None:
    answer = bench.call("POST", "/runs", data=body, content_type=kind)

    assert error_of(answer) == expected


def test_check_34_a_body_without_a_length_is_bounded_too(bench: Bench) -> None:
    stream = io.BytesIO(b"x" * 10 * MOST_BYTES)
    builder = EnvironBuilder(
        "/runs",
        method="POST",
        content_type="application/json",
        headers={"Authorization": f"Bearer {bench.token()}"},
    )
    environ = {**builder.get_environ(), "wsgi.input": stream, "wsgi.input_terminated": True}
    environ.pop("CONTENT_LENGTH", None)

    pieces, status, _ = run_wsgi_app(bench.web.application, environ)

    assert (status, json.loads(b"".join(pieces))["error"]["code"]) == (
        "413 REQUEST ENTITY TOO LARGE",
        "body-too-large",
    )
    assert stream.tell() < 3 * MOST_BYTES


def test_check_35_nothing_is_pickled() -> None:
    banned = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib"}
    for file in sorted(BACKEND.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {name.partition(".")[0] for name in named} & banned, file


def test_plus_no_secret_and_nobodys_name_gets_into_the_log(bench: Bench, log: io.StringIO) -> None:
    sheet = bench.register()
    token = bench.token("canary-person")
    asked = bench.call("POST", f"/registers/{sheet}/proof", name="canary-person").get_json()
    bench.write_metadata(sheet, asked["key"], asked["nonce"])
    bench.call("POST", f"/registers/{sheet}/proof/check", {"nonce": asked["nonce"]}, name="canary-person")
    bench.ask(sheet, "canary-person", arguments={"canary-argument": "canary-value"})
    bench.ask(sheet, "canary-person")
    bench.call("GET", f"/runs/canary-run?token={token}", name="canary-person")
    bench.web.get("/metrics", headers={"Authorization": "Bearer metrics-canary-7f3a"})
    bench.web.get("/healthz", headers={"Authorization": f"Bearer {token}x", "Cookie": "canary-cookie"})

    said = log.getvalue()

    assert len(lines(log)) > 6
    for secret in ("canary", token[-40:], asked["nonce"], sheet, "PRIVATE KEY"):
        assert secret not in said


def test_plus_a_fault_of_ours_shows_no_trace_and_no_value(bench: Bench, log: io.StringIO) -> None:
    def breaks(*_: object) -> Any:
        message = "canary: 张三 13812348000"
        raise RuntimeError(message)

    object.__setattr__(bench.steward, "registers", type("Broken", (), {"all": breaks})())

    answer = bench.call("GET", f"/registers/{'a' * 30}/summary")

    assert error_of(answer) == (500, "server-fault")
    failure = next(line for line in lines(log) if line["message"] == "failure")
    assert (failure["severity"], failure["error"]) == ("ERROR", "RuntimeError")
    assert any("breaks" in frame for frame in failure["frames"])
    for said in (answer.text, log.getvalue()):
        assert "canary" not in said
        assert "Traceback" not in said


def test_plus_a_store_that_does_not_answer_is_not_our_fault(bench: Bench) -> None:
    def breaks(*_: object) -> Any:
        raise OperationalError(SELECT, {}, OSError())

    object.__setattr__(bench.steward, "registers", type("Broken", (), {"all": breaks})())

    answer = bench.call("GET", f"/registers/{'a' * 30}/summary")

    assert error_of(answer) == (503, "not-ready")
    assert "canary" not in answer.text


def test_plus_metrics_are_for_whoever_has_the_token(bench: Bench) -> None:
    bench.web.get("/healthz")

    for header in ({}, {"Authorization": "Bearer x"}, {"Authorization": "metrics-canary-7f3a"}):
        assert error_of(bench.web.get("/metrics", headers=header)) == (404, "path-unknown")
    shown = bench.web.get("/metrics", headers={"Authorization": "Bearer metrics-canary-7f3a"})

    assert shown.status_code == 200
    assert 'steward_calls_total{route="/healthz",status="200"} 1.0' in shown.text


def test_plus_metrics_without_a_token_in_the_settings_are_for_nobody(bench: Bench) -> None:
    object.__setattr__(bench.steward.settings, "metrics_token", "")

    for header in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer"}):
        assert error_of(bench.web.get("/metrics", headers=header)) == (404, "path-unknown")
