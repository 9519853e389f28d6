"""What is wrong in a sheet, and the sentence a person reads beside it."""

from typing import Any

import pytest

from backend.ports import RunState
from sheets_schema.model import Language


def about(outcome: Any, tab: Any = "Customers") -> Any:
    return [
        (int(issue.row), issue.column, issue.code, issue.message(Language.EN))
        for issue in outcome.issues
        if issue.tab == tab
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"mobile": 13800007919}, []),
        ({"mobile": "#REF!"}, ["mobile"]),
        ({"mobile": 1.38e20}, ["mobile"]),
        ({"notes": "长" * 50_000}, []),
        ({"full_name": "名" * 50_000}, ["full_name"]),
        ({"full_name": "\u200b \u3000"}, ["full_name"]),
        ({"email": "\ud800@x"}, ["email"]),
    ],
)
def test_a_bad_cell_is_named_and_the_run_goes_on(desk: Any, people: Any, cells: Any, expected: Any) -> None:
    register = desk.make(people(3, {1: cells}))
    team = desk.person(register).team_rows()

    outcome = desk.run(register)

    assert (outcome.state, [column for _, column, *_ in about(outcome)]) == (RunState.DONE, expected)
    assert desk.person(register).team_rows() == team
    assert desk.run(register).counts["cells"] == 0


def test_a_column_of_errors_is_unknown_not_blank_and_not_wrong(desk: Any, people: Any) -> None:
    register = desk.make(people(40, {n: {"mobile": "#REF!"} for n in range(1, 41)}))

    outcome = desk.run(register)

    found = [(row, code) for row, column, code, _ in about(outcome) if column == "mobile"]
    assert (outcome.state, found) == (RunState.DONE, [(0, "column-broken")])


def test_a_settings_line_that_cannot_be_read_is_named_and_its_default_applies(desk: Any, people: Any) -> None:
    lines = [{"key": "area_code", "value": "Chicago"}, {"key": "colour", "value": "red"}]
    register = desk.make(people(2), Settings=lines)

    outcome = desk.run(register)

    rows = [(row, code) for row, _, code, _ in about(outcome, "Settings")]
    text = " ".join(message for *_, message in about(outcome, "Settings"))
    assert (outcome.state, rows) == (
        RunState.DONE,
        [(2, "setting-unreadable"), (3, "setting-unknown")],
    )
    assert ("area_code" in text, "colour" in text) == (True, True)


def test_what_a_cell_holds_cannot_become_a_formula_anywhere(desk: Any, people: Any) -> None:
    changes = {1: {"full_name": '=HYPERLINK("http://x")', "mobile": "+1+1", "email": "@x", "notes": "-1"}}
    register = desk.make(people(2, changes))
    desk.run(register)

    person = desk.person(register)
    titles = [
        sheet["properties"]["title"]
        for sheet in person.ask("GET", "?fields=sheets.properties.title")["sheets"]
    ]
    shown = [person.ask("GET", f"/values/'{title}'?valueRenderOption=FORMATTED_VALUE") for title in titles]
    formulas = [person.ask("GET", f"/values/'{title}'?valueRenderOption=FORMULA") for title in titles]
    typed = [
        cell for tab in formulas for row in tab.get("values", []) for cell in row if str(cell).startswith("=")
    ]
    seen = [
        cell for tab in shown for row in tab.get("values", []) for cell in row if str(cell).startswith("=")
    ]
    assert (typed, len(seen) > 0) == (seen, True)
