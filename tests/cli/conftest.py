"""The command line as a person uses it: a home of its own, arguments in, exit code and text out."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from backend.cli import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="module")
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for each test file, and no language of the machine's."""
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(("STEWARD_", "LC_", "LANG", "COLUMNS"))]:
        del os.environ[name]
    os.environ["STEWARD_HOME"] = str(home)
    yield home
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def home(_environment: Path) -> Path:
    return _environment


@pytest.fixture(scope="module")
def steward(home: Path) -> Callable[..., Said]:
    """Runs a command; `env` holds more variables."""

    def run(*arguments: object, env: dict[str, str] | None = None) -> Said:
        out, err, code = StringIO(), StringIO(), 0
        os.environ.update(env or {})
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            for name in env or {}:
                del os.environ[name]
            os.environ["STEWARD_HOME"] = str(home)
        return Said(code=code, out=out.getvalue(), err=err.getvalue())

    return run
