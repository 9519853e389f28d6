from __future__ import annotations

import pytest

from backend.core.duplicates import FieldKind, MatchField
from backend.core.duplicates.schema_rules import default_rules
from backend.core.match_rules import NO_LINES, parse_match_rules
from tests.builders import TODAY, tab_read

COLUMNS = ("full_name", "mobile", "email", "customer_type")


def test_without_lines_the_usual_rules_apply() -> None:
    for read in (None, tab_read("MatchRules")):
        lines, issues = parse_match_rules(read, today=TODAY)

        assert (lines, issues) == (NO_LINES, ())
        assert lines.rules(COLUMNS, max_shared=5) == default_rules(COLUMNS, max_shared=5)


def test_a_line_changes_its_column_and_leaves_the_others() -> None:
    read = tab_read(
        "MatchRules",
        {"field": "手机", "weight": 0.5, "max_shared": 3},
        {"field": "email", "active": "否"},
        {"field": "customer_type", "scope": "yes"},
        {"field": "*", "possible_from": 0.7, "certain_from": 0.99},
    )

    lines, issues = parse_match_rules(read, today=TODAY)
    rules = lines.rules(COLUMNS, max_shared=5)

    assert issues == ()
    assert rules.fields == (
        MatchField(column="full_name", kind=FieldKind.NAME),
        MatchField(column="mobile", kind=FieldKind.PHONE, weight=0.5, max_shared=3),
        MatchField(column="customer_type", kind=FieldKind.CHOICE, scope=True),
    )
    assert (rules.possible_from, rules.certain_from, rules.max_shared) == (0.7, 0.99, 5)


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ({"field": "shoe size", "weight": 1}, "field", "match-rule-unreadable"),
        ({"field": "mobile", "weight": 9}, "weight", "match-rule-unreadable"),
        ({"field": "mobile", "weight": "much"}, "weight", "match-rule-unreadable"),
        ({"field": "mobile", "match_kind": "smell"}, "match_kind", "match-rule-unreadable"),
        ({"field": "*", "possible_from": 1.5}, "possible_from", "match-rule-unreadable"),
        ({"field": "mobile", "max_shared": 0}, "max_shared", "match-rule-unreadable"),
        ({"field": "email"}, "field", "match-rule-twice"),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_applies(line: dict[str, object], column: str, code: str) -> None:
    read = tab_read("MatchRules", {"field": "email", "weight": 2}, line)

    lines, issues = parse_match_rules(read, today=TODAY)

    assert [(issue.row, issue.column, issue.code) for issue in issues] == [(3, column, code)]
    assert lines.fields == (MatchField(column="email", kind=FieldKind.EMAIL, weight=2.0),)
