from __future__ import annotations

from backend.core.checks.customers import (
    find_shared_contacts,
    find_unclear_identities,
)
from sheets_schema.model import Language
from tests.builders import customer, facts_of, places, tab_read

A = "C-00000-00000"


def test_a_contact_on_several_rows_is_named_on_each_however_it_is_written() -> None:
    facts = facts_of(
        tab_read(
            "Customers",
            customer(mobile="13812348000", email="Wang@QQ.com"),
            customer(mobile="+86 138 1234 8000", email=""),
            customer(mobile="13912348000", email="wang@qq.com"),
        )
    )

    issues = list(find_shared_contacts(facts))

    assert places(issues) == [
        (2, "mobile", "contact-shared"),
        (3, "mobile", "contact-shared"),
        (2, "email", "contact-shared"),
        (4, "email", "contact-shared"),
    ]
    assert issues[0].message(Language.ZH) == "有 2 行都是这个"


def test_blank_contacts_are_not_shared() -> None:
    facts = facts_of(tab_read("Customers", customer(mobile=""), customer(mobile="")))

    assert list(find_shared_contacts(facts)) == []


def test_rows_that_share_a_row_id_are_named() -> None:
    facts = facts_of(
        tab_read(
            "Customers", customer(row_id="mine"), customer(row_id=A), customer(row_id=A), customer(row_id="")
        )
    )

    issues = list(find_unclear_identities(facts))

    assert places(issues) == [(3, "row_id", "row-id-shared"), (4, "row_id", "row-id-shared")]
    assert issues[0].message(Language.EN).startswith(f"several rows carry the row id {A}")
