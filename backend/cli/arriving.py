"""What `steward import` shows of the rows of a file, and the file of the rows it refuses."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from backend.adapters.files import Sheet, write_csv
from backend.core.arrivals import Fate
from backend.core.arrivals_told import why
from backend.core.wording import say
from backend.ports import RunState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from backend.cli.screen import Screen
    from backend.core.import_plan import ImportPlan
    from backend.jobs.importer import Imported
    from sheets_schema.model import Language

_SHOWN = 5
_TOLD = (Fate.CONFLICT, Fate.UPDATE, Fate.DUPLICATE, Fate.REFUSED)


def write_refused(path: Path, plan: ImportPlan, language: Language) -> None:
    """Write the refused rows with their place and the reason, each as it was."""
    file = plan.file
    rows = [
        [*file.where(arrival.row).values(), why(arrival, plan.tab, language), *file.row(arrival.row)]
        for arrival in plan.incoming.arrivals.told
        if arrival.fate is Fate.REFUSED
    ]
    heads = [
        say(code, language) for code in (*(f"column-file-{name}" for name in file.where(0)), "column-reason")
    ]
    write_csv(path, Sheet(headers=[*heads, *file.headers], rows=rows))


def show_imported(
    screen: Screen,
    imported: Imported,
    *,
    path: Path,
    refused_file: Path | None,
    tabs: Mapping[str, Sequence[str]],
) -> None:
    """Say what became of the rows and of the columns of a file.

    Args:
        screen: Where.
        imported: The import.
        path: The file.
        refused_file: Where the refused rows are; None when there are none, or nothing is written.
        tabs: Which tabs of the file were read, for scripts.
    """
    screen.give(_as_json(screen, imported, refused_file, tabs))
    plan = imported.plan
    counts = plan.incoming.arrivals.counts
    rows = f"{len(plan.incoming.arrivals.fates):,}"
    screen.say("import-title", file=path.name, rows=rows, register=imported.register)
    figures = [(say(f"fate-{fate}", screen.language), f"{count:,}") for fate, count in counts.items()]
    screen.table(say("table-fates", screen.language), {"column-fate": False, "column-rows": True}, figures)
    _show_first_rows(screen, plan)
    _show_columns(screen, plan)
    if refused_file is not None:
        screen.say("import-refused", rows=f"{counts[Fate.REFUSED]:,}", path=refused_file)
    _show_fills(screen, imported)
    if imported.missing:
        screen.say("import-unsettled", rows=f"{len(imported.missing):,}")
    _show_end(screen, imported)


def _show_fills(screen: Screen, imported: Imported) -> None:
    """Say which blank cells were filled, or would be, and which were not."""
    fillable = imported.plan.fillable
    cells = len(fillable.fills) if imported.preview else len(imported.filled)
    if cells:
        code = "import-would-fill" if imported.preview else "import-filled"
        screen.say(code, cells=f"{cells:,}")
    if imported.unfilled:
        screen.say("import-unfilled", cells=f"{len(imported.unfilled):,}")
    if fillable.left:
        first = ", ".join(str(imported.plan.file.named(row)) for row in fillable.left[:_SHOWN])
        screen.say("import-not-fillable", rows=f"{len(fillable.left):,}", first=first)


def _show_first_rows(screen: Screen, plan: ImportPlan) -> None:
    arrivals, names = plan.incoming.arrivals, plan.incoming.table.raw["full_name"]
    named = plan.file.named
    rows = [
        (str(named(row)), say("fate-new", screen.language), str(names.get(row, "")), "")
        for row in islice(arrivals.of(Fate.NEW), _SHOWN)
    ]
    for fate in _TOLD:
        first = islice((one for one in arrivals.told if one.fate is fate), _SHOWN)
        rows += [
            (
                str(named(one.row)),
                say(f"fate-{fate}", screen.language),
                str(names.get(one.row, "")),
                why(one, plan.tab, screen.language),
            )
            for one in first
        ]
    columns = {"column-row": True, "column-fate": False, "column-first": False, "column-why": False}
    if rows:
        screen.table(say("table-arrivals", screen.language), columns, rows)


def _show_columns(screen: Screen, plan: ImportPlan) -> None:
    labels = {column.id: column.label.to(screen.language) for column in plan.tab.columns}
    for header, field in zip(plan.file.headers, plan.file.fields, strict=True):
        if field:
            screen.say("import-column", header=header, label=labels[field])
    for header, field in plan.intake.doubted:
        screen.say("import-doubted", header=header, label=labels[field], field=field)
    for header in plan.left_out:
        screen.say("import-left-out", header=header)
    for params in plan.mapped.skipped:
        screen.say("import-mapping-skipped", **dict(params))


def _show_end(screen: Screen, imported: Imported) -> None:
    fields = imported.plan.file.fields
    read = sum(map(bool, fields))
    written = f"{imported.written:,}"
    if imported.preview:
        screen.say("import-preview", written=written)
        return
    kept = len(fields) - read - len(imported.plan.left_out)
    screen.say("import-done", written=written, register=imported.register, read=read, kept=kept)
    screen.say("import-run", run_id=imported.run_id)
    screen.say("import-next")


def _as_json(
    screen: Screen, imported: Imported, refused_file: Path | None, tabs: Mapping[str, Sequence[str]]
) -> dict[str, object]:
    if not screen.as_json:
        return {}
    plan = imported.plan
    arrivals, file = plan.incoming.arrivals, plan.file
    return {
        "ok": imported.state is RunState.DONE,
        "run_id": imported.run_id,
        "state": imported.state.value,
        "register": imported.register,
        "preview": imported.preview,
        **tabs,
        "rows": len(arrivals.fates),
        "written": imported.written,
        "filled": len(plan.fillable.fills) if imported.preview else len(imported.filled),
        "unfilled": len(imported.unfilled),
        "counts": {fate.value: count for fate, count in arrivals.counts.items()},
        "fields": {header: field for header, field in zip(file.headers, file.fields, strict=True) if field},
        "left_out": list(plan.left_out),
        "mappings_skipped": [dict(params) for params in plan.mapped.skipped],
        "not_found": len(imported.missing),
        "not_fillable": [file.named(row) for row in plan.fillable.left],
        "refused_file": str(refused_file) if refused_file else None,
        "told": [
            {**file.where(one.row), "fate": one.fate.value, "why": why(one, plan.tab, screen.language)}
            for one in arrivals.told
        ],
    }
