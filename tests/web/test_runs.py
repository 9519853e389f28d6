"""Runs over HTTP: asked for, joined, looked at, stopped, carried out by a real worker."""

from dataclasses import replace
from typing import Any

import pytest

from backend.ports import RunProgress, RunState
from tests.web.conftest import Bench, error_of


@pytest.fixture
def sheet(bench: Bench) -> str:
    sheet = bench.register()
    for name in ("li", "wang"):
        bench.grant(sheet, "editor", name)
    return sheet


def run_of(answer: Any) -> dict[str, Any]:
    run: dict[str, Any] = answer.get_json()["run"]
    return run


def test_a_run_that_is_asked_for_waits_for_a_worker(bench: Bench, sheet: str) -> None:
    answer = bench.ask(sheet, preview=True)

    body = answer.get_json()
    run = body.pop("run")
    assert (answer.status_code, body) == (202, {"ok": True, "joined": False})
    assert {name: run[name] for name in run if name not in {"run_id", "created"}} == {
        "job": "validate-and-tier",
        "state": "queued",
        "preview": True,
        "started": None,
        "ended": None,
        "requested_by": "li@example.com",
        "progress": {"stage": "", "stage_text": "", "done": 0, "total": 0},
        "counts": {},
        "message": "",
        "result": None,
    }
    assert bench.steward.queue.take() == run["run_id"]
    kept = bench.steward.ledger.find(run["run_id"])
    assert (kept.caller, kept.register, kept.spreadsheet_id) == ("sub-of-li", "shop", sheet)


def test_the_same_click_twice_is_one_run(bench: Bench, sheet: str) -> None:
    first = run_of(bench.ask(sheet))
    bench.steward.ledger.cancel(first["run_id"])

    again = bench.ask(sheet)
    other = bench.ask(sheet, idempotency_key="another-click")

    assert (again.get_json()["joined"], run_of(again)["run_id"]) == (True, first["run_id"])
    assert run_of(other)["run_id"] != first["run_id"]


def test_who_asks_for_what_is_asked_for_already_joins(bench: Bench, sheet: str) -> None:
    first = run_of(bench.ask(sheet))

    joined = bench.ask(sheet, "wang")
    preview = bench.ask(sheet, "wang", idempotency_key="click-of-wang-2", preview=True)

    assert (joined.get_json()["joined"], run_of(joined)["run_id"]) == (True, first["run_id"])
    assert (preview.get_json()["joined"], run_of(preview)["run_id"] == first["run_id"]) == (False, False)
    assert [line.action for line in bench.steward.audit.last(9)] == ["run-requested"] * 2


def test_a_key_of_somebody_else_gives_nothing_of_theirs(bench: Bench, sheet: str) -> None:
    other = bench.register("other")
    bench.grant(other, "editor", "mallory")
    theirs = run_of(bench.ask(sheet, idempotency_key="the-same-key"))

    ours = run_of(bench.ask(other, "mallory", idempotency_key="the-same-key"))

    assert ours["run_id"] != theirs["run_id"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"job": "no-such-job"}, (422, "job-unknown")),
        ({"job": "Undo!"}, (422, "fields-wrong")),
        ({"job": "undo"}, (422, "arguments-wrong")),
        ({"job": "undo", "arguments": {"run_id": 7}}, (422, "arguments-wrong")),
        ({"job": "check-rows", "arguments": {"sheet_id": 0, "rows": [9, 5]}}, (422, "arguments-wrong")),
        ({"job": "customer-card", "arguments": {"sheet_id": True, "row": 5}}, (422, "arguments-wrong")),
        ({"job": "undo", "arguments": {"run_id": "20261122-0700-ffff"}}, (404, "run-missing")),
        ({"job": "validate-and-tier", "arguments": {"rows": [1, 2]}}, (422, "arguments-wrong")),
        ({"preview": "yes"}, (422, "fields-wrong")),
        ({"preview": 1}, (422, "fields-wrong")),
        ({"idempotency_key": ""}, (422, "fields-wrong")),
        ({"idempotency_key": "x" * 65}, (422, "fields-wrong")),
        ({"idempotency_key": "a b c d e f"}, (422, "fields-wrong")),
        ({"arguments": []}, (422, "fields-wrong")),
        ({"job": 5}, (422, "fields-wrong")),
    ],
)
def test_what_cannot_be_meant_is_refused(bench: Bench, sheet: str, changed: Any, expected: Any) -> None:
    assert error_of(bench.ask(sheet, **changed)) == expected
    assert bench.steward.ledger.recent(1) == []


def test_a_refusal_names_the_fields_that_are_wrong(bench: Bench, sheet: str) -> None:
    answer = bench.ask(sheet, preview="yes", arguments={"role": "admin"}, idempotency_key=None)

    assert "idempotency_key, preview" in answer.get_json()["error"]["message"]


def test_what_only_reads_needs_no_right_to_write(bench: Bench, sheet: str) -> None:
    bench.grant(sheet, "viewer", "zhao")
    card = {"job": "customer-card", "arguments": {"sheet_id": 0, "row": 17}}
    rows = {"job": "check-rows", "arguments": {"sheet_id": 0, "rows": [5, 9]}}

    shown = bench.ask(sheet, "zhao", **card)

    assert (shown.status_code, error_of(bench.ask(sheet, "zhao", **rows))) == (202, (403, "role-missing"))
    kept = bench.steward.ledger.find(run_of(shown)["run_id"])
    assert (kept.job, dict(kept.arguments)) == ("customer-card", {"sheet_id": 0, "row": 17})


def test_how_far_a_run_is_is_said_in_the_language_of_who_asks(bench: Bench, sheet: str) -> None:
    run_id = run_of(bench.ask(sheet))["run_id"]
    claimed = bench.steward.ledger.claim(run_id, "w1")
    assert claimed is not None
    bench.steward.ledger.beat(run_id, claimed.token, RunProgress(stage="stage-write", done=3, total=9))

    zh = bench.call("GET", f"/runs/{run_id}", headers={"Accept-Language": "zh-CN"}).get_json()
    en = bench.call("GET", f"/runs/{run_id}", name="wang").get_json()

    assert zh["run"]["progress"] == {"stage": "stage-write", "stage_text": "写回结果", "done": 3, "total": 9}
    assert (en["run"]["progress"]["stage_text"], en["run"]["state"]) == ("writing the answers", "running")
    assert en["run"]["started"]


@pytest.mark.parametrize(("seconds", "expected"), [(0, 0.5), (5, 1.0), (30, 2.0), (600, 5.0)])
def test_the_older_a_run_is_the_less_often_it_is_to_be_looked_at(
    bench: Bench, sheet: str, seconds: Any, expected: Any
) -> None:
    run_id = run_of(bench.ask(sheet))["run_id"]
    bench.clock.forward(seconds=seconds)

    assert bench.call("GET", f"/runs/{run_id}").get_json()["retry_after"] == expected


def test_a_run_that_ended_shows_its_result_to_who_looks_at_it_and_not_in_lists(
    bench: Bench, sheet: str
) -> None:
    run_id = run_of(bench.ask(sheet))["run_id"]
    ledger = bench.steward.ledger
    claimed = ledger.claim(run_id, "w1")
    assert claimed is not None
    ledger.keep_result(run_id, claimed.token, {"headline": {"zh": "好", "en": "fine"}})
    ended = replace(claimed, state=RunState.DONE, ended=bench.clock.now(), counts={"read": 3, "cells": 2})
    ledger.finish(ended, claimed.token)

    shown = bench.call("GET", f"/runs/{run_id}", name="wang").get_json()
    summary = bench.call("GET", f"/registers/{sheet}/summary").get_json()

    assert (shown["retry_after"], shown["run"]["state"]) == (0, "done")
    assert shown["run"]["result"] == {"headline": {"zh": "好", "en": "fine"}}
    assert shown["run"]["counts"] == {"read": 3, "cells": 2}
    assert summary["register"] == {"name": "shop", "spreadsheet_id": sheet, "role": "editor"}
    assert [run["result"] for run in summary["last_runs"]] == [None]
    assert summary["can_undo"] is None


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (RunState.REFUSED, "Nothing was written (tab-missing)."),
        (RunState.FAILED, "The run failed (tab-missing). Try again"),
        (RunState.PARTLY_DONE, "Not everything was done (tab-missing)."),
        (RunState.CANCELLED, "Cancelled."),
    ],
)
def test_a_run_that_did_not_end_well_says_so(bench: Bench, sheet: str, state: Any, word: Any) -> None:
    run_id = run_of(bench.ask(sheet))["run_id"]
    claimed = bench.steward.ledger.claim(run_id, "w1")
    assert claimed is not None
    ended = replace(claimed, state=state, ended=bench.clock.now(), message="tab-missing")
    bench.steward.ledger.finish(ended, claimed.token)

    run = run_of(bench.call("GET", f"/runs/{run_id}"))

    assert (run["state"], run["message"].startswith(word)) == (state.value, True)


def test_a_run_can_be_stopped_before_it_begins_and_is_asked_to_later(bench: Bench, sheet: str) -> None:
    waiting = run_of(bench.ask(sheet))["run_id"]
    stopped = bench.call("POST", f"/runs/{waiting}/cancel")
    running = run_of(bench.ask(sheet, idempotency_key="second-click"))["run_id"]
    bench.steward.ledger.claim(running, "w1")
    asked = bench.call("POST", f"/runs/{running}/cancel", {})

    assert (stopped.status_code, run_of(stopped)["state"]) == (202, "cancelled")
    assert (asked.status_code, run_of(asked)["state"]) == (202, "running")
    assert bench.steward.ledger.find(running).cancel_asked
    assert [line.action for line in bench.steward.audit.last(1)] == ["run-cancelled"]


def test_the_last_runs_are_those_of_the_register_alone(bench: Bench, sheet: str) -> None:
    other = bench.register("other")
    bench.grant(other, "editor")
    run_id = run_of(bench.ask(sheet))["run_id"]
    bench.ask(other, idempotency_key="elsewhere")

    summary = bench.call("GET", f"/registers/{sheet}/summary").get_json()

    assert [run["run_id"] for run in summary["last_runs"]] == [run_id]


def test_cards_that_were_looked_at_push_no_run_out_of_the_summary(bench: Bench, sheet: str) -> None:
    run_id = run_of(bench.ask(sheet))["run_id"]
    for row in range(2, 14):
        bench.ask(
            sheet, job="customer-card", arguments={"sheet_id": 0, "row": row}, idempotency_key=f"r{row}"
        )

    summary = bench.call("GET", f"/registers/{sheet}/summary").get_json()

    assert [run["run_id"] for run in summary["last_runs"]] == [run_id]


def test_the_process_says_that_it_lives_and_what_it_lacks(bench: Bench, sheet: str) -> None:
    alive = bench.web.get("/healthz")
    ready = bench.web.get("/readyz")
    bench.ask(sheet)
    bench.clock.forward(minutes=6)
    without_worker = bench.web.get("/readyz")

    assert (alive.status_code, alive.get_json()) == (200, {"ok": True})
    checks = {"store": True, "certificates": True, "workers": True}
    assert (ready.status_code, ready.get_json()) == (200, {"ok": True, "checks": checks})
    assert without_worker.status_code == 503
    assert without_worker.get_json() == {"ok": False, "checks": {**checks, "workers": False}}
