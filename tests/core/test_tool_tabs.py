from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from backend.core.checks import check
from backend.core.duplicates import Duplicates, Evidence
from backend.core.issues import Issue
from backend.core.rules import read_rules
from backend.core.tool_tabs import duplicate_lines, issue_lines, pair_lines, run_line
from tests.builders import TODAY, customer, facts_of, snapshot_of, tab_read

if TYPE_CHECKING:
    from backend.core.checks.facts import Facts

A, B = "C-00000-00000", "C-00000-0001A"
SERIAL = 46348


def issue(tab: str, row: int, column: str, code: str, cell: object = "", **params: str) -> Issue:
    return Issue(tab=tab, row=row, column=column, code=code, value=cell, params=tuple(params.items()))  # type: ignore[arg-type]


def register(**settings: object) -> Facts:
    return facts_of(
        tab_read("Customers", customer(row_id=A, customer_id="K1"), customer(row_id=B, full_name="李雷")),
        tab_read(
            "Transactions",
            {"transaction_id": "T1", "order_no": "A1", "customer_id": "K1", "amount": 1},
            {"transaction_id": "", "order_no": "A2", "customer_id": B, "amount": 2},
            {"transaction_id": "", "order_no": "", "customer_id": "K9", "amount": 3},
        ),
        settings={"language": "en", **settings},
    )


def test_a_problem_is_said_with_its_place_and_customer_and_contacts_are_masked() -> None:
    letters = issue("Customers", 3, "mobile", "phone-letters", "1380013800O", value="1380013800O")

    lines = issue_lines(register(), [letters])

    assert lines.to_dict("index") == {
        2: {
            "severity": "error", "tab": "Customers", "row_id": B, "customer": "李雷", "field": "Mobile",
            "value": "138****800O",
            "message": "holds letters: 138****800O; a number has digits only, like 13800138000",
            "suggestion": "", "code": "phone-letters", "first_seen": SERIAL, "state": "open",
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "row_id", "name"), [(2, "T1", "王小明"), (3, "A2", "李雷"), (4, "", ""), (0, "", "")]
)
def test_an_order_line_goes_by_its_number_or_its_orders(row: int, row_id: str, name: str) -> None:
    lines = issue_lines(register(), [issue("Transactions", row, "amount", "required-error")])

    assert lines.loc[2, ["row_id", "customer"]].tolist() == [row_id, name]


def test_the_worst_problems_come_first_and_the_setting_limits_their_number() -> None:
    warnings = [issue("Customers", 3, "city", "required-warning")]
    notes = [issue("Customers", 2, "city", "required-info", str(number)) for number in range(120)]

    lines = issue_lines(register(issue_lines=100), [*notes, *warnings])

    assert lines["severity"].tolist() == ["warning"] + ["info"] * 99


def test_every_line_of_settings_that_cannot_be_read_is_listed() -> None:
    broken = [{"key": "preset", "value": "x"}, {"key": "area_code", "value": "y"}]
    snapshot = snapshot_of(tab_read("Settings", *broken))
    _, about_rules = read_rules(snapshot, today=TODAY)

    lines = issue_lines(register(), about_rules)

    assert [str(message)[:20] for message in lines["message"]] == [
        "line 2 of Settings: ",
        "line 3 of Settings: ",
    ]


def test_rows_without_a_number_of_their_own_each_have_a_line() -> None:
    customers = tab_read("Customers", customer(row_id=A), customer(row_id=A))
    facts = facts_of(customers)
    shared = [one for one in check(facts) if one.code == "row-id-shared"]

    assert len(issue_lines(facts, shared)) == len(shared) == 2


@pytest.mark.parametrize(
    ("day", "value"), [(20240304, "20240304"), (48000, "2031-06-01"), (1e300, "1e+300"), ("明天", "明天")]
)
def test_a_day_is_shown_as_one_and_a_number_that_is_none_as_it_is(day: object, value: str) -> None:
    lines = issue_lines(register(), [issue("Customers", 2, "birth_date", "date-in-future", day, date="x")])

    assert lines.at[2, "value"] == value


def test_long_cells_are_cut() -> None:
    facts = facts_of(tab_read("Customers", customer(full_name="长" * 5_000)))
    long = issue("Customers", 2, "notes", "formula-text", "长" * 5_000, value="长" * 5_000)

    lines = issue_lines(facts, [long])

    assert lines.loc[2, ["customer", "value", "message"]].map(len).tolist() == [200, 200, 1_000]


def pairs(*rows: tuple[int, int, float, str, int]) -> Duplicates:
    frame = pd.DataFrame(rows, columns=["a", "b", "score", "strength", "group"], dtype=object)
    evidence = (
        Evidence(column="mobile", code="match-same-value", bits=9.0, params=(("value", "+86138****8000"),)),
    )
    frame["evidence"] = pd.Series([evidence] * len(frame), index=frame.index, dtype=object)
    return Duplicates(pairs=frame, groups=((2, 3),), not_compared=0, shared=())


def test_a_pair_is_said_with_both_names_and_its_evidence_in_the_order_of_the_ids() -> None:
    lines = pair_lines(register(), pairs((3, 2, 0.98765, "certain", 0)), {0: A})

    assert lines.to_dict("records") == [
        {
            "group_id": A, "row_id_a": A, "name_a": "王小明", "row_id_b": B, "name_b": "李雷",
            "strength": "certain", "score": 0.99, "evidence": "same mobile +86138****8000",
            "evidence_other": "手机号相同 +86138****8000", "survivor": A, "state": "open",
        }
    ]  # fmt: skip


def test_pairs_are_kept_in_the_tab_with_the_teams_decision() -> None:
    facts = register()
    wanted = pair_lines(facts, pairs((2, 3, 0.5, "possible", 0)), {0: A})

    lines = duplicate_lines(facts, wanted)

    assert lines.index.tolist() == [2]
    assert "decision" not in lines


def test_a_run_is_written_below_the_last_line() -> None:
    line = run_line(tab_read("Runs", {"run_id": "r1"}), run_id="r2", rows_read=7)

    assert line.index.tolist() == [3]
    assert {name: cell for name, cell in line.loc[3].items() if cell != ""} == {
        "run_id": "r2",
        "rows_read": 7,
    }
