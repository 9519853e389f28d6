"""What `steward import` shows of the rows of a file, and the file of the rows it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from backend.adapters.files import Sheet, write_csv
from backend.core.arrivals import Fate
from backend.core.arrivals_told import why
from backend.core.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from backend.cli.screen import Screen
    from backend.core.fields.field import Params
    from backend.core.incoming import FileRows, Incoming
    from backend.core.intake import Intake
    from sheets_schema.model import Language, Tab

_SHOWN = 5
_TOLD = (Fate.CONFLICT, Fate.UPDATE, Fate.DUPLICATE, Fate.REFUSED)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One import, as far as it went.

    Attributes:
        written: Rows written, or that would be.
        left_out: Headers of the file that the register has no column for.
        skipped: Lines of the Mappings tab that cannot be used.
        missing: Row ids that were written and not found again.
        refused_file: Where the refused rows are; None when there are none, or nothing is written.
    """

    path: Path
    register: str
    tab: Tab
    file: FileRows
    intake: Intake
    incoming: Incoming
    written: int
    preview: bool
    left_out: Sequence[str] = ()
    skipped: Sequence[Params] = ()
    missing: Sequence[str] = ()
    refused_file: Path | None = None


def write_refused(
    path: Path, file: FileRows, incoming: Incoming, tab: Tab, language: Language
) -> Path | None:
    """Write the refused rows with row number and reason, each as it was; None when there are none."""
    refused = [arrival for arrival in incoming.arrivals.told if arrival.fate is Fate.REFUSED]
    if not refused:
        return None
    rows = [
        [arrival.row, why(arrival, tab, language), *file.rows[arrival.row - file.first_row]]
        for arrival in refused
    ]
    heads = [say("column-file-row", language), say("column-reason", language)]
    write_csv(path, Sheet(headers=[*heads, *file.headers], rows=rows))
    return path


def show_brought(screen: Screen, brought: Brought) -> None:
    """Say what became of the rows and of the columns of a file."""
    screen.give(_as_json(screen, brought))
    counts = brought.incoming.arrivals.counts
    screen.say(
        "import-title",
        file=brought.path.name,
        rows=f"{len(brought.incoming.arrivals.fates):,}",
        register=brought.register,
    )
    figures = [(say(f"fate-{fate}", screen.language), f"{count:,}") for fate, count in counts.items()]
    screen.table(say("table-fates", screen.language), {"column-fate": False, "column-rows": True}, figures)
    _show_first_rows(screen, brought)
    _show_columns(screen, brought)
    if counts[Fate.UPDATE]:
        screen.say("import-updates")
    if brought.refused_file is not None:
        screen.say("import-refused", rows=f"{counts[Fate.REFUSED]:,}", path=brought.refused_file)
    if brought.missing:
        screen.say("import-unsettled", rows=f"{len(brought.missing):,}")
    _show_end(screen, brought)


def _show_first_rows(screen: Screen, brought: Brought) -> None:
    arrivals, names = brought.incoming.arrivals, brought.incoming.table.raw["full_name"]
    rows = [
        (str(row), say("fate-new", screen.language), str(names.get(row, "")), "")
        for row in islice(arrivals.of(Fate.NEW), _SHOWN)
    ]
    for fate in _TOLD:
        first = islice((one for one in arrivals.told if one.fate is fate), _SHOWN)
        rows += [
            (
                str(one.row),
                say(f"fate-{fate}", screen.language),
                str(names.get(one.row, "")),
                why(one, brought.tab, screen.language),
            )
            for one in first
        ]
    columns = {"column-row": True, "column-fate": False, "column-first": False, "column-why": False}
    if rows:
        screen.table(say("table-arrivals", screen.language), columns, rows)


def _show_columns(screen: Screen, brought: Brought) -> None:
    labels = {column.id: column.label.to(screen.language) for column in brought.tab.columns}
    for header, field in zip(brought.file.headers, brought.file.fields, strict=True):
        if field:
            screen.say("import-column", header=header, label=labels[field])
    for header, field in brought.intake.doubted:
        screen.say("import-doubted", header=header, label=labels[field], field=field)
    for header in brought.left_out:
        screen.say("import-left-out", header=header)
    for params in brought.skipped:
        screen.say("import-mapping-skipped", **dict(params))


def _show_end(screen: Screen, brought: Brought) -> None:
    read = sum(map(bool, brought.file.fields))
    kept = len(brought.file.fields) - read - len(brought.left_out)
    if brought.preview:
        screen.say("import-preview", written=f"{brought.written:,}")
        return
    screen.say("import-done", written=f"{brought.written:,}", register=brought.register, read=read, kept=kept)
    screen.say("import-next")


def _as_json(screen: Screen, brought: Brought) -> dict[str, object]:
    if not screen.as_json:
        return {}
    arrivals = brought.incoming.arrivals
    return {
        "ok": not brought.missing,
        "register": brought.register,
        "preview": brought.preview,
        "rows": len(arrivals.fates),
        "written": brought.written,
        "counts": {fate.value: count for fate, count in arrivals.counts.items()},
        "fields": {
            header: field
            for header, field in zip(brought.file.headers, brought.file.fields, strict=True)
            if field
        },
        "left_out": list(brought.left_out),
        "mappings_skipped": [dict(params) for params in brought.skipped],
        "not_found": len(brought.missing),
        "refused_file": str(brought.refused_file) if brought.refused_file else None,
        "told": [
            {"row": one.row, "fate": one.fate.value, "why": why(one, brought.tab, screen.language)}
            for one in arrivals.told
        ],
    }
