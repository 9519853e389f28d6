"""Every job there is, by name."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING

from backend.errors import JobUnknown
from backend.jobs.arguments import no_arguments, run_to_undo, selected_row, selected_rows
from backend.jobs.job import Job
from sheets_schema.model import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.jobs.job import PlanFunction


def _job(
    name: str,
    zh: str,
    en: str,
    read_arguments: Callable[[str, Mapping[str, object]], object] = no_arguments,
    *,
    only_reads: bool = False,
) -> Job:
    """Give the job whose plan function stands in the module of its name."""
    return Job(
        name=name,
        label=Text(zh=zh, en=en),
        plan=f"backend.jobs.{name.replace('-', '_')}.plan",
        read_arguments=partial(read_arguments, name),
        only_reads=only_reads,
    )


JOBS: tuple[Job, ...] = (
    _job("validate-and-tier", "检查并分级", "Validate & Tier"),
    _job("check-rows", "检查选中的行", "Check selected rows", selected_rows),
    _job("find-duplicates", "查找重复", "Find duplicates"),
    _job("customer-card", "客户卡片", "Customer card", selected_row, only_reads=True),
)


UNDO = _job("undo", "撤销", "Undo", run_to_undo)
"""Not among the others: it is carried out with what the journal holds of a run."""


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
