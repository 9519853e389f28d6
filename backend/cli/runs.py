"""`steward runs`: the last runs, and what one of them changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from backend.cli.opening import steward_of_this_command
from backend.cli.options import json_option, language_option
from backend.cli.screen import open_screen
from backend.cli.summary import record_json
from backend.core.wording import say
from sheets_schema.presets import TABS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.core.journal import JournalEntry
    from sheets_schema.model import Language, Text


@click.group(invoke_without_command=True)
@click.option("--most", default=20, show_default=True, type=click.IntRange(1), help="How many runs to show.")
@language_option
@json_option
@click.pass_context
def runs(context: click.Context, most: int, language: Language | None, *, as_json: bool) -> None:
    """List the last runs: what was done, to which register, and how it ended.

    `steward runs show RUN` tells what one of them changed.
    """
    if context.invoked_subcommand:
        return
    screen = open_screen(language, as_json=as_json)
    records = steward_of_this_command().ledger.recent(most)
    screen.give({"ok": True, "runs": [record_json(record) for record in records]})
    if not records:
        screen.say("no-runs")
        return
    columns = dict.fromkeys(
        ("column-run", "column-job", "column-register", "column-state", "column-started"), False
    )
    rows = [
        (
            record.run_id,
            record.job,
            record.register,
            say(f"state-{record.state}", screen.language),
            f"{record.started:%Y-%m-%d %H:%M}",
            str(record.counts.get("changed", "")),
        )
        for record in records
    ]
    screen.table(say("table-runs", screen.language), {**columns, "column-changed": True}, rows)


@runs.command()
@click.argument("run_id", metavar="RUN")
@language_option
@json_option
def show(run_id: str, language: Language | None, *, as_json: bool) -> None:
    """Tell what one run did: how it ended, and how many cells it changed in which column."""
    screen = open_screen(language, as_json=as_json)
    steward = steward_of_this_command()
    record = steward.ledger.find(run_id)
    entries = steward.journal.entries(run_id)
    cells = _cells(entries)
    screen.give({"ok": True, "run": record_json(record), "rows": _rows(entries), "cells": cells})
    state = say(f"state-{record.state}", screen.language)
    started = f"{record.started:%Y-%m-%d %H:%M}"
    screen.say(
        "runs-one", run_id=run_id, job=record.job, register=record.register, state=state, started=started
    )
    if not entries:
        screen.say("runs-no-journal")
        return
    labels = {f"{tab.id}.{column.id}": (tab.label, column.label) for tab in TABS for column in tab}
    rows = [(_label(name, labels, screen.language), f"{count:,}") for name, count in cells.items()]
    screen.table(say("table-changes", screen.language), {"column-field": False, "column-cells": True}, rows)
    screen.say("runs-undo", run_id=run_id)


def _label(name: str, labels: Mapping[str, tuple[Text, Text]], language: Language) -> str:
    """Give a column as people call it; one of the team's own by its header."""
    tab, _, column = name.partition(".")
    if name in labels:
        return " · ".join(label.to(language) for label in labels[name])
    return f"{tab} · {column.removeprefix('#')}"


def _cells(entries: Iterable[JournalEntry]) -> dict[str, int]:
    """Count the cells that were changed, by `tab.column`; most first."""
    counts = Counter(
        f"{entry.tab}.{name}"
        for entry in entries
        for name in {**entry.before, **entry.after}
        if entry.after.get(name, "") != entry.before.get(name, "")
    )
    return dict(counts.most_common())


def _rows(entries: Iterable[JournalEntry]) -> dict[str, int]:
    return dict(Counter(entry.tab for entry in entries if entry.tab))
