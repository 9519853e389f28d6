"""Checks: what is wrong with the register. A check takes the facts and gives issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.checks import columns, customers, free_text, links, people, places, transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from backend.core.checks.facts import Facts
    from backend.core.issues import Issue

CHECKS: tuple[Callable[[Facts], Iterable[Issue]], ...] = (
    columns.find_missing_columns,
    columns.find_unbound_headers,
    columns.find_whole_columns,
    columns.find_unreadable_cells,
    columns.find_other_forms,
    columns.find_blank_cells,
    columns.find_blank_cells_of_companies,
    columns.find_rows_without_any,
    columns.find_repeated_values,
    columns.find_numbers_out_of_range,
    columns.find_dates_out_of_range,
    links.find_dangling_references,
    customers.find_shared_contacts,
    customers.find_days_out_of_order,
    customers.find_unclear_identities,
    people.find_birth_dates_unlike_the_id,
    people.find_ages_unlike_the_birth_date,
    people.find_genders_unlike_the_id,
    people.find_names_unlike_the_type,
    places.find_cities_outside_their_province,
    places.find_districts_outside_their_city,
    places.find_addresses_elsewhere,
    places.find_postcodes_elsewhere,
    places.find_landlines_elsewhere,
    free_text.find_sensitive_texts,
    transactions.find_unmarked_refunds,
    transactions.find_amounts_without_rate,
    transactions.find_amounts_unlike_the_product,
    transactions.find_refunds_above_the_purchase,
)
"""Every check, in the order its issues are listed."""


def check(facts: Facts) -> tuple[Issue, ...]:
    """Run every check."""
    return tuple(issue for find in CHECKS for issue in find(facts))
