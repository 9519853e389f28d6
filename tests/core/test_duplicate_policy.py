from __future__ import annotations

from typing import Any

import pytest

from backend.core.checks.facts import read_table
from backend.core.duplicate_policy import DuplicatePolicy, read_policy
from backend.core.duplicates import Decisions
from backend.core.file_table import FileTable
from backend.core.import_plan import Delivery, plan_into_register
from backend.core.team_settings import defaults
from tests.builders import SEED, TODAY, snapshot_of, tab_read

A, B = "C-MW1MW-6222B", "C-BW7B4-9E5M4"
HEADERS = ("姓名", "手机", "门店")
COLUMNS = ("row_id", "full_name", "mobile", "store")
LI = {"row_id": A, "full_name": "李四", "mobile": "13900139000", "store": "东"}
LI_AGAIN = {**LI, "row_id": B, "mobile": "+86 139 0013 9000"}


def line(decision: str) -> dict[str, object]:
    return {"row_id_a": A, "row_id_b": B, "decision": decision}


def register(*customers: Any, matches: Any = (), decisions: Any = ()) -> Any:
    return snapshot_of(
        tab_read("Customers", *customers, columns=COLUMNS),
        tab_read("MatchRules", *matches),
        tab_read("Duplicates", *decisions, columns=("row_id_a", "row_id_b", "decision")),
        tab_read("Mappings"),
    )


def fates(snapshot: Any, *rows: tuple[str, ...]) -> list[str]:
    delivery = Delivery(source="f", table=FileTable.of(HEADERS, [list(row) for row in rows]))
    plan = plan_into_register(delivery, snapshot, today=TODAY, seed=SEED)
    return [fate.value for fate in plan.incoming.arrivals.fates.values()]


def test_the_policy_of_a_register_holds_its_lines_and_its_decisions_by_row() -> None:
    snapshot = register(
        LI, LI_AGAIN, matches=[{"field": "mobile", "weight": 2}], decisions=[line("不是重复")]
    )

    policy = read_policy(snapshot, 5, today=TODAY)

    assert policy.decisions == Decisions(apart=((2, 3),))
    assert [(field.column, field.weight) for field in policy.matches.fields] == [("mobile", 2.0)]
    assert policy.max_shared == 5


def test_an_id_on_two_rows_names_neither() -> None:
    snapshot = register(LI, LI_AGAIN, {**LI, "full_name": "王五"}, decisions=[line("合并")])

    assert read_policy(snapshot, 5, today=TODAY).decisions == Decisions()


def test_a_register_without_the_tabs_has_the_usual_policy() -> None:
    snapshot = snapshot_of(tab_read("Customers", LI))

    assert read_policy(snapshot, 7, today=TODAY) == DuplicatePolicy(max_shared=7)


@pytest.mark.parametrize(("scope", "fate"), [("", "conflict"), ("yes", "new")])
def test_an_import_obeys_the_scope_of_the_register(scope: str, fate: str) -> None:
    snapshot = register(LI, matches=[{"field": "store", "scope": scope}] if scope else [])

    assert fates(snapshot, ("李四", "139 0013 9000", "西")) == [fate]


@pytest.mark.parametrize(("active", "fate"), [("", "conflict"), ("no", "new")])
def test_an_import_does_not_look_at_a_column_that_is_switched_off(active: str, fate: str) -> None:
    snapshot = register(LI, matches=[{"field": "mobile", "active": active}])

    assert fates(snapshot, ("李四", "13900139000", "西")) == [fate]


@pytest.mark.parametrize("decision", ["", "不是重复", "合并"])
def test_a_row_like_two_of_the_register_is_for_a_person_whatever_was_decided_about_the_two(
    decision: str,
) -> None:
    snapshot = register(LI, LI_AGAIN, decisions=[line(decision)] if decision else [])
    values = read_table(snapshot["Customers"], defaults(), today=TODAY).values

    found = read_policy(snapshot, 5, today=TODAY).search(values)

    assert found.groups == (() if decision == "不是重复" else ((2, 3),))
    assert fates(snapshot, ("李四", "13900139000", "西")) == ["duplicate"]


def test_decisions_teach_by_the_names_that_rows_have_beside_those_that_arrive() -> None:
    decisions = Decisions(same=((2, 3),), apart=((2, 4), (2, 9)))
    policy = DuplicatePolicy(max_shared=5, decisions=decisions)

    assert policy.for_arrivals({2: 0, 3: 1, 4: 2}).decisions == Decisions(same=((0, 1),), lessons=((0, 2),))
