"""A register several agencies kept, as it came: imported and run from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared" / "truth" / "registers" / "chicago-childcare.csv"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"the register {FILE} is not on this machine")


@pytest.fixture(scope="module")
def steward(tmp_path_factory: Any) -> Any:
    environment = {**os.environ, "STEWARD_HOME": str(tmp_path_factory.mktemp("home")), "STEWARD_LANG": "en"}

    def run(*arguments: Any) -> Any:
        code = "import sys; from backend.cli import main; main(sys.argv[1:])"
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env=environment,
        )

    options = ("--preset", "b2b", "--map", "Site name=full_name", "--country", "US", "--area-code", "312")
    made = run("import", str(FILE), *options, "--json")
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["rows"] == 3_337
    return run


@pytest.fixture(scope="module")
def first(steward: Any) -> Any:
    return json.loads(steward("run", "validate-and-tier", "--json").stdout)


def test_every_row_is_read_and_answered(first: Any) -> None:
    assert (first["state"], first["counts"]) == (
        "done",
        {"read": 3_337, "changed": 3_337, "unchanged": 0, "conflicts": 0, "hidden": 0},
    )


def test_without_purchases_nobody_is_rated(first: Any) -> None:
    assert first["tiers"] == {"unrated": 3_337}


def test_a_phone_without_an_area_code_is_read_with_the_one_of_the_register(first: Any) -> None:
    assert first["issues"]["Customers.mobile"].get("error", 0) < 0.05 * 3_337


def test_the_same_sites_are_grouped(first: Any) -> None:
    assert first["duplicate_groups"] > 300


def test_at_most_ten_calls_are_made(first: Any) -> None:
    assert first["api_calls"] <= 10


def test_the_second_run_writes_nothing(steward: Any, first: Any) -> None:
    again = json.loads(steward("run", "validate-and-tier", "--json").stdout)

    assert (again["counts"]["changed"], again["api_calls"], again["duplicate_groups"]) == (
        0,
        2,
        first["duplicate_groups"],
    )
