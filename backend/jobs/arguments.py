"""What a job may be told to work on: rows of a sheet, or a run. Arguments are JSON and come from anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from backend.errors import JobArgumentsWrong

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST_ROW = 10_000_000
"""No sheet has more rows."""

LAST_SHEET_ID = 2**31 - 1
_LONGEST_RUN_ID = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows of one sheet, the first and the last included."""

    sheet_id: int
    first: int
    last: int


def no_arguments(job: str, arguments: Mapping[str, object]) -> None:
    """Take no arguments.

    Raises:
        JobArgumentsWrong: There are some.
    """
    _only(job, arguments, ())


def selected_rows(job: str, arguments: Mapping[str, object]) -> Selection:
    """Read `{"sheet_id": 0, "rows": [5, 9]}`.

    Raises:
        JobArgumentsWrong: They are not like that.
    """
    _only(job, arguments, ("sheet_id", "rows"))
    rows = arguments["rows"]
    if not isinstance(rows, list | tuple) or len(rows) != 2:  # noqa: PLR2004 - first and last
        raise JobArgumentsWrong(
            job, '"rows" is not the first and the last row, as in [5, 9]', "rows 应为首行和末行，例如 [5, 9]"
        )
    first, last = (_row(job, row) for row in rows)
    if first > last:
        raise JobArgumentsWrong(
            job, f"the first row ({first}) is below the last ({last})", f"首行（{first}）在末行（{last}）下面"
        )
    return Selection(sheet_id=_sheet_id(job, arguments["sheet_id"]), first=first, last=last)


def selected_row(job: str, arguments: Mapping[str, object]) -> Selection:
    """Read `{"sheet_id": 0, "row": 17}`.

    Raises:
        JobArgumentsWrong: They are not like that.
    """
    _only(job, arguments, ("sheet_id", "row"))
    row = _row(job, arguments["row"])
    return Selection(sheet_id=_sheet_id(job, arguments["sheet_id"]), first=row, last=row)


def run_to_undo(job: str, arguments: Mapping[str, object]) -> str:
    """Read `{"run_id": "20261122-0700-1a2b"}`.

    Raises:
        JobArgumentsWrong: They are not like that.
    """
    _only(job, arguments, ("run_id",))
    run_id = arguments["run_id"]
    if not isinstance(run_id, str) or not 0 < len(run_id) <= _LONGEST_RUN_ID:
        raise JobArgumentsWrong(job, '"run_id" is not the id of a run', "run_id 不是运行编号")
    return run_id


def _only(job: str, arguments: Mapping[str, object], names: tuple[str, ...]) -> None:
    if set(arguments) != set(names):
        wanted = ", ".join(names)
        en = f"it takes {wanted} and nothing else" if names else "it takes no arguments"
        raise JobArgumentsWrong(job, en, f"只接受 {wanted}" if names else "它不接受参数")


def _row(job: str, row: object) -> int:
    if not _is_whole(row) or not 1 <= row < LAST_ROW:
        raise JobArgumentsWrong(
            job, f"a row is a number from 1 to {LAST_ROW - 1:,}", f"行号应为 1 到 {LAST_ROW - 1:,} 的整数"
        )
    return row


def _sheet_id(job: str, sheet_id: object) -> int:
    if not _is_whole(sheet_id) or not 0 <= sheet_id <= LAST_SHEET_ID:
        raise JobArgumentsWrong(job, '"sheet_id" is not the number of a sheet', "sheet_id 不是工作表的编号")
    return sheet_id


def _is_whole(value: object) -> TypeGuard[int]:
    """Say whether a value is a whole number; JSON's true is none, though Python's is."""
    return isinstance(value, int) and not isinstance(value, bool)
