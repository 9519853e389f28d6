"""The service as a platform starts it: the real gunicorn with our settings."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Bench

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture
def served(bench: Bench) -> Iterator[Any]:
    """The process of gunicorn, its address and a bench it shares its home with."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], **bench.desk.environment()}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "backend/gunicorn.conf.py",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, "backend.wsgi:app"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            get(url, "/healthz")
            break
        except OSError:
            time.sleep(0.1)
    yield process, url, bench
    process.kill()
    process.communicate()


def get(url: str, path: str, token: str = "") -> tuple[int, Any]:
    request = urllib.request.Request(url + path, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - loopback
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as problem:
        return problem.code, json.load(problem)


def test_gunicorn_serves_it_logs_json_and_ends_when_it_is_told_to(served: Any) -> None:
    process, url, bench = served
    sheet = bench.register()
    bench.grant(sheet)

    shown = get(url, f"/registers/{sheet}/summary?canary=1", bench.token())
    unsigned = get(url, f"/registers/{sheet}/summary", "x" * 9000)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)

    assert (shown[0], shown[1]["register"]["role"]) == (200, "editor")
    assert (unsigned[0], unsigned[1]["error"]["code"]) == (401, "not-signed-in")
    lines = [json.loads(line) for line in out.splitlines()]
    assert {line["route"] for line in lines if line["message"] == "call"} == {
        "/healthz",
        "/registers/<spreadsheet_id>/summary",
    }
    assert process.returncode == 0
    assert "canary" not in out + err
    assert sheet not in out + err


@pytest.mark.parametrize("name", ["app.yaml", "worker.yaml"])
def test_what_app_engine_starts_is_there(name: Any) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "runtime: python313" in text
    assert "secure: always" in text
    for file in re.findall(r"[\w/.]+\.py\b", text):
        assert (ROOT / file).is_file()
    assert not re.search(r"KEY|TOKEN|postgres", text)
