"""What all runs share: ids nobody has, and a record of every end."""

from __future__ import annotations

from typing import Any

import pytest

from backend.errors import AccessDenied, StoppedMidway
from backend.jobs.recording import Progress, Recorder
from backend.ports import RunState


def recorder(desk: Any, *drawn: str) -> Recorder:
    return Recorder(ledger=desk.ledger, clock=desk.clock, draw=iter(drawn).__next__)


def new_record(of: Recorder, spreadsheet_id: str = "sheet") -> Any:
    record = of.new_record("import", spreadsheet_id, "shop", requested_by="ann", preview=False)
    return of.ledger.begin(record)


def test_an_id_that_a_run_of_this_minute_has_is_drawn_again(desk: Any) -> None:
    ours = recorder(desk, "aaaa", "aaaa", "aaaa", "bbbb", "aaaa")
    records = []
    for _ in range(2):
        record = new_record(ours)
        with ours.recording(record, Progress()):
            pass
        ours.end(record, state=RunState.DONE)
        records.append(record)
    desk.clock.forward(minutes=1)

    assert [one.run_id for one in (*records, new_record(ours))] == [
        "20261121-0700-aaaa",
        "20261121-0700-bbbb",
        "20261121-0701-aaaa",
    ]


@pytest.mark.parametrize(
    ("wrote", "raised", "state"),
    [(True, StoppedMidway, RunState.PARTLY_DONE), (False, AccessDenied, RunState.REFUSED)],
)
def test_an_end_says_whether_anything_was_written(desk: Any, wrote: Any, raised: Any, state: Any) -> None:
    ours, progress = recorder(desk, "aaaa"), Progress()
    record, reason = new_record(ours), "no"

    progress.wrote = wrote
    with pytest.raises(raised), ours.recording(record, progress):
        raise AccessDenied(reason)

    assert desk.ledger.find(record.run_id).state is state


def test_a_bug_is_recorded_by_its_name(desk: Any) -> None:
    ours = recorder(desk, "aaaa")
    record = new_record(ours)

    with pytest.raises(ZeroDivisionError), ours.recording(record, Progress()):
        raise ZeroDivisionError

    found = desk.ledger.find(record.run_id)
    assert (found.state, found.message) == (RunState.FAILED, "ZeroDivisionError")
