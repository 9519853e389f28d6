"""Rows that sum up a tab (合计, 小计, Total): what they look like. They are no customers and no orders."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from sheets_schema.headers import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheets_schema.headers import Binding
    from sheets_schema.model import Tab

_TOTAL = re.compile(
    r"(?:本[页表月年季]|[\d.,]+[年月日季度]*|上半年|下半年|全年|全部|客户|人数)?"
    r"(?:合计|总计|小计|共计|总和|总数|累计|平均|平均值)(?:人数|客户数|金额|数量|数)?[\d.,]*[人位个户名家条元]*"
    r"|(?:sub|grand)?totals?(?:customers|amount)?[\d.,]*|sum|average"
)
_HINT = re.compile("[计總总数均]|total|sum|average", re.IGNORECASE)
_NOTE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_CONTACT_LENGTH = 5
"""A contact has at least so many characters; below that a number counts something."""

_NAMED_BY: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Customers": ("full_name", ("mobile", "phone_2", "email", "wechat_id")),
        "Transactions": ("customer_id", ("transaction_date",)),
    }
)
"""For each tab of lines: the column that names whose line it is, and those that only a real line fills."""


@lru_cache(maxsize=4096)
def is_total(text: str) -> bool:
    """Say whether a text is the label of a sum: 合计, 本月小计, 总计（35人）, Grand total."""
    return bool(_HINT.search(text)) and bool(_TOTAL.fullmatch(plain(_NOTE.sub("", text))))


def total_rows(tab: Tab, binding: Binding, rows: Iterable[tuple[int, Sequence[object]]]) -> frozenset[int]:
    """Give the sheet rows that are totals.

    A row is one when its first cell or the one that names its customer is the label of a sum, nothing else
    stands where the name should, and it has no contact.

    Args:
        tab: The tab; only Customers and Transactions have such rows.
        binding: Where its columns stand.
        rows: Pairs of (sheet row, cells), Steward's own among them.
    """
    if tab.id not in _NAMED_BY:
        return frozenset()
    name, filled = _NAMED_BY[tab.id]
    places = dict(binding.positions)
    ours = frozenset(places[column.id] for column in tab.block if column.id in places)
    telling = [places[one] for one in filled if one in places]
    return frozenset(
        number
        for number, row in rows
        if _label(row, ours, places.get(name, -1))
        and not any(_tells(row[place]) for place in telling if place < len(row))
    )


def _tells(cell: object) -> bool:
    return len(str(cell)) >= _CONTACT_LENGTH and not is_total(str(cell))


def _label(row: Sequence[object], ours: frozenset[int], name: int) -> bool:
    """Say whether a row is labelled as a sum, and has no name but that label."""
    named = row[name] if 0 <= name < len(row) else ""
    if isinstance(named, str) and named.strip():
        return is_total(named)
    first = next((cell for place, cell in enumerate(row) if cell not in ("", None) and place not in ours), "")
    return isinstance(first, str) and is_total(first)
