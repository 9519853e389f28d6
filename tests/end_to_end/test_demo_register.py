"""Every slip planted in the demo register is found, and nothing else is called an error."""

from datetime import date
from typing import Any

import pytest

from backend.demo import PlantedKind, make_register
from backend.ports import RunState
from sheets_schema.model import Severity

FIRST_ROW = 2
PAIRED = {PlantedKind.DUPLICATE_PHONE, PlantedKind.DUPLICATE_EMAIL, PlantedKind.DUPLICATE_TYPO}


@pytest.fixture(scope="module")
def made() -> Any:
    return make_register(20261122, 1_000, 6_000, date(2026, 11, 21))


@pytest.fixture(scope="module")
def register(module_desk: Any, made: Any) -> Any:
    return module_desk.make(made.customers, Transactions=made.transactions)


@pytest.fixture(scope="module")
def outcome(module_desk: Any, register: Any) -> Any:
    return module_desk.run(register)


def found(outcome: Any, least: Any = Severity.INFO) -> Any:
    return {
        (issue.tab, int(issue.row) - FIRST_ROW, issue.column)
        for issue in outcome.issues
        if issue.severity.rank >= least.rank
    }


def test_every_harmful_slip_is_found_in_its_cell(made: Any, outcome: Any) -> None:
    places = found(outcome)

    missed = [
        one
        for one in made.planted
        if not one.kind.is_harmless
        and one.kind not in PAIRED
        and not {(one.tab, row, one.field) for row in (one.row, one.twin)} & places
    ]
    assert missed == []


def test_nothing_well_formed_is_called_an_error(made: Any, outcome: Any) -> None:
    planted = {(one.tab, row) for one in made.planted for row in (one.row, one.twin)}

    false_alarms = [place for place in sorted(found(outcome, Severity.ERROR)) if place[:2] not in planted]
    assert false_alarms == []


def test_a_harmless_way_of_writing_is_no_error(made: Any, outcome: Any) -> None:
    harmless = {(one.tab, one.row) for one in made.planted if one.kind.is_harmless}

    assert [place for place in found(outcome, Severity.ERROR) if place[:2] in harmless] == []


def test_planted_twins_are_paired(register: Any, made: Any, outcome: Any) -> None:
    read = register.read()
    ids = read["Customers"].cells("row_id")
    lines = read["Duplicates"]
    pairs = {frozenset(pair) for pair in zip(lines.cells("row_id_a"), lines.cells("row_id_b"), strict=True)}

    twins = [one for one in made.planted if one.kind in PAIRED]
    missed = [one for one in twins if {ids[one.row + 2], ids[one.twin + 2]} not in pairs]
    assert (outcome.state, len(twins) > 10, missed) == (RunState.DONE, True, [])


def test_the_shares_of_the_tiers_are_plausible(outcome: Any) -> None:
    shares = {tier: round(count / 1_000, 2) for tier, count in outcome.tiers.items()}

    expected = {"important": 0.10, "ordinary": 0.52, "potential": 0.28, "unrated": 0.10}
    assert {tier: abs(shares[tier] - share) <= 0.04 for tier, share in expected.items()} == dict.fromkeys(
        expected, True
    )


def test_the_same_run_again_writes_nothing(module_desk: Any, register: Any, outcome: Any) -> None:
    again = module_desk.run(register)

    assert (outcome.api_calls <= 10, again.api_calls, again.counts["cells"], again.counts["lines"]) == (
        True,
        2,
        0,
        0,
    )
