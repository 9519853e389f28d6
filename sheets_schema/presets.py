"""Presets: which tabs and columns a team of one kind of business gets."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from sheets_schema.model import Preset, Register, Severity
from sheets_schema.tabs.archive import ARCHIVE
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.duplicates import DUPLICATES
from sheets_schema.tabs.issues import ISSUES
from sheets_schema.tabs.mappings import MAPPINGS
from sheets_schema.tabs.match_rules import MATCH_RULES
from sheets_schema.tabs.runs import RUNS
from sheets_schema.tabs.settings import SETTINGS
from sheets_schema.tabs.tier_rules import TIER_RULES
from sheets_schema.tabs.transactions import TRANSACTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheets_schema.model import Tab

TABS: tuple[Tab, ...] = (
    CUSTOMERS,
    TRANSACTIONS,
    ISSUES,
    DUPLICATES,
    SETTINGS,
    TIER_RULES,
    MATCH_RULES,
    MAPPINGS,
    RUNS,
    ARCHIVE,
)

_REQUIRED: Mapping[Preset, Mapping[str, Severity]] = MappingProxyType(
    {
        Preset.RETAIL: MappingProxyType({}),
        Preset.B2B: MappingProxyType({"owner": Severity.WARNING, "industry": Severity.INFO}),
        Preset.ECOMMERCE: MappingProxyType({}),
    }
)
"""Customers columns that a preset requires beyond the base."""

_OF_COMPANIES: Mapping[Preset, frozenset[str]] = MappingProxyType(
    {Preset.RETAIL: frozenset(), Preset.B2B: frozenset({"uscc"}), Preset.ECOMMERCE: frozenset()}
)
"""Customers columns that a preset requires of companies only."""

_ONE_OF: Mapping[Preset, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        Preset.RETAIL: (("mobile", "wechat_id", "phone_2", "email"),),
        Preset.B2B: (("mobile", "phone_2", "email"),),
        Preset.ECOMMERCE: (("member_no", "email"), ("mobile", "email", "phone_2", "wechat_id")),
    }
)
"""Groups of Customers columns of which each row of a preset needs one."""


@cache
def register(preset: Preset) -> Register:
    """Give the register of a preset: every column is known, `laid_out` says which a new one gets."""
    required, of_companies = _REQUIRED[preset], _OF_COMPANIES[preset]
    columns = tuple(
        replace(
            column,
            required=required.get(column.id, column.required),
            required_of="company" if column.id in of_companies else column.required_of,
        )
        for column in CUSTOMERS.columns
    )
    customers = replace(CUSTOMERS, columns=columns, one_of=_ONE_OF[preset])
    return Register(preset=preset, tabs=(customers, *TABS[1:]))


def laid_out(tab: Tab, preset: Preset) -> Tab:
    """Give the tab with only the columns that a new register of the preset gets."""
    return replace(tab, columns=tuple(column for column in tab.columns if preset in column.presets))
