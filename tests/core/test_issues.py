from __future__ import annotations

from backend.core.issues import Issue, count_by_field
from sheets_schema.model import Language, Severity
from sheets_schema.tabs.customers import CUSTOMERS


def issue(column: str, code: str, **params: str) -> Issue:
    return Issue(tab="Customers", row=2, column=column, code=code, params=tuple(params.items()))


def test_an_issue_is_worded_in_both_languages_and_masked_outside_its_row() -> None:
    letters = issue("mobile", "phone-letters", value="1380013800O")

    assert letters.severity is Severity.ERROR
    assert letters.message(Language.ZH) == "含有字母：1380013800O；号码只能有数字，例如 13800138000"
    assert (
        letters.message(Language.EN)
        == "holds letters: 1380013800O; a number has digits only, like 13800138000"
    )
    assert letters.masked_message(CUSTOMERS.column("mobile"), Language.EN) == (
        "holds letters: 138****800O; a number has digits only, like 13800138000"
    )


def test_issues_are_counted_by_field_and_severity_the_most_first() -> None:
    issues = [
        issue("email", "required-info"),
        issue("mobile", "required-error"),
        issue("mobile", "required-warning"),
        issue("mobile", "not-unique"),
        issue("city", "required-info"),
    ]

    counts = count_by_field(issues)

    assert {field: dict(count) for field, count in counts.items()} == {
        "Customers.mobile": {Severity.ERROR: 2, Severity.WARNING: 1},
        "Customers.city": {Severity.INFO: 1},
        "Customers.email": {Severity.INFO: 1},
    }
    assert list(counts) == ["Customers.mobile", "Customers.city", "Customers.email"]
