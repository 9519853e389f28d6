"""Rows that were cut and come back later: what stands in Steward's columns says whose they are."""

from typing import Any

from sheets_schema.headers import column_letters


def test_a_row_that_was_cut_and_is_pasted_back_next_week_is_the_customer_it_was(
    desk: Any, people: Any
) -> None:
    register = desk.make(people(3))
    desk.run(register)
    who = desk.person(register)
    cut = who.rows()[2]
    who.delete("ROWS", 3)
    desk.clock.forward(days=7)
    desk.run(register)

    who.insert("ROWS", 2)
    for place, cell in enumerate(cut):
        if cell != "":
            who.type_at(f"{column_letters(place)}2", cell)
    outcome = desk.run(register)

    assert (who.rows()[1], outcome.counts["cells"], str(outcome.state)) == (cut, 0, "done")
