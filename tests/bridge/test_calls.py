"""What goes to the backend, and as whom."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.bridge.script import Script, refused, run, said

CLICK = {
    "job": "check-rows",
    "preview": True,
    "arguments": {"sheet_id": 7, "rows": [5, 9]},
    "key": "8f7a1c1e-0000-4000-8000-000000000001",
}
SHEET = "1AbCdEfGhIjKlMnOpQrStUvWxYz"
QUEUED = said({"ok": True, "run": run(), "joined": False}, 202)
PROOF = said({"ok": True, "nonce": "n-1", "key": "steward.proof", "expires_in": 300}, 201)
GRANTED = said({"ok": True, "role": "editor", "expires_in": 43200})
NEEDED = refused("proof-needed", 403)


def test_a_run_is_asked_for_as_the_person_with_the_key_of_the_click(opened: Callable[..., Script]) -> None:
    script = opened(locale="zh_CN")
    script.answers(QUEUED)

    answer = script.call("startRun", CLICK)

    sent = script.world("sent[0]")
    assert json.loads(sent.pop("payload")) == {
        "spreadsheet_id": SHEET,
        "job": "check-rows",
        "preview": True,
        "arguments": {"sheet_id": 7, "rows": [5, 9]},
        "idempotency_key": "8f7a1c1e-0000-4000-8000-000000000001",
    }
    assert sent == {
        "url": "https://steward.example.com/runs",
        "method": "post",
        "contentType": "application/json",
        "followRedirects": False,
        "muteHttpExceptions": True,
        "headers": {
            "Authorization": f"Bearer {script.world('token')}",
            "Accept": "application/json",
            "Accept-Language": "zh",
        },
    }
    assert (answer["ok"], answer["run"]["run_id"]) == (True, "20261122-0700-a1b2")


@pytest.mark.parametrize(
    ("name", "arguments", "sent"),
    [
        ("lookAtRun", ["20261122-0700-a1b2"], "get /runs/20261122-0700-a1b2"),
        ("lookAtRun", ["../x?y=1"], "get /runs/..%2Fx%3Fy%3D1"),
        ("stopRun", ["20261122-0700-a1b2"], "post /runs/20261122-0700-a1b2/cancel"),
        ("readRegister", [], f"get /registers/{SHEET}/summary"),
    ],
)
def test_each_call_is_one_request(script: Script, name: str, arguments: list[str], sent: str) -> None:
    script.answers(said({"ok": True, "run": run("running"), "retry_after": 2}))

    answer = script.call(name, *arguments)

    assert script.sent == [sent]
    assert answer == {"ok": True, "run": run("running"), "retry_after": 2}


def test_a_question_carries_no_body(script: Script) -> None:
    script.answers(said({"ok": True, "run": run()}))

    script.call("lookAtRun", "20261122-0700-a1b2")

    assert "payload" not in script.world("sent[0]")


def test_the_card_is_of_the_first_row_that_is_selected(script: Script) -> None:
    assert script.call("selectedRow") == {"ok": True, "arguments": {"sheet_id": 7, "row": 5}}


def test_a_start_is_alone_in_the_document(script: Script) -> None:
    script.answers(QUEUED)

    script.call("startRun", CLICK)

    assert script.world("locks") == ["taken", "released"]


def test_the_lock_is_given_back_when_the_backend_is_away(script: Script) -> None:
    script.answers("DNS error")

    script.call("startRun", CLICK)

    assert script.world("locks") == ["taken", "released"]


def test_a_start_beside_another_sends_nothing(script: Script) -> None:
    script.set(lockIsFree=False)

    answer = script.call("startRun", CLICK)

    assert script.world("sent") == []
    assert answer["failure"]["code"] == "start-busy"
    assert script.world("locks") == ["refused"]


def test_a_proof_is_given_once_and_the_call_made_again(script: Script) -> None:
    script.answers(NEEDED, PROOF, GRANTED, QUEUED)

    answer = script.call("startRun", CLICK)

    assert answer["ok"] is True
    assert script.sent == [
        "post /runs",
        f"post /registers/{SHEET}/proof",
        f"post /registers/{SHEET}/proof/check",
        "post /runs",
    ]
    assert script.world("sent[0].payload") == script.world("sent[3].payload")
    assert json.loads(script.world("sent[2].payload")) == {"nonce": "n-1"}
    assert script.world("spreadsheet.metadata") == [
        {"key": "steward.proof", "value": "n-1", "visibility": "DOCUMENT"}
    ]


def test_a_proof_is_not_given_twice_for_one_call(script: Script) -> None:
    script.answers(NEEDED, PROOF, GRANTED, NEEDED)

    answer = script.call("readRegister")

    assert answer["failure"]["code"] == "proof-needed"
    assert len(script.sent) == 4


def test_a_proof_that_fails_leaves_no_mark(script: Script) -> None:
    script.evaluate("world.spreadsheet.metadata.push({key: 'steward.proof', value: 'of somebody else'})")
    script.answers(NEEDED, PROOF, refused("role-missing", 403))

    answer = script.call("readRegister")

    assert answer["failure"]["code"] == "role-missing"
    assert script.world("spreadsheet.metadata") == [{"key": "steward.proof", "value": "of somebody else"}]


def test_who_may_only_view_the_sheet_is_told_so(script: Script) -> None:
    script.set(editor=False)
    script.answers(NEEDED, PROOF)

    answer = script.call("startRun", CLICK)

    assert answer["failure"]["code"] == "not-an-editor"
    assert answer["failure"]["detail"] == "Error: You do not have permission to edit this document."
    assert script.world("locks") == ["taken", "released"]


def token(**claims: Any) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.x"


def test_the_self_test_says_what_an_administrator_needs_and_names_nobody(script: Script) -> None:
    claims = {
        "iss": "https://accounts.google.com",
        "aud": "77.apps",
        "exp": 4_000_000_000,
        "email": "ann@a.cn",
    }
    script.set(token=token(**claims, sub="4711", email_verified=True, hd="公司.cn"))
    script.answers(said({"ok": True, "register": {"name": "客户", "role": "editor"}}))

    lines = script.call("runSelfTest").splitlines()

    assert "the script's client id (aud): 77.apps" in lines
    assert "company domain (hd): 公司.cn" in lines
    assert "writing document metadata: ok" in lines
    assert "document lock: ok" in lines
    assert [line for line in lines if line.startswith("answer of the backend: ok") and "editor" in line]
    assert not [line for line in lines if "ann@a.cn" in line or "4711" in line or "客户" in line]
    assert script.world("spreadsheet.metadata") == []


def test_the_self_test_goes_on_where_something_fails(script: Script) -> None:
    script.set(token=None, editor=False, lockIsFree=False)

    lines = script.call("runSelfTest").splitlines()

    assert [line.partition(": ")[2].split()[0] for line in lines[2:]] == [
        "failed",
        "failed",
        "failed",
        "ok",
        "failed",
    ]
    assert lines[-1].startswith("answer of the backend: failed no-identity")
