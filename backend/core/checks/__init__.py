"""Checks: what is wrong with the register. A check takes the facts and gives issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.checks import columns, customers, days, free_text, links, people, places, transactions
from backend.core.checks.rows import ROWS
from backend.core.fields.column import without_collection

if TYPE_CHECKING:
    from backend.core.checks.facts import Facts
    from backend.core.checks.rows import Check, RowMemory
    from backend.core.issues import Issue

CHECKS: tuple[Check, ...] = (
    columns.find_missing_columns,
    columns.find_unbound_headers,
    columns.find_merged_cells,
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
    days.find_days_out_of_order,
    days.find_days_before_those_of_the_customer,
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
    free_text.find_sensitive_texts_elsewhere,
    transactions.find_unmarked_refunds,
    transactions.find_amounts_without_rate,
    transactions.find_amounts_unlike_the_product,
    transactions.find_refunds_above_the_purchase,
)
"""Every check, in the order its issues are listed."""

OF_THE_TABLE: frozenset[Check] = frozenset(
    {
        columns.find_missing_columns,
        columns.find_unbound_headers,
        columns.find_merged_cells,
        columns.find_whole_columns,
        columns.find_repeated_values,
        links.find_dangling_references,
        customers.find_shared_contacts,
        days.find_days_before_those_of_the_customer,
        customers.find_unclear_identities,
        free_text.find_sensitive_texts_elsewhere,
        transactions.find_refunds_above_the_purchase,
    }
)
"""Checks that compare rows, or look at what is no cell of a row: they see every row, every time."""

OF_ONE_ROW = tuple(find for find in CHECKS if find not in OF_THE_TABLE)
"""Checks that look at the cells of one row, the settings and the day alone: rows that did not change are not
judged again. Of the whole such a check may ask only what `Facts.said_once` says."""


@without_collection()
def check(facts: Facts, memory: RowMemory = ROWS) -> tuple[Issue, ...]:
    """Run every check.

    Args:
        facts: What to check.
        memory: What was found in the rows before; the answer is the same with any.
    """
    in_rows = dict(zip(OF_ONE_ROW, memory.find(facts, OF_ONE_ROW), strict=True))
    found = (in_rows[find] if find in in_rows else find(facts) for find in CHECKS)
    return tuple(issue for issues in found for issue in issues)
