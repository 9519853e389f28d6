"""The errors of the made-up register, each planted in a row of its own and written down."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING

from backend.demo import spoiling
from backend.demo.people import serial
from backend.demo.purchases import OLD_DAYS, REFUNDED, yuan
from backend.demo.spoiling import PlantedKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from backend.demo.people import Row
    from backend.demo.purchases import Line

CUSTOMERS_IN_100 = 12
"""Customers with something planted, in a hundred."""

TRANSACTIONS_IN_1000 = 5
"""Order lines with something planted, in a thousand."""

_TWINS = (
    PlantedKind.DUPLICATE_PHONE,
    PlantedKind.DUPLICATE_TYPO,
    PlantedKind.DUPLICATE_EMAIL,
    PlantedKind.ID_TWICE,
)
_IN_TRANSACTIONS = (
    PlantedKind.UNKNOWN_CUSTOMER,
    PlantedKind.NEGATIVE_AMOUNT,
    PlantedKind.FUTURE_TRANSACTION,
)
_IN_CUSTOMERS = tuple(kind for kind in PlantedKind if kind not in _IN_TRANSACTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One thing that was planted.

    Attributes:
        tab: "Customers" or "Transactions".
        row: 0-based position in the tab's rows.
        field: Field id of the cell; for a duplicate the field that gives it away.
        kind: What was planted.
        twin: For duplicates and ids used twice: 0-based position of the row it repeats.
    """

    tab: str
    row: int
    field: str
    kind: PlantedKind
    twin: int | None = None


def plant_in_customers(
    rng: Random, rows: list[Row], buyers: frozenset[int], today: date
) -> tuple[Planted, ...]:
    """Spoil 12 of 100 customers in place, the kinds in turn, each row once; a twin stays clean.

    Args:
        rng: The seeded generator.
        rows: The customers.
        buyers: Positions of those that transactions refer to; they keep their ids.
        today: The day the register is made for.
    """
    order = rng.sample(range(len(rows)), len(rows))
    count = len(rows) * CUSTOMERS_IN_100 // 100
    clean = iter(order[count:])
    idle = [row for row in order[:count] if row not in buyers]
    active = [row for row in order[:count] if row in buyers]
    planted = []
    for kind in islice(cycle(_IN_CUSTOMERS), count):
        fitting = kind if idle or kind is not PlantedKind.ID_TWICE else PlantedKind.DUPLICATE_PHONE
        row = idle.pop() if fitting is PlantedKind.ID_TWICE or not active else active.pop()
        twin = next(clean) if fitting in _TWINS else None
        if twin is None:
            field = spoiling.spoil(rng, rows[row], fitting, today)
        else:
            field = spoiling.repeat(rows[twin], rows[row], fitting)
        planted.append(Planted(tab="Customers", row=row, field=field, kind=fitting, twin=twin))
    return tuple(planted)


def plant_in_transactions(
    rng: Random, rows: list[Row], drawn: Sequence[Line], today: date
) -> tuple[Planted, ...]:
    """Spoil 5 of 1,000 order lines in place; only old ones that no tier rests on."""
    free = [
        position
        for position, line in enumerate(drawn)
        if line.days_ago in OLD_DAYS and not line.needed and line.status != REFUNDED
    ]
    count = min(len(free), len(rows) * TRANSACTIONS_IN_1000 // 1000)
    planted = []
    for row, kind in zip(rng.sample(free, count), islice(cycle(_IN_TRANSACTIONS), count), strict=True):
        field = _spoil_transaction(rng, rows[row], kind, drawn[row].fen, today)
        planted.append(Planted(tab="Transactions", row=row, field=field, kind=kind))
    return tuple(planted)


def _spoil_transaction(rng: Random, row: Row, kind: PlantedKind, fen: int, today: date) -> str:
    match kind:
        case PlantedKind.UNKNOWN_CUSTOMER:
            row["customer_id"] = f"X{row['customer_id']}"
            return "customer_id"
        case PlantedKind.NEGATIVE_AMOUNT:
            row.update(amount=yuan(-fen), status="已完成")
            return "amount"
        case _:
            row["transaction_date"] = serial(today) + rng.randrange(30, 400)
            return "transaction_date"
