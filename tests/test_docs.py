"""Everything a person can meet is named in the guide."""

from pathlib import Path
from typing import Any

import click
import pytest

from backend import errors
from backend.cli.main import COMMANDS, steward
from backend.core.guide import reference_page
from backend.core.team_settings import SETTINGS
from backend.core.wording import WORDS
from backend.jobs.catalogue import JOBS
from backend.settings import KNOWN
from sheets_schema.presets import TABS

ROOT = Path(__file__).parents[1]
GUIDE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    if path.exists()
)


def commands() -> Any:
    """Name and command of each, those in groups too."""
    context = click.Context(steward)
    for name in COMMANDS:
        command = steward.get_command(context, name)
        inner = command.commands if isinstance(command, click.Group) else {}
        yield name, command
        yield from ((f"{name} {each}", inner[each]) for each in inner)


def options() -> Any:
    for name, command in commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, option) for option in parameter.opts if option.startswith("--"))


def error_codes() -> Any:
    kinds = [getattr(errors, name) for name in errors.__all__]
    return sorted({kind.code for kind in kinds if not kind.__subclasses__()})


@pytest.mark.parametrize("command", sorted(name for name, _ in commands()))
def test_every_command_is_in_the_guide(command: Any) -> None:
    assert f"steward {command}" in GUIDE


@pytest.mark.parametrize(("command", "option"), sorted(set(options())))
def test_every_option_is_in_the_guide(command: Any, option: Any) -> None:
    assert (command, option in GUIDE) == (command, True)


@pytest.mark.parametrize("job", [job.name for job in JOBS])
def test_every_job_is_in_the_guide(job: Any) -> None:
    assert job in GUIDE


@pytest.mark.parametrize("variable", KNOWN)
def test_every_variable_is_in_the_guide(variable: Any) -> None:
    assert variable in GUIDE


@pytest.mark.parametrize("key", [setting.key for setting in SETTINGS])
def test_every_setting_is_in_the_guide(key: Any) -> None:
    assert f"`{key}`" in GUIDE


@pytest.mark.parametrize("code", sorted(code for code, words in WORDS.items() if words.severity))
def test_every_code_of_a_problem_is_in_the_guide(code: Any) -> None:
    assert f"`{code}`" in GUIDE


@pytest.mark.parametrize("code", error_codes())
def test_every_code_of_an_error_is_in_the_guide(code: Any) -> None:
    assert f"`{code}`" in GUIDE


@pytest.mark.parametrize(
    ("tab_id", "column"), [(tab.id, column.id) for tab in TABS for column in tab if tab.id == "Customers"]
)
def test_every_column_of_customers_is_in_the_guide(tab_id: Any, column: Any) -> None:
    assert (tab_id, f"`{column}`" in GUIDE) == (tab_id, True)


def test_the_reference_is_what_the_product_says_today() -> None:
    written = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")

    assert written == reference_page(), "run: steward guide --out docs"
