"""`steward duplicates`: which rows of any CSV or XLSX are the same customer, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pandas as pd

from backend.adapters.files import read_table
from backend.cli.file_options import say_which_tabs, tab_option, tabs_json
from backend.cli.options import json_option, language_option
from backend.cli.screen import open_screen
from backend.core.duplicates import MatchRules, explain, find_duplicates
from backend.core.duplicates.explain import sentence
from backend.core.duplicates.guess import guess_fields, parse_kinds
from backend.core.wording import say
from backend.errors import FileEmpty, NothingToCompare, OptionUnreadable
from sheets_schema.model import Language, Preset
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.adapters.files import Table
    from backend.cli.screen import Screen
    from backend.core.duplicates import Duplicates, Evidence

_ID = "--id"
_SHOWN = 20
_DECIMALS = 6


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--id", "id_column", default="", help="Column that names the rows; else rows are named by number."
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=KIND",
    help="What a column is; once one is named, only named columns are compared. - leaves a column out.",
)
@tab_option
@language_option
@json_option
def duplicates(
    file: Path,
    id_column: str,
    mapping: Sequence[str],
    file_tabs: Sequence[str],
    language: Language | None,
    *,
    as_json: bool,
) -> None:
    """Find the rows of a CSV or XLSX file that are the same customer, and say why. Nothing is written.

    \b
    steward duplicates customers.csv --id customer_no
    steward duplicates customers.csv --map 联系人=person_name --map 手机=phone --map 单位=company
    steward duplicates customers.csv --json            pairs, groups and evidence, for scripts

    KIND is person_name, given_name, family_name, name (a person or a company), company, phone, email, date,
    identifier, address, postcode, text or choice. Without --map the kinds are drawn from headers and cells.
    """  # noqa: D301 - click wants the character itself
    screen = open_screen(language, as_json=as_json)
    table = read_table(file, tabs=file_tabs)
    if not table.rows:
        raise FileEmpty(file)
    say_which_tabs(screen, table, file_tabs)
    frame = _frame(table, id_column)
    customers = register_of(Preset.RETAIL).tab("Customers")
    fields = guess_fields(frame, parse_kinds(mapping, table.headers), customers)
    if not fields:
        raise NothingToCompare(file)
    found = find_duplicates(frame, MatchRules(fields=fields))
    kinds = {field.column: field.kind.value for field in fields}
    answer = _json(found, kinds, file.name, len(frame))
    screen.give({**answer, **tabs_json(table)})
    _show(screen, found, kinds, file.name, len(frame))


def _frame(table: Table, id_column: str) -> pd.DataFrame:
    """Give the rows that hold something, named by a column of theirs or by their row in the file.

    Raises:
        OptionUnreadable: There is no such column, or it does not name each row.
    """
    frame = pd.DataFrame(table.rows, columns=list(table.headers), dtype=object)
    frame.index = pd.Index([table.named(number) for number in table.numbers()])
    frame = frame[(frame != "").any(axis=1)]
    if not id_column:
        return frame
    if id_column not in frame:
        there = ", ".join(table.headers)
        raise OptionUnreadable(_ID, id_column, f"a column of the file: {there}", f"应为文件中的列：{there}")
    ids = frame.pop(id_column).astype(str)
    wrong = ids.index[(ids == "") | ids.duplicated(keep=False)]
    if len(wrong):
        raise OptionUnreadable(
            _ID,
            id_column,
            f"a column with another value in every row; see row {wrong[0]}",
            f"该列应每行各不相同；请看第 {wrong[0]} 行",
        )
    return frame.set_axis(ids.tolist(), axis=0)


def _reason(reason: Evidence) -> dict[str, Any]:
    said = {
        language.value: sentence(reason.code, language, reason.column, reason.params) for language in Language
    }
    return {"column": reason.column, "code": reason.code, "bits": round(reason.bits, _DECIMALS), **said}


def _json(found: Duplicates, kinds: Mapping[str, str], name: str, rows: int) -> dict[str, Any]:
    return {
        "ok": True,
        "file": name,
        "rows": rows,
        "columns": dict(kinds),
        "pairs": [
            {
                "a": a,
                "b": b,
                "score": round(score, _DECIMALS),
                "strength": strength,
                "group": group,
                "evidence": [_reason(reason) for reason in evidence],
                "explanation": {language.value: explain(evidence, language, {}) for language in Language},
            }
            for a, b, score, strength, group, evidence in found.pairs.to_numpy(dtype=object).tolist()
        ],
        "groups": [list(group) for group in found.groups],
        "not_compared": found.not_compared,
        "too_long": found.too_long,
        "shared": [
            {"column": shared.column, "value": shared.value, "rows": shared.rows} for shared in found.shared
        ],
    }


def _show(screen: Screen, found: Duplicates, kinds: Mapping[str, str], name: str, rows: int) -> None:
    """Show the surest pairs as a table."""
    screen.say("duplicates-title", file=name, rows=f"{rows:,}")
    told = "; ".join(f"{header} = {kind}" for header, kind in kinds.items())
    screen.say("duplicates-columns", columns=told)
    if found.not_compared:
        screen.say("run-not-compared", pairs=f"{found.not_compared:,}")
    if found.too_long:
        screen.say("duplicates-too-long", cells=f"{found.too_long:,}")
    if not len(found.pairs):
        screen.say("no-duplicates")
        return
    language = screen.language
    lines = [
        (str(a), str(b), say(f"strength-{strength}", language), explain(evidence, language, {}))
        for a, b, _, strength, _, evidence in found.pairs.head(_SHOWN).to_numpy(dtype=object).tolist()
    ]
    title = say("table-duplicates", language, groups=f"{len(found.groups):,}", pairs=f"{len(found.pairs):,}")
    columns = ("column-first", "column-second", "column-strength", "column-evidence")
    screen.table(title, dict.fromkeys(columns, False), lines)
