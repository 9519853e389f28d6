from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from backend.core.tiers.override import Override, read_overrides
from sheets_schema.model import Language
from tests.builders import TODAY


def customers(*rows: tuple[str, str, str]) -> pd.DataFrame:
    columns = ["tier_override", "tier_override_reason", "tier_override_until"]
    return pd.DataFrame(rows, columns=columns, index=range(2, 2 + len(rows)), dtype=object)


@pytest.mark.parametrize("until", ["2026-11-22", "2027-11-22"])
def test_a_tier_set_by_hand_is_in_force_through_its_last_day_and_at_most_a_year(until: str) -> None:
    overrides, issues = read_overrides(
        customers(("important", "chain store", until), ("", "", "")), today=TODAY
    )

    assert overrides == {2: Override(tier="important", until=date.fromisoformat(until), reason="chain store")}
    assert issues == ()


@pytest.mark.parametrize(
    ("reason", "until", "code", "said"),
    [
        ("", "2027-01-01", "override-incomplete", "人工等级缺少原因或到期日，未采用"),
        ("chain store", "", "override-incomplete", "人工等级缺少原因或到期日，未采用"),
        ("chain store", "2026-11-21", "override-ended", "人工等级已于 2026-11-21 到期，未采用"),
        ("chain store", "2027-11-23", "override-too-long", "人工等级到 2027-11-23，超过 365 天，未采用"),
    ],
)
def test_a_tier_set_by_hand_that_cannot_be_used_is_named(
    reason: str, until: str, code: str, said: str
) -> None:
    overrides, issues = read_overrides(customers(("important", reason, until)), today=TODAY)

    assert overrides == {}
    assert [(issue.row, issue.column, issue.code, issue.value) for issue in issues] == [
        (2, "tier_override", code, "important")
    ]
    assert issues[0].message(Language.ZH) == said


def test_a_register_without_the_columns_has_no_tiers_set_by_hand() -> None:
    assert read_overrides(pd.DataFrame({"full_name": ["王小明"]}), today=TODAY) == ({}, ())


def test_a_column_of_tiers_alone_is_incomplete() -> None:
    overrides, issues = read_overrides(customers(("important", "", ""))[["tier_override"]], today=TODAY)

    assert (overrides, [issue.code for issue in issues]) == ({}, ["override-incomplete"])
