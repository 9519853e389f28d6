from __future__ import annotations

import pandas as pd

from backend.core.plan import Change, Plan

COLUMNS = ["row_id", "tier", "sig"]


def block(rows: dict[int, tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=COLUMNS, dtype=object)


def plan(before: dict[int, tuple[object, ...]], after: dict[int, tuple[object, ...]], **rest: object) -> Plan:
    return Plan(job="test", before=block(before), after=block(after), **rest)  # type: ignore[arg-type]


def test_a_plan_names_each_cell_that_changes_and_no_signature() -> None:
    made = plan(
        {2: ("C-1", "重要", "s"), 3: ("", "", "")}, {2: ("C-1", "一般", "t"), 3: ("C-2", "潜在", "u")}
    )

    assert list(made.changes()) == [
        Change(row_id="C-1", column="tier", before="重要", after="一般"),
        Change(row_id="C-2", column="row_id", before="", after="C-2"),
        Change(row_id="C-2", column="tier", before="", after="潜在"),
    ]
    assert dict(made.changed_cells()) == {"tier": 2, "row_id": 1}


def test_a_row_that_is_cleared_goes_by_the_id_it_had() -> None:
    made = plan({2: ("C-1", "重要", "s")}, {2: ("", "", "")})

    assert [(change.row_id, change.column) for change in made.changes()] == [
        ("C-1", "row_id"),
        ("C-1", "tier"),
    ]


def test_a_plan_without_rows_and_lines_is_empty() -> None:
    line = pd.DataFrame({"code": ["x"]}, index=[2])

    assert plan({}, {}).is_empty
    assert plan({}, {}, lines={"Issues": line.iloc[:0]}).is_empty
    assert not plan({}, {}, lines={"Issues": line}).is_empty
    assert not plan({2: ("", "", "")}, {2: ("C-1", "", "")}).is_empty
    assert list(Plan(job="test", before=pd.DataFrame(), after=pd.DataFrame()).changes()) == []


def test_the_same_plan_has_the_same_hash_and_another_cell_row_or_line_another() -> None:
    after = {2: ("C-1", "一般", "t")}
    line = pd.DataFrame({"code": ["x"]}, index=[2])
    plans = [
        plan({2: ("", "", "")}, after),
        plan({2: ("", "", "")}, {2: ("C-1", "重要", "t")}),
        plan({3: ("", "", "")}, {3: ("C-1", "一般", "t")}),
        plan({2: ("", "", "")}, after, lines={"Issues": line}),
        plan({2: ("", "", "")}, after, lines={"Runs": line}),
    ]

    assert plan({2: ("", "", "")}, after).hash == plans[0].hash
    assert len({one.hash for one in plans}) == 5
