"""A run as a row of the store, and back."""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from backend.ports import RunProgress, RunRecord, RunState

if TYPE_CHECKING:
    from collections.abc import Mapping

_ELSEWHERE = ("arguments", "state", "progress", "counts")
_STORE_ONLY = ("work", "not_before", "lease_until", "most_attempts", "stage", "done", "total")


def row_of(run: RunRecord) -> dict[str, Any]:
    """Give the columns of a run that its record has."""
    names = [name for name in RunRecord.__dataclass_fields__ if name not in _ELSEWHERE]
    return {
        **{name: getattr(run, name) for name in names},
        "arguments": dict(run.arguments),
        "state": run.state.value,
        "counts": dict(run.counts),
        **progress_row(run.progress),
    }


def progress_row(progress: RunProgress) -> dict[str, Any]:
    """Give the columns of a progress."""
    return {"stage": progress.stage, "done": progress.done, "total": progress.total}


def record_of(row: Mapping[Any, Any]) -> RunRecord:
    """Give the record of a row."""
    values = {name: cell for name, cell in row.items() if name not in _STORE_ONLY}
    return RunRecord(
        **{
            **values,
            "arguments": MappingProxyType(row["arguments"]),
            "state": RunState(row["state"]),
            "counts": MappingProxyType(row["counts"]),
            "progress": RunProgress(stage=row["stage"], done=row["done"], total=row["total"]),
        }
    )


def work_of(run: RunRecord) -> str:
    """Give what two runs have in common that would do the same on one spreadsheet: 64 hexadecimal digits."""
    text = json.dumps([run.job, dict(run.arguments), run.preview], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
