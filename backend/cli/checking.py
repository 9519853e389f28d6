"""`steward check`: a file checked, tiered and searched for duplicates, without a register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backend.adapters.clock import SystemClock
from backend.adapters.files import Sheet, read_table, read_tabs, write_xlsx
from backend.cli.file_options import file_options, say_which_tab, settings_texts
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
from backend.errors import ExportKindUnknown, FileEmpty
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
    file_tab: str,
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
    table = read_table(file, tab=file_tab)
    if not table.rows:
        raise FileEmpty(file)
    say_which_tab(screen, table)
    policy = policy_tabs((tab.title, tab.rows) for tab in read_tabs(file)) if table.tab else {}
    texts = settings_texts(options, preset, screen.language)
    checked = _Checked(screen, file.name, table, mapping, texts, policy)
    checked.show()
    if out is not None:
        write_xlsx(out, checked.sheets())
        screen.say("check-out", path=out)
    else:
        screen.say("check-hint")
    if any(problem.severity is Severity.ERROR for problem in checked.problems):
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
        headers = {field: table.headers[place] for field, place in self._read.binding.positions}
        self.problems: list[Problem] = list_problems(self._plan, headers, self._read, screen.language)

    def _planned(self, mapping: Sequence[str], texts: dict[str, str]) -> tuple[TabRead, Plan]:
        settings, clock, table = defaults(**texts), SystemClock(), self._table
        customers = register_of(settings.preset).tab("Customers")
        pairs = parse_mapping(mapping, customers, table.headers)
        context = settings.context(today=clock.today(settings.time_zone))
        intake = recognise(customers, table.headers, table.rows, pairs, context)
        for header, field in intake.doubted:
            label = customers.column(field).label.to(self._screen.language)
            self._screen.say("import-doubted", header=header, label=label, field=field)
        read = file_tab(customers, self._name, table.headers, table.header_row, table.rows, intake)
        snapshot = file_snapshot(
            read,
            preset=settings.preset,
            language=self._screen.language,
            settings=texts,
            policy=self._policy,
        )
        with self._screen.progress() as told:
            task = task_for(snapshot, clock, tell=lambda stage: told(stage, 0, 0))
            return read, load_plan(find_job("validate-and-tier"))(snapshot, task)

    def show(self) -> None:
        """Show what was found, or print it as JSON."""
        plan, screen = self._plan, self._screen
        screen.give(self._json())
        screen.say("check-title", file=self._name, rows=f"{plan.counts['read']:,}")
        for code, rows in (("left-out-totals", self._read.totals), ("left-out-headers", self._read.repeated)):
            if rows:
                screen.say(code, rows=some_rows(rows))
        pairs = plan.pairs[["name_a", "name_b", "strength", "evidence"]].head(10)
        show_findings(
            screen,
            plan.issues,
            plan.tiers,
            list(pairs.itertuples(index=False, name=None)),
            plan.counts,
            plan.quality,
        )
        errors = sum(problem.severity is Severity.ERROR for problem in self.problems)
        screen.say("check-errors" if errors else "check-no-errors", errors=f"{errors:,}")

    def sheets(self) -> dict[str, Sheet]:
        """Give the tabs of the checked workbook: the rows with their answers, problems, pairs."""
        language = self._screen.language
        labels = [self._read.tab.column(name).label.to(language) for name in ANSWERS]
        answers, first = answers_by_row(self._plan), self._table.header_row + 1
        blank = [""] * len(ANSWERS)
        rows = [
            [*answers.get(number, blank), *row] for number, row in enumerate(self._table.rows, start=first)
        ]
        marked = colours(self.problems, self._table.headers, first_row=first, first_column=len(ANSWERS))
        codes = ("row", "field", "value", "severity", "reason", "suggestion", "code")
        pairs = self._plan.pairs[["name_a", "name_b", "strength", "score", "evidence"]]
        heads = ("first", "second", "strength", "score", "evidence")
        return {
            say("sheet-checked", language): Sheet(
                headers=[*labels, *self._table.headers], rows=rows, colours=marked
            ),
            say("table-problems", language): Sheet(
                headers=[say(f"column-{code}", language) for code in codes],
                rows=[problem_cells(problem, language) for problem in self.problems],
            ),
            say("sheet-pairs", language): Sheet(
                headers=[say(f"column-{code}", language) for code in heads],
                rows=pairs.to_numpy(dtype=object).tolist(),
            ),
        }

    def _quality(self) -> dict[str, Any] | None:
        quality = self._plan.quality
        rows = {str(row): score for row, score in quality.rows.items()} if quality else {}
        return {**(quality_json(quality) or {}), "rows": rows} if quality else None

    def _json(self) -> dict[str, Any]:
        plan = self._plan
        rows = dict(zip(plan.after["row_id"], plan.after.index, strict=True))
        return {
            "ok": not any(problem.severity is Severity.ERROR for problem in self.problems),
            "file": self._name,
            "rows": plan.counts["read"],
            "totals": sorted(self._read.totals),
            "repeated_headers": sorted(self._read.repeated),
            "issues": {
                field: {severity.value: number for severity, number in by_severity.items()}
                for field, by_severity in count_by_field(plan.issues).items()
            },
            "quality": self._quality(),
            "tiers": dict(plan.tiers),
            "duplicate_groups": plan.counts["duplicate_groups"],
            "problems": [
                {
                    "row": problem.row,
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
                    "a": int(rows[pair["row_id_a"]]),
                    "b": int(rows[pair["row_id_b"]]),
                    "score": pair["score"],
                    "strength": pair["strength"],
                    "evidence": pair["evidence"],
                }
                for pair in plan.pairs.to_dict("records")
            ],
        }
