"""values.append: the table a range means, and the rows after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Bench


def test_the_next_append_finds_the_table_longer_by_what_was_appended(bench: Bench) -> None:
    bench.write("A1", [["id", "name"], [1, "a"]])

    tables = [bench.append("Sheet1", [row])["tableRange"] for row in ([2, "b"], [3], [4, "c", "d"], [5])]
    bench.write("A7", [["", "", "beside"]])
    after_a_write = bench.append("A1", [[6]])["tableRange"]

    assert tables == ["Sheet1!A1:B2", "Sheet1!A1:B3", "Sheet1!A1:B4", "Sheet1!A1:C5"]
    assert after_a_write == "Sheet1!A1:C7"


def test_append_writes_over_what_follows_unless_rows_are_inserted(bench: Bench) -> None:
    bench.write("A1", [["t"], [""], ["foot"]])

    bench.append("A1", [["new"]], insertDataOption="INSERT_ROWS")
    assert bench.read("A1:A5") == [["t"], ["new"], [], ["foot"]]

    bench.append("A1", [["1"], ["2"]], insertDataOption="OVERWRITE")
    assert bench.read("A1:A5") == [["t"], ["new"], ["1"], ["2"]]
