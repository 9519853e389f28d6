import subprocess
import sys
from typing import Any

import pytest

from backend.errors import JobUnknown
from backend.jobs.catalogue import JOBS, find_job, load_plan


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_has_a_plan_function(job: Any) -> None:
    assert callable(load_plan(job))


def test_a_job_is_found_by_its_name() -> None:
    assert [find_job(job.name) for job in JOBS] == list(JOBS)


def test_an_unknown_job_is_answered_with_those_there_are() -> None:
    with pytest.raises(JobUnknown, match=r'no job "tidy".*validate-and-tier'):
        find_job("tidy")


def test_naming_a_job_does_not_import_pandas() -> None:
    code = "import sys, backend.jobs.catalogue; print('pandas' in sys.modules)"

    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own code

    assert answer.stdout == "False\n"
