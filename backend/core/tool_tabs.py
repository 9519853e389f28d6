"""The lines that the tool tabs should show: problems, pairs of possible duplicates, runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from backend.core.block import LONGEST_TEXT
from backend.core.duplicates import explain
from backend.core.fields import date
from backend.core.lines import update_lines
from backend.core.masking import shown
from backend.core.wording import say
from sheets_schema.choices import LINE_STATES, STRENGTHS
from sheets_schema.model import Language
from sheets_schema.tabs.duplicates import DUPLICATES
from sheets_schema.tabs.issues import ISSUES
from sheets_schema.tabs.runs import RUNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.core.checks.facts import Facts
    from backend.core.duplicates import Duplicates
    from backend.core.issues import Issue
    from backend.core.snapshot import TabRead
    from sheets_schema.model import Tab

_ID_COLUMNS = {"Customers": ("customer_id",), "Transactions": ("transaction_id", "order_no")}
_LONGEST_VALUE = 200


def issue_lines(facts: Facts, issues: Sequence[Issue]) -> pd.DataFrame:
    """Give the lines of the Issues tab that have to be written; the worst problems come first.

    At most as many lines are shown as the setting `issue_lines` says.
    """
    settings = facts.rules.settings
    opened = LINE_STATES[0].label.to(settings.language)
    today = date.to_serial(facts.today.isoformat())
    names = _customer_names(facts)
    rows = [
        _issue_line(facts, issue, names, settings.language, today, opened)
        for issue in sorted(issues, key=lambda issue: -issue.severity.rank)[: settings.issue_lines]
    ]
    wanted = pd.DataFrame(rows, columns=_columns(ISSUES), dtype=object)
    return update_lines(
        facts.snapshot["Issues"],
        wanted,
        key=("tab", "row_id", "field", "code"),
        keep=("first_seen",),
        settled=LINE_STATES[1].label.to(settings.language),
    )


def pair_lines(facts: Facts, duplicates: Duplicates, survivors: Mapping[int, str]) -> pd.DataFrame:
    """Give one line a pair of possible duplicates, the surest first: columns = those of the Duplicates tab.

    Args:
        facts: The register.
        duplicates: Pairs and groups by sheet row of Customers.
        survivors: Row id of the suggested survivor, by the place of the group.
    """
    language = facts.rules.settings.language
    other = Language.EN if language is Language.ZH else Language.ZH
    labels = {column.id: column.label for column in facts.customers.tab.columns}
    strengths = {choice.code: choice.label.to(language) for choice in STRENGTHS}
    opened = LINE_STATES[0].label.to(language)
    ids, names = facts.identities.ids, _customer_names(facts)
    rows = []
    columns = ["a", "b", "score", "strength", "group", "evidence"]
    for a, b, probability, strong, group, reasons in duplicates.pairs[columns].to_numpy(dtype=object):
        (id_a, row_a), (id_b, row_b) = sorted(((ids[a], a), (ids[b], b)))
        evidence, in_other = (explain(reasons, spoken, labels) for spoken in (language, other))
        survivor, strength, score = survivors[group], strengths[strong], round(probability, 2)
        whose = (survivor, id_a, names[row_a], id_b, names[row_b])
        rows.append((*whose, strength, score, evidence, in_other, survivor, opened))
    return pd.DataFrame(rows, columns=_columns(DUPLICATES), dtype=object)


def duplicate_lines(facts: Facts, pairs: pd.DataFrame) -> pd.DataFrame:
    """Give the lines of the Duplicates tab that have to be written, of the pairs it should show."""
    return update_lines(
        facts.snapshot["Duplicates"],
        pairs,
        key=("row_id_a", "row_id_b"),
        settled=LINE_STATES[1].label.to(facts.rules.settings.language),
    )


def run_line(read: TabRead, **cells: object) -> pd.DataFrame:
    """Give the line of a run for the Runs tab, below the last one."""
    columns = _columns(RUNS)
    line = [cells.get(name, "") for name in columns]
    return pd.DataFrame([line], index=[read.last_row + 1], columns=columns, dtype=object)


def _issue_line(
    facts: Facts,
    issue: Issue,
    names: Mapping[int, str],
    language: Language,
    today: int,
    opened: str,
) -> tuple[object, ...]:
    tab = facts.snapshot[issue.tab].tab
    column = tab.column(issue.column) if issue.column else None
    row_id, customer = _whose(facts, issue, names)
    return (
        say(f"severity-{issue.severity}", language),
        tab.label.to(language),
        row_id,
        customer,
        column.label.to(language) if column else "",
        shown(column, issue.value)[:_LONGEST_VALUE] if column else "",
        (issue.masked_message(column, language) if column else issue.message(language))[:LONGEST_TEXT],
        shown(column, issue.suggestion)[:_LONGEST_VALUE] if column else "",
        issue.code,
        today,
        opened,
    )


def _whose(facts: Facts, issue: Issue, names: Mapping[int, str]) -> tuple[str, str]:
    """Give the id of the line an issue is about, and the name of its customer."""
    table = facts.tables.get(issue.tab)
    if table is None or issue.row not in table.raw.index:
        return "", ""
    if issue.tab == "Customers":
        return str(facts.identities.ids.get(issue.row, "")), names.get(issue.row, "")
    ids = [str(table.values.at[issue.row, name]) for name in _ID_COLUMNS[issue.tab] if name in table.columns]
    customer = table.values["customer_id"].at[issue.row] if "customer_id" in table.columns else ""
    position = facts.known_customers.get(str(customer))
    name = names[facts.customers.raw.index[position]] if position is not None else ""
    return next((one for one in ids if one), ""), name


def _customer_names(facts: Facts) -> Mapping[int, str]:
    cells = facts.customers.raw["full_name"]
    return {row: str(cell)[:_LONGEST_VALUE] for row, cell in zip(cells.index, cells, strict=True)}


def _columns(tab: Tab) -> list[str]:
    return [column.id for column in tab.block]
