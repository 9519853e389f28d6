"""`steward serve` and `steward worker` refuse to begin where they could not go on."""

from typing import Any

import pytest

from backend.cli.serving import APPLICATION, web_command, worker_command
from tests.servers import free_port


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_service_whose_store_would_not_last_is_refused(steward: Any, command: Any) -> None:
    said = steward(command, env={"K_SERVICE": "steward"})

    assert (said.code, said.out) == (2, "")
    assert "STEWARD_DATABASE_URL" in said.err
    assert "Cloud Run" in said.err


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize(
    ("variable", "scheme"), [("STEWARD_QUEUE_URL", "redis"), ("STEWARD_DATABASE_URL", "postgresql")]
)
def test_a_service_whose_store_or_queue_does_not_answer_is_refused(
    steward: Any, command: Any, variable: Any, scheme: Any
) -> None:
    said = steward(command, env={variable: f"{scheme}://:geheim@127.0.0.1:{free_port()}/0"})

    assert (said.code, variable in said.err, "geheim" in said.err) == (1, True, False)


def test_the_web_process_listens_where_it_is_told_to() -> None:
    command = web_command("0.0.0.0", 8080)  # noqa: S104 - nothing listens

    assert (command[1:3], command[-3:]) == (["-m", "gunicorn"], ["--bind", "0.0.0.0:8080", APPLICATION])
    assert worker_command()[-1] == "worker"
