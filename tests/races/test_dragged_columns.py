"""A filled column is dragged between Steward's own in the instant of a write: nothing of it is lost."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from backend.errors import StewardError
from backend.localsheets.transport import reads
from sheets_schema.tabs.customers import CUSTOMERS as CUSTOMERS_TAB
from tests.conftest import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

CUSTOMERS = 12
COLUMNS = ("mobile", "notes", "birth_date", "city")
RATE = 0.2
"""How often rows are moved before a later request that writes."""

OWN = "熟人"
"""A column of the team's own, which Steward knows nothing of."""


class Dragging:
    """Drags a column between Steward's just before the block is written; moves rows before later calls."""

    def __init__(self, desk: Any, register: Any, seed: int) -> None:
        self.server, self.person, self.chance = desk.server, desk.person(register), Random(seed)
        self.dragged = ""
        self.acts: tuple[Callable[[], object], ...] = (
            lambda: self.person.insert("ROWS", self.chance.randint(2, CUSTOMERS)),
            lambda: self.person.sort("customer_id", self.chance.choice(("ASCENDING", "DESCENDING"))),
            lambda: None,
        )

    def book(self, spreadsheet_id: str) -> Any:
        return self.server.book(spreadsheet_id)

    def handle(self, method: str, url: str, body: bytes | None, **more: Any) -> Any:
        if method == "PUT" and not self.dragged:
            headers = self.person.rows()[0]
            place = self.chance.choice([headers.index(OWN), *map(self.person.place, COLUMNS)])
            self.dragged = headers[place]
            self.person.move_column(place, self.chance.randint(1, 8))
        elif self.dragged and not reads(method, url) and self.chance.random() < RATE:
            self.chance.choice(self.acts)()
        return self.server.handle(method, url, body, **more)


def cells_of_team(person: Any) -> dict[str, dict[str, Any]]:
    """The team's cells that hold anything, by customer and header."""
    headers, *rows = person.rows()
    ours = {column.label.both for column in CUSTOMERS_TAB.block}
    key = headers.index("客户编号 / Customer ID")
    return {
        row[key]: {
            text: cell for text, cell in zip(headers, row, strict=False) if text not in ours and cell != ""
        }
        for row in rows
        if len(row) > key and row[key]
    }


@pytest.mark.parametrize("seed", range(40))
def test_a_column_that_is_dragged_into_the_block_keeps_what_it_held(people: Any, seed: int) -> None:
    desk = Desk()
    team = {
        number: {"notes": f"00{number}", "birth_date": 30_000 + number, "city": ("上海", "")[number % 2]}
        for number in range(1, CUSTOMERS + 1)
    }
    register = desk.make(people(CUSTOMERS, team))
    desk.run(register)
    person = desk.person(register)
    person.insert("COLUMNS", 20)
    person.type_at("U1", OWN)
    for row in range(2, CUSTOMERS + 2):
        person.type_at(f"U{row}", (f"friend {row}", f"00{row}", "=1+1")[row % 3])
        person.type_in(row, "email", "no at")
    before = cells_of_team(person)

    dragging = desk.wire.server = Dragging(desk, register, seed)
    with suppress(StewardError):
        desk.run(register)
    desk.wire.server = desk.server

    assert dragging.dragged
    assert cells_of_team(person) == before, dragging.dragged
    desk.server.close()
    desk.ledger.engine.dispose()
