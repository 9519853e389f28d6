"""Tiers set by hand: they need a reason and an end, and count only until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.core.issues import Issue

if TYPE_CHECKING:
    import pandas as pd

LONGEST_DAYS = 365
"""A manual tier may run at most so many days ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A tier set by hand that is in force."""

    tier: str
    until: date
    reason: str


def read_overrides(customers: pd.DataFrame, *, today: date) -> tuple[dict[int, Override], tuple[Issue, ...]]:
    """Read the manual tiers that are in force, and name those that cannot be used.

    Args:
        customers: Normalised values of `tier_override` (code), `tier_override_reason` (text) and
            `tier_override_until` (ISO text), '' where blank; each column where the sheet has it.
        today: The day of the run; an override ends with its last day.

    Returns:
        Overrides by sheet row, and an issue for each that lacks a reason or an end, ended, or runs too long.
    """
    if "tier_override" not in customers:
        return {}, ()
    overrides: dict[int, Override] = {}
    issues: list[Issue] = []
    for row in customers.index[customers["tier_override"] != ""]:
        cells = customers.loc[row]
        tier, reason = str(cells["tier_override"]), str(cells.get("tier_override_reason", ""))
        until = str(cells.get("tier_override_until", ""))
        code = _problem(reason, until, today)
        if code:
            issues.append(
                Issue(
                    tab="Customers",
                    row=row,
                    column="tier_override",
                    code=code,
                    value=tier,
                    params=(("until", until),),
                )
            )
        else:
            overrides[row] = Override(tier=tier, until=date.fromisoformat(until), reason=reason)
    return overrides, tuple(issues)


def _problem(reason: str, until: str, today: date) -> str:
    if not reason or not until:
        return "override-incomplete"
    last = date.fromisoformat(until)
    if last < today:
        return "override-ended"
    return "override-too-long" if last > today + timedelta(days=LONGEST_DAYS) else ""
