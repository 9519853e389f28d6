from __future__ import annotations

from typing import Any

import pytest

from backend.core.checks.facts import read_table
from backend.core.filling import Fillable, fillable
from backend.core.guarded_change import GuardedChange
from backend.core.incoming import FileRows, judge_file
from backend.core.team_settings import defaults
from tests.builders import TODAY, tab_of, tab_read

CUSTOMERS = tab_of("Customers")
NAMES = ("customer_id", "full_name", "mobile", "birth_date", "total_amount", "notes", "row_id")


def found(there: Any, *rows: Any) -> Fillable:
    register = read_table(
        tab_read("Customers", *(dict(zip(NAMES, row, strict=True)) for row in there), columns=NAMES),
        defaults(),
        today=TODAY,
    )
    fields = NAMES[:-1]
    file = FileRows.of(fields, [list(row) for row in rows], fields=fields)
    return fillable(judge_file(CUSTOMERS, file, register, defaults(), today=TODAY), register)


BLANK = ("K1", "王五", "", "", "", "", "C-1")
CASES = {
    "a phone stays text": (("13700137000", "", "", ""), ("mobile", "13700137000", True, ("13700137000",))),
    "a phone that a file holds as a number": (
        (13_700_137_000, "", "", ""),
        ("mobile", "13700137000", True, ("13700137000",)),
    ),
    "a date may become one": (
        ("", "1990/5/7", "", ""),
        ("birth_date", "1990-05-07", False, ("1990-05-07", 33_000)),
    ),
    "a serial date": (("", 33_000, "", ""), ("birth_date", "1990-05-07", False, ("1990-05-07", 33_000))),
    "an amount may become a number": (
        ("", "", "12.50", ""),
        ("total_amount", "12.50", False, ("12.50", 12.5)),
    ),
    "an amount in a person's spelling": (
        ("", "", "￥1,234", ""),
        ("total_amount", "￥1,234", True, ("￥1,234",)),
    ),
    "plain words": (("", "", "", "喜欢红色"), ("notes", "喜欢红色", False, ("喜欢红色",))),
    "words with a digit": (("", "", "", "1-2"), ("notes", "1-2", True, ("1-2",))),
    "a word that is a value": (("", "", "", "True"), ("notes", "True", True, ("True",))),
}


@pytest.mark.parametrize("case", CASES)
def test_a_blank_cell_gets_what_the_file_knows(case: Any) -> None:
    cells, (column, text, as_text, stands_as) = CASES[case]

    assert found([BLANK], ("K1", "王五", *cells)) == Fillable(
        fills=(GuardedChange(row_id="C-1", column=column, text=text, as_text=as_text, stands_as=stands_as),),
        left=(),
    )


LEFT = {
    "a customer without a row id": ([("K1", "王五", "", "", "", "", "")], ["x"]),
    "customers with the same row id": ([BLANK, ("K2", "赵六", "1", "", "", "", "C-1")], ["x"]),
    "a formula": ([BLANK], ["=1+1"]),
    "two rows of the file that disagree": ([BLANK], ["x", "y"]),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_cannot_be_written_is_named_by_its_row(case: Any) -> None:
    there, notes = LEFT[case]

    told = found(there, *(("K1", "王五", "", "", "", note) for note in notes))

    assert told == Fillable(fills=(), left=tuple(range(2, 2 + len(notes))))


def test_rows_of_the_file_that_agree_fill_a_cell_once() -> None:
    told = found([BLANK], ("K1", "王五", "", "", "", "x"), ("K1", "王五", "13700137000", "", "", "x"))

    assert [(fill.column, fill.text) for fill in told.fills] == [("notes", "x"), ("mobile", "13700137000")]


def test_a_row_that_contradicts_the_register_fills_nothing() -> None:
    there = ("K1", "王五", "13511112222", "", "", "", "C-1")

    assert found([there], ("K1", "王五", "13700137000", "", "", "x")) == Fillable(fills=(), left=())
