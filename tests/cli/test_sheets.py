"""`steward sheets serve` as a process of its own, and Steward in Google mode against it."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from backend.adapters.google.access import read_access
from backend.adapters.google.session import GoogleSession
from backend.localsheets import LocalSheets

ROOT = Path(__file__).parents[2]
STEWARD = (sys.executable, "-c", "from backend.cli import main; main()")
SECONDS = 60


class Serving:
    """A server in a process of its own, and commands of Steward that reach it."""

    def __init__(self, folder: Path, *options: str, language: str = "en") -> None:
        self.home = folder / "home"
        self.key = folder / "key.json"
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("STEWARD_", "LC_"))}
        self.environment = {**kept, "STEWARD_HOME": str(self.home), "STEWARD_LANG": language}
        command = [*STEWARD, "sheets", "serve", "--key-file", str(self.key), *options]
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line)
            if "Ctrl-C" in line:
                break
        found = re.search(r"STEWARD_SHEETS_URL=(\S+)", "".join(self.said))
        self.url = found[1] if found else ""

    def steward(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        reached = {"STEWARD_SHEETS_URL": self.url, "STEWARD_GOOGLE_CREDENTIALS": str(self.key)}
        return subprocess.run(  # noqa: S603 - our own program
            [*STEWARD, *arguments],
            cwd=ROOT,
            env={**self.environment, **reached},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    def session(self) -> requests.Session:
        return GoogleSession(read_access(str(self.key)), self.url)

    def end(self, how: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Give exit code, the rest of standard output, and standard error."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, out, err


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    opened: list[Serving] = []

    def serve(*options: str, **more: Any) -> Serving:
        opened.append(Serving(tmp_path, *options, **more))
        return opened[-1]

    yield serve
    for each in opened:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()


SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
LINES = [["姓名", "手机", "城市"], *[[f"客户{n}", f"1380013{n:04d}", "上海"] for n in range(1, 21)]]


def made(session: requests.Session, title: str = "客户表") -> str:
    """A team's own sheet, made by any client."""
    spreadsheet_id = str(session.post(SHEETS, json={"properties": {"title": title}}).json()["spreadsheetId"])
    url = f"{SHEETS}/{spreadsheet_id}/values/A1?valueInputOption=RAW"
    assert session.put(url, json={"values": LINES}).status_code == 200
    return spreadsheet_id


def test_a_sheet_is_taken_over_and_run_in_google_mode_and_lies_in_the_file(
    serving: Any, tmp_path: Path
) -> None:
    file = tmp_path / "served.db"
    server = serving("--file", str(file))
    with server.session() as session:
        spreadsheet_id = made(session)

    init = server.steward("init", spreadsheet_id, "--yes", "--register", "shop")
    ran = server.steward("run", "validate-and-tier", "--register", "shop", "--json")
    again = server.steward("run", "validate-and-tier", "--register", "shop", "--json")
    end = server.end()

    assert (init.returncode, ran.returncode, again.returncode) == (0, 0, 0), (init.stderr, ran.stderr)
    assert json.loads(ran.stdout)["counts"]["changed"] + json.loads(again.stdout)["counts"]["changed"] >= 20
    assert json.loads(again.stdout)["counts"]["changed"] == 0
    assert end[0] == 0
    assert re.search(r"Stopped\. \d+ requests were answered\.", end[1])
    assert end[2] == ""
    sheets = LocalSheets(file)
    book = sheets.book(spreadsheet_id)
    sheets.close()
    assert any(str(cell).startswith("C-") for row in book.sheets[0].rows for cell in row)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_and_what_it_was_asked_is_counted(serving: Any, how: Any) -> None:
    server = serving()
    with server.session() as session:
        made(session)

    assert server.end(how) == (0, "Stopped. 2 requests were answered.\n", "")


def test_the_key_file_is_for_its_owner_alone_and_is_made_anew(serving: Any) -> None:
    server = serving()
    first = server.key.read_text(encoding="utf-8")
    server.end()
    server.key.chmod(0o644)
    again = serving()

    assert stat.S_IMODE(again.key.stat().st_mode) == 0o600
    assert (
        json.loads(again.key.read_text(encoding="utf-8"))["private_key"] != json.loads(first)["private_key"]
    )
    assert json.loads(first)["type"] == "service_account"


def test_a_file_that_is_no_self_made_key_is_never_overwritten(serving: Any, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text('{"type": "service_account", "private_key_id": "real"}')

    server = serving()
    _, err = server.process.communicate(timeout=SECONDS)

    assert server.process.returncode == 2
    assert "a path where no other file stands" in err
    assert "real" in (tmp_path / "key.json").read_text()


def test_who_has_no_token_is_not_answered(serving: Any) -> None:
    server = serving()
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(f"{server.url}/v4/spreadsheets/x")

    assert answer.status_code == 401


def test_what_lies_in_the_file_is_named_at_the_start_in_chinese_too(serving: Any, tmp_path: Path) -> None:
    sheets = LocalSheets(tmp_path / "served.db")
    body = json.dumps({"properties": {"title": "登记表"}}).encode()
    spreadsheet_id = json.loads(sheets.handle("POST", SHEETS, body).body)["spreadsheetId"]
    sheets.close()

    server = serving("--file", str(tmp_path / "served.db"), language="zh")

    assert server.said[0] == f"表格服务地址：{server.url}（只有本机可以访问）\n"
    assert server.said[1] == f"  {spreadsheet_id}  登记表\n"
    assert server.end()[1] == "已停止。回答了 0 次请求。\n"


def test_with_quotas_the_sixty_first_read_of_a_minute_is_refused(serving: Any) -> None:
    server = serving("--quota")
    with server.session() as session:
        spreadsheet_id = made(session)
        began = time.monotonic()
        statuses = [session.get(f"{SHEETS}/{spreadsheet_id}/values/A1").status_code for _ in range(61)]

    assert time.monotonic() - began < 55
    assert statuses == [200] * 60 + [429]


def test_people_edit_what_is_served(serving: Any) -> None:
    server = serving("--editors", "7:2")
    with server.session() as session:
        spreadsheet_id = made(session)
        for _ in range(10):
            found = session.get(f"{SHEETS}/{spreadsheet_id}/values/Sheet1").json()["values"]

    assert found[0] == LINES[0]
    assert found != LINES


def test_faults_befall_what_is_served(serving: Any) -> None:
    server = serving("--faults", "1:0")
    with server.session() as session:
        assert made(session)
    server.end()
    harsh = serving("--faults", "4:1")
    with harsh.session() as session, pytest.raises((requests.RequestException, AssertionError, KeyError)):
        made(session)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--faults", "7"), 2, '"7" is not a seed and a rate, such as 7:0.1'),
        (("--faults", "7:1.5"), 2, "The rate of faults is 1.5; it has to lie between 0 and 1."),
        (("--editors", "7:99"), 2, "The rate of edits is 99.0; it has to lie between 0 and 20."),
        (("--editors", "x:1"), 2, '"x:1" is not a seed and a rate'),
        (("--port", "70000"), 2, "70000 is not in the range"),
    ],
)
def test_options_that_cannot_be_used_are_refused(
    serving: Any, tmp_path: Path, options: Any, code: Any, said: Any
) -> None:
    server = serving(*options)
    _, err = server.process.communicate(timeout=SECONDS)

    assert (server.process.returncode, said in " ".join(err.split())) == (code, True), err
    assert not (tmp_path / "key.json").exists()


def test_a_port_in_use_and_a_file_of_another_kind_are_said(serving: Any, tmp_path: Path) -> None:
    first = serving()
    (tmp_path / "letter.txt").write_text("Dear customer, this is a letter and no database. " * 100)

    taken = serving("--port", first.url.rpartition(":")[2])
    other = serving("--file", str(tmp_path / "letter.txt"))

    errors = [each.process.communicate(timeout=SECONDS)[1] for each in (taken, other)]
    assert [each.process.returncode for each in (taken, other)] == [2, 2]
    assert "should be a free port" in errors[0]
    assert "a file of spreadsheets, or a new one" in errors[1]
