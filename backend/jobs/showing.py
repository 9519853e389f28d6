"""What of a plan is shown to people: the first changes, and what needs a person."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from backend.core.card import problem_of
from backend.core.masking import told
from backend.core.snapshot import MOST_ROWS
from backend.core.wording import both
from backend.jobs.job import Matter, ShownChange
from sheets_schema.model import Severity, Text
from sheets_schema.presets import TABS
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from backend.core.card import Problem
    from backend.core.issues import Issue
    from backend.core.plan import Plan
    from backend.core.snapshot import Snapshot, TabRead

MOST = 20
"""Changes, and things to look at, that are shown."""

_TABS = {tab.id: tab for tab in TABS}
_ABOUT_IDS = frozenset({"row-id-shared", "row-id-doubted"})


def shown_changes(plan: Plan, customers: TabRead) -> tuple[ShownChange, ...]:
    """Give the first changes of the tool block with row, customer and header; contact details are masked."""
    rows = dict(
        zip(
            map(_id_of, plan.after.get("row_id", ()), plan.before.get("row_id", ())),
            plan.after.index,
            strict=True,
        )
    )
    names = customers.cells("full_name")
    shown = []
    for change in islice(plan.changes(), MOST):
        row, column = rows[change.row_id], CUSTOMERS.column(change.column)
        before, after = (told(column, cell) for cell in (change.before, change.after))
        name = str(names.at[row])
        spot = customers.spot(row)
        shown.append(ShownChange(spot=spot, name=name, column=column.label, before=before, after=after))
    return tuple(shown)


def matters_of(plan: Plan, snapshot: Snapshot, unsettled: Iterable[int]) -> tuple[Matter, ...]:
    """Give what a person has to look at, the most urgent first, at most twenty.

    Rows that are not settled, then ids of which it is not clear whose they are, errors, possible duplicates,
    warnings. A note needs nobody.
    """
    customers = snapshot["Customers"]
    moved = both("result-moved")
    unsure = [issue for issue in plan.issues if issue.code in _ABOUT_IDS]
    rest = [issue for issue in plan.issues if issue.code not in _ABOUT_IDS]
    return tuple(
        islice(
            chain(
                (Matter(spot=_spot(customers, row), name="", text=moved) for row in unsettled),
                _of_issues(unsure, snapshot),
                _of_issues((one for one in rest if one.severity is Severity.ERROR), snapshot),
                _of_cards(plan),
                _of_pairs(plan, customers),
                _of_issues((one for one in rest if one.severity is Severity.WARNING), snapshot),
            ),
            MOST,
        )
    )


def problem_text(problem: Problem) -> Text:
    """Give a problem in one line: the column, what is wrong, what it could be instead."""
    said = problem.message
    if problem.column.zh:
        said = both("result-problem", column=problem.column, message=said)
    if problem.suggestion:
        more = both("suggested", suggestion=problem.suggestion)
        said = Text(zh=said.zh + more.zh, en=said.en + more.en)
    return said


def _of_issues(issues: Iterable[Issue], snapshot: Snapshot) -> Iterator[Matter]:
    for issue in issues:
        tab, read = _TABS[issue.tab], snapshot.get(issue.tab)
        title = issue.sheet or ("" if issue.tab == CUSTOMERS.id or read is None else read.title)
        spot = f"{title}!{issue.row}" if title else str(issue.row)
        yield Matter(
            spot=spot if issue.row else "",
            name=_customer(snapshot[CUSTOMERS.id], issue) if issue.tab == CUSTOMERS.id else "",
            text=problem_text(problem_of(tab, issue)),
        )


def _customer(customers: TabRead, issue: Issue) -> str:
    """Give the name in the row of an issue; '' where it is about a whole column."""
    places = [place for place, sheet in enumerate(customers.sheets) if sheet.title == issue.sheet]
    row = issue.row + MOST_ROWS * (places[0] if issue.sheet and places else 0)
    return str(customers.cells("full_name").get(row, "")) if issue.row else ""


def _of_cards(plan: Plan) -> Iterator[Matter]:
    for card in plan.cards:
        for one in card.alike:
            text = both(
                "result-alike", row=one.spot, name=one.name, strength=one.strength, evidence=one.evidence
            )
            yield Matter(spot=card.spot, name=card.name, text=text)


def _of_pairs(plan: Plan, customers: TabRead) -> Iterator[Matter]:
    """Give the pairs of the Duplicates tab, the surest first: the lower row as a duplicate."""
    if plan.pairs.empty:
        return
    ids = customers.cells("row_id")
    rows = dict(zip(ids, ids.index.tolist(), strict=True))
    rows |= dict(zip(plan.after["row_id"], plan.after.index.tolist(), strict=True))
    columns = ["row_id_a", "name_a", "row_id_b", "name_b", "strength", "evidence"]
    for id_a, name_a, id_b, name_b, strength, evidence in plan.pairs[columns].itertuples(
        index=False, name=None
    ):
        (upper, of), (lower, name) = sorted(((rows[id_a], name_a), (rows[id_b], name_b)))
        text = both("result-alike", row=customers.spot(upper), name=of, strength=strength, evidence=evidence)
        yield Matter(spot=customers.spot(lower), name=name, text=text)


def _spot(customers: TabRead, row: int) -> str:
    return customers.spot(row) if row else ""


def _id_of(after: str, before: str) -> str:
    return after or before
