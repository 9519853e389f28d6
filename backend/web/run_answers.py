"""A run as the service shows it, in the language of whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.wording import WORDS, say
from backend.ports import RunState

if TYPE_CHECKING:
    from datetime import datetime

    from backend.ports import RunRecord
    from backend.web.call import Call

WAITING = (RunState.QUEUED, RunState.RUNNING)
"""States in which a run has not ended."""

_LOOK_AGAIN = ((3.0, 0.5), (10.0, 1.0), (60.0, 2.0))
"""How old a run is at most, in seconds, and after how many to look at it again."""

_SELDOM = 5.0


def run_answer(run: RunRecord, call: Call, *, with_result: bool = False) -> dict[str, Any]:
    """Give the fields of a run; its result, which holds cells of customers, only where it is asked for."""
    stage = run.progress.stage
    has_ended = run.state not in WAITING
    return {
        "run_id": run.run_id,
        "job": run.job,
        "state": run.state.value,
        "preview": run.preview,
        "created": _text(run.created),
        "started": None if run.state is RunState.QUEUED else _text(run.started),
        "ended": run.ended and _text(run.ended),
        "requested_by": run.requested_by,
        "progress": {
            "stage": stage,
            "stage_text": say(stage, call.language) if stage in WORDS else "",
            "done": run.progress.done,
            "total": run.progress.total,
        },
        "counts": dict(run.counts),
        "message": _message(run, call),
        "result": _result(run, call) if with_result and has_ended else None,
    }


def retry_after(run: RunRecord, call: Call) -> float:
    """Give after how many seconds to look at a run again; 0 when it has ended."""
    if run.state not in WAITING:
        return 0.0
    age = (call.steward.clock.now() - run.created).total_seconds()
    return next((seconds for most, seconds in _LOOK_AGAIN if age < most), _SELDOM)


def _result(run: RunRecord, call: Call) -> dict[str, Any] | None:
    result = call.steward.ledger.result(run.run_id)
    return None if result is None else dict(result)


def _message(run: RunRecord, call: Call) -> str:
    """Give why a run did not end well; '' when it did, or has not ended."""
    if run.state in (*WAITING, RunState.DONE):
        return ""
    reason = f" ({run.message})" if run.message else ""
    return say(f"http-run-{run.state}", call.language, reason=reason)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
