"""Order lines of the made-up register, drawn so that each customer ends in the tier it was meant for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from backend.demo import words
from backend.demo.people import chance, serial

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from backend.demo.people import Cell, Row

YEAR_DAYS = range(2, 331)
"""Days ago that stay inside the year the default rules look at, for a month of later runs."""

RECENT_DAYS = range(2, 141)
OLD_DAYS = range(380, 1_150)
IMPORTANT_FROM = 1_050_000
"""Fen an important customer spends in the year; the rule asks for 10,000 yuan."""

ORDINARY_TO = 900_000
"""Fen an ordinary customer spends in the year at most."""

_CHEAP_TO, _DEAR_FROM = 130_000, 80_000
_CHEAP = tuple(product for product in words.PRODUCTS if product.price <= _CHEAP_TO)
_DEAR = tuple(product for product in words.PRODUCTS if product.price >= _DEAR_FROM)
REFUNDED = "已退款"
_COMPLETED = "已完成"
_ON_ITS_WAY_DAYS = (3, 7)
_UNFINISHED = ("已取消", "已下单", "已报价")


class Habit(StrEnum):
    """How a customer buys; it decides the tier under the default rules."""

    IMPORTANT = "important"
    ORDINARY = "ordinary"
    LONG_AGO = "long ago"
    ENQUIRED = "enquired"
    NEVER = "never"


_BUYERS = (Habit.IMPORTANT, Habit.ORDINARY, Habit.LONG_AGO)
_HABIT_WEIGHTS = (10, 52, 20, 8, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One order line before it gets its number.

    Attributes:
        order: Lines of one order share it.
        customer: 0-based position of the customer.
        days_ago: Days before today; negative lies in the future.
        status: A refund has the status of one, and its amount is negative.
        needed: Whether the customer's tier rests on it.
    """

    order: int
    customer: int
    days_ago: int
    product: words.Product
    quantity: int
    status: str = "已完成"
    needed: bool = False

    @property
    def fen(self) -> int:
        """The amount in fen."""
        sign = -1 if self.status == REFUNDED else 1
        return sign * self.product.price * self.quantity


@dataclass(slots=True, kw_only=True)
class _Ledger:
    """The lines so far, and what each customer spent in the year, in fen."""

    rng: Random
    habits: Sequence[Habit]
    lines: list[Line] = field(default_factory=list)
    spent: dict[int, int] = field(default_factory=dict)

    def keep(self, line: Line) -> None:
        self.lines.append(line)
        if line.days_ago in YEAR_DAYS and line.status == _COMPLETED:
            self.spent[line.customer] = self.spent.get(line.customer, 0) + line.fen

    def order(self, customer: int, days: range, products: Sequence[words.Product], status: str) -> None:
        """Add an order of one line that the customer's tier rests on."""
        self.keep(
            Line(
                order=len(self.lines),
                customer=customer,
                days_ago=self.rng.choice(days),
                product=self.rng.choice(products),
                quantity=1,
                status=status,
                needed=True,
            )
        )


def lines(rng: Random, habits: Sequence[Habit], count: int) -> list[Line]:
    """Give the order lines of all customers, oldest first.

    Args:
        rng: The seeded generator.
        habits: How each customer buys.
        count: How many lines there are in all; fewer than the habits need leave some customers without.

    Returns:
        Exactly `count` lines, or none when no customer buys.
    """
    ledger = _Ledger(rng=rng, habits=habits)
    for customer, habit in enumerate(habits):
        _begin(ledger, customer, habit)
    buyers = [position for position, habit in enumerate(habits) if habit in _BUYERS]
    while buyers and len(ledger.lines) < count:
        _fill(ledger, rng.choice(buyers))
    chosen = ledger.lines[:count]
    chosen.sort(key=lambda line: (-line.days_ago, line.order))
    return chosen


def habits(rng: Random, count: int) -> list[Habit]:
    """Draw how each customer buys."""
    return rng.choices(tuple(Habit), _HABIT_WEIGHTS, k=count)


def _begin(ledger: _Ledger, customer: int, habit: Habit) -> None:
    """Add the lines a tier rests on."""
    match habit:
        case Habit.IMPORTANT:
            ledger.order(customer, RECENT_DAYS, _DEAR, _COMPLETED)
            for _ in range(2):
                ledger.order(customer, YEAR_DAYS, _DEAR, _COMPLETED)
            while ledger.spent[customer] < IMPORTANT_FROM:
                ledger.order(customer, YEAR_DAYS, _DEAR, _COMPLETED)
        case Habit.ORDINARY:
            ledger.order(customer, YEAR_DAYS, _CHEAP, _COMPLETED)
        case Habit.LONG_AGO:
            ledger.order(customer, OLD_DAYS, words.PRODUCTS, _COMPLETED)
        case Habit.ENQUIRED:
            ledger.order(customer, YEAR_DAYS, words.PRODUCTS, "咨询")
        case Habit.NEVER:
            return


def _fill(ledger: _Ledger, customer: int) -> None:
    """Add one or two lines that change no tier."""
    rng = ledger.rng
    line = Line(
        order=len(ledger.lines),
        customer=customer,
        days_ago=rng.choice(OLD_DAYS),
        product=rng.choice(words.PRODUCTS),
        quantity=rng.choice((1, 1, 1, 2)),
        status=rng.choice(_UNFINISHED) if chance(rng, 3) else _COMPLETED,
    )
    if chance(rng, 50) and _has_room(ledger, line):
        line = replace(line, days_ago=rng.choice(YEAR_DAYS))
    ledger.keep(line)
    if line.days_ago in OLD_DAYS and line.status == _COMPLETED and chance(rng, 2):
        back = replace(line, days_ago=line.days_ago - 7, status=REFUNDED)
        ledger.keep(back)
    elif chance(rng, 20):
        more = replace(line, product=rng.choice(_CHEAP), quantity=1)
        if line.days_ago in OLD_DAYS or _has_room(ledger, more):
            ledger.keep(more)


def _has_room(ledger: _Ledger, line: Line) -> bool:
    """Say whether a line may lie inside the year without lifting its customer a tier."""
    match ledger.habits[line.customer]:
        case Habit.IMPORTANT:
            return True
        case Habit.ORDINARY:
            return ledger.spent[line.customer] + line.fen <= ORDINARY_TO
        case _:
            return False


def rows(rng: Random, drawn: Sequence[Line], customers: Sequence[Row], today: date) -> list[dict[str, Cell]]:
    """Give the lines as rows of the Transactions tab, numbered in their order."""
    today_serial = serial(today)
    numbers: dict[int, str] = {}
    given = []
    for position, line in enumerate(drawn, 1):
        order_no = numbers.setdefault(line.order, f"D{len(numbers) + 100_001}")
        customer = customers[line.customer]
        given.append(
            {
                "transaction_id": f"T{position:07d}",
                "order_no": order_no,
                "customer_id": customer["customer_id"],
                "transaction_date": today_serial - line.days_ago,
                "product_code": line.product.code,
                "product_name": line.product.name,
                "category": line.product.category,
                "quantity": line.quantity,
                "unit_price": yuan(line.product.price),
                "amount": yuan(line.fen),
                "currency": "CNY",
                "status": _shown_status(line),
                "channel": "网店" if customer["store"] == "网店" else "门店",
                "store": customer["store"],
                "salesperson": customer["owner"] if chance(rng, 80) else rng.choice(words.STAFF),
            }
        )
    return given


def _shown_status(line: Line) -> str:
    """Give the status; what was ordered a few days ago is still on its way."""
    if line.status != _COMPLETED or line.days_ago > _ON_ITS_WAY_DAYS[1]:
        return line.status
    return "已发货" if line.days_ago > _ON_ITS_WAY_DAYS[0] else "已付款"


def yuan(fen: int) -> int | float:
    """Give fen as yuan, as a sheet shows it: a whole number where it is one."""
    return fen / 100 if fen % 100 else fen // 100
