"""Merged cells: which hide cells of the team's, make headers unclear, or reach into the tool block."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from backend.core.checks.columns import find_merged_cells
from backend.core.merged import is_merged, merged_block, merged_data, merged_headers
from backend.core.seen import Area
from backend.core.snapshot import MOST_ROWS, joined
from tests.builders import customer, facts_of, sheet_read, tab_read

if TYPE_CHECKING:
    from backend.core.snapshot import TabRead

COLUMNS = ("row_id", "full_name", "mobile")


def area(name: str) -> Area:
    """Give a range in A1 notation, of one letter each."""
    first, last = name.split(":")
    columns = (ord(first[0]) - ord("A"), ord(last[0]) - ord("A") + 1)
    return Area(top=int(first[1:]) - 1, left=columns[0], bottom=int(last[1:]), right=columns[1])


def with_merged(*names: str) -> TabRead:
    read = tab_read("Customers", customer(), customer(), columns=COLUMNS)
    return replace(read, merges=tuple(map(area, names)))


@pytest.mark.parametrize(
    ("name", "data", "headers", "block"),
    [
        ("B2:B3", True, False, False),
        ("A2:B2", True, False, True),
        ("A2:A3", False, False, True),
        ("B1:C1", False, True, False),
        ("B1:B2", False, True, False),
        ("B1:B1", False, False, False),
        ("D2:E3", False, False, False),
        ("D1:E1", False, False, False),
    ],
)
def test_what_a_merged_range_hides(name: str, data: bool, headers: bool, block: bool) -> None:  # noqa: FBT001 - a table of answers
    read = with_merged(name)

    assert [bool(list(merged_data(read))), bool(merged_headers(read)), bool(merged_block(read))] == [
        data,
        headers,
        block,
    ]


def test_a_title_above_the_headers_may_be_merged() -> None:
    read = sheet_read("Customers", ["我们的客户"], ["客户名称", "手机号"], ["王小明", "13812348000"])
    read = replace(read, merges=(area("A1:B1"),))

    assert [list(merged_data(read)), merged_headers(read), merged_block(read)] == [[], None, None]


def test_a_header_over_a_blank_row_is_clear() -> None:
    rows = [["客户名称", "手机号"], ["", ""], ["王小明", "13812348000"]]
    read = replace(sheet_read("Customers", *rows), merges=(area("A1:A2"),))

    assert merged_headers(read) is None
    assert merged_headers(replace(read, merges=(area("A1:A3"),))) == area("A1:A3")


def test_every_cell_of_a_merged_range_belongs_to_it() -> None:
    read = with_merged("B2:B3")

    assert [is_merged(read, row, "full_name") for row in (1, 2, 3, 4)] == [False, True, True, False]
    assert not is_merged(read, 2, "mobile")


def test_it_is_named_once_at_the_first_row_that_holds_a_customer_in_whichever_sheet() -> None:
    both = joined([with_merged("C2:C2"), with_merged("B3:C3", "C9:C12")])

    found = list(find_merged_cells(facts_of(both)))

    assert [(one.row, one.column, dict(one.params)["range"]) for one in found] == [
        (2, "mobile", "C2:C2"),
        (MOST_ROWS + 3, "full_name", "B3:C3"),
    ]


def test_a_row_goes_below_the_cells_that_are_merged_with_the_last_one() -> None:
    assert [with_merged(name).last_row for name in ("B2:B2", "B3:B6", "B9:B12")] == [3, 6, 3]
