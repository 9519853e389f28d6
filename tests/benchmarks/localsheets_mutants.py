"""Puts faults into the local Sheets server, one at a time, and says which tests notice.

    python tests/benchmarks/localsheets_mutants.py               the test of the same name, for each fault
    python tests/benchmarks/localsheets_mutants.py --recordings  the recordings too

A fault is seeded by replacing a function in a process of its own; no file is changed. This module is also the
pytest plugin that does it, when the environment names a fault.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from backend.localsheets import appending as appends
from backend.localsheets import changes, rendering, spreadsheets, typing_in, values, workbook, writing
from backend.localsheets.changes import cells, metadata, moving, ranges, searching, tabs
from backend.localsheets.problems import RefusedError
from backend.localsheets.request_shapes import Check
from backend.localsheets.runs import Layer
from backend.localsheets.server import LocalSheets
from backend.localsheets.sheet import Sheet
from backend.localsheets.typing_in import Typed
from backend.localsheets.workbook import Workbook

ROOT = Path(__file__).parents[2]
TESTS = "tests/localsheets/test_unnoticed_faults.py"
RECORDINGS = "tests/localsheets/test_recordings.py"
NAME = "STEWARD_MUTANT"


def put(place: object, name: str, value: object) -> None:
    """Replace an attribute of a module or class."""
    setattr(place, name, value)


def put_change(kind: str, change: Callable[..., Any]) -> None:
    """Replace what a kind of batchUpdate request does."""
    put(changes, "CHANGES", MappingProxyType({**changes.CHANGES, kind: change}))


def parse_raw() -> None:
    stored = writing._stored  # noqa: SLF001 - a mutant reaches inside
    put(
        writing,
        "_stored",
        lambda value: typing_in.typed(value, "en_US").cell if isinstance(value, str) else stored(value),
    )


def take_the_first_table() -> None:
    rows = writing.content_rows
    put(appends, "content_rows", lambda sheet, area: iter(sorted(rows(sheet, area))))


def never_insert_rows() -> None:
    append = appends.append
    put(values, "append", lambda *args, insert_rows: append(*args, insert_rows=False))  # noqa: ARG005 - the fault


def let_the_last_tab_go() -> None:
    def delete(book: Workbook, request: dict[str, Any]) -> None:
        sheet = book.sheet_of(request)
        book.sheets = [each for each in book.sheets if each is not sheet]

    put_change("deleteSheet", delete)


def keep_covered_cells() -> None:
    put(ranges, "_clear_covered", lambda sheet, part: None)  # noqa: ARG005 - the fault


def sort_blanks_with_the_rest() -> None:
    key = moving._sort_key  # noqa: SLF001 - a mutant reaches inside
    put(moving, "_sort_key", lambda cell: key(cell) or (-1, 0))


def sort_text_first() -> None:
    key = moving._sort_key  # noqa: SLF001 - a mutant reaches inside

    def text_first(cell: Any) -> Any:
        found = key(cell)
        return (-1, *found[1:]) if found and found[0] == moving.TEXT else found

    put(moving, "_sort_key", text_first)


def keep_half_of_a_batch() -> None:
    def change(server: Any, spreadsheet_id: str, rule: Callable[[Workbook], Any]) -> Any:
        draft = server.book(spreadsheet_id).draft()
        try:
            answer = rule(draft)
        except RefusedError:
            server._keep(draft)  # noqa: SLF001 - a mutant reaches inside
            raise
        server._keep(draft)  # noqa: SLF001 - the same
        return answer

    put(LocalSheets, "_change", change)


def grow_for_every_write() -> None:
    def fit(target: Any, span: Any) -> None:
        target.sheet.row_count = max(target.sheet.row_count, span.bottom)
        target.sheet.column_count = max(target.sheet.column_count, span.right)

    put(writing, "_check_fits", fit)
    find = Workbook.find

    def find_anywhere(book: Workbook, name: str) -> Any:
        sheet, reference = book._look_up(name)  # noqa: SLF001 - a mutant reaches inside
        sheet.row_count = max(sheet.row_count, reference.bottom or 0)
        sheet.column_count = max(sheet.column_count, reference.right or 0)
        return find(book, name)

    put(Workbook, "find", find_anywhere)


def take_any_length() -> None:
    for module in (writing, typing_in, cells, sys.modules["backend.localsheets.cells"]):
        put(module, "checked_text", lambda text: text)


def take_any_number_of_cells() -> None:
    put(Workbook, "check_cell_limit", lambda book, more=0: None)  # noqa: ARG005 - the fault


def let_titles_repeat() -> None:
    for module in (spreadsheets, tabs):
        put(module, "check_title", lambda *args: None)  # noqa: ARG005 - the fault


def find_titles_as_spelt() -> None:
    def titled(book: Workbook, title: str) -> Any:
        places = [place for place, sheet in enumerate(book.sheets) if sheet.title == title]
        return book._own(places[0]) if places else None  # noqa: SLF001 - a mutant reaches inside

    put(Workbook, "sheet_titled", titled)


def leave_formulas() -> None:
    put(workbook, "follow_shift", lambda *args: None)  # noqa: ARG005 - the fault


def leave_named_ranges() -> None:
    put(Workbook, "shift_named_ranges", lambda book, sheet, shift: None)  # noqa: ARG005 - the fault


def leave_objects(*names: str) -> Callable[[], None]:
    """Give the fault that things of these names stay where they are when rows move."""

    def seed() -> None:
        shift_objects = Sheet.shift_objects

        def shift_others(sheet: Sheet, shift: Any) -> None:
            kept = {name: getattr(sheet, name) for name in names}
            shift_objects(sheet, shift)
            for name, value in kept.items():
                setattr(sheet, name, value)

        put(Sheet, "shift_objects", shift_others)

    return seed


def leave_metadata() -> None:
    put(Workbook, "_shifted_metadata", lambda book, each, sheet, shift: each)  # noqa: ARG005 - the fault


def keep_metadata_of_deleted_rows() -> None:
    shifted = Workbook._shifted_metadata  # noqa: SLF001 - a mutant reaches inside
    put(Workbook, "_shifted_metadata", lambda book, each, *rest: shifted(book, each, *rest) or each)


def take_any_metadata() -> None:
    put(metadata, "_check_limit", lambda book: None)  # noqa: ARG005 - the fault


def clear_notes_too() -> None:
    clear = Sheet.clear

    def clear_all(sheet: Sheet, area: Any) -> None:
        clear(sheet, area)
        sheet.notes = Layer()

    put(Sheet, "clear", clear_all)


def keep_cells_outside() -> None:
    put(Workbook, "_shrink", lambda *args: None)  # noqa: ARG005 - the fault


def show_truth_as_python_does() -> None:
    show = rendering.show_plain
    put(rendering, "show_plain", lambda cell: str(cell) if isinstance(cell, bool) else show(cell))


def keep_typed_truth_as_text() -> None:
    typed = typing_in.typed

    def as_text(text: str, *args: Any, **options: Any) -> Typed:
        found = typed(text, *args, **options)
        return Typed(text) if isinstance(found.cell, bool) else found

    put(writing, "typed", as_text)


def search_formulas_always() -> None:
    search = searching._search_of  # noqa: SLF001 - a mutant reaches inside
    put(searching, "_search_of", lambda *args: replace(search(*args), formulas=True))


def repeat_ids() -> None:
    put(tabs, "OBJECTS_WITH_IDS", ())


def pass_over_unknown_names() -> None:
    put(Check, "_unknown", lambda *args: None)  # noqa: ARG005 - the fault


FAULTS: dict[str, Callable[[], None]] = {
    "test_raw_is_not_parsed": parse_raw,
    "test_append_goes_to_the_last_table": take_the_first_table,
    "test_append_inserts_rows_when_asked": never_insert_rows,
    "test_the_last_tab_stays": let_the_last_tab_go,
    "test_a_merge_empties_what_it_covers": keep_covered_cells,
    "test_blanks_sort_last_both_ways": sort_blanks_with_the_rest,
    "test_numbers_sort_before_text_before_truth": sort_text_first,
    "test_a_refused_batch_of_values_writes_nothing": keep_half_of_a_batch,
    "test_a_write_does_not_make_the_grid_larger": grow_for_every_write,
    "test_a_cell_has_at_most_fifty_thousand_characters": take_any_length,
    "test_a_workbook_has_at_most_ten_million_cells": take_any_number_of_cells,
    "test_a_title_is_taken_once_in_any_case": let_titles_repeat,
    "test_a_tab_is_found_in_any_case": find_titles_as_spelt,
    "test_a_named_range_follows_its_rows": leave_named_ranges,
    "test_a_protected_range_follows_its_rows": leave_objects("protected_ranges"),
    "test_a_filter_follows_its_rows": leave_objects("basic_filter", "filter_views"),
    "test_metadata_follows_its_row": leave_metadata,
    "test_metadata_goes_with_its_row": keep_metadata_of_deleted_rows,
    "test_metadata_has_a_limit_of_characters": take_any_metadata,
    "test_clear_leaves_notes_and_formats": clear_notes_too,
    "test_a_smaller_grid_forgets_what_lay_outside": keep_cells_outside,
    "test_truth_is_shown_in_capitals": show_truth_as_python_does,
    "test_truth_is_typed_in_any_case": keep_typed_truth_as_text,
    "test_formulas_follow_their_rows": leave_formulas,
    "test_formulas_are_not_searched_unless_asked": search_formulas_always,
    "test_a_copied_tab_has_ids_of_its_own": repeat_ids,
    "test_a_name_nobody_knows_is_refused": pass_over_unknown_names,
}
"""The test that must notice, and how the fault is put in."""


def pytest_configure() -> None:
    """Seed the fault the environment names."""
    if os.environ.get(NAME):
        FAULTS[os.environ[NAME]]()


def fails(name: str, *what: str) -> bool:
    """Tell whether tests fail, by what they look for, with a fault seeded.

    Raises:
        RuntimeError: The tests could not be run, or broke for another reason.
    """
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:randomly",
        "-p",
        Path(__file__).stem,
        *what,
    ]
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    variables = {**os.environ, NAME: name, "PYTHONPATH": paths}
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)  # noqa: S603 - pytest
    raised_in = ["", *re.findall(r"^(\S+?):[0-9]+: [A-Za-z]+$", done.stdout, re.MULTILINE)][-1]
    broken = done.returncode == 1 and not raised_in.startswith("tests/localsheets/")
    if done.returncode not in {0, 1} or broken:
        raise RuntimeError(done.stdout + done.stderr)
    return done.returncode == 1


def main() -> int:
    """Print who notices which fault; 1 when a fault passes unnoticed by its test."""
    with_recordings = "--recordings" in sys.argv
    say = sys.stdout.write
    if fails("", TESTS):
        say("The tests fail without any fault.\n")
        return 1
    killed = recorded = 0
    for name in FAULTS:
        noticed = fails(name, f"{TESTS}::{name}")
        killed += noticed
        line = f"{'noticed' if noticed else 'MISSED '}  {name}"
        if with_recordings:
            seen = fails(name, RECORDINGS)
            recorded += seen
            line += "   (the recordings notice too)" if seen else ""
        say(line + "\n")
    say(f"{killed} of {len(FAULTS)} faults noticed by their test")
    say(f", {recorded} by the recordings\n" if with_recordings else "\n")
    return int(killed < len(FAULTS))


if __name__ == "__main__":
    sys.exit(main())
