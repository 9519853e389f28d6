"""`steward check`: a file checked, tiered and searched for duplicates, without a register."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backend.adapters.clock import SystemClock
from backend.adapters.files import Sheet, read_tabs, write_xlsx
from backend.cli.file_options import (
    file_options,
    read_customers,
    say_which_tabs,
    settings_texts,
    tabs_json,
)
from backend.cli.options import json_option, language_option
from backend.cli.screen import open_screen, some_rows
from backend.cli.summary import quality_json, show_findings
from backend.core.checked_file import (
    ANSWERS,
    answers_by_row,
    colours,
    list_problems,
    problem_cells,
)
from backend.core.intake import parse_mapping, recognise
from backend.core.issues import count_by_field
from backend.core.offline import file_snapshot, file_tab, policy_tabs
from backend.core.team_settings import defaults
from backend.core.wording import say
from backend.errors import ExportKindUnknown
from backend.jobs.catalogue import find_job, load_plan
from backend.jobs.runner import task_for
from sheets_schema.model import Language, Severity
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.adapters.files import Table
    from backend.cli.screen import Screen
    from backend.core.checked_file import Problem
    from backend.core.plan import Plan
    from backend.core.snapshot import TabRead
    from sheets_schema.model import Preset

_ERRORS_FOUND = 5


@click.command()
@file_options
@click.option("--out", type=click.Path(path_type=Path), help="An .xlsx with the problems marked and listed.")
@language_option
@json_option
def check(
    file: Path,
    preset: Preset,
    mapping: Sequence[str],
    file_tabs: Sequence[str],
    out: Path | None,
    language: Language | None,
    *,
    as_json: bool,
    **options: str,
) -> None:
    """Check a CSV or XLSX file by the same rules as a register, and write nothing but what --out names.

    \b
    steward check customers.csv
    steward check customers.csv --out checked.xlsx     problems marked in colour, and a list of them
    steward check customers.csv --json                 for scripts; exit code 5 when there are errors
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    if out is not None and out.suffix.lower() != ".xlsx":
        raise ExportKindUnknown(out)
    table = read_customers(file, file_tabs, mapping)
    say_which_tabs(screen, table, file_tabs)
    policy = policy_tabs((tab.title, tab.rows) for tab in read_tabs(file)) if any(table.titles) else {}
    texts = settings_texts(options, preset, screen.language)
    checked = _Checked(screen, file.name, table, mapping, texts, policy)
    checked.show()
    if out is not None:
        write_xlsx(out, checked.sheets())
        screen.say("check-out", path=out)
    else:
        screen.say("check-hint")
    if checked.errors:
        sys.exit(_ERRORS_FOUND)


class _Checked:
    """A file with everything that was found in it."""

    def __init__(
        self,
        screen: Screen,
        name: str,
        table: Table,
        mapping: Sequence[str],
        texts: dict[str, str],
        policy: Mapping[str, TabRead],
    ) -> None:
        self._screen = screen
        self._name = name
        self._table = table
        self._policy = policy
        self._read, self._plan = self._planned(mapping, texts)
        severities = (issue.severity for issue in self._plan.issues if issue.tab == "Customers")
        self.errors = sum(severity is Severity.ERROR for severity in severities)

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, worded; the screen shows examples only."""
        return list_problems(self._plan, self._table, self._read, self._screen.language)

    def _planned(self, mapping: Sequence[str], texts: dict[str, str]) -> tuple[TabRead, Plan]:
        settings, clock, table = defaults(**texts), SystemClock(), self._table
        customers = register_of(settings.preset).tab("Customers")
        pairs = parse_mapping(mapping, customers, table.headers)
        context = settings.context(today=clock.today(settings.time_zone))
        intake = recognise(customers, table.headers, table.rows, pairs, context)
        for header, field in intake.doubted:
            label = customers.column(field).label.to(self._screen.language)
            self._screen.say("import-doubted", header=header, label=label, field=field)
        read = file_tab(customers, table, intake.fields, title=self._name)
        snapshot = file_snapshot(
            read,
            preset=settings.preset,
            language=self._screen.language,
            settings=texts,
            policy=self._policy,
        )
        with self._screen.progress() as told:
            task = task_for(snapshot, clock, tell=lambda stage: told(stage, 0, 0))
            return read, load_plan(find_job("validate-and-tier"))(snapshot, replace(task, signs=False))

    def show(self) -> None:
        """Show what was found, or print it as JSON."""
        plan, screen = self._plan, self._screen
        if screen.as_json:
            screen.give(self._json())
            return
        screen.say("check-title", file=self._name, rows=f"{plan.counts['read']:,}")
        for code, rows in (("left-out-totals", self._read.totals), ("left-out-headers", self._read.repeated)):
            if rows:
                screen.say(code, rows=some_rows(rows, self._table.named))
        pairs = plan.pairs[["name_a", "name_b", "strength", "evidence"]].head(10)
        show_findings(
            screen,
            plan.issues,
            plan.tiers,
            list(pairs.itertuples(index=False, name=None)),
            plan.counts,
            plan.quality,
        )
        screen.say("check-errors" if self.errors else "check-no-errors", errors=f"{self.errors:,}")

    def sheets(self) -> dict[str, Sheet]:
        """Give the tabs of the checked workbook: the rows with their answers, problems, pairs."""
        language, table = self._screen.language, self._table
        labels = [self._read.tab.column(name).label.to(language) for name in ANSWERS]
        answers, blank = answers_by_row(self._plan, table), [""] * len(ANSWERS)
        where = table.where if table.in_several_tabs else lambda _number: {}
        rows = [
            [*where(number).values(), *answers.get(number, blank), *row]
            for number, row in zip(table.numbers(), table.rows, strict=True)
        ]
        labels = [*(say(f"column-{name}", language) for name in where(0)), *labels]
        marked = colours(self.problems, table, first_column=len(labels))
        codes = (*table.where(0), "field", "value", "severity", "reason", "suggestion", "code")
        pairs = self._plan.pairs[["name_a", "name_b", "strength", "score", "evidence"]]
        heads = ("first", "second", "strength", "score", "evidence")
        return {
            say("sheet-checked", language): Sheet(
                headers=[*labels, *table.headers], rows=rows, colours=marked
            ),
            say("table-problems", language): Sheet(
                headers=[say(f"column-{code}", language) for code in codes],
                rows=[problem_cells(problem, table, language) for problem in self.problems],
            ),
            say("sheet-pairs", language): Sheet(
                headers=[say(f"column-{code}", language) for code in heads],
                rows=pairs.to_numpy(dtype=object).tolist(),
            ),
        }

    def _quality(self) -> dict[str, Any] | None:
        quality = self._plan.quality
        scores = quality.rows.items() if quality else ()
        rows = {str(self._table.named(row)): score for row, score in scores}
        return {**(quality_json(quality) or {}), "rows": rows} if quality else None

    def _json(self) -> dict[str, Any]:
        plan, table = self._plan, self._table
        rows = dict(zip(plan.after["row_id"], map(table.named, plan.after.index.tolist()), strict=True))
        return {
            "ok": not self.errors,
            "file": self._name,
            **tabs_json(table),
            "rows": plan.counts["read"],
            "totals": [table.named(row) for row in sorted(self._read.totals)],
            "repeated_headers": [table.named(row) for row in sorted(self._read.repeated)],
            "issues": {
                field: {severity.value: number for severity, number in by_severity.items()}
                for field, by_severity in count_by_field(plan.issues).items()
            },
            "quality": self._quality(),
            "tiers": dict(plan.tiers),
            "duplicate_groups": plan.counts["duplicate_groups"],
            "problems": [
                {
                    **table.where(problem.row),
                    "field": problem.field,
                    "value": problem.value,
                    "severity": problem.severity.value,
                    "code": problem.code,
                    "reason": problem.reason,
                    "suggestion": problem.suggestion,
                }
                for problem in self.problems
            ],
            "duplicates": [
                {
                    "a": rows[pair["row_id_a"]],
                    "b": rows[pair["row_id_b"]],
                    "score": pair["score"],
                    "strength": pair["strength"],
                    "evidence": pair["evidence"],
                    "evidence_other": pair["evidence_other"],
                }
                for pair in plan.pairs.to_dict("records")
            ],
        }
