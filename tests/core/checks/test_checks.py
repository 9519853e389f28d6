from __future__ import annotations

from backend.core.checks import CHECKS, check
from backend.core.issues import Issue
from sheets_schema.model import Language
from tests.builders import customer, facts_of, tab_read


def test_a_register_without_a_fault_has_no_issue() -> None:
    order = {
        "transaction_id": "T1", "order_no": "A1", "customer_id": "K1", "transaction_date": "2026-11-01",
        "amount": 12.5, "status": "paid",
    }  # fmt: skip
    facts = facts_of(tab_read("Customers", customer(customer_id="K1")), tab_read("Transactions", order))

    assert check(facts) == ()


def test_every_check_is_run_and_every_issue_can_be_said() -> None:
    facts = facts_of(
        tab_read(
            "Customers",
            {
                "full_name": "",
                "mobile": "",
                "birth_date": "2030-01-01",
                "row_id": "mine",
                "customer_id": "K1",
            },
            {
                "full_name": "丙",
                "mobile": "138-1234-8000",
                "birth_date": "",
                "row_id": "",
                "customer_id": "K1",
            },
            {"full_name": "丁", "mobile": "13812348000", "birth_date": "", "row_id": "", "customer_id": "K2"},
        ),
        tab_read("Transactions", {"customer_id": "K9", "amount": -1, "status": "paid", "currency": "XYZ"}),
    )

    issues = check(facts)

    assert {issue.code for issue in issues} == {
        "column-missing", "required-error", "required-one-of", "not-unique", "date-in-future",
        "reference-unknown", "contact-shared", "form-differs", "refund-not-marked", "currency-no-rate",
    }  # fmt: skip
    assert all(issue.message(language) for issue in issues for language in Language)
    assert all(isinstance(issue, Issue) for find in CHECKS for issue in find(facts))
