"""The made-up register as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from backend.demo import people, planting, purchases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from backend.demo.people import Row
    from backend.demo.planting import Planted
    from backend.demo.purchases import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRegister:
    """Rows of a register of the retail preset.

    Attributes:
        customers: Rows of the Customers tab: field id to cell, '' where blank; dates are serial numbers.
        transactions: Rows of the Transactions tab, oldest first; money in yuan. A refund has a status of
            its own, a negative amount and a positive quantity.
        planted: What was planted on purpose; all other cells are well formed.
    """

    customers: list[Row]
    transactions: list[Row]
    planted: tuple[Planted, ...]


def make_register(seed: int, customers: int, transactions: int, today: date) -> DemoRegister:
    """Make a register up; the same arguments give the same register on every machine.

    With the default tier rules about 10 in 100 customers are important, 52 ordinary, 28 potential and the
    rest unrated.

    Args:
        seed: Seed of the generator.
        customers: Rows of the Customers tab.
        transactions: Rows of the Transactions tab; six for each customer look natural, fewer than 1.5 leave
            some customers without the purchases their tier needs.
        today: The day the register is made for; no date but the planted ones lies after it.
    """
    rng = Random(seed)
    people_rows = people.customers(rng, customers, today)
    drawn = purchases.lines(rng, purchases.habits(rng, customers), transactions)
    _collect_before_the_first_order(people_rows, drawn, today)
    order_rows = purchases.rows(rng, drawn, people_rows, today)
    buyers = frozenset(line.customer for line in drawn)
    planted = (
        *planting.plant_in_customers(rng, people_rows, buyers, today),
        *planting.plant_in_transactions(rng, order_rows, drawn, today),
    )
    return DemoRegister(customers=people_rows, transactions=order_rows, planted=planted)


def _collect_before_the_first_order(rows: list[Row], drawn: Sequence[Line], today: date) -> None:
    """Let a customer be in the register since the first order at the latest."""
    seen: set[int] = set()
    for line in drawn:
        if line.customer not in seen:
            seen.add(line.customer)
            first = people.serial(today) - line.days_ago
            rows[line.customer]["collected_at"] = min(int(rows[line.customer]["collected_at"]), first)
