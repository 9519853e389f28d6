from __future__ import annotations

import pytest

from sheets_schema.model import Kind, Language, Owner, Preset, Severity, Text, choice, column
from sheets_schema.presets import register
from sheets_schema.tabs.customers import CUSTOMERS


def test_an_error_ranks_above_a_warning_and_a_warning_above_a_note() -> None:
    assert [severity.rank for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)] == [2, 1, 0]


@pytest.mark.parametrize(
    ("text", "zh", "en", "both"),
    [
        (Text(zh="客户", en="Customers"), "客户", "Customers", "客户 / Customers"),
        (Text(zh="ABC", en="ABC"), *3 * ["ABC"]),
    ],
)
def test_a_text_is_given_in_one_language_or_both(text: Text, zh: str, en: str, both: str) -> None:
    assert (text.to(Language.ZH), text.to(Language.EN), text.both) == (zh, en, both)


def test_a_column_and_a_choice_are_written_inline() -> None:
    size = column(
        "size", "尺码", "Size", Kind.CHOICE, "衣服", "Clothes", choices=(choice("s", "小", "small", "S"),)
    )

    assert (size.label, size.help) == (Text(zh="尺码", en="Size"), Text(zh="衣服", en="Clothes"))
    assert size.choices[0].label == Text(zh="小", en="small")
    assert size.choices[0].synonyms == ("S",)


def test_a_tab_parts_the_teams_columns_from_the_block() -> None:
    assert [one.id for one in CUSTOMERS.block] == [
        "row_id", "tier", "status", "issues", "duplicate_of",
        "explanation", "tier_reason", "tier_since", "sig",
    ]  # fmt: skip
    assert {one.owner for one in CUSTOMERS.team_columns} == {Owner.TEAM}
    assert [*CUSTOMERS] == [*CUSTOMERS.block, *CUSTOMERS.team_columns]


def test_what_is_not_in_the_schema_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="shoe_size"):
        CUSTOMERS.column("shoe_size")
    with pytest.raises(KeyError, match="Shoes"):
        register(Preset.RETAIL).tab("Shoes")
