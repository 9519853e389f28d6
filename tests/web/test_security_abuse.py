"""Too many calls, headers, and what is sent to deceive: checks 37, 42 and 43 of the design.

Check 44 waits for a route under /internal.
"""

from typing import Any

import pytest

from backend.web.application import ROUTES
from tests.web.conftest import Bench, error_of

PATH = f"/registers/{'a' * 30}/summary"


def test_check_37_a_caller_who_calls_too_often(bench: Bench) -> None:
    bench.open(calls_a_minute=6)

    told = [bench.call("GET", PATH).status_code for _ in range(6)]
    late = bench.call("GET", PATH)
    other = bench.call("GET", PATH, name="wang")

    assert told == [404] * 6
    assert error_of(late) == (429, "too-many-requests")
    assert late.headers["Retry-After"] == "10"
    assert other.status_code == 404
    bench.clock.forward(seconds=10)
    assert [bench.call("GET", PATH).status_code for _ in range(2)] == [404, 429]


def test_check_37_all_callers_of_one_sheet(bench: Bench) -> None:
    sheet, other = bench.register("shop"), bench.register("other")
    for number in range(11):
        bench.grant(sheet, "viewer", f"p{number}")
        bench.grant(other, "viewer", f"p{number}")
    bench.open(calls_a_minute=3)

    def look(at: str, number: int) -> int:
        return bench.call("GET", f"/registers/{at}/summary", name=f"p{number}").status_code

    told = [look(sheet, number) for number in range(10) for _ in range(3)]

    assert told == [200] * 30
    assert look(sheet, 10) == 429
    assert look(other, 10) == 200


def test_check_37_who_may_not_see_a_register_does_not_use_it_up(bench: Bench) -> None:
    sheet = bench.register()
    bench.grant(sheet, "viewer")
    bench.open(calls_a_minute=3)

    for number in range(15):
        for _ in range(3):
            bench.call("GET", f"/registers/{sheet}/summary", name=f"stranger{number}")

    assert bench.call("GET", f"/registers/{sheet}/summary").status_code == 200


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_check_42_headers_of_every_answer(bench: Bench, route: Any) -> None:
    path = route.path.format(run_id="x", spreadsheet_id="y")

    for answer in (bench.web.open(path, method=route.method), bench.web.open(path, method="PATCH")):
        headers = answer.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "max-age=" in headers["Strict-Transport-Security"]
        assert "Access-Control-Allow-Origin" not in headers
        assert "Set-Cookie" not in headers


def test_check_43_headers_that_name_another_sender_or_host_change_nothing(bench: Bench) -> None:
    bench.open(calls_a_minute=2)
    deceiving = {
        "X-Forwarded-For": "1.2.3.4",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "for=1.2.3.4;host=evil.example",
        "X-Appengine-Cron": "true",
        "X-Appengine-User-Email": "boss@example.com",
        "X-Goog-Authenticated-User-Email": "boss@example.com",
        "Host": "evil.example",
    }

    nobody = bench.web.get(PATH, headers=deceiving)
    told = [
        bench.call("GET", PATH, headers={**deceiving, "X-Forwarded-For": f"1.2.3.{number}"}).status_code
        for number in range(3)
    ]
    document = bench.web.get("/openapi.json", headers=deceiving)

    assert error_of(nobody) == (401, "not-signed-in")
    assert told == [404, 404, 429]
    assert "evil" not in document.text + str(document.headers)


def test_check_43_the_cron_of_app_engine_has_nothing_to_call(bench: Bench) -> None:
    answer = bench.web.get("/internal/tick", headers={"X-Appengine-Cron": "true"})

    assert error_of(answer) == (404, "path-unknown")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", (404, "path-unknown")),
        ("GET", "/static/x", (404, "path-unknown")),
        ("POST", "/healthz", (405, "method-wrong")),
        ("OPTIONS", "/runs", (405, "method-wrong")),
        ("TRACE", "/runs", (405, "method-wrong")),
        ("DELETE", "/runs/x", (405, "method-wrong")),
    ],
)
def test_every_error_has_one_shape(bench: Bench, method: Any, path: Any, expected: Any) -> None:
    answer = bench.web.open(path, method=method)

    assert error_of(answer) == expected
    assert answer.content_type == "application/json"
    if expected[0] == 405:
        assert answer.headers["Allow"]


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        ("zh", "登录"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "登录"),
        ("en", "signed in"),
        ("de", "signed in"),
        ("", "signed in"),
    ],
)
def test_an_error_speaks_the_language_that_is_asked_for(bench: Bench, wanted: Any, word: Any) -> None:
    answer = bench.web.get(PATH, headers={"Accept-Language": wanted})

    assert word in answer.get_json()["error"]["message"]
