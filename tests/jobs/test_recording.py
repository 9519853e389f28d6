from typing import Any

from backend.jobs.recording import Progress, Recorder


def test_two_runs_of_one_minute_never_share_an_id(desk: Any) -> None:
    """Sixty runs of one minute draw the same four digits every fortieth time."""
    drawn = iter(["a1b2", "a1b2", "c3d4"])
    recorder = Recorder(ledger=desk.ledger, clock=desk.clock, draw=lambda: next(drawn))

    ids = []
    for spreadsheet in ("one", "two"):
        record = recorder.new_record("import", spreadsheet, "shop", requested_by="ann", preview=False)
        with recorder.recording(record, Progress()):
            ids.append(record.run_id)

    assert [run_id[-4:] for run_id in ids] == ["a1b2", "c3d4"]
