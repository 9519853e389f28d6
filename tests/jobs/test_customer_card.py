"""The card of a customer says what the main job would say, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from backend.errors import JobArgumentsWrong
from backend.ports import RunState

TWIN = {"full_name": "欧阳晓明", "mobile": "13912345678", "email": "ouyang@example.com"}
DAY = 46_340
"""2026-11-14 as a sheet's number."""


def order(number: int, **cells: Any) -> dict[str, Any]:
    line = {"transaction_id": f"T{number}", "customer_id": "K00002", "transaction_date": DAY - number}
    return {**line, "amount": 1000 + number, "status": "已完成", **cells}


def card(desk: Any, register: Any, row: int) -> Any:
    arguments = {"sheet_id": desk.person(register).sheet_id(), "row": row}
    return desk.run(register, "customer-card", arguments=arguments)


@pytest.fixture
def shop(desk: Any, people: Any) -> Any:
    orders = [order(number) for number in range(1, 7)]
    orders += [order(7, customer_id="K00001"), order(8, transaction_date=DAY + 2, amount=-50, status="退款")]
    return desk.make(people(8, {2: {**TWIN, "email": "ouyang.example.com"}, 7: TWIN}), Transactions=orders)


def test_everything_is_told_of_one_customer_and_nothing_written(desk: Any, shop: Any) -> None:
    desk.run(shop)
    person = desk.person(shop)
    before = [person.rows(tab) for tab in ("Customers", "Issues", "Duplicates", "Runs")]

    outcome = card(desk, shop, 3)

    one = outcome.cards[0]
    row = person.rows()[2]
    assert (outcome.state, one.spot, one.row_id, one.name) == (RunState.DONE, "3", row[0], "欧阳晓明")
    assert (one.tier.zh, one.reason.zh, one.status.zh) == (row[1], row[6], row[2])
    assert one.reason.en == "ordinary: in 365 days orders 6 ≥ 1, last purchase 2026-11-13"
    assert [(each.column.en, each.severity.value) for each in one.problems][:1] == [("E-mail", "error")]
    assert [(each.spot, each.name, each.strength.en) for each in one.alike] == [
        ("8", "欧阳晓明", one.alike[0].strength.en)
    ]
    assert [(each.day, each.amount, each.status.en) for each in one.orders] == [
        ("2026-11-16", "-50.00 CNY", "refunded"),
        ("2026-11-13", "1,001.00 CNY", "completed"),
        ("2026-11-12", "1,002.00 CNY", "completed"),
        ("2026-11-11", "1,003.00 CNY", "completed"),
        ("2026-11-10", "1,004.00 CNY", "completed"),
    ]
    assert [person.rows(tab) for tab in ("Customers", "Issues", "Duplicates", "Runs")] == before
    assert [sent for sent in desk.wire.sent if sent.writes] == []


def test_nothing_private_is_in_it(desk: Any, shop: Any) -> None:
    desk.run(shop)

    outcome = card(desk, shop, 3)

    told = str(outcome.cards)
    assert ("13912345678" in told, "ouyang.example" in told, "ouyang@" in told) == (False, False, False)


def test_a_pair_that_was_decided_or_settled_is_not_told(desk: Any, shop: Any) -> None:
    desk.run(shop)
    assert len(card(desk, shop, 8).cards[0].alike) == 1
    desk.person(shop, "Duplicates").type_in(2, "decision", "不是重复")
    decided = card(desk, shop, 8)
    desk.run(shop)
    desk.person(shop, "Duplicates").type_in(2, "decision", "")

    settled = card(desk, shop, 8)

    assert (decided.cards[0].alike, settled.cards[0].alike) == ((), ())


def test_a_customer_without_orders_has_none_and_is_tiered_as_such(desk: Any, shop: Any) -> None:
    one = card(desk, shop, 5).cards[0]

    assert (one.orders, one.reason.en) == ((), "unrated: no purchase and no enquiry on record")


def test_an_order_that_cannot_be_read_is_told_as_it_stands(desk: Any, people: Any) -> None:
    lines = [
        order(1, customer_id="K00001", amount="面议", status="作废"),
        order(2, customer_id="K00001", transaction_date="上周"),
    ]
    register = desk.make(people(2), Transactions=lines)

    told = [(each.day, each.amount, each.status.en) for each in card(desk, register, 2).cards[0].orders]

    assert told == [("2026-11-13", "面议", "作废"), ("", "1,002.00 CNY", "completed")]


@pytest.mark.parametrize("row", [1, 60])
def test_a_row_without_a_customer_is_refused(desk: Any, shop: Any, row: int) -> None:
    with pytest.raises(JobArgumentsWrong):
        card(desk, shop, row)
