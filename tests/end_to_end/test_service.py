"""One click, followed: `steward serve` as a person starts it, HTTP as the menu calls it, a real run."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STEWARD = [sys.executable, "-c", "from backend.cli import main; main()"]
PATIENCE_SECONDS = 90


@pytest.fixture(scope="module")
def home(tmp_path_factory: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("service")
    return folder


@pytest.fixture(scope="module")
def steward(home: Path) -> Callable[..., str]:
    """Runs a command in a process of its own; gives what it says."""

    def run(*arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own program
            [*STEWARD, *arguments],
            cwd=ROOT,
            env=environment(home),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "STEWARD_HOME": str(home), "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def served(home: Path, steward: Any) -> Iterator[Any]:
    """The process and its address; it serves a register of 41 customers."""
    file = home / "shop.csv"
    lines = [f"客户{number},138123480{number:02d}" for number in range(40)]
    file.write_text("\n".join(["姓名,手机", *lines, "坏号码,12"]), encoding="utf-8")
    steward("import", str(file), "--preset", "retail", "--register", "shop")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*STEWARD, "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.communicate()


def call(url: str, token: str, method: str, path: str, body: Any = None) -> Any:
    """Call as the menu does: a connection of its own, status and JSON."""
    data = None if body is None else json.dumps(body).encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Accept-Language": "zh",
    }
    request = urllib.request.Request(url + path, data, headers, method=method)  # noqa: S310 - loopback
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as problem:
        return problem.code, json.load(problem)


def until(ask: Callable[[], Any]) -> Any:
    """Ask until there is an answer."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            if answer := ask():
                return answer
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail("no answer in time")


def test_a_click_is_carried_out_shown_and_undone(served: Any, steward: Any, home: Path) -> None:
    process, url = served
    token = steward("token", "li@example.com").strip()
    until(lambda: call(url, token, "GET", "/healthz")[0] == 200)
    sheet = spreadsheet_of(home)

    unproven = call(url, token, "GET", f"/registers/{sheet}/summary")
    steward("grant", "add", "li@example.com", "editor", "--register", "shop")
    click = {"spreadsheet_id": sheet, "job": "validate-and-tier", "idempotency_key": "click-0001"}
    asked = call(url, token, "POST", "/runs", click)
    path = f"/runs/{asked[1]['run']['run_id']}"
    done = until(lambda: ended(call(url, token, "GET", path)[1]))
    summary = call(url, token, "GET", f"/registers/{sheet}/summary")[1]
    undo = {
        **click,
        "job": "undo",
        "arguments": {"run_id": summary["can_undo"]},
        "idempotency_key": "click-0002",
    }
    undone = call(url, token, "POST", "/runs", undo)
    after = until(lambda: ended(call(url, token, "GET", f"/runs/{undone[1]['run']['run_id']}")[1]))
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)

    assert (unproven[0], unproven[1]["error"]["code"]) == (403, "proof-needed")
    assert (asked[0], asked[1]["joined"]) == (202, False)
    assert (done["state"], done["counts"]["read"], done["requested_by"]) == ("done", 41, "li@example.com")
    assert done["result"]["headline"]["zh"]
    assert summary["can_undo"] == done["run_id"]
    assert (undone[0], after["state"], after["counts"]["cells"] > 0) == (202, "done", True)
    assert process.returncode == 0
    assert "steward token" in out
    for secret in (token[-30:], "13812348", "li@example.com", sheet):
        assert secret not in out + err


def spreadsheet_of(home: Path) -> str:
    """The id of the only spreadsheet there is."""
    with sqlite3.connect(home / "sheets.db") as connection:
        (found,) = connection.execute("SELECT id FROM spreadsheets").fetchone()
    connection.close()
    return str(found)


def ended(body: Any) -> Any:
    """The run, once it has ended."""
    run = body["run"]
    return run if run["state"] not in {"queued", "running"} else None
