from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from backend.core.checks import OF_ONE_ROW, check
from backend.core.checks.rows import RowMemory
from tests.builders import TODAY, facts_of, tab_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backend.core.checks.facts import Facts
    from backend.core.issues import Issue
    from tests.builders import Line

ROWS = 400
POOLS: dict[str, dict[str, tuple[object, ...]]] = {
    "Customers": {
        "customer_id": (*(f"K{number}" for number in range(300)), 1, 1.0, True, "1", ""),
        "full_name": ("王小明", "李四", "test", "", "  ", "杭州天地有限公司", "#REF!"),
        "customer_type": ("individual", "company", "个人", "?", ""),
        "gender": ("男", "女", "x", ""),
        "birth_date": ("1990-01-02", "2030-01-01", "1880-01-01", "2024-02-30", 32_875, ""),
        "age": (36, "36岁", 12, ""),
        "resident_id": ("11010519491231002X", "330106199001020014", "123", ""),
        "mobile": ("13812348000", "138-1234-8000", "13912345678", "1381234800", "88888888", ""),
        "email": ("a@qq.com", "A@qq.com", "a@qq.con", "b@163.com", ""),
        "country": ("", "", "CN", "US"),
        "province": ("浙江省", "北京市", "广东", ""),
        "city": ("杭州市", "深圳市", ""),
        "address_line": ("浙江省杭州市西湖区文三路1号", "北京市朝阳区建国路2号", ""),
        "postal_code": ("310000", "100020", "99", ""),
        "notes": ("", "卡号 6222021234567890128", "11010519491231002X", "老客户"),
        "collected_at": ("2024-01-01", "1980-01-01", ""),
    },
    "Transactions": {
        "transaction_id": (*(f"T{number}" for number in range(300)), ""),
        "order_no": ("A1", "A2", "A3", ""),
        "customer_id": ("K1", "K2", "K9999", ""),
        "transaction_date": ("2026-11-01", "2030-01-01", ""),
        "quantity": (1, 2, -1, ""),
        "unit_price": (5, "10", ""),
        "amount": (5, 10, -10, "12.5", "x", ""),
        "currency": ("CNY", "USD", ""),
        "status": ("paid", "refunded", ""),
    },
}
Register = dict[str, list["Line"]]


def line(draw: Random, tab: str) -> Line:
    return {name: draw.choice(pool) for name, pool in POOLS[tab].items()}


def made_up(seed: int, rows: int = ROWS) -> Register:
    draw = Random(seed)
    return {tab: [line(draw, tab) for _ in range(rows)] for tab in POOLS}


def read(register: Register, **settings: str) -> Facts:
    return facts_of(*(tab_read(tab, *lines) for tab, lines in register.items()), settings=settings)


def edit_cells(draw: Random, tab: str, lines: list[Line]) -> None:
    for one in draw.sample(lines, min(len(lines), 8)):
        name = draw.choice(list(POOLS[tab]))
        one[name] = draw.choice(POOLS[tab][name])


def insert(draw: Random, tab: str, lines: list[Line]) -> None:
    lines.insert(draw.randrange(len(lines)), line(draw, tab))


def delete(draw: Random, _: str, lines: list[Line]) -> None:
    del lines[draw.randrange(len(lines))]


def sort(draw: Random, tab: str, lines: list[Line]) -> None:
    name = draw.choice(list(POOLS[tab]))
    lines.sort(key=lambda one: str(one.get(name, "")))


def copy_rows(draw: Random, _: str, lines: list[Line]) -> None:
    lines.extend(dict(one) for one in draw.sample(lines, 3))


def leave_blank_row(draw: Random, _: str, lines: list[Line]) -> None:
    lines[draw.randrange(len(lines))].clear()


def break_a_column(draw: Random, tab: str, lines: list[Line]) -> None:
    name = draw.choice(list(POOLS[tab]))
    for one in lines[: draw.choice((5, 40, ROWS))]:
        one[name] = "#REF!"


WAYS = (edit_cells, edit_cells, edit_cells, insert, delete, sort, copy_rows, leave_blank_row, break_a_column)


def histories(seed: int) -> Iterator[Facts]:
    """A register as it is read again and again while people work on it."""
    register = made_up(seed)
    draw = Random(seed)
    yield read(register)
    for _ in range(6):
        for _ in range(draw.randrange(3)):
            tab = draw.choice(list(register))
            draw.choice(WAYS)(draw, tab, register[tab])
        yield read(register)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_remembered_is_what_a_full_check_finds(seed: int) -> None:
    memory = RowMemory(10**9)
    for facts in histories(seed):
        assert check(facts, memory) == check(facts, RowMemory(0))


class Counting:
    """A check of one row that notes the rows it saw."""

    def __init__(self) -> None:
        self.rows: list[int] = []

    def __call__(self, facts: Facts) -> list[Issue]:
        self.rows = facts.customers.raw.index.tolist()
        return []


def test_only_rows_that_changed_are_judged_again() -> None:
    memory, judge, register = RowMemory(10**9), Counting(), made_up(1)
    memory.find(read(register), [judge])
    assert len(judge.rows) == ROWS
    register["Customers"][10]["notes"] = "new"
    register["Customers"][20]["full_name"] = "赵六"

    memory.find(read(register), [judge])

    assert judge.rows == [12, 22]


@pytest.mark.parametrize("way", [sort, insert, delete])
def test_rows_that_moved_are_not_judged_again(way: Callable[[Random, str, list[Line]], None]) -> None:
    memory, judge, register = RowMemory(10**9), Counting(), made_up(2)
    memory.find(read(register), [judge])
    way(Random(3), "Customers", register["Customers"])

    memory.find(read(register), [judge])

    assert len(judge.rows) == (1 if way is insert else 0)


@pytest.mark.parametrize("other", ["day", "setting", "column", "title"])
def test_another_day_setting_column_or_register_is_judged_in_full(other: str) -> None:
    memory, judge, register = RowMemory(10**9), Counting(), made_up(4)
    facts = read(register)
    memory.find(facts, [judge])
    match other:
        case "day":
            facts = replace(facts, today=TODAY + timedelta(days=1))
        case "setting":
            settings = replace(facts.rules.settings, rates=(("USD", 7.0),))
            facts = replace(facts, rules=replace(facts.rules, settings=settings))
        case "column":
            for one in register["Customers"]:
                del one["notes"]
            facts = read(register)
        case _:
            facts = replace(facts, snapshot=replace(facts.snapshot, title="another"))

    memory.find(facts, [judge])

    assert len(judge.rows) == ROWS


def test_what_is_remembered_is_bounded() -> None:
    facts, judge = read(made_up(5)), Counting()
    memory = RowMemory(ROWS)
    memory.find(facts, [judge])
    judge.rows = []

    memory.find(facts, [judge])

    assert len(judge.rows) == ROWS


def test_many_threads_may_check_at_once() -> None:
    memory = RowMemory(10**9)
    seen = [list(histories(seed)) for seed in (6, 7)]
    with ThreadPoolExecutor(4) as pool:
        found = [list(pool.map(lambda facts: check(facts, memory), history * 2)) for history in seen]

    assert found == [[check(facts, RowMemory(0)) for facts in history] * 2 for history in seen]


def test_the_checks_of_one_row_see_the_same_in_that_row_alone() -> None:
    facts = read(made_up(8, rows=120))
    alone = [
        issue
        for tab, table in facts.tables.items()
        for place in range(len(table.raw))
        for find in OF_ONE_ROW
        for issue in find(facts.of_rows({name: [place] if name == tab else [] for name in facts.tables}))
    ]

    assert sorted(map(repr, alone)) == sorted(repr(issue) for find in OF_ONE_ROW for issue in find(facts))
