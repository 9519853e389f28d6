from datetime import timedelta
from typing import Any

import pytest

from backend.adapters.store.registers import KnownRegister, Registers
from backend.errors import RegisterUnknown


@pytest.fixture
def registers(desk: Any) -> Any:
    registers = Registers(desk.ledger.engine, desk.clock)
    for name, spreadsheet_id in (("north", "id-north"), ("south", "id-south"), ("west", "id-west")):
        registers.remember(name, spreadsheet_id)
        desk.clock.forward(minutes=1)
    return registers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (None, "west"),
        ("north", "north"),
        ("id-south", "south"),
        ("https://docs.google.com/spreadsheets/d/id-north/edit#gid=0", "north"),
    ],
)
def test_a_register_is_found_by_name_id_address_or_as_the_last_one(
    registers: Any, text: Any, name: Any
) -> None:
    assert registers.find(text) == KnownRegister(name=name, spreadsheet_id=f"id-{name}")


def test_a_register_that_is_remembered_again_lies_elsewhere_and_is_the_default(registers: Any) -> None:
    registers.remember("north", "id-new")

    assert (registers.find(None), registers.find("north").spreadsheet_id) == (
        KnownRegister(name="north", spreadsheet_id="id-new"),
        "id-new",
    )


@pytest.mark.parametrize("text", ["East", "", "https://docs.google.com/spreadsheets/d/id-east"])
def test_an_unknown_register_is_answered_with_those_there_are(registers: Any, text: Any) -> None:
    with pytest.raises(RegisterUnknown, match="west, south, north"):
        registers.find(text)


@pytest.mark.parametrize("text", [None, "north"])
def test_where_there_is_no_register_it_says_how_to_make_one(desk: Any, text: Any) -> None:
    with pytest.raises(RegisterUnknown, match="steward demo"):
        Registers(desk.ledger.engine, desk.clock).find(text)


def test_the_order_is_by_last_use(registers: Any, desk: Any) -> None:
    desk.clock.moment += timedelta(hours=1)
    registers.remember("south", "id-south")

    assert [known.name for known in registers.all()] == ["south", "west", "north"]
