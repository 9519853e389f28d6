"""Taking over a spreadsheet the team keeps already: what each of its tabs is, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from backend.core.adoption_mapping import fields_by_header, mapped_places, mappings_of
from backend.core.adoption_obstacles import Obstacle, obstacles_of
from backend.core.header_lines import find_header
from backend.core.intake import recognise_columns
from backend.core.snapshot import data_rows, holds_something, read_tab
from sheets_schema import headers
from sheets_schema.headers import Binding
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.transactions import TRANSACTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.fields.field import Context
    from backend.core.header_lines import HeaderLine
    from backend.core.intake import Intake
    from backend.core.seen import SheetSeen
    from sheets_schema.model import Register, Tab

_TELLING = frozenset(
    {"customer_id", "mobile", "phone_2", "email", "wechat_id", "address_line", "customer_type", "member_no"}
)
"""Columns of which a list of customers has one; a log of visits has a name as well, but none of these."""

_CUSTOMER_WORDS = ("客户", "customer", "client")
_FEWEST_OF_ORDERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAdoption:
    """What one sheet was recognised as.

    Attributes:
        tab: The tab of the schema it is.
        header_row: 1-based sheet row of its headers.
        texts: Header text of each column, '' where it has none.
        fields: Field id of each column, '' for one that is kept and not read.
        used: Whether each column has a header or a cell.
        doubted: Pairs of (header, field id) whose header names a field that its cells do not look like.
        twice: Pairs of (field id, positions) where several headers claim one field.
        lines: How many rows hold a line of the tab.
        totals: Sheet rows that sum up the others.
        repeated: Sheet rows that repeat the headers.
    """

    seen: SheetSeen
    tab: Tab
    header_row: int
    texts: tuple[str, ...]
    fields: tuple[str, ...]
    used: tuple[bool, ...]
    doubted: tuple[tuple[str, str], ...] = ()
    twice: tuple[tuple[str, tuple[int, ...]], ...] = ()
    lines: int = 0
    totals: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()

    @property
    def bound(self) -> tuple[tuple[str, str, int], ...]:
        """Triples of (header, field id, 0-based position) of the columns that are read."""
        return tuple((self.texts[place], name, place) for place, name in enumerate(self.fields) if name)

    @property
    def kept(self) -> tuple[tuple[str, int], ...]:
        """Pairs of (header, 0-based position) of the columns that are kept and not read."""
        return tuple(
            (self.texts[place], place)
            for place, name in enumerate(self.fields)
            if not name and self.used[place]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What a spreadsheet was recognised as.

    Attributes:
        sheets: The sheets that are tabs of a register and not bound yet, Customers first.
        bound: Ids of the tabs that are bound already.
        missing: Tabs that have to be added.
        left: Titles of sheets that look like customers or orders as well and are left alone.
        obstacles: Why it cannot be taken over; none when it can.
    """

    sheets: tuple[SheetAdoption, ...] = ()
    bound: tuple[str, ...] = ()
    missing: tuple[Tab, ...] = ()
    left: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = field(default=())

    @property
    def nothing_to_do(self) -> bool:
        """Whether everything is there already."""
        return not (self.sheets or self.missing or self.obstacles)

    def on(self, sheets: Sequence[SheetSeen]) -> Adoption:
        """Give the same adoption for a copy of the spreadsheet, whose sheets have the same titles."""
        titled = {sheet.title: sheet for sheet in sheets}
        return replace(self, sheets=tuple(replace(one, seen=titled[one.seen.title]) for one in self.sheets))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What whoever takes a spreadsheet over says about it.

    Attributes:
        mapping: `COLUMN=FIELD` pairs as written.
        tabs: Titles of the sheets with the customers; none when they are to be found.
    """

    mapping: Sequence[str] = ()
    tabs: Sequence[str] = ()


def recognise_spreadsheet(
    sheets: Sequence[SheetSeen], register: Register, context: Context, wishes: Wishes
) -> Adoption:
    """Say what each sheet of a spreadsheet is, and what has to be added.

    Several sheets of one kind, one for each salesperson or month, are one tab. A sheet that says it
    is a copy or put aside is left alone, as is a hidden one where others are in view. In a register that is
    bound already, only sheets that are named join.

    Args:
        sheets: Its sheets with all their cells.
        register: The register it is to become.
        context: What phones and amounts are read by.
        wishes: What was said about it.

    Raises:
        MappingUnreadable: A pair of the mapping names a column or a field that is not there.
    """
    bound = {sheet.tab_tag for sheet in sheets if sheet.tab_tag}
    free = [sheet for sheet in sheets if not sheet.tab_tag]
    found: list[SheetAdoption] = []
    left: tuple[str, ...] = ()
    here = {sheet.title for sheet in sheets if sheet.tab_tag == CUSTOMERS.id}
    if CUSTOMERS.id not in bound or not here.issuperset(wishes.tabs):
        wishes = replace(wishes, tabs=[title for title in wishes.tabs if title not in here])
        customers, left, obstacles = _customers(free, register.tab(CUSTOMERS.id), context, wishes)
        if obstacles:
            return Adoption(obstacles=obstacles)
        found.extend(customers)
    taken = [one.seen.title for one in found]
    if TRANSACTIONS.id not in bound:
        rest = [sheet for sheet in free if sheet.title not in (*taken, *left)]
        orders, aside = _transactions(rest, register.tab(TRANSACTIONS.id), context)
        found.extend(orders)
        left = (*left, *aside)
    known = bound | {one.tab.id for one in found}
    return Adoption(
        sheets=tuple(found),
        bound=tuple(tab.id for tab in register.tabs if tab.id in bound),
        missing=tuple(tab for tab in register.tabs if tab.id not in known),
        left=left,
        obstacles=tuple(obstacle for one in found for obstacle in obstacles_of(one)),
    )


def _customers(
    sheets: Sequence[SheetSeen], tab: Tab, context: Context, wishes: Wishes
) -> tuple[list[SheetAdoption], tuple[str, ...], tuple[Obstacle, ...]]:
    """Find the sheets with customers; give them, the titles of others that look like it, and obstacles."""
    mapping = fields_by_header(tab, wishes.mapping)
    lines = {sheet.title: find_header(tab, sheet.rows, mapping) for sheet in sheets}
    candidates = [sheet for sheet in sheets if _holds_customers(sheet, lines[sheet.title])]
    chosen = _in_use(candidates)
    if wishes.tabs:
        chosen = [sheet for sheet in sheets if sheet.title in wishes.tabs]
    absent = [title for title in wishes.tabs if title not in lines]
    if absent or not chosen:
        return [], (), (_why_none(sheets, lines, absent),)
    found = [(sheet, lines[sheet.title]) for sheet in chosen]
    adopted: list[SheetAdoption] = []
    for (sheet, line), pairs in zip(found, mappings_of(tab, found, wishes.mapping), strict=True):
        if line is None or "full_name" not in _said_fields(line, tab, sheet, pairs):
            return [], (), (_why_none([sheet], lines, ()),)
        adopted.append(_adopted(sheet, tab, line, context, pairs))
    return adopted, tuple(sheet.title for sheet in candidates if sheet not in chosen), ()


def _said_fields(header: HeaderLine, tab: Tab, sheet: SheetSeen, mapping: Sequence[str]) -> frozenset[str]:
    """Give the fields that the headers or the mapping name."""
    mapped = mapped_places(tab, header, sheet, mapping)
    return header.fields | frozenset(mapped.values())


def _in_use(candidates: Sequence[SheetSeen]) -> list[SheetSeen]:
    """Give those in use, none of them put aside: the one called 客户, where only one is."""
    worded = [one for one in candidates if any(word in headers.plain(one.title) for word in _CUSTOMER_WORDS)]
    if len(worded) == 1 and headers.is_tab(CUSTOMERS, worded[0].title):
        return worded
    return _not_aside(candidates)


def _not_aside(candidates: Sequence[SheetSeen]) -> list[SheetSeen]:
    """Give the candidates without copies and hidden ones, unless there are no others."""
    kept = [sheet for sheet in candidates if not sheet.hidden and not headers.is_aside(sheet.title)]
    return kept or list(candidates)[:1]


def _holds_customers(sheet: SheetSeen, line: HeaderLine | None) -> bool:
    if line is None or "full_name" not in line.fields or _holds_orders(sheet, line):
        return False
    return headers.is_tab(CUSTOMERS, sheet.title) or bool(line.fields & _TELLING)


def _holds_orders(sheet: SheetSeen, customers: HeaderLine | None) -> bool:
    """Say whether a sheet names more columns of orders than of customers, those among them that count."""
    line = find_header(TRANSACTIONS, sheet.rows, {})
    if line is None or "customer_id" not in line.fields or len(line.fields) < _FEWEST_OF_ORDERS:
        return False
    others = len(customers.fields) if customers is not None else 0
    return bool(line.fields & {"transaction_date", "amount"}) and len(line.fields) > others


def _transactions(
    sheets: Sequence[SheetSeen], tab: Tab, context: Context
) -> tuple[list[SheetAdoption], tuple[str, ...]]:
    """Find the sheets with the orders, if there are any; give the titles of those that are put aside too."""
    candidates = [sheet for sheet in sheets if _holds_orders(sheet, find_header(CUSTOMERS, sheet.rows, {}))]
    chosen = _not_aside(candidates)
    lines = [(sheet, find_header(tab, sheet.rows, {})) for sheet in chosen]
    adopted = [_adopted(sheet, tab, line, context, ()) for sheet, line in lines if line is not None]
    return adopted, tuple(sheet.title for sheet in candidates if sheet not in chosen)


def _why_none(
    sheets: Sequence[SheetSeen], lines: Mapping[str, HeaderLine | None], absent: Sequence[str]
) -> Obstacle:
    """Say why no sheet holds customers: nothing there, no header row, or no column with names."""
    titles = ", ".join(sheet.title for sheet in sheets)
    if absent:
        return Obstacle.of("init-no-tab", tab=absent[0], tabs=titles)
    if not any(sheet.rows for sheet in sheets):
        return Obstacle.of("init-empty", tabs=titles)
    named = [(len(line.fields), sheet, line) for sheet in sheets if (line := lines[sheet.title]) is not None]
    if not named:
        return Obstacle.of("init-no-headers", tabs=titles)
    _, sheet, line = max(named, key=lambda one: one[0])
    there = ", ".join(text for text in line.texts if text.strip())
    code = "init-no-customers" if "full_name" in line.fields else "init-no-name"
    return Obstacle.of(code, tab=sheet.title, row=line.row, headers=there)


def _adopted(
    sheet: SheetSeen, tab: Tab, line: HeaderLine, context: Context, mapping: Sequence[str]
) -> SheetAdoption:
    """Bind the columns of a sheet; its totals and blank rows do not count as lines."""
    width = max(len(line.texts), *(len(row) for row in sheet.rows), 0)
    texts = (*line.texts, *[""] * (width - len(line.texts)))
    body = [[*row, *[""] * (width - len(row))] for row in sheet.rows[line.row :]]
    mapped = mapped_places(tab, line, sheet, mapping)
    texts_read = [text.strip() for text in texts]
    intake: Intake = recognise_columns(tab, texts_read, body, mapped, context)  # type: ignore[arg-type]
    positions = tuple((name, place) for place, name in enumerate(intake.fields) if name)
    binding = Binding(header_row=line.row, positions=positions)
    read = read_tab(replace(tab, columns=tab.team_columns), binding, sheet.rows)
    return SheetAdoption(
        seen=sheet,
        tab=tab,
        header_row=line.row,
        texts=tuple(" ".join(text.split()) for text in texts),
        fields=intake.fields,
        used=tuple(
            bool(texts[place].strip()) or any(holds_something(row[place]) for row in body)
            for place in range(width)
        ),
        doubted=tuple((" ".join(text.split()), name) for text, name in intake.doubted),
        twice=intake.twice,
        lines=int(data_rows(read).sum()),
        totals=tuple(sorted(read.totals)),
        repeated=tuple(sorted(read.repeated)),
    )
