import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from backend.json_log import write_log


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    root, requests = logging.getLogger(), logging.getLogger("urllib3")
    before = root.handlers[:], root.level, requests.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    requests.setLevel(before[2])


def test_a_line_is_an_object_with_what_is_known_of_the_run() -> None:
    stream = io.StringIO()
    write_log(stream)

    about = {"run_id": "r1", "job": "undo", "attempt": 2}
    logging.getLogger("backend.jobs").warning("run %s\nended", "r1", extra=about)
    logging.getLogger("urllib3").info("https://sheets/secret-id")

    (line,) = stream.getvalue().splitlines()
    said: dict[str, Any] = json.loads(line)
    assert said.pop("time").endswith("+00:00")
    assert said == {"severity": "WARNING", "logger": "backend.jobs", "message": "run r1\nended", **about}


def test_of_an_error_stands_where_it_was_raised_and_not_what_it_says() -> None:
    stream = io.StringIO()
    write_log(stream)

    def of_ours() -> None:
        message = "张三 13812348000"
        raise ValueError(message)

    try:
        of_ours()
    except ValueError:
        logging.getLogger("x").exception("failure")

    said = json.loads(stream.getvalue())
    assert (said["error"], said["severity"]) == ("ValueError", "ERROR")
    assert said["frames"][-1].endswith("of_ours")
    assert "13812348000" not in stream.getvalue()
    assert len(stream.getvalue().splitlines()) == 1


def test_on_a_terminal_it_is_plain() -> None:
    stream = Terminal()
    write_log(stream)

    logging.getLogger("x").info("hello")

    assert stream.getvalue().endswith("INFO x hello\n")
