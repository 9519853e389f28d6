from __future__ import annotations

import pytest

from sheets_schema.model import Preset, Severity
from sheets_schema.presets import TABS, laid_out, register


@pytest.mark.parametrize(
    ("preset", "required", "one_of"),
    [
        (Preset.RETAIL, {"full_name": Severity.ERROR}, (("mobile", "wechat_id", "phone_2", "email"),)),
        (
            Preset.B2B,
            {"full_name": Severity.ERROR, "owner": Severity.WARNING, "industry": Severity.INFO},
            (("mobile", "phone_2", "email"),),
        ),
        (
            Preset.ECOMMERCE,
            {"full_name": Severity.ERROR},
            (("member_no", "email"), ("mobile", "email", "phone_2", "wechat_id")),
        ),
    ],
)
def test_a_preset_decides_what_a_customer_needs(
    preset: Preset, required: dict[str, Severity], one_of: tuple[tuple[str, ...], ...]
) -> None:
    customers = register(preset).tab("Customers")

    assert {column.id: column.required for column in customers if column.required} == required
    assert customers.one_of == one_of


@pytest.mark.parametrize("preset", Preset)
def test_every_preset_has_every_tab_and_knows_every_column(preset: Preset) -> None:
    known = register(preset)

    assert known.preset is preset
    assert [tab.id for tab in known.tabs] == [tab.id for tab in TABS]
    for tab in TABS:
        assert [column.id for column in known.tab(tab.id)] == [column.id for column in tab]


@pytest.mark.parametrize(
    ("preset", "there", "missing"),
    [
        (Preset.RETAIL, {"gender", "wechat_id"}, {"uscc", "country", "team_tier"}),
        (Preset.B2B, {"uscc", "country", "industry"}, {"gender", "wechat_id", "team_tier"}),
        (Preset.ECOMMERCE, {"wechat_id", "member_no"}, {"gender", "uscc", "team_tier"}),
    ],
)
def test_a_new_register_gets_the_columns_of_its_preset(
    preset: Preset, there: set[str], missing: set[str]
) -> None:
    columns = {column.id for column in laid_out(register(preset).tab("Customers"), preset)}

    assert columns & (there | missing) == there


@pytest.mark.parametrize("preset", Preset)
def test_a_column_that_a_preset_requires_or_asks_for_is_laid_out(preset: Preset) -> None:
    tab = laid_out(register(preset).tab("Customers"), preset)
    laid = {column.id for column in tab}

    assert {column.id for column in register(preset).tab("Customers") if column.required} <= laid
    assert all(laid & set(group) for group in tab.one_of)
