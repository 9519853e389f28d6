from __future__ import annotations

from backend.core.checks.links import find_dangling_references
from sheets_schema.model import Language
from tests.builders import customer, facts_of, places, tab_read

A = "C-00000-00000"


def test_a_reference_leads_to_a_customers_number_or_row_id() -> None:
    facts = facts_of(
        tab_read("Customers", customer(customer_id="K1", row_id=""), customer(customer_id="", row_id=A)),
        tab_read(
            "Transactions", *({"customer_id": cell} for cell in ("K1", A, "K2", "", " K1 ")), {"amount": 1}
        ),
    )

    issues = list(find_dangling_references(facts))

    assert places(issues) == [(4, "customer_id", "reference-unknown")]
    assert issues[0].message(Language.ZH) == "“客户”页里没有 K2"


def test_a_number_typed_as_a_number_leads_to_the_same_customer() -> None:
    facts = facts_of(
        tab_read("Customers", customer(customer_id="1001")), tab_read("Transactions", {"customer_id": 1001.0})
    )

    assert list(find_dangling_references(facts)) == []
