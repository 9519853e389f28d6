"""values.append: the table a range means, and the rows after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bench

GUIDE = [["x", "y", "z"], ["x", "y", "z"], [], ["", "x", "y", "z"], ["", "x", "y", "z"], ["", "x", "y", "z"]]


# Source: Google's guide "Append values", the table of eight cases (facts page, row "append table detection").
@pytest.mark.parametrize(
    ("name", "table", "first"),
    [
        ("Sheet1", "Sheet1!B4:D6", "B7"),
        ("B4", "Sheet1!B4:D6", "B7"),
        ("C5:D5", "Sheet1!B4:D6", "B7"),
        ("B2:D4", "Sheet1!B4:D6", "B7"),
        ("A3:G10", "Sheet1!B4:D6", "B7"),
        ("A1", "Sheet1!A1:C2", "A3"),
        ("E4", None, "E4"),
        ("A4", None, "A4"),
    ],
)
def test_rows_go_after_the_table_the_range_means(
    bench: Bench, name: str, table: str | None, first: str
) -> None:
    bench.write("A1", GUIDE)

    answer = bench.append(name, [["new"]])

    assert answer.get("tableRange") == table
    assert answer["updates"]["updatedRange"] == f"Sheet1!{first}"


def test_the_next_append_finds_the_table_longer_by_what_was_appended(bench: Bench) -> None:
    bench.write("A1", [["id", "name"], [1, "a"]])

    tables = [bench.append("Sheet1", [row])["tableRange"] for row in ([2, "b"], [3], [4, "c", "d"], [5])]
    bench.write("A7", [["", "", "beside"]])
    after_a_write = bench.append("A1", [[6]])["tableRange"]

    assert tables == ["Sheet1!A1:B2", "Sheet1!A1:B3", "Sheet1!A1:B4", "Sheet1!A1:C5"]
    assert after_a_write == "Sheet1!A1:C7"


# Source: discovery document, insertDataOption (facts page, row "write outside grid").
def test_append_makes_the_grid_larger_where_it_has_to(bench: Bench) -> None:
    bench.write("A20", [["last"]])

    answer = bench.append("Sheet1", [["a"] * 12, ["b"]])

    assert answer["updates"]["updatedRange"] == "Sheet1!A21:L22"
    assert bench.sheet()["properties"]["gridProperties"] == {"rowCount": 22, "columnCount": 12}


def test_append_writes_over_what_follows_unless_rows_are_inserted(bench: Bench) -> None:
    bench.write("A1", [["t"], [""], ["foot"]])

    bench.append("A1", [["new"]], insertDataOption="INSERT_ROWS")
    assert bench.read("A1:A5") == [["t"], ["new"], [], ["foot"]]

    bench.append("A1", [["1"], ["2"]], insertDataOption="OVERWRITE")
    assert bench.read("A1:A5") == [["t"], ["new"], ["1"], ["2"]]
