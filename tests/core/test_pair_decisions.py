from __future__ import annotations

import pytest

from backend.core.duplicates import Decisions
from backend.core.pair_decisions import read_decisions
from tests.builders import TODAY, tab_read

ROWS = {"A": 2, "B": 3, "C": 4}


def line(a: str, b: str, decision: str) -> dict[str, str]:
    return {"row_id_a": a, "row_id_b": b, "decision": decision}


@pytest.mark.parametrize(
    ("written", "decisions"),
    [
        ("合并", Decisions(same=((2, 3),))),
        ("merge", Decisions(same=((2, 3),))),
        ("不是重复", Decisions(apart=((2, 3),))),
        ("related", Decisions(apart=((2, 3),))),
        ("以后再说", Decisions()),
        ("", Decisions()),
    ],
)
def test_a_decision_is_read_in_either_language(written: str, decisions: Decisions) -> None:
    assert read_decisions(tab_read("Duplicates", line("A", "B", written)), ROWS, today=TODAY) == (
        decisions,
        (),
    )


def test_a_decision_that_cannot_be_read_is_named_and_the_rest_applies() -> None:
    read = tab_read("Duplicates", line("A", "B", "perhaps"), line("B", "C", "merge"))

    decisions, issues = read_decisions(read, ROWS, today=TODAY)

    assert decisions == Decisions(same=((3, 4),))
    assert [(issue.row, issue.code, issue.message("en")) for issue in issues] == [
        (
            2,
            "decision-unreadable",
            'line 2 of Duplicates: the decision "perhaps" cannot be read; it is left out, the rest applies',
        )
    ]


def test_a_line_about_a_row_that_is_gone_says_nothing() -> None:
    read = tab_read("Duplicates", line("A", "gone", "merge"))

    assert read_decisions(read, ROWS, today=TODAY) == (Decisions(), ())


def test_a_register_without_the_tab_has_no_decisions() -> None:
    assert read_decisions(None, ROWS, today=TODAY) == (Decisions(), ())
