"""The benchmark measures what it says, on a register that takes no time."""

from __future__ import annotations

from tests.benchmarks.run import measure


def test_a_first_and_a_second_run_are_measured() -> None:
    result = measure(60, 90)

    first, second = result["first run"], result["second run"]
    assert first["cells_written"] > 60
    assert second["cells_written"] == 0
    assert 0 < first["seconds_without_local_sheet"] <= first["seconds"]
