from __future__ import annotations

import pytest

from backend.core.checks import check
from backend.core.issues import Issue
from backend.core.quality import ColumnQuality, Quality, measure, measure_register
from tests.builders import Line, customer, facts_of, tab_read


def quality(*lines: Line, **settings: str) -> Quality:
    facts = facts_of(tab_read("Customers", *lines), settings=settings)
    result = measure(facts.customers, check(facts), facts.rules.settings)
    assert result is not None
    return result


def test_a_register_without_a_fault_or_a_gap_has_a_hundred_points() -> None:
    result = quality(customer(city="杭州市"), customer(full_name="李四", mobile="13912348000", city="宁波市"))

    assert (result.score, result.filled, dict(result.rows)) == (100, 1.0, {2: 100, 3: 100})


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        ({"city": ""}, 86),  # 3 + 3 of 3 + 3 + 1
        ({"mobile": "12"}, 57),  # 3 + 1 of 7
        ({"full_name": ""}, 57),
        ({"mobile": "13812348000、13912348000"}, 79),  # half of a phone with a warning: 3 + 1.5 + 1 of 7
        ({"mobile": "138-1234-8000"}, 100),  # another form is only worth knowing
        ({"city": "#REF!"}, 93),  # unknown, neither blank nor wrong: half of it
    ],
)
def test_a_row_loses_what_its_cells_weigh(cells: Line, score: int) -> None:
    assert quality(customer(**{"city": "杭州市", **cells})).rows == {2: score}


def test_a_blank_cell_is_no_gap_where_another_of_its_group_is_filled() -> None:
    assert quality(customer(email="", wechat_id="")).rows == {2: 100}
    assert quality(customer(mobile="", email="wang@qq.com")).rows == {2: 100}
    assert quality(customer(mobile="", email="")).rows == {2: 50}  # the name, of name and one contact


def test_nobody_has_to_write_notes() -> None:
    assert quality(customer(notes="")).rows == {2: 100}


def test_a_column_tells_how_much_of_it_is_filled_and_the_weakest_stands_first() -> None:
    result = quality(
        customer(city="杭州市", district=""),
        customer(full_name="李四", mobile="13912348000", city="", district=""),
    )

    assert list(result.columns)[:2] == ["district", "city"]
    assert result.columns["city"] == ColumnQuality(filled=0.5, score=50)
    assert result.columns["mobile"] == ColumnQuality(filled=1.0, score=100)
    assert result.filled == 5 / 8


def test_the_register_has_the_mean_of_its_rows() -> None:
    result = quality(customer(), customer(full_name="", mobile="13912348000"))

    assert (dict(result.rows), result.score) == ({2: 100, 3: 50}, 75)


def test_a_register_without_a_row_has_no_points() -> None:
    facts = facts_of(tab_read("Customers", columns=["full_name"]))

    assert measure(facts.customers, (), facts.rules.settings) is None


def test_what_is_wrong_elsewhere_takes_nothing_away() -> None:
    facts = facts_of(tab_read("Customers", customer()))
    issues = [
        Issue(tab="Transactions", row=2, column="mobile", code="required-error"),
        Issue(tab="Customers", row=0, column="mobile", code="column-broken"),
        Issue(tab="Customers", row=2, column="row_id", code="row-id-shared"),
    ]

    result = measure(facts.customers, issues, facts.rules.settings)

    assert result is not None
    assert result.score == 100


@pytest.mark.parametrize(
    ("settings", "score"),
    [
        ({}, 71),  # 3 + 1.5 + half of 1 of 3 + 3 + 1
        ({"quality_required": "1"}, 67),  # 1 + 0.5 + 0.5 of 3
        ({"quality_warning": "100"}, 100),
        ({"quality_warning": "0"}, 43),  # 3 of 7
        ({"quality_weights": "手机=0, full_name=1, City=9"}, 55),  # 1 + 4.5 of 10
    ],
)
def test_the_team_says_what_a_cell_weighs(settings: dict[str, str], score: int) -> None:
    line = customer(mobile="13812348000、13912348000", city="#REF!")

    assert quality(line, **settings).rows == {2: score}


def test_a_column_that_weighs_nothing_is_left_out() -> None:
    result = quality(customer(city=""), quality_weights="city=0")

    assert (result.score, result.filled, "city" in result.columns) == (100, 1.0, False)


def test_order_lines_have_points_of_their_own() -> None:
    order = {"transaction_id": "T1", "customer_id": "K1", "transaction_date": "2026-11-01", "amount": 12.5}
    facts = facts_of(
        tab_read("Customers", customer(customer_id="K1")),
        tab_read(
            "Transactions", {**order, "channel": ""}, {**order, "transaction_id": "T2", "amount": "一堆"}
        ),
    )

    result = measure_register(facts, check(facts))

    assert result is not None
    assert result.score == 100
    assert list(result.others) == ["Transactions"]
    orders = result.others["Transactions"]
    assert dict(orders.rows) == {2: 100, 3: 75}  # 9 of four required columns, a blank channel is no gap
    assert (orders.score, orders.columns["amount"]) == (88, ColumnQuality(filled=1.0, score=50))
