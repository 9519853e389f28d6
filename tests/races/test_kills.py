"""kill -9 at every call of a run, before and after the call was carried out; then one run makes all good."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from backend.jobs.catalogue import find_job
from backend.localsheets.faults import Fault, Faults
from backend.localsheets.faulty import FaultyService
from backend.localsheets.transport import ProcessKilledError
from backend.ports import RunState
from tests.conftest import Desk
from tests.jobs.test_undo_import import NEW, Between, archived, by_id, imported
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


class Interrupted:
    """A register, and an import into it or the undo of one that is killed; then one run of the main job."""

    def __init__(self, people: Any, deed: str, *, moved: bool) -> None:
        self.deed = deed
        self.desk = Desk()
        self.team = people(5, {4: {"notes": "stands"}})
        self.register = self.desk.make(self.team)
        self.desk.run(self.register)
        if deed == "undo":
            self.run_id = imported(self.desk, self.register, self.team).run_id
        person, server = self.desk.person(self.register), self.desk.server
        self.line: Any = Between(server, lambda: person.insert("ROWS", 4)) if moved else server

    def act(self, faults: dict[int, Fault]) -> int:
        """Import or undo until it is killed; give the calls it made."""
        faulty = self.desk.wire.server = FaultyService(self.line, Faults.scripted(faults))
        try:
            if self.deed == "undo":
                self.desk.undo(self.run_id, self.register)
            else:
                imported(self.desk, self.register, self.team)
        except ProcessKilledError:
            self.desk.clock.forward(minutes=30)
        self.desk.wire.server = self.desk.server
        return faulty.calls

    def misplaced(self) -> list[str]:
        """Say what is not whole: marks, open lines of the archive, rows that are gone or stand twice."""
        rows = by_id(self.desk, self.register).values()
        here = Counter(cell for row in rows for cell in row if cell in NAMES)
        lines = archived(self.desk, self.register) if "Archive" in self.register.read_raw()[-1].title else []
        there = Counter(cell for line in lines if line[0] for cell in line[11:] if cell in NAMES)
        team = {one["full_name"] for one in self.team}
        names = {str(cell) for row in rows for cell in row}
        return [
            *(f"{name} is gone" for name in team - names),
            *(f"{name} is in the archive" for name in team for line in lines if name in line),
            *(f"{name} stands twice" for name, count in (here + there).items() if count > 1),
            *(f"{name} is nowhere" for name in NAMES - {*here, *there} if self.deed == "undo"),
            *(f"mark {cell}" for row in rows for cell in row if str(cell).startswith("Steward:")),
            *(f"unjudged {line[10]}" for line in lines if line[10]),
        ]

    def close(self) -> None:
        self.desk.server.close()
        self.desk.ledger.engine.dispose()


NAMES = {row[1] for row in NEW}


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE_APPLY, Fault.KILLED_AFTER_APPLY])
@pytest.mark.parametrize(("deed", "moved"), [("import", False), ("undo", False), ("undo", True)])
def test_after_a_killed_import_or_undo_any_run_makes_the_sheet_whole(
    people: Any, deed: str, fault: Fault, *, moved: bool
) -> None:
    whole = Interrupted(people, deed, moved=moved)
    calls = whole.act({})
    assert whole.misplaced() == []
    whole.close()
    halfway = 0
    for number in range(3, calls + 1):
        one = Interrupted(people, deed, moved=moved)
        one.act({number: fault})
        halfway += bool(one.misplaced())
        assert one.desk.run(one.register).state is RunState.DONE
        assert one.misplaced() == [], f"killed at call {number}"
        assert one.desk.run(one.register).counts["cells"] == 0
        one.close()
    assert (calls >= 8, halfway > 0) == (True, True)
