from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from backend.core.tiers.columns import RecordedTotals, read_totals
from tests.builders import TODAY

OLD, NEW = ((TODAY - timedelta(days=age)).isoformat() for age in (365, 364))


def recorded(**columns: list[object]) -> RecordedTotals:
    totals = read_totals(pd.DataFrame(columns, dtype=object))
    assert totals is not None
    return totals


def figures(totals: RecordedTotals, window_days: int | None = None) -> tuple[list[int], list[int]]:
    given = totals.totals(today=TODAY, window_days=window_days)
    assert given.enquiries.tolist() == [0] * len(given.orders)
    return given.amount_minor.tolist(), given.orders.tolist()


@pytest.mark.parametrize(
    "columns", [{}, {"total_amount": ["", ""]}, {"order_count": [""], "last_purchase_at": [""]}]
)
def test_a_register_that_keeps_no_totals_has_none(columns: dict[str, list[object]]) -> None:
    assert read_totals(pd.DataFrame(columns, dtype=object)) is None


def test_all_three_columns_are_read() -> None:
    totals = recorded(total_amount=[500, ""], order_count=[3, ""], last_purchase_at=[NEW, ""])

    assert figures(totals) == ([500, 0], [3, 0])
    assert totals.last_days(today=TODAY).tolist() == [TODAY.toordinal() - 364, 0]


def test_an_amount_or_a_day_alone_is_one_order() -> None:
    assert figures(recorded(total_amount=[500, 0, "", -5])) == ([500, 0, 0, -5], [1, 0, 0, 0])
    assert figures(recorded(last_purchase_at=[NEW, ""])) == ([0, 0], [1, 0])


def test_totals_count_in_a_window_unless_the_last_purchase_lies_before_it() -> None:
    totals = recorded(total_amount=[1, 2, 4], order_count=[1, 1, 1], last_purchase_at=[OLD, NEW, ""])

    assert figures(totals, 365) == ([0, 2, 4], [0, 1, 1])
    assert figures(totals, 366) == ([1, 2, 4], [1, 1, 1])


def test_a_last_purchase_ahead_of_today_is_unknown() -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()

    assert recorded(last_purchase_at=[tomorrow]).last_days(today=TODAY).tolist() == [0]
