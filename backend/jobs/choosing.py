"""The customers that a person chose by rows of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.snapshot import MOST_ROWS
from backend.errors import JobArgumentsWrong

if TYPE_CHECKING:
    from collections.abc import Collection

    from backend.core.snapshot import TabRead
    from backend.jobs.arguments import Selection


def chosen_rows(job: str, customers: TabRead, data: Collection[int], chosen: Selection) -> tuple[int, ...]:
    """Give the rows of the frame that were chosen and hold a customer.

    Args:
        job: Name of the job, for the error.
        customers: The Customers tab as read.
        data: Rows of the frame that hold a customer.
        chosen: Rows of a sheet.

    Raises:
        JobArgumentsWrong: The sheet holds no customers, or none of these rows does.
    """
    places = [place for place, sheet in enumerate(customers.sheets) if sheet.sheet_id == chosen.sheet_id]
    if not places:
        titles = [f'"{sheet.title}" ({sheet.sheet_id})' for sheet in customers.sheets]
        raise JobArgumentsWrong(
            job,
            f"sheet {chosen.sheet_id} holds no customers; the customers are in {', '.join(titles)}",
            f"编号 {chosen.sheet_id} 的工作表里没有客户；客户在 {'、'.join(titles)}",
        )
    base = places[0] * MOST_ROWS
    rows = tuple(row for row in data if base + chosen.first <= row <= base + chosen.last)
    if not rows:
        raise JobArgumentsWrong(job, *_why_none(customers.sheets[places[0]], chosen))
    return rows


def _why_none(sheet: TabRead, chosen: Selection) -> tuple[str, str]:
    """Say in English and Chinese why no customer stands in the rows that were chosen."""
    one = chosen.first == chosen.last
    en = f"row {chosen.first}" if one else f"rows {chosen.first} to {chosen.last}"
    zh = f"第 {chosen.first} 行" if one else f"第 {chosen.first} 至 {chosen.last} 行"
    end = max(sheet.rows_in_grid, sheet.last_row)
    if chosen.first > end:
        return (
            f'there is no row {chosen.first} in "{sheet.title}", which has {end}',
            f"“{sheet.title}”只有 {end} 行，没有第 {chosen.first} 行",
        )
    if chosen.last <= sheet.binding.header_row:
        return f'{en} of "{sheet.title}": the headers stand there', f"“{sheet.title}”的{zh}是表头"
    if one and chosen.first in sheet.totals:
        return (
            f'{en} of "{sheet.title}" sums up others and is no customer',
            f"“{sheet.title}”的{zh}是合计行，不是客户",
        )
    if one and chosen.first in sheet.repeated:
        return f'{en} of "{sheet.title}" repeats the headers', f"“{sheet.title}”的{zh}重复了表头"
    return f'{en} of "{sheet.title}": no customer stands there', f"“{sheet.title}”的{zh}没有客户"
