"""Taking over a spreadsheet the team keeps already: what each of its tabs is, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.adoption_obstacles import Obstacle, obstacles_of
from backend.core.header_lines import find_header
from backend.core.intake import recognise_columns
from backend.core.snapshot import data_rows, holds_something, read_tab
from backend.errors import MappingUnreadable
from sheets_schema import headers
from sheets_schema.headers import LEFT_ALONE, Binding, column_letters
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.transactions import TRANSACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
        left: Titles of sheets that look like customers as well and are left alone.
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
        tab: Title of the sheet with the customers; '' when it is to be found.
    """

    mapping: Sequence[str] = ()
    tab: str = ""


def recognise_spreadsheet(
    sheets: Sequence[SheetSeen], register: Register, context: Context, wishes: Wishes
) -> Adoption:
    """Say what each sheet of a spreadsheet is, and what has to be added.

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
    if CUSTOMERS.id not in bound:
        customers, left, obstacles = _customers(free, register.tab(CUSTOMERS.id), context, wishes)
        if customers is None:
            return Adoption(obstacles=obstacles)
        found.append(customers)
    taken = [one.seen.title for one in found]
    if TRANSACTIONS.id not in bound:
        rest = [sheet for sheet in free if sheet.title not in (*taken, *left)]
        orders, obstacles = _transactions(rest, register.tab(TRANSACTIONS.id), context)
        if obstacles:
            return Adoption(sheets=tuple(found), left=left, obstacles=obstacles)
        found.extend(orders)
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
) -> tuple[SheetAdoption | None, tuple[str, ...], tuple[Obstacle, ...]]:
    """Find the sheet with the customers; give it, the titles of others that look like it, and obstacles."""
    mapping = _by_header(tab, wishes.mapping)
    lines = {sheet.title: find_header(tab, sheet.rows, mapping) for sheet in sheets}
    candidates = [sheet for sheet in sheets if _holds_customers(sheet, lines[sheet.title])]
    if wishes.tab:
        candidates = [sheet for sheet in sheets if sheet.title == wishes.tab]
    chosen = _the_one_named(candidates)
    if chosen is None:
        if len(candidates) > 1:
            titles = ", ".join(sheet.title for sheet in candidates)
            return None, (), (Obstacle.of("init-several", tabs=titles, first=candidates[0].title),)
        return None, (), (_why_none(sheets, lines, wishes),)
    header = lines[chosen.title]
    if header is None or "full_name" not in _said_fields(header, tab, chosen, wishes):
        return None, (), (_why_none([chosen], lines, wishes),)
    left = tuple(sheet.title for sheet in candidates if sheet is not chosen)
    return _adopted(chosen, tab, header, context, wishes.mapping), left, ()


def _said_fields(header: HeaderLine, tab: Tab, sheet: SheetSeen, wishes: Wishes) -> frozenset[str]:
    """Give the fields that the headers or the mapping name."""
    mapped = _mapped_places(tab, header, sheet, wishes.mapping)
    return header.fields | frozenset(mapped.values())


def _the_one_named(candidates: Sequence[SheetSeen]) -> SheetSeen | None:
    """Give the only candidate; of several the one called 客户, where no other title has such a word."""
    if len(candidates) == 1:
        return candidates[0]
    worded = [one for one in candidates if any(word in headers.plain(one.title) for word in _CUSTOMER_WORDS)]
    if len(worded) == 1 and headers.is_tab(CUSTOMERS, worded[0].title):
        return worded[0]
    return None


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
) -> tuple[list[SheetAdoption], tuple[Obstacle, ...]]:
    """Find the sheet with the orders, if there is one."""
    candidates = [sheet for sheet in sheets if _holds_orders(sheet, find_header(CUSTOMERS, sheet.rows, {}))]
    if len(candidates) > 1:
        titles = ", ".join(sheet.title for sheet in candidates)
        return [], (Obstacle.of("init-several-orders", tabs=titles),)
    lines = [(sheet, find_header(tab, sheet.rows, {})) for sheet in candidates]
    return [_adopted(sheet, tab, line, context, ()) for sheet, line in lines if line is not None], ()


def _why_none(
    sheets: Sequence[SheetSeen], lines: Mapping[str, HeaderLine | None], wishes: Wishes
) -> Obstacle:
    """Say why no sheet holds customers: nothing there, no header row, or no column with names."""
    titles = ", ".join(sheet.title for sheet in sheets)
    if wishes.tab and wishes.tab not in lines:
        return Obstacle.of("init-no-tab", tab=wishes.tab, tabs=titles)
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
    mapped = _mapped_places(tab, line, sheet, mapping)
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


def _by_header(tab: Tab, mapping: Sequence[str]) -> Mapping[str, str]:
    """Read the mapping as far as header texts go, to find the header row by it."""
    pairs = [[part.strip() for part in text.rpartition("=")] for text in mapping]
    fields = {header: _field(tab, name) for header, _, name in pairs if header}
    return MappingProxyType({header: field_id for header, field_id in fields.items() if field_id})


def _field(tab: Tab, name: str) -> str:
    if name == LEFT_ALONE:
        return LEFT_ALONE
    ours = {column.id for column in tab.block}
    return next((one for one in headers.columns_of(tab, name) if one not in ours), "")


def _mapped_places(tab: Tab, line: HeaderLine, sheet: SheetSeen, mapping: Sequence[str]) -> Mapping[int, str]:
    """Give the field of each position that the mapping names, by header or by the letters of the column.

    Raises:
        MappingUnreadable: There is no such column or field, or one is named twice.
    """
    places: dict[int, str] = {}
    width = max(len(line.texts), *(len(row) for row in sheet.rows), 0)
    texts = [" ".join(text.split()) for text in line.texts]
    for text in mapping:
        header, mark, name = (part.strip() for part in text.rpartition("="))
        wanted = " ".join(header.split())
        found = [place for place, one in enumerate(texts) if one == wanted] or [
            place for place in range(width) if column_letters(place) == wanted
        ]
        field_id = _field(tab, name)
        if not mark or len(found) != 1:
            raise _unreadable(text, texts, found)
        if not field_id:
            known = ", ".join(column.id for column in tab.team_columns)
            raise MappingUnreadable(text, f"the fields are: {known}.", f"可用的字段：{known}。")
        if found[0] in places or (field_id != LEFT_ALONE and field_id in places.values()):
            raise MappingUnreadable(
                text, "this column or this field is mapped already.", "这一列或这个字段前面已经写过。"
            )
        places[found[0]] = field_id
    return MappingProxyType(places)


def _unreadable(text: str, texts: Iterable[str], found: Sequence[int]) -> MappingUnreadable:
    """Say that a pair names no column, or several."""
    if len(found) > 1:
        letters = ", ".join(column_letters(place) for place in found)
        return MappingUnreadable(
            text,
            f"several columns have this header, so name one by its letter: {letters}.",
            f"有几列是这个列名，请改用列的字母：{letters}。",
        )
    there = ", ".join(one for one in texts if one)
    return MappingUnreadable(
        text, f"the header row has these columns: {there}.", f"表头里有这些列：{there}。"
    )
