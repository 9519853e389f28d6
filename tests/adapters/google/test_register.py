from typing import Any

import pytest

from sheets_schema.presets import TABS


@pytest.fixture
def register(desk: Any, people: Any) -> Any:
    return desk.make(people(2, {1: {"notes": "=1+1"}}))


def test_every_cell_is_read_with_its_field(desk: Any, register: Any) -> None:
    raws = register.read_raw()

    customers = raws[0]
    cells = dict(zip(customers.fields, customers.rows[1], strict=False))
    assert [raw.tab.id for raw in raws] == [tab.id for tab in TABS if tab.id != "Archive"]
    assert (cells["full_name"], cells["notes"], len(desk.wire.sent)) == ("钱伟1", "=1+1", 2)


def test_a_tab_of_the_teams_own_is_read_too(desk: Any, register: Any) -> None:
    desk.person(register).change(addSheet={"properties": {"title": "午餐"}})

    lunch = register.read_raw()[-1]

    assert (lunch.title, lunch.tab, list(lunch.rows), list(lunch.fields)) == ("午餐", None, [], [])


def test_columns_keep_their_fields_below_a_title_row(desk: Any, register: Any) -> None:
    person = desk.person(register)
    person.insert("ROWS", 1)
    person.type_at("A1", "2026 年客户登记")

    customers = register.read_raw()[0]

    place = customers.fields.index("full_name")
    assert customers.rows[1][place] == "客户名称 / Customer name"


@pytest.mark.parametrize("tab_id", ["Issues", "Duplicates", "Runs"])
def test_a_tool_tab_that_was_deleted_is_read_as_empty(desk: Any, register: Any, tab_id: Any) -> None:
    desk.person(register, tab_id).delete_tab()

    read = register.read()[tab_id]

    assert (len(read.frame), read.last_row) == (0, 1)
