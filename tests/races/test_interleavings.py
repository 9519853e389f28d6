"""People edit between any two calls of a run: nothing lands on the wrong customer, nothing typed is lost.

Each test is a share of the whole, so that the shares run side by side; the long series is `make bench-race`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.jobs.catalogue import find_job
from tests.races.mutants import naive
from tests.races.trial import ON_COLUMNS, Findings, interleaved, totals
from tests.races.undoing import undone

if TYPE_CHECKING:
    from tests.races.trial import Template

SHARES = 10
TRIALS = 50
"""Of two runs each: 1,000 interleavings in all."""


def share(number: int, trials: int) -> range:
    return range(number * trials, (number + 1) * trials)


def said(found: Findings) -> str:
    return f"{found.wrong} in {found.trials} trials: {found.lost[:3]}"


@pytest.mark.parametrize("number", range(SHARES))
def test_a_run_among_people_ends_right(thirty: Template, number: int) -> None:
    rate = (0.1, 0.5)[number % 2]

    found = totals(interleaved(thirty, seed, rate) for seed in share(number, TRIALS))

    assert found.wrong == {}, said(found)
    assert found.edits >= TRIALS // 2


def test_a_storm_is_survived_and_what_did_not_settle_is_listed(thirty: Template) -> None:
    found = totals(interleaved(thirty, seed, 2.0) for seed in range(12))

    watched = ("team_cells", "wrong_at_the_end", "wrote_again")
    assert {name: found.wrong.get(name, 0) for name in watched} == dict.fromkeys(watched, 0), said(found)


def test_a_row_that_is_edited_and_copied_after_the_write_is_not_said_to_be_done(thirty: Template) -> None:
    found = interleaved(thirty, 1134, 0.5)

    assert found.wrong == {}


def test_an_id_that_was_given_back_to_a_row_that_others_replaced_is_doubted(thirty: Template) -> None:
    found = interleaved(thirty, 1_000_898, 0.5)

    assert found.wrong == {}, said(found)


def test_a_block_left_behind_by_a_deleted_customer_gives_its_id_to_nobody(thirty: Template) -> None:
    found = interleaved(thirty, 3_000_403, 0.5, runs=6)

    assert found.wrong == {}, said(found)


def test_a_copy_of_a_row_apart_does_not_get_the_id_of_a_customer_who_is_gone(hundred: Template) -> None:
    found = interleaved(hundred, 50_000_328, 0.5)

    assert found.wrong == {}, said(found)


def test_a_larger_register_among_people(three_hundred: Template) -> None:
    found = totals(interleaved(three_hundred, seed, 0.5) for seed in range(6))

    assert found.wrong == {}, said(found)


def test_the_main_job_among_people(thirty: Template) -> None:
    job = find_job("validate-and-tier")

    found = totals(interleaved(thirty, seed, 0.3, job=job) for seed in range(25))

    assert {name: count for name, count in found.wrong.items() if name != "wrong_at_the_end"} == {}, said(
        found
    )


def test_people_who_move_and_insert_columns_stop_a_run_but_lose_nothing(thirty: Template) -> None:
    found = totals(interleaved(thirty, seed, 0.2, kinds=ON_COLUMNS) for seed in range(20))

    assert found.refused > 0
    assert found.ids_given_away == found.ids_twice == 0, said(found)


@pytest.mark.parametrize("number", range(5))
def test_a_faulty_line_and_people_at_once(thirty: Template, number: int) -> None:
    """2,500 faults in all."""
    found = Findings()
    for seed in share(number, 400):
        found.add(interleaved(thirty, seed, 0.1, fault_rate=0.3))
        if found.faults >= 500:
            break

    assert found.faults >= 500
    assert found.wrong == {}, said(found)


@pytest.mark.parametrize("number", range(8))
def test_an_undo_among_people_takes_back_what_the_run_wrote_and_nothing_else(
    thirty: Template, number: int
) -> None:
    """1,000 undos in all, three a trial unless people are faster."""
    found = totals(undone(thirty, seed, (0.05, 0.2)[number % 2]) for seed in share(number, 45))

    assert found.wrong == {}, said(found)


def test_a_row_that_was_copied_while_an_undo_wrote_it_can_be_undone_again(thirty: Template) -> None:
    found = undone(thirty, 5004, 0.5)

    assert found.wrong == {}


def test_a_copy_made_while_an_undo_wrote_is_undone_where_its_original_is_gone(thirty: Template) -> None:
    found = undone(thirty, 1_000_176, 0.5)

    assert found.wrong == {}


@pytest.mark.parametrize("seed", [5_000_145, 6_000_064])
def test_ids_that_an_undo_could_not_set_because_rows_moved_are_set_in_another_round(
    thirty: Template, seed: int
) -> None:
    found = undone(thirty, seed, 0.5)

    assert found.wrong == {}


def test_a_writer_that_trusts_row_numbers_is_wrong_in_a_tenth_of_its_runs(thirty: Template) -> None:
    with naive():
        found = [interleaved(thirty, seed, 0.5) for seed in range(40)]

    wrong = sum(bool(one.wrong) for one in found)
    assert wrong >= 8, f"{wrong} of 40 trials, of two runs each"
