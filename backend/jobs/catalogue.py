"""Every job there is, by name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from backend.errors import JobUnknown
from backend.jobs.job import Job
from sheets_schema.model import Text

if TYPE_CHECKING:
    from backend.jobs.job import PlanFunction

JOBS: tuple[Job, ...] = (
    Job(
        name="validate-and-tier",
        label=Text(zh="检查并分级", en="Validate & Tier"),
        plan="backend.jobs.validate_and_tier.plan",
    ),
)


UNDO = Job(name="undo", label=Text(zh="撤销", en="Undo"), plan="backend.jobs.undo.plan")
"""Not among the others: it needs to be told which run."""


def find_job(name: str) -> Job:
    """Give the job of this name.

    Raises:
        JobUnknown: There is none.
    """
    for job in JOBS:
        if job.name == name:
            return job
    raise JobUnknown(name, [job.name for job in JOBS])


def load_plan(job: Job) -> PlanFunction:
    """Import the plan function of a job."""
    module, _, name = job.plan.rpartition(".")
    function: PlanFunction = getattr(importlib.import_module(module), name)
    return function
