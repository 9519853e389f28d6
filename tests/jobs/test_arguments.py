from typing import Any

import pytest

from backend.errors import JobArgumentsWrong
from backend.jobs.arguments import Selection
from backend.jobs.catalogue import JOBS, UNDO, find_job

ROWS: Any = {"sheet_id": 0, "rows": [5, 9]}


def test_rows_and_a_row_are_read() -> None:
    assert [
        find_job("check-rows").read_arguments(ROWS),
        find_job("check-rows").read_arguments({"sheet_id": 7, "rows": (3, 3)}),
        find_job("customer-card").read_arguments({"sheet_id": 0, "row": 17}),
        UNDO.read_arguments({"run_id": "20261122-0700-1a2b"}),
    ] == [
        Selection(sheet_id=0, first=5, last=9),
        Selection(sheet_id=7, first=3, last=3),
        Selection(sheet_id=0, first=17, last=17),
        "20261122-0700-1a2b",
    ]


@pytest.mark.parametrize(
    "rows",
    [[9, 5], [5], [5, 6, 7], [], "5-9", 5, None, [True, 9], [5, False], [5.0, 9], ["5", "9"], [0, 9],
     [-1, 9], [5, 10**12], [None, None], {"first": 5, "last": 9}, [[5], [9]]],
)  # fmt: skip
def test_rows_that_are_none_are_refused(rows: Any) -> None:
    with pytest.raises(JobArgumentsWrong) as problem:
        find_job("check-rows").read_arguments({"sheet_id": 0, "rows": rows})

    assert (problem.value.code, problem.value.exit_code) == ("arguments-wrong", 3)
    assert ("check-rows" in problem.value.en, "check-rows" in problem.value.zh) == (True, True)


@pytest.mark.parametrize("row", [True, 0, -3, 1.5, "17", None, [17], 10**12])
def test_a_row_that_is_none_is_refused(row: Any) -> None:
    with pytest.raises(JobArgumentsWrong):
        find_job("customer-card").read_arguments({"sheet_id": 0, "row": row})


@pytest.mark.parametrize("sheet_id", [True, -1, 2**31, "0", None, 1.0])
def test_a_sheet_that_is_none_is_refused(sheet_id: Any) -> None:
    with pytest.raises(JobArgumentsWrong, match="sheet_id"):
        find_job("customer-card").read_arguments({"sheet_id": sheet_id, "row": 5})


@pytest.mark.parametrize("run_id", ["", None, 5, "x" * 101, ["a"]])
def test_a_run_that_is_none_is_refused(run_id: Any) -> None:
    with pytest.raises(JobArgumentsWrong, match="run_id"):
        UNDO.read_arguments({"run_id": run_id})


@pytest.mark.parametrize("job", [*JOBS, UNDO], ids=lambda job: job.name)
def test_no_job_takes_more_or_less_than_it_needs(job: Any) -> None:
    wanted: Any = {"check-rows": ROWS, "customer-card": {"sheet_id": 0, "row": 2}, "undo": {"run_id": "r"}}
    arguments = wanted.get(job.name, {})
    job.read_arguments(arguments)

    for wrong in ({**arguments, "role": "admin"}, dict(list(arguments.items())[1:]) or {"rows": [1, 2]}):
        with pytest.raises(JobArgumentsWrong):
            job.read_arguments(wrong)
