"""kill -9 at every call of a run, before and after the call was carried out; then one run makes all good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.jobs.catalogue import find_job
from backend.localsheets.faults import Fault
from backend.localsheets.transport import ProcessKilledError
from tests.races.trial import BLOCK, NARROW, Trial

if TYPE_CHECKING:
    from backend.jobs.job import Job
    from tests.races.trial import Template

MOST_CALLS = 12
JOBS = (NARROW, find_job("validate-and-tier"))
CHANGED = b'{"values": [["somebody else"], ["somebody new"]]}'
NOT_COMPARED = (0, 4, 7, 8)
"""Columns of the block that hold ids, days and signatures: drawn anew by each run."""


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
@pytest.mark.parametrize("again", [False, True], ids=["first run", "later run"])
@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE_APPLY, Fault.KILLED_AFTER_APPLY])
def test_a_killed_run_is_finished_by_the_next(
    thirty: Template, fault: Fault, job: Job, *, again: bool
) -> None:
    whole = sheet_after(thirty, {}, job, again=again)

    kills = 0
    for number in range(1, MOST_CALLS):
        killed = sheet_after(thirty, {number: fault}, job, again=again)
        if killed is None:
            break
        kills += 1
        assert killed == whole, f"killed at call {number}"

    assert kills >= 4


def sheet_after(
    thirty: Template, script: dict[int, Fault], job: Job, *, again: bool
) -> list[list[str]] | None:
    """What stands there after a run that was killed and one that was not; None when there is no such call."""
    trial = Trial(thirty, 1, 0.0, script=script, job=job)
    try:
        if again:
            trial.run(trial.quiet)
            edit(trial)
        if script and not isinstance(trial.run(), ProcessKilledError):
            return None
        trial.run(trial.quiet)
        second = trial.run(trial.quiet)
        assert (second.state, second.counts["cells"]) == ("done", 0)
        cells = [[str(cell) for cell in row] for row in trial.people.sheet.rows]
        ids = [row[0] for row in cells[1:]]
        assert len(set(ids)) == len(ids) == 30
        return [[cell for place, cell in enumerate(row) if place not in NOT_COMPARED] for row in cells]
    finally:
        trial.close()


def edit(trial: Trial) -> None:
    """Give two customers another name."""
    column = trial.people.truth.place_of(trial.people.truth.anchor)
    assert column is not None
    assert column >= BLOCK
    cells = f"{chr(ord('A') + column)}4:{chr(ord('A') + column)}5"
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{trial.spreadsheet_id}/values/{cells}"
    answer = trial.made.server.handle("PUT", f"{url}?valueInputOption=RAW", CHANGED)
    assert answer.status == 200
