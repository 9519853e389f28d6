"""The main job on a real register: what the parts decide together."""

from typing import Any

from backend.ports import RunState

BOUGHT = 46_340
"""2026-11-14 as a sheet's number."""


def tier_of(desk: Any, register: Any) -> str:
    desk.run(register)
    return str(register.read()["Customers"].cells("tier").iloc[0])


def order(**cells: Any) -> dict[str, Any]:
    line = {"transaction_id": "T1", "customer_id": "K00001", "transaction_date": BOUGHT, "amount": 100}
    return {**line, "status": "已完成", **cells}


def test_an_order_gives_a_tier_and_one_whose_status_cannot_be_read_does_not(desk: Any, people: Any) -> None:
    bought = desk.make(people(1), Transactions=[order()])
    unreadable = desk.make(people(1), Transactions=[order(status="作废")])

    assert (tier_of(desk, bought), tier_of(desk, unreadable)) == ("一般", "未评")


def test_a_blank_status_counts_as_bought(desk: Any, people: Any) -> None:
    register = desk.make(people(1), Transactions=[order(status="")])

    assert tier_of(desk, register) == "一般"


def test_orders_without_amounts_are_no_purchase_data(desk: Any, people: Any) -> None:
    register = desk.make(people(1), Transactions=[order()])
    person = desk.person(register, "Transactions")
    person.delete("COLUMNS", person.place("amount"))

    desk.run(register)

    assert register.read()["Customers"].cells("tier_reason").tolist() == ["未评：没有购买数据"]


def test_a_tool_tab_grows_with_its_lines(desk: Any, people: Any) -> None:
    wrong = {number: {"mobile": "138", "email": "x"} for number in range(1, 1_301)}
    register = desk.make(people(1_300, wrong))

    outcome = desk.run(register)

    read = register.read()["Issues"]
    assert (outcome.state, len(read.frame), read.rows_in_grid) == (RunState.DONE, 2_600, 2_801)
    assert desk.run(register).counts["lines"] == 0


def test_what_the_team_decides_about_a_pair_is_obeyed_and_stays(desk: Any, people: Any) -> None:
    same = {"full_name": "张伟", "mobile": "13812348000"}
    register = desk.make(people(6, {2: same, 3: same}))
    desk.run(register)
    person = desk.person(register, "Duplicates")
    assert len(person.rows()) == 2

    person.type_in(2, "decision", "不是重复")
    outcome = desk.run(register)

    assert outcome.counts["duplicate_groups"] == 0
    assert person.cells("decision")[0] == "不是重复"
    assert person.cells("state")[0] == "已解决"
    assert desk.run(register).counts["lines"] == 0

    person.type_in(2, "decision", "合并")
    assert desk.run(register).counts["duplicate_groups"] == 1
    assert (person.cells("decision")[0], person.cells("state")[0]) == ("合并", "待处理")
