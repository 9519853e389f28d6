"""Lines of the Archive tab: which of them are right, and where their cells go when they come back."""

from __future__ import annotations

from typing import Any

import pytest

from backend.core.archived import COPY, keys, lines_in, proof, spans
from sheets_schema.tabs.archive import ARCHIVE

HEADERS = ("行号标识", "客户名称", "熟人", "")
ROW = ("C-1", "王", "yes", 7)


def line(**cells: str) -> list[str]:
    return [cells.get(column.id, "") for column in ARCHIVE.columns]


def lines(*copy: Any, row_id: str = "C-1", headers: Any = HEADERS, state: str = "checking b:0:4") -> Any:
    own = line(row_id=row_id, place="b:0:4", proof=proof(HEADERS, ROW), state=state)
    return lines_in([["行号标识"], line(place="b:0:headers") + list(headers), own + list(copy)], 1)


def test_a_line_is_right_when_its_copy_is_the_row_as_it_was_to_be() -> None:
    head, found = lines(*ROW)

    assert (head.is_headers, found.is_headers, found.batch, found.sheet_id, found.came_from) == (
        True,
        False,
        "b",
        0,
        4,
    )
    assert (found.row, found.copy, found.is_right, found.is_verified) == (3, ROW, True, False)


@pytest.mark.parametrize(
    "copy", [("C-2", *ROW[1:]), ("C-1", "李", "yes", 7), ROW[:3], (*ROW[:3], "7"), (*ROW, "more"), ()]
)
def test_a_line_with_another_copy_is_wrong(copy: Any) -> None:
    assert not lines(*copy)[1].is_right


def test_a_line_whose_headers_are_not_known_is_wrong() -> None:
    assert not lines(*ROW, headers=("王", "x"))[1].is_right
    assert not lines_in([["行号标识"], [*line(place="b:0:4", row_id="C-1"), *ROW]], 1)[0].is_right


def test_what_steward_did_not_write_is_no_line() -> None:
    assert lines_in([["行号标识"], ["mine"], [""] * COPY + ["x"]], 1) == []


def test_a_column_that_moves_changes_no_proof_and_a_value_under_another_header_does() -> None:
    moved = ("熟人", "行号标识", "客户名称", "")

    assert proof(moved, ("yes", "C-1", "王", 7)) == proof(HEADERS, ROW)
    assert proof(moved, ("王", "C-1", "yes", 7)) != proof(HEADERS, ROW)


def test_equal_headers_are_told_apart_by_their_order() -> None:
    assert keys(("a", "b", "a"), 4) == [("a", 0), ("b", 0), ("a", 1), ("", 0)]


SPANS: dict[str, tuple[Any, Any, Any]] = {
    "as it was": ("abc", "abc", [(0, 0, 4)]),
    "a new column": ("abc", "axbc", [(0, 0, 1), (1, 2, 2)]),
    "a column gone": ("abc", "ac", [(0, 0, 1), (2, 1, 2)]),
    "moved": ("abc", "cab", [(2, 0, 1), (0, 1, 2), (3, 3, 1)]),
    "not known": ("", "abc", [(0, 0, 4)]),
}


@pytest.mark.parametrize("case", SPANS)
def test_cells_go_under_the_header_they_stood_under(case: str) -> None:
    then, now, expected = SPANS[case]

    assert spans(tuple(then), tuple(now), 4) == expected
